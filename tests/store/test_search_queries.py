"""Searching by what was typed so far: what is found, in which order, and that no typed sign breaks the query."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directsell.domain.catalog import Product
from directsell.domain.demos import Demo
from directsell.domain.orders import Order
from directsell.domain.people import Address, Person, ReachKind, ReachPoint
from directsell.store.database import Store
from directsell.store.queries.recent import find_hit, recent
from directsell.store.queries.search import Hit, HitKind, fts_words, search, typed_words
from directsell.store.work import Work
from tests.fixtures import books


def found(store: Store, text: str) -> list[Hit]:
    with store.read() as reader:
        return search(reader, text)


def titles(store: Store, text: str, kind: HitKind = HitKind.PERSON) -> list[str]:
    return [hit.title for hit in found(store, text) if hit.kind is kind]


def product(work: Work, code: str, name: str, barcode: str = "") -> Product:
    return work.save(Product(id=work.new_id(), code=code, name=name, barcode=barcode, created_at=work.now))


@pytest.fixture
def book(store: Store) -> Store:
    with store.write("People") as work:
        dana = books.add_person(work, "Dana", family="Ruiz", customer_number="1047")
        work.save(ReachPoint(id=work.new_id(), person_id=dana.id, kind=ReachKind.MOBILE, value="+1 505 555 0142"))
        work.save(Address(id=work.new_id(), person_id=dana.id, city="Santa Fe"))
        books.add_person(work, "Ruth", family="Abernathy")
        books.add_person(work, "Zoë", family="Krüger")
        books.add_person(work, "", company="Casa Verde")
        product(work, "CV-110", "Peeler", "4006381333931")
        product(work, "CV-204", "Batter bowls")
        work.save(Demo(id=work.new_id(), title="Autumn evening", host_id=dana.id, day=work.today, created_at=work.now))
        order = books.add_order(work, person_id=dana.id)
        work.save(replace(order, reference="W-7781"))
    with store.write("Issue", barrier=True) as work:
        books.issue(work, work.get(Order, order.id))
    return store


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ruiz", "Dana Ruiz"),
        ("ru", "Dana Ruiz"),
        ("dana r", "Dana Ruiz"),
        ("r dana", "Dana Ruiz"),
        ("DANA RUIZ", "Dana Ruiz"),
        ("zoe", "Zoë Krüger"),
        ("Kruger", "Zoë Krüger"),
        ("casa", "Casa Verde"),
        ("santa", "Dana Ruiz"),
        ("1047", "Dana Ruiz"),
        ("505 555 0142", "Dana Ruiz"),
        ("5550142", "Dana Ruiz"),
        ("555 0142", "Dana Ruiz"),
        ("+1 (505) 555-0142", "Dana Ruiz"),
    ],
)
def test_people_are_found_by_name_place_and_number(book: Store, text: str, first: str) -> None:
    assert titles(book, text)[0] == first


def test_a_name_that_begins_so_comes_before_one_that_contains_it(book: Store) -> None:
    assert titles(book, "ru") == ["Dana Ruiz", "Ruth Abernathy"]
    with book.write("More") as work:
        books.add_person(work, "Ru", family="Zander")
    assert titles(book, "ru z") == ["Ru Zander"]


@pytest.mark.parametrize("text", ["CV-110", "cv110", "cv 110", "peel", "4006381333931"])
def test_products_are_found_by_code_name_and_barcode(book: Store, text: str) -> None:
    assert titles(book, text, HitKind.PRODUCT)[0] == "Peeler"


@pytest.mark.parametrize("text", ["R-A-2026-0001", "r-a-2026", "1", "0001"])
def test_papers_and_orders_are_found_by_number(book: Store, text: str) -> None:
    assert titles(book, text, HitKind.PAPER) == ["R-A-2026-0001"]


def test_orders_are_found_by_paper_reference_and_person(book: Store) -> None:
    for text in ("R-A-2026-0001", "W-77", "Dana Ruiz"):
        hits = [hit for hit in found(book, text) if hit.kind is HitKind.ORDER]
        assert [hit.title for hit in hits] == ["Dana Ruiz"]
        assert (hits[0].day, hits[0].currency, hits[0].amount) == (date(2026, 6, 15), "USD", 8081)


def test_demos_are_found_by_title_and_host(book: Store) -> None:
    assert titles(book, "autumn", HitKind.DEMO) == titles(book, "dana ruiz", HitKind.DEMO) == ["Autumn evening"]


def test_the_kind_with_the_best_hit_comes_first(book: Store) -> None:
    assert found(book, "peeler")[0].kind is HitKind.PRODUCT
    assert found(book, "dana ruiz")[0].kind is HitKind.PERSON
    kinds = [hit.kind for hit in found(book, "dana ruiz")]
    assert kinds == sorted(kinds, key=kinds.index), "each kind stands together"


def test_every_hit_leads_to_the_page_that_shows_it(book: Store) -> None:
    pages = {hit.kind: hit.page for text in ("dana ruiz", "peeler", "R-A") for hit in found(book, text)}
    assert pages == {
        HitKind.PERSON: "people",
        HitKind.PRODUCT: "products",
        HitKind.ORDER: "orders",
        HitKind.PAPER: "documents",
        HitKind.DEMO: "demos",
    }


def test_deleted_and_merged_people_are_not_found(book: Store) -> None:
    with book.write("Away") as work:
        ruth, zoe = work.find(Person, given="Ruth")[0], work.find(Person, given="Zoë")[0]
        work.delete(ruth)
        work.save(replace(zoe, merged_into=work.find(Person, given="Dana")[0].id))
    assert titles(book, "ruth") == titles(book, "zoë") == []


def test_a_frequent_beginning_gives_few_rows_at_once(store: Store) -> None:
    with store.write("Many") as work:
        for number in range(300):
            books.add_person(work, f"Maria {number}", family="Garcia")
            product(work, f"M{number}", f"Maria candle {number}")
    assert len(found(store, "m")) <= 24
    assert titles(store, "maria 17")[0] == "Maria 17 Garcia"


@pytest.mark.parametrize(
    "text",
    ["", "   ", '"', '""', '"a', "*", "a*", "-", "AND", "a AND", "OR OR", "NOT a", "NEAR(", "NEAR(a b)", "{name} : a", "name:a",
     "^a", "(", "())", "a)b", "😀", "😀😀", "'; DROP TABLE person; --", "\0", "a\0b", "%", "_", "\\", "x" * 10_000,
     "a " * 5_000, "ß", "İ", "e\u0301", "\u202e", "מרים", "مريم", "हिन्दी", "山田"],
)  # fmt: skip
def test_no_sign_breaks_the_search(book: Store, text: str) -> None:
    found(book, text)
    assert titles(book, "ruiz") == ["Dana Ruiz"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=40))
def test_anything_may_be_typed(book: Store, text: str) -> None:
    with book.read() as reader:
        for hit in search(reader, text):
            assert find_hit(reader, hit.kind, hit.id) is not None


def test_words_are_quoted_one_by_one() -> None:
    assert fts_words('dana "ruiz') == '"dana"* AND "ruiz"*'
    assert fts_words("-- 😀 ()") == ""
    assert typed_words("^CV-110!") == ["CV-110"]
    assert typed_words("e\u0301") == ["e\u0301"]
    assert len(typed_words("word " * 50)) == 8


def test_recent_things_come_in_the_order_of_work(book: Store) -> None:
    with book.write("Change") as work:
        peeler = work.find(Product, code="CV-110")[0]
        work.save(replace(peeler, name="Swivel peeler"))
    with book.write("Import", origin="import") as work:
        books.add_person(work, "Imported")
    with book.read() as reader:
        hits = recent(reader, limit=3)
    assert [(hit.kind, hit.title) for hit in hits][:2] == [
        (HitKind.PRODUCT, "Swivel peeler"),
        (HitKind.PAPER, "R-A-2026-0001"),
    ]
