"""What the desk shows of a party, read and judged in one go for a worker: guests, sums, reward, coach. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from directsell.domain.catalog import HostProgramme
from directsell.domain.demos import DemoGuest
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.coach import Nudge, advise
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.orders import Handover, OrderKind, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Person, display_name, fold
from directsell.i18n import Language, _
from directsell.store.queries.earnings import PartyEarnings, party_earnings
from directsell.store.queries.orders import OrderView
from directsell.store.queries.parties import (
    Memory,
    Party,
    WishRow,
    party,
    party_facts,
    programme_on,
    programmes,
    wishes,
)
from directsell.store.queries.people import person_name
from directsell.store.queries.rewards import Portion, portions
from directsell.store.queries.settings import business
from directsell.store.queries.settlements import settling_terms
from directsell.store.reader import Reader

_COUNTED = (OrderState.PLACED, OrderState.DELIVERED)


class Seat(StrEnum):
    """How far somebody is with ordering."""

    NOTHING = "nothing"
    TYPING = "typing"
    OPEN = "open"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody at the party; amounts are minor units. ``guest`` is None for the host and for buyers off the list."""

    id: UUID
    name: str
    phone: str
    guest: DemoGuest | None
    orders: tuple[OrderView, ...]
    hosts: bool
    co_hosts: bool
    draft: UUID | None
    total: int
    owed: int

    @property
    def seat(self) -> Seat:
        """How far the person is, as far as the book knows."""
        if self.orders:
            return Seat.OPEN if self.owed > 0 else Seat.PAID
        return Seat.TYPING if self.draft is not None else Seat.NOTHING


@dataclass(frozen=True, slots=True)
class Sums:
    """The party's totals in minor units; ``methods`` is what was received in each way."""

    orders: int = 0
    total: int = 0
    owed: int = 0
    methods: Mapping[PaymentMethod, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evening:
    """All that the desk shows but for what is being typed."""

    party: Party
    currency: str
    sitters: tuple[Sitter, ...]
    sums: Sums
    wishes: Mapping[UUID, tuple[WishRow, ...]]
    charges: Mapping[Handover, int]
    reward: Reward | None
    nudges: tuple[Nudge, ...]
    offers: tuple[HostProgramme, ...]
    host_names: Mapping[UUID, str]
    country: str
    portions: tuple[Portion, ...] = ()
    earnings: PartyEarnings | None = None

    def sitter(self, person_id: UUID | None) -> Sitter | None:
        """Return somebody at the party, or None."""
        return next((sitter for sitter in self.sitters if sitter.id == person_id), None)


def title_of(evening: Evening, language: Language) -> tuple[str, str]:
    """Return what the demo is called, and when it is, with the host where the title does not name her."""
    demo = evening.party.demo
    host = next((sitter.name for sitter in evening.sitters if sitter.hosts), "")
    title = demo.title or host or _("Demo")
    when = [language.date(demo.day, "full"), *([language.time(demo.starts)] if demo.starts else [])]
    return title, " · ".join([*when, *([host] if host and host not in title else [])])


def read_evening(reader: Reader, demo_id: UUID, memory: Memory | None = None) -> Evening:
    """Return a party as the desk shows it; with a ``memory`` only orders that changed are computed anew.

    Raises:
        DomainError: ``record.missing``, ``programme.unreadable``.
    """
    shown = party(reader, demo_id, memory)
    seller = business(reader)
    reward: Reward | None = None
    nudges: tuple[Nudge, ...] = ()
    if shown.rules is not None:
        reward, nudges = advise(shown.rules, party_facts(reader, shown, memory))
    interest: dict[UUID, tuple[WishRow, ...]] = {}
    for wish in wishes(reader, demo_id):
        interest[wish.person_id] = (*interest.get(wish.person_id, ()), wish)
    return Evening(
        party=shown,
        currency=seller.currency,
        sitters=_sitters(shown),
        sums=_sums(shown),
        wishes=interest,
        charges=_charges(shown, seller.shipping),
        reward=reward,
        nudges=nudges,
        offers=_offers(reader, shown, seller.currency),
        host_names={child.id: person_name(reader, child.host_id) for child in shown.bookings},
        country=seller.country,
        portions=portions(reader, shown, reward),
        earnings=_earnings(reader, shown, seller.currency),
    )


def _earnings(reader: Reader, shown: Party, currency: str) -> PartyEarnings | None:
    """Return what the seller earns; None when the plan cannot be read: the party goes on all the same."""
    try:
        return party_earnings(reader, shown, currency, settling_terms(reader).commission_ppm)
    except DomainError:
        return None


def _offers(reader: Reader, shown: Party, currency: str) -> tuple[HostProgramme, ...]:
    """Return the seller's programmes that hold on the day, one version of each family, in the money of the business."""
    day = shown.demo.day
    families = dict.fromkeys(programme.family_id for programme in programmes(reader))
    found = (programme_on(reader, family, day) for family in families)
    return tuple(programme for programme in found if programme is not None and programme.currency == currency)


def _sitters(shown: Party) -> tuple[Sitter, ...]:
    """Return the host first, then everybody by name."""
    by_person: dict[UUID, list[OrderView]] = {}
    for view in shown.orders:
        if view.order.person_id is not None:
            by_person.setdefault(view.order.person_id, []).append(view)
    co_hosts = {person.id for person in shown.co_hosts}
    people: dict[UUID, tuple[Person, str, DemoGuest | None]] = {
        row.person.id: (row.person, row.phone, row.guest) for row in shown.guests
    }
    extra = [person for person in (shown.host, *shown.co_hosts) if person is not None]
    extra += [view.person for view in shown.orders if view.person is not None]
    for person in extra:
        people.setdefault(person.id, (person, "", None))
    host_id = shown.demo.host_id
    result = [
        _sitter(key, display_name(person), phone, guest, by_person.get(key, []), key == host_id, key in co_hosts)
        for key, (person, phone, guest) in people.items()
    ]
    return tuple(sorted(result, key=lambda one: (not one.hosts, fold(one.name), one.id)))


def _sitter(
    key: UUID,
    name: str,
    phone: str,
    guest: DemoGuest | None,
    views: list[OrderView],
    hosts: bool,
    co_hosts: bool,
) -> Sitter:
    counted = tuple(view for view in views if view.order.state in _COUNTED)
    return Sitter(
        id=key,
        name=name,
        phone=phone,
        guest=guest,
        orders=counted,
        hosts=hosts,
        co_hosts=co_hosts,
        draft=next((view.order.id for view in views if _is_open_slip(view)), None),
        total=sum(view.totals.total for view in counted),
        owed=sum(view.balance for view in counted),
    )


def _is_open_slip(view: OrderView) -> bool:
    """Tell whether an order is a slip to type on; a redemption that was made a draft is none."""
    return view.order.state is OrderState.DRAFT and view.order.kind is not OrderKind.HOST


def _sums(shown: Party) -> Sums:
    counted = [view for view in shown.orders if view.order.state in _COUNTED]
    methods: dict[PaymentMethod, int] = {}
    for view in shown.orders:
        for payment in view.payments:
            methods[payment.method] = methods.get(payment.method, 0) + payment.amount
    return Sums(
        orders=len(counted),
        total=sum(view.totals.total for view in counted),
        owed=sum(max(view.balance, 0) for view in counted),
        methods={method: amount for method, amount in methods.items() if amount},
    )


def _charges(shown: Party, usual: int) -> dict[Handover, int]:
    """Return what shipping costs in each way: as in the last order of this evening, else as the business has it."""
    charges = {Handover.TO_HOST: usual, Handover.TO_CUSTOMER: usual, Handover.TAKE_NOW: 0}
    for view in shown.orders:
        charges[view.order.handover] = view.order.shipping
    return charges
