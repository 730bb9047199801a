"""What makes a function a use-case: its label and undo policy. The verbs themselves live one module per feature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from directsell.store.work import Work

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Policy:
    """How a use-case appears in undo and history.

    Attributes:
        label: msgid, shown as "Undo: ..." and in the history; placeholders are filled by ``work.describe``.
        barrier: it issues a number: nothing before it can be undone any more.
        origin: ``user`` for what a person does, ``import`` for files, ``system`` for what is not undone.
    """

    label: str
    barrier: bool = False
    origin: str = "user"


def usecase(
    label: str, *, barrier: bool = False, origin: str = "user"
) -> Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Work, P], R]]:
    """Give a function its place in undo and history; it stays an ordinary function of ``(work, ...)``."""

    def mark(function: Callable[Concatenate[Work, P], R]) -> Callable[Concatenate[Work, P], R]:
        function.policy = Policy(label, barrier, origin)  # type: ignore[attr-defined]
        return function

    return mark


def policy_of(function: Callable[..., object]) -> Policy:
    """Return the policy of a use-case.

    Raises:
        TypeError: the function is not a use-case.
    """
    policy = getattr(function, "policy", None)
    if not isinstance(policy, Policy):
        raise TypeError(f"{function!r} is not a use-case")
    return policy
