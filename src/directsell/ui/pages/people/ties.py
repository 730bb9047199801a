"""The card "Belongs together": relations, recommendations in both directions, hosted demos. Opens people; asks for changes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import _, ngettext
from directsell.store.queries.person_card import PersonCard
from directsell.store.queries.person_ties import Other
from directsell.ui.pages.people.buying import Emit
from directsell.ui.pages.people.card_rows import LinkRow, empty, with_button
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role, section


class TiesCard(Card):
    """``TiesCard(session)``: ``show_person(card)``.

    Signals: ``relate_wanted()``, ``unrelate_wanted(object relation id)``, ``unrefer_wanted(object person_id)`` (whose referrer
    goes), ``person_opened(object id)``, ``demo_opened(object id)``.
    """

    relate_wanted = Signal()
    unrelate_wanted = Signal(object)
    unrefer_wanted = Signal(object)
    person_opened = Signal(object)
    demo_opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("People around"), parent=parent)
        self._session = session
        self.body.setSpacing(4)
        self.add_header(IconButton("plus", _("Add somebody"), on_click=self._relate))

    def show_person(self, card: PersonCard) -> None:
        """Show another person."""
        empty(self)
        ties, number = card.ties, self._session.language.number
        for related in ties.related:
            detail = " · ".join(part for part in (term(related.kind), related.note) if part)
            gone = _("Remove the relation to {name}").format(name=related.other.name)
            self.add(with_button(self._row(related.other, detail), "x", gone, Emit(self.unrelate_wanted, related.id)))
        if ties.referred_by is not None:
            row = self._row(ties.referred_by, _("recommended {name}").format(name=card.name))
            gone = _("Forget that {name} recommended this person").format(name=ties.referred_by.name)
            self.add(with_button(row, "x", gone, Emit(self.unrefer_wanted, card.person.id)))
        if ties.recommended:
            words = ngettext("Has recommended {n} person", "Has recommended {n} people", ties.recommended_count)
            self.add(section(words.format(n=number(ties.recommended_count))))
            for other in ties.recommended:
                gone = _("Forget that {name} was recommended").format(name=other.name)
                self.add(with_button(self._row(other), "x", gone, Emit(self.unrefer_wanted, other.person_id)))
        if ties.hosted:
            demos = ngettext("Hosted {n} demo", "Hosted {n} demos", ties.hosted).format(n=number(ties.hosted))
            guests = ngettext("{n} guest", "{n} guests", ties.guests).format(n=number(ties.guests))
            opening = Emit(self.demo_opened, ties.last_demo)
            self.add(LinkRow(demos, guests, icon="calendar-days", on_open=opening))
        if ties.is_empty:
            self.add(Label(_("Household, friends, who recommended whom: nobody is noted yet."), Role.MUTED, wrap=True))
            add = Button(_("Add somebody"), "plus", kind=Kind.QUIET, compact=True, on_click=self._relate)
            self.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)

    def _row(self, other: Other, detail: str = "") -> LinkRow:
        return LinkRow(other.name, detail, avatar=True, on_open=Emit(self.person_opened, other.person_id))

    def _relate(self) -> None:
        self.relate_wanted.emit()
