"""Issued papers in lists, and the proof that the archive is untouched."""

from __future__ import annotations

from datetime import date

import pytest

from directsell.domain.clock import FixedClock
from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.domain.invoicing import IssuedPaper, PaperKind, format_number, seal_of
from directsell.domain.papers import Paper, Party
from directsell.store.database import Store
from directsell.store.queries.documents import (
    ArchiveReport,
    PaperRow,
    PaperState,
    Problem,
    paper_file,
    paper_list,
    paper_months,
    verify_archive,
)
from directsell.store.queries.papers import last_seal
from directsell.store.work import Work
from tests.fixtures import books


def issue(
    work: Work, name: str, kind: PaperKind = PaperKind.INVOICE, cancels: IssuedPaper | None = None
) -> IssuedPaper:
    """Issue a paper whose content names its customer."""
    person = books.add_person(work, name, family="Ruiz")
    order = books.add_order(work, person_id=person.id)
    sequence = work.next_number(kind, "2026")
    number = format_number(kind, work.series, "2026", sequence)
    paper = Paper(
        kind=kind,
        number=number,
        paper_date=work.today,
        currency="USD",
        language="en_US",
        customer=Party(name=f"{name} Ruiz"),
    )
    sha256 = work.put_file(f"%PDF {number}".encode(), "application/pdf")
    previous = last_seal(work, work.series)
    return work.save(
        IssuedPaper(
            id=work.new_id(),
            kind=kind,
            series=work.series,
            period="2026",
            sequence=sequence,
            number=number,
            order_id=cancels.order_id if cancels else order.id,
            person_id=person.id,
            issued_on=work.today,
            issued_at=work.now,
            language="en_US",
            currency="USD",
            total=1250,
            content=paper.to_json(),
            sha256=sha256,
            previous=previous,
            seal=seal_of(previous, number, sha256, work.now),
            template=1,
            cancels_id=cancels.id if cancels else None,
        )
    )


@pytest.fixture
def archive(store: Store, clock: FixedClock) -> list[IssuedPaper]:
    """Two invoices in June, the second cancelled in July, and a slip in July."""
    papers = []
    with store.write("Issue", barrier=True) as work:
        papers += [issue(work, "Dana"), issue(work, "Beth")]
    clock.advance(days=30)
    with store.write("Issue", barrier=True) as work:
        papers += [
            issue(work, "Beth", PaperKind.CREDIT_NOTE, cancels=papers[1]),
            issue(work, "Carla", PaperKind.ORDER_SLIP),
        ]
    return papers


def listed(store: Store, **wanted: object) -> list[str]:
    query = paper_list(**wanted)  # type: ignore[arg-type]
    with store.read() as reader:
        rows = [row for _rid, row in query.first_page(reader)]
        assert [rid for rid, _row in query.first_page(reader)] == list(query.ids(reader))
    return [row.number for row in rows]


def row(store: Store, paper: IssuedPaper) -> PaperRow:
    with store.read() as reader:
        return paper_file(reader, paper.id).row


def test_the_list_and_its_filters(store: Store, archive: list[IssuedPaper]) -> None:
    assert listed(store) == ["B-A-2026-0001", "S-A-2026-0001", "R-A-2026-0002", "R-A-2026-0001"]
    assert listed(store, kind=PaperKind.INVOICE) == ["R-A-2026-0002", "R-A-2026-0001"]
    assert listed(store, month="2026-06") == ["R-A-2026-0002", "R-A-2026-0001"]
    assert listed(store, state=PaperState.VALID) == ["B-A-2026-0001", "R-A-2026-0001"]
    assert listed(store, state=PaperState.CANCELLED) == ["R-A-2026-0002"]
    assert listed(store, state=PaperState.CANCELLING) == ["S-A-2026-0001"]
    assert listed(store, text="R-A-2026-0001") == ["R-A-2026-0001"]
    assert listed(store, text="beth ru") == ["S-A-2026-0001", "R-A-2026-0002"]
    assert listed(store, text="nobody") == []
    assert listed(store, text='"*', kind=PaperKind.CREDIT_NOTE) == ["S-A-2026-0001"]
    with store.read() as reader:
        assert paper_months(reader) == ["2026-07", "2026-06"]


def test_a_row_says_what_became_of_the_paper(store: Store, archive: list[IssuedPaper]) -> None:
    assert row(store, archive[0]).cancelled_by == row(store, archive[0]).cancels == ""
    assert row(store, archive[1]).cancelled_by == "S-A-2026-0001"
    assert row(store, archive[2]).cancels == "R-A-2026-0002"
    found = row(store, archive[0])
    assert (found.name, found.total, found.issued_on) == ("Dana Ruiz", 1250, date(2026, 6, 15))


def test_the_bytes_are_those_that_were_issued(store: Store, archive: list[IssuedPaper]) -> None:
    with store.read() as reader:
        assert paper_file(reader, archive[0].id).content == b"%PDF R-A-2026-0001"
        with pytest.raises(DomainError, match="missing"):
            paper_file(reader, named_id("nothing"))


def verified(store: Store) -> ArchiveReport:
    with store.read() as reader:
        return verify_archive(reader)


def test_an_untouched_archive_has_no_findings(store: Store, archive: list[IssuedPaper]) -> None:
    steps: list[tuple[int, int]] = []
    with store.read() as reader:
        report = verify_archive(reader, lambda done, total: steps.append((done, total)))
    assert report == ArchiveReport(4, ())
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    ("sql", "number", "problem"),
    [
        ("UPDATE file SET content = x'00' WHERE sha256 = (SELECT sha256 FROM issued_paper WHERE number = 'R-A-2026-0001')",
         "R-A-2026-0001", Problem.CHANGED),
        ("DELETE FROM file WHERE sha256 = (SELECT sha256 FROM issued_paper WHERE number = 'R-A-2026-0001')",
         "R-A-2026-0001", Problem.MISSING),
        ("UPDATE issued_paper SET issued_at = issued_at + 1 WHERE number = 'R-A-2026-0002'", "R-A-2026-0002", Problem.SEAL),
        (("UPDATE issued_paper SET sha256 = (SELECT sha256 FROM issued_paper WHERE number = 'R-A-2026-0001') "
         "WHERE number = 'R-A-2026-0002'"), "R-A-2026-0002", Problem.SEAL),
        ("UPDATE issued_paper SET content = '{}' WHERE number = 'R-A-2026-0002'", "R-A-2026-0002", Problem.CONTENT),
        ("DELETE FROM issued_paper WHERE number = 'R-A-2026-0001'", "R-A-2026-0001", Problem.GAP),
        ("DELETE FROM issued_paper WHERE number = 'R-A-2026-0001'", "R-A-2026-0002", Problem.CHAIN),
        ("DELETE FROM issued_paper WHERE number = 'B-A-2026-0001'", "B-A-2026-0001", Problem.GAP),
        ("UPDATE issued_paper SET previous = '' WHERE number = 'R-A-2026-0002'", "R-A-2026-0002", Problem.CHAIN),
    ],
)  # fmt: skip
def test_every_sabotage_is_found(
    store: Store, archive: list[IssuedPaper], sql: str, number: str, problem: Problem
) -> None:
    with store.exclusive() as connection:
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute("UPDATE sync_state SET capture = 0")
        connection.execute(sql)
        connection.execute("UPDATE sync_state SET capture = 1")
    found = {(finding.number, finding.problem) for finding in verified(store).findings}
    assert (number, problem) in found
