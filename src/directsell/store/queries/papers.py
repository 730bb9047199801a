"""Issued papers: which hold for an order, the chain, one paper's bytes."""

from __future__ import annotations

from uuid import UUID

from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.store.reader import Reader


def papers_of_order(reader: Reader, order_id: UUID) -> list[IssuedPaper]:
    """Return every paper issued for an order, oldest first."""
    return reader.find(IssuedPaper, order_id=order_id)


def active_papers(reader: Reader, order_id: UUID, kind: PaperKind | None = None) -> list[IssuedPaper]:
    """Return the papers of an order that no later one cancelled and that cancel none themselves.

    Quotes bind nobody: they are returned only where ``kind`` asks for them.
    """
    papers = papers_of_order(reader, order_id)
    cancelled = {paper.cancels_id for paper in papers}
    return [
        paper
        for paper in papers
        if paper.id not in cancelled
        and paper.cancels_id is None
        and (paper.kind is kind if kind is not None else paper.kind is not PaperKind.QUOTE)
    ]


def last_seal(reader: Reader, series: str) -> str:
    """Return the seal of the newest paper this device issued, or "" at the beginning of the chain."""
    seal: str = reader.value("SELECT seal FROM issued_paper WHERE series = ? ORDER BY rid DESC LIMIT 1", (series,), "")
    return seal


def last_issue_day(reader: Reader, kind: PaperKind, series: str) -> str:
    """Return the latest issue date (ISO) of a series, or ""."""
    day: str = reader.value(
        "SELECT max(issued_on) FROM issued_paper WHERE kind = ? AND series = ?", (str(kind), series), ""
    )
    return day


def paper_bytes(reader: Reader, paper: IssuedPaper) -> bytes:
    """Return the bytes exactly as they were issued.

    Raises:
        LookupError: the file is not on this laptop.
    """
    content = reader.file(paper.sha256)
    if content is None:
        raise LookupError(f"the file of {paper.number} is not here")
    return content
