"""The right to cancel of an order: which rule, and until when; kept with the order. The law is data in domain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from directsell.domain.cooling_off import (
    Advice,
    Deadline,
    LegalText,
    Rule,
    RuleChoice,
    SaleFacts,
    SalePlace,
    Step,
    Visit,
    advice_of,
    deadline,
    rule_for,
    slip_note_of,
    statement_of,
    text_for,
)
from directsell.domain.demos import Demo, DemoKind
from directsell.domain.orders import Handover, Order, OrderKind, OrderState, Origin
from directsell.domain.people import Person
from directsell.i18n import N_
from directsell.legal import legal_pack
from directsell.store.queries.orders import OrderView, order_view
from directsell.store.queries.seller import seller
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.store.work import Work
from directsell.usecases.verbs import usecase

_BINDING = (OrderState.PLACED, OrderState.DELIVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """The right to cancel of one order, as it is judged now.

    ``rule`` and ``end`` are None where there is no right; ``trace`` says why, ``text`` is the notice's wording.
    """

    facts: SaleFacts
    rule: Rule | None
    end: Deadline | None
    trace: tuple[Step, ...]
    text: LegalText | None
    advice: Advice | None


def right_of(reader: Reader, view: OrderView) -> Right:
    """Return the right to cancel of an order.

    Args:
        reader: where the seller's country and the buyer's other orders of the same event are read.
        view: the order.

    Raises:
        DomainError: ``legal.unreadable``.
    """
    facts, choice, end = _judged(reader, view)
    if choice.rule is None or end is None:
        return Right(facts=facts, rule=None, end=None, trace=choice.trace, text=None, advice=None)
    texts = text_for(legal_pack(), choice.rule, _language(reader, view.person))
    return Right(
        facts=facts,
        rule=choice.rule,
        end=end,
        trace=(*choice.trace, *end.trace),
        text=texts.text,
        advice=advice_of(choice.rule, texts),
    )


def _judged(reader: Reader, view: OrderView) -> tuple[SaleFacts, RuleChoice, Deadline | None]:
    """Return facts, rule and end without the wording, which a save does not need."""
    pack = legal_pack()
    facts = sale_facts(reader, view)
    choice = rule_for(pack, facts)
    return facts, choice, None if choice.rule is None else deadline(pack, choice.rule, facts)


def sale_facts(reader: Reader, view: OrderView) -> SaleFacts:
    """Return what the law looks at: place, visit, and all that this buyer ordered at the same event together."""
    return facts_of(reader, view.order, view.demo, total=view.totals.total, owed=view.balance)


def facts_of(reader: Reader, order: Order, demo: Demo | None, *, total: int, owed: int) -> SaleFacts:
    """Return what the law looks at, of an order that comes to ``total`` and of which ``owed`` is open (minor units)."""
    own = seller(reader)
    others = _orders_together(reader, order)
    taken = order.handover is Handover.TAKE_NOW
    return SaleFacts(
        ordered_on=order.ordered_on,
        country=(demo.country if demo else "") or own.country,
        region=demo.region if demo and demo.country in ("", own.country) and demo.region else own.region,
        place=place_of(order, demo),
        visit=demo.visit if demo else Visit.REQUESTED,
        home_party=demo is not None and demo.kind is DemoKind.HOME_PARTY,
        host_consent=demo is not None and demo.host_consent,
        amount=total + sum(order_view(reader, other.id).totals.total for other in others),
        currency=order.currency,
        settled_at_once=taken and owed <= 0,
        received_on=order.delivered_on or (order.ordered_on if taken else None),
    )


def place_of(order: Order, demo: Demo | None) -> SalePlace:
    """Return where the buyer agreed: what was chosen for the order, else what follows from its demo."""
    if order.place is not SalePlace.OTHER or demo is None:
        return order.place
    if demo.kind is DemoKind.FAIR:
        return SalePlace.FAIR
    if demo.kind is DemoKind.ONLINE:
        return SalePlace.ONLINE
    # Who is shown the goods alone is at home, unless somebody else has invited.
    alone = demo.kind is DemoKind.ONE_TO_ONE and demo.host_id is None
    at_home = order.person_id is not None and (alone or order.person_id == demo.host_id)
    return SalePlace.BUYER_HOME if at_home else SalePlace.HOST_HOME


def keep_right(work: Work, order: Order) -> Order:
    """Store last day and rule with a binding order, and with the other ones of the same buyer at the same event.

    Drafts, returns and what another program sold have none. Called by whatever makes an order binding, hands it over,
    or changes what the law looks at; an order that was withdrawn from keeps what it had.
    """
    kept = _keep(work, order)
    keep_rights_beside(work, order)
    return kept


def keep_rights_beside(work: Work, order: Order) -> None:
    """Store last day and rule with the other orders of the same buyer at the same event."""
    for other in _orders_together(work, order):
        _keep(work, other)


def with_right(reader: Reader, view: OrderView) -> Order:
    """Return an order, stored or about to be, with its last day and rule; one that can have none as it is."""
    order = view.order
    if not _can_have_right(order):
        return order
    _, choice, end = _judged(reader, view)
    last_day = end.last_day if end else None
    rule = choice.rule.stamp if choice.rule else ""
    if (order.cancel_by, order.cooling_rule) == (last_day, rule):
        return order
    return replace(order, cancel_by=last_day, cooling_rule=rule)


def _can_have_right(order: Order) -> bool:
    return order.state in _BINDING and order.kind is not OrderKind.RETURN and order.origin is Origin.ENTERED


def _keep(work: Work, order: Order) -> Order:
    if not _can_have_right(order):
        return order
    judged = with_right(work, order_view(work, order.id))
    last_day, rule = judged.cancel_by, judged.cooling_rule
    if (order.cancel_by, order.cooling_rule) == (last_day, rule):
        return order
    return work.save(replace(order, cancel_by=last_day, cooling_rule=rule))


def _orders_together(reader: Reader, order: Order) -> list[Order]:
    """Return the other binding orders of this buyer at the same event."""
    if order.demo_id is None or order.person_id is None:
        return []
    found = reader.find(Order, demo_id=order.demo_id, person_id=order.person_id)
    return [
        other
        for other in found
        if other.id != order.id and other.state in _BINDING and other.kind is not OrderKind.RETURN
    ]


@usecase(N_("Where the customer agreed"))
def choose_place(work: Work, order_id: UUID, place: SalePlace) -> Order:
    """Say where the buyer agreed; the last day to cancel follows from it."""
    return keep_right(work, work.update(Order, order_id, place=place))


@usecase(N_("Who asked for the visit"))
def agree_visit(work: Work, demo_id: UUID, *, visit: Visit, host_consent: bool) -> Demo:
    """Note who asked for the visit and whether the host agreed expressly; the orders' last days follow from it."""
    demo = work.update(Demo, demo_id, visit=visit, host_consent=host_consent)
    for order in work.find(Order, demo_id=demo_id):
        _keep(work, order)
    return demo


def slip_words(reader: Reader, view: OrderView) -> tuple[str, str]:
    """Return what the law wants on an order slip: the bold sentence by the signature, and the plain note; or nothing."""
    if view.order.kind is OrderKind.RETURN or view.order.origin is not Origin.ENTERED:
        return "", ""
    right = right_of(reader, view)
    if right.text is None or right.end is None:
        return "", ""
    return statement_of(right.text, right.end.days), slip_note_of(right.text, right.end.days)


def is_open(order: Order, day: date) -> bool:
    """Tell whether the buyer may still cancel on a day."""
    return bool(order.cooling_rule) and (order.cancel_by is None or day <= order.cancel_by)


def _language(reader: Reader, person: Person | None) -> str:
    """Return the language in which the sale was made: the buyer's, else the seller's."""
    return (person.language if person else "") or business(reader).language
