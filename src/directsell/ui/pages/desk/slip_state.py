"""A slip while it is typed at the desk: whose it is, its order, and the steps that can be taken back. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from directsell.domain.orders import Order, OrderLine
from directsell.ui.widgets.order_form.working import Money, Working

PRINT, SIGN = "print", "sign"  # what comes after placing an order
_STEPS = 50  # how many steps back a slip remembers


@dataclass(frozen=True, slots=True)
class Moment:
    """A slip as it stood before a line or a payment came or went."""

    order: Order
    lines: tuple[OrderLine, ...]
    money: tuple[Money, ...]

    def shape(self) -> object:
        """Return what makes two moments different steps."""
        return [(line.id, line.kind) for line in self.lines], [money.method for money in self.money]


@dataclass(slots=True)
class Slip:
    """What is typed for one person; ``key`` names its draft, ``amount`` is its total in words once
    it was asked for, ``stored`` the order as it was when a slip of a stored order was opened, ``undone`` what stood on it
    when its order was undone.
    """

    key: str
    person_id: UUID
    name: str
    working: Working
    dirty: bool = False
    restored: str = ""
    amount: str | None = None
    stored: tuple[Order, tuple[OrderLine, ...]] | None = None
    undone: dict[str, Any] | None = None
    past: list[Moment] = field(default_factory=list)
    before: Moment | None = None

    def is_blank(self) -> bool:
        """Nothing was typed that would be worth keeping."""
        working = self.working
        typed = working.lines or working.money or working.order.note or any(working.words.values())
        return not (working.stored or typed)

    def remember(self) -> None:
        """Note where the slip stands; a line or payment that came or went since is a step to take back."""
        now = self._moment()
        if self.before is not None and now.shape() != self.before.shape():
            self.past = [*self.past[-_STEPS:], self.before]
        self.before = now

    def start(self) -> None:
        """Begin to remember from here."""
        self.before = self._moment()

    def step_back(self) -> bool:
        """Stand where the slip stood before the last step; says whether there was one."""
        if not self.past:
            return False
        moment = self.past.pop()
        self.working.order = moment.order
        self.working.lines = list(moment.lines)
        self.working.money = [replace(money) for money in moment.money]
        self.start()
        self.dirty = True
        return True

    def _moment(self) -> Moment:
        working = self.working
        return Moment(working.order, tuple(working.lines), tuple(replace(money) for money in working.money))
