"""What ``--map``, ``--decimal`` and ``--dates`` make of a suggested mapping, and what they leave undecided."""

from __future__ import annotations

import argparse
from dataclasses import replace

from directsell.cli.options import DECIMAL_WORDS
from directsell.cli.terminal import USAGE, Refused
from directsell.exchange.headers import FIELDS, normalised
from directsell.exchange.mapping import Mapping
from directsell.exchange.suggestions import Question, inspect_styles
from directsell.exchange.tables import Table
from directsell.i18n import _
from directsell.usecases.imports.words import field_label

_LEFT_OUT = "-"


def column_name(table: Table, column: int) -> str:
    """Return the header of a column, or its number where it has none."""
    name = table.header[column] if column < len(table.header) else ""
    return name or _("column {number}").format(number=column + 1)


def apply_options(mapping: Mapping, table: Table, options: argparse.Namespace) -> Mapping:
    """Return the mapping as the options want it.

    Raises:
        Refused: a field or column is not known.
    """
    for pair in options.map:
        field, sign, column = (part.strip() for part in pair.partition("="))
        if not sign or field not in FIELDS[mapping.target]:
            words = _("“{text}” is not FIELD=COLUMN. The fields are: {fields}")
            raise Refused(words.format(text=pair, fields=", ".join(FIELDS[mapping.target])), USAGE)
        if column == _LEFT_OUT:
            mapping = replace(mapping, assignments=tuple(a for a in mapping.assignments if a.field != field))
        else:
            place = _place(table, column)
            header = table.header[place] if place < len(table.header) else ""
            mapping = mapping.assign(field, place, header=header)
    styles = {"date": options.dates or "", "number": DECIMAL_WORDS.get(options.decimal or "", "")}
    styles["percent"] = styles["number"]
    kinds = FIELDS[mapping.target]
    assignments = tuple(replace(a, style=styles.get(kinds[a.field], "") or a.style) for a in mapping.assignments)
    return replace(mapping, assignments=assignments)


def _place(table: Table, text: str) -> int:
    header = [normalised(name) for name in table.header]
    if text in table.header:
        return table.header.index(text)
    if normalised(text) and normalised(text) in header:
        return header.index(normalised(text))
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= table.columns:
        return int(text) - 1
    names = ", ".join(column_name(table, column) for column in range(table.columns))
    raise Refused(_("There is no column “{name}”. The columns are: {names}").format(name=text, names=names), USAGE)


def check_styles(mapping: Mapping, table: Table) -> Mapping:
    """Return the mapping with the styles that its values prove.

    Raises:
        Refused: a field is missing, or a column can be read in two ways; the sentence says which option decides.
    """
    for group in mapping.missing():
        fields = _(" or ").join(field_label(mapping.target, field) for field in group)
        names = ", ".join(column_name(table, column) for column in range(table.columns))
        words = _("No column was found for: {fields}. Say --map {field}=COLUMN; the columns are: {names}")
        raise Refused(words.format(fields=fields, field=group[0], names=names), USAGE)
    mapping, questions = inspect_styles(mapping, table, table.sample())
    if questions:
        raise Refused("\n".join(_asked(question, table) for question in questions), USAGE)
    return mapping


def _asked(question: Question, table: Table) -> str:
    examples = ", ".join(f"“{text}”" for text in question.examples)
    if question.kind == "date_order":
        words = _("Day or month first in the column “{column}” ({examples})? Say --dates DMY or --dates MDY.")
    else:
        words = _(
            "Comma or point as decimal sign in the column “{column}” ({examples})? Say --decimal comma or --decimal point."
        )
    return words.format(column=column_name(table, question.column), examples=examples)
