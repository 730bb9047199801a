"""A segment's SQL finds exactly those whom the same filter, written plainly in Python, finds; on random books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from directsell.domain.catalog import Brand, Product
from directsell.domain.contact_choices import Channel
from directsell.domain.demos import Demo, DemoState, co_host_of, guest_of, wish_of
from directsell.domain.marketing import Campaign
from directsell.domain.orders import Order, OrderKind, OrderLine, OrderState
from directsell.domain.people import Address, Consent, ContactEntry, Person, Rank, Role, Stage, role_of, tag_of
from directsell.domain.records import Record, standing
from directsell.domain.segments import (
    MONTHS,
    Goods,
    Group,
    Match,
    Rule,
    RuleKind,
    check_group,
    is_postcode,
    month_of,
)
from directsell.store.database import Store
from directsell.store.queries.segments import find_people, is_in, people_in, subject_names, towns
from directsell.store.work import Work
from tests.fixtures import books

TODAY = books.NOON.date()
DAYS = (1, 7, 30, 90, 365, None)


@dataclass
class Book:
    """What was written, by kind."""

    people: list[Person] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    brands: list[Brand] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = books.open_book(books.put_book(tmp_path / "book"))
    yield opened
    opened.close()


def fill_book(work: Work, dice: Random) -> Book:
    """Write a small book in which every rule finds somebody and leaves somebody out."""
    book = Book()

    def day() -> date:
        return TODAY - timedelta(days=dice.choice((0, 1, 6, 7, 8, 29, 30, 31, 89, 90, 91, 200, 365, 366, 900)))

    book.brands = [Brand(id=work.new_id(), name=name) for name in ("Verde", "Azul")]
    book.campaigns = [
        Campaign(id=work.new_id(), name=n, starts_on=TODAY, created_at=work.now) for n in ("Spring", "Fall")
    ]
    book.products = [
        Product(id=work.new_id(), code=f"P{number}", name=f"Thing {number}", category=dice.choice(("Pans", "Knives")),
                brand_id=dice.choice([None, *(b.id for b in book.brands)]), created_at=work.now)
        for number in range(5)
    ]  # fmt: skip
    for number in range(25):
        book.people.append(
            Person(
                id=work.new_id(),
                given=f"P{number}",
                family=dice.choice(("Ruiz", "Stone", "Öz")),
                stage=dice.choice(list(Stage)),
                rank=dice.choice(list(Rank)),
                lead_source=dice.choice(("", "Fair", "Friend")),
                language=dice.choice(("", "de", "de_AT", "en_US", "den")),
                birthday=dice.choice(("", "1980-06-15", "--06-01", "1970-07-31", "1999-12-24")),
                campaign_id=dice.choice([None, *(c.id for c in book.campaigns)]),
                erased_on=TODAY if number == 3 else None,
                created_at=datetime.combine(day(), datetime.min.time(), UTC),
            )
        )
    work.save_many([*book.brands, *book.campaigns, *book.products])
    work.save_many(book.people)
    records: list[Record] = []
    for person in book.people:
        records += [role_of(person.id, role) for role in Role if dice.random() < 0.3]
        records += [tag_of(person.id, tag) for tag in ("vip", "news") if dice.random() < 0.4]
        if dice.random() < 0.7:
            records.append(
                Address(id=work.new_id(), person_id=person.id, street="1 Lane", postcode=dice.choice(("8010", "80331", "sw1a")),
                        city=dice.choice(("Graz", "GRAZ", "Köln", "KÖLN", "Grazberg")))
            )  # fmt: skip
        for channel in (Channel.EMAIL, Channel.POST):
            last: Consent | None = None
            for step in range(dice.randrange(4)):
                undo = last is not None and dice.random() < 0.4
                last = Consent(
                    id=work.new_id(), person_id=person.id, channel=channel, given=dice.random() < 0.6,
                    at=books.NOON - timedelta(hours=10 - step), reverses_id=last.id if undo and last else None,
                )  # fmt: skip
                records.append(last)
        for _ in range(dice.randrange(3)):
            records.append(
                ContactEntry(
                    id=work.new_id(), person_id=person.id, channel=dice.choice((Channel.CALL, Channel.NOTE, Channel.EMAIL)),
                    at=datetime.combine(day(), datetime.min.time(), UTC),
                    campaign_id=dice.choice([None, *(c.id for c in book.campaigns)]),
                )
            )  # fmt: skip
        if dice.random() < 0.3:
            records.append(wish_of(person.id, dice.choice(book.products).id))
    for _ in range(12):
        demo = Demo(
            id=work.new_id(), day=dice.choice((day(), TODAY + timedelta(days=5))), state=dice.choice(list(DemoState)),
            host_id=dice.choice([None, *(p.id for p in book.people)]), created_at=work.now,
        )  # fmt: skip
        records.append(demo)
        records += [replace(guest_of(demo.id, p.id), attended=dice.random() < 0.5) for p in dice.sample(book.people, 3)]
        if dice.random() < 0.4:
            records.append(co_host_of(demo.id, dice.choice(book.people).id, 0))
    for _ in range(40):
        order = replace(
            books.add_order(work, lines=0, person_id=dice.choice(book.people).id),
            state=dice.choice(list(OrderState)),
            kind=dice.choice((OrderKind.SALE, OrderKind.SALE, OrderKind.HOST, OrderKind.RETURN)),
            ordered_on=day(),
            currency=dice.choice(("USD", "USD", "EUR")),
        )
        records.append(order)
        sign = -1 if order.kind is OrderKind.RETURN else 1
        for position, product in enumerate(dice.sample(book.products, dice.randrange(4))):
            records.append(
                OrderLine(id=work.new_id(), order_id=order.id, position=position, product_id=product.id, code=product.code,
                          name=product.name, quantity=sign * Decimal(dice.randint(1, 3)), unit_price=Decimal(10))
            )  # fmt: skip
    work.save_many(records)
    book.records = records
    return book


class Plain:
    """The same filter, written plainly over records."""

    def __init__(self, store: Store) -> None:
        with store.read() as reader:
            self.people = [p for p in reader.find(Person) if p.erased_on is None]
            self.kinds: dict[type[Record], list[Record]] = {
                kind: list(reader.find(kind))
                for kind in (Address, Consent, ContactEntry, Demo, Order, OrderLine, Product)
            }
            self.totals = {UUID(bytes=key): total for key, total in reader.rows("SELECT id, total FROM sales_order")}
            self.rows = {
                table: [
                    (UUID(bytes=a), b)
                    for a, b in reader.rows(f"SELECT person_id, {name} FROM {table} WHERE deleted_at IS NULL")
                ]
                for table, name in (("person_role", "role"), ("person_tag", "tag"), ("wish", "product_id"))
            }
            self.attended = [
                (UUID(bytes=person), date.fromisoformat(day))
                for person, day in reader.rows(
                    "SELECT g.person_id, d.day FROM demo_guest g JOIN demo d ON d.id = g.demo_id WHERE g.attended = 1"
                )
            ]
            self.co_hosts = [
                (UUID(bytes=d), UUID(bytes=p)) for d, p in reader.rows("SELECT demo_id, person_id FROM co_host")
            ]

    def of(self, kind: type[Record]) -> list[Record]:
        return self.kinds[kind]

    def ids(self, group: Group) -> set[UUID]:
        return {person.id for person in self.people if self.group(group, person)}

    def group(self, group: Group, person: Person) -> bool:
        answers = [self.rule(rule, person) for rule in group.rules] + [
            self.group(inner, person) for inner in group.groups
        ]
        joined = (all if group.match is Match.ALL else any)(answers) if answers else True
        return joined is not group.negated

    def rule(self, rule: Rule, person: Person) -> bool:
        return self.answer(rule, person) is not rule.negated

    def answer(self, rule: Rule, person: Person) -> bool:
        since = date.min if rule.days is None else TODAY - timedelta(days=rule.days)
        match rule.kind:
            case RuleKind.BOUGHT:
                return self.bought(rule, person, since)
            case RuleKind.LAPSED:
                return self.bought(rule, person, date.min) and not self.bought(rule, person, since)
            case RuleKind.SPENT:
                return within(rule, sum(self.totals[o.id] for o in self.orders(person, since) if o.currency == "USD"))
            case RuleKind.TIMES:
                return within(rule, sum(self.totals[o.id] >= 0 for o in self.orders(person, since)))
            case RuleKind.WISH:
                return any(
                    who == person.id and self.is_about(rule, UUID(bytes=what)) for who, what in self.rows["wish"]
                )
            case RuleKind.BIRTHDAY:
                return person.birthday != "" and int(person.birthday[-5:-3]) == month_of(rule.subject, TODAY.month)
            case RuleKind.SOURCE:
                return person.lead_source == rule.subject
            case RuleKind.TAG | RuleKind.ROLE:
                return (person.id, rule.subject) in self.rows[f"person_{rule.kind}"]
            case RuleKind.STAGE | RuleKind.RANK:
                return str(getattr(person, rule.kind)) == rule.subject
            case RuleKind.PLACE:
                return any(
                    near(a, rule.subject)
                    for a in self.of(Address)
                    if isinstance(a, Address) and a.person_id == person.id
                )
            case RuleKind.LANGUAGE:
                return (person.language or "en_US").partition("_")[0] == rule.subject
            case RuleKind.CONSENT:
                mine = [c for c in self.of(Consent) if isinstance(c, Consent) and c.person_id == person.id]
                words = [c for c in standing(sorted(mine, key=lambda c: c.at)) if c.channel == rule.subject]
                return bool(words) and words[-1].given
            case RuleKind.CAMPAIGN:
                contacted = any(str(e.campaign_id) == rule.subject for e in self.contacts(person))
                return contacted or str(person.campaign_id) == rule.subject
            case RuleKind.CONTACTED:
                return any(e.channel is not Channel.NOTE and e.at.date() >= since for e in self.contacts(person))
            case RuleKind.ATTENDED:
                return any(who == person.id and day >= since for who, day in self.attended)
            case RuleKind.HOSTED:
                return any(
                    self.is_host(d, person) and since <= d.day <= TODAY for d in self.of(Demo) if isinstance(d, Demo)
                )
            case RuleKind.ADDED:
                return person.created_at.date() >= since

    def contacts(self, person: Person) -> list[ContactEntry]:
        return [e for e in self.of(ContactEntry) if isinstance(e, ContactEntry) and e.person_id == person.id]

    def is_host(self, demo: Demo, person: Person) -> bool:
        if demo.state in (DemoState.CANCELLED, DemoState.POSTPONED):
            return False
        return demo.host_id == person.id or (demo.id, person.id) in self.co_hosts

    def orders(self, person: Person, since: date) -> list[Order]:
        counted = (OrderState.PLACED, OrderState.DELIVERED)
        mine = [o for o in self.of(Order) if isinstance(o, Order) and o.person_id == person.id]
        return [o for o in mine if o.state in counted and o.ordered_on >= since]

    def bought(self, rule: Rule, person: Person, since: date) -> bool:
        orders = self.orders(person, since)
        if rule.goods is Goods.ANYTHING:
            return any(self.totals[o.id] >= 0 for o in orders)
        ids = {o.id for o in orders if o.kind is not OrderKind.RETURN}
        lines = [line for line in self.of(OrderLine) if isinstance(line, OrderLine) and line.order_id in ids]
        return any(
            line.product_id is not None and self.is_about(rule, line.product_id) for line in lines if line.quantity > 0
        )

    def is_about(self, rule: Rule, product_id: UUID) -> bool:
        product = next(p for p in self.of(Product) if p.id == product_id)
        assert isinstance(product, Product)
        match rule.goods:
            case Goods.ANYTHING:
                return True
            case Goods.PRODUCT:
                return str(product.id) == rule.subject
            case Goods.BRAND:
                return str(product.brand_id) == rule.subject
            case Goods.CATEGORY:
                return product.category == rule.subject


def within(rule: Rule, value: int) -> bool:
    return (rule.low is None or rule.low <= 0 or value >= rule.low) and (rule.high is None or value <= rule.high)


def near(address: Address, place: str) -> bool:
    if is_postcode(place):
        return address.postcode.upper().startswith(place.strip().upper())
    return address.city.casefold() == place.casefold()


def any_rule(dice: Random, book: Book) -> Rule:
    """Return a random rule that can be asked."""
    kind = dice.choice(list(RuleKind))
    goods = dice.choice(list(Goods))
    subjects = {
        RuleKind.BIRTHDAY: [*MONTHS],
        RuleKind.SOURCE: ["Fair", "Nobody"],
        RuleKind.TAG: ["vip", "news"],
        RuleKind.ROLE: [*Role],
        RuleKind.STAGE: [*Stage],
        RuleKind.RANK: [*Rank],
        RuleKind.PLACE: ["graz", "Köln", "80", "SW", "Nowhere"],
        RuleKind.LANGUAGE: ["de", "en"],
        RuleKind.CONSENT: ["email", "post"],
        RuleKind.CAMPAIGN: [str(c.id) for c in book.campaigns],
    }
    named = {
        Goods.ANYTHING: [""],
        Goods.PRODUCT: [str(p.id) for p in book.products],
        Goods.BRAND: [str(b.id) for b in book.brands],
        Goods.CATEGORY: ["Pans", "Knives"],
    }
    low, high = dice.choice(((None, 3), (1, None), (2, 5), (0, 0), (1000, 6000), (None, 2500), (2000, None), (0, None)))
    ranged = kind in (RuleKind.SPENT, RuleKind.TIMES)
    return Rule(
        kind=kind,
        negated=dice.random() < 0.3,
        goods=goods,
        subject=str(dice.choice(subjects.get(kind, named[goods]))),
        days=dice.choice(DAYS[:-1]) if kind in (RuleKind.LAPSED, RuleKind.ADDED) else dice.choice(DAYS),
        low=low if ranged else None,
        high=high if ranged else None,
    )


def any_group(dice: Random, book: Book, depth: int = 0) -> Group:
    inner = tuple(any_group(dice, book, depth + 1) for _ in range(dice.randrange(3))) if depth < 2 else ()
    rules = tuple(any_rule(dice, book) for _ in range(dice.randrange(3)))
    return Group(match=dice.choice(list(Match)), rules=rules, groups=inner, negated=dice.random() < 0.2)


@pytest.mark.parametrize("seed", range(8))
def test_the_sql_finds_whom_the_plain_filter_finds(store: Store, seed: int) -> None:
    dice = Random(seed)
    with store.write("Book") as work:
        book = fill_book(work, dice)
    plain = Plain(store)
    groups = [Group(rules=(any_rule(dice, book),)) for _ in range(80)] + [any_group(dice, book) for _ in range(40)]
    with store.read() as reader:
        for group in groups:
            check_group(group)
            found = people_in(reader, group, TODAY)
            assert set(found) == plain.ids(group), group
            counted = find_people(reader, group, TODAY, names=3)
            assert counted.count == len(found) == len(set(found))
            assert len(counted.names) == min(3, len(found))
            for person in dice.sample(book.people, 2):
                assert is_in(reader, person.id, group, TODAY) == (person.id in found)


def test_names_of_subjects_and_towns(store: Store) -> None:
    with store.write("Book") as work:
        book = fill_book(work, Random(1))
    product, brand, campaign = book.products[0], book.brands[0], book.campaigns[0]
    group = Group(
        rules=(
            Rule(kind=RuleKind.BOUGHT, goods=Goods.PRODUCT, subject=str(product.id)),
            Rule(kind=RuleKind.BOUGHT, goods=Goods.BRAND, subject=str(brand.id)),
            Rule(kind=RuleKind.CAMPAIGN, subject=str(campaign.id)),
            Rule(kind=RuleKind.TAG, subject="vip"),
        )
    )
    with store.read() as reader:
        assert subject_names(reader, group) == {
            str(product.id): product.name,
            str(brand.id): brand.name,
            str(campaign.id): campaign.name,
        }
        assert set(towns(reader, "gra")) == {"Graz", "GRAZ", "Grazberg"}
