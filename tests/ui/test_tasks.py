"""Work outside the GUI thread: results, order, cancel, progress, dead owners, shutdown, garbage."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from directsell.ui.tasks import GuiGC, Job, Lane, Tasks


class Seen(QObject):
    """Collects what callbacks say, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.reports: list[tuple[int, int]] = []
        self.threads: set[threading.Thread] = set()

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.current_thread())

    def failed(self, error: Exception) -> None:
        self.errors.append(error)

    def progress(self, done: int, total: int) -> None:
        self.reports.append((done, total))


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks(readers=2)
    yield made
    assert made.shutdown(5)


def square(number: int, _job: Job) -> int:
    return number * number


def wait_idle(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: tasks.busy == 0, timeout=5000)


def test_every_result_arrives_in_the_gui_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen = Seen()
    for number in range(300):
        tasks.start(partial(square, number), done=seen.done, owner=seen)
    wait_idle(qtbot, tasks)
    assert sorted(seen.results) == [number * number for number in range(300)]  # type: ignore[type-var]
    assert seen.threads == {threading.main_thread()}


def test_writes_keep_their_order_in_one_thread(qtbot: QtBot, tasks: Tasks) -> None:
    order: list[int] = []
    threads: set[int] = set()

    def write(number: int, _job: Job) -> None:
        order.append(number)
        threads.add(threading.get_ident())

    for number in range(50):
        tasks.start(partial(write, number), lane=Lane.WRITE)
    wait_idle(qtbot, tasks)
    assert order == list(range(50))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_error_goes_to_failed_and_the_lane_lives_on(qtbot: QtBot, tasks: Tasks) -> None:
    seen = Seen()

    def broken(_job: Job) -> None:
        raise ValueError("no")

    tasks.start(broken, lane=Lane.WRITE, done=seen.done, failed=seen.failed)
    tasks.start(lambda _job: "next", lane=Lane.WRITE, done=seen.done)
    wait_idle(qtbot, tasks)
    assert [str(error) for error in seen.errors] == ["no"]
    assert seen.results == ["next"]


def test_error_without_failed_goes_to_on_error(qtbot: QtBot, qapp: object) -> None:
    heard: list[Exception] = []
    tasks = Tasks(on_error=heard.append)
    tasks.start(lambda _job: 1 // 0)
    wait_idle(qtbot, tasks)
    assert [type(error) for error in heard] == [ZeroDivisionError]
    tasks.shutdown()


def test_cancelled_job_says_nothing(qtbot: QtBot, tasks: Tasks) -> None:
    seen = Seen()
    started = threading.Event()
    ended = threading.Event()

    def patient(job: Job) -> str:
        started.set()
        while not job.cancelled:
            ended.wait(0.001)
        ended.set()
        job.check()
        return "never"

    job = tasks.start(patient, done=seen.done, failed=seen.failed)
    assert started.wait(5)
    job.cancel()
    wait_idle(qtbot, tasks)
    assert ended.is_set()
    assert (seen.results, seen.errors) == ([], [])


def test_dead_owner_is_not_called(qtbot: QtBot, tasks: Tasks) -> None:
    seen = Seen()
    owner = QObject()
    gate = threading.Event()
    tasks.start(lambda _job: gate.wait(5), done=seen.done, owner=owner)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    gate.set()
    wait_idle(qtbot, tasks)
    assert seen.results == []


def test_progress_is_thinned_but_ends_complete(qtbot: QtBot, tasks: Tasks) -> None:
    seen = Seen()

    def count(job: Job) -> None:
        for number in range(1, 20_001):
            job.progress(number, 20_000)

    tasks.start(count, progress=seen.progress)
    wait_idle(qtbot, tasks)
    assert seen.reports[-1] == (20_000, 20_000)
    assert len(seen.reports) < 40


@pytest.mark.parametrize("end", ["drain", "shutdown"])
def test_writes_that_wait_are_done_before_the_window_locks_or_closes(qapp: object, end: str) -> None:
    made = Tasks()
    started, go_on = threading.Event(), threading.Event()
    written: list[str] = []

    def slow(_job: Job) -> None:
        started.set()
        go_on.wait(5)

    made.start(slow, lane=Lane.WRITE)
    started.wait(5)
    made.start(lambda _job: written.append("order"), lane=Lane.WRITE)
    made.start(lambda _job: written.append("draft"), lane=Lane.WRITE)
    threading.Timer(0.05, go_on.set).start()
    assert getattr(made, end)(5)
    assert written == ["order", "draft"]
    made.shutdown()


def test_a_cancelled_read_that_waits_does_not_begin(qapp: object) -> None:
    made = Tasks(readers=1)
    go_on = threading.Event()
    begun: list[str] = []
    made.start(lambda _job: go_on.wait(5))
    made.start(lambda _job: begun.append("read"))
    threading.Timer(0.05, go_on.set).start()
    assert made.shutdown(5)
    assert not begun


def test_shutdown_cancels_and_joins(qapp: object) -> None:
    tasks = Tasks()
    gate = threading.Event()

    def endless(job: Job) -> None:
        while not job.cancelled:
            gate.wait(0.001)

    for _number in range(4):
        tasks.start(endless)
    assert tasks.shutdown(5)
    with pytest.raises(RuntimeError):
        tasks.start(lambda _job: None)


def test_gui_gc_collects_only_where_it_is_told(qapp: object) -> None:
    assert gc.isenabled()
    collector = GuiGC(every_ms=1000)
    try:
        assert not gc.isenabled()
        collector.check()
    finally:
        collector.stop()
    assert gc.isenabled()


def test_looking_at_everything_waits_for_a_pause(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    collector = GuiGC(every_ms=100_000, pause_ms=60_000)
    collected: list[object] = []
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 99))
    monkeypatch.setattr(gc, "collect", lambda *generation: collected.append(generation))
    field = QLineEdit()
    qtbot.addWidget(field)
    try:
        collector.check()
        collector._pause.stop()
        QTest.keyClick(field, Qt.Key.Key_X)  # somebody types: the pause begins anew
        assert collector._pause.isActive()
        collector.check()
        assert collected == []
        collector._pause.timeout.emit()
        assert collected == [()]
        assert not collector._pause.isActive()
    finally:
        collector.stop()
