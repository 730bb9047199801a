"""The window program: which door to show, the session behind it, and what goes on beside (backups, lock, crashes)."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    Qt,
    QTimer,
    QTranslator,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QApplication, QWidget

from directsell.context import BookState, Context, OpenBook
from directsell.i18n import Language, _, activate, active_language, choose_language
from directsell.messages import sentence
from directsell.store.instance import AlreadyRunning, HeldElsewhere, InstanceLock
from directsell.store.keys import KeyMode
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.navigation import Navigation
from directsell.ui.page_factories import factories
from directsell.ui.session import Session
from directsell.ui.shell import Shell
from directsell.ui.tasks import GuiGC, Job, Lane, Tasks
from directsell.ui.theme import SchemeChoice, theme
from directsell.ui.unlock import Unlock
from directsell.ui.welcome import Welcome, WelcomeChoice

_UPKEEP_MS = 5 * 60_000
_IDLE_CHECK_MS = 20_000
_WARM_UP_MS = 400


class Program(QObject):
    """One run of the window program; ``start`` shows the right door and returns.

    Args:
        context: folders, settings, keys.
        lock: the data folder, held by this process.

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
        self._lock = lock
        self._server: QObject | None = None
        self._idle = IdleWatch(self)
        self._idle.passed.connect(self.lock_now)
        self._upkeep = QTimer(self)
        self._upkeep.setInterval(_UPKEEP_MS)
        self._upkeep.timeout.connect(self._do_upkeep)
        self._crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)
        context.logs.on_crash(self._crashed.emit)

    # --- doors

    def start(self) -> None:
        """Show welcome, unlock, recovery or the business itself."""
        state = self.context.state()
        if state is BookState.NONE:
            self._show_welcome()
        elif state is BookState.LOCKED:
            self._show_unlock(locked=True)
        elif state is BookState.KEY_LOST:
            self._show_unlock(locked=False)
        elif state is BookState.LOST:
            self._offer_restore(_("The data file is gone, but there was one on this computer."))
        else:
            self._open_ready()

    def _open_ready(self) -> None:
        try:
            self._show_business(self.context.open())
        except Exception as error:
            words = sentence(error)
            if words is None:
                raise
            self._offer_restore(words)

    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _show_welcome(self) -> None:
        language = active_language()
        self._show(
            welcome := Welcome(
                language,
                languages=language_choices(),
                current=language.tag,
                clean_logo=_clean_logo,
                has_keyring=_has_keyring(),
                home=language.tag[-2:] if "_" in language.tag else "US",
            )
        )
        welcome.decided.connect(self._decided)
        welcome.language_wanted.connect(self._language_wanted)
        welcome.restore_wanted.connect(self._restore)

    @Slot(str)
    def _language_wanted(self, tag: str) -> None:
        self.context.device.set(language=tag)
        use_language(tag)
        self._show_welcome()

    @Slot(object)
    def _decided(self, choice: WelcomeChoice) -> None:
        creation = _Creation(self.context, choice, active_language().tag)
        self.tasks.start(creation, lane=Lane.WRITE, done=self._created, failed=self._not_created, owner=self)

    @Slot(object)
    def _created(self, book: OpenBook) -> None:
        self._show_business(book)

    def _not_created(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        if isinstance(self.window, Welcome):
            self.window.fail(words)

    def _show_unlock(self, *, locked: bool) -> None:
        unlock = Unlock(locked=locked, waiting=self.context.keys.wait_seconds())
        unlock.password_given.connect(self._try_password)
        unlock.code_given.connect(self._try_code)
        unlock.restore_wanted.connect(self._restore)
        self._show(unlock)

    @Slot(str)
    def _try_password(self, password: str) -> None:
        self._try(lambda job: self.context.open(password))

    @Slot(str)
    def _try_code(self, code: str) -> None:
        self._try(lambda job: self.context.open_with_code(code, KeyMode.FILE))

    def _try(self, attempt: Callable[[Job], OpenBook]) -> None:
        if isinstance(self.window, Unlock):
            self.window.busy(True)
        self.tasks.start(attempt, lane=Lane.WRITE, done=self._created, failed=self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        if isinstance(self.window, Unlock):
            self.window.refuse(words, self.context.keys.wait_seconds())

    def _offer_restore(self, reason: str) -> None:
        answers = [_("Restore a backup…"), _("Start a new business"), _("Quit")]
        if self.context.state() is not BookState.LOST:
            del answers[1]
        answer = dialogs().choose(None, _("The data cannot be opened"), reason, answers, tone=Tone.WARNING)
        chosen = answers[answer] if answer is not None else answers[-1]
        if chosen == answers[0]:
            self._restore()
        elif chosen == _("Start a new business"):
            self._show_welcome()
        else:
            self.ended.emit()

    @Slot()
    def _restore(self) -> None:
        from directsell.ui.restore_window import RestoreWindow

        window = RestoreWindow(self.context, self.tasks)
        window.restored.connect(self._after_restore)
        window.given_up.connect(self._restore_given_up)
        self._show(window)

    @Slot()
    def _after_restore(self) -> None:
        self.start()

    @Slot()
    def _restore_given_up(self) -> None:
        state = self.context.state()
        if state in (BookState.LOST, BookState.NONE):
            self._show_welcome()
        else:
            self.start()

    # --- the business

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
        shell = Shell(session, factories())
        shell.restore_geometry_text(str(self.context.device.get("window", "")))
        shell.lock_wanted.connect(self.lock_now)
        shell.restart_wanted.connect(self._restart)
        shell.closed.connect(self._shell_closed)
        session.navigation.go("today")
        self._show(shell)
        self._idle.set_minutes(int(self.context.device.get("lock_minutes")))
        QTimer.singleShot(_WARM_UP_MS, self, self._warm_up)
        self._upkeep.start()

    def _warm_up(self) -> None:
        """After the first paint: load what the first save and the first paper need, and listen for a second start."""
        if self.book is None:
            return
        self.tasks.start(_WarmUp(self.book), owner=self)
        if self._server is None and self._lock is not None:
            from directsell.ui.instance_server import InstanceServer

            server = InstanceServer(self.context.folders.data, self)
            server.raise_wanted.connect(self._come_forward)
            self._server = server
        self._tell_notes()
        QTimer.singleShot(3_000, self, self._do_upkeep)

    def _tell_notes(self) -> None:
        if isinstance(self.window, Shell) and self.book is not None:
            self.window.show_notes(self.book.notes)
            previous = self.context.logs.previous_crash
            if previous is not None:
                self.window.toast.say(
                    _("DirectSell ended unexpectedly the last time. Your data is whole."), seconds=10.0
                )
                self.context.logs.forget_previous_crash()

    @Slot()
    def _do_upkeep(self) -> None:
        if self.book is not None:
            book = self.book
            self.tasks.start(lambda job: self.context.upkeep(book), done=self._kept, failed=self._not_kept, owner=self)

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

    @Slot()
    def lock_now(self) -> None:
        """Close the book and forget its key; the door asks for the password again. Without one nothing happens."""
        if not isinstance(self.window, Shell) or self.context.keys.mode is not KeyMode.PASSWORD:
            if isinstance(self.window, Shell):
                self.window.toast.say(_("Set a password in the settings first, then the program can be locked."))
            return
        self._close_business()
        self._show_unlock(locked=True)

    @Slot()
    def _restart(self) -> None:
        """Show everything anew: another language, or a restored book."""
        self._close_business()
        use_language(choose_language(str(self.context.device.get("language"))))
        self.start()

    @Slot()
    def _shell_closed(self) -> None:
        self.quit()

    def _close_business(self) -> None:
        self._upkeep.stop()
        self._idle.set_minutes(0)
        if isinstance(self.window, Shell):
            self.context.device.set(window=self.window.geometry_text(), theme=theme().choice.value)
            self.window.closed.disconnect(self._shell_closed)
            self.window.settle()
        self.tasks.drain()
        if self.session is not None:
            self.session.close()
            self.session.deleteLater()
            self.session = None
        if self.book is not None:
            self.book.close()
            self.book = None

    def quit(self) -> None:
        """End everything in the right order: windows, jobs, database, folder."""
        if isinstance(self.window, Shell):
            self.context.device.set(window=self.window.geometry_text(), theme=theme().choice.value)
        self._upkeep.stop()
        self._idle.stop()
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


class IdleWatch(QObject):
    """Emits ``passed`` when nobody touched keyboard or mouse for a while, also when the machine slept meanwhile."""

    passed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit_us = 0
        self._last_us = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_IDLE_CHECK_MS)
        self._timer.timeout.connect(self._check)

    def set_minutes(self, minutes: int) -> None:
        """Watch for so many minutes without a touch; 0 does not watch."""
        app = QCoreApplication.instance()
        if app is None:
            return
        app.removeEventFilter(self)
        self._timer.stop()
        self._limit_us = minutes * 60_000_000
        if minutes > 0:
            self._last_us = _wall_us()
            app.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self.set_minutes(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.Wheel,
            QEvent.Type.TouchBegin,
        ):
            self._last_us = _wall_us()
        return False

    def _check(self) -> None:
        # The wall clock, not a monotonic one: a night asleep counts.
        if self._limit_us and abs(_wall_us() - self._last_us) >= self._limit_us:
            self.set_minutes(0)
            self.passed.emit()


def _wall_us() -> int:
    from time import time_ns

    return time_ns() // 1000


class _Creation:
    """Makes the book that the welcome window asked for; runs in a worker."""

    def __init__(self, context: Context, choice: WelcomeChoice, tag: str) -> None:
        self._context = context
        self._choice = choice
        self._tag = tag

    def __call__(self, job: Job) -> OpenBook:
        from directsell.usecases.samples import make_sample
        from directsell.usecases.settings import save_logo, set_up_business

        book = self._context.create(KeyMode(self._choice.protection), self._choice.password)
        try:
            entry = self._choice.entry
            if entry is None:
                book.app.run(make_sample, self._tag)
            else:
                book.app.run(set_up_business, entry.business, entry.profile)
                if entry.logo:
                    book.app.run(save_logo, entry.logo)
        except BaseException:
            book.close()
            raise
        book.app.forget_steps()
        return book


class _WarmUp:
    """Imports SQLAlchemy and ReportLab in a worker, so that the first save and the first paper are quick."""

    def __init__(self, book: OpenBook) -> None:
        self._book = book

    def __call__(self, job: Job) -> None:
        self._book.app.store.warm_up()
        job.check()
        from directsell.documents import warm_up

        warm_up()


def _clean_logo(content: bytes) -> bytes:
    from directsell.documents.images import clean_logo

    return clean_logo(content)


def _has_keyring() -> bool:
    from directsell.store.system_keyring import SystemKeyring

    return SystemKeyring().available()


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the window as (tag, own name)."""
    return [("en_US", "English"), ("de_DE", "Deutsch")]


_qt_words = QTranslator()


def use_language(tag: str) -> Language:
    """Make a language that of the window: words, direction, and the buttons of Qt's own dialogs."""
    language = activate(tag)
    app = QCoreApplication.instance()
    if isinstance(app, QApplication):
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if language.rtl else Qt.LayoutDirection.LeftToRight)
        QLocale.setDefault(QLocale(language.tag))
        app.removeTranslator(_qt_words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if _qt_words.load(f"qtbase_{language.tag[:2]}", folder):
            app.installTranslator(_qt_words)
    return language


def main(context: Context) -> int:
    """Show the window and stay until it is closed; returns the exit status."""
    from directsell.ui.qt_boot import application

    app = application(sys.argv[:1])
    theme().install(app, SchemeChoice(str(context.device.get("theme"))))
    use_language(choose_language(context.language))
    app.setQuitOnLastWindowClosed(False)
    lock = _hold(context)
    if lock is None:
        return 0
    program = Program(context, lock)
    program.ended.connect(app.quit)
    QTimer.singleShot(0, program, program.start)
    return int(app.exec())


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
