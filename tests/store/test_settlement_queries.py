"""The chain of parties and what a party's account falls back to, where little was entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from directsell.domain.demos import Demo
from directsell.domain.orders import OrderKind, OrderState
from directsell.domain.totals import LineKind
from directsell.store.queries.chains import MOST, chain_of
from directsell.store.queries.settlements import PartyBooks, SettlingTerms, party_account
from directsell.usecases.party_sheets import host_sheet
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


def demos_in_a_row(shop: Shop, count: int) -> list[Demo]:
    """Save demos each of which was booked at the one before."""
    made: list[Demo] = []
    with shop.app.store.write("test") as work:
        for number in range(count):
            parent = made[-1].id if made else None
            demo = Demo(
                id=work.new_id(), title=f"{number}", day=date(2026, 3, 1), parent_id=parent, created_at=work.now
            )
            made.append(work.save(demo))
    return made


def test_the_chain_begins_with_the_first_and_knows_what_each_sold(shop: Shop) -> None:
    made = demos(shop, None, 0, 1, 1, 3, None)
    shop.enter("Amy", ("CV-402", "1"), demo_id=made[3].id)
    shop.enter("Beth", ("CV-402", "1"), demo_id=made[3].id, state=OrderState.DRAFT)
    for asked in made[:5]:
        found = shop.app.read(chain_of, asked.id)
        assert [(node.name, node.depth, node.bookings, node.orders, node.sales) for node in found.nodes] == [
            ("Demo 0", 0, 1, 0, 0),
            ("Demo 1", 1, 2, 0, 0),
            ("Demo 2", 2, 0, 0, 0),
            ("Demo 3", 2, 1, 1, 3664),
            ("Demo 4", 3, 0, 0, 0),
        ]
        assert (found.currency, found.sales, found.more) == ("USD", 3664, 0)
    alone = shop.app.read(chain_of, made[5].id)
    assert [(node.name, node.parent_id) for node in alone.nodes] == [("Demo 5", None)]


def test_a_demo_that_was_deleted_cuts_the_chain(shop: Shop) -> None:
    made = demos(shop, None, 0, 1)
    with shop.app.store.write("test") as work:
        work.delete(work.get(Demo, made[1].id))
    assert [node.name for node in shop.app.read(chain_of, made[0].id).nodes] == ["Demo 0"]
    assert [node.name for node in shop.app.read(chain_of, made[2].id).nodes] == ["Demo 2"]


def test_a_circle_of_demos_ends(shop: Shop) -> None:
    first, second = demos(shop, None, 0)
    with shop.app.store.write("test") as work:
        work.update(Demo, first.id, parent_id=second.id)
    assert {node.name for node in shop.app.read(chain_of, first.id).nodes} == {"Demo 0", "Demo 1"}


def test_a_long_chain_is_cut(shop: Shop) -> None:
    made = demos_in_a_row(shop, MOST + 3)
    found = shop.app.read(chain_of, made[0].id)
    assert (len(found.nodes), found.more) == (MOST, 3)


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


@pytest.mark.parametrize(
    ("kind", "order_kind", "gifts", "samples"),
    [
        (LineKind.GIFT, OrderKind.SALE, 937, 0),
        (LineKind.SAMPLE, OrderKind.SALE, 0, 937),
        (LineKind.GIFT, OrderKind.HOST, 0, 0),  # of the company's programme
    ],
)
def test_what_guests_get_for_nothing_costs_the_seller_its_wholesale_price(
    shop: Shop, kind: LineKind, order_kind: OrderKind, gifts: int, samples: int
) -> None:
    (demo,) = demos(shop, None)
    shop.app.run(save_terms, SettlingTerms(commission_ppm=250_000, card_ppm=0, card_fixed=0, charges_tax=True))
    view = shop.enter("Amy", ("CV-402", "1"), ("CV-110", "1"), demo_id=demo.id, state=OrderState.DRAFT)
    before = shop.app.read(party_account, demo.id).settlement
    first, second = view.lines
    order = replace(view.order, state=OrderState.PLACED, kind=order_kind)
    with shop.app.store.write("test") as work:
        work.save(order)
        work.save(replace(second, kind=kind))
    account = shop.app.read(party_account, demo.id)
    costs = account.settlement.costs
    assert (costs.gifts, costs.samples) == (gifts, samples)  # 12.50 less 3.13
    assert account.settlement.net == account.settlement.result - gifts - samples
    assert before.costs.total == 0
    assert first.code == "CV-402"


def test_the_hosts_sheet_adds_up_what_it_shows(shop: Shop) -> None:
    (demo,) = demos(shop, None)
    shop.enter("Amy", ("CV-402", "1"), demo_id=demo.id)
    half = shop.enter("Beth", ("CV-315", "1"), demo_id=demo.id)
    own = shop.enter("Dana", ("CV-204", "1"), demo_id=demo.id)
    with shop.app.store.write("test") as work:
        work.save(replace(half.lines[0], kind=LineKind.HALF_PRICE))
        work.save(replace(own.order, kind=OrderKind.HOST))  # bought at full price with her reward
    sheet = shop.app.read(host_sheet, demo.id, date(2026, 3, 1))
    assert [(row.label, row.value) for row in sheet.sections[0].rows] == [
        ("Amy", "$34.00"),
        ("Beth", "$29.00"),
        ("Goods of all guests", "$63.00"),
    ]
