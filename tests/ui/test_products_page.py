"""The Products page through its widgets: list, filters, the sheet with its checks, price history, delete and undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.catalog import Brand, Price, Product
from directsell.domain.errors import DomainError
from directsell.store.queries.products import (
    ProductFilter,
    ProductRow,
    ProductSort,
    match_products,
    product_list,
    product_view,
)
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.pages.products import ProductsPage
from directsell.ui.routes import NEW, parse_view
from directsell.usecases.catalog import save_product, set_price
from tests.fixtures.shops import Shop
from tests.ui.counter import Counter

ENTER = Qt.Key.Key_Return


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def page(counter: Counter) -> ProductsPage:
    return counter.show(ProductsPage(counter.session))


def rows(page: ProductsPage) -> list[ProductRow]:
    model = page.listing.list.model_
    found = [model.row(number) for number in range(model.count)]
    return [row for row in found if row is not None]


def select(counter: Counter, code: str) -> Product:
    """Show a product of the shop."""
    product = counter.shop.product(code)
    counter.session.navigation.go("products", str(product.id))
    counter.settle()
    return product


def listed(shop: Shop, **options: object) -> list[str]:
    query = product_list("USD", shop.clock.today(), **options)  # type: ignore[arg-type]  # keywords of the query
    return [row.code for _rid, row in shop.app.read(query.first_page)]


def change_price(shop: Shop, code: str, amount: str, day: date, until: date | None = None) -> None:
    product = shop.product(code)
    shop.app.run(save_product, product, price=Decimal(amount), currency="USD", valid_from=day)
    if until is not None:
        with shop.app.store.write("test") as work:
            price = next(p for p in work.find(Price, product_id=product.id) if p.valid_from == day)
            work.update(Price, price.id, valid_to=until)


def test_a_unit_that_came_with_an_import_survives_another_change(counter: Counter, page: ProductsPage) -> None:
    product = counter.shop.product("CV-110")
    counter.shop.app.run(save_product, replace(product, unit="Bottle"))
    counter.settle()
    select(counter, "CV-110")
    page.edit()
    page.sheet.name.setText("Peeler, red")
    page.sheet.save()
    counter.settle()
    changed = counter.shop.product("CV-110")
    assert (changed.name, changed.unit) == ("Peeler, red", "Bottle")


def test_the_list_shows_the_prices_of_today(counter: Counter, page: ProductsPage) -> None:
    assert [(row.code, row.price) for row in rows(page)][:2] == [("CV-204", Decimal(46)), ("CV-402", Decimal(34))]
    page.listing.list.sort_wanted.emit(ProductSort.CODE, True)
    counter.settle()
    assert [row.code for row in rows(page)][:2] == ["CV-777", "CV-518"]


def test_a_new_product_by_keyboard(counter: Counter, page: ProductsPage) -> None:
    counter.session.navigation.go("products", None, NEW)
    counter.settle()
    assert page.sheet.code.hasFocus()
    counter.type("CV-900", Qt.Key.Key_Tab, "Rolling Pin")
    page.sheet.price.setFocus()
    counter.type("23.90")
    page.sheet.save()
    counter.settle()
    product = counter.shop.product("CV-900")
    view = counter.shop.app.read(product_view, product.id)
    assert (product.name, [period.price.amount for period in view.prices]) == ("Rolling Pin", [Decimal("23.9")])
    assert view.prices[0].price.valid_from == date(2000, 1, 1)
    assert not page.sheet.isVisible()
    assert page.listing.list.current_key() == product.id
    assert counter.said == ["Product saved"]


def test_a_new_price_holds_from_its_day_and_ends_the_one_before(counter: Counter, page: ProductsPage) -> None:
    product = select(counter, "CV-110")
    page.edit()
    page.sheet.price.setFocus()
    page.sheet.price.selectAll()
    counter.type("13.90")
    page.sheet.valid_from.setFocus()
    counter.type("3/1/2026", ENTER)
    page.sheet.save()
    counter.settle()
    prices = counter.shop.app.read(product_view, product.id).prices
    assert [(p.price.amount, p.price.valid_from, p.price.valid_to) for p in prices] == [
        (Decimal("13.9"), date(2026, 3, 1), None),
        (Decimal("12.5"), date(2000, 1, 1), date(2026, 2, 28)),
    ]
    assert next(row.price for row in rows(page) if row.code == "CV-110") == Decimal("12.5")
    counter.session.undo()
    counter.settle()
    assert len(counter.shop.app.read(product_view, product.id).prices) == 1


def test_a_taken_code_is_said_at_the_field(counter: Counter, page: ProductsPage) -> None:
    select(counter, "CV-110")
    page.copy()
    page.sheet.code.setFocus()
    counter.type("cv 402", Qt.Key.Key_Tab)
    assert "already belongs to “Chopper”" in page.sheet.fields["code"].error()
    page.sheet.save()
    counter.settle()
    assert page.sheet.isVisible()
    assert page.sheet.code.text() == "cv 402"
    page.sheet.code.setFocus()
    counter.type("9", Qt.Key.Key_Tab)
    assert page.sheet.fields["code"].error() == ""


def test_the_store_refuses_a_taken_code_too(counter: Counter) -> None:
    product = Product(
        id=counter.shop.ids.new(),
        brand_id=counter.shop.product("CV-110").brand_id,
        code="CV110",
        name="Other",
        created_at=counter.shop.clock.now(),
    )
    with pytest.raises(DomainError) as refused:
        counter.shop.app.run(save_product, product)
    assert (refused.value.code, refused.value.field) == ("product.code_taken", "code")


@pytest.mark.parametrize(
    ("field", "typed"), [("price", "abc"), ("price", "-1"), ("price", "1e400"), ("wholesale", "1,5,0")]
)
def test_wrong_amounts_stay_as_typed(counter: Counter, page: ProductsPage, field: str, typed: str) -> None:
    select(counter, "CV-110")
    page.edit()
    editor = getattr(page.sheet, field)
    editor.setFocus()
    editor.selectAll()
    counter.type(typed)
    page.sheet.save()
    counter.settle()
    assert page.sheet.isVisible()
    assert page.sheet.fields[field].error()
    assert editor.text() == typed


def test_a_product_needs_code_and_name(counter: Counter, page: ProductsPage) -> None:
    page.new_product()
    page.sheet.save()
    counter.settle()
    assert page.sheet.fields["code"].error() == "Enter the code of the product, as it stands in the catalogue."
    page.sheet.code.setFocus()
    counter.type("X-1")
    page.sheet.save()
    counter.settle()
    assert page.sheet.fields["name"].error() == "Enter the name of the product."


def test_copying_leaves_code_and_barcode_behind(counter: Counter, page: ProductsPage) -> None:
    select(counter, "CV-518")
    page.copy()
    sheet = page.sheet
    assert (sheet.code.text(), sheet.name.text(), sheet.barcode.text()) == ("", "Spice Trio", "")
    assert (sheet.price.value(), sheet.tax_class.value()) == (Decimal(21), "food")
    sheet.code.setFocus()
    counter.type("CV-519")
    sheet.save()
    counter.settle()
    assert counter.shop.product("CV-519").tax_class == "food"
    assert counter.shop.product("CV-518").barcode


def test_a_deleted_product_comes_back_by_undo(counter: Counter, page: ProductsPage) -> None:
    select(counter, "CV-110")
    page.delete()
    counter.settle()
    assert "CV-110" not in [row.code for row in rows(page)]
    assert page.detail.view is None
    assert counter.said == ["Peeler deleted"]
    counter.session.undo()
    counter.settle()
    assert next(row.price for row in rows(page) if row.code == "CV-110") == Decimal("12.5")


def test_a_new_brand_from_the_sheet(counter: Counter, page: ProductsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directsell.ui.pages.products.sheet.dialogs", lambda: ScriptedDialogs("Küchenfee"))
    select(counter, "CV-110")
    page.edit()
    page.sheet.brand.setCurrentIndex(page.sheet.brand.count() - 1)
    page.sheet.brand.activated.emit(page.sheet.brand.count() - 1)
    counter.settle()
    page.sheet.save()
    counter.settle()
    brand = counter.shop.app.read(lambda reader: reader.find_one(Brand, counter.shop.product("CV-110").brand_id))
    assert brand is not None
    assert brand.name == "Küchenfee"


def test_unsaved_words_are_asked_about(counter: Counter, page: ProductsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ScriptedDialogs(0, 1)
    monkeypatch.setattr("directsell.ui.widgets.form_sheet.dialogs", lambda: asked)
    page.new_product()
    counter.type("CV-901")
    page.sheet.ask_close()
    assert page.sheet.isVisible()
    page.sheet.ask_close()
    assert not page.sheet.isVisible()
    assert len(asked.asked) == 2


def test_an_untouched_sheet_closes_without_a_question(counter: Counter, page: ProductsPage) -> None:
    select(counter, "CV-110")
    page.edit()
    counter.type(Qt.Key.Key_Escape)
    assert not page.sheet.isVisible()


def test_a_product_goes_into_a_new_order(counter: Counter, page: ProductsPage) -> None:
    product = select(counter, "CV-110")
    page._order()
    route = counter.session.navigation.current
    assert route is not None
    assert (route.page, parse_view(route.view)) == ("orders", {"product": product.id})


def test_search_and_no_match(counter: Counter, page: ProductsPage) -> None:
    page.listing.search.setText("cv31")
    counter.qtbot.waitUntil(lambda: page.listing.list.model_.count == 1)
    counter.settle()
    assert [row.code for row in rows(page)] == ["CV-315"]
    page.listing.search.setText("nothing like it")
    counter.qtbot.waitUntil(lambda: page.listing.list.model_.count == 0)
    page.listing.show_all()
    counter.settle()
    assert page.listing.list.model_.count == 6


def test_filters(counter: Counter) -> None:
    shop = counter.shop
    today = shop.clock.today()
    change_price(shop, "CV-110", "11.00", today - timedelta(days=10), today + timedelta(days=5))
    change_price(shop, "CV-204", "40.00", today - timedelta(days=10), today - timedelta(days=1))
    with shop.app.store.write("test") as work:
        work.update(Product, shop.product("CV-777").id, active=False)
        set_price(work, shop.product("CV-110").id, work.find(Price)[0].price_list_id, Decimal(11), None)
    assert listed(shop, which=ProductFilter.ENDING) == ["CV-110"]
    assert listed(shop, which=ProductFilter.NO_PRICE) == ["CV-204"]
    assert listed(shop, which=ProductFilter.INACTIVE) == ["CV-777"]
    assert "CV-777" not in listed(shop)
    assert len(listed(shop, which=ProductFilter.ALL)) == 6
    assert listed(shop, text="4006381333904") == ["CV-518"]
    assert listed(shop, category="none") == []


def test_a_price_that_ended_is_offered_with_its_day(counter: Counter) -> None:
    shop = counter.shop
    today = shop.clock.today()
    change_price(shop, "CV-204", "40.00", today - timedelta(days=10), today - timedelta(days=3))
    (row,) = shop.app.read(match_products, "CV-204", "USD", today).rows
    assert (row.price, row.ended_price, row.ended_on) == (None, Decimal(40), today - timedelta(days=3))


@pytest.mark.parametrize("words", ["9", "p. 9", "p9", "P.9", "page 9", "S. 9", "s9"])
def test_a_page_of_the_brochure_is_found_as_it_is_written(counter: Counter, words: str) -> None:
    match = counter.shop.app.read(match_products, words, "USD", counter.shop.clock.today())
    assert [row.code for row in match.rows] == ["CV-204"]


@pytest.mark.parametrize(
    ("words", "first", "exact"),
    [
        ("cv110", "CV-110", True),
        ("4006381333902", "CV-315", True),
        ("CV-5", "CV-518", False),
        ("serv bo", "CV-777", False),
        ("9", "CV-204", False),
    ],
)
def test_what_quick_typing_finds(counter: Counter, words: str, first: str, exact: bool) -> None:
    match = counter.shop.app.read(match_products, words, "USD", counter.shop.clock.today())
    assert (match.rows[0].code, match.exact) == (first, exact)


@pytest.mark.parametrize("words", ["", "   ", '"', "*", "' OR 1=1 --", "\u202e", "(", "NEAR(", "💡"])
def test_strange_words_find_nothing_and_harm_nothing(counter: Counter, words: str) -> None:
    assert counter.shop.app.read(match_products, words, "USD", counter.shop.clock.today()).rows == ()
    assert isinstance(listed(counter.shop, text=words), list)


def test_sales_so_far(counter: Counter, page: ProductsPage) -> None:
    counter.shop.enter("Amy", ("CV-110", "2"))
    counter.shop.enter("Beth", ("CV-110", "3"))
    product = counter.shop.product("CV-110")
    view = counter.shop.app.read(product_view, product.id)
    assert (view.sold, view.orders, view.last_sold) == (Decimal(5), 2, date(2026, 2, 13))
