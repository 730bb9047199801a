"""Drafts: half-typed forms survive, never enter the journal, and never wait for a long import."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from directsell.domain.clock import FixedClock
from directsell.store import doctor
from directsell.store.database import Store
from directsell.store.drafts import Drafts
from directsell.store.errors import Full, Locked
from tests.fixtures import books

BODY = {"name": "Łucja \u202e🎁", "lines": [{"code": "=1+1", "quantity": "2,5"}], "note": "x" * 10_000}


def test_a_draft_comes_back_as_it_was_left(store: Store, path: Path, clock: FixedClock) -> None:
    Drafts(store).save("order:new", BODY)
    store.close()
    again = books.open_book(path, clock=clock)
    drafts = Drafts(again)
    found = drafts.load("order:new")
    assert found is not None
    assert found.body == BODY
    assert found.saved_at == clock.now()
    assert drafts.load("order:other") is None
    again.close()


def test_the_newest_draft_comes_first_and_the_same_key_is_one_draft(store: Store, clock: FixedClock) -> None:
    drafts = Drafts(store)
    for key in ("a", "b", "a", "c"):
        clock.advance(seconds=1)
        drafts.save(key, {"at": str(clock.now())})
    assert [draft.key for draft in drafts.list()] == ["c", "a", "b"]
    drafts.delete("a")
    drafts.delete("a")
    assert [draft.key for draft in drafts.list()] == ["c", "b"]


def test_drafts_leave_no_trace_in_journal_and_search(store: Store) -> None:
    books.fill(store, 1, 0)
    before = books.dump(store, skip=("draft",))
    Drafts(store).save("order:new", BODY)
    assert books.dump(store, skip=("draft",)) == before
    assert doctor.examine(store) == []


def test_while_an_import_writes_typing_goes_on_and_the_draft_is_saved_later(store: Store) -> None:
    drafts = Drafts(store)
    drafts.save("order:new", {"n": 1})
    begun, go_on = threading.Event(), threading.Event()

    def long_import() -> None:
        with store.write("Import", origin="import") as work:
            books.add_person(work)
            begun.set()
            go_on.wait(10)

    writer = threading.Thread(target=long_import)
    writer.start()
    begun.wait(10)
    try:
        with pytest.raises(Locked):
            drafts.save("order:new", {"n": 2})
        found = drafts.load("order:new")
        assert found is not None
        assert found.body == {"n": 1}
    finally:
        go_on.set()
        writer.join()
    drafts.save("order:new", {"n": 3})
    found = drafts.load("order:new")
    assert found is not None
    assert found.body == {"n": 3}


if sys.platform != "win32":
    import resource

    def test_a_full_disk_is_an_error_the_form_can_show_and_later_it_works(store: Store, path: Path) -> None:
        drafts = Drafts(store)
        drafts.save("order:new", {"n": 1})
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        limit = path.with_name("book.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            with pytest.raises(Full):
                drafts.save("order:new", {"n": "x" * 100_000})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        found = drafts.load("order:new")
        assert found is not None
        assert found.body == {"n": 1}
        drafts.save("order:new", {"n": 2})


def test_a_closed_book_says_so(store: Store) -> None:
    drafts = Drafts(store)
    drafts.save("a", {})
    store.close()
    with pytest.raises(driver.ProgrammingError, match="closed"):
        drafts.save("a", {"b": 1})
