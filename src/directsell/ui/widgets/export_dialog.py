"""Taking tables out: what, in which format, into which folder. The files are written by the use-cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.app import App
from directsell.exchange.files import translated_errors
from directsell.i18n import _, ngettext
from directsell.messages import sentence
from directsell.ui.dialogs import dialogs
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields.base import FormField
from directsell.ui.widgets.fields.choice import CheckBox
from directsell.ui.widgets.fields.text import TextField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.states import Banner, ProgressPanel
from directsell.usecases.export_columns import SUBJECTS, SUFFIXES, FileFormat, Subject
from directsell.usecases.exports import export_file

_FORMATS: tuple[tuple[FileFormat, str], ...] = (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"), ("vcard", "vCard"))


def open_export(session: Session, parent: QWidget) -> ExportDialog:
    """Open the export."""
    dialog = ExportDialog(session, parent)
    dialog.open()
    return dialog


@dataclass(frozen=True, slots=True)
class Export:
    """Writes tables into a folder, in a worker; returns (file, rows) of each."""

    app: App
    subjects: tuple[Subject, ...]
    form: FileFormat
    folder: Path
    day: date
    decimal_comma: bool

    def __call__(self, job: Job) -> list[tuple[Path, int]]:
        with translated_errors(self.folder, "file.unwritable"):
            self.folder.mkdir(parents=True, exist_ok=True)
        written = []
        for number, subject in enumerate(self.subjects):
            job.progress(number, len(self.subjects))
            path = self.folder / f"{subject}{SUFFIXES[self.form]}"
            with self.app.store.read(job.is_cancelled) as reader:
                rows = export_file(
                    reader,
                    subject,
                    self.form,
                    path,
                    day=self.day,
                    decimal_comma=self.decimal_comma,
                    cancelled=job.is_cancelled,
                )
            written.append((path, rows))
        return written


class ExportDialog(QDialog):
    """``ExportDialog(session, parent)``; use ``open_export``. It deletes itself when closed.

    ``subjects`` (CheckBox for each table), ``formats`` (Segmented), ``folder`` (TextField), ``export_button``.
    Signal: ``exported(object list[(Path, int)])``.
    """

    exported = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kit", "dialog")
        self.setWindowTitle(_("Export"))
        self.setAccessibleName(_("Export"))
        self._session = session
        self._job: Job | None = None
        self._banner: Banner | None = None
        self.subjects: dict[Subject, CheckBox] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 18)
        outer.setSpacing(14)
        outer.addWidget(ElidedLabel(_("Export"), Role.HEADING))
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        words = _("One file for each table. Text that a spreadsheet would take for a formula is made harmless.")
        self._column.addWidget(Label(words, Role.MUTED, wrap=True))
        self._column.addWidget(self._what())
        self.formats = Segmented(list(_FORMATS), "csv", name=_("Format"))
        self.formats.changed.connect(self._format_changed)
        form = FormField(_("Format"), self.formats)
        self._column.addWidget(form)
        comma = session.language.formats.decimal == ","
        self.comma = CheckBox(_("Decimal comma and semicolons, as spreadsheets here want them"), comma)
        self._column.addWidget(self.comma)
        self._column.addLayout(self._where())
        self._column.addStretch(1)
        self.progress = ProgressPanel(_("Writing …"))
        self.progress.cancelled.connect(self._stop)
        self.progress.hide()
        self._column.addWidget(self.progress)
        area = ScrollArea(content)
        content.setObjectName("sheetBody")  # the colour of a dialog, not of a page
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer.addWidget(area, 1)
        outer.addLayout(self._buttons())
        room = parent.window().size()
        self.resize(max(440, min(640, room.width() - 40)), max(300, min(560, room.height() - 40)))
        self._check()

    def _what(self) -> QWidget:
        box = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        flow = FlowLayout(box, gap=6, tile=160)
        for key, name in SUBJECTS.items():
            tick = CheckBox(_(name), True)
            tick.changed.connect(self._check)
            self.subjects[key] = tick
            flow.addWidget(tick)
        return box

    def _where(self) -> QHBoxLayout:
        context = self._session.context
        last = str(context.device.get("export_folder", "")) if context is not None else ""
        folder = Path(last) if last else Path.home() / "DirectSell"
        self.folder = TextField(str(folder))
        self.folder.changed.connect(self._check)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(FormField(_("Folder"), self.folder), 1)
        choose = Button(_("Choose …"), "folder-open", on_click=self._choose)
        row.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _buttons(self) -> QHBoxLayout:
        self.close_button = Button(_("Close"), kind=Kind.QUIET, on_click=self.reject)
        self.export_button = Button(_("Export"), "download", kind=Kind.PRIMARY, on_click=self.export)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.export_button)
        return row

    # --- choosing

    def _choose(self) -> None:
        path = dialogs().open_folder(self, _("Choose a folder"), folder=Path(self.folder.value()))
        if path is not None:
            self.folder.set_value(str(path))
            self._check()

    def _format_changed(self) -> None:
        people_only = self.formats.value() == "vcard"
        for key, tick in self.subjects.items():
            tick.setEnabled(not people_only or key == "people")
        self.comma.setVisible(self.formats.value() == "csv")
        self._check()

    def chosen(self) -> tuple[Subject, ...]:
        """Return the tables to write."""
        if self.formats.value() == "vcard":
            return ("people",)
        return tuple(key for key, tick in self.subjects.items() if tick.value())

    def _check(self) -> None:
        self.export_button.setEnabled(self._job is None and bool(self.chosen()) and bool(self.folder.value().strip()))

    # --- writing

    def export(self) -> None:
        """Write the files; those that are there are replaced after a question."""
        form = next(key for key, _name in _FORMATS if key == self.formats.value())
        folder = Path(self.folder.value()).expanduser()
        present = [f"{key}{SUFFIXES[form]}" for key in self.chosen() if (folder / f"{key}{SUFFIXES[form]}").exists()]
        if present and not dialogs().confirm(
            self, _("Replace files?"), ", ".join(present), yes=_("Replace"), danger=True
        ):
            return
        self._say("", "ok")
        self.progress.restart(_("Writing …"))
        self.progress.show()
        work = Export(
            self._session.app, self.chosen(), form, folder, self._session.today(), self.comma.value() and form == "csv"
        )
        self._job = self._session.tasks.start(
            work, done=self._written, failed=self._failed, progress=self.progress.set_progress, owner=self
        )
        self._check()

    def _written(self, files: list[tuple[Path, int]]) -> None:
        self._ended()
        folder = files[0][0].parent
        if self._session.context is not None:
            self._session.context.device.set(export_folder=str(folder))
        rows = self._session.language.number(sum(count for _path, count in files))
        text = ngettext(
            "{files} file with {rows} rows was written.", "{files} files with {rows} rows were written.", len(files)
        )
        self._say(text.format(files=len(files), rows=rows), "ok", folder)
        self.exported.emit(files)

    def _failed(self, error: Exception) -> None:
        self._ended()
        words = sentence(error)
        if words is None:
            raise error
        self._say(words, "bad")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._ended()
        self._say(_("Stopped. Nothing was changed."), "info")

    def _ended(self) -> None:
        self._job = None
        self.progress.hide()
        self._check()

    def _say(self, words: str, tone: str, folder: Path | None = None) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if words:
            self._banner = Banner(words, tone, action=_("Open the folder") if folder else "", closable=False)
            if folder is not None:
                self._shown = folder
                self._banner.action_clicked.connect(self._open_folder)
            self._column.insertWidget(0, self._banner)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._shown)))

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.cancel()
        super().closeEvent(event)
