"""A book with one huge party: 200 guests, 600 placed orders, a catalogue, a host programme. Invented, made in a second or two."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from directsell.domain.catalog import Brand, Product
from directsell.domain.countries import country
from directsell.domain.demos import Demo, DemoState
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.orders import OrderLine, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Person, ReachKind, ReachPoint, fold
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxRate
from directsell.store.queries.orders import blank_order
from directsell.store.work import Work
from directsell.usecases.catalog import save_brand, save_product
from directsell.usecases.demos import save_demo
from directsell.usecases.orders import MoneyTaken, OrderForm, enter_order
from directsell.usecases.parties import seat_guest, start_programme
from directsell.usecases.people import PersonForm, save_person
from directsell.usecases.settings import set_up_business
from directsell.usecases.verbs import usecase
from tests.fixtures import books
from tests.perf import big_book

GOODS = 400
_THINGS = ("Bowl", "Knife", "Pan", "Board", "Jar", "Press", "Grater", "Form", "Bottle", "Cup", "Tray", "Whisk", "Ladle")
_LOOKS = ("Blue", "Green", "Deep", "Flat", "Round", "Small", "Large", "Steel", "Olive")
_WAYS = (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER)


@dataclass(frozen=True, slots=True)
class BigParty:
    """What was made: the demo, guests with names that every keyboard has, the codes of the goods."""

    demo_id: UUID
    names: tuple[str, ...]
    codes: tuple[str, ...]


@usecase("Bench")
def make_party(work: Work, guests: int, orders: int) -> BigParty:
    """Put a business, goods, a demo, its guests and their orders into an empty book."""
    dice = random.Random(20260213)
    profile = replace(country("US").profile(), rates=(TaxRate("Sales tax", 77_500),), exempt_classes=("food",))
    set_up_business(work, Business(name="Bench & Sons", street="1 Main Street", city="Santa Fe", region="NM"), profile)
    goods = _goods(work, dice)
    people = [_person(work, number) for number in range(guests + 1)]
    demo = Demo(
        id=work.new_id(),
        title="A very large party",
        host_id=people[0].id,
        day=date(2026, 2, 13),
        starts=time(19),
        state=DemoState.OPEN,
        created_at=work.now,
    )
    save_demo(work, demo)
    programme = next(sample for sample in SAMPLES if sample.key == "us-steps-weighted")
    start_programme(work, demo.id, programme.name, programme.rules)
    for person in people[1:]:
        seat_guest(work, demo.id, person.id)
    for number in range(orders):
        _order(work, demo.id, people[1 + number % guests].id, goods, dice)
    names = sorted(f"{person.given} {person.family}" for person in people[1:])
    typed = tuple(name for name in names if fold(name).isascii())
    return BigParty(demo.id, typed, tuple(product.code for product, _ in goods))


def _goods(work: Work, dice: random.Random) -> list[tuple[Product, Decimal]]:
    brand = save_brand(work, Brand(id=work.new_id(), name="Casa Verde"))
    made = []
    for number in range(GOODS):
        product = Product(
            id=work.new_id(),
            brand_id=brand.id,
            code=f"CV-{100 + number}",
            name=f"{dice.choice(_LOOKS)} {dice.choice(_THINGS)} {number}",
            barcode=f"4006381{number:06d}",
            page=str(4 + number // 8),
            created_at=work.now,
        )
        price = Decimal(dice.randrange(500, 12_000)) / 100
        save_product(work, product, price=price, currency="USD")
        made.append((product, price))
    return made


def _person(work: Work, number: int) -> Person:
    given = big_book._GIVEN[number % len(big_book._GIVEN)]
    family = f"{big_book._STEMS[number % len(big_book._STEMS)]}{big_book._ENDINGS[number % len(big_book._ENDINGS)]}"
    person = Person(id=work.new_id(), given=given, family=f"{family} {number}", created_at=work.now)
    phone = ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value=f"+1505555{number:04d}")
    save_person(work, PersonForm(person=person, reach=(phone,)))
    return person


def _order(
    work: Work, demo_id: UUID, person_id: UUID, goods: Sequence[tuple[Product, Decimal]], dice: random.Random
) -> None:
    order = blank_order(
        work, work.new_id(), now=work.now, today=date(2026, 2, 13), person_id=person_id, demo_id=demo_id
    )
    order = replace(order, state=OrderState.PLACED, shipping=500)
    lines = tuple(
        OrderLine(
            id=work.new_id(),
            order_id=order.id,
            position=place,
            product_id=product.id,
            code=product.code,
            name=product.name,
            quantity=Decimal(dice.randrange(1, 4)),
            unit_price=price,
        )
        for place, (product, price) in enumerate(dice.sample(goods, dice.randrange(1, 5)), 1)
    )
    form = OrderForm(order=order, lines=lines)
    money = (MoneyTaken(method=dice.choice(_WAYS), amount=dice.randrange(1000, 3000)),) if dice.random() < 0.9 else ()
    enter_order(work, form, money)


def put_party(folder: Path, guests: int, orders: int) -> tuple[Path, BigParty]:
    """Make the book of a party under ``books.KEY`` in a folder; its journal holds the party as one step."""
    from directsell.app import App

    path = books.put_book(folder)
    app = App(books.open_book(path))
    try:
        made: BigParty = app.run(make_party, guests, orders)
    finally:
        app.close()
    return path, made
