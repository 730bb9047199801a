"""Suggest a mapping from the names and contents of the columns, and the questions that only the user can answer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from directsell.exchange.barcodes import has_valid_check_digit
from directsell.exchange.dates import infer_date_order, looks_like_date
from directsell.exchange.formats import Row
from directsell.exchange.headers import FIELDS, REPEATABLE, SYNONYMS, Target, normalised
from directsell.exchange.mapping import Assignment, Mapping
from directsell.exchange.numbers import infer_decimal_mark, looks_numeric
from directsell.exchange.tables import Table
from directsell.exchange.texts import unguarded

_EXACT, _WORDS, _SIMILAR, _CONTENT = 1.0, 0.7, 0.6, 0.5
_THRESHOLD = 0.45
_SAMPLE = 500
_EMAIL = re.compile(r"[^@\s,;]{1,64}@[^@\s,;]{1,190}\.[^@\s,;.]{2,}")
_WEIGHT_UNIT = re.compile(r"(?<=[0-9., ])(?:kg|gr?|oz|lbs?)\.?$", re.IGNORECASE)
_PARTIAL_DATE = re.compile(r"--[0-9]{2}-?[0-9]{2}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.\u00a0-]{5,24}")
_BARCODE = re.compile(r"[0-9]{8}|[0-9]{12,14}")


@dataclass(frozen=True, slots=True)
class Question:
    """Something about a column that its values do not tell, so that the user must.

    Attributes:
        column, header, field: the column.
        kind: what is asked.
        choices: styles to choose from; the answer goes into `Mapping.with_style`.
        suggested: the likelier one judging by the rest of the file, or "".
        examples: values that can be read in several ways, or that contradict each other.
    """

    column: int
    header: str
    field: str
    kind: Literal["decimal_mark", "date_order"]
    choices: tuple[str, ...]
    suggested: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping to start from.

    Attributes:
        mapping: the likeliest one; columns with an open question have the style "".
        confidence: per column in use, 0 to 1.
        questions: what must be asked before nothing is refused as ambiguous.
    """

    mapping: Mapping
    confidence: dict[int, float]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Content:
    """Shares (0 to 1) of the filled cells of a column that look like something; 0 where the column is empty."""

    filled: int
    number: float
    date: float
    email: float
    phone: float
    barcode: float


def suggest(target: Target, table: Table, rows: Sequence[Row] | None = None) -> Suggestion:
    """Suggest a mapping for a table.

    Args:
        target: what the rows shall become.
        table: the opened table.
        rows: rows to judge by; None takes some from the start of the table.
    """
    sample = table.sample(_SAMPLE) if rows is None else rows[:_SAMPLE]
    header = table.header or ("",) * table.columns
    contents = [_content(sample, column) for column in range(table.columns)]
    scores = sorted(
        (
            (_score(target, field, normalised(name), contents[column]), -place, column, field)
            for column, name in enumerate(header)
            for place, field in enumerate(FIELDS[target])
        ),
        key=lambda item: (-item[0], -item[1], item[2]),
    )
    mapping, confidence = Mapping(target), {}
    taken: set[str] = set()
    for score, _, column, field in scores:
        if score < _THRESHOLD:
            break
        if column in confidence or (field in taken and (field not in REPEATABLE or score < _WORDS)):
            continue
        taken.add(field)
        confidence[column] = round(score, 2)
        mapping = mapping.assign(field, column, header=header[column])
    mapping, questions = inspect_styles(mapping, table, sample)
    return Suggestion(mapping, confidence, questions)


def inspect_styles(mapping: Mapping, table: Table, rows: Sequence[Row]) -> tuple[Mapping, tuple[Question, ...]]:
    """Set decimal marks and date orders where the values prove them; return what must be asked.

    Call it again after the user assigned other columns. Styles that are set already stay.

    Args:
        mapping: columns in use.
        table: the opened table.
        rows: the sample to judge by.
    """
    questions: list[Question] = []
    for item in mapping.assignments:
        kind = FIELDS[mapping.target][item.field]
        if item.style or kind not in ("number", "percent", "date"):
            continue
        texts = _texts(rows, item.column)
        if kind == "date":
            dates = infer_date_order(texts)
            if not dates.ambiguous and dates.order:
                mapping = mapping.with_style(item.column, dates.order)
            elif dates.ambiguous:
                questions.append(_question(item, "date_order", ("DMY", "MDY"), dates.examples))
        else:
            style = infer_decimal_mark(text.strip().strip("%") for text in texts)
            if style.mark:
                mapping = mapping.with_style(item.column, style.mark)
            elif style.ambiguous:
                questions.append(_question(item, "decimal_mark", (".", ","), style.examples))
    return mapping, tuple(_with_hint(question, mapping, table) for question in questions)


def _question(
    item: Assignment, kind: Literal["decimal_mark", "date_order"], choices: tuple[str, ...], examples: tuple[str, ...]
) -> Question:
    return Question(item.column, item.header, item.field, kind, choices, "", examples)


def _with_hint(question: Question, mapping: Mapping, table: Table) -> Question:
    """Add what the rest of the file makes likelier; it stays a question."""
    styles = [item.style for item in mapping.assignments if item.style in question.choices]
    comma = any(item.style == "," for item in mapping.assignments) or table.format.delimiter == ";"
    if styles:
        suggested = max(set(styles), key=styles.count)
    else:
        suggested = ("," if question.kind == "decimal_mark" else "DMY") if comma else ""
    return Question(
        question.column, question.header, question.field, question.kind, question.choices, suggested, question.examples
    )


def _texts(rows: Sequence[Row], column: int) -> list[str]:
    """Return the filled cells of a column that are text; what a sheet knows as number or date needs no guess."""
    return [
        row.values[column]
        for row in rows
        if column < len(row.values)
        and row.values[column].strip()
        and (row.typed is None or isinstance(row.typed[column], str))
    ]


def _content(rows: Sequence[Row], column: int) -> _Content:
    cells = (row.values[column].strip() for row in rows if column < len(row.values))
    values = [unguarded(cell) for cell in cells if cell]
    if not values:
        return _Content(0, 0, 0, 0, 0, 0)

    def share(test: Callable[[str], object]) -> float:
        return sum(1 for value in values if test(value)) / len(values)

    return _Content(
        len(values),
        number=share(lambda value: looks_numeric(_WEIGHT_UNIT.sub("", value))),
        date=share(lambda value: looks_like_date(value) or _PARTIAL_DATE.fullmatch(value)),
        email=share(lambda value: _EMAIL.fullmatch(_first(value))),
        phone=share(lambda value: _PHONE.fullmatch(_first(value))),
        barcode=share(lambda value: _BARCODE.fullmatch(value) and has_valid_check_digit(value)),
    )


def _first(value: str) -> str:
    """Return the first of several values that an address book put into one cell."""
    return value.partition(":::")[0].strip()


def _score(target: Target, field: str, name: str, content: _Content) -> float:
    """Return how well a column fits a field, 0 to 1: by its name, then by what it holds."""
    score = _name_score(target, field, name)
    kind = FIELDS[target][field]
    fits = _fit(field, kind, content)
    if content.filled and fits is not None:
        if score:
            score *= 0.3 + 0.7 * fits
        elif not name and fits > 0.8:  # no header: contents alone, weakly
            score = _CONTENT * fits if kind != "number" else 0.0
    return score


def _fit(field: str, kind: str, content: _Content) -> float | None:
    """Return the share of values that fit the field; None where any text does."""
    if field.startswith("email") or field.endswith("email"):
        return content.email
    if field.startswith("phone") or field.endswith("phone"):
        return content.phone
    if field == "barcode":
        return content.barcode
    if kind in ("number", "percent"):
        return content.number
    return content.date if kind == "date" else None


def _likeness(name: str, word: str) -> float:
    """Return how alike two words are when it is no more than a slip of the pen, else 0."""
    if abs(len(name) - len(word)) > 2:
        return 0.0
    matcher = difflib.SequenceMatcher(None, name, word)
    ratio = matcher.ratio() if matcher.quick_ratio() > 0.87 else 0.0
    return ratio if ratio > 0.87 else 0.0


@lru_cache(maxsize=8192)
def _name_score(target: Target, field: str, name: str) -> float:
    if not name:
        return 0.0
    compact, words = name.replace(" ", ""), set(name.split())
    best = 0.0
    for rank, synonym in enumerate(SYNONYMS[target][field]):
        if synonym.replace(" ", "") == compact:
            return _EXACT - min(rank, 50) * 0.001  # earlier words are the more usual ones
        parts = set(synonym.split())
        if len(synonym) > 2 and parts <= words:
            best = max(best, _WORDS * (0.7 + 0.3 * len(parts) / len(words)))
        elif len(compact) > 4 and best < _SIMILAR:
            best = max(best, _SIMILAR * _likeness(compact, synonym.replace(" ", "")))
    return best
