"""The History page: list and step side by side, and putting a step back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.errors import Barrier, Conflict
from directsell.store.queries.history import Entry, HistoryRow, changed_since, entry, record_name
from directsell.store.reader import Reader
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.history.detail import HistoryDetail
from directsell.ui.pages.history.listing import HistoryListing
from directsell.ui.pages.history.words import field_name, step_text, table_name
from directsell.ui.routes import parse_view
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.list_page import ListPage
from directsell.ui.widgets.states import EmptyState
from directsell.usecases.history import put_back

_MANY = 1_000


class HistoryPage(ListPage):
    """``HistoryPage(session)``: ``listing`` and ``detail`` are its parts. The view ``person=<id>`` lists one person's history."""

    KEY = "history"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        text = _("What it changed is shown here, before and after.")
        nothing = EmptyState("history", _("Choose a step"), text, action_icon=None)
        listing, detail = HistoryListing(session), HistoryDetail(session)
        super().__init__(session, listing, detail, nothing, list_width=370, parent=parent)
        self.listing, self.detail = listing, detail
        self._job: Job | None = None
        self._tx: int | None = None
        self.listing.chosen.connect(self._chosen)
        self.listing.opened.connect(self._opened)
        self.detail.put_back_wanted.connect(self.put_back)
        self.detail.person_wanted.connect(self.listing.show_person)

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Show the history, or that of one person."""
        person = parse_view(route.view).get("person")
        if person is not None:
            self.listing.show_person(person)
        if self._tx is None and not self.sides.is_narrow:
            self.listing.list.select_first()

    def data_changed(self, changes: ChangeSet) -> None:
        """Every commit is a new line; the step that is shown may have been taken back by it."""
        self.listing.refresh()
        if self._tx is not None:
            self._read(self._tx)

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        commands = [
            Command(_("Filter the history"), self.focus_search, "search", "Ctrl+F"),
            Command(_("Show the whole history"), self.listing.show_all, "history"),
        ]
        if self.detail.entry is not None and not self.detail.entry.row.barrier:
            commands.append(Command(_("Put back this step"), self.put_back, "undo-2"))
        return commands

    def settle(self) -> None:
        """Nothing is half-typed here."""
        if self._job is not None:
            self._job.cancel()

    # --- the step shown

    def _chosen(self, key: object) -> None:
        if isinstance(key, int):
            self._read(key)
        else:
            self._tx = None
            self.show_record(False)

    def _opened(self, key: object) -> None:
        self._chosen(key)
        self.sides.show_detail(True)

    def _read(self, tx: int) -> None:
        if self._job is not None:
            self._job.cancel()
        self._tx = tx
        self._job = self._session.read(self, entry, tx, done=self._show)

    def _show(self, found: Entry | None) -> None:
        self._job = None
        if found is not None and found.row.tx == self._tx:
            self.detail.show_entry(found)
            self.show_record(True)

    # --- putting back

    def put_back(self) -> None:
        """Put back what the shown step changed; large ones ask first, refusals say why."""
        found = self.detail.entry
        if found is None or found.row.barrier:
            return
        if found.total > _MANY:
            question = _("This step wrote {count} records. All of them are put back.")
            text = question.format(count=self._session.language.number(found.total))
            if not dialogs().confirm(self, _("Put back a large step?"), text, yes=_("Put back"), danger=True):
                return
        tx = found.row.tx
        self._session.run(
            self,
            put_back,
            tx,
            said=_("Put back: {step}").format(step=step_text(found.row)),
            failed=_Refused(self, tx),
        )

    def refused(self, tx: int, error: Exception) -> None:
        """Say why a step cannot be put back: who changed what since, or that a number was issued."""
        title = _("This cannot be put back")
        if isinstance(error, Barrier):
            text = _("A number was issued here, or money was booked for good. A cancelling paper corrects it.")
            dialogs().message(self, title, text, tone=Tone.WARNING)
        elif isinstance(error, Conflict):
            self._session.read(self, _later, tx, error, done=_Told(self, error))
        else:
            self._session.complain(error)

    def tell_conflict(self, error: Conflict, name: str, later: HistoryRow | None) -> None:
        """Say what stands in the way."""
        table = str(error.params.get("table", ""))
        fields = ", ".join(
            field_name(str(field)) for field in _listed(error.params.get("fields")) if field != "deleted_at"
        )
        what = _("{kind}: {name}").format(kind=table_name(table), name=name) if name else table_name(table)
        if not fields:
            text = _("{what} was removed or brought back since.").format(what=what)
        else:
            text = _("{what} was changed again since: {fields}.").format(what=what, fields=fields)
        details = ""
        if later is not None:
            when = self._session.language.datetime(later.at)
            details = _("{when}, {device}: {step}").format(
                when=when, device=later.device_name or later.device, step=step_text(later)
            )
        dialogs().message(self, _("This cannot be put back"), text, details=details, tone=Tone.WARNING)


@dataclass(frozen=True, slots=True)
class _Refused:
    page: HistoryPage
    tx: int

    def __call__(self, error: Exception) -> None:
        self.page.refused(self.tx, error)


@dataclass(frozen=True, slots=True)
class _Told:
    page: HistoryPage
    error: Conflict

    def __call__(self, found: tuple[str, HistoryRow | None]) -> None:
        self.page.tell_conflict(self.error, *found)


def _later(reader: Reader, tx: int, error: Conflict) -> tuple[str, HistoryRow | None]:
    table, key = str(error.params["table"]), error.params["id"]
    if not isinstance(key, UUID):
        return "", None
    fields = [str(field) for field in _listed(error.params.get("fields"))]
    return record_name(reader, table, key.bytes), changed_since(reader, tx, table, key, fields)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
