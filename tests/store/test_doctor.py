"""The book check has teeth: every sabotage has its finding, what can be mended is mended, and a good book has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directsell.domain.clock import FixedClock
from directsell.domain.invoicing import PaperKind
from directsell.domain.people import Person
from directsell.store import doctor
from directsell.store.connection import Connection
from directsell.store.database import Cancelled, Store
from directsell.store.reverting import revert
from tests.fixtures import books


@pytest.fixture
def filled(store: Store) -> Store:
    books.fill(store, orders=4, papers=3)
    return store


def _unseen(connection: Connection, *statements: str) -> None:
    """Write past the journal and the refusals, as a broken tool would."""
    connection.execute("UPDATE sync_state SET capture = 0")
    for statement in statements:
        connection.execute(statement)
    connection.execute("UPDATE sync_state SET capture = 1")


_REVERSAL = (
    "INSERT INTO payment SELECT NULL, randomblob(16), order_id, person_id, method, {}, currency, paid_on, "
    "at, detail, note, id, bounced FROM payment WHERE rid = 1"
)
SABOTAGE: dict[str, tuple[tuple[str, ...], set[str], bool]] = {
    "a trigger is gone": (("DROP TRIGGER capture_person_update",), {"triggers.missing"}, True),
    "an index trigger is gone": (("DROP TRIGGER search_mark_person_person_update",), {"triggers.missing"}, True),
    "a trigger does less": (
        (
            "DROP TRIGGER capture_payment_no_delete",
            "CREATE TRIGGER capture_payment_no_delete BEFORE DELETE ON payment BEGIN SELECT 1; END",
        ),
        {"triggers.changed"},
        True,
    ),
    "a trigger too many": (
        ("CREATE TRIGGER more AFTER INSERT ON brand BEGIN SELECT 1; END",),
        {"schema.foreign"},
        True,
    ),
    "a view": (("CREATE VIEW more AS SELECT 1",), {"schema.foreign"}, False),
    "totals": (("UPDATE sales_order SET total = total + 1",), {"totals.stale", "index.stale"}, True),
    "what is owed": (("UPDATE sales_order SET owed = owed + 1 WHERE rid = 2",), {"totals.stale", "index.stale"}, True),
    "an order that cannot be summed": (
        ("UPDATE sales_order SET tax_profile = '?' WHERE rid = 1",),
        {"totals.unknown", "index.stale"},
        False,
    ),
    "a sort key": (("UPDATE person SET sort_key = 'zzz' WHERE rid = 1",), {"derived.stale", "index.stale"}, True),
    "an index row is gone": (("DELETE FROM person_fts WHERE rowid = 1",), {"index.stale"}, True),
    "an index row says something else": (
        ("DELETE FROM person_fts WHERE rowid = 1", "INSERT INTO person_fts(rowid, name) VALUES (1, 'Somebody')"),
        {"index.stale"},
        True,
    ),
    "the index is gone": (("DROP TABLE person_fts",), {"index.stale"}, True),
    "a paper is gone": (("DELETE FROM issued_paper WHERE sequence = 2",), {"papers.gap", "papers.seal", "index.stale"}, False),
    "the last paper is gone": (
        ("DELETE FROM issued_paper WHERE sequence = 3",),
        {"papers.counter", "index.stale"},
        False,
    ),
    "a number twice": (
        ("UPDATE issued_paper SET sequence = 2, number = 'R-A-2026-0002' WHERE sequence = 3",),
        {"papers.double", "papers.counter", "papers.seal", "index.stale"},
        False,
    ),
    "a number that is not its own": (
        ("UPDATE issued_paper SET number = 'R-A-2026-9999' WHERE sequence = 1",),
        {"papers.number", "papers.seal", "index.stale"},
        False,
    ),
    "a counter set back": (("UPDATE counter SET last = 1",), {"papers.counter"}, False),
    "an issued file changed": (
        ("UPDATE file SET content = x'00' WHERE rowid = 1",),
        {"files.hash"},
        False,
    ),
    "an issued file is gone": (("DELETE FROM file WHERE rowid = 1",), {"papers.file"}, False),
    "an issued instant moved": (
        ("UPDATE issued_paper SET issued_at = issued_at + 1 WHERE sequence = 2",),
        {"papers.seal", "index.stale"},
        False,
    ),
    "a payment reversed twice": (
        (
            _REVERSAL.format("-amount"),
            _REVERSAL.format("-amount"),
        ),
        {"payments.reversal", "totals.stale"},
        False,
    ),
    "a reversal of another amount": (
        (
            _REVERSAL.format("amount"),
        ),
        {"payments.reversal", "totals.stale"},
        False,
    ),
    "a line of an order that is not there": (
        ("PRAGMA foreign_keys = 0", "UPDATE order_line SET order_id = randomblob(16) WHERE rid = 1"),
        {"rows.orphans", "totals.stale"},
        False,
    ),
    "a journal from the future": (
        ("UPDATE journal_tx SET at = at + 900000000 WHERE tx = 2",),
        {"clock.future"},
        False,
    ),
    "nobody's book": (("UPDATE sync_state SET dev = 'UNKNOWN1'",), {"identity.missing"}, False),
}  # fmt: skip


def test_a_good_book_has_no_findings(filled: Store) -> None:
    assert doctor.examine(filled) == []
    assert {sql.split()[2] for sql in doctor.expected_triggers().values()} == doctor.expected_triggers().keys()


@pytest.mark.parametrize("name", SABOTAGE)
def test_each_sabotage_is_found_and_mended_where_it_can_be(filled: Store, name: str) -> None:
    statements, codes, mendable = SABOTAGE[name]
    with filled.exclusive() as connection:
        _unseen(connection, *statements)
        connection.execute("PRAGMA foreign_keys = 1")
    found = {finding.code for finding in doctor.examine(filled)}
    assert found == codes
    assert found <= set(doctor.CODES)
    left = {finding.code for finding in doctor.mend(filled)}
    assert (left == set()) == mendable
    assert not [f for f in doctor.examine(filled) if f.mendable]


def test_rows_written_past_the_journal_leave_a_pending_index_until_the_next_save(filled: Store) -> None:
    with filled.exclusive() as connection:
        connection.execute("UPDATE person SET note = 'written by a tool'")
    codes = {finding.code for finding in doctor.examine(filled)}
    assert codes == {"index.stale", "clock.future"}  # a tool writes at the machine's time, the test lives in June
    with filled.write("Anything") as work:
        books.add_person(work)
    assert "index.stale" not in {finding.code for finding in doctor.examine(filled)}


def test_mending_changes_no_record(filled: Store) -> None:
    ours = ("sync_state", "person_fts_data", "person_fts_docsize", "person_fts_idx")
    before = books.dump(filled)
    assert doctor.mend(filled) == []
    after = books.dump(filled)
    for table in before.keys() - {name for name in before if "_fts" in name or name in ours}:
        assert before[table] == after[table], table


def test_mending_that_fails_changes_nothing(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise ZeroDivisionError

    before = books.dump(filled)
    monkeypatch.setattr("directsell.store.derive.refresh_totals", fail)
    with pytest.raises(ZeroDivisionError):
        doctor.mend(filled)
    assert books.dump(filled) == before
    with filled.write("Still works") as work:
        books.add_person(work)


def test_undone_payments_and_several_kinds_of_papers_are_no_finding(filled: Store) -> None:
    for kind in PaperKind:
        with filled.write("Issue", barrier=True) as work:
            books.issue(work, books.add_order(work), kind)
    with filled.write("Pay") as work:
        books.add_payment(work, books.add_order(work))
        tx = work.tx
    with filled.write("Undo", origin="undo") as work:
        revert(work, tx)
    assert doctor.examine(filled) == []


def test_a_clock_set_back_is_no_finding_but_one_set_ahead_is(store: Store, clock: FixedClock) -> None:
    books.fill(store, 1)
    clock.advance(days=400)
    with store.write("In the future") as work:
        person = books.add_person(work)
    with store.write("Change") as work:
        work.save(replace(person, note="x"))
    assert doctor.examine(store) == []
    clock.advance(days=-400)
    assert {finding.table for finding in doctor.examine(store)} == {"journal_tx", "sync_clock"}
    with store.write("Now") as work:
        work.update(Person, person.id, note="y")
    with store.read() as reader:
        assert reader.get(Person, person.id).note == "y"


def test_the_check_tells_its_progress(filled: Store) -> None:
    told: list[tuple[int, int]] = []
    with filled.read() as reader:
        doctor.check_book(reader.connection, now=books.NOON, progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(told[0][1]))


def test_a_long_check_can_be_stopped(filled: Store) -> None:
    with filled.write("Many", origin="import") as work:
        order = books.add_order(work)
        work.insert_many([replace(order, id=work.new_id()) for _ in range(3000)])
    with pytest.raises(Cancelled):
        doctor.examine(filled, cancelled=lambda: True)
    assert doctor.examine(filled) == []
