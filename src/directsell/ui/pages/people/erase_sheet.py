"""The sheet before a person is erased: what goes, what must stay and until when, what cannot be taken back."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.i18n import _, ngettext
from directsell.store.erasing import purge
from directsell.store.erasures import Erasing, what_goes
from directsell.ui.pages.people.count_words import counted
from directsell.ui.session import Session
from directsell.ui.tasks import Lane
from directsell.ui.widgets.buttons import Kind
from directsell.ui.widgets.fields import CheckBox
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.icon_line import IconLine
from directsell.ui.widgets.labels import Label, Role, section
from directsell.ui.widgets.states import Banner
from directsell.usecases.erasing import erase_person

_PAPERS_SHOWN = 8


class EraseSheet(FormSheet):
    """``EraseSheet(session, host)``: ``ask(person_id, name)`` shows what would happen. Signal: ``erased(object person_id)``."""

    erased = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Erase a person's data"), save_text=_("Erase for good"), width=560)
        self._session = session
        self._person: UUID | None = None
        self._content: QWidget | None = None
        self._open = 0
        self.understood = CheckBox(_("I know that this cannot be undone."), parent=self)
        self.understood.changed.connect(self._ticked)
        self.save_button.set_kind(Kind.DANGER)
        self.save_button.set_icon("trash-2")
        self.save_wanted.connect(self._erase)

    def ask(self, person_id: UUID, name: str) -> None:
        """Open the sheet for a person."""
        if not self.make_way():
            return
        self._person = person_id
        self.set_subtitle(name)
        self._session.read(self, what_goes, person_id, done=self._opened)

    def _opened(self, plan: Erasing) -> None:
        self.understood.set_value(False)
        self._show(plan)
        self.set_clean()
        self._ticked()
        self.open_sheet(self.understood)

    def _show(self, plan: Erasing) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        language = self._session.language
        if plan.open_orders:
            words = ngettext(
                "There is {n} order that is still to be delivered or paid. Settle or cancel it first.",
                "There are {n} orders that are still to be delivered or paid. Settle or cancel them first.",
                plan.open_orders,
            )
            column.addWidget(Banner(words.format(n=language.number(plan.open_orders)), "warn", closable=False))
        column.addWidget(section(_("What goes")))
        going = [counted(table, count, language) for table, count in plan.going]
        column.addWidget(IconLine("user", _("Name, birthday, notes and everything else of the record"), _("Goes")))
        words = ", ".join(part for part in going if part)
        if words:
            column.addWidget(IconLine("trash-2", words, _("Goes")))
        text = _("Their traces in the history, in drafts and in the search")
        column.addWidget(IconLine("history", text, _("Goes")))
        column.addWidget(section(_("What stays")))
        if plan.is_whole:
            column.addWidget(
                Label(_("Nothing. There are no papers and no money of this person."), Role.MUTED, wrap=True)
            )
        else:
            self._staying(column, plan)
        column.addWidget(section(_("Good to know")))
        for icon, text in (
            ("undo-2", _("It cannot be undone, and neither can anything that was done before it.")),
            (
                "shield-check",
                _("A mark stays by which an old file or backup is recognised; nobody can be read from it."),
            ),
            ("archive", _("Backups made before still hold the data until they are replaced by newer ones.")),
        ):
            column.addWidget(IconLine(icon, text, _("Good to know")))
        self.understood.setParent(box)
        column.addWidget(self.understood)
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = box
        self.add(box)
        self._open = plan.open_orders

    def _staying(self, column: QVBoxLayout, plan: Erasing) -> None:
        language = self._session.language
        text = _("The law wants papers kept. They stay as they were issued; everywhere else the name is gone.")
        column.addWidget(Label(text, Role.MUTED, wrap=True))
        for paper in plan.papers[-_PAPERS_SHOWN:]:
            words = _("{number} of {day}, until {until} at least").format(
                number=paper.number, day=language.date(paper.issued_on, "short"), until=language.date(paper.kept_until)
            )
            column.addWidget(IconLine("receipt", words, _("Stays")))
        hidden = len(plan.papers) - _PAPERS_SHOWN
        if hidden > 0:
            more = ngettext("and {n} older one", "and {n} older ones", hidden).format(n=language.number(hidden))
            column.addWidget(Label(more, Role.SMALL))
        if plan.orders or plan.payments:
            orders = counted("sales_order", plan.orders, language)
            payments = ngettext("{n} payment", "{n} payments", plan.payments).format(n=language.number(plan.payments))
            both = _("{orders} and {payments}, without a name").format(orders=orders, payments=payments)
            column.addWidget(IconLine("shopping-bag", both, _("Stays")))

    def _ticked(self) -> None:
        self.save_button.setEnabled(self.understood.value() and not self._open)

    def _erase(self) -> None:
        if self._person is None or not self.understood.value():
            return
        self.busy(True)
        self._session.run(self, erase_person, self._person, done=self._gone, failed=self.refuse)

    def _gone(self, _pseudonym: object) -> None:
        store, session = self._session.app.store, self._session
        session.tasks.start(lambda job: purge(store), lane=Lane.WRITE, failed=session.complain, owner=session)
        session.say(_("The data was erased"))
        self.set_clean()
        self.close_sheet()
        self.erased.emit(self._person)
