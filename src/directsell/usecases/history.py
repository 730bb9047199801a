"""Putting back what an earlier step changed, as a new step of its own. What happened is read by queries/history.py."""

from __future__ import annotations

from directsell.i18n import N_
from directsell.store.queries.history import transactions
from directsell.store.reverting import revert
from directsell.store.work import Work
from directsell.usecases.verbs import usecase


@usecase(N_("Put back a change"))
def put_back(work: Work, tx: int) -> None:
    """Put back what a transaction changed; nothing is forced. The history names the step that was put back.

    Args:
        work: the transaction.
        tx: the journal number of what is taken back.

    Raises:
        Barrier: it issued a number; only a cancelling paper corrects that.
        Conflict: something it wrote was changed since (params table, id, fields).
    """
    step = transactions(work, [tx]).get(tx)
    if step is not None:
        work.describe(**{**step.params, "label": step.params.get("label", step.label)})
    revert(work, tx)
