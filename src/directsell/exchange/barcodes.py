"""Check digits of trade item numbers (EAN-8, UPC-A, EAN-13, GTIN-14). Nothing else."""

from __future__ import annotations


def has_valid_check_digit(code: str) -> bool:
    """Tell whether the last digit of a number of 8, 12, 13 or 14 digits is right (GS1 General Specifications 7.9)."""
    if len(code) not in (8, 12, 13, 14) or not (code.isascii() and code.isdigit()):
        return False
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code)))
    return total % 10 == 0
