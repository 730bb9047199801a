"""Imports of sales, people and products: what is stored, what is refused, what a second import and an undo do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from directsell.app import App
from directsell.domain.catalog import Price, Product
from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderKind, OrderLine, OrderState, Origin
from directsell.domain.people import Address, Person, PersonKind, ReachPoint
from directsell.exchange.errors import ExchangeError
from directsell.exchange.headers import Target
from directsell.exchange.suggestions import suggest
from directsell.exchange.tables import open_table
from directsell.store.database import Cancelled
from directsell.store.queries.orders import retail_price
from directsell.usecases.imports import PeopleImport, ProductsImport, SalesImport
from directsell.usecases.imports.agreed import country_code
from directsell.usecases.imports.memory import remember_mapping, remembered_mapping
from directsell.usecases.imports.reading import Reading, read_cards, read_table
from tests.fixtures import books
from tests.fixtures.shops import Shop

TODAY = date(2026, 2, 13)


def read(folder: Path, target: Target, text: str, currency: str = "USD") -> Reading:
    """Read a table as the window would, with the suggested mapping."""
    path = folder / f"{target}.csv"
    path.write_text(text, encoding="utf-8")
    table = open_table(path)
    return read_table(table, suggest(target, table).mapping, currency=currency, today=TODAY)


def run(app: App, reading: Reading) -> SalesImport | PeopleImport | ProductsImport:
    verb, args, kwargs = reading.verb()
    outcome: SalesImport | PeopleImport | ProductsImport = app.run(verb, *args, **kwargs)
    return outcome


def sales(app: App, folder: Path, text: str) -> SalesImport:
    outcome = run(app, read(folder, "sales", text))
    assert isinstance(outcome, SalesImport)
    return outcome


def orders(app: App) -> list[Order]:
    return app.read(lambda reader: reader.find(Order))


def total(app: App) -> int:
    return int(
        app.read(lambda reader: reader.value("SELECT sum(total) FROM sales_order WHERE deleted_at IS NULL", (), 0))
    )


SALES = """Invoice;Date;Item;Description;Qty;Unit price;Customer no;Customer;Country;Email
100;2026-01-05 10:15;CV-110;Peeler;2;12.50;7;Dana Ruiz;Germany;dana@example.com
100;2026-01-05 10:15;POST;Postage;1;4.95;7;Dana Ruiz;Germany;dana@example.com
101;2026-01-06 11:00;ZZ-900;Bowl;3;2.545;8;Amy Okafor;United States;
C102;2026-02-01 09:00;ZZ-900;Bowl;-1;2.545;8;Amy Okafor;United States;
"""


def test_sales_become_delivered_orders_that_owe_nothing(shop: Shop, tmp_path: Path) -> None:
    done = sales(shop.app, tmp_path, SALES)
    assert (done.documents, done.lines, done.people, done.products, done.known) == (3, 4, 2, 1, ())
    (sums,) = done.sums
    assert (sums.currency, sums.total, sums.stored) == ("USD", Decimal("35.040"), 3504)
    # 3 x 2.545 = 7.635 is 7.64 in cents, and its return of 2.545 is -2.55: together the exact sum.
    assert sums.rounding == Decimal("0.000")
    assert sums.by_month == {"2026-01": Decimal("37.585"), "2026-02": Decimal("-2.545")}
    assert total(shop.app) == 3504
    first, second, back = sorted(orders(shop.app), key=lambda order: order.reference)
    assert (first.reference, first.state, first.origin, first.ordered_on) == (
        "100",
        OrderState.DELIVERED,
        Origin.IMPORTED,
        date(2026, 1, 5),
    )
    assert (second.kind, back.kind) == (OrderKind.SALE, OrderKind.RETURN)
    assert shop.app.read(lambda reader: reader.value("SELECT sum(owed) FROM sales_order")) == 0
    dana = next(p for p in shop.app.read(lambda r: r.find(Person)) if p.given == "Dana")
    assert (dana.family, dana.customer_number, dana.reference) == ("Ruiz", "7", "7")
    (place,) = shop.app.read(lambda r: r.find(Address, person_id=dana.id))
    assert place.country == "DE"
    lines = shop.app.read(lambda r: r.find(OrderLine, "position", order_id=first.id))
    assert [(line.code, line.product_id is None) for line in lines] == [("CV-110", False), ("POST", True)]


def test_a_second_import_of_the_same_sales_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    sales(shop.app, tmp_path, SALES)
    again = sales(shop.app, tmp_path, SALES)
    assert (again.documents, again.lines, again.people, again.products) == (0, 0, 0, 0)
    assert again.known == ("100", "101", "C102")
    assert len(orders(shop.app)) == 3


UNNUMBERED = """Date;Item;Description;Qty;Unit price;Customer no;Customer
2026-01-05;CV-110;Peeler;2;12.50;7;Dana Ruiz
2026-01-05;CV-110;Peeler;2;12.50;7;Dana Ruiz
2026-01-06;ZZ-900;Bowl;3;2.50;8;Amy Okafor
"""


def test_sales_without_numbers_are_known_again_by_all_that_they_say(shop: Shop, tmp_path: Path) -> None:
    first = sales(shop.app, tmp_path, UNNUMBERED)
    assert (first.documents, first.known) == (3, ())
    again = sales(shop.app, tmp_path, UNNUMBERED)
    assert (again.documents, again.known) == (0, ("2026-01-05", "2026-01-05", "2026-01-06"))
    longer = sales(shop.app, tmp_path, UNNUMBERED + "2026-01-05;CV-110;Peeler;2;12.50;7;Dana Ruiz\n")
    assert (longer.documents, len(longer.known)) == (1, 3), "a third pair of peelers on that day"
    assert len(orders(shop.app)) == 4
    for _import in range(2):
        shop.app.undo()
    assert orders(shop.app) == []
    assert sales(shop.app, tmp_path, UNNUMBERED).documents == 3, "what was taken back may come again"
    assert len(orders(shop.app)) == 3


def test_one_undo_takes_all_of_an_import_back_and_one_redo_brings_it_again(shop: Shop, tmp_path: Path) -> None:
    before = books.dump(shop.app.store, skip=("journal", "journal_tx", "sync_clock", "sync_state", "sqlite_sequence"))
    live = "SELECT (SELECT count(*) FROM person WHERE deleted_at IS NULL), (SELECT count(*) FROM product WHERE deleted_at IS NULL)"
    counts = shop.app.read(lambda reader: reader.row(live))
    sales(shop.app, tmp_path, SALES)
    step = shop.app.undo()
    assert step is not None
    assert step.label == "Import sales from {file}"
    assert orders(shop.app) == []
    assert shop.app.read(lambda reader: reader.row(live)) == counts
    assert before["sales_order"] == []
    shop.app.redo()
    assert len(orders(shop.app)) == 3
    assert total(shop.app) == 3504


def test_a_cancelled_import_leaves_no_trace(shop: Shop, tmp_path: Path) -> None:
    before = books.dump(shop.app.store)
    verb, args, kwargs = read(tmp_path, "sales", SALES).verb()
    with pytest.raises(ExchangeError, match="exchange.cancelled"):
        shop.app.run(verb, *args, cancelled=lambda: True, **kwargs)
    assert books.dump(shop.app.store) == before


@pytest.mark.parametrize("kind", ["sales", "people", "products"])
def test_an_import_given_up_after_its_last_line_leaves_no_trace(shop: Shop, tmp_path: Path, kind: Target) -> None:
    content = {"sales": SALES, "people": "Name\nZaphod\n", "products": "Code,Name,Price\nZ-1,Zest,5.00\n"}[kind]
    before = books.dump(shop.app.store)
    verb, args, kwargs = read(tmp_path, kind, content).verb()
    reported: list[int] = []

    def progress(done: int, _total: int) -> None:
        reported.append(done)

    with pytest.raises(Cancelled):
        shop.app.run(verb, *args, progress=progress, cancelled=lambda: bool(reported), **kwargs)
    assert books.dump(shop.app.store) == before


@pytest.mark.parametrize(
    ("quantity", "price", "line_total", "discount", "stored"),
    [
        ("2", "10.00", "20.00", "", 2000),
        ("2", "10.00", "18.00", "", 1800),  # something was taken off and not named
        ("2", "10.00", "23.80", "", 2380),  # the total has a tax in it
        ("2", "10.00", "18.00", "10", 1800),
        ("2", "10.00", "17.99", "10", 1799),
        ("3", "0.333", "1.00", "", 100),
        ("0", "10.00", "5.00", "", 500),
        ("0", "10.00", "0.00", "", 0),
        ("-2", "10.00", "-20.00", "", -2000),
        ("700000", "0.01", "7000.01", "", 700001),
        ("1", "", "4.44", "", 444),
    ],
)
def test_the_order_is_worth_what_the_file_says(
    shop: Shop, tmp_path: Path, quantity: str, price: str, line_total: str, discount: str, stored: int
) -> None:
    text = "Invoice;Date;Item;Qty;Unit price;Line total;Discount\n"
    done = sales(shop.app, tmp_path, f"{text}1;2026-01-05;A-1;{quantity};{price};{line_total};{discount}\n")
    assert total(shop.app) == stored
    assert (done.sums[0].stored, done.sums[0].total) == (stored, Decimal(line_total))


def test_what_no_order_can_hold_is_listed_and_the_rest_comes_in(shop: Shop, tmp_path: Path) -> None:
    text = (
        "Invoice;Date;Item;Qty;Unit price;Discount;Currency\n"
        "1;2026-01-05;A;1;10.00;;USD\n"
        "1;2026-01-05;B;900000000000;900000000000;;USD\n"
        "2;2026-01-05;A;1;10.00;120;USD\n"
        "3;2026-01-05;A;1;10.00;-5;USD\n"
        "4;2026-01-05;A;1;10.00;;XQQ\n"
        "5;2026-13-45;A;1;10.00;;USD\n"
        "6;2026-01-05;A;many;10.00;;USD\n"
    )
    reading = read(tmp_path, "sales", text)
    assert [(f.line, f.code) for f in reading.rejects] == [
        (3, "number.too_large"),
        (4, "discount.too_large"),
        (5, "discount.negative"),
        (6, "money.unknown_currency"),
        (7, "date.does_not_exist"),
        (8, "number.not_a_number"),
    ]
    assert reading.rows == 7
    outcome = run(shop.app, reading)
    assert isinstance(outcome, SalesImport)
    assert (outcome.documents, outcome.lines, total(shop.app)) == (1, 1, 1000)


def test_documents_of_several_currencies_are_summed_apart(shop: Shop, tmp_path: Path) -> None:
    text = (
        "Invoice;Date;Item;Qty;Unit price;Currency\n"
        "1;2026-01-05;A;2;10.00;EUR\n2;2026-01-06;B;3;150;JPY\n3;2026-01-06;A;1;10.50;EUR\n"
    )
    done = sales(shop.app, tmp_path, text)
    assert [(s.currency, s.documents, s.total, s.stored) for s in done.sums] == [
        ("EUR", 2, Decimal("30.50"), 3050),
        ("JPY", 1, Decimal("450"), 450),
    ]
    product = next(p for p in shop.app.read(lambda r: r.find(Product)) if p.code == "B")
    assert shop.app.read(retail_price, product.id, "JPY", TODAY) == Decimal("150")
    assert shop.app.read(retail_price, product.id, "USD", TODAY) is None


def test_unknown_currency_of_the_seller_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="money.unknown_currency"):
        read(tmp_path, "sales", SALES, currency="XQQ")


PEOPLE = """First name,Last name,Company,Mobile,E-mail,Street,Postcode,City,Country,Birthday,Tags,Job title,Notes
Dana,Ruiz,,+1 505 555 0142,dana@example.com,41 River Walk,87501,Santa Fe,USA,1980-12-24,"VIP; host",Teacher,likes red
Amy,Okafor,,,amy@example.com,,,,,,,,
,,Blue Door Ltd,505 555 7777,,,,,,,,,
,,,,,,,,,,,,only a note
"""


def people(app: App, folder: Path, text: str) -> PeopleImport:
    outcome = run(app, read(folder, "people", text))
    assert isinstance(outcome, PeopleImport)
    return outcome


def test_people_come_with_all_that_the_file_knows(shop: Shop, tmp_path: Path) -> None:
    reading = read(tmp_path, "people", PEOPLE)
    assert [(f.line, f.code) for f in reading.rejects] == [(5, "people.no_name")]
    outcome = run(shop.app, reading)
    assert outcome == PeopleImport(added=3, completed=0, unchanged=0)
    dana = next(p for p in shop.app.read(lambda r: r.find(Person)) if p.given == "Dana")
    assert (dana.family, dana.birthday, dana.note) == ("Ruiz", "1980-12-24", "likes red\nJob title: Teacher")
    reach = shop.app.read(lambda r: r.find(ReachPoint, "position", person_id=dana.id))
    assert [(str(p.kind), p.value) for p in reach] == [("mobile", "+1 505 555 0142"), ("email", "dana@example.com")]
    (place,) = shop.app.read(lambda r: r.find(Address, person_id=dana.id))
    assert (place.street, place.postcode, place.city, place.country) == ("41 River Walk", "87501", "Santa Fe", "US")
    company = next(p for p in shop.app.read(lambda r: r.find(Person)) if p.company)
    assert (company.kind, company.company) == (PersonKind.COMPANY, "Blue Door Ltd")


def test_who_is_here_already_is_completed_and_never_doubled_or_overwritten(shop: Shop, tmp_path: Path) -> None:
    people(shop.app, tmp_path, PEOPLE)
    assert people(shop.app, tmp_path, PEOPLE) == PeopleImport(0, 0, 3)
    more = "First name,Last name,E-mail,Phone,Notes,Lead source\nDANA,ruiz,Dana@Example.com,505 555 9999,other,Fair\n"
    assert people(shop.app, tmp_path, more) == PeopleImport(0, 1, 0)
    dana = next(p for p in shop.app.read(lambda r: r.find(Person)) if p.given == "Dana")
    assert (dana.note, dana.lead_source) == ("likes red\nJob title: Teacher", "Fair")
    assert len(shop.app.read(lambda r: r.find(ReachPoint, person_id=dana.id))) == 3


def test_a_name_alone_is_the_only_person_of_that_name(shop: Shop, tmp_path: Path) -> None:
    names = "First name,Last name\nLea,Winter\nJo,Hall\n"
    assert people(shop.app, tmp_path, names) == PeopleImport(2, 0, 0)
    assert people(shop.app, tmp_path, names) == PeopleImport(0, 0, 2)
    other = "First name,Last name,E-mail\nJo,Hall,jo@example.com\n"
    assert people(shop.app, tmp_path, other).added == 1  # somebody else may have the same name
    assert people(shop.app, tmp_path, "First name,Last name\nJo,Hall\n").added == 1  # two of them: nobody knows which


def test_cards_of_a_phone_need_no_mapping(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "contacts.vcf"
    path.write_bytes(
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Strand;Ella;;;\r\nFN:Ella Strand\r\nTEL;TYPE=CELL:+1 505 555 0110\r\n"
        b"BDAY:--0229\r\nCATEGORIES:Host\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\nEND:VCARD\r\n"
    )
    outcome = run(shop.app, read_cards(path))
    assert outcome == PeopleImport(1, 0, 0)
    (ella,) = [p for p in shop.app.read(lambda r: r.find(Person)) if p.given == "Ella"]
    assert (ella.family, ella.birthday) == ("Strand", "--02-29")


PRODUCTS = """Code;Name;Price;Barcode;VAT;Brand;Stock
fb-11;Frischebox;26,90;4006381333931;19;;5
NEU-1;Löffel;3,50;;7;Blauhaus;1
NEU-2;Heft;1,00;;;;1
NEU-3;Seltsam;1,00;;33;;1
"""


def products(app: App, folder: Path, text: str) -> ProductsImport:
    outcome = run(app, read(folder, "products", text, "EUR"))
    assert isinstance(outcome, ProductsImport)
    return outcome


def test_a_price_list_changes_what_is_here_from_today_on(laden: Shop, tmp_path: Path) -> None:
    done = products(laden.app, tmp_path, PRODUCTS)
    assert (done.added, done.changed, done.unchanged) == (3, 1, 0)
    assert [(f.line, f.code) for f in done.findings] == [(5, "tax.unknown_class")]
    box = laden.product("FB-11")
    today = laden.clock.today()
    prices = laden.app.read(lambda r: r.find(Price, "valid_from", product_id=box.id))
    assert [(p.amount, p.valid_from == today) for p in prices] == [(Decimal("24.9"), False), (Decimal("26.9"), True)]
    assert laden.app.read(retail_price, box.id, "EUR", today) == Decimal("26.9")
    known = {p.code: p for p in laden.app.read(lambda r: r.find(Product))}
    assert (known["NEU-1"].tax_class, known["NEU-2"].tax_class, known["NEU-3"].tax_class) == (
        "reduced",
        "standard",
        "standard",
    )
    assert known["FB-11"].brand_id is not None  # the file names no brand: it is the one product of this code


def test_the_same_price_list_again_changes_nothing(laden: Shop, tmp_path: Path) -> None:
    products(laden.app, tmp_path, PRODUCTS)
    again = products(laden.app, tmp_path, PRODUCTS)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 4)
    laden.app.undo()  # the second import wrote nothing, so there is nothing else to take back
    assert {p.code for p in laden.app.read(lambda r: r.find(Product))} == {"FB-11", "SW-02", "BM-30", "TF-75", "SET-1"}


def test_a_price_in_an_unknown_currency_is_listed(laden: Shop, tmp_path: Path) -> None:
    reading = read(tmp_path, "products", "Code;Name;Price;Currency\nA;Bowl;1,50;EUR\nB;Cup;2,50;XQQ\n", "EUR")
    assert [(f.line, f.code) for f in reading.rejects] == [(3, "money.unknown_currency")]
    assert run(laden.app, reading) == ProductsImport(1, 0, 0)


def test_columns_are_remembered_by_their_names_and_not_undone(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Beleg;Tag;Ding;Preis\n1;03/04/2026;A;1,50\n", encoding="utf-8")
    table = open_table(path)
    mapping = suggest("sales", table).mapping.assign("date", 1, header="Tag", style="MDY")
    mapping = mapping.assign("code", 2, header="Ding").assign("unit_price", 3, header="Preis", style=",")
    shop.app.run(remember_mapping, table.header, mapping)
    assert shop.app.undo_step is None or shop.app.undo_step.label != "Remember columns"
    assert shop.app.read(remembered_mapping, "sales", ("beleg", "TAG", "Ding", "Preis"), 4) == mapping
    assert shop.app.read(remembered_mapping, "sales", ("Beleg", "Tag", "Ding"), 3) is None
    assert shop.app.read(remembered_mapping, "people", table.header, 4) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"),
        ("germany", "DE"),
        ("us", "US"),
        ("USA", "US"),
        ("Italia", "IT"),
        ("Narnia", "Narnia"),
        ("", ""),
    ],
)
def test_countries_by_name(text: str, code: str) -> None:
    assert country_code(text) == code
