"""Machine-readable codes: the payment QR of the European Payments Council and barcodes of numbers. No drawing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import zxingcpp

from directsell.documents.text import clean
from directsell.domain.bank import compact, is_bic, is_iban
from directsell.domain.papers import Paper

_LARGEST = 99_999_999_999  # cents: 999,999,999.99 euro, the most that the standard can say
Rows = tuple[str, ...]


def payment_text(paper: Paper) -> str | None:
    """Return the content of the payment code (EPC069-12, version 2), or None where there cannot be one.

    There is one for an issued paper in euro with something left to pay and a plausible IBAN of the sender.
    """
    sender = paper.sender
    iban = compact(sender.iban)
    bic = compact(sender.bic)
    payee = _field(sender.account_holder or sender.name, 70)
    owed = paper.balance_due
    if paper.currency != "EUR" or paper.number is None or not payee or not 0 < owed <= _LARGEST or not is_iban(iban):
        return None
    amount = f"EUR{owed // 100}.{owed % 100:02d}"
    known_bic = bic if is_bic(bic) else ""
    return "\n".join(("BCD", "002", "1", "SCT", known_bic, payee, iban, amount, "", "", _field(paper.number, 140)))


def _field(text: str, most: int) -> str:
    return clean(text).replace("\n", " ").strip()[:most].strip()


@lru_cache(maxsize=64)
def qr_code(text: str) -> Rows:
    """Return a QR code, level M, as rows of ``1`` and ``0`` without quiet zone."""
    return _rows(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"))


@lru_cache(maxsize=64)
def bar_code(text: str) -> Rows | None:
    """Return a Code 128 as one row of ``1`` and ``0``; None for text that it cannot hold."""
    if not text or len(text) > 40 or not text.isascii() or not text.isprintable():
        return None
    return _rows(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128))[:1]


def _rows(code: Any) -> Rows:
    pixels = memoryview(code.to_image(scale=1, add_quiet_zones=False))
    height, width = pixels.shape or (0, 0)
    data = pixels.tobytes()
    return tuple(
        "".join("0" if value else "1" for value in data[row * width : (row + 1) * width]) for row in range(height)
    )
