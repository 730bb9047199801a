"""Quotes on paper: until when, on which terms, a line to accept, nothing due; A4, Letter, right to left, many lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from directsell.documents.rendering import draw, render
from directsell.domain.papers import Paper, PaperFormat, PaperKind
from directsell.i18n import Language
from tests.documents.reading import codes_of, overlaps, text_of
from tests.documents.samples import invoice_de, invoice_us


def quote(paper: Paper, lines: int | None = None) -> Paper:
    """Return a quote of the goods of an invoice."""
    return replace(
        paper,
        kind=PaperKind.QUOTE,
        number="Q-A-2026-0007",
        due_date=None,
        delivery_date=None,
        valid_until=date(2026, 3, 27),
        payments=(),
        paid=0,
        balance_due=0,
        order_reference="",
        closing="Two instalments.\nDelivery free of charge.",
        slip_texts=("This offer holds until March 27, 2026.",),
        lines=paper.lines[:lines],
    )


@pytest.mark.parametrize("page", [PaperFormat.A4, PaperFormat.LETTER])
def test_it_says_until_when_and_asks_for_no_money(page: PaperFormat) -> None:
    (text,) = text_of(render(quote(invoice_us()), page=page))
    for words in (
        "Quote Q-A-2026-0007",
        "Valid until",
        "Two instalments.",
        "I accept this quote.",
        "customer's signature",
    ):
        assert words in text
    for words in ("Payment due", "Total due", "Still to pay", "Please pay"):
        assert words not in text


def test_nobody_scans_it_to_pay() -> None:
    assert "QRCode" not in codes_of(render(quote(invoice_de())))


@pytest.mark.parametrize("lines", [1, 3, 12, 18, 25, 40])
@pytest.mark.parametrize("tag", ["de_DE", "ar"])
def test_nothing_overlaps_and_the_line_to_sign_stays_whole(lines: int, tag: str) -> None:
    drawn = draw(quote(invoice_de(lines)), language=Language.load(tag), record=True)
    boxes = [box for box in drawn.boxes if box.zone != "draft"]
    assert list(overlaps(boxes)) == []
    signing = {box.page for box in boxes if box.zone == "acceptance"}
    assert len(signing) == 1


def test_the_same_quote_gives_the_same_bytes() -> None:
    assert render(quote(invoice_de())) == render(quote(invoice_de()))
