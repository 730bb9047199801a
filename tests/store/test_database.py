"""The open database: many readers, one writer, observers, cancelling, closing while others work."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from directsell.domain.errors import DomainError
from directsell.domain.people import Person
from directsell.store import doctor
from directsell.store.changes import ChangeSet
from directsell.store.database import Cancelled, Store
from directsell.store.work import Work
from tests.fixtures import books

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_writers_in_many_threads_wait_for_each_other_and_number_without_gap(store: Store) -> None:
    failures: list[Exception] = []

    def work(name: str) -> None:
        try:
            for turn in range(25):
                with store.write("Order") as task:
                    books.add_person(task, f"{name} {turn}")
                    books.issue(task, books.add_order(task, 1))
        except Exception as error:  # noqa: BLE001 - the test must hear of whatever it was
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"Thread {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.read() as reader:
        assert sorted(row[0] for row in reader.rows("SELECT sequence FROM issued_paper")) == list(range(1, 101))
    assert doctor.examine(store) == []


def test_two_processes_worth_of_stores_do_not_disturb_each_other(store: Store, path: Path) -> None:
    other = books.open_book(path)
    for turn in range(20):
        for one in (store, other):
            with one.write("Turn") as work:
                books.issue(work, books.add_order(work, 1))
                books.add_person(work, str(turn))
    other.close()
    assert doctor.examine(store) == []


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    with store.read() as reader:
        assert reader.find(Person) == []
        with store.write("Save") as work:
            books.add_person(work)
        assert reader.find(Person) == []
    with store.read() as reader:
        assert len(reader.find(Person)) == 1


def test_a_running_query_can_be_cancelled_and_the_connection_used_again(store: Store) -> None:
    with pytest.raises(Cancelled), store.read(lambda: True) as reader:
        reader.rows(_ENDLESS)
    with store.read() as reader:
        assert reader.value("SELECT 1") == 1


def test_closing_stops_the_queries_of_other_threads_and_leaves_one_file(store: Store, path: Path) -> None:
    outcome: list[str] = []
    begun = threading.Event()

    def ask() -> None:
        try:
            with store.read() as reader:
                begun.set()
                reader.rows(_ENDLESS)
        except Cancelled:
            outcome.append("cancelled")

    thread = threading.Thread(target=ask)
    thread.start()
    begun.wait(10)
    store.close()
    thread.join()
    assert outcome == ["cancelled"]
    assert [file.name for file in path.parent.iterdir()] == ["book.db"]


def test_a_closed_book_is_not_opened_again_by_accident(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(Cancelled), store.read():
        pass
    with pytest.raises(Cancelled), store.write("Save"):
        pass


def test_observers_are_told_after_the_commit_and_not_of_nothing(store: Store) -> None:
    told: list[ChangeSet] = []
    forget = store.observe(told.append)
    with store.write("Nothing"):
        pass
    with pytest.raises(ZeroDivisionError), store.write("Fails") as work:
        _issue_and_fail(work)
    with store.write("Save") as work:
        person = books.add_person(work)
    forget()
    with store.write("Unheard") as work:
        books.add_person(work)
    (change,) = told
    assert change.tables == {"person": frozenset({person.id})}
    assert change.label == "Save"


def _issue_and_fail(work: Work) -> None:
    books.issue(work, books.add_order(work))
    raise ZeroDivisionError


@pytest.mark.parametrize("words", ["malformed", "the field is readonly", "database is locked"])
def test_words_of_the_database_in_other_errors_are_not_taken_for_its_own(store: Store, words: str) -> None:
    for error in (ValueError(words), DomainError("x", said=words)):
        with pytest.raises(type(error)), store.write("Save"):
            raise error


def test_a_number_of_a_transaction_that_failed_is_given_again(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write("Fails") as work:
        _issue_and_fail(work)
    with store.write("Issue", barrier=True) as work:
        assert books.issue(work, books.add_order(work)).number == "R-A-2026-0001"
    assert doctor.examine(store) == []
