"""The window that brings a backup back: choose, prove, compare, agree. The business is closed meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from directsell.context import Context
from directsell.i18n import _, active_language, ngettext
from directsell.messages import finding_text, sentence
from directsell.store.backup import Backup
from directsell.store.errors import NoKey, NotOurs, Wait, WrongPassword
from directsell.store.keys import KeyMode
from directsell.ui.book_jobs import Proving, Restoring, Wish, key_mode
from directsell.ui.dialogs import dialogs
from directsell.ui.tasks import Job, Lane, Tasks
from directsell.ui.theme import app_icon
from directsell.ui.widgets.backup_rows import BackupRows
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import FormField, TextField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.page import Page, ScrollArea
from directsell.ui.widgets.password_fields import PasswordField
from directsell.ui.widgets.sides import ListDetail
from directsell.ui.widgets.states import Banner, ProgressPanel

if TYPE_CHECKING:
    from directsell.store.restore import Proof, Restored

_PAPERS_NAMED = 6


class RestoreWindow(QWidget):
    """``RestoreWindow(context, tasks, parent=None)``: ``rows``, ``password``, ``code``, ``check_button``, ``restore_button``.

    Signals: ``restored()`` after a backup took its place and the user has read what that means; ``given_up()``.
    """

    restored = Signal()
    given_up = Signal()

    def __init__(self, context: Context, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Restore a backup"))
        self.setWindowIcon(app_icon())
        self.resize(1040, 680)
        self.setMinimumSize(480, 380)
        self._context = context
        self._tasks = tasks
        self._job: Job | None = None
        self._wish: Wish | None = None
        self._chosen_file: Path | None = None
        self._found: tuple[Backup, ...] = ()
        self._key_asked = key_mode(context) is None
        self.steps = QStackedWidget()
        for step in (self._check_step(), self._agree_step(), self._end_step()):
            self.steps.addWidget(step)
        self.sides = ListDetail(self._list_side(), self.steps, list_width=320, narrow_below=760)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sides)
        self.sides.narrow_changed.connect(self._narrow_changed)
        self._look()

    # --- building

    def _list_side(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 24, 20, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("Backups"), Role.TITLE))
        self._none = Label(
            _("No backup was found on this computer. Choose a file, for example on your stick."), Role.MUTED, wrap=True
        )
        self._none.hide()
        column.addWidget(self._none)
        self.rows = BackupRows()
        self.rows.chosen.connect(self._row_chosen)
        column.addWidget(self.rows)
        column.addStretch(1)
        side = QWidget()
        outer = QVBoxLayout(side)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(ScrollArea(inner), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 20)
        foot.setSpacing(8)
        self.back_button = Button(_("Back"), "arrow-left", kind=Kind.QUIET)
        self.back_button.clicked.connect(self._give_up)
        self.file_button = Button(_("Choose a file …"), "folder-open")
        self.file_button.clicked.connect(self._choose_file)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.file_button)
        outer.addLayout(foot)
        return side

    def _check_step(self) -> Page:
        page = Page(_("Restore a backup"), _("It is checked first. Nothing is changed before you agree."))
        page.back_clicked.connect(self._show_list)
        self._problem = QVBoxLayout()
        page.add_layout(self._problem)
        self._banner: Banner | None = None
        self._what = Label(_("Choose one of your backups."), Role.BODY, wrap=True)
        page.add(self._what)
        self.password = PasswordField()
        self._password_field = FormField(
            _("Your password"), self.password, hint=_("The one that opened DirectSell until now.")
        )
        self.code = TextField(limit=200)
        self._code_field = FormField(
            _("Recovery code"), self.code, hint=_("From the recovery sheet of the business that was backed up.")
        )
        for field in (self._password_field, self._code_field):
            field.setMaximumWidth(520)
            page.add(field)
        self.password.returnPressed.connect(self.check)
        self.code.returnPressed.connect(self.check)
        self.progress = ProgressPanel(_("The backup is being checked …"))
        self.progress.cancelled.connect(self._stop)
        self.progress.hide()
        page.add(self.progress)
        self.check_button = Button(_("Check this backup"), "shield-check", kind=Kind.PRIMARY)
        self.check_button.clicked.connect(self.check)
        self.check_button.setEnabled(False)
        page.add_layout(_line(self.check_button))
        page.body.addStretch(1)
        self._ask_for_keys()
        return page

    def _agree_step(self) -> Page:
        page = Page(_("This backup is whole"), " ")
        self._agree_page = page
        page.back_clicked.connect(self._show_list)
        self._proof = Card(_("What it holds"))
        self._proof_lines = QVBoxLayout()
        self._proof_lines.setSpacing(4)
        self._proof.body.addLayout(self._proof_lines)
        self._lost = Card(_("What it does not hold"))
        self._lost_words = Label("", wrap=True)
        self._lost_papers = Label("", Role.SMALL, wrap=True)
        self._lost.add(self._lost_words)
        self._lost.add(self._lost_papers)
        page.add(self._proof)
        page.add(self._lost)
        page.add(
            Label(_("The data of now is not deleted: it is kept as a file beside the backups."), Role.SMALL, wrap=True)
        )
        self._agree_problem = QVBoxLayout()
        page.add_layout(self._agree_problem)
        self._restoring = ProgressPanel(_("The backup takes its place …"), cancellable=False)
        self._restoring.hide()
        page.add(self._restoring)
        self.restore_button = Button(_("Restore this backup"), "history", kind=Kind.PRIMARY)
        self.other_button = Button(_("Choose another one"), kind=Kind.QUIET)
        self.restore_button.clicked.connect(self.restore)
        self.other_button.clicked.connect(self._other)
        page.add_layout(_line(self.restore_button, self.other_button))
        page.body.addStretch(1)
        return page

    def _end_step(self) -> Page:
        page = Page(_("The backup is back"), _("Everything in it was checked once more."))
        self._end_words = Label("", wrap=True)
        self._end_file = Label("", Role.SMALL, wrap=True, selectable=True)
        page.add(self._end_words)
        page.add(self._end_file)
        self.open_button = Button(_("Open my business"), "store", kind=Kind.PRIMARY)
        self.open_button.clicked.connect(self.restored)
        page.add_layout(_line(self.open_button))
        page.body.addStretch(1)
        return page

    # --- choosing

    def _look(self) -> None:
        self._tasks.start(lambda job: self._context.backups(), done=self._show_found, owner=self)

    def _show_found(self, found: tuple[Backup, ...]) -> None:
        self._found = found
        self._none.setVisible(not found and self._chosen_file is None)
        own = self._context.folders.backups
        rows: list[tuple[object, str, str]] = []
        if self._chosen_file is not None:
            rows.append((self._chosen_file, self._chosen_file.name, str(self._chosen_file.parent)))
        language = active_language()
        for backup in found:
            place = _("on this computer") if backup.path.parent == own else str(backup.path.parent)
            rows.append((backup.path, language.datetime(backup.made_at), place))
        self.rows.set_rows(rows)

    def _choose_file(self) -> None:
        path = dialogs().open_file(self, _("Choose a backup"), _("Backups (*.db);;All files (*)"))
        if path is not None:
            self._chosen_file = path
            self._show_found(self._found)
            self.rows.choose(path)

    def _row_chosen(self) -> None:
        self.steps.setCurrentIndex(0)
        self._clear_errors()
        self.check_button.setEnabled(self._job is None)
        path = self.rows.value()
        if isinstance(path, Path):
            made = next((backup.made_at for backup in self._found if backup.path == path), None)
            name = active_language().datetime(made) if made is not None else path.name
            self._what.setText(_("Chosen: {backup}").format(backup=name))
        self.sides.show_detail(True)

    def _ask_for_keys(self) -> None:
        """Show the fields that are needed: the password of now, and the code where the key of now does not fit."""
        mode = key_mode(self._context)
        self._password_field.setVisible(mode is KeyMode.PASSWORD)
        self._code_field.setVisible(self._key_asked)

    # --- proving

    def check(self) -> None:
        """Prove the chosen backup."""
        path = self.rows.value()
        if not isinstance(path, Path) or not self.check_button.isEnabled():
            return
        self._clear_errors()
        self._wish = Wish(path, self.password.value(), self.code.value() if self._key_asked else "")
        self._busy(True)
        self.progress.restart(_("The backup is being checked …"))
        self.progress.show()
        self._job = self._tasks.start(
            Proving(self._context, self._wish), done=self._proven, failed=self._refused, owner=self
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._idle()

    def _idle(self) -> None:
        self._job = None
        self.progress.hide()
        self._restoring.hide()
        self._busy(False)

    def _busy(self, on: bool) -> None:
        for widget in (self.rows, self.file_button, self.back_button, self.restore_button, self.other_button):
            widget.setEnabled(not on)
        self.check_button.setEnabled(not on and self.rows.value() is not None)

    def _refused(self, error: Exception) -> None:
        self._idle()
        words = sentence(error)
        if words is None:
            raise error
        if isinstance(error, WrongPassword | Wait):
            self._password_field.set_error(words)
            self._password_field.reveal()
        elif isinstance(error, NoKey | NotOurs) and not self._key_asked:
            self._key_asked = True
            self._ask_for_keys()
            self._say(_("The key of this computer does not open it. Type the code of its recovery sheet."), "warn")
            self._code_field.reveal()
        elif isinstance(error, NoKey) and self.code.value():
            self._code_field.set_error(words)
            self._code_field.reveal()
        else:
            self._say(words)

    def _say(self, text: str, tone: str = "bad") -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if text:
            self._banner = Banner(text, tone)
            place = self._problem if self.steps.currentIndex() == 0 else self._agree_problem
            place.addWidget(self._banner)

    def _clear_errors(self) -> None:
        self._say("")
        self._password_field.set_error("")
        self._code_field.set_error("")

    def problem(self) -> str:
        """The sentence on the screen about what did not work; "" when nothing is wrong."""
        fields = self._password_field.error() or self._code_field.error()
        return fields or (self._banner.accessibleName() if self._banner is not None else "")

    # --- agreeing

    def _proven(self, proof: Proof) -> None:
        self._idle()
        self._agree_page.set_subtitle(self._what.text())
        while (item := self._proof_lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in self._lines_of(proof):
            self._proof_lines.addWidget(Label(line, wrap=True))
        newer = proof.newer
        lost = newer is not None and bool(newer.changes)
        self._lost.setVisible(lost)
        if newer is not None and lost:
            self._lost_words.setText(
                ngettext(
                    "{n} change that was made later is not in it.",
                    "{n} changes that were made later are not in it.",
                    newer.changes,
                ).format(n=active_language().number(newer.changes))
            )
            named = ", ".join(newer.papers[:_PAPERS_NAMED])
            more = _("{numbers} and more") if len(newer.papers) > _PAPERS_NAMED else "{numbers}"
            text = _("Customers may hold papers that it does not know: {papers}")
            self._lost_papers.setText(text.format(papers=more.format(numbers=named)) if newer.papers else "")
            self._lost_papers.setVisible(bool(newer.papers))
        self.steps.setCurrentIndex(1)
        self.restore_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lines_of(self, proof: Proof) -> list[str]:
        held, number = proof.contents, active_language().number
        lines = [
            ngettext("{n} person", "{n} people", held.people).format(n=number(held.people)),
            ngettext("{n} order", "{n} orders", held.orders).format(n=number(held.orders)),
            ngettext("{n} numbered paper", "{n} numbered papers", held.papers).format(n=number(held.papers)),
        ]
        if held.newest is not None:
            lines.append(_("Last change: {when}").format(when=active_language().datetime(held.newest)))
        return lines + [finding_text(finding.code, finding.count) for finding in proof.findings]

    def _other(self) -> None:
        self.steps.setCurrentIndex(0)
        self._show_list()

    def restore(self) -> None:
        """Put the proven backup in place."""
        if self._wish is None or not self.restore_button.isEnabled():
            return
        self._say("")
        self._busy(True)
        self.check_button.setEnabled(False)
        self._restoring.restart(_("The backup takes its place …"))
        self._restoring.show()
        self._job = self._tasks.start(
            Restoring(self._context, self._wish), lane=Lane.WRITE, done=self._done, failed=self._refused, owner=self
        )

    def _done(self, done: Restored) -> None:
        self._idle()
        self.rows.setEnabled(False)
        self.file_button.setEnabled(False)
        self.back_button.setEnabled(False)
        text = _("New papers of this laptop carry the series {series}, so that no number is ever given twice.")
        self._end_words.setText(text.format(series=done.identity.series))
        kept = _("The data from before lies in {path}")
        self._end_file.setText(kept.format(path=done.aside) if done.aside is not None else "")
        self._end_file.setVisible(done.aside is not None)
        self.steps.setCurrentIndex(2)
        self.sides.show_detail(True)
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- ways

    def _give_up(self) -> None:
        self._stop()
        self.given_up.emit()

    def _show_list(self) -> None:
        self.sides.show_detail(False)

    def _narrow_changed(self, narrow: bool) -> None:
        for number in (0, 1):
            step = self.steps.widget(number)
            if isinstance(step, Page):
                step.show_back(narrow)


def _line(*shown: QWidget) -> FlowLayout:
    layout = FlowLayout(gap=8)
    for button in shown:
        layout.addWidget(button)
    return layout
