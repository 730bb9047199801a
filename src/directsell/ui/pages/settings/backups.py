"""Backup: the list, a backup now, the second place, and the way to restore. Checking the data is checking.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.context import Context, OpenBook
from directsell.i18n import Language, _, ngettext
from directsell.messages import sentence
from directsell.store.backup import Backup, Outcome, backups_in
from directsell.ui.dialogs import dialogs
from directsell.ui.pages.settings.checking import CheckCard
from directsell.ui.pages.settings.parts import MOST_WIDTH, FigureRow, Section, buttons
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.states import Banner, ProgressPanel

_SHOWN = 6
_UNITS = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


@dataclass(frozen=True, slots=True)
class Listing:
    """The backups as they lie on the disks; ``second`` are those of the second place, None while it cannot be reached."""

    backups: tuple[Backup, ...]
    sizes: tuple[int, ...]
    second: tuple[Backup, ...] | None


class _Looking:
    """Reads the folders in a worker: a pulled stick or a sleeping disk may take seconds to answer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __call__(self, job: Job) -> Listing:
        found = self._context.backups()
        folders = self._context.backup_folders()
        second = None
        if len(folders) > 1 and folders[1].parent.is_dir():
            second = backups_in(folders[1])
        return Listing(found, tuple(backup.size for backup in found), second)


class _BackingUp:
    """Makes a backup in a worker."""

    def __init__(self, context: Context, book: OpenBook) -> None:
        self._context = context
        self._book = book

    def __call__(self, job: Job) -> Outcome:
        return self._context.back_up(self._book)


class BackupSection(Section):
    """``BackupSection(session, host)``: ``now_button``, ``restore_button``, ``choose_button``, ``clear_button``, ``check``."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(
            session,
            host,
            _("Backup"),
            _("Every hour, by itself, checked when it is made; older ones are thinned out."),
        )
        self._all = False
        self._listing: Listing | None = None
        self._list_card()
        self._second_card()
        self.check = CheckCard(session)
        self.check.setMaximumWidth(MOST_WIDTH)
        self.add(self.check)
        self.load()

    def _list_card(self) -> None:
        card = self.card(_("Backups"))
        self._problem = QVBoxLayout()
        card.body.addLayout(self._problem)
        self._banner: Banner | None = None
        self._none = Label(_("There is no backup yet."), Role.MUTED)
        card.add(self._none)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        card.body.addLayout(self._rows)
        self._progress = ProgressPanel(_("The backup is being made and checked …"), cancellable=False)
        self._progress.hide()
        card.add(self._progress)
        self.now_button = Button(_("Back up now"), "archive", kind=Kind.PRIMARY)
        self.restore_button = Button(_("Restore a backup…"), "history")
        self.all_button = Button("", kind=Kind.QUIET)
        self.folder_button = Button(_("Open folder"), "folder-open", kind=Kind.QUIET)
        self.now_button.clicked.connect(self.back_up_now)
        self.restore_button.clicked.connect(self.restore)
        self.all_button.clicked.connect(self._toggle_all)
        self.folder_button.clicked.connect(self._open_folder)
        card.body.addLayout(buttons(self.now_button, self.restore_button, self.folder_button, self.all_button))

    def _second_card(self) -> None:
        card = self.card(
            _("Second place"),
            _("A stick or another disk: when this computer is stolen or broken, the backups on it are gone as well."),
        )
        self._second = FigureRow(_("Folder"), "", elide=True)
        self._second_state = Label("", Role.SMALL, wrap=True)
        card.add(self._second)
        card.add(self._second_state)
        self.choose_button = Button(_("Choose folder …"), "folder-open")
        self.clear_button = Button(_("Use no second place"), kind=Kind.QUIET)
        self.choose_button.clicked.connect(self._choose)
        self.clear_button.clicked.connect(self._clear)
        card.body.addLayout(buttons(self.choose_button, self.clear_button))

    # --- data

    def load(self) -> None:
        """Look at the folders."""
        context = self.session.context
        if context is None:
            return
        folder = str(context.device.get("backup_folder"))
        self._second.setVisible(bool(folder))
        self._second.value.setText(folder)
        self.clear_button.setVisible(bool(folder))
        self._second_state.setVisible(bool(folder))
        self.session.tasks.start(_Looking(context), done=self._show, owner=self)

    def _show(self, listing: Listing) -> None:
        self._listing = listing
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = len(listing.backups) if self._all else _SHOWN
        for backup, size in list(zip(listing.backups, listing.sizes, strict=True))[:shown]:
            self._rows.addWidget(FigureRow(when(self.session, backup.made_at), file_size(self.session.language, size)))
        self._none.setVisible(not listing.backups)
        more = len(listing.backups) - _SHOWN
        self.all_button.setVisible(more > 0)
        if more > 0:
            all_words = ngettext("Show {n} more", "Show {n} more", more).format(n=more)
            self.all_button.setText(_("Show fewer") if self._all else all_words)
            self.all_button.setAccessibleName(self.all_button.caption())
        self._show_second(listing)

    def _show_second(self, listing: Listing) -> None:
        if listing.second is None:
            text, tone = (
                _("It cannot be reached now. Is the stick plugged in? Copies are made once it is back."),
                "warn",
            )
        elif not listing.second:
            text, tone = _("There is no copy yet."), "warn"
        else:
            newest = when(self.session, listing.second[0].made_at)
            text, tone = _("Newest copy there: {when}").format(when=newest), "text2"
        self._second_state.setText(text)
        self._second_state.set_tone(tone)

    # --- reactions

    def back_up_now(self) -> None:
        """Make a backup now."""
        context, book = self.session.context, self.session.book
        if context is None or book is None or not self.now_button.isEnabled():
            return
        self._busy(True)
        self._say("", "ok")
        self.session.tasks.start(_BackingUp(context, book), done=self._made, failed=self._failed, owner=self)

    def _made(self, outcome: Outcome) -> None:
        self._busy(False)
        self.session.device_changed.emit()
        if outcome.second_error is not None:
            reason = sentence(outcome.second_error) or ""
            text = _("The backup was made, but not copied to the second place: {reason}").format(reason=reason)
            self._say(text, "warn")
        else:
            self.session.say(_("Backup made and checked"))
        self.load()

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        words = sentence(error)
        if words is None:
            raise error
        self._say(_("The backup could not be made: {reason}").format(reason=words), "bad")
        self.load()

    def _busy(self, on: bool) -> None:
        self._progress.setVisible(on)
        for button in (self.now_button, self.restore_button):
            button.setEnabled(not on)

    def _say(self, text: str, tone: str) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if text:
            self._banner = Banner(text, tone)
            self._problem.addWidget(self._banner)

    def restore(self) -> None:
        """Close the business and go to the window that brings a backup back."""
        title = _("Restore a backup?")
        text = _("DirectSell closes your business and shows the backups. Nothing is changed before you agree there.")
        if dialogs().confirm(self, title, text, yes=_("Continue")):
            self.session.restore_wanted.emit()

    def _toggle_all(self) -> None:
        self._all = not self._all
        if self._listing is not None:
            self._show(self._listing)

    def _open_folder(self) -> None:
        if self.session.context is not None:
            open_folder(self.session.context.folders.backups)

    def _choose(self) -> None:
        context = self.session.context
        folder = dialogs().open_folder(self, _("Second place for backups"))
        if context is None or folder is None:
            return
        if folder == context.folders.backups or folder == context.folders.data:
            dialogs().message(
                self, _("Second place for backups"), _("The backups lie here already. Choose a stick or another disk.")
            )
            return
        context.device.set(backup_folder=str(folder))
        self.load()
        self.back_up_now()

    def _clear(self) -> None:
        if self.session.context is not None:
            self.session.context.device.set(backup_folder="")
            self.load()

    def commands(self) -> list[Command]:
        """A backup now, a restore, a check."""
        return [
            Command(_("Back up now"), self.back_up_now, "archive"),
            Command(_("Restore a backup…"), self.restore, "history"),
            Command(_("Check the data"), self.check.start, "shield-check"),
        ]


def when(session: Session, instant: datetime) -> str:
    """Return an instant as people say it: "today, 14:05"."""
    local = instant.astimezone()
    language = session.language
    day, today = local.date(), session.today()
    near = abs((today - day).days) < 2
    words = language.relative_day(day, today) if near else language.date(day)
    return _("{day}, {time}").format(day=words, time=language.time(local))


def file_size(language: Language, size: int) -> str:
    """Return a file size in the unit that fits."""
    unit, factor = next(((unit, factor) for unit, factor in _UNITS if size >= factor), _UNITS[-1])
    return f"{language.number(Decimal(size) / factor, 1)} {unit}"


def open_folder(folder: Path) -> None:
    """Show a folder in the file manager of the system."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
