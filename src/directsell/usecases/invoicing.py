"""Issuing papers: number, bytes, hash and seal in one transaction; taking one back by another. Never undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper, PaperKind, format_number, seal_of
from directsell.domain.orders import Order, OrderState
from directsell.domain.papers import Paper, PaperFormat
from directsell.domain.people import Person, display_name
from directsell.i18n import N_
from directsell.store.queries.orders import order_view
from directsell.store.queries.papers import active_papers, last_issue_day, last_seal
from directsell.store.work import Work
from directsell.usecases.orders import cancel_order, place_order
from directsell.usecases.papers import credit_paper, order_paper, same_offer
from directsell.usecases.quotes import accept_quote, quote_order
from directsell.usecases.verbs import usecase


@usecase(N_("Issue paper {number}"), barrier=True)
def issue_paper(
    work: Work,
    order_id: UUID,
    kind: PaperKind,
    *,
    accept_older_date: bool = False,
    page_format: PaperFormat | None = None,
) -> IssuedPaper:
    """Issue the order slip, the invoice or the quote of an order.

    A draft or a quote is placed first; for a quote, a draft becomes one. A quote is printed again when it was changed.

    Args:
        work: the transaction.
        order_id: the order.
        kind: order slip, invoice or quote.
        accept_older_date: issue although the clock stands before the last paper of this series.
        page_format: sheet to print it on instead of that of the settings; it stays the paper's own.

    Raises:
        DomainError: ``paper.already_issued``, ``paper.cancelled_order``, ``paper.no_address`` (the seller's),
            ``paper.date_back``, ``paper.no_quote``, and what placing the order refuses.
    """
    order = work.get(Order, order_id)
    if order.state is OrderState.CANCELLED:
        raise DomainError("paper.cancelled_order")
    present = active_papers(work, order_id, kind)
    if present and kind is not PaperKind.QUOTE:
        raise DomainError("paper.already_issued", number=present[0].number)
    _make_ready(work, order, kind)
    paper = order_paper(work, order_view(work, order_id), kind, work.today)
    if present and same_offer(present[-1], paper):
        raise DomainError("paper.already_issued", number=present[-1].number)
    if page_format is not None:
        paper = replace(paper, page_format=page_format)
    if not paper.sender.name or not paper.sender.address:
        raise DomainError("paper.no_address")
    return _issue(work, paper, order_id=order_id, person_id=order.person_id, accept_older_date=accept_older_date)


def _make_ready(work: Work, order: Order, kind: PaperKind) -> None:
    """Bring an order into the state in which such a paper is issued."""
    if kind is PaperKind.QUOTE:
        if order.state is OrderState.DRAFT:
            quote_order(work, order.id)
        elif order.state is not OrderState.QUOTED:
            raise DomainError("paper.no_quote")
    elif order.state is OrderState.QUOTED:
        accept_quote(work, order.id)
    elif order.state is OrderState.DRAFT:
        place_order(work, order.id)


@usecase(N_("Cancel paper {number}"), barrier=True)
def cancel_paper(work: Work, paper_id: UUID, *, reason: str, accept_older_date: bool = False) -> IssuedPaper:
    """Take an issued paper back with a cancelling one of its own number: a credit note, or the void of a slip.

    Raises:
        DomainError: ``paper.already_cancelled``, ``paper.is_cancellation``, ``paper.is_quote``, ``paper.no_reason``,
            ``paper.date_back``.
    """
    original = work.get(IssuedPaper, paper_id)
    if original.kind is PaperKind.QUOTE:
        raise DomainError("paper.is_quote")
    if original.cancels_id is not None:
        raise DomainError("paper.is_cancellation", number=original.number)
    if work.find(IssuedPaper, cancels_id=paper_id):
        raise DomainError("paper.already_cancelled", number=original.number)
    if not reason.strip():
        raise DomainError("paper.no_reason", field="reason")
    paper = credit_paper(work, original, work.today, reason.strip())
    return _issue(
        work,
        paper,
        order_id=original.order_id,
        person_id=original.person_id,
        cancels_id=paper_id,
        accept_older_date=accept_older_date,
    )


@usecase(N_("Take back papers of {name}"), barrier=True)
def withdraw_papers(
    work: Work, order_id: UUID, *, reason: str, cancel: bool = False, accept_older_date: bool = False
) -> list[IssuedPaper]:
    """Cancel every paper of an order that still holds, so that it can be corrected and issued anew (rule D14).

    Payments stay with the order.

    Args:
        work: the transaction.
        order_id: the order.
        reason: why; printed on the cancelling papers.
        cancel: cancel the order itself too.
        accept_older_date: as for ``issue_paper``.

    Returns:
        The cancelling papers, in the order of what they cancel.

    Raises:
        DomainError: ``paper.nothing_to_cancel``, ``paper.no_reason``, ``paper.date_back``, and what ``cancel_order``
            refuses; nothing is cancelled then.
    """
    papers = active_papers(work, order_id)
    if not papers:
        raise DomainError("paper.nothing_to_cancel")
    cancelling = [cancel_paper(work, paper.id, reason=reason, accept_older_date=accept_older_date) for paper in papers]
    if cancel:
        cancel_order(work, order_id)
    return cancelling


def _issue(
    work: Work,
    paper: Paper,
    *,
    order_id: UUID | None,
    person_id: UUID | None,
    cancels_id: UUID | None = None,
    accept_older_date: bool,
) -> IssuedPaper:
    from directsell.documents.rendering import TEMPLATE, render  # ReportLab only when a paper is drawn

    last_day = last_issue_day(work, paper.kind, work.series)
    if last_day > work.today.isoformat() and not accept_older_date:
        raise DomainError("paper.date_back", last=date.fromisoformat(last_day))
    period = str(work.today.year)
    sequence = work.next_number(paper.kind, period)
    number = format_number(paper.kind, work.series, period, sequence)
    numbered = replace(paper, number=number)
    sha256 = work.put_file(render(numbered), "application/pdf")
    previous = last_seal(work, work.series)
    person = work.find_one(Person, person_id)
    issued = IssuedPaper(
        id=work.new_id(),
        kind=paper.kind,
        series=work.series,
        period=period,
        sequence=sequence,
        number=number,
        order_id=order_id,
        person_id=person_id,
        issued_on=work.today,
        issued_at=work.now,
        language=paper.language,
        currency=paper.currency,
        total=paper.total,
        content=numbered.to_json(),
        sha256=sha256,
        previous=previous,
        seal=seal_of(previous, number, sha256, work.now),
        template=TEMPLATE,
        cancels_id=cancels_id,
    )
    work.describe(number=number, name=display_name(person) if person else "")
    return work.save(issued)
