"""Laws that forbid to take money for some days after the contract: whether one holds for an order on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from directsell.domain.cooling_off import SalePlace, payment_allowed, rule_for
from directsell.domain.demos import Demo, DemoKind
from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderKind, Origin
from directsell.domain.payments import PaymentMethod
from directsell.legal import legal_pack
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.usecases.cooling_off import facts_of

_NO_MONEY = (PaymentMethod.HOST_CREDIT, PaymentMethod.ROUNDING)  # nobody hands anything over


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """No money of any kind may be taken before ``first_day``, says ``source``.

    ``consent_helps`` tells that the host's express consent, given in advance, would lift it; ``place_unknown`` that
    nobody said where the customer agreed.
    """

    first_day: date
    source: str
    consent_helps: bool
    place_unknown: bool

    def error(self) -> DomainError:
        """Return it as a refusal."""
        code = "payment.banned"
        if self.consent_helps:
            code = "payment.banned_party"
        elif self.place_unknown:
            code = "payment.banned_place"
        return DomainError(code, field="paid_on", source=self.source, first_day=self.first_day)


def can_be_banned(reader: Reader, order: Order) -> bool:
    """Tell whether the country of an order knows such a law at all; quick, so that forms can ask at each key."""
    if order.kind is OrderKind.RETURN or order.origin is not Origin.ENTERED:
        return False
    demo = reader.find_one(Demo, order.demo_id)
    country = (demo.country if demo else "") or business(reader).country
    return any(rule.payment_ban is not None for rule in legal_pack().rules if rule.country == country)


def ban_on(reader: Reader, order: Order, total: int, day: date) -> Ban | None:
    """Return the ban that holds for an order, stored or being typed, on a day; None where money may be taken.

    Args:
        reader: one moment of the book.
        order: the order.
        total: what it comes to, in minor units.
        day: of the payment.

    Raises:
        DomainError: ``legal.unreadable``.
    """
    if not can_be_banned(reader, order):
        return None
    demo = reader.find_one(Demo, order.demo_id)
    facts = facts_of(reader, order, demo, total=total, owed=total)
    rule = rule_for(legal_pack(), facts).rule
    if rule is None or rule.payment_ban is None:
        return None
    answer = payment_allowed(legal_pack(), rule, facts, day)
    if answer.allowed or answer.banned_until is None:
        return None
    party = demo is not None and demo.kind is DemoKind.HOME_PARTY and facts.place is not SalePlace.SELLER_HOME
    return Ban(
        first_day=answer.banned_until + timedelta(days=1),
        source=rule.payment_ban.source,
        consent_helps=rule.payment_ban.exempt_home_party and party,
        place_unknown=demo is None and order.place is SalePlace.OTHER,
    )


def check_ban(reader: Reader, order: Order, total: int, method: PaymentMethod, day: date) -> None:
    """Refuse money that the law forbids to take yet.

    Raises:
        DomainError: ``payment.banned``, ``payment.banned_party``, ``payment.banned_place``.
    """
    if method in _NO_MONEY:
        return
    ban = ban_on(reader, order, total, day)
    if ban is not None:
        raise ban.error()
