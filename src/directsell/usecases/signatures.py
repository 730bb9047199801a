"""Signing an order: with the finger or pen on the screen, or on paper. Drawing and printing are elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.orders import OrderState, Signature, Signer
from directsell.domain.people import display_name
from directsell.domain.records import standing, to_cancel
from directsell.domain.signatures import checked, signed_content, strokes_text
from directsell.i18n import N_
from directsell.store.queries.orders import order_view
from directsell.store.work import Work
from directsell.usecases.verbs import usecase

_NOTHING = "[]"


@usecase(N_("Signature of {name}"))
def sign_order(work: Work, order_id: UUID, *, signer: Signer, strokes: Iterable[Iterable[Sequence[int]]]) -> Signature:
    """Keep a drawn signature with an order; an earlier one of the same signer is cancelled by it.

    Args:
        work: the transaction.
        order_id: the order as it stands stored; later changes of its goods or money are not covered.
        signer: who signed.
        strokes: points (x, y) in thousandths of the width of the field, from its upper left corner.

    Raises:
        DomainError: ``signature.empty``, ``signature.too_long``, ``signature.unreadable``, ``signature.cancelled_order``,
            ``order.empty``.
    """
    return _keep(work, order_id, signer, strokes_text(checked(strokes)))


@usecase(N_("Signature of {name} on paper"))
def sign_on_paper(work: Work, order_id: UUID, *, signer: Signer) -> Signature:
    """Note that an order was signed with a pen; an earlier signature of the same signer is cancelled by it.

    Raises:
        DomainError: ``signature.cancelled_order``, ``order.empty``.
    """
    return _keep(work, order_id, signer, _NOTHING)


def _keep(work: Work, order_id: UUID, signer: Signer, strokes: str) -> Signature:
    view = order_view(work, order_id)
    if view.order.state is OrderState.CANCELLED:
        raise DomainError("signature.cancelled_order")
    if not view.lines:
        raise DomainError("order.empty", field="lines")
    work.describe(name=display_name(view.person) if view.person else "")
    rows = work.find(Signature, order_id=order_id)
    for earlier in standing(rows):
        target = to_cancel(earlier, rows) if earlier.signer is signer else None
        if target is not None:
            work.save(
                replace(earlier, id=work.new_id(), strokes=_NOTHING, sha256="", at=work.now, reverses_id=target.id)
            )
    return work.save(
        Signature(
            id=work.new_id(),
            order_id=order_id,
            signer=signer,
            strokes=strokes,
            at=work.now,
            sha256=signed_content(view.order, view.lines, view.totals),
        )
    )
