"""A large book for benchmarks: 100,000 people, 20,000 products, 1,000,000 orders; invented, reproducible, made once.

It lies in the system's folder for temporary files under a name that follows from this text, the schema and the month, so that
it is made anew when one of them changes. Nobody writes to it: who wants to write takes a copy.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from directsell.domain.catalog import Price, Product
from directsell.domain.clock import FixedClock, to_micros
from directsell.domain.demos import Demo, DemoState, Reply, guest_of
from directsell.domain.followups import FollowUp, Reason
from directsell.domain.ids import IdSource, named_id
from directsell.domain.orders import Order, OrderLine, OrderState, Origin
from directsell.domain.payments import Payment, PaymentMethod
from directsell.domain.people import (
    Address,
    Channel,
    ContactEntry,
    Outcome,
    Person,
    ReachKind,
    ReachPoint,
    Role,
    Stage,
    role_of,
    tag_of,
)
from directsell.domain.pricing import profile_text
from directsell.domain.records import Record
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile
from directsell.store import buyers, search, statements
from directsell.store.connection import Connection, connect
from directsell.store.mapper import mapping
from directsell.store.upgrade import create_store, drop_triggers, install_triggers, reference
from directsell.store.version import VERSION
from directsell.usecases.settings import set_up_business


def _words(text: str, between: str | None = None) -> tuple[str, ...]:
    return tuple(text.split(between))


KEY = bytes(range(32))
PROFILE = profile_text(TaxProfile())
_GIVEN = _words("""Anna Bella Clara Dana Emma Fiona Greta Hanna Ines Jana Karla Lena Mara Nora Olga Petra Rosa Sara Tina Ulla
    Adam Bruno Carlos David Erik Felix Georg Hugo Ivan Jonas Karl Leon Marco Nils Oskar Paul Ralf Simon Tom Victor
    Aylin Beatriz Chloé Dörte Élodie Fatma Gülsen Jiří Łucja Márta Noémi Ørjan Søren Zoë Ximena Yusuf""")
_STEMS = _words("""Al Ber Bran Cas Dal Diet Eck Fal Fuch Gar Gru Hag Hor Ib Jan Kel Krü Lam Lind Mar Mor Nov Oli Pet Quin
    Ram Rich San Schmi Schnei Sil Ster Tan Tho Ull Var Wag Web Zim Zol""")
_ENDINGS = _words("ers dt tillo rich ström s ber vat arra sen ger qvist eno ak mann ini ski wicz sson dez ova")
_PLACES = _words("Santa Fe,Freiburg,Graz,Bergen,Porto,Lyon,Kraków,Tampere,Bologna,Utrecht,Brno,Malmö,Cork,Toledo", ",")
_STREETS = _words("Mill Church Garden Station Harbor Lime Orchard Ring Summit Willow")
_NEEDS = ("a good knife", "pans for induction", "a gift for a wedding", "jars that keep tight", "less waste")
_COLORS = _words("blue green red white black sand olive plum copper steel")
_SIZES = _words("small medium large deep flat round long wide")
_THINGS = _words("Bowl Knife Pan Board Jar Press Grater Form Bottle Cup Tray Whisk Ladle Timer Scale Brush Sieve Pot")
_BATCH = 20_000
_TYPED = 20_000  # so many of the newest orders were typed here, the others came from another program


@dataclass(frozen=True, slots=True)
class Size:
    """How much is in a book."""

    people: int = 100_000
    products: int = 20_000
    orders: int = 1_000_000


BIG = Size()
SMALL = Size(people=5_000, products=1_000, orders=20_000)


def cached(size: Size = BIG) -> Path:
    """Return the path of a book of this size under ``KEY``, made now if it is not there yet; it is for reading only."""
    folder = Path(tempfile.gettempdir()) / "directsell-bench"
    folder.mkdir(exist_ok=True)
    wanted = folder / f"book-{size.orders}-{_fingerprint(size)}.db"
    if not wanted.exists():
        for old in folder.glob(f"book-{size.orders}-*"):
            old.unlink()
        print(f"making a book of {size.orders:,} orders, once ...", file=sys.stderr, flush=True)
        began = time.perf_counter()
        unfinished = wanted.with_suffix(f".{os.getpid()}")
        make(unfinished, size)
        unfinished.replace(wanted)
        print(f"made in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return wanted


def _fingerprint(size: Size) -> str:
    with reference(VERSION) as connection:
        schema = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    month = datetime.now(UTC).strftime("%Y-%m")  # what is due lies around the day on which the book was made
    text = f"{Path(__file__).read_text(encoding='utf-8')}{schema}{size}{month}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def make(path: Path, size: Size = BIG) -> None:
    """Write a book of this size; its journal is empty, as after years of pruning."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    dice = random.Random(20261122)
    clock = FixedClock(now)
    ids = IdSource(clock, dice.getrandbits)
    store = create_store(path, KEY, clock=clock, ids=ids, device_name="bench")
    try:
        seller = Business(name="Bench & Sons", street="1 Main Street", city="Santa Fe", currency="USD")
        with store.write("bench") as work:
            set_up_business(work, seller, TaxProfile())
    finally:
        store.close()
    connection = connect(path, KEY)
    try:
        connection.execute("PRAGMA synchronous = 0")
        connection.execute("PRAGMA cache_size = -600000")
        _Filler(connection, dice, ids, now, size).fill()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


class _Filler:
    """Writes rows past triggers and journal, table by table, with the indexes in place as in a grown book."""

    def __init__(self, connection: Connection, dice: random.Random, ids: IdSource, now: datetime, size: Size) -> None:
        self._connection = connection
        self._dice = dice
        self._ids = ids
        self._now = now
        self._today: date = now.date()
        self._size = size
        self._people: list[UUID] = []
        self._products: list[tuple[UUID, str, str, int]] = []

    def fill(self) -> None:
        """Fill the empty book."""
        self._begin()
        drop_triggers(self._connection)
        for batch in _batches(self._size.people):
            self._add_people(batch)
        self._commit()
        for batch in _batches(self._size.products):
            self._add_products(batch)
        self._commit()
        self._add_plans()
        for batch in _batches(self._size.orders):
            self._add_orders(batch)
            self._commit()
        buyers.rebuild(self._connection)
        search.rebuild(self._connection)
        install_triggers(self._connection)
        self._connection.execute("COMMIT")
        self._connection.execute("ANALYZE")

    def _begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self._connection.execute("COMMIT")
        self._begin()

    def _insert(self, records: Iterable[Record]) -> None:
        kinds: dict[type[Record], list[tuple[Any, ...]]] = {}
        for record in records:
            kinds.setdefault(type(record), []).append(mapping(type(record)).encode(record))
        for kind, rows in kinds.items():
            self._connection.executemany(statements.insert(mapping(kind).entity.table), rows)

    def _add_people(self, numbers: range) -> None:
        records: list[Record] = []
        for number in numbers:
            records.extend(self._person(number))
        self._insert(records)

    def _person(self, number: int) -> Iterator[Record]:
        dice = self._dice
        customer = dice.random() < 0.6
        age = date(1950, 1, 1) + timedelta(days=dice.randrange(20_000))
        person = Person(
            id=self._ids.new(),
            given=dice.choice(_GIVEN),
            family=f"{dice.choice(_STEMS)}{dice.choice(_STEMS).lower()}{dice.choice(_ENDINGS)}",
            stage=Stage.WON if customer else dice.choice((Stage.NEW, Stage.CONTACTED, Stage.QUALIFIED, Stage.LOST)),
            need=dice.choice(_NEEDS) if dice.random() < 0.3 else "",
            birthday=age.isoformat() if dice.random() < 0.5 else "",
            created_at=self._now - timedelta(minutes=9 * (self._size.people - number)),
        )
        self._people.append(person.id)
        yield person
        phone = f"+1 505 {number // 10_000:03d} {number % 10_000:04d}"
        yield ReachPoint(id=self._ids.new(), person_id=person.id, kind=ReachKind.MOBILE, value=phone)
        if dice.random() < 0.6:
            mail = f"{person.given}.{person.family}{number}@example.com".lower()
            yield ReachPoint(id=self._ids.new(), person_id=person.id, kind=ReachKind.EMAIL, value=mail, position=1)
        yield Address(
            id=self._ids.new(),
            person_id=person.id,
            street=f"{number % 200 + 1} {dice.choice(_STREETS)} Street",
            postcode=f"{10_000 + number % 89_999}",
            city=dice.choice(_PLACES),
            country="US",
        )
        if customer:
            yield role_of(person.id, Role.CUSTOMER)
        if dice.random() < 0.1:
            yield tag_of(person.id, dice.choice(("regular", "christmas", "newsletter")))
        if dice.random() < 0.5:
            yield ContactEntry(
                id=self._ids.new(),
                person_id=person.id,
                at=self._now - timedelta(hours=dice.randrange(20_000)),
                channel=Channel.CALL,
                outcome=Outcome.REACHED,
                text=f"Likes {dice.choice(_THINGS).lower()}s in {dice.choice(_COLORS)}",
            )

    def _add_products(self, numbers: range) -> None:
        retail = named_id("price_list", "retail", "USD")
        records: list[Record] = []
        for number in numbers:
            name = (
                f"{self._dice.choice(_THINGS)} {self._dice.choice(_COLORS)} {self._dice.choice(_SIZES)} {number % 89}"
            )
            product = Product(
                id=self._ids.new(),
                code=f"CV-{number:05d}",
                name=name,
                barcode=f"{4_000_000_000_000 + number}",
                category=f"Kitchen {number % 40}",
                created_at=self._now,
            )
            cents = self._dice.randint(500, 9900)
            self._products.append((product.id, product.code, name, cents))
            records.append(product)
            records.append(
                Price(
                    id=self._ids.new(),
                    product_id=product.id,
                    price_list_id=retail,
                    amount=Decimal(cents) / 100,
                    valid_from=date(2000, 1, 1),
                )
            )
        self._insert(records)

    def _add_plans(self) -> None:
        """Demos of three years with their guests, and follow-ups of which some are due."""
        count = self._size.people // 40
        records: list[Record] = []
        for number in range(count):
            day = self._today + timedelta(days=10 - (count - number) * 1100 // count)
            state = DemoState.SETTLED if day < self._today else DemoState.CONFIRMED
            demo = Demo(
                id=self._ids.new(),
                title=f"{self._dice.choice(_COLORS).capitalize()} evening" if number % 3 == 0 else "",
                host_id=self._dice.choice(self._people),
                state=state,
                day=day,
                starts=wall_time(19, 30),
                zone="America/Denver",
                city=self._dice.choice(_PLACES),
                created_at=self._now,
            )
            records.append(demo)
            records.extend(guest_of(demo.id, guest, Reply.ACCEPTED) for guest in self._dice.sample(self._people, 5))
            records.append(
                FollowUp(
                    id=self._ids.new(),
                    person_id=self._dice.choice(self._people),
                    due_on=self._today + timedelta(days=number % 60 - 2),
                    reason=Reason.AFTER_DEMO,
                    text="Ask how the evening was",
                    created_at=self._now,
                )
            )
        self._insert(records)
        self._commit()

    def _add_orders(self, numbers: range) -> None:
        """Orders of five and a half years; a million records are written from two patterns, to be quick."""
        heads: list[Sequence[Any]] = []
        lines: list[Sequence[Any]] = []
        payments: list[Record] = []
        for number in numbers:
            typed = number >= self._size.orders - _TYPED
            waiting = number >= self._size.orders - 400
            day = self._today - timedelta(days=(self._size.orders - number) * 2000 // self._size.orders)
            key, person = self._ids.new(), self._dice.choice(self._people)
            total = 0
            for position in range(1, self._dice.randint(1, 5) + 1 if typed else 2):
                product, code, name, cents = self._dice.choice(self._products)
                quantity = self._dice.randint(1, 4)
                total += quantity * cents
                lines.append(
                    _LINE.row(
                        id=self._ids.new().bytes,
                        order_id=key.bytes,
                        position=position,
                        product_id=product.bytes,
                        code=code,
                        name=name,
                        quantity=quantity * 1_000_000,
                        unit_price=cents * 10_000,
                    )
                )
            paid = typed and self._dice.random() < 0.97
            head = _ORDER.row(
                id=key.bytes,
                person_id=person.bytes,
                ordered_on=day.isoformat(),
                state=OrderState.PLACED.value if waiting else OrderState.DELIVERED.value,
                deliver_on=(self._today + timedelta(days=number % 9 - 2)).isoformat() if waiting else None,
                delivered_on=None if waiting else day.isoformat(),
                origin=Origin.ENTERED.value if typed else Origin.IMPORTED.value,
                reference="" if typed else f"N{number:07d}",
                created_at=to_micros(self._now) - (self._size.orders - number) * 170_000_000,
            )
            heads.append((*head, total, total if typed and not paid else 0))
            if paid:
                payments.append(
                    Payment(
                        id=self._ids.new(),
                        order_id=key,
                        person_id=person,
                        method=PaymentMethod.CASH,
                        amount=total,
                        currency="USD",
                        paid_on=day,
                        at=self._now,
                    )
                )
        self._connection.executemany(_ORDER.insert("total", "owed"), heads)
        self._connection.executemany(_LINE.insert(), lines)
        self._insert(payments)


class _Pattern:
    """The row of one record, of which only some columns change."""

    def __init__(self, record: Record) -> None:
        encoded = mapping(type(record)).encode(record)
        self._table = mapping(type(record)).entity.table
        self._names = statements.written(self._table)
        self._row = list(encoded)
        self._place = {name: place for place, name in enumerate(self._names)}

    def row(self, **values: object) -> list[Any]:
        """Return the row with other values in some columns."""
        row = self._row.copy()
        for name, value in values.items():
            row[self._place[name]] = value
        return row

    def insert(self, *more: str) -> str:
        """Return the INSERT of such a row, followed by values of further columns."""
        names = (*self._names, *more)
        quoted = ", ".join(f'"{name}"' for name in names)
        return f"INSERT INTO {self._table}({quoted}) VALUES ({', '.join('?' * len(names))})"


_NOBODY = UUID(int=0)
_ORDER = _Pattern(
    Order(id=_NOBODY, ordered_on=date(2026, 1, 1), currency="USD", tax_profile=PROFILE, created_at=datetime.now(UTC))
)
_LINE = _Pattern(
    OrderLine(id=_NOBODY, order_id=_NOBODY, position=1, name="", quantity=Decimal(1), unit_price=Decimal(1))
)


def _batches(count: int) -> Iterator[range]:
    for start in range(0, count, _BATCH):
        yield range(start, min(count, start + _BATCH))


def smaller(orders: int) -> Size:
    """Return a book of so many orders with fewer people and products in proportion; for trying out."""
    share = orders / BIG.orders
    return replace(BIG, people=int(BIG.people * share) or 100, products=int(BIG.products * share) or 50, orders=orders)


if __name__ == "__main__":
    print(cached(smaller(int(sys.argv[1])) if len(sys.argv) > 1 else BIG))
