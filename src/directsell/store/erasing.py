"""Erasing a person from the file: rows, history, drafts, search index. What may go is said here, who asks is a use-case's matter.

Rows are otherwise never deleted and the journal never rewritten; here both is the point. It is done with capture off, so that
no journal entry repeats what is erased. Freed space is overwritten by SQLite (secure_delete); ``purge`` empties log and index.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.domain.erasing import Erased, keys_of, marks_text
from directsell.domain.merges import Erasure
from directsell.domain.people import Person
from directsell.store import search
from directsell.store.database import Store
from directsell.store.entities import BY_TABLE, ENTITIES
from directsell.store.mapper import mapping
from directsell.store.queries.duplicates import place_key
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader
from directsell.store.work import Work

# Rows that are about the person only: they go.
GOING = MappingProxyType(
    {
        "person_role": ("person_id",),
        "person_tag": ("person_id",),
        "reach_point": ("person_id",),
        "address": ("person_id",),
        "consent": ("person_id",),
        "wish": ("person_id",),
        "contact_entry": ("person_id",),
        "follow_up": ("person_id",),
        "objection": ("person_id",),
        "relation": ("person_id", "other_id"),
        "profile_answer": ("person_id",),
        "person_merge": ("kept_id", "dropped_id"),
    }
)
# Rows that others count on (money, papers, evenings): they stay with a pseudonym, their words go.
BLANKED = MappingProxyType(
    {
        ("demo", "host_id"): ("title", "street", "extra", "postcode", "region", "note"),
        ("demo_guest", "person_id"): ("channel", "liked", "objection", "note"),
        ("co_host", "person_id"): (),
        ("sales_order", "person_id"): ("note", "terms"),
        ("payment", "person_id"): ("note",),
        ("issued_paper", "person_id"): (),
    }
)
STAYING = MappingProxyType({("person", "referred_by"): (), ("person", "merged_into"): (), ("erasure", "person_id"): ()})
_OF_ORDER = ("order_line", "withdrawal", "signature")
# An order is kept when money or a paper hangs on it, or when goods were delivered.
_LOOSE_ORDERS = (
    "SELECT id FROM sales_order o WHERE o.person_id = ? AND (o.deleted_at IS NOT NULL OR +o.state NOT IN ('placed', 'delivered')) "
    "AND NOT EXISTS (SELECT 1 FROM issued_paper WHERE order_id = o.id) "
    "AND NOT EXISTS (SELECT 1 FROM payment WHERE order_id = o.id)"
)
_LABEL_NAMES = frozenset({"name", "dropped", "other"})


def erased_people(reader: Reader) -> Erased:
    """Return by what erased people are recognised."""
    rows = reader.rows("SELECT salt, marks, at FROM erasure WHERE deleted_at IS NULL")
    return Erased((salt, marks, from_micros(at).astimezone().date()) for salt, marks, at in rows)


def salt_in_use(reader: Reader) -> str:
    """Return the salt of earlier erasures of this book, or ""; with one salt recognising stays quick."""
    return str(reader.value("SELECT salt FROM erasure WHERE deleted_at IS NULL ORDER BY rid LIMIT 1", (), ""))


def keys_of_person(reader: Reader, person_id: UUID) -> frozenset[str]:
    """Return by what a person of the book could be recognised later."""
    row = reader.row("SELECT given, family, company, birthday, reference FROM person WHERE id = ?", (person_id,)) or (
        "",
        "",
        "",
        "",
        "",
    )
    reach = [key for (key,) in reader.rows("SELECT reach_key FROM reach_point WHERE person_id = ?", (person_id,))]
    places = reader.rows(
        "SELECT street, postcode, city FROM address WHERE person_id = ? AND street <> ''", (person_id,)
    )
    return keys_of(
        reach=reach,
        name=name_of(*row[:3]),
        birthday=row[3],
        places=[place_key(*place) for place in places],
        reference=row[4],
    )


def loose_orders(reader: Reader, person_id: UUID, *, removed_too: bool = True) -> list[bytes]:
    """Return the orders of a person that nothing hangs on: drafts, quotes and cancelled ones without money or paper.

    Those that were removed from the lists are found by a look at all orders only.
    """
    which = "" if removed_too else " AND o.deleted_at IS NULL"
    return [key for (key,) in reader.rows(f"{_LOOSE_ORDERS}{which}", (person_id,))]


def erase(work: Work, person_id: UUID, *, pseudonym: str, salt: str, at: datetime, erasure_id: UUID) -> None:
    """Erase one record of a person and note the erasure; it cannot be undone.

    Args:
        work: the transaction; its use-case is a barrier.
        person_id: the record (each record merged into a person is erased by itself).
        pseudonym: what papers and orders call the person from now on.
        salt: of the marks, hex.
        at: the instant that is noted.
        erasure_id: the id of the note.
    """
    marks = marks_text(salt, keys_of_person(work, person_id))
    needles = _needles(work, person_id)
    work.write("UPDATE sync_state SET capture = 0", ())
    touched = _wipe(work, person_id)
    _blank_person(work, person_id)
    _wipe_drafts(work, person_id, needles)
    _wipe_history(work, touched, needles)
    work.write("UPDATE sync_state SET capture = 1", ())
    # From here on it is an ordinary change, told to every list: nothing personal is left to be repeated.
    columns = mapping(Person).columns
    row = work.row(f"SELECT {columns} FROM person WHERE id = ?", (person_id,))
    if row is not None:
        gone = mapping(Person).decode(row)
        work.save(_named(gone, pseudonym, at.astimezone().date()))
        work.delete(gone)
    work.save(Erasure(id=erasure_id, person_id=person_id, salt=salt, marks=marks, at=at))


def _named(person: Person, pseudonym: str, day: date) -> Person:
    return Person(
        id=person.id,
        company=pseudonym,
        merged_into=person.merged_into,
        erased_on=day,
        created_at=person.created_at,
    )


def _needles(work: Work, person_id: UUID) -> list[str]:
    """Return the texts by which drafts and labels name a person: the names of then and now, numbers, mail addresses."""
    row = work.row("SELECT given, family, company FROM person WHERE id = ?", (person_id,)) or ("", "", "")
    found = {name_of(*row), " ".join(part for part in row[:2] if part)}
    for (text,) in work.rows("SELECT coalesce(old, new) FROM journal WHERE tbl = 'person' AND pk = ?", (person_id,)):
        values = json.loads(text)
        if "given" in values and "family" in values:
            found.add(name_of(values["given"], values["family"], values.get("company", "")))
    found.update(value for (value,) in work.rows("SELECT value FROM reach_point WHERE person_id = ?", (person_id,)))
    return [text for text in found if len(text) > 2] + [str(person_id)]


def _wipe(work: Work, person_id: UUID) -> set[bytes]:
    """Delete and blank rows; returns the ids of all rows whose history goes."""
    touched = {person_id.bytes}
    work.write("DELETE FROM sync_clock WHERE tbl = 'person' AND pk = ?", (person_id.bytes,))
    orders = loose_orders(work, person_id)
    for key in orders:
        for table in _OF_ORDER:
            touched.update(_delete(work, table, "order_id", key))
    for table, columns in GOING.items():
        for column in columns:
            touched.update(_delete(work, table, column, person_id.bytes))
    _forget_orders(work, orders)
    touched.update(orders)
    for (table, column), words in BLANKED.items():
        keys = [row[0] for row in work.rows(f"SELECT id FROM {table} WHERE {column} = ?", (person_id,))]
        _blank(work, table, keys, words)
        if table == "sales_order":
            for key in keys:
                notices = work.rows("SELECT id FROM withdrawal WHERE order_id = ?", (key,))
                _blank(work, "withdrawal", [row[0] for row in notices], ("note",))
        if table == "demo":
            for key in keys:
                steps = work.rows("SELECT id FROM coaching_touch WHERE demo_id = ?", (key,))
                _blank(work, "coaching_touch", [row[0] for row in steps], ("result",))
    return touched


def _delete(work: Work, table: str, column: str, value: bytes) -> list[bytes]:
    """Delete rows for good, with their clocks; returns their ids."""
    keys = [key for (key,) in work.rows(f"SELECT id FROM {table} WHERE {column} = ?", (value,))]
    for key in keys:
        work.write("DELETE FROM sync_clock WHERE tbl = ? AND pk = ?", (table, key))
        work.write(f"DELETE FROM {table} WHERE id = ?", (key,))
    return keys


def _forget_orders(work: Work, orders: Sequence[bytes]) -> None:
    for key in orders:
        for entity in ENTITIES:
            for column, target in entity.references.items():
                if target == "sales_order":
                    work.write(f"UPDATE {entity.table} SET {column} = NULL WHERE {column} = ?", (key,))
        work.write(
            "INSERT INTO search_dirty(kind, rid) SELECT 'order', rid FROM sales_order WHERE id = ? ON CONFLICT DO NOTHING",
            (key,),
        )
        _delete(work, "sales_order", "id", key)


def _blank(work: Work, table: str, keys: Iterable[bytes], words: Sequence[str]) -> None:
    """Empty columns of rows, and of their history."""
    if not words:
        return
    sets = ", ".join(f"{name} = ''" for name in words)
    paths = ", ".join(f"'$.{name}'" for name in words)
    for key in keys:
        work.write(f"UPDATE {table} SET {sets} WHERE id = ?", (key,))
        work.write(
            f"UPDATE journal SET new = json_remove(new, {paths}), old = json_remove(old, {paths}) WHERE pk = ?", (key,)
        )
        work.write("DELETE FROM journal WHERE pk = ? AND op = 'U' AND new = '{}'", (key,))


def _blank_person(work: Work, person_id: UUID) -> None:
    """Give every field of a person its empty value, but id, age of the record and where it was merged into."""
    blank = Person(id=person_id, created_at=work.now)
    m = mapping(Person)
    names = [name for name in m.names if name not in ("id", "created_at", "merged_into")]
    values = dict(zip(m.names, m.encode(blank)[: len(m.names)], strict=True))
    derived = BY_TABLE["person"].derived
    sets = ", ".join(f'"{name}" = ?' for name in (*names, *derived))
    params: list[Any] = [*(values[name] for name in names), *("" for _ in derived), person_id.bytes]
    work.write(f"UPDATE person SET {sets} WHERE id = ?", params)


def _wipe_drafts(work: Work, person_id: UUID, needles: Sequence[str]) -> None:
    for key, body in work.rows("SELECT key, body FROM draft"):
        if str(person_id) in key or any(json.dumps(text, ensure_ascii=False)[1:-1] in body for text in needles):
            work.forget_draft(key)


def _wipe_history(work: Work, touched: Iterable[bytes], needles: Sequence[str]) -> None:
    """Delete the history of rows, and names from the labels of the steps that wrote them."""
    steps: set[int] = set()
    for key in touched:
        steps.update(
            tx for (tx,) in work.rows("SELECT DISTINCT tx FROM journal WHERE pk = ? AND tx IS NOT NULL", (key,))
        )
        work.write("DELETE FROM journal WHERE pk = ?", (key,))
    for needle in needles:
        # The labels of steps for another person of the same name lose it, too: nobody could tell them apart.
        sql = "SELECT tx FROM journal_tx WHERE params <> '{}' AND instr(params, ?) > 0"
        steps.update(tx for (tx,) in work.rows(sql, (json.dumps(needle, ensure_ascii=False)[1:-1],)))
    for tx in steps:
        params = json.loads(work.value("SELECT params FROM journal_tx WHERE tx = ?", (tx,), "{}"))
        kept = {
            name: value for name, value in params.items() if name not in _LABEL_NAMES and not _tells(value, needles)
        }
        if kept != params:
            work.write("UPDATE journal_tx SET params = ? WHERE tx = ?", (json.dumps(kept, ensure_ascii=False), tx))
        # A step of which nothing is left tells nothing any more.
        left = "EXISTS (SELECT 1 FROM journal j WHERE j.tx = journal_tx.tx)"
        work.write(f"DELETE FROM journal_tx WHERE tx = ? AND tx <> ? AND NOT {left}", (tx, work.tx))


def _tells(value: object, needles: Sequence[str]) -> bool:
    return isinstance(value, str) and any(needle in value for needle in needles)


@dataclass(frozen=True, slots=True)
class Note:
    """An erasure with the pseudonym that was given, as far as another copy of the book needs it."""

    id: UUID
    person_id: UUID
    salt: str
    at: datetime
    pseudonym: str


def notes(reader: Reader) -> list[Note]:
    """Return the erasures of a book, the oldest first."""
    rows = reader.rows(
        "SELECT e.id, e.person_id, e.salt, e.at, p.company FROM erasure e JOIN person p ON p.id = e.person_id "
        "WHERE e.deleted_at IS NULL ORDER BY e.rid"
    )
    return [
        Note(UUID(bytes=key), UUID(bytes=person), salt, from_micros(at), name) for key, person, salt, at, name in rows
    ]


def erase_again(store: Store, known: Iterable[Note]) -> int:
    """Erase in an older copy of the book who was erased since it was made; returns how many."""
    done = 0
    with store.write("Erase a person", origin="system", barrier=True) as work:
        for note in known:
            if work.value("SELECT 1 FROM person WHERE id = ? AND erased_on IS NULL", (note.person_id,)) is not None:
                erase(work, note.person_id, pseudonym=note.pseudonym, salt=note.salt, at=note.at, erasure_id=note.id)
                done += 1
    if done:
        purge(store)
    return done


def purge(store: Store) -> None:
    """After an erasure: write the search index anew and empty the log, so that no copy of a row waits in either.

    Raises:
        StoreError: the environment failed; the rows themselves are gone already.
    """
    with store.exclusive() as connection:
        for kind in search.INDEXED:
            connection.execute(f"INSERT INTO {kind.kind}_fts({kind.kind}_fts) VALUES ('optimize')")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
