"""The chain of parties and what a party's account falls back to, where little was entered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from directsell.domain.demos import Demo
from directsell.store.queries.preparations import preparation
from directsell.store.queries.settlements import PartyBooks, SettlingTerms, party_account
from directsell.usecases.settling import save_books, save_terms
from tests.fixtures.shops import Shop, casa_verde


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = casa_verde(tmp_path / "a")
    yield opened
    opened.app.close()


def demos(shop: Shop, *parents: int | None) -> list[Demo]:
    """Save a row of demos; each is booked at the one whose place is given."""
    made: list[Demo] = []
    with shop.app.store.write("test") as work:
        for number, parent in enumerate(parents):
            made.append(
                work.save(
                    Demo(
                        id=work.new_id(),
                        title=f"Demo {number}",
                        day=date(2026, 3, number + 1),
                        parent_id=None if parent is None else made[parent].id,
                        created_at=work.now,
                    )
                )
            )
    return made


def test_the_chain_goes_up_and_down(shop: Shop) -> None:
    made = demos(shop, None, 0, 1, 1, 3)
    found = shop.app.read(preparation, made[1].id)
    assert found is not None
    assert [(link.name, link.depth) for link in found.chain] == [
        ("Demo 0", -1),
        ("Demo 2", 1),
        ("Demo 3", 1),
        ("Demo 4", 2),
    ]


def test_a_circle_of_demos_ends(shop: Shop) -> None:
    first, second = demos(shop, None, 0)
    with shop.app.store.write("test") as work:
        work.update(Demo, first.id, parent_id=second.id)
    found = shop.app.read(preparation, first.id)
    assert found is not None
    assert [link.name for link in found.chain] == ["Demo 1"]


def test_a_party_without_anything_has_an_account(shop: Shop) -> None:
    (demo,) = demos(shop, None)
    account = shop.app.read(party_account, demo.id)
    assert (account.tally.total, account.company.owed, account.settlement.net) == (0, 0, 0)
    assert account.checklist == ()
    assert account.cash is None


def test_terms_and_books_come_back(shop: Shop) -> None:
    (demo,) = demos(shop, None)
    terms = SettlingTerms(commission_ppm=300_000, card_ppm=26_000, card_fixed=10, charges_tax=False)
    books = PartyBooks(shipping=(2400, 900), float_start=5000, tax_remitted=12)
    shop.app.run(save_terms, terms)
    shop.app.run(save_books, demo.id, books)
    account = shop.app.read(party_account, demo.id)
    assert (account.terms, account.books) == (terms, books)
    assert account.company.shipping == 3300
