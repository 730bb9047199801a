"""One person with everything the People page shows: record, ways to reach, figures, consents, ties, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directsell.domain.followups import FollowUp
from directsell.domain.people import (
    Address,
    Channel,
    Consent,
    Person,
    PersonRole,
    PersonTag,
    ReachPoint,
    Role,
    display_name,
)
from directsell.store.queries.aliases import MergedIn, ids_of, merged_in
from directsell.store.queries.followups import open_follow_ups
from directsell.store.queries.happenings import Happening, HappeningGroup, consents_of, happenings_of
from directsell.store.queries.people import person_name
from directsell.store.queries.person_ties import (
    Asked,
    Habits,
    Ties,
    Wished,
    habits_of,
    profile_of,
    ties_of,
    wishes_of,
)
from directsell.store.queries.settings import business
from directsell.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Figures:
    """What a person bought, in minor units of the seller's currency (other currencies are left out)."""

    currency: str
    orders: int
    bought: int
    average: int
    last_order: date | None
    owed: int
    open_orders: int


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything about a person; ``consents`` holds the one that counts for each channel."""

    person: Person
    roles: tuple[Role, ...]
    tags: tuple[str, ...]
    reach: tuple[ReachPoint, ...]
    addresses: tuple[Address, ...]
    consents: tuple[Consent, ...]
    referred_by: str
    figures: Figures
    follow_ups: tuple[FollowUp, ...]
    happenings: tuple[Happening, ...]
    more: bool
    habits: Habits
    wishes: tuple[Wished, ...]
    ties: Ties
    profile: tuple[Asked, ...]
    merged: tuple[MergedIn, ...]

    @property
    def name(self) -> str:
        """The name as people say it."""
        return display_name(self.person)


HAPPENINGS = 30


def person_card(
    reader: Reader, person_id: UUID, *, happenings: int = HAPPENINGS, only: HappeningGroup = HappeningGroup.ALL
) -> PersonCard | None:
    """Return a person with the newest ``happenings`` lines of the past, or None when the person is gone."""
    person = reader.find_one(Person, person_id)
    if person is None:
        return None
    past = happenings_of(reader, person_id, happenings + 1, only)
    return PersonCard(
        person=person,
        roles=tuple(sorted((r.role for r in reader.find(PersonRole, person_id=person_id)), key=list(Role).index)),
        tags=tuple(tag.tag for tag in reader.find(PersonTag, "tag", person_id=person_id)),
        reach=tuple(reader.find(ReachPoint, "position", person_id=person_id)),
        addresses=tuple(reader.find(Address, "position", person_id=person_id)),
        consents=tuple(current_consents(reader, person_id)),
        referred_by=person_name(reader, person.referred_by),
        figures=figures_of(reader, person_id),
        follow_ups=tuple(open_follow_ups(reader, person_id)),
        happenings=tuple(past[:happenings]),
        more=len(past) > happenings,
        habits=habits_of(reader, person_id),
        wishes=tuple(wishes_of(reader, person_id)),
        ties=ties_of(reader, person_id),
        profile=tuple(profile_of(reader, person_id)),
        merged=tuple(merged_in(reader, person_id)),
    )


def current_consents(reader: Reader, person_id: UUID) -> list[Consent]:
    """Return the consent that counts for each channel: the latest one that was not taken back by undo."""
    latest = {entry.channel: entry for entry in consents_of(reader, ids_of(reader, person_id))}
    return [latest[channel] for channel in Channel if channel in latest]


def figures_of(reader: Reader, person_id: UUID) -> Figures:
    """Return what a person bought and owes; drafts and cancelled orders do not count."""
    currency = business(reader).currency
    row = reader.row(
        "SELECT count(*), coalesce(sum(total), 0), max(ordered_on), "
        "coalesce(sum(kind = 'sale'), 0), coalesce(sum(state = 'placed'), 0), coalesce(sum(owed), 0) FROM sales_order "
        "WHERE person_id = ? AND deleted_at IS NULL AND +state IN ('placed', 'delivered') AND currency = ?",
        (person_id, currency),
    )
    assert row is not None
    orders, bought, last, sales, placed, owed = row
    return Figures(
        currency=currency,
        orders=sales,
        bought=bought,
        average=(bought + sales // 2) // sales if sales else 0,
        last_order=date.fromisoformat(last) if orders else None,
        owed=owed,
        open_orders=placed,
    )
