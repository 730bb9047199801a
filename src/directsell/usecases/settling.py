"""What a seller does after a party: enter terms and charges, and take up a check that came back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from uuid import UUID

from directsell.domain.demos import Demo
from directsell.domain.errors import DomainError
from directsell.domain.mileage import MOST
from directsell.domain.money import PPM
from directsell.domain.payments import Payment, PaymentMethod
from directsell.i18n import N_, _
from directsell.store.queries.mileage import SETTING
from directsell.store.queries.settlements import PartyBooks, SettlingTerms
from directsell.store.work import Work
from directsell.usecases.payments import cancel_payment
from directsell.usecases.verbs import usecase


@usecase(N_("Terms of company and bank"))
def save_terms(work: Work, terms: SettlingTerms) -> SettlingTerms:
    """Store how company and bank charge.

    Raises:
        DomainError: ``earnings.share_range``, ``number.negative``.
    """
    for name in ("commission_ppm", "card_ppm"):
        if not 0 <= getattr(terms, name) <= PPM:
            raise DomainError("earnings.share_range", field=name)
    if terms.card_fixed < 0:
        raise DomainError("number.negative", field="card_fixed")
    work.set_setting("settling.terms", asdict(terms))
    return terms


@usecase(N_("Mileage rate of {year}"))
def save_mileage_rate(work: Work, year: int, rate: Decimal | None) -> None:
    """Store what a mile or kilometre costs in a year, or forget it (None): then the official rate holds, if there is one.

    Raises:
        DomainError: ``mileage.year``, ``mileage.rate``.
    """
    if not 2000 <= year <= 2100:
        raise DomainError("mileage.year", field="year")
    if rate is not None and (not rate.is_finite() or not 0 <= rate <= MOST):
        raise DomainError("mileage.rate", field="rate")
    work.describe(year=str(year))
    rates: dict[str, str] = dict(work.setting(SETTING) or {})
    rates.pop(str(year), None)
    if rate is not None:
        rates[str(year)] = str(rate)
    work.set_setting(SETTING, rates)


@usecase(N_("Charges of a demo"))
def save_books(work: Work, demo_id: UUID, books: PartyBooks) -> PartyBooks:
    """Store what the company charges for the shipping of one party, the change brought along, and the tax passed on.

    Raises:
        DomainError: ``number.negative``, ``record.missing``.
    """
    work.get(Demo, demo_id)
    if any(amount < 0 for amount in books.shipping):
        raise DomainError("number.negative", field="shipping")
    if books.float_start < 0:
        raise DomainError("number.negative", field="float_start")
    work.set_setting(f"settling.party.{demo_id.hex}", asdict(books))
    return books


@usecase(N_("Bounced check"))
def bounce_check(work: Work, payment_id: UUID, *, fee: int = 0, on: date | None = None) -> Payment:
    """Take a check out of the ledger that the bank gave back; a fee is owed on top of it (rule D13).

    Until the order is paid its goods are not handed over (``order_view(...).on_hold``).

    Raises:
        DomainError: ``payment.not_a_check``, ``payment.negative``, ``payment.already_cancelled``.
    """
    payment = work.get(Payment, payment_id)
    if payment.method is not PaymentMethod.CHECK or payment.amount <= 0:
        raise DomainError("payment.not_a_check")
    if fee < 0:
        raise DomainError("payment.negative", field="fee")
    back = cancel_payment(work, payment_id, note=_("Check came back"), bounced=True)
    if fee:
        work.save(
            Payment(
                id=work.new_id(),
                order_id=payment.order_id,
                person_id=payment.person_id,
                method=PaymentMethod.CHECK,
                amount=-fee,
                currency=payment.currency,
                paid_on=on or work.today,
                at=work.now,
                detail=payment.detail,
                note=_("Fee for the check"),
            )
        )
    return back
