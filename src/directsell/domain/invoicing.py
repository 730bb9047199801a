"""Issued papers: numbers per kind, device and year, and the frozen record of what was issued. No drawing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.records import Record


class PaperKind(StrEnum):
    """Papers that get a number when they are issued."""

    ORDER_SLIP = "order_slip"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    SLIP_VOID = "slip_void"
    QUOTE = "quote"


PREFIXES = {
    PaperKind.ORDER_SLIP: "B",
    PaperKind.INVOICE: "R",
    PaperKind.CREDIT_NOTE: "S",
    PaperKind.SLIP_VOID: "V",
    PaperKind.QUOTE: "Q",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper(Record):
    """A paper that was issued: its number, its content as JSON, and the hash of its bytes (rule D14).

    Append-only. ``previous`` is the ``seal`` of the paper this device issued before, so that a later change of
    any of them shows; ``seal`` is SHA-256 over previous seal, number, hash and instant. ``total`` is in minor
    units of ``currency``. A paper that names another in ``cancels_id`` takes it back.
    """

    kind: PaperKind
    series: str
    period: str
    sequence: int
    number: str
    order_id: UUID | None = None
    person_id: UUID | None = None
    issued_on: date
    issued_at: datetime
    language: str
    currency: str
    total: int
    content: str
    sha256: str
    previous: str
    seal: str
    template: int
    cancels_id: UUID | None = None


def format_number(kind: PaperKind, series: str, period: str, sequence: int) -> str:
    """Return the number as printed, ``R-A-2026-0017``: kind, device series, period, running number."""
    return f"{PREFIXES[kind]}-{series}-{period}-{sequence:04d}"


def seal_of(previous: str, number: str, sha256: str, issued_at: datetime) -> str:
    """Return the link of the chain: SHA-256 (hex) over previous seal, number, hash of the bytes and instant."""
    text = f"{previous}\n{number}\n{sha256}\n{issued_at.isoformat()}"
    return hashlib.sha256(text.encode()).hexdigest()
