"""The notice of the right to cancel of an order, on its own sheet. It is drawn, never numbered."""

from __future__ import annotations

from uuid import UUID

from directsell.domain.cooling_off import Notice, notice_of
from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.store.queries.orders import order_view
from directsell.store.queries.papers import active_papers
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.usecases.cooling_off import right_of
from directsell.usecases.papers import paper_language, sender_of


def order_notice(reader: Reader, order_id: UUID) -> Notice:
    """Return the notice of the right to cancel of an order, on its own sheet.

    Raises:
        DomainError: ``notice.no_right``, ``paper.no_address``, ``notice.no_deadline``, ``record.missing``.
    """
    view = order_view(reader, order_id)
    right = right_of(reader, view)
    if right.rule is None or right.end is None or right.text is None:
        raise DomainError("notice.no_right")
    seller = business(reader)
    slips = active_papers(reader, order_id, PaperKind.ORDER_SLIP)
    return notice_of(
        right.rule,
        right.text,
        sender_of(reader, seller),
        sale_date=view.order.ordered_on,
        last_day=right.end.last_day,
        days=right.end.days,
        language=paper_language(reader, view.person),
        page_format=seller.invoice_format,
        reference=slips[-1].number if slips else "",
    )


def notice_pdf(reader: Reader, order_id: UUID) -> bytes:
    """Return the notice of an order as a PDF; errors as ``order_notice``."""
    from directsell.documents.notices import render_notice  # ReportLab only when a paper is drawn

    return render_notice(order_notice(reader, order_id))
