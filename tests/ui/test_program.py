"""One run of the program: doors, the open business, lock, restart, a second start, a crash, the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from directsell.context import BookState, Context
from directsell.store import recovery
from directsell.store.errors import ReadOnly
from directsell.store.keys import KeyMode
from directsell.store.queries.seller import seller
from directsell.store.queries.settings import business
from directsell.ui import application
from directsell.ui.application import Program
from directsell.ui.dialogs import QtDialogs, ScriptedDialogs
from directsell.ui.idle import IdleWatch
from directsell.ui.instance_server import ask_to_raise
from directsell.ui.languages import use_language
from directsell.ui.restore_window import RestoreWindow
from directsell.ui.shell import Shell
from directsell.ui.theme import SchemeChoice, theme
from directsell.ui.unlock import Unlock
from directsell.ui.welcome import Welcome
from directsell.usecases.settings import change_business
from tests.fixtures import books
from tests.ui.homes import PASSWORD, Ring, home, settle_in

Run = Callable[..., "Running"]


class Running:
    """A program that was started, and what it takes to wait for it."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context = context
        self.qtbot = qtbot
        self.ended = 0
        self.program = Program(context, context.hold())
        self.program.ended.connect(self._count)
        self.program.start()

    def _count(self) -> None:
        self.ended += 1

    def wait_for(self, kind: type[object]) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.program.window, kind), timeout=20_000)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(self._calm, timeout=20_000)

    def _calm(self) -> bool:
        QCoreApplication.processEvents()
        return not self.program.tasks.busy

    @property
    def shell(self) -> Shell:
        window = self.program.window
        assert isinstance(window, Shell)
        return window

    @property
    def unlock(self) -> Unlock:
        window = self.program.window
        assert isinstance(window, Unlock)
        return window

    def end(self) -> None:
        if shiboken6.isValid(self.program):
            self.program.quit()
        if self.program.window is not None and shiboken6.isValid(self.program.window):
            self.program.window.hide()
            self.program.window.deleteLater()
        if shiboken6.isValid(self.program):
            self.program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def run(themed: QApplication, qtbot: QtBot) -> Iterator[Run]:
    started: list[Running] = []

    def start(context: Context) -> Running:
        started.append(Running(context, qtbot))
        return started[-1]

    yield start
    for running in started:
        running.end()
    use_language("en_US")


def closed_home(folder: Path, mode: KeyMode = KeyMode.FILE, password: str = "") -> Context:
    context = home(folder)
    settle_in(context, mode, password).close()
    return context


def test_from_welcome_to_the_sample_business(tmp_path: Path, run: Run) -> None:
    running = run(home(tmp_path))
    running.wait_for(Welcome)
    welcome = running.program.window
    assert isinstance(welcome, Welcome)
    welcome.sample_button.click()
    running.wait_for(Shell)
    assert running.program.session is not None
    assert running.program.session.app.read(business).sample
    assert running.program.session.app.undo_step is None
    assert running.context.state() is BookState.READY
    assert running.shell.current_page() is not None


def test_from_welcome_to_my_business(tmp_path: Path, run: Run) -> None:
    running = run(home(tmp_path))
    running.wait_for(Welcome)
    welcome = running.program.window
    assert isinstance(welcome, Welcome)
    welcome.own_button.click()
    QTest.keyClicks(welcome.form.name, "Dana Whitfield")
    welcome.continue_button.click()
    welcome.protection.set_value("file")
    welcome.start_button.click()
    running.wait_for(Shell)
    assert running.program.session is not None
    assert running.program.session.app.read(business).name == "Dana Whitfield"


def test_a_disk_that_is_full_leaves_everything_to_be_tried_again(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = run(home(tmp_path))
    running.wait_for(Welcome)
    welcome = running.program.window
    assert isinstance(welcome, Welcome)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise ReadOnly("no")

    with monkeypatch.context() as patch:
        patch.setattr("directsell.usecases.samples.make_sample", _as_usecase(refuse))
        welcome.sample_button.click()
        running.qtbot.waitUntil(lambda: welcome._banner is not None, timeout=10_000)
    assert running.context.state() is not BookState.READY
    welcome.sample_button.click()
    running.wait_for(Shell)


def _as_usecase(function: Callable[..., None]) -> Callable[..., None]:
    from directsell.usecases.verbs import usecase

    return usecase("Sample")(function)


def test_the_language_of_the_welcome_can_be_changed(tmp_path: Path, run: Run) -> None:
    running = run(home(tmp_path))
    running.wait_for(Welcome)
    first = running.program.window
    assert isinstance(first, Welcome)
    first.language_wanted.emit("de_DE")
    assert running.program.window is not first
    assert running.program.window is not None
    assert isinstance(running.program.window, Welcome)
    assert running.program.window.own_button.caption() != first.own_button.caption()
    assert running.context.device.get("language") == "de_DE"


def test_a_password_is_asked_at_the_start_and_after_the_lock(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path, KeyMode.PASSWORD, PASSWORD))
    running.unlock.password.setText("not this one")
    running.unlock._try_password()
    running.settle()
    assert running.unlock._password_field.error() == "This password is wrong."
    running.unlock.password.setText(PASSWORD)
    running.unlock._try_password()
    running.wait_for(Shell)
    running.program.lock_now()
    assert running.program.book is None
    assert running.program.session is None
    running.unlock.password.setText(PASSWORD)
    running.unlock._try_password()
    running.wait_for(Shell)


def test_an_open_question_does_not_keep_the_door_open(tmp_path: Path, run: Run) -> None:
    """Who leaves the laptop in the middle of a question has left it; the one who asked goes on as if it was closed."""
    running = run(closed_home(tmp_path, KeyMode.PASSWORD, PASSWORD))
    running.unlock.password.setText(PASSWORD)
    running.unlock._try_password()
    running.wait_for(Shell)
    answers: list[object] = []

    def ask() -> None:
        QTimer.singleShot(50, running.program, running.program.lock_now)
        answer = QtDialogs().ask_text(running.shell, "Cancel this payment", "Why did Dana cancel?", yes="Cancel")
        answers.append((answer, running.program.book is not None))

    QTimer.singleShot(0, running.program, ask)
    running.wait_for(Unlock)
    assert answers == [(None, True)], "the door closes only when whoever asked has gone on"
    assert running.program.book is None
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_without_a_password_there_is_nothing_to_lock(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path))
    shell = running.shell
    running.program.lock_now()
    assert running.program.window is shell
    assert "password" in shell.toast.text()


def test_a_forgotten_password_is_replaced_by_the_recovery_sheet(tmp_path: Path, run: Run) -> None:
    context = closed_home(tmp_path, KeyMode.PASSWORD, PASSWORD)
    code = recovery.sheet_of(context.keys.unlock(PASSWORD) or b"", books.NOON.date()).code
    running = run(context)
    running.unlock.code_given.emit(code, "another good one")
    running.wait_for(Shell)
    assert context.keys.mode is KeyMode.PASSWORD
    assert context.keys.unlock("another good one") == context.keys.recover(code)


@pytest.mark.parametrize("works", [True, False])
def test_a_lost_key_file_is_made_anew(tmp_path: Path, run: Run, works: bool) -> None:
    context = home(tmp_path, keyring=Ring(works=works))
    settle_in(context).close()
    code = recovery.sheet_of(context.keys.unlock() or b"", books.NOON.date()).code
    context.folders.key_file.unlink()
    running = run(context)
    running.unlock.code_given.emit("nonsense", "")
    running.settle()
    assert running.unlock._code_field.error() != ""
    running.unlock.code_given.emit(code, "")
    running.wait_for(Shell)
    assert context.keys.mode is (KeyMode.KEYRING if works else KeyMode.FILE)


def test_another_language_shows_the_window_anew_and_keeps_what_was_typed(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path, KeyMode.PASSWORD, PASSWORD))
    running.unlock.password.setText(PASSWORD)
    running.unlock._try_password()
    running.wait_for(Shell)
    shell, book = running.shell, running.program.book
    assert running.program.session is not None
    running.program.session.navigation.go("settings", None, "business")
    page = shell.current_page()
    section = page.section("business")  # type: ignore[union-attr]
    QTest.keyClicks(section.form.tagline, "half-typed")
    running.context.device.set(language="de_DE")
    running.program.session.restart_wanted.emit()
    running.qtbot.waitUntil(lambda: running.program.window is not shell, timeout=10_000)
    running.settle()
    assert running.program.book is book
    assert running.shell.nav.item("settings").text() == "Einstellungen"
    assert running.program.session is not None
    running.program.session.navigation.go("settings", None, "business")
    anew = running.shell.current_page().section("business")  # type: ignore[union-attr]
    assert anew.form.tagline.text() == "half-typed"
    assert anew.is_dirty


def test_another_currency_shows_the_window_anew(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path))
    running.settle()
    shell, book = running.shell, running.program.book
    assert book is not None
    book.app.run(change_business, tagline="Kitchen things")
    session = running.program.session
    assert session is not None
    running.qtbot.waitUntil(lambda: not session.bridge.is_pending, timeout=10_000)
    running.settle()
    assert running.program.window is shell
    book.app.run(change_business, currency="JPY")
    running.qtbot.waitUntil(lambda: running.program.window is not shell, timeout=10_000)
    running.settle()
    assert running.program.book is book


def test_restoring_closes_the_business_and_comes_back(tmp_path: Path, run: Run) -> None:
    context = home(tmp_path)
    book = settle_in(context)
    context.back_up(book)
    book.close()
    running = run(context)
    assert running.program.session is not None
    running.program.session.restore_wanted.emit()
    running.wait_for(RestoreWindow)
    assert running.program.book is None
    window = running.program.window
    assert isinstance(window, RestoreWindow)
    window.rows.rows[0].click()
    window.check()
    running.settle()
    window.restore()
    running.settle()
    window.open_button.click()
    running.wait_for(Shell)
    running.program.session.restore_wanted.emit()
    running.wait_for(RestoreWindow)
    again = running.program.window
    assert isinstance(again, RestoreWindow)
    again.back_button.click()
    running.wait_for(Shell)


def test_data_that_is_gone_offers_three_ways(tmp_path: Path, run: Run, scripted: ScriptedDialogs) -> None:
    context = closed_home(tmp_path)
    context.folders.database.unlink()
    scripted.answer(0)
    running = run(context)
    assert isinstance(running.program.window, RestoreWindow)
    running.settle()
    running.program.window.back_button.click()
    running.wait_for(Welcome)
    running.end()
    scripted.answer(2)
    assert run(home(tmp_path)).ended == 1


def test_a_damaged_file_is_told_and_not_touched(tmp_path: Path, run: Run, scripted: ScriptedDialogs) -> None:
    context = closed_home(tmp_path)
    context.folders.database.write_bytes(b"\0" * 8192)
    scripted.answer(None)
    running = run(context)
    assert running.ended == 1
    assert scripted.asked[0][0] == "choose"
    assert context.folders.database.read_bytes() == b"\0" * 8192


def test_a_second_start_raises_the_first(tmp_path: Path, run: Run, scripted: ScriptedDialogs) -> None:
    context = closed_home(tmp_path)
    running = run(context)
    running.program._listen()
    running.shell.showMinimized()
    heard: list[bool] = []
    other = threading.Thread(target=lambda: heard.append(ask_to_raise(context.folders.data)))
    other.start()
    running.qtbot.waitUntil(lambda: not running.shell.isMinimized(), timeout=5_000)
    other.join()
    assert heard == [True]
    assert application._hold(home(tmp_path)) is None


def test_a_crash_is_shown_and_the_program_goes_on(tmp_path: Path, run: Run, scripted: ScriptedDialogs) -> None:
    running = run(closed_home(tmp_path))
    running.context.logs.report_error(ZeroDivisionError("customer Dana"), "in a slot")
    running.qtbot.waitUntil(lambda: bool(scripted.asked), timeout=5_000)
    assert scripted.asked[0][1] == "Something went wrong"
    assert isinstance(running.program.window, Shell)


def test_an_error_of_a_job_that_nobody_waits_for_becomes_a_sentence(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path))

    def fail(_job: object) -> None:
        raise ReadOnly("no")

    running.program.tasks.start(fail)
    running.settle()
    assert "cannot be written" in running.shell.toast.text()


def test_closing_leaves_no_thread_and_gives_the_folder_back(tmp_path: Path, run: Run) -> None:
    before = set(threading.enumerate())
    running = run(closed_home(tmp_path))
    running.settle()
    assert running.shell.close()
    assert running.ended == 1
    assert not {thread.name for thread in threading.enumerate() if thread.is_alive()} - {t.name for t in before}
    assert running.context.device.get("window", "") != ""
    home(tmp_path).hold().release()
    assert not (tmp_path / "book.db-wal").exists()


def test_closing_a_door_ends_the_program(tmp_path: Path, run: Run) -> None:
    running = run(home(tmp_path))
    running.wait_for(Welcome)
    assert running.program.window is not None
    running.program.window.close()
    running.qtbot.waitUntil(lambda: running.ended == 1, timeout=5_000)
    running.program.quit()
    assert running.ended == 1


def test_the_upkeep_makes_the_first_backup(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path))
    assert not running.context.backups()
    running.program._do_upkeep()
    running.settle()
    assert len(running.context.backups()) == 1
    running.program._not_kept(ReadOnly("no"))
    assert "cannot be written" in running.shell.toast.text()


def test_upkeep_that_waits_for_a_long_import_leaves_a_thread_to_read(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path))
    running.settle()
    book, program = running.program.book, running.program
    assert book is not None
    with book.app.store.exclusive():  # as a long import does
        for _time in range(4):
            program._do_upkeep()
        assert program.session is not None
        answers: list[object] = []
        program.session.read(program, seller, done=answers.append)
        running.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    running.settle()
    program._do_upkeep()
    running.settle()
    assert running.context.backups()


def test_nobody_at_the_keyboard_locks(themed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [10**15]
    monkeypatch.setattr("directsell.ui.idle._wall_us", lambda: now[0])
    watch = IdleWatch()
    watch.set_minutes(5)
    now[0] += 4 * 60_000_000
    watch.check()
    watch.eventFilter(watch, QEvent(QEvent.Type.KeyPress))
    now[0] += 4 * 60_000_000
    with qtbot.assertNotEmitted(watch.passed):
        watch.check()
    now[0] += 60_000_000
    with qtbot.waitSignal(watch.passed):
        watch.check()
    watch.stop()


def test_the_lock_watches_only_with_a_password(tmp_path: Path, run: Run) -> None:
    context = closed_home(tmp_path)
    context.device.set(lock_minutes=5)
    running = run(context)
    assert running.program._idle._limit_us == 0
    assert running.program.book is not None
    context.keys.keep(running.program.book.key, KeyMode.PASSWORD, PASSWORD)
    assert running.program.session is not None
    running.program.session.device_changed.emit()
    assert running.program._idle._limit_us == 5 * 60_000_000


def test_the_settings_are_marked_until_there_is_a_recovery_sheet(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path))
    running.program._remind()
    assert running.shell.nav.item("settings").accessibleName() == "Settings, 1 waiting"
    running.context.device.set(recovery_sheet=running.context.keys.fingerprint)
    assert running.program.session is not None
    running.program.session.device_changed.emit()
    assert running.shell.nav.item("settings").accessibleName() == "Settings"


def test_an_edited_settings_file_does_not_keep_the_window_shut() -> None:
    assert application._scheme("dark") is SchemeChoice.DARK
    assert application._scheme("puce") is SchemeChoice.SYSTEM
    assert theme().choice in SchemeChoice


def test_a_folder_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, themed: QApplication, scripted: ScriptedDialogs
) -> None:
    blocked = tmp_path / "data"
    blocked.write_text("a file where the folder should be")
    assert application._hold(home(blocked)) is None
    assert scripted.asked[0][1] == "The data cannot be opened"


def test_another_machine_is_asked_about(tmp_path: Path, themed: QApplication, scripted: ScriptedDialogs) -> None:
    (tmp_path / "directsell.lock").write_text('{"pid": 1, "host": "kitchen-laptop"}')
    scripted.answer(False, True)
    assert application._hold(home(tmp_path)) is None
    assert "kitchen-laptop" in scripted.asked[0][2]
    lock = application._hold(home(tmp_path))
    assert lock is not None
    lock.release()


def test_the_first_window_fits_the_screen(tmp_path: Path, run: Run) -> None:
    running = run(closed_home(tmp_path))
    running.wait_for(Shell)
    room = running.shell.screen().availableSize()
    assert running.shell.width() < room.width() or room.width() < running.shell.minimumWidth()
    assert running.shell.height() < room.height()
