"""``directsell import``: recognise, decide, read, rehearse or write, and say what came of every line."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from directsell.app import App
from directsell.cli.books import opened
from directsell.cli.columns import apply_options, check_styles, column_name
from directsell.cli.options import DELIMITER_WORDS, target_of
from directsell.cli.terminal import DONE, PARTLY, REFUSED, Refused, Terminal
from directsell.context import Context
from directsell.domain.money import currency_digits, from_minor
from directsell.exchange.errors import Finding
from directsell.exchange.formats import TableFormat
from directsell.exchange.headers import Target
from directsell.exchange.mapping import Mapping
from directsell.exchange.suggestions import suggest
from directsell.exchange.tables import Table, file_kind, open_table
from directsell.i18n import _, active_language, ngettext
from directsell.messages import sentence_of
from directsell.store.queries.settings import business
from directsell.usecases.imports import PeopleImport, ProductsImport, SalesImport
from directsell.usecases.imports.agreed import Sums
from directsell.usecases.imports.reading import NOT_KEPT, Reading, read_cards, read_table
from directsell.usecases.imports.rejects import write_rejects
from directsell.usecases.imports.words import TARGETS, erased_words, field_label, reason

_Outcome = SalesImport | PeopleImport | ProductsImport


@dataclass(frozen=True, slots=True)
class _Recognised:
    """A table with its mapping; None for a file of vCards."""

    table: Table
    mapping: Mapping
    confidence: dict[int, float]


class _Rehearsed(Exception):
    """Carries a result out of a transaction that must not be kept."""

    def __init__(self, outcome: _Outcome) -> None:
        self.outcome = outcome


def run(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Import a file; see ``options`` for what can be said."""
    gc.disable()  # looking at a million lines again and again takes as long as reading them
    try:
        return _run(options, context, terminal)
    finally:
        gc.enable()


def _run(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    recognised = _recognise(options)  # before the book is opened: a mistyped option costs no password
    with opened(context, terminal, take_over=options.take_over) as book:
        app = book.app
        currency = options.currency or app.read(business).currency
        currency_digits(currency)
        if recognised is None:
            reading = read_cards(options.file, progress=terminal.progress(_("Reading")))
        else:
            _show_recognised(recognised, terminal)
            reading = read_table(
                recognised.table,
                recognised.mapping,
                currency=currency,
                today=context.clock.today(),
                progress=terminal.progress(_("Reading")),
            )
        _list_refused(reading, recognised, options, terminal)
        outcome = _carried_out(app, reading, options, terminal)
    _show(reading, outcome, options, terminal)
    terminal.result(_as_json(reading, recognised, outcome, options))
    return PARTLY if reading.rejects else DONE


def _recognise(options: argparse.Namespace) -> _Recognised | None:
    target = target_of(options)
    path: Path = options.file
    if target == "people" and file_kind(path) == "vcard":
        return None
    delimiter = DELIMITER_WORDS.get(options.delimiter or "", options.delimiter)
    table = open_table(
        path, encoding=options.encoding, delimiter=delimiter, header_line=options.header, sheet=options.sheet
    )
    suggestion = suggest(target, table)
    mapping = apply_options(suggestion.mapping, table, options)
    return _Recognised(table, check_styles(mapping, table), suggestion.confidence)


def _show_recognised(recognised: _Recognised, terminal: Terminal) -> None:
    table, mapping = recognised.table, recognised.mapping
    terminal.say(_("Recognised: {format}").format(format=_format_words(table.format)))
    rows = []
    for item in mapping.assignments:
        name = field_label(mapping.target, item.field)
        if item.field in NOT_KEPT[mapping.target]:
            name = _("{field} (not kept)").format(field=name)
        style = f"  {item.style}" if item.style else ""
        rows.append((name, f"← {column_name(table, item.column)}{style}"))
    terminal.table(rows)
    used = {item.column for item in mapping.assignments}
    left = [column_name(table, column) for column in range(table.columns) if column not in used]
    if left:
        terminal.say(_("Left out: {columns}").format(columns=", ".join(left)))
    if mapping.target == "sales" and mapping.column("number") is None:
        terminal.note(_("This file has no order numbers: each line becomes an order."))


def _format_words(form: TableFormat) -> str:
    header = _("no header") if not form.header_line else _("header in line {line}").format(line=form.header_line)
    if form.kind == "xlsx":
        return _("workbook, sheet “{sheet}”, {header}").format(sheet=form.sheet, header=header)
    names = {value: name for name, value in DELIMITER_WORDS.items()}
    delimiter = names.get(form.delimiter, form.delimiter)
    encoding = form.encoding if form.encoding_certain else _("{encoding} (likely)").format(encoding=form.encoding)
    words = _("text in {encoding}, columns separated by {delimiter}, {header}")
    return words.format(encoding=encoding, delimiter=delimiter, header=header)


# --- what was refused


def _list_refused(
    reading: Reading, recognised: _Recognised | None, options: argparse.Namespace, terminal: Terminal
) -> None:
    rejects = reading.rejects
    if options.rejects is not None:
        header = recognised.table.header if recognised is not None else ()
        write_rejects(options.rejects, rejects, reading.target, header, sentence_of)
    elif not terminal.as_json:
        for finding in rejects:
            terminal.note(_line(finding, reading.target))
    for finding in reading.findings if not terminal.as_json else ():
        terminal.note(_("Note: {finding}").format(finding=_line(finding, reading.target)))
    if rejects and options.strict:
        count = active_language().number(len(rejects))
        words = ngettext(
            "{count} line was refused, so nothing was imported.",
            "{count} lines were refused, so nothing was imported.",
            len(rejects),
        )
        raise Refused(words.format(count=count))
    if not reading.good:
        raise Refused(_("There is nothing in this file that could be imported."))


def _line(finding: Finding, target: Target) -> str:
    words = _("line {line}: {reason}").format(line=finding.line, reason=reason(finding, target, sentence_of))
    values = " | ".join(value for value in finding.values if value.strip())
    return f"{words}  [{values}]" if values else words


# --- doing it


def _carried_out(app: App, reading: Reading, options: argparse.Namespace, terminal: Terminal) -> _Outcome:
    verb, args, kwargs = reading.verb()
    if reading.target == "people" and options.source:
        kwargs["lead_source"] = options.source
    kwargs["progress"] = terminal.progress(_("Rehearsing") if options.dry_run else _("Importing"))
    if options.dry_run:
        return _rehearsed(app, verb, args, kwargs)
    if terminal.asks and not options.yes and not terminal.confirm(_question(reading)):
        raise Refused(_("Nothing was imported."), REFUSED)
    outcome: _Outcome = app.run(verb, *args, **kwargs)
    return outcome


def _question(reading: Reading) -> str:
    words = _("{what}: {good} of {rows} lines or records can be imported. Go ahead?")
    number = active_language().number
    return words.format(what=_(TARGETS[reading.target]), good=number(_good_rows(reading)), rows=number(reading.rows))


def _good_rows(reading: Reading) -> int:
    return reading.rows - len(reading.rejects)


def _rehearsed(app: App, verb: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Outcome:
    """Do everything in a transaction that is rolled back, so that the figures are those of the real import."""
    try:
        with app.store.write("rehearsal", origin="system") as work:
            raise _Rehearsed(verb(work, *args, **kwargs))
    except _Rehearsed as rehearsal:
        return rehearsal.outcome


# --- saying it


def _show(reading: Reading, outcome: _Outcome, options: argparse.Namespace, terminal: Terminal) -> None:
    number = active_language().number
    refused = len(reading.rejects)
    terminal.say(_("Would be imported (nothing was changed):") if options.dry_run else _("Imported:"))
    rows = [
        (_("Read"), number(reading.rows)),
        (_("Refused"), number(refused)),
    ]
    match outcome:
        case SalesImport():
            rows += [
                (_("Orders"), number(outcome.documents)),
                (_("Lines"), number(outcome.lines)),
                (_("Known before"), number(len(outcome.known))),
                (_("New people"), number(outcome.people)),
                (_("New products"), number(outcome.products)),
            ]
        case PeopleImport():
            rows += [
                (_("New"), number(outcome.added)),
                (_("Completed"), number(outcome.completed)),
                (_("Unchanged"), number(outcome.unchanged)),
            ]
        case ProductsImport():
            rows += [
                (_("New"), number(outcome.added)),
                (_("Changed"), number(outcome.changed)),
                (_("Unchanged"), number(outcome.unchanged)),
            ]
    terminal.table(rows)
    erased = getattr(outcome, "erased", 0)
    if erased:
        terminal.note(erased_words(erased).format(count=number(erased)))
    if isinstance(outcome, ProductsImport):
        for finding in outcome.findings:
            terminal.note(_("Note: {finding}").format(finding=_line(finding, reading.target)))
    if isinstance(outcome, SalesImport):
        for sums in outcome.sums:
            _show_sums(sums, terminal)


def _show_sums(sums: Sums, terminal: Terminal) -> None:
    language = active_language()

    def exact(amount: Decimal) -> str:
        return language.price(amount, sums.currency)

    terminal.say(_("Totals in {currency}:").format(currency=sums.currency))
    terminal.table(
        [
            (_("As the file says"), exact(sums.total)),
            (_("As stored"), language.money(sums.stored, sums.currency)),
            (_("Rounding"), exact(sums.rounding)),
            *((month, exact(amount)) for month, amount in sums.by_month.items()),
        ]
    )


def _as_json(
    reading: Reading, recognised: _Recognised | None, outcome: _Outcome, options: argparse.Namespace
) -> dict[str, Any]:
    findings = (*reading.findings, *getattr(outcome, "findings", ()))
    result: dict[str, Any] = {
        "command": "import",
        "target": reading.target,
        "file": reading.file,
        "dry_run": bool(options.dry_run),
        "format": None if recognised is None else _format_json(recognised.table.format),
        "columns": [] if recognised is None else _columns_json(recognised),
        "rows": reading.rows,
        "rejects": [_finding_json(finding, reading.target) for finding in reading.rejects],
        "findings": [_finding_json(finding, reading.target) for finding in findings],
        "result": {name: value for name, value in asdict(outcome).items() if name not in ("sums", "findings")},
    }
    if isinstance(outcome, SalesImport):
        result["sums"] = [_sums_json(sums) for sums in outcome.sums]
    return result


def _format_json(form: TableFormat) -> dict[str, Any]:
    return {
        "kind": form.kind,
        "encoding": form.encoding,
        "delimiter": form.delimiter,
        "sheet": form.sheet,
        "header_line": form.header_line,
    }


def _columns_json(recognised: _Recognised) -> list[dict[str, Any]]:
    return [
        {
            "field": item.field,
            "column": item.column + 1,
            "header": item.header,
            "style": item.style,
            "confidence": recognised.confidence.get(item.column, 1.0),
        }
        for item in recognised.mapping.assignments
    ]


def _finding_json(finding: Finding, target: Target) -> dict[str, Any]:
    return {
        "line": finding.line,
        "code": finding.code,
        "reason": reason(finding, target, sentence_of),
        "values": list(finding.values),
    }


def _sums_json(sums: Sums) -> dict[str, Any]:
    return {
        "currency": sums.currency,
        "documents": sums.documents,
        "lines": sums.lines,
        "total": f"{sums.total:f}",
        "stored": f"{from_minor(sums.stored, sums.currency):f}",
        "rounding": f"{sums.rounding:f}",
        "by_month": {month: f"{amount:f}" for month, amount in sums.by_month.items()},
    }
