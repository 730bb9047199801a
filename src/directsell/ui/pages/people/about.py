"""The card "About": how to reach somebody, addresses, birthday, what qualification found out, note, merged records. Read only."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.name_sounds import with_visible_marks
from directsell.domain.people import Rank
from directsell.i18n import Language, _, ngettext, pgettext
from directsell.i18n.patterns import write_date
from directsell.store.queries.person_card import PersonCard
from directsell.store.queries.seller import seller
from directsell.ui.pages.people.buying import Emit
from directsell.ui.pages.people.card_rows import empty, with_button
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.icon_line import IconLine
from directsell.ui.widgets.labels import Label, Role, Rule, section
from directsell.ui.widgets.postal import address_text

_YEAR = re.compile(r"^[yu]+\W*(?:'[^']*')?\W*|\W*(?:'[^']*'\W*)?[yu]+.*$")
_SOME_LEAP_YEAR = 2000


class AboutCard(Card):
    """``AboutCard(session)``: ``show_person(card)``. Signals: ``edit_wanted()``, ``separate_wanted(object merge id)``."""

    edit_wanted = Signal()
    separate_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(pgettext("card", "About"), parent=parent)
        self._session = session
        self.add_header(IconButton("pencil", _("Edit"), on_click=self._edit))
        self.body.setSpacing(8)

    def show_person(self, card: PersonCard) -> None:
        """Show another person."""
        empty(self)
        self._reach(card)
        self._facts(card)
        if card.person.note:
            self.add(Rule())
            self.add(section(_("Note")))
            self.add(Label(card.person.note, Role.MUTED, wrap=True, selectable=True))
        self._merged(card)

    def _reach(self, card: PersonCard) -> None:
        person = card.person
        for point in card.reach:
            self._line(icon_of(point.kind), point.value, point.label or term(point.kind))
        home = self._session.look(seller).country if card.addresses else ""
        for address in card.addresses:
            words = address_text(address, self._session.language, home)
            self._line("map-pin", words, address.label or _("Address"))
        if person.birthday:
            words = birthday_text(person.birthday, self._session.language, self._session.today())
            self._line("cake", words, _("Birthday"))
        if not (card.reach or card.addresses):
            self.add(Label(_("No number and no address yet."), Role.MUTED, wrap=True))
            add = Button(_("Add phone or e-mail"), "plus", kind=Kind.QUIET, compact=True, on_click=self._edit)
            self.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)

    def _facts(self, card: PersonCard) -> None:
        person, language = card.person, self._session.language
        facts = [
            (_("Need"), person.need),
            (_("Budget"), person.budget),
            (_("Objection"), person.objection),
            (_("Lead source"), person.lead_source),
            (_("Met at"), person.met_at),
            (_("Rank"), term(person.rank) if person.rank is not Rank.NONE else ""),
            (_("In touch every"), self._interval(person.contact_days)),
            (_("Language of papers"), Language.load(person.language).name if person.language else ""),
            (_("Standing discount"), language.percent(person.discount_ppm) if person.discount_ppm else ""),
            (
                _("Birthday discount"),
                language.percent(person.birthday_discount_ppm) if person.birthday_discount_ppm else "",
            ),
            (_("Customer number"), person.customer_number),
            (_("Tax id"), person.tax_id),
            (_("Company"), person.company if person.company != card.name else ""),
        ]
        shown = [(name, value) for name, value in facts if value]
        if shown:
            self.add(Rule())
        for name, value in shown:
            box = QWidget()
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(10)
            caption = Label(name, Role.SMALL)
            row.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop)
            words = Label(value, Role.BODY, wrap=True, selectable=True)
            words.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            self.add(box)

    def _interval(self, days: int | None) -> str:
        if not days:
            return ""
        return ngettext("{n} day", "{n} days", days).format(n=self._session.language.number(days))

    def _merged(self, card: PersonCard) -> None:
        if not card.merged:
            return
        self.add(Rule())
        for merged in card.merged:
            day = self._session.language.date(merged.at.astimezone().date())
            words = _("{name} was merged into this record on {day}.").format(
                name=with_visible_marks(merged.name), day=day
            )
            line = Label(words, Role.SMALL, wrap=True)
            name = _("Separate {name} again").format(name=merged.name)
            self.add(with_button(line, "undo-2", name, Emit(self.separate_wanted, merged.id)))

    def _line(self, icon: str, text: str, name: str) -> None:
        self.add(IconLine(icon, text, name))

    def _edit(self) -> None:
        self.edit_wanted.emit()


def birthday_text(birthday: str, language: Language, today: date) -> str:
    """Return a birthday (``YYYY-MM-DD`` or ``--MM-DD``) as words, with the age of the coming one where it is known."""
    if birthday.startswith("--"):
        return day_and_month(date.fromisoformat(f"{_SOME_LEAP_YEAR}{birthday[1:]}"), language)
    born = date.fromisoformat(birthday)
    passed = (today.month, today.day) > (born.month, born.day)
    age = today.year - born.year + (1 if passed else 0)
    return _("{day} (turns {age})").format(day=language.date(born), age=age)


def day_and_month(day: date, language: Language) -> str:
    """Return a day without its year, in the order of the language."""
    return write_date(day, _YEAR.sub("", language.formats.dates["long"]), language.formats)
