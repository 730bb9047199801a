"""Settings of the business through the App: what one change takes with it."""

from __future__ import annotations

from directsell.domain.settings import Business
from directsell.store.queries.settings import business
from directsell.usecases.settings import change_business
from tests.fixtures.shops import Shop


def stored(shop: Shop) -> Business:
    return shop.app.read(business)


def test_another_currency_forgets_the_shipping_charge(shop: Shop) -> None:
    shop.app.run(change_business, shipping=500)
    shop.app.run(change_business, currency="USD", tagline="Kitchen things")
    assert stored(shop).shipping == 500
    shop.app.run(change_business, currency="JPY")
    assert (stored(shop).currency, stored(shop).shipping) == ("JPY", 0)
    shop.app.undo()
    assert (stored(shop).currency, stored(shop).shipping) == ("USD", 500)
    shop.app.run(change_business, currency="KWD", shipping=2000)
    assert stored(shop).shipping == 2000
