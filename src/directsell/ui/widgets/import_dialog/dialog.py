"""The import in a window of its own: its steps, and the work between them. What each step shows is its own module's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from directsell.exchange.headers import Target
from directsell.exchange.mapping import Mapping
from directsell.i18n import _, ngettext
from directsell.messages import sentence
from directsell.store.queries.settings import business
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.session import Session
from directsell.ui.tasks import Job, Lane
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.import_dialog.columns_step import ColumnsStep
from directsell.ui.widgets.import_dialog.file_step import FileStep
from directsell.ui.widgets.import_dialog.result_step import ResultStep
from directsell.ui.widgets.import_dialog.review_step import ReviewStep
from directsell.ui.widgets.import_dialog.saving import ListSaver
from directsell.ui.widgets.import_dialog.work import (
    Choices,
    Read,
    Recognise,
    Recognised,
    TakeBack,
    Whole,
    Write,
    let_go,
)
from directsell.ui.widgets.labels import ElidedLabel, Role
from directsell.ui.widgets.page import ScrollArea
from directsell.usecases.imports.memory import remember_mapping
from directsell.usecases.imports.reading import Reading

_PAGES: dict[Target, str] = {"sales": "orders", "people": "people", "products": "products"}


def open_import(session: Session, parent: QWidget, kind: str) -> ImportDialog:
    """Open the import.

    Args:
        session: the business.
        parent: the widget it belongs to.
        kind: "sales", "people" or "products"; the user can choose another one.
    """
    target: Target = "people" if kind == "people" else "products" if kind == "products" else "sales"
    dialog = ImportDialog(session, parent, target)
    dialog.open()
    return dialog


class ImportDialog(QDialog):
    """``ImportDialog(session, parent, target)``; use ``open_import``. It deletes itself when closed.

    ``file_step``, ``columns_step``, ``review_step``, ``result_step``, ``stack``; ``forward``, ``back``, ``close_button``;
    ``take(path)`` begins with a file. ``is_working`` while something runs.
    """

    def __init__(self, session: Session, parent: QWidget, target: Target) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kit", "dialog")
        self.setSizeGripEnabled(True)
        self._session = session
        self._path = Path()
        self._recognised: Recognised | None = None
        self._reading: Reading | None = None
        self._job: Job | None = None
        self._title = ElidedLabel("", Role.HEADING)
        currency = session.look(business).currency
        self.file_step = FileStep(target)
        self.columns_step = ColumnsStep(session.language, currency)
        self.review_step = ReviewStep(session.language)
        self.result_step = ResultStep(session.language)
        self._saver = ListSaver(session, self.review_step)
        self.stack = QStackedWidget()
        for step in (self.file_step, self.columns_step, self.review_step, self.result_step):
            area = ScrollArea(step)
            step.setObjectName("sheetBody")  # the colour of a dialog, not of a page
            step.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.stack.addWidget(area)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(14)
        column.addWidget(self._title)
        column.addWidget(self.stack, 1)
        column.addLayout(self._buttons())
        self._connect()
        room = parent.window().size()
        self.resize(max(480, min(1120, room.width() - 60)), max(300, min(760, room.height() - 40)))
        self._show_step(self.file_step)

    def _buttons(self) -> QHBoxLayout:
        self.close_button = Button(_("Cancel"), kind=Kind.QUIET, on_click=self.reject)
        self.back = Button(_("Back"), kind=Kind.SECONDARY, on_click=self._go_back)
        self.forward = Button("", kind=Kind.PRIMARY, on_click=self._go_on)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        return row

    def _connect(self) -> None:
        self.file_step.chosen.connect(self.take)
        self.file_step.cancelled.connect(self._stop_looking)
        self.file_step.kinds.changed.connect(self._name)
        self.columns_step.reopen.connect(self._reopen)
        self.columns_step.other_file.connect(self._go_back)
        self.columns_step.changed.connect(self._show_buttons)
        self.columns_step.cancelled.connect(self._stop_reading)
        self.review_step.cancelled.connect(self._stop_importing)
        self.review_step.save_list.connect(self._saver.save)
        self.result_step.undo_wanted.connect(self._undo)

    # --- steps

    @property
    def is_working(self) -> bool:
        """Whether something runs that could be stopped."""
        return self._job is not None

    @property
    def step(self) -> QWidget:
        """The step that shows."""
        steps = (self.file_step, self.columns_step, self.review_step, self.result_step)
        return steps[self.stack.currentIndex()]

    def _show_step(self, step: QWidget) -> None:
        steps = (self.file_step, self.columns_step, self.review_step, self.result_step)
        self.stack.setCurrentIndex(next(place for place, known in enumerate(steps) if known is step))
        self._name()
        self._show_buttons()
        first = self.file_step.choose_button if step is self.file_step else self.forward
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> None:
        names = {
            "sales": _("Import sales"),
            "people": _("Import people"),
            "products": _("Import products"),
        }
        title = names[self.file_step.target()]
        self._title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def _show_buttons(self) -> None:
        step, working = self.step, self.is_working
        self.back.setVisible(step is not self.file_step)
        self.back.setText(_("Show them") if step is self.result_step else _("Back"))
        self.back.setEnabled(not working)
        self.forward.setVisible(step is not self.file_step)
        self.close_button.setVisible(step is not self.result_step)
        if step is self.columns_step:
            self.forward.setText(_("Check the file"))
            self.forward.setEnabled(self.columns_step.is_ready and not working)
        elif step is self.review_step and self._reading is not None:
            self.forward.setText(self._import_words(self._reading))
            self.forward.setEnabled(self._reading.good > 0 and not working)
        elif step is self.result_step:
            self.forward.setText(_("Done"))
            self.forward.setEnabled(not working)

    def _import_words(self, reading: Reading) -> str:
        count = self._session.language.number(reading.good)
        if reading.target == "sales":
            return ngettext("Import {count} order", "Import {count} orders", reading.good).format(count=count)
        if reading.target == "people":
            return ngettext("Import {count} person", "Import {count} people", reading.good).format(count=count)
        return ngettext("Import {count} product", "Import {count} products", reading.good).format(count=count)

    def _go_on(self) -> None:
        step = self.step
        if step is self.columns_step:
            self._read()
        elif step is self.review_step:
            self._import()
        else:
            self.accept()

    def _go_back(self) -> None:
        step = self.step
        if step is self.result_step:
            self._session.navigation.go(_PAGES[self.file_step.target()])
            self.accept()
        elif step is self.review_step and self._recognised is not None:
            self._show_step(self.columns_step)
        else:
            self._show_step(self.file_step)

    # --- the file

    def take(self, path: Path) -> None:
        """Begin with a file."""
        self._path = path
        self._recognise(Choices())

    def _reopen(self, choices: Choices) -> None:
        self._recognise(choices)

    def _recognise(self, choices: Choices) -> None:
        if self.step is self.columns_step:
            self.columns_step.busy(True)
        else:
            self.file_step.busy(True)
        work = Recognise(self._session.app, self.file_step.target(), self._path, choices)
        self._job = self._session.tasks.start(work, done=self._recognised_file, failed=self._not_recognised, owner=self)
        self._show_buttons()

    def _recognised_file(self, recognised: Recognised | None) -> None:
        self._ended()
        self._recognised = recognised
        if recognised is None:
            self._read()
            return
        self.columns_step.show_file(recognised)
        self._show_step(self.columns_step)
        self.columns_step.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_recognised(self, error: Exception) -> None:
        self._ended()
        words = self._sentence(error)
        if self.step is self.columns_step:
            dialogs().message(self, _("The file cannot be read like this"), words, tone=Tone.WARNING)
            self.columns_step.show_format()
        else:
            self.file_step.fail(words)

    def _stop_looking(self) -> None:
        self._cancel_job()

    # --- reading it whole

    def _read(self) -> None:
        recognised, step = self._recognised, self.columns_step
        mapping = step.mapping
        if recognised is not None and mapping is None:
            return
        progress = self.file_step.progress if recognised is None else step.progress
        (self.file_step if recognised is None else step).busy(True)
        work = Read(self._path, recognised, mapping or Mapping("people"), step.currency(), self._session.today())
        self._job = self._session.tasks.start(
            work, done=self._read_whole, failed=self._not_read, progress=progress.set_progress, owner=self
        )
        self._show_buttons()

    def _read_whole(self, whole: Whole) -> None:
        self._ended()
        self._reading = whole.reading
        self.review_step.show_reading(whole.reading, whole.sums)
        header = self._recognised.table.header if self._recognised is not None else ()
        self._saver.take(self._path, whole.reading, header)
        self._show_step(self.review_step)

    def _not_read(self, error: Exception) -> None:
        self._ended()
        words = self._sentence(error)
        if self._recognised is None:
            self.file_step.fail(words)
        else:
            dialogs().message(self, _("The file cannot be read"), words, tone=Tone.WARNING)

    def _stop_reading(self) -> None:
        self._cancel_job()

    # --- importing

    def _import(self) -> None:
        reading = self._reading
        if reading is None:
            return
        self.review_step.busy(_("Importing … One undo takes all of it back."))
        self._job = self._session.tasks.start(
            Write(self._session.app, reading),
            lane=Lane.WRITE,
            done=self._imported,
            failed=self._not_imported,
            progress=self._imported_so_far,
            owner=self,
        )
        self._show_buttons()

    def _imported_so_far(self, done: int, total: int) -> None:
        self.review_step.progress.set_progress(done, total)
        if done >= total:
            self.review_step.progress.set_text(_("Adding up and indexing …"))
            self.review_step.progress.set_progress(0, 0)

    def _imported(self, outcome: object) -> None:
        self._ended()
        recognised, mapping = self._recognised, self.columns_step.mapping
        if recognised is not None and mapping is not None:
            self._session.run(self._session, remember_mapping, recognised.table.header, mapping)
        assert self._reading is not None
        self.result_step.show_outcome(self._reading, outcome)
        self._show_step(self.result_step)

    def _not_imported(self, error: Exception) -> None:
        self._ended()
        self.review_step.say(self._sentence(error))

    def _stop_importing(self) -> None:
        """Ask the writer to stop, and wait until it has rolled back before anything else can be done."""
        self._cancel_job(keep=True)
        self.review_step.busy(_("Stopping …"))
        self._job = self._session.tasks.start(
            _nothing, lane=Lane.WRITE, done=self._stopped, failed=self._not_imported, owner=self
        )
        self._show_buttons()

    def _stopped(self, _result: object) -> None:
        self._ended()
        self.review_step.say(_("Stopped. Nothing was changed."), "info")

    def _undo(self) -> None:
        self.result_step.busy(True)
        self._job = self._session.tasks.start(
            TakeBack(self._session.app), lane=Lane.WRITE, done=self._undone, failed=self._not_undone, owner=self
        )
        self._show_buttons()

    def _undone(self, _step: object) -> None:
        self._ended()
        self._session.say(_("The import was taken back."))
        self.accept()

    def _not_undone(self, error: Exception) -> None:
        self._ended()
        self.result_step.fail(self._sentence(error))

    # --- ends

    def _ended(self) -> None:
        self._job = None
        self.file_step.busy(False)
        self.columns_step.busy(False)
        self.review_step.busy("")
        self.result_step.busy(False)
        self._show_buttons()

    def _cancel_job(self, *, keep: bool = False) -> None:
        if self._job is not None:
            self._job.cancel()
        if not keep:
            self._ended()

    def _sentence(self, error: Exception) -> str:
        words = sentence(error)
        if words is None:
            raise error
        return words

    def done(self, result: int) -> None:
        self._reading = None
        self._saver.forget()
        let_go()
        super().done(result)

    def reject(self) -> None:
        if self._may_close():
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def _may_close(self) -> bool:
        if not self.is_working:
            return True
        if self.step is self.result_step:
            return False  # a moment: the import is being taken back
        if self.step is self.review_step:
            text = _("Nothing will be changed then.")
            if not dialogs().confirm(self, _("Stop the import?"), text, yes=_("Stop"), no=_("Go on"), danger=True):
                return False
        self._cancel_job(keep=True)
        return True


def _nothing(job: Job) -> None:
    """Run when the writer is free again."""
