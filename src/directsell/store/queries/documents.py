"""Issued papers in lists and alone, and the proof that the archive is untouched. Which paper holds: queries/papers.py."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper, PaperKind, format_number, seal_of
from directsell.domain.papers import Paper
from directsell.store.mapper import mapping
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.search import fts_words
from directsell.store.reader import Reader, Row

# ``order_id`` is compared as well because it has an index; the paper that cancels belongs to the same order.
_CANCELLED_BY = "(SELECT c.number FROM issued_paper c WHERE c.order_id IS t.order_id AND c.cancels_id = t.id ORDER BY c.rid LIMIT 1)"
_CANCELS = "(SELECT c.number FROM issued_paper c WHERE c.id = t.cancels_id)"
_NAME = "json_extract(t.content, '$.customer.name')"
_SELECT = (
    f"t.id, t.kind, t.number, t.issued_on, {_NAME}, t.total, t.currency, t.order_id, t.person_id, "
    f"{_CANCELLED_BY}, {_CANCELS}"
)


_Series = tuple[PaperKind, str, str]


class PaperState(StrEnum):
    """Which papers are listed by their validity."""

    ALL = "all"
    VALID = "valid"
    CANCELLED = "cancelled"
    CANCELLING = "cancelling"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the list of papers.

    ``name`` is the customer as the paper names them; ``total`` minor units of ``currency``; ``cancelled_by`` the
    number of the paper that takes this one back, ``cancels`` the number of the one that this one takes back, or "".
    """

    id: UUID
    kind: PaperKind
    number: str
    issued_on: date
    name: str
    total: int
    currency: str
    order_id: UUID | None
    person_id: UUID | None
    cancelled_by: str
    cancels: str


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper with its bytes as they were issued; None when this laptop does not have them."""

    row: PaperRow
    content: bytes | None


def paper_list(
    *,
    kind: PaperKind | None = None,
    month: str = "",
    state: PaperState = PaperState.ALL,
    text: str = "",
) -> ListQuery[PaperRow]:
    """Return the list of issued papers as a query, the newest first.

    Args:
        kind: only papers of a kind.
        month: only those issued in a month, ``YYYY-MM``; "" for all.
        state: only valid, cancelled or cancelling ones.
        text: the beginning of a number or words of the customer's name.
    """
    where, params = ["1"], list[object]()
    if kind is not None:
        where.append("t.kind = ?")
        params.append(str(kind))
    if month:
        where.append("t.issued_on BETWEEN ? AND ?")
        params += [f"{month}-00", f"{month}-99"]
    if state is PaperState.CANCELLING:
        where.append("t.cancels_id IS NOT NULL")
    elif state is PaperState.CANCELLED:
        where.append(f"{_CANCELLED_BY} IS NOT NULL")
    elif state is PaperState.VALID:
        where.append(f"t.cancels_id IS NULL AND {_CANCELLED_BY} IS NULL")
    words = fts_words(text)
    if words:
        where.append(
            "(t.rid IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?) OR t.person_id IN "
            "(SELECT id FROM person WHERE rid IN (SELECT rowid FROM person_fts WHERE person_fts MATCH ?)) "
            # papers keep the id of a record that was merged into another one since
            "OR t.person_id IN (SELECT d.id FROM person_merge m JOIN person d ON d.id = m.dropped_id "
            "JOIN person k ON k.id = d.merged_into WHERE m.undone_at IS NULL AND m.deleted_at IS NULL "
            "AND k.rid IN (SELECT rowid FROM person_fts WHERE person_fts MATCH ?)))"
        )
        params += [words, f"name : ({words})", f"name : ({words})"]
    return ListQuery(
        table="issued_paper",
        select=_SELECT,
        build=_row,
        where=" AND ".join(where),
        params=tuple(params),
        order="t.issued_on",
        descending=True,
    )


def _row(row: Row) -> PaperRow:
    key, kind, number, day, name, total, currency, order_id, person_id, cancelled_by, cancels = row
    return PaperRow(
        id=UUID(bytes=key),
        kind=PaperKind(kind),
        number=number,
        issued_on=date.fromisoformat(day),
        name=name or "",
        total=total,
        currency=currency,
        order_id=None if order_id is None else UUID(bytes=order_id),
        person_id=None if person_id is None else UUID(bytes=person_id),
        cancelled_by=cancelled_by or "",
        cancels=cancels or "",
    )


def paper_file(reader: Reader, paper_id: UUID) -> PaperFile:
    """Return a paper with its bytes.

    Raises:
        DomainError: ``record.missing``.
    """
    row = reader.row(f"SELECT {_SELECT}, t.sha256 FROM issued_paper t WHERE t.id = ?", (paper_id,))
    if row is None:
        raise DomainError("record.missing", table="issued_paper", id=str(paper_id))
    return PaperFile(_row(row[:-1]), reader.file(row[-1]))


def paper_months(reader: Reader) -> list[str]:
    """Return the months (``YYYY-MM``) in which papers were issued, the newest first."""
    months, day = [], reader.value("SELECT max(issued_on) FROM issued_paper")
    while day is not None:
        months.append(day[:7])
        day = reader.value("SELECT max(issued_on) FROM issued_paper WHERE issued_on < ?", (f"{day[:7]}-00",))
    return months


class Problem(StrEnum):
    """What the archive can suffer from."""

    MISSING = "missing"  # the bytes are not on this laptop
    CHANGED = "changed"  # the bytes are not those that were issued
    SEAL = "seal"  # number, hash or instant were altered
    CHAIN = "chain"  # a paper before this one is gone, or two follow the same one
    CONTENT = "content"  # the stored content is of another number, or unreadable
    GAP = "gap"  # a number was never issued, or its paper is gone


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of one number; ``paper_id`` is None when the paper itself is gone."""

    number: str
    problem: Problem
    paper_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """The result of a verification: how many papers were looked at, and what was found."""

    checked: int
    findings: tuple[Finding, ...]


def verify_archive(reader: Reader, progress: Callable[[int, int], object] | None = None) -> ArchiveReport:
    """Compare every issued paper with its hash, its seal and its neighbours in the chain and in the series of numbers.

    Args:
        reader: one moment of the database.
        progress: told (done, total) now and then.
    """
    total = int(reader.value("SELECT count(*) FROM issued_paper", (), 0))
    m = mapping(IssuedPaper)
    findings: list[Finding] = []
    followers: dict[tuple[str, str], str] = {}
    seals: set[tuple[str, str]] = {("", "")}
    links: list[tuple[IssuedPaper, tuple[str, str]]] = []
    numbers: dict[_Series, set[int]] = {}
    lasts: dict[_Series, int] = {}
    for done, row in enumerate(reader.stream(f"SELECT {m.columns} FROM issued_paper ORDER BY rid"), start=1):
        paper = m.decode(row)
        findings += _own_problems(reader, paper)
        link = (paper.series, paper.previous)
        if link in followers:
            findings.append(Finding(paper.number, Problem.CHAIN, paper.id))
        followers[link] = paper.number
        seals.add((paper.series, paper.seal))
        links.append((paper, link))
        numbers.setdefault((paper.kind, paper.series, paper.period), set()).add(paper.sequence)
        if progress is not None:
            progress(done, total)
    for paper, link in links:
        if link not in seals and paper.previous:
            findings.append(Finding(paper.number, Problem.CHAIN, paper.id))
    for kind, series, period, last in reader.rows("SELECT kind, series, period, last FROM counter"):
        numbers.setdefault((PaperKind(kind), series, period), set())
        lasts[PaperKind(kind), series, period] = last
    findings += _gaps(numbers, lasts)
    return ArchiveReport(total, tuple(findings))


def _own_problems(reader: Reader, paper: IssuedPaper) -> Iterator[Finding]:
    content = reader.file(paper.sha256)
    if content is None:
        yield Finding(paper.number, Problem.MISSING, paper.id)
    elif hashlib.sha256(content).hexdigest() != paper.sha256:
        yield Finding(paper.number, Problem.CHANGED, paper.id)
    if seal_of(paper.previous, paper.number, paper.sha256, paper.issued_at) != paper.seal:
        yield Finding(paper.number, Problem.SEAL, paper.id)
    try:
        same = Paper.from_json(paper.content).number == paper.number
    except DomainError:
        same = False
    if not same:
        yield Finding(paper.number, Problem.CONTENT, paper.id)


def _gaps(numbers: dict[_Series, set[int]], lasts: dict[_Series, int]) -> Iterator[Finding]:
    for key, used in numbers.items():
        kind, series, period = key
        last = max(lasts.get(key, 0), max(used, default=0))
        for sequence in sorted(set(range(1, last + 1)) - used):
            yield Finding(format_number(kind, series, period, sequence), Problem.GAP)
