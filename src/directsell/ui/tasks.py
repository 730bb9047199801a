"""Work outside the GUI thread: one writer lane, a few readers, results back by queued signal. No widgets here.

``tasks.start(fn, lane=Lane.READ, done=..., failed=..., progress=..., owner=widget) -> Job``. ``fn(job)`` runs in a worker; it
may call ``job.progress(done, total)`` and ``job.check()`` (raises Cancelled), and returns plain data. ``done(result)``,
``failed(error)`` and ``progress(done, total)`` run in the GUI thread, and not at all once ``owner`` is deleted or the job
was cancelled.
"""

from __future__ import annotations

import enum
import gc
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot

from directsell.store.database import Cancelled as StoreCancelled

R = TypeVar("R")

PROGRESS_SECONDS = 0.05  # at most 20 reports a second reach the GUI
_END = None


class Cancelled(Exception):
    """Raised by ``Job.check`` inside a worker; the job then ends without ``done`` or ``failed``."""


class Lane(enum.Enum):
    """Where a job runs: WRITE is one thread, in order; READ a small pool."""

    READ = "read"
    WRITE = "write"


class Job:
    """One running piece of work. The worker reads ``cancelled`` and reports; the GUI may ``cancel()``."""

    def __init__(self, post: Callable[[Job, str, object], None]) -> None:
        self._post = post
        self._cancel = threading.Event()
        self._last_report = 0.0
        self.finished = False

    @classmethod
    def cancelled_one(cls) -> Job:
        """Return a job that ended before it began."""
        job = cls(lambda _job, _kind, _payload: None)
        job.cancel()
        job.finished = True
        return job

    def cancel(self) -> None:
        """Ask the worker to stop; no callback of this job runs any more."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """True once ``cancel`` was called; fits ``Connection.set_progress_handler`` through ``is_cancelled``."""
        return self._cancel.is_set()

    def is_cancelled(self) -> bool:
        """``cancelled`` as a function."""
        return self._cancel.is_set()

    def check(self) -> None:
        """Raise Cancelled when the user gave up."""
        if self._cancel.is_set():
            raise Cancelled

    def progress(self, done: int, total: int) -> None:
        """Report from the worker; reports that come too fast are dropped, the last one (done == total) never."""
        now = time.monotonic()
        if done < total and now - self._last_report < PROGRESS_SECONDS:
            return
        self._last_report = now
        self._post(self, "progress", (done, total))


class _Callbacks:
    """What to call in the GUI thread for one job."""

    __slots__ = ("done", "failed", "owned", "owner", "progress")

    def __init__(
        self,
        done: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
        progress: Callable[[int, int], object] | None,
        owner: QObject | None,
    ) -> None:
        self.done = done
        self.failed = failed
        self.progress = progress
        self.owner = owner
        self.owned = owner is not None

    def alive(self) -> bool:
        """Whether the owner still exists in C++."""
        return not self.owned or (self.owner is not None and shiboken6.isValid(self.owner))


class _Pool:
    """Threads of one lane, started when first needed and never more than necessary."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._waiting = 0
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)

    def put(self, work: Callable[[], None]) -> None:
        with self._lock:
            self._waiting += 1
            if self._waiting > len(self._threads) and len(self._threads) < self._size:
                name = f"{self._name}-{len(self._threads) + 1}"
                thread = threading.Thread(target=self._run, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._queue.put(work)

    def wait_idle(self, until: float) -> bool:
        """Wait until nothing runs or waits."""
        with self._idle:
            return self._idle.wait_for(self._is_idle, max(0.0, until - time.monotonic()))

    def _is_idle(self) -> bool:
        return self._waiting == 0

    def stop(self, until: float) -> bool:
        for _thread in self._threads:
            self._queue.put(_END)
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while (work := self._queue.get()) is not _END:
            work()
            del work
            with self._idle:
                self._waiting -= 1
                self._idle.notify_all()


class Tasks(QObject):
    """``Tasks(readers=2, on_error=None, parent=None)``; lives in the GUI thread.

    ``on_error(error)`` gets the errors of jobs that have no ``failed``; without it they go to the thread excepthook.
    Signals: ``idle()`` when the last job's callbacks have run.
    """

    idle = Signal()
    _posted = Signal(object, str, object)

    def __init__(
        self,
        readers: int = 2,
        on_error: Callable[[Exception], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pools = {Lane.READ: _Pool("reader", readers), Lane.WRITE: _Pool("writer", 1)}
        self._running: dict[Job, _Callbacks] = {}
        self._on_error = on_error
        self._closed = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        fn: Callable[[Job], R],
        *,
        lane: Lane = Lane.READ,
        done: Callable[[R], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run ``fn(job)`` in a lane. Call from the GUI thread. Raises RuntimeError after ``shutdown``."""
        if self._closed:
            raise RuntimeError("tasks are shut down")
        job = Job(self._post)
        self._running[job] = _Callbacks(done, failed, progress, owner)
        self._pools[lane].put(_Work(fn, job, self._post, skips=lane is Lane.READ).run)
        return job

    @property
    def busy(self) -> int:
        """Number of jobs whose end was not delivered yet."""
        return len(self._running)

    def cancel_all(self, owner: QObject | None = None) -> None:
        """Cancel every job, or those of one owner."""
        for job, callbacks in self._running.items():
            if owner is None or callbacks.owner is owner:
                job.cancel()

    def await_answers(self, seconds: float) -> None:
        """Wait a moment for what runs now and deliver what has come, while no other event happens.

        For the instant before a window is shown: painting it with its answers is quicker than painting it twice.
        """
        until = time.monotonic() + seconds
        for pool in self._pools.values():
            pool.wait_idle(until)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def drain(self, timeout: float = 5.0) -> bool:
        """Cancel reads, let writes finish, forget every callback; the lanes stay open (the window locks or restarts).

        Args:
            timeout: Seconds for all together.

        Returns:
            True when nothing runs any more.
        """
        until = time.monotonic() + timeout
        self.cancel_all()
        idle = [pool.wait_idle(until) for pool in self._pools.values()]
        self._running.clear()
        return all(idle)

    def shutdown(self, timeout: float = 5.0) -> bool:
        """Cancel reads, let writes finish, and join the threads.

        Args:
            timeout: Seconds for all together.

        Returns:
            True when every thread ended in time. Afterwards no callback runs any more.
        """
        self._closed = True
        until = time.monotonic() + timeout
        self.cancel_all()
        ended = [pool.stop(until) for pool in self._pools.values()]
        self._running.clear()
        return all(ended)

    def _post(self, job: Job, kind: str, payload: object) -> None:
        try:
            self._posted.emit(job, kind, payload)
        except RuntimeError:
            # The program is ending and this object is gone; nobody is left to tell.
            return

    @Slot(object, str, object)
    def _deliver(self, job: Job, kind: str, payload: object) -> None:
        callbacks = self._running.get(job)
        if callbacks is None:
            return
        wanted = callbacks.alive() and not job.cancelled
        if kind == "progress":
            if wanted and callbacks.progress is not None and isinstance(payload, tuple):
                callbacks.progress(*payload)
            return
        job.finished = True
        del self._running[job]
        try:
            if wanted and kind == "done" and callbacks.done is not None:
                callbacks.done(payload)
            elif kind == "failed" and isinstance(payload, Exception):
                self._fail(callbacks, payload, wanted=wanted)
        finally:
            if not self._running:
                self.idle.emit()

    def _fail(self, callbacks: _Callbacks, error: Exception, *, wanted: bool) -> None:
        if callbacks.failed is not None:
            if wanted:
                callbacks.failed(error)
        elif self._on_error is not None:
            self._on_error(error)
        else:
            raise error


class _Work:
    """Carries one function into a worker and its outcome out again."""

    def __init__(
        self, fn: Callable[[Job], object], job: Job, post: Callable[[Job, str, object], None], *, skips: bool
    ) -> None:
        self._fn = fn
        self._job = job
        self._post = post
        self._skips = skips

    def run(self) -> None:
        kind, payload = "done", None
        try:
            if self._skips:
                self._job.check()
            # What waits to be written was promised: the window closing or locking must not lose it. A long import asks
            # the job itself whether to go on.
            payload = self._fn(self._job)
        except (Cancelled, StoreCancelled):
            kind = "cancelled"
        except Exception as error:  # noqa: BLE001 - every failure of a job belongs to the GUI thread, none may end the lane
            kind, payload = ("cancelled", None) if self._job.cancelled else ("failed", error)
        self._post(self._job, kind, payload)


class GuiGC(QObject):
    """``GuiGC(parent=None, every_ms=1000, pause_ms=1500)``: cyclic garbage collection in the GUI thread only.

    A widget freed by a collection that happens to run in a worker crashes the program, so automatic collection is off and
    a timer collects the generations whose thresholds are reached. Looking at everything takes as long as several frames:
    that waits until nobody has typed or clicked for a moment. ``stop()`` gives the interpreter its own way back.
    """

    def __init__(self, parent: QObject | None = None, every_ms: int = 1000, pause_ms: int = 1500) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.check)
        self._timer.start()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self._collect_all)

    @Slot()
    def check(self) -> None:
        """Collect what is due; the oldest generation in the next pause."""
        counts = gc.get_count()
        app = QCoreApplication.instance()
        if counts[2] > self._thresholds[2] and not self._pause.isActive() and app is not None:
            app.installEventFilter(self)
            self._pause.start()
        for generation in (1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._pause.start()
        return False

    def stop(self) -> None:
        """Stop the timers and allow automatic collection again."""
        self._timer.stop()
        self._end_pause()
        gc.enable()

    @Slot()
    def _collect_all(self) -> None:
        self._end_pause()
        gc.collect()

    def _end_pause(self) -> None:
        self._pause.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
