"""Who has a number, by the digits typed so far: from its beginning, without its country, or by its local end."""

from __future__ import annotations

import pytest

from directsell.domain.people import ReachKind, ReachPoint
from directsell.store.database import Store
from directsell.store.queries.phone_numbers import people_with_number
from tests.fixtures import books

NUMBERS = {
    "Dana": "+1 505 555 0142",
    "Ines": "+49 (0)176 1234 5678",
    "Jonas": "0176-98765432",
    "Mara": "0043 1 712 35 11",
    "Nora": "12345",
}


@pytest.fixture
def book(store: Store) -> Store:
    with store.write("People") as work:
        for given, number in NUMBERS.items():
            person = books.add_person(work, given)
            work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value=number))
    return store


def found(store: Store, typed: str) -> set[str]:
    with store.read() as reader:
        keys = people_with_number(reader, typed)
        return {reader.value("SELECT given FROM person WHERE id = ?", (key,)) for key in keys}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("+1 505 55", {"Dana"}),
        ("15055550142", {"Dana"}),
        ("505-555-01", {"Dana"}),
        ("5550142", {"Dana"}),
        ("0176 98", {"Jonas"}),
        ("+49 176 987", {"Jonas"}),
        ("98765432", {"Jonas"}),
        ("0043 1 712", {"Mara"}),
        ("+43 1 712 35", {"Mara"}),
        ("12345", {"Nora"}),
        ("123", set()),
        ("", set()),
        ("555 0143", set()),
        ("999999", set()),
    ],
)
def test_a_number_is_found_however_it_is_written(book: Store, typed: str, names: set[str]) -> None:
    assert found(book, typed) == names


def test_every_beginning_of_a_number_of_five_digits_or_more_finds_it(book: Store) -> None:
    for given, number in {"Dana": "+15055550142", "Jonas": "017698765432", "Mara": "+431712351"}.items():
        for end in range(5, len(number) + 1):
            assert given in found(book, number[:end]), number[:end]


def test_a_beginning_that_all_share_gives_few(store: Store) -> None:
    with store.write("Many") as work:
        for place in range(400):
            person = books.add_person(work, f"P{place}")
            work.save(
                ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.PHONE, value=f"+1 505 555 {place:04d}")
            )
    with store.read() as reader:
        assert len(people_with_number(reader, "+1 505 5")) == 12
        assert len(people_with_number(reader, "+1 505 555 0399")) == 1
