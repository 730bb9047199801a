"""The list of refused lines as a file that can be repaired and imported again. It only writes what it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from directsell.exchange.errors import Finding
from directsell.exchange.headers import Target
from directsell.exchange.writers import Column, Value, write_csv
from directsell.i18n import _
from directsell.usecases.imports.words import reason


def write_rejects(
    path: Path,
    findings: Sequence[Finding],
    target: Target,
    header: Sequence[str],
    sentence_of: Callable[[str, Mapping[str, object]], str],
) -> int:
    """Write findings with line, reason and the values of the line under the file's own header; return how many.

    Args:
        path: the CSV file.
        findings: what was refused.
        target: what was imported.
        header: names of the columns of the file, if it had any.
        sentence_of: gives the sentence of a code.

    Raises:
        ExchangeError: ``file.*``; the file is then as it was.
    """
    width = max((len(finding.values) for finding in findings), default=0)
    columns = [Column("line", "number", _("Line")), Column("reason", title=_("Reason"))]
    columns += [Column(f"value{n + 1}", title=header[n] if n < len(header) else "") for n in range(width)]
    return write_csv(path, columns, (_row(finding, target, width, sentence_of) for finding in findings))


def _row(
    finding: Finding, target: Target, width: int, sentence_of: Callable[[str, Mapping[str, object]], str]
) -> tuple[Value, ...]:
    empty = ("",) * (width - len(finding.values))
    return finding.line, reason(finding, target, sentence_of), *finding.values, *empty
