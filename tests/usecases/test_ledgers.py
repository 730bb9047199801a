"""Ledger entries that are taken back, brought back, and taken back again: what counts, what shows, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.papers import Paper
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Channel
from directsell.domain.records import standing
from directsell.store import doctor
from directsell.store.errors import Conflict
from directsell.store.queries.happenings import HappeningKind, happenings_of
from directsell.store.queries.person_card import current_consents
from directsell.usecases.history import put_back
from directsell.usecases.papers import preview_of
from directsell.usecases.payments import cancel_payment, take_payment
from directsell.usecases.people import record_consent
from tests.fixtures.shops import Shop

CASH = PaymentMethod.CASH


def last(shop: Shop) -> int:
    return int(shop.app.read(lambda reader: reader.value("SELECT max(tx) FROM journal_tx")))


def printed(shop: Shop, view: object) -> Paper:
    order_id = view.order.id  # type: ignore[attr-defined]
    return shop.app.read(preview_of, order_id, PaperKind.ORDER_SLIP, date(2026, 2, 13))


def test_a_payment_that_was_undone_and_done_again_is_printed(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    shop.app.run(take_payment, view.order.id, method=CASH, amount=500)
    shop.app.undo()
    assert (printed(shop, view).paid, printed(shop, view).payments) == (0, ())
    shop.app.redo()
    paper = printed(shop, view)
    assert paper.paid == 500
    assert [row.amount for row in paper.payments] == [500]


def test_a_payment_that_came_back_can_be_cancelled(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    taken = shop.app.run(take_payment, view.order.id, method=CASH, amount=500)
    shop.app.run(cancel_payment, taken.id)
    shop.app.undo()
    assert shop.view(view.order.id).paid == 500
    shop.app.run(cancel_payment, taken.id)
    assert shop.view(view.order.id).paid == 0
    assert printed(shop, view).payments == ()
    with pytest.raises(DomainError, match="payment.already_cancelled"):
        shop.app.run(cancel_payment, taken.id)
    shop.app.undo()
    assert shop.view(view.order.id).paid == 500
    assert [entry.id for entry in standing(shop.view(view.order.id).payments)] == [taken.id]
    assert "payments.reversal" not in {finding.code for finding in doctor.examine(shop.app.store)}


def test_money_is_put_back_once(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    shop.app.run(take_payment, view.order.id, method=CASH, amount=500)
    taken = last(shop)
    shop.app.run(put_back, taken)
    with pytest.raises(Conflict):
        shop.app.run(put_back, taken)
    assert shop.view(view.order.id).paid == 0


def test_money_that_was_cancelled_is_not_put_back_as_well(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    payment = shop.app.run(take_payment, view.order.id, method=CASH, amount=500)
    taken = last(shop)
    shop.app.run(cancel_payment, payment.id, note="bounced")
    with pytest.raises(Conflict):
        shop.app.run(put_back, taken)
    assert shop.view(view.order.id).paid == 0


def test_a_consent_that_was_undone_and_done_again_counts(shop: Shop) -> None:
    amy = shop.person("Amy")
    shop.app.run(record_consent, amy, channel=Channel.CALL, given=True, wording="May I call?")

    def told() -> int:
        return sum(h.kind is HappeningKind.CONSENT for h in shop.app.read(happenings_of, amy, 50))

    shop.app.undo()
    assert (shop.app.read(current_consents, amy), told()) == ([], 0)
    shop.app.redo()
    assert [consent.channel for consent in shop.app.read(current_consents, amy)] == [Channel.CALL]
    assert told() == 1
