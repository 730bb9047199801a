"""The door to everything about values: clean text, exact numbers, days. Only names; the work is in the three modules."""

from __future__ import annotations

from directsell.exchange.dates import DateOrder, DateStyle, infer_date_order, parse_date
from directsell.exchange.numbers import DecimalMark, NumberStyle, infer_decimal_mark, parse_number
from directsell.exchange.texts import clean_text, unguarded

__all__ = [
    "DateOrder",
    "DateStyle",
    "DecimalMark",
    "NumberStyle",
    "clean_text",
    "infer_date_order",
    "infer_decimal_mark",
    "parse_date",
    "parse_number",
    "unguarded",
]
