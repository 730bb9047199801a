"""Putting back what an earlier step changed: which rules of the trade hold even then. What happened: queries/history.py."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderLine
from directsell.domain.pricing import order_totals
from directsell.i18n import N_
from directsell.store.queries.dependants import customers_gone, demos_gone, orders_with_papers, paid_orders_gone
from directsell.store.queries.history import transactions
from directsell.store.queries.papers import active_papers
from directsell.store.reverting import revert
from directsell.store.work import Work
from directsell.usecases.verbs import usecase

# What a step made appear may carry something else meanwhile; the verbs that delete refuse the same.
_HANGING = (
    (paid_orders_gone, "order.has_payments"),
    (customers_gone, "person.open_orders"),
    (demos_gone, "demo.has_orders"),
)


@usecase(N_("Put back a change"))
def put_back(work: Work, tx: int) -> None:
    """Put back what a transaction changed; nothing is forced. The history names the step that was put back.

    Args:
        work: the transaction.
        tx: the journal number of what is taken back.

    Raises:
        As ``take_back``.
    """
    step = transactions(work, [tx]).get(tx)
    if step is not None:
        work.describe(**{**step.params, "label": step.params.get("label", step.label)})
    take_back(work, tx)


def take_back(work: Work, tx: int) -> None:
    """Put back what a transaction changed, unless a rule of the trade forbids it; part of undo, redo and ``put_back``.

    Raises:
        Barrier: it issued a number; only a cancelling paper corrects that.
        Conflict: something it wrote was changed since (params table, id, fields).
        DomainError: ``order.issued``, a paper that was issued since shows what would change; ``order.has_payments``,
            ``person.open_orders``, ``demo.has_orders`` when something has come to hang on what would vanish.
    """
    # A merge hands orders from one record of a person to the other one: the papers stay true.
    merge = work.value("SELECT 1 FROM journal WHERE tx = ? AND tbl = 'person_merge'", (tx,)) is not None
    shown = [] if merge else [_Shown.of(work, order_id) for order_id in orders_with_papers(work, tx)]
    revert(work, tx)
    for before in shown:
        if before.number and _Shown.of(work, before.order_id) != before:
            raise DomainError("order.issued", number=before.number)
    for count_of, code in _HANGING:
        count = count_of(work, tx)
        if count:
            raise DomainError(code, count=count)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the papers of an order show of it, and the number of the first one that still holds ("" if none does)."""

    order_id: UUID
    number: str
    content: object

    @classmethod
    def of(cls, work: Work, order_id: UUID) -> _Shown:
        papers = active_papers(work, order_id)
        order = work.find_one(Order, order_id)
        lines = work.find(OrderLine, "position", order_id=order_id)
        content = None if order is None else (order.person_id, lines, order_totals(order, lines))
        return cls(order_id, papers[0].number if papers else "", content)
