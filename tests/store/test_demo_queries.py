"""Lists of demos, the days of a month and the card of one demo, against a small book."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from directsell.domain.demos import Demo, DemoGuest, DemoKind, DemoState, Reply, guest_of
from directsell.domain.orders import Order, OrderState
from directsell.domain.people import Address, Person
from directsell.store.database import Store
from directsell.store.queries.demos import (
    DemoFilter,
    DemoRow,
    demo_card,
    demo_days,
    demo_list,
    demos_on,
    first_address,
)
from directsell.store.reader import Reader
from tests.fixtures import books

TODAY = books.NOON.date()
SOON = TODAY + timedelta(days=5)


def rows(reader: Reader, **asked: object) -> list[DemoRow]:
    query = demo_list(currency="USD", today=TODAY, **asked)  # type: ignore[arg-type]
    rids = list(query.ids(reader))
    found = query.rows(reader, rids)
    return [found[rid] for rid in rids]


@pytest.fixture
def host(store: Store) -> Person:
    with store.write("host") as work:
        return books.add_person(work, "Dana", family="Ruiz")


@pytest.fixture
def demo(store: Store, host: Person) -> Demo:
    """A demo in five days with two guests, one of whom ordered twice; others before, after and cancelled."""
    with store.write("demos") as work:
        made = work.save(
            Demo(id=work.new_id(), host_id=host.id, day=SOON, starts=time(18, 30), city="Taos", created_at=work.now)
        )
        for title, days, state in (
            ("past", -3, DemoState.SETTLED),
            ("later", 9, DemoState.PLANNED),
            ("off", 5, DemoState.CANCELLED),
            ("moved", 6, DemoState.POSTPONED),
        ):
            day = TODAY + timedelta(days=days)
            work.save(
                Demo(id=work.new_id(), title=title, day=day, state=state, kind=DemoKind.FAIR, created_at=work.now)
            )
        amy, beth = books.add_person(work, "Amy"), books.add_person(work, "Beth")
        accepted = guest_of(made.id, amy.id, Reply.ACCEPTED)
        work.save_many([accepted, guest_of(made.id, beth.id, Reply.DECLINED)])
        work.update(DemoGuest, accepted.id, brings=1)
        for step in (OrderState.PLACED, OrderState.DELIVERED, OrderState.DRAFT, OrderState.CANCELLED):
            order = books.add_order(work, person_id=amy.id)
            work.update(Order, order.id, demo_id=made.id, state=step)
            if step is OrderState.DELIVERED:
                books.add_payment(work, order, 8081)
    return made


def test_filters(store: Store, demo: Demo) -> None:
    with store.read() as reader:
        assert [row.title or row.host for row in rows(reader)] == ["Dana Ruiz", "later"]
        assert [row.title for row in rows(reader, which=DemoFilter.PAST)] == ["past"]
        assert [row.title for row in rows(reader, which=DemoFilter.CANCELLED)] == ["moved", "off"]
        assert len(rows(reader, which=DemoFilter.ALL)) == 5
        assert next(row.day for row in rows(reader, which=DemoFilter.ALL)) == TODAY + timedelta(days=9)
        assert {row.title for row in rows(reader, day=SOON)} == {"", "off"}


@pytest.mark.parametrize(("typed", "found"), [("ruiz", 1), ("taos", 1), ("lat", 1), ("zz", 0), ('"', 0), ("')--", 0)])
def test_search_in_title_place_and_host(store: Store, demo: Demo, typed: str, found: int) -> None:
    with store.read() as reader:
        assert len(rows(reader, which=DemoFilter.ALL, text=typed)) == found


def test_a_row_counts_guests_and_sales(store: Store, demo: Demo) -> None:
    with store.read() as reader:
        row = rows(reader)[0]
    assert (row.guests, row.coming, row.orders, row.sales) == (3, 2, 2, 2 * 8081)
    assert row.starts == time(18, 30)


def test_the_card_counts_what_the_row_counts(store: Store, demo: Demo) -> None:
    with store.read() as reader:
        card = demo_card(reader, demo.id)
    assert card is not None
    assert (card.coming, card.placed, card.sales, card.owed) == (2, 2, 2 * 8081, 8081)
    assert card.host == "Dana Ruiz"
    guests = {row.name: row for row in card.guests}
    assert (guests["Amy"].orders, guests["Amy"].drafts, guests["Amy"].sales) == (2, 1, 2 * 8081)
    assert (guests["Beth"].orders, guests["Beth"].drafts, guests["Beth"].sales) == (0, 0, 0)
    assert [order.state for order in card.orders].count(OrderState.CANCELLED) == 1


def test_free_days(store: Store, demo: Demo) -> None:
    with store.read() as reader:
        assert demo_days(reader, TODAY, TODAY + timedelta(days=30)) == {SOON: 1, TODAY + timedelta(days=9): 1}
        assert demos_on(reader, SOON) == [("Dana Ruiz", time(18, 30))]
        assert demos_on(reader, SOON, except_demo=demo.id) == []
        assert demo_days(reader, date(2030, 1, 1), date(2030, 2, 1)) == {}


def test_the_first_address_is_proposed(store: Store, host: Person) -> None:
    with store.write("addresses") as work:
        for position, city in ((1, "Taos"), (0, "Santa Fe")):
            work.save(Address(id=work.new_id(), person_id=host.id, city=city, position=position))
    with store.read() as reader:
        found = first_address(reader, host.id)
        assert found is not None
        assert found.city == "Santa Fe"
        assert first_address(reader, UUID(int=1)) is None


def test_nothing(store: Store) -> None:
    with store.read() as reader:
        assert demo_card(reader, UUID(int=1)) is None
    with pytest.raises(ValueError, match="';"):
        demo_list(currency="';", today=TODAY)
