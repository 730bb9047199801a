"""What belongs to one person beside the record: relations, recommendations, hosted demos, wishes, habits, profile. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from directsell.domain.habits import Rhythm, rhythm
from directsell.domain.money import from_micros_decimal
from directsell.domain.relations import ProfileAnswer, ProfileQuestion, RelationKind
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader

_GOODS_SHOWN = 5
_PEOPLE_SHOWN = 8
_COUNTS = "o.deleted_at IS NULL AND +o.state IN ('placed', 'delivered') AND o.kind = 'sale'"


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else on a person's page."""

    person_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody who belongs to a person; ``id`` is that of the relation."""

    id: UUID
    other: Other
    kind: RelationKind
    note: str


@dataclass(frozen=True, slots=True)
class Ties:
    """Everybody around a person: ``related``; who recommended the person; whom the person recommended (the newest, and how
    many in all); how many demos the person hosted, with how many different guests, and the latest of them.
    """

    related: tuple[Related, ...]
    referred_by: Other | None
    recommended: tuple[Other, ...]
    recommended_count: int
    hosted: int
    guests: int
    last_demo: UUID | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody is known."""
        return not (self.related or self.referred_by or self.recommended or self.hosted)


@dataclass(frozen=True, slots=True)
class Favourite:
    """A product that was bought: how often, how many pieces, when last."""

    product_id: UUID
    name: str
    orders: int
    quantity: Decimal
    last_on: date


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish; ``id`` is that of the wish."""

    id: UUID
    product_id: UUID
    name: str
    note: str
    demo_id: UUID | None


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a person orders, and what."""

    rhythm: Rhythm
    favourites: tuple[Favourite, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the profile with the brand it belongs to ("" = all) and the person's answer ("" = none)."""

    question: ProfileQuestion
    brand: str
    answer: str


def ties_of(reader: Reader, person_id: UUID) -> Ties:
    """Return everybody around a person."""
    related = [
        Related(UUID(bytes=key), Other(UUID(bytes=other), name_of(*names)), RelationKind(kind), note)
        for key, kind, note, other, *names in reader.rows(
            "SELECT r.id, r.kind, r.note, p.id, p.given, p.family, p.company FROM relation r "
            "JOIN person p ON p.id = CASE WHEN r.person_id = ?1 THEN r.other_id ELSE r.person_id END "
            "AND p.deleted_at IS NULL WHERE (r.person_id = ?1 OR r.other_id = ?1) AND r.deleted_at IS NULL "
            "ORDER BY r.kind, p.sort_key",
            (person_id,),
        )
    ]
    referrer = reader.row(
        "SELECT b.id, b.given, b.family, b.company FROM person p JOIN person b ON b.id = p.referred_by WHERE p.id = ?",
        (person_id,),
    )
    recommended = reader.rows(
        "SELECT id, given, family, company FROM person WHERE referred_by = ? AND deleted_at IS NULL "
        "ORDER BY created_at DESC LIMIT ?",
        (person_id, _PEOPLE_SHOWN),
    )
    count = "SELECT count(*) FROM person WHERE referred_by = ? AND deleted_at IS NULL"
    hosted = reader.row(
        "SELECT count(DISTINCT d.id), count(DISTINCT g.person_id) FROM demo d LEFT JOIN demo_guest g ON g.demo_id = d.id "
        "AND g.deleted_at IS NULL WHERE d.host_id = ? AND d.deleted_at IS NULL AND d.state <> 'cancelled'",
        (person_id,),
    ) or (0, 0)
    last = reader.value(
        "SELECT id FROM demo WHERE host_id = ? AND deleted_at IS NULL AND state <> 'cancelled' ORDER BY day DESC LIMIT 1",
        (person_id,),
    )
    return Ties(
        related=tuple(related),
        referred_by=None if referrer is None else _other(referrer),
        recommended=tuple(map(_other, recommended)),
        recommended_count=int(reader.value(count, (person_id,), 0)),
        hosted=hosted[0],
        guests=hosted[1],
        last_demo=None if last is None else UUID(bytes=last),
    )


def _other(row: tuple[bytes, str, str, str]) -> Other:
    return Other(UUID(bytes=row[0]), name_of(*row[1:]))


def habits_of(reader: Reader, person_id: UUID) -> Habits:
    """Return how often a person orders, and the products that are bought most often."""
    days = reader.rows(
        f"SELECT DISTINCT o.ordered_on FROM sales_order o WHERE o.person_id = ? AND {_COUNTS}", (person_id,)
    )
    goods = reader.rows(
        "SELECT l.product_id, max(l.name), count(DISTINCT o.id) AS orders, sum(l.quantity), max(o.ordered_on) AS last "
        "FROM sales_order o JOIN order_line l ON l.order_id = o.id AND l.deleted_at IS NULL "
        f"WHERE o.person_id = ? AND {_COUNTS} AND l.product_id IS NOT NULL AND l.quantity > 0 "
        "GROUP BY l.product_id ORDER BY orders DESC, last DESC, 2 LIMIT ?",
        (person_id, _GOODS_SHOWN),
    )
    return Habits(
        rhythm(date.fromisoformat(day) for (day,) in days),
        tuple(
            Favourite(UUID(bytes=key), name, orders, from_micros_decimal(quantity), date.fromisoformat(last))
            for key, name, orders, quantity, last in goods
        ),
    )


def wishes_of(reader: Reader, person_id: UUID) -> list[Wished]:
    """Return what a person wishes for, the newest first."""
    return [
        Wished(UUID(bytes=key), UUID(bytes=product), name, note, None if demo is None else UUID(bytes=demo))
        for key, product, name, note, demo in reader.rows(
            "SELECT w.id, p.id, p.name, w.note, w.demo_id FROM wish w JOIN product p ON p.id = w.product_id "
            "WHERE w.person_id = ? AND w.deleted_at IS NULL ORDER BY w.rid DESC",
            (person_id,),
        )
    ]


def questions(reader: Reader) -> list[ProfileQuestion]:
    """Return the questions of the profile in the seller's order, also those that are not asked any more."""
    return reader.find(ProfileQuestion, "position")


def profile_of(reader: Reader, person_id: UUID) -> list[Asked]:
    """Return the questions that are asked, or were answered, with a person's answers."""
    answers = {answer.question_id: answer.value for answer in reader.find(ProfileAnswer, person_id=person_id)}
    brands = {UUID(bytes=key): name for key, name in reader.rows("SELECT id, name FROM brand WHERE deleted_at IS NULL")}
    return [
        Asked(question, brands.get(question.brand_id, "") if question.brand_id else "", answers.get(question.id, ""))
        for question in questions(reader)
        if question.active or answers.get(question.id)
    ]


def brands(reader: Reader) -> list[tuple[UUID, str]]:
    """Return the brands by name."""
    rows = reader.rows("SELECT id, name FROM brand WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE")
    return [(UUID(bytes=key), name) for key, name in rows]
