"""The Documents page: list and paper side by side, cancelling, verifying, exporting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper
from directsell.exchange.errors import ExchangeError
from directsell.i18n import _, ngettext
from directsell.store.changes import ChangeSet
from directsell.store.queries.documents import ArchiveReport, PaperRow, verify_archive
from directsell.store.queries.lists import ListQuery
from directsell.store.reader import Reader
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.messages import sentence
from directsell.ui.navigation import Route
from directsell.ui.pages.documents.archive import summary
from directsell.ui.pages.documents.detail import PaperDetail
from directsell.ui.pages.documents.listing import PapersListing
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import IconButton, Menu
from directsell.ui.widgets.list_page import ListPage
from directsell.ui.widgets.states import EmptyState, ProgressPanel


class DocumentsPage(ListPage):
    """``DocumentsPage(session)``: ``listing`` and ``detail`` are its parts."""

    KEY = "documents"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        text = _("It is shown exactly as it was issued.")
        nothing = EmptyState("file-text", _("Choose a document"), text, action_icon=None)
        listing, detail = PapersListing(session), PaperDetail(session)
        super().__init__(session, listing, detail, nothing, list_width=350, parent=parent)
        self.listing, self.detail = listing, detail
        self._verifying: Job | None = None
        self._progress = ProgressPanel(_("Verifying the archive …"))
        self._progress.setContentsMargins(24, 12, 24, 8)
        self._progress.hide()
        self._progress.cancelled.connect(self._stop_verifying)
        self.column.insertWidget(0, self._progress)
        self._menu = Menu(self)
        self._menu.add(_("Verify archive"), "shield-check", self.verify)
        self._menu.add(_("Export list …"), "download", self.export)
        self._more = IconButton("ellipsis", _("More"), on_click=self._open_menu)
        self.listing.add_action(self._more)
        self.listing.chosen.connect(self._chosen)
        self.listing.opened.connect(self._opened)
        self.detail.cancel_wanted.connect(self.cancel)

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Select the paper of a route."""
        if route.id is not None:
            self._select(UUID(route.id))
        elif self.detail.paper_id is None and not self.sides.is_narrow:
            self.listing.list.select_first()

    def data_changed(self, changes: ChangeSet) -> None:
        """Read again after a paper was issued or cancelled."""
        if changes.touches("issued_paper"):
            self.listing.refresh()
            if self.detail.paper_id is not None:
                self.detail.show_paper(self.detail.paper_id)

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        commands = [
            Command(_("Print document"), self.detail.print_paper, "printer", "Ctrl+P"),
            Command(_("Save document as PDF"), self.detail.save_paper, "save", "Ctrl+S"),
            Command(_("Open document in viewer"), self.detail.open_paper, "external-link", "Ctrl+O"),
            Command(_("Filter documents"), self.focus_search, "search", "Ctrl+F"),
            Command(_("Verify archive"), self.verify, "shield-check"),
            Command(_("Export list of documents"), self.export, "download"),
            Command(_("Go to the order"), self.detail.to_order, "shopping-bag"),
            Command(_("Go to the customer"), self.detail.to_person, "user"),
        ]
        if self.detail.can_cancel:
            commands.append(Command(_("Cancel this paper"), self.cancel, "undo-2"))
        return commands

    def settle(self) -> None:
        """Stop a running verification."""
        self._stop_verifying()

    # --- the paper shown

    def _chosen(self, key: object) -> None:
        if isinstance(key, UUID):
            self._show(key)
            self.note_route(key)
        elif key is None:
            self.detail.show_paper(None)
            self.show_record(False)

    def _opened(self, key: object) -> None:
        if isinstance(key, UUID):
            self._show(key)
            self.sides.show_detail(True)
            self.detail.view.setFocus()

    def _select(self, paper_id: UUID) -> None:
        self.choose_key(paper_id)
        self._show(paper_id)
        self.sides.show_detail(True)

    def _show(self, paper_id: UUID) -> None:
        self.show_record(True)
        if self.detail.paper_id != paper_id:
            self.detail.show_paper(paper_id)

    def _open_menu(self) -> None:
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    # --- cancelling

    def cancel(self) -> None:
        """Ask for the reason and issue the paper that takes this one back."""
        row = self.detail.row
        if row is None or not self.detail.can_cancel:
            return
        title = _("Cancel {number}").format(number=row.number)
        label = _("Why? The reason is printed on the cancelling paper.")
        reason = dialogs().ask_text(self, title, label, yes=_("Cancel the paper"))
        if reason is None:
            return
        self._cancel_now(row, reason, accept_older_date=False)

    def _cancel_now(self, row: PaperRow, reason: str, *, accept_older_date: bool) -> None:
        from directsell.usecases.invoicing import cancel_paper

        self._session.run(
            self,
            cancel_paper,
            row.id,
            reason=reason,
            accept_older_date=accept_older_date,
            done=self._cancelled,
            failed=_Refused(self, row, reason),
        )

    def _cancelled(self, paper: IssuedPaper) -> None:
        self._session.say(_("{number} was issued.").format(number=paper.number))
        self._select(paper.id)

    def refused(self, row: PaperRow, reason: str, error: Exception) -> None:
        """Say why a paper could not be cancelled; a clock that stands back can be overruled."""
        text = sentence(error)
        if text is None:
            raise error
        if isinstance(error, DomainError) and error.code == "paper.date_back":
            last = self._session.language.date(date.fromisoformat(str(error.params["last"])))
            question = _("The last paper of this kind is dated {last}. Is the date of this computer right?")
            if dialogs().confirm(
                self, _("The date goes back"), question.format(last=last), yes=_("Issue anyway"), danger=True
            ):
                self._cancel_now(row, reason, accept_older_date=True)
            return
        dialogs().message(self, _("Not cancelled"), text, tone=Tone.WARNING)

    # --- verifying

    def verify(self) -> None:
        """Compare every paper with its hash, seal and neighbours, in a worker."""
        if self._verifying is not None:
            return
        self._progress.setEnabled(True)
        self._progress.set_progress(0, 0)
        self._progress.show()
        self._verifying = self._session.tasks.start(
            _Verify(self._session),
            done=self._verified,
            failed=self._not_verified,
            progress=self._progress.set_progress,
            owner=self,
        )

    def _verified(self, report: ArchiveReport) -> None:
        self._stop_verifying()
        title, text, details, tone = summary(report, self._session.language)
        dialogs().message(self, title, text, details=details, tone=tone)

    def _not_verified(self, error: Exception) -> None:
        self._stop_verifying()
        self._session.complain(error)

    def _stop_verifying(self) -> None:
        if self._verifying is not None:
            self._verifying.cancel()
            self._verifying = None
        self._progress.hide()

    # --- exporting

    def export(self) -> None:
        """Write the list as it is filtered into a file for a spreadsheet."""
        filters = _("Spreadsheets (*.xlsx);;Text with separators (*.csv)")
        suggested = Path.home() / _("documents.xlsx")
        target = dialogs().save_file(self, _("Export list"), filters, suggested=suggested)
        if target is not None:
            job = _Export(self._session, self.listing.query(), target)
            self._session.tasks.start(job, done=self._exported, failed=self._not_exported, owner=self)

    def _exported(self, count: int) -> None:
        words = ngettext("{count} document written", "{count} documents written", count)
        self._session.say(words.format(count=self._session.language.number(count)))

    def _not_exported(self, error: Exception) -> None:
        if not isinstance(error, ExchangeError):
            self._session.complain(error)
            return
        dialogs().message(self, _("Not exported"), sentence(error) or error.code, tone=Tone.ERROR)


@dataclass(frozen=True, slots=True)
class _Refused:
    page: DocumentsPage
    row: PaperRow
    reason: str

    def __call__(self, error: Exception) -> None:
        self.page.refused(self.row, self.reason, error)


@dataclass(frozen=True, slots=True)
class _Verify:
    session: Session

    def __call__(self, job: Job) -> ArchiveReport:
        with self.session.app.store.read(job.is_cancelled) as reader:
            return verify_archive(reader, job.progress)


@dataclass(frozen=True, slots=True)
class _Export:
    """Writes the rows of a list in a worker."""

    session: Session
    query: ListQuery[PaperRow]
    target: Path

    def __call__(self, job: Job) -> int:
        from decimal import Decimal

        from directsell.domain.money import currency_digits
        from directsell.exchange.writers import Column, write_csv, write_xlsx

        columns = (
            Column("number", title=_("Number")),
            Column("kind", title=_("Kind")),
            Column("date", "date", title=_("Date")),
            Column("customer", title=_("Customer")),
            Column("total", "number", title=_("Total")),
            Column("currency", title=_("Currency")),
            Column("cancelled_by", title=_("Cancelled by")),
            Column("cancels", title=_("Cancels")),
        )
        rows = [
            (
                row.number,
                term(row.kind),
                row.issued_on,
                row.name,
                Decimal(row.total).scaleb(-currency_digits(row.currency)),
                row.currency,
                row.cancelled_by,
                row.cancels,
            )
            for row in self.session.app.read(_all_rows, self.query)
        ]
        if self.target.suffix.lower() == ".csv":
            comma = self.session.language.formats.decimal == ","
            return write_csv(
                self.target, columns, rows, delimiter=";" if comma else ",", decimal_mark="," if comma else "."
            )
        return write_xlsx(self.target, columns, rows, sheet=_("Documents"))


def _all_rows(reader: Reader, query: ListQuery[PaperRow]) -> list[PaperRow]:
    ids = query.ids(reader)
    rows: list[PaperRow] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        found = query.rows(reader, part)
        rows += [found[rid] for rid in part if rid in found]
    return rows
