"""A party after it: what is left to do, the sums of all slips, the company order, cash, costs and the settlement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from directsell.domain.cash_counts import CashCheck, cash_total, check_cash
from directsell.domain.demos import CashCount, CostKind, Demo
from directsell.domain.host_programmes.evaluate import Reward, evaluate
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.mileage import MileageRate, distance_unit, mileage
from directsell.domain.orders import OrderKind, OrderState, Signer
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import display_name
from directsell.domain.pricing import line_terms, profile_from
from directsell.domain.records import standing
from directsell.domain.settlement import (
    CompanyLine,
    CompanyOrder,
    CompanyTerms,
    Costs,
    Settlement,
    Tally,
    at_wholesale,
    card_fees,
    company_order,
    settle,
    slip_of,
    tally,
)
from directsell.domain.taxes import TaxProfile
from directsell.domain.totals import LineKind
from directsell.store.queries.earnings import PartyEarnings, class_of, class_rates, classes_of, party_earnings
from directsell.store.queries.mileage import rate_on
from directsell.store.queries.orders import OrderView
from directsell.store.queries.papers import active_papers
from directsell.store.queries.parties import Party, party, party_facts
from directsell.store.queries.rewards import Portion, portions
from directsell.store.queries.settings import business, tax_profile
from directsell.store.queries.signatures import signature_by
from directsell.store.reader import Reader

_BINDING = (OrderState.PLACED, OrderState.DELIVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlingTerms:
    """How the company and the bank charge this seller, whatever the party.

    Args:
        commission_ppm: the seller's share of the retail price.
        card_ppm, card_fixed: fee of each card payment: a share, and minor units.
        charges_tax: the company charges tax on retail in advance; else the seller passes it on.
    """

    commission_ppm: int = 250_000
    card_ppm: int = 0
    card_fixed: int = 0
    charges_tax: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyBooks:
    """What is known of one party only, in minor units.

    Args:
        shipping: the company's charges for shipping, one entry each.
        float_start: the change that was brought along.
        tax_remitted: tax that the seller passes on, less what is got back; None is what follows from the slips.
    """

    shipping: tuple[int, ...] = ()
    float_start: int = 0
    tax_remitted: int | None = None


class Todo(StrEnum):
    """What should be done before a party is closed."""

    OPEN_SLIP = "open_slip"
    NO_SLIP = "no_slip"
    UNPAID = "unpaid"
    NO_PHONE = "no_phone"
    NO_SIGNATURE = "no_signature"
    SIGNED_BEFORE = "signed_before"
    RIGHTS_LEFT = "rights_left"
    CREDIT_LEFT = "credit_left"
    NOT_COUNTED = "not_counted"
    CASH_DIFFERS = "cash_differs"


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the checklist: whose, which order, and how much (minor units, or a number of rights).

    ``person_id`` is whose it is, the host where something of her reward is left.
    """

    todo: Todo
    name: str = ""
    order_id: UUID | None = None
    amount: int = 0
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAccount:
    """Everything about the money of a party. ``cash`` is None until it was counted; ``unit`` is that of the way."""

    party: Party
    currency: str
    reward: Reward | None
    terms: SettlingTerms
    books: PartyBooks
    tally: Tally
    company: CompanyOrder
    names: dict[str, str]
    unit: str
    rate: MileageRate | None
    settlement: Settlement
    count: CashCount | None
    cash: CashCheck | None
    checklist: tuple[Item, ...]
    earnings: PartyEarnings


def settling_terms(reader: Reader) -> SettlingTerms:
    """Return how company and bank charge; what was never set has its default."""
    return SettlingTerms(**(reader.setting("settling.terms") or {}))


def party_books(reader: Reader, demo_id: UUID) -> PartyBooks:
    """Return what was entered for one party."""
    found: dict[str, Any] = dict(reader.setting(f"settling.party.{demo_id.hex}") or {})
    return PartyBooks(**{**found, "shipping": tuple(found.get("shipping", ()))})


def party_account(reader: Reader, demo_id: UUID) -> PartyAccount:
    """Return the account of a party as it stands.

    Raises:
        DomainError: ``record.missing``, ``programme.unreadable``.
    """
    shown = party(reader, demo_id)
    seller = business(reader)
    terms, books = settling_terms(reader), party_books(reader, demo_id)
    views = [view for view in shown.orders if view.order.state in _BINDING]
    reward = evaluate(shown.rules, party_facts(reader, shown)) if shown.rules is not None else None
    sums = tally(
        slip_of(_terms(view), view.totals, view.payments, profile_from(view.order.tax_profile)) for view in views
    )
    profile = _profile(reader, shown.demo, views)
    parts = portions(reader, shown, reward)
    credit = sum(part.reward.credit for part in parts)  # of all who redeem here, past hosts included
    if not parts:
        credit = reward.credit if reward is not None else sum(view.order.host_credit for view in views)
    earnings = party_earnings(reader, shown, seller.currency, terms.commission_ppm)
    charged = CompanyTerms(
        currency=seller.currency,
        profile=profile,
        commission_ppm=terms.commission_ppm,
        host_credit=credit,
        shipping=books.shipping,
        charges_tax=terms.charges_tax,
    )
    company = company_order(_company_lines(reader, views, earnings), charged)
    gifts, samples = (at_wholesale(lines, charged) for lines in _given_away(reader, views, earnings))
    rate = rate_on(reader, shown.demo.day.year)
    remitted = books.tax_remitted
    if remitted is None:
        remitted = 0 if terms.charges_tax else sums.tax_added
    count, cash = _cash(shown, seller.currency, books)
    return PartyAccount(
        party=shown,
        currency=seller.currency,
        reward=reward,
        terms=terms,
        books=books,
        tally=sums,
        company=company,
        names={line.code or line.name: line.name for view in views for line in view.lines},
        unit=distance_unit(seller.country),
        rate=rate,
        settlement=settle(
            sums,
            company,
            replace(_costs(shown, views, terms, rate, samples), gifts=gifts),
            hours=shown.demo.hours,
            tax_remitted=remitted,
        ),
        count=count,
        cash=cash,
        checklist=tuple(_checklist(reader, shown, parts, count, cash)),
        earnings=earnings,
    )


def _terms(view: OrderView) -> list[Any]:
    return [line_terms(line) for line in view.lines]


def _profile(reader: Reader, demo: Demo, views: Sequence[OrderView]) -> TaxProfile:
    return profile_from(views[0].order.tax_profile) if views else tax_profile(reader, demo.day)


def _company_lines(reader: Reader, views: Sequence[OrderView], earnings: PartyEarnings) -> list[CompanyLine]:
    """Return what is ordered, each piece with the seller's share of its class where a plan was written down."""
    plan = earnings.plan
    classes = classes_of(reader, views) if plan.classes else {}
    rates = class_rates(plan, earnings.earned) if earnings.stored else {}
    return [
        CompanyLine(
            key=line.code or line.name,
            quantity=line.quantity,
            unit_price=line.unit_price,
            kind=LineKind(line.kind),
            commission_ppm=rates.get(class_of(line, plan, classes)),
            group=class_of(line, plan, classes),
            tax_class=line.tax_class,
        )
        for view in views
        if view.order.kind is not OrderKind.RETURN
        for line in view.lines
    ]


def _given_away(
    reader: Reader, views: Sequence[OrderView], earnings: PartyEarnings
) -> tuple[list[CompanyLine], list[CompanyLine]]:
    """Return what guests got as gifts and as samples; the gifts of a host's order come from the company."""
    guests = [view for view in views if view.order.kind is not OrderKind.HOST]
    lines = _company_lines(reader, guests, earnings)
    return (
        [line for line in lines if line.kind is LineKind.GIFT],
        [line for line in lines if line.kind is LineKind.SAMPLE],
    )


def _costs(
    shown: Party, views: Sequence[OrderView], terms: SettlingTerms, rate: MileageRate | None, samples: int
) -> Costs:
    """Return the costs by kind; fees and mileage follow from payments and miles unless they were entered.

    ``samples`` is what those on slips cost; what else was used up is entered.
    """
    entered: dict[CostKind, int] = {}
    for cost in shown.costs:
        entered[cost.kind] = entered.get(cost.kind, 0) + cost.amount
    cards = [p.amount for view in views for p in standing(view.payments) if p.method is PaymentMethod.CARD]
    fees = card_fees([amount for amount in cards if amount > 0], terms.card_ppm, terms.card_fixed)
    driven = mileage(shown.demo.miles, rate.rate, rate.currency) if rate is not None and shown.demo.miles else 0
    return Costs(
        samples=entered.get(CostKind.SAMPLE, 0) + samples,
        door_prizes=entered.get(CostKind.DOOR_PRIZE, 0),
        card_fees=entered.get(CostKind.FEE, fees),
        mileage=entered.get(CostKind.MILEAGE, driven),
        other=entered.get(CostKind.OTHER, 0),
    )


def counts_of(count: CashCount) -> dict[int, int]:
    """Return the pieces of a count by denomination in minor units."""
    return {int(value): pieces for value, pieces in json.loads(count.counts).items()}


def cash_received(shown: Party, until: datetime | None = None) -> int:
    """Return the cash of a party's orders as the ledger has it, up to an instant."""
    return sum(
        payment.amount
        for view in shown.orders
        for payment in view.payments
        if payment.method is PaymentMethod.CASH and (until is None or payment.at <= until)
    )


def _cash(shown: Party, currency: str, books: PartyBooks) -> tuple[CashCount | None, CashCheck | None]:
    counts = [count for count in standing(shown.counts) if count.currency == currency]
    if not counts:
        return None, None
    latest = max(counts, key=lambda count: (count.at, count.id))
    counted = cash_total(counts_of(latest).items(), currency)
    return latest, check_cash(counted, cash_received(shown, latest.at), books.float_start)


def _checklist(
    reader: Reader, shown: Party, parts: Sequence[Portion], count: CashCount | None, cash: CashCheck | None
) -> list[Item]:
    items: list[Item] = []
    phones = _with_phone(reader, shown.demo.id)
    for view in shown.orders:
        name = display_name(view.person) if view.person else ""
        key, whose = view.order.id, view.order.person_id
        if view.order.state is OrderState.DRAFT:
            items.append(Item(Todo.OPEN_SLIP, name, key, view.totals.total, whose))
        elif view.order.state in _BINDING:
            if not active_papers(reader, key):
                items.append(Item(Todo.NO_SLIP, name, key, person_id=whose))
            if view.balance > 0:
                items.append(Item(Todo.UNPAID, name, key, view.balance, whose))
            signed = signature_by(reader, view, Signer.CUSTOMER)
            if signed is None:
                items.append(Item(Todo.NO_SIGNATURE, name, key, person_id=whose))
            elif not signed.covers:
                items.append(Item(Todo.SIGNED_BEFORE, name, key, person_id=whose))
            if view.person is not None and view.person.id not in phones:
                items.append(Item(Todo.NO_PHONE, name, key, person_id=whose))
                phones.add(view.person.id)  # one row for somebody with two orders
    items += _unused(shown.rules, parts)
    if count is None and cash_received(shown):
        items.append(Item(Todo.NOT_COUNTED, amount=cash_received(shown)))
    if cash is not None and cash.difference:
        items.append(Item(Todo.CASH_DIFFERS, amount=cash.difference))
    order = list(Todo)
    return sorted(items, key=lambda item: order.index(item.todo))


def _unused(rules: Rules | None, parts: Sequence[Portion]) -> list[Item]:
    """Return what the hosts have earned and not used, each her own share."""
    items = []
    for part in parts:
        if rules is not None:
            left = part.left(rules)
            key = part.orders[0].order.id if part.orders else None
            if left.rights:
                items.append(Item(Todo.RIGHTS_LEFT, part.name, key, left.rights, part.person_id))
            if left.credit:
                items.append(Item(Todo.CREDIT_LEFT, part.name, key, left.credit, part.person_id))
    return items


def _with_phone(reader: Reader, demo_id: UUID) -> set[UUID]:
    rows = reader.rows(
        "SELECT DISTINCT r.person_id FROM reach_point r JOIN sales_order o ON o.person_id = r.person_id "
        "WHERE o.demo_id = ? AND r.kind IN ('mobile', 'phone') AND r.deleted_at IS NULL AND o.deleted_at IS NULL",
        (demo_id,),
    )
    return {UUID(bytes=key) for (key,) in rows}


def company_rows(account: PartyAccount) -> list[tuple[str, str, Decimal, int]]:
    """Return the company order as code, name, quantity and retail price in minor units."""
    return [(item.key, account.names.get(item.key, ""), item.quantity, item.retail) for item in account.company.items]
