"""The window program: doors, the business behind them, and what goes on beside (backups, lock, crashes, a second start)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from directsell.context import Context, OpenBook
from directsell.i18n import _, active_language, choose_language
from directsell.messages import sentence
from directsell.store.errors import StoreError
from directsell.store.instance import AlreadyRunning, HeldElsewhere, InstanceLock
from directsell.store.keys import KeyMode
from directsell.ui.book_jobs import DayPlans, Upkeep, WarmUp, lacks_recovery_sheet
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.doors import Doors
from directsell.ui.idle import IdleWatch
from directsell.ui.languages import use_language
from directsell.ui.navigation import Navigation
from directsell.ui.page_factories import factories
from directsell.ui.session import Session
from directsell.ui.shell import Shell
from directsell.ui.tasks import GuiGC, Job, Tasks
from directsell.ui.theme import SchemeChoice, theme

if TYPE_CHECKING:
    from directsell.ui.reminders import Reminding

_UPKEEP_MS = 5 * 60_000
_WARM_UP_MS = 400
_PATIENCE_S = 0.08  # a window without answers after that is better than none
_FIRST_UPKEEP_MS = 3_000
_QUESTION_MS = 20


class Program(QObject):
    """One run of the window program; ``start`` shows the right door and returns.

    Args:
        context: folders, settings, keys.
        lock: the data folder, held by this process.

    Attributes:
        window: what is on the screen; session, book: the open business, or None.

    Signals: ``ended()`` when the last window was closed.
    """

    ended = Signal()
    _crashed = Signal(str)

    def __init__(self, context: Context, lock: InstanceLock | None = None) -> None:
        super().__init__()
        self.context = context
        self.tasks = Tasks(on_error=self._unexpected)
        self.gc = GuiGC(self)
        self.window: QWidget | None = None
        self.session: Session | None = None
        self.book: OpenBook | None = None
        self.doors = Doors(context, self.tasks, self)
        self.doors.show_wanted.connect(self._show)
        self.doors.opened.connect(self._show_business)
        self.doors.given_up.connect(self.quit)
        self._lock = lock
        self._server: QObject | None = None
        self._ended = False
        self._level = 1  # event loops below which something waits for an answer
        self._idle = IdleWatch(self)
        self._idle.passed.connect(self.lock_now)
        self._upkeep_job: Job | None = None
        self._day_plans = DayPlans()
        self._reminding: Reminding | None = None
        self._upkeep = QTimer(self)
        self._upkeep.setInterval(_UPKEEP_MS)
        self._upkeep.timeout.connect(self._do_upkeep)
        self._crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)
        context.logs.on_crash(self._crashed.emit)

    def start(self) -> None:
        """Show welcome, unlock, recovery or the business itself, and listen for a second start."""
        self._level = max(1, QThread.currentThread().loopLevel())
        self.doors.start()
        if not self._ended:
            self._after(_WARM_UP_MS, self._listen)

    @Slot(object)
    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        window.installEventFilter(self)
        window.show()
        if before is not None:
            before.removeEventFilter(self)
            before.hide()
            before.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Closing a door ends the program; the main window says so itself, after it has settled.
        if event.type() == QEvent.Type.Close and watched is self.window and not isinstance(watched, Shell):
            self._after(0, self.quit)
        return False

    def _after(self, milliseconds: int, slot: Callable[[], None]) -> None:
        """Call a slot of this object later, unless it is gone by then."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        timer.timeout.connect(timer.deleteLater)
        timer.start(milliseconds)

    # --- the business

    @Slot(object)
    def _show_business(self, book: OpenBook) -> None:
        self.book = book
        session = Session(
            book.app,
            tasks=self.tasks,
            navigation=Navigation(self),
            language=active_language(),
            clock=self.context.clock,
            ids=self.context.ids,
            context=self.context,
            book=book,
            parent=self,
        )
        self.session = session
        session.device_changed.connect(self._device_changed)
        session.restore_wanted.connect(self._restore, Qt.ConnectionType.QueuedConnection)
        shell = Shell(session, factories())
        shell.restore_geometry_text(str(self.context.device.get("window", "")))
        shell.lock_wanted.connect(self.lock_now)
        shell.restart_wanted.connect(self._restart, Qt.ConnectionType.QueuedConnection)
        shell.closed.connect(self._shell_closed)
        session.navigation.go("today")
        self.tasks.await_answers(_PATIENCE_S)
        self._show(shell)
        self._watch_idle()
        self._after(_WARM_UP_MS, self._warm_up)
        self._upkeep.start()

    @Slot()
    def _device_changed(self) -> None:
        self._watch_idle()
        self._remind()
        self._start_reminders()

    def _start_reminders(self) -> None:
        """Remind of the day on the desktop, as long as that is wished on this laptop."""
        from directsell.ui.reminders import Reminding  # not before the first paint

        self._stop_reminders()
        if isinstance(self.window, Shell) and self.session is not None and self.context.device.get("reminders"):
            self._reminding = Reminding(self.session, self._come_forward)

    def _stop_reminders(self) -> None:
        if self._reminding is not None:
            self._reminding.stop()
            self._reminding = None

    def _remind(self) -> None:
        """Mark the settings while there is no recovery sheet; the sample business has nothing to lose."""
        from directsell.store.queries.settings import business  # not before the first paint

        if isinstance(self.window, Shell) and self.session is not None:
            due = lacks_recovery_sheet(self.context) and not self.session.look(business).sample
            self.window.nav.set_badge("settings", int(due))

    def _watch_idle(self) -> None:
        locks = self.book is not None and self.context.keys.mode is KeyMode.PASSWORD
        self._idle.set_minutes(int(self.context.device.get("lock_minutes")) if locks else 0)

    @Slot()
    def _warm_up(self) -> None:
        """After the first paint: load what the first save and the first paper need."""
        if self.book is None:
            return
        self.tasks.start(WarmUp(self.book), owner=self)
        self._tell_notes()
        self._remind()
        self._start_reminders()
        self._after(_FIRST_UPKEEP_MS, self._do_upkeep)

    @Slot()
    def _listen(self) -> None:
        if self._server is None and self._lock is not None and not self._ended:
            from directsell.ui.instance_server import InstanceServer

            server = InstanceServer(self.context.folders.data, self)
            server.raise_wanted.connect(self._come_forward)
            self._server = server

    def _tell_notes(self) -> None:
        if isinstance(self.window, Shell) and self.book is not None:
            self.window.show_notes(self.book.notes)
            self.book.notes = ()
            if self.context.logs.previous_crash is not None:
                self.window.toast.say(
                    _("DirectSell ended unexpectedly the last time. Your data is whole."), seconds=10.0
                )
                self.context.logs.forget_previous_crash()

    @Slot()
    def _do_upkeep(self) -> None:
        # It waits for a long import; were several to wait, no thread would be left to read for the pages.
        waiting = self._upkeep_job is not None and not self._upkeep_job.finished
        if self.book is not None and not waiting:
            job = Upkeep(self.context, self.book, self._day_plans)
            self._upkeep_job = self.tasks.start(job, done=self._kept, failed=self._not_kept, owner=self)

    def _kept(self, _outcome: object) -> None:
        if isinstance(self.window, Shell):
            self.window.show_backup_state()

    def _not_kept(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        if isinstance(self.window, Shell):
            self.window.show_backup_trouble(words)

    @Slot()
    def _come_forward(self) -> None:
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    # --- ends

    def _in_question(self, again: Callable[[], None]) -> bool:
        """Close a question that is open, and come back once its asker has gone on: it lives in what is about to go."""
        if QThread.currentThread().loopLevel() <= self._level:
            return False
        question = QApplication.activeModalWidget()
        if question is not None:
            question.close()
        self._after(_QUESTION_MS, again)
        return True

    @Slot()
    def lock_now(self) -> None:
        """Close the book and forget its key; the door asks for the password again. Without one nothing happens."""
        if not isinstance(self.window, Shell) or self.context.keys.mode is not KeyMode.PASSWORD:
            if isinstance(self.window, Shell):
                self.window.toast.say(_("Set a password in the settings first, then the program can be locked."))
            return
        if self._in_question(self.lock_now):
            return
        self._close_business()
        self.doors.show_unlock(locked=True)

    @Slot()
    def _restart(self) -> None:
        """Show everything anew in the chosen language; the book stays open, so no password is asked."""
        book = self.book
        if book is not None and not self._in_question(self._restart):
            self._leave_window()
            use_language(choose_language(str(self.context.device.get("language"))))
            self._show_business(book)

    @Slot()
    def _restore(self) -> None:
        """Close the business, so that a backup can take its place."""
        if self._in_question(self._restore):
            return
        self._close_business()
        self.doors.show_restore()

    @Slot()
    def _shell_closed(self) -> None:
        self.quit()

    def _close_business(self) -> None:
        self._leave_window()
        if self.book is not None:
            self.book.close()
            self.book = None

    def _leave_window(self) -> None:
        """Let the pages settle and end the session; the window stays until another one takes its place."""
        self._upkeep.stop()
        self._idle.stop()
        self._stop_reminders()
        if isinstance(self.window, Shell):
            self._remember(self.window)
            self.window.closed.disconnect(self._shell_closed)
            self.window.settle()
        self.tasks.drain()
        self._upkeep_job = None
        if self.session is not None:
            self.session.close()
            self.session.deleteLater()
            self.session = None

    def _remember(self, shell: Shell) -> None:
        self.context.device.set(window=shell.geometry_text(), theme=theme().choice.value)

    @Slot()
    def quit(self) -> None:
        """End everything in the right order: windows, jobs, database, folder. A second call does nothing."""
        if self._ended:
            return
        self._ended = True
        if isinstance(self.window, Shell):
            self._remember(self.window)
        self._upkeep.stop()
        self._idle.stop()
        self._stop_reminders()
        self.tasks.shutdown()
        if self.session is not None:
            self.session.close()
        if self.book is not None:
            self.book.close()
            self.book = None
        if self._lock is not None:
            self._lock.release()
        self.context.logs.on_crash(None)
        self.gc.stop()
        self.ended.emit()

    # --- trouble

    def _unexpected(self, error: Exception) -> None:
        words = sentence(error)
        if words is not None and self.session is not None:
            self.session.complained.emit(words)
        else:
            self.context.logs.report_error(error)

    @Slot(str)
    def _show_crash(self, report: str) -> None:
        dialogs().message(
            self.window,
            _("Something went wrong"),
            _("DirectSell made a mistake. Your data is whole; what you did last may not have been saved."),
            details=report,
            tone=Tone.ERROR,
        )
        if self.window is None:
            self.quit()


def main(context: Context) -> int:
    """Show the window and stay until it is closed; returns the exit status."""
    from directsell.ui.qt_boot import application

    scale = int(context.device.get("scale"))
    if scale != 100:
        os.environ.setdefault("QT_SCALE_FACTOR", str(max(50, min(scale, 300)) / 100))
    app = application(sys.argv[:1])
    theme().install(app, _scheme(str(context.device.get("theme"))))
    use_language(choose_language(context.language))
    app.setQuitOnLastWindowClosed(False)
    lock = _hold(context)
    if lock is None:
        return 0
    program = Program(context, lock)
    program.ended.connect(app.quit)
    QTimer.singleShot(0, program, program.start)
    return int(app.exec())


def _scheme(name: str) -> SchemeChoice:
    """Return the choice that is stored; an edited settings file must not keep the window from opening."""
    return next((choice for choice in SchemeChoice if choice.value == name), SchemeChoice.SYSTEM)


def _hold(context: Context) -> InstanceLock | None:
    """Take the data folder; None when another window has it (and comes forward) or the user gives up."""
    try:
        return context.hold()
    except AlreadyRunning:
        from directsell.ui.instance_server import ask_to_raise

        if not ask_to_raise(context.folders.data):
            dialogs().message(None, "DirectSell", _("DirectSell is running already with this data."), tone=Tone.INFO)
        return None
    except HeldElsewhere as error:
        text = sentence(error) or ""
        if dialogs().confirm(None, "DirectSell", text, yes=_("Open anyway"), no=_("Quit"), danger=True):
            return context.hold(take_over=True)
        return None
    except StoreError as error:
        text = sentence(error) or ""
        dialogs().message(
            None, _("The data cannot be opened"), text, details=str(context.folders.data), tone=Tone.ERROR
        )
        return None
