"""App: run a use-case, read a query, undo, redo, observe, close. It has no feature of its own, ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from directsell.store.changes import ChangeSet
    from directsell.store.database import Store
    from directsell.store.reader import Reader
    from directsell.store.work import Work

P = ParamSpec("P")
R = TypeVar("R")
_STEPS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Step:
    """A transaction that can be undone or redone: its journal number, label (msgid) and what fills the label."""

    tx: int
    label: str
    params: Mapping[str, Any] = field(default_factory=dict)


class App:
    """The one door to the data for window, command line and tests; calls are synchronous and thread-safe.

    Args:
        store: the open database; ``close`` closes it.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        store.observe(self._remember)

    def run(self, usecase: Callable[Concatenate[Work, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use-case in one transaction of its own: all of it is saved, or nothing.

        Raises:
            DomainError: a rule of the trade forbids it.
            StoreError: the environment failed.
        """
        from directsell.usecases.verbs import policy_of

        policy = policy_of(usecase)
        with self.store.write(policy.label, origin=policy.origin, barrier=policy.barrier) as work:
            return usecase(work, *args, **kwargs)

    def read(self, query: Callable[Concatenate[Reader, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a query from one consistent moment.

        Raises:
            StoreError: the environment failed.
        """
        with self.store.read() as reader:
            return query(reader, *args, **kwargs)

    @property
    def undo_step(self) -> Step | None:
        """The step that ``undo`` would take back, if any."""
        return self._undo[-1] if self._undo else None

    def undo(self) -> Step | None:
        """Take back the newest step of this session, as a change of its own; None if there is none.

        Raises:
            Conflict, DomainError: what it wrote was changed since, or something hangs on it now; the step is dropped.
            StoreError: the environment failed; the step stays.
        """
        return self._revert(self._undo, "undo")

    def redo(self) -> Step | None:
        """Do the newest undone step again; None if there is none.

        Raises:
            As ``undo``.
        """
        return self._revert(self._redo, "redo")

    def _revert(self, stack: list[Step], origin: str) -> Step | None:
        if not stack:
            return None
        from directsell.store.errors import Barrier, Conflict, StoreError
        from directsell.usecases.history import take_back

        step = stack.pop()
        try:
            with self.store.write(step.label, origin=origin, reverts=step.tx) as work:
                work.describe(**step.params)
                take_back(work, step.tx)
        except (Barrier, Conflict):
            raise
        except StoreError:
            stack.append(step)  # the next key press must not take back the step before this one
            raise
        return step

    def _remember(self, changes: ChangeSet) -> None:
        if changes.barrier:
            self._undo.clear()
            self._redo.clear()
            return
        if changes.origin in ("user", "import", "revert"):
            self._redo.clear()
        if changes.origin == "undo":
            self._redo.append(Step(changes.tx, changes.label, changes.params))
        elif changes.origin in ("user", "import", "revert", "redo"):
            self._undo.append(Step(changes.tx, changes.label, changes.params))
            del self._undo[:-_STEPS_KEPT]

    def forget_steps(self) -> None:
        """Let undo begin here (after the first start or a restored backup)."""
        self._undo.clear()
        self._redo.clear()

    def observe(self, callback: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Call back after every commit, on the thread that wrote; returns how to stop it."""
        return self.store.observe(callback)

    def close(self) -> None:
        """Close the database; safe to call twice."""
        self.store.close()
