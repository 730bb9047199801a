"""People in lists: rows of the People page, suggestions while typing, who has a number already. One person: person_card.py."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.domain.people import ReachKind, ReachPoint, Role, Stage, reach_key
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader, Row

_FIRST_REACH = (
    "(SELECT value FROM reach_point WHERE person_id = t.id AND deleted_at IS NULL ORDER BY position, rid LIMIT 1)"
)
_CITY = (
    "(SELECT city FROM address WHERE person_id = t.id AND deleted_at IS NULL AND city <> '' "
    "ORDER BY position, rid LIMIT 1)"
)
_LAST_CONTACT = "(SELECT max(at) FROM contact_entry WHERE person_id = t.id AND deleted_at IS NULL)"
# "+" keeps SQLite from walking through all orders of a state; the newest of one person is the first it looks at.
_LAST_ORDER = (
    "(SELECT ordered_on FROM sales_order WHERE person_id = t.id AND deleted_at IS NULL "
    "AND +state IN ('placed', 'delivered') ORDER BY ordered_on DESC LIMIT 1)"
)
_STAGE_RANK = " ".join(f"WHEN '{stage}' THEN {rank}" for rank, stage in enumerate(Stage))


class PeopleFilter(StrEnum):
    """Which people are listed; a tag comes on top."""

    ALL = "all"
    PROSPECTS = "prospects"
    CUSTOMERS = "customers"
    HOSTS = "hosts"
    FOLLOW_UP_DUE = "follow_up_due"
    OWES = "owes"


class PeopleSort(StrEnum):
    """In which order people are listed."""

    NAME = "name"
    NEWEST = "newest"
    LAST_CONTACT = "last_contact"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people; ``owed`` is minor units of the seller's currency, 0 when nothing is open."""

    id: UUID
    name: str
    stage: Stage
    city: str
    need: str
    reach: str
    last_contact: datetime | None
    last_order: date | None
    owed: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody suggested while typing."""

    id: UUID
    name: str
    reach: str
    city: str


@dataclass(frozen=True, slots=True)
class ReachOwner:
    """Somebody who has a phone number or e-mail address already."""

    person_id: UUID
    name: str
    kind: ReachKind


def people_list(
    *,
    which: PeopleFilter = PeopleFilter.ALL,
    sort: PeopleSort = PeopleSort.NAME,
    text: str = "",
    tag: str = "",
    currency: str,
    today: date,
) -> ListQuery[PersonRow]:
    """Return the list of people as a query.

    Args:
        which: the filter.
        sort: the order; newest and last contact list the latest first.
        text: words that are searched in names, numbers, places and notes; "" finds all.
        tag: a tag all must have, or "".
        currency: the seller's; amounts in others are not added to it.
        today: decides which follow-ups are due.
    """
    owing = f"o.deleted_at IS NULL AND o.owed > 0 AND o.currency = '{_code(currency)}'"
    # All debts at once: few orders are open, while each person may have hundreds of old ones.
    debts = f"LEFT JOIN (SELECT o.person_id, sum(o.owed) AS owed FROM sales_order o WHERE {owing} GROUP BY 1) debt"
    where, params = ["t.deleted_at IS NULL"], list[object]()
    if which in _ROLES:
        where.append("t.id IN (SELECT person_id FROM person_role WHERE role = ? AND deleted_at IS NULL)")
        params.append(str(_ROLES[which]))
    elif which is PeopleFilter.PROSPECTS:
        where.append(_PROSPECT)
    elif which is PeopleFilter.FOLLOW_UP_DUE:
        where.append(
            "t.id IN (SELECT person_id FROM follow_up WHERE state = 'open' AND due_on <= ? AND deleted_at IS NULL)"
        )
        params.append(today.isoformat())
    elif which is PeopleFilter.OWES:
        where.append(f"t.id IN (SELECT o.person_id FROM sales_order o WHERE {owing})")
    if tag:
        where.append("t.id IN (SELECT person_id FROM person_tag WHERE tag = ? AND deleted_at IS NULL)")
        params.append(tag)
    if text.strip():
        where.append("t.rid IN (SELECT rowid FROM person_fts WHERE person_fts MATCH ?)")
        params.append(match_words(text))
    order, descending = _SORTS[sort]
    return ListQuery(
        table="person",
        select=f"t.id, t.given, t.family, t.company, t.stage, {_CITY}, t.need, {_FIRST_REACH}, {_LAST_CONTACT}, "
        f"{_LAST_ORDER}, debt.owed, t.created_at",
        build=_row,
        where=" AND ".join(where),
        params=tuple(params),
        order=order,
        descending=descending,
        join=f"{debts} ON debt.person_id = t.id",
    )


_ROLES = {PeopleFilter.CUSTOMERS: Role.CUSTOMER, PeopleFilter.HOSTS: Role.HOST}
_PROSPECT = (
    "(t.stage NOT IN ('won', 'lost') AND t.id NOT IN "
    "(SELECT person_id FROM person_role WHERE role IN ('customer', 'supplier', 'assistant') AND deleted_at IS NULL))"
)
_SORTS = {
    PeopleSort.NAME: ("t.sort_key", False),
    PeopleSort.NEWEST: ("t.created_at", True),
    PeopleSort.LAST_CONTACT: (_LAST_CONTACT, True),
    PeopleSort.STAGE: (f"CASE t.stage {_STAGE_RANK} END, t.sort_key", False),
}


def _code(currency: str) -> str:
    """A currency code that may stand in SQL text."""
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise ValueError(currency)
    return currency


def _row(row: Row) -> PersonRow:
    key, given, family, company, stage, city, need, reach, contact, order, owed, created = row
    return PersonRow(
        id=UUID(bytes=key),
        name=name_of(given, family, company),
        stage=Stage(stage),
        city=city or "",
        need=need,
        reach=reach or "",
        last_contact=None if contact is None else from_micros(contact),
        last_order=None if order is None else date.fromisoformat(order),
        owed=max(0, owed or 0),
        created_at=from_micros(created),
    )


def match_words(text: str) -> str:
    """Return the full-text expression for typed words: every word must begin a word of the row.

    A typed phone number also finds the same number written with another country code or other blanks.
    """
    plain = text.replace('"', " ").replace("\0", " ")  # neither may stand in a quoted word
    words = " AND ".join(f'"{word}"*' for word in plain.split() if re.search(r"\w", word))
    digits = reach_key(ReachPoint(id=_NOBODY, person_id=_NOBODY, kind=ReachKind.PHONE, value=text))
    if len(digits) >= 6 and not re.search(r"[^\W\d]", text):
        return f'({words}) OR "{digits}"*'
    return words or '""'


_NOBODY = UUID(int=0)


def suggest_people(reader: Reader, text: str, limit: int = 8) -> list[PersonHit]:
    """Return people for what was typed so far: names and numbers first, then places and notes; "" gives the newest."""
    select = f"SELECT t.id, t.given, t.family, t.company, {_FIRST_REACH}, {_CITY} FROM person t "
    alive = "t.deleted_at IS NULL"
    if not text.strip():
        rows = reader.rows(f"{select} WHERE {alive} ORDER BY t.rid DESC LIMIT ?", (limit,))
        return [_hit(row) for row in rows]
    # Ranking the thousands of hits of one or two letters costs more than it helps.
    order = "rank" if len(text.strip()) > 2 else "rowid"
    found: dict[UUID, PersonHit] = {}
    words = match_words(text)
    for match in (f"{{name reach}} : ({words})", words):
        if len(found) < limit and words != '""':
            inner = f"SELECT rowid FROM person_fts WHERE person_fts MATCH ? ORDER BY {order} LIMIT ?"
            rows = reader.rows(inner, (match, limit * 3))
            by_rid = _hits(reader, select, alive, [row[0] for row in rows])
            found.update((hit.id, hit) for hit in by_rid if hit.id not in found)
    return list(found.values())[:limit]


def _hits(reader: Reader, select: str, alive: str, rids: list[int]) -> list[PersonHit]:
    marks = ",".join(map(str, rids))
    select = select.replace("SELECT ", "SELECT t.rid, ", 1)
    rows = {row[0]: row[1:] for row in reader.rows(f"{select} WHERE {alive} AND t.rid IN ({marks})")}
    return [_hit(rows[rid]) for rid in rids if rid in rows]


def _hit(row: Row) -> PersonHit:
    key, given, family, company, reach, city = row
    return PersonHit(UUID(bytes=key), name_of(given, family, company), reach or "", city or "")


def person_name(reader: Reader, person_id: UUID | None) -> str:
    """Return the name of a person, also of a deleted one; "" for nobody."""
    if person_id is None:
        return ""
    row = reader.row("SELECT given, family, company FROM person WHERE id = ?", (person_id,))
    return "" if row is None else name_of(*row)


def owners_of(reader: Reader, kind: ReachKind, value: str, *, except_person: UUID | None = None) -> list[ReachOwner]:
    """Return who else has a phone number or e-mail address, however it is written; at most three.

    Numbers of fewer than six digits and e-mail addresses without "@" are too short to mean anything.
    """
    phone = kind in _PHONES
    key = reach_key(ReachPoint(id=_NOBODY, person_id=_NOBODY, kind=kind, value=value))
    if (phone and len(key) < 6) or (not phone and "@" not in key):
        return []
    kinds = _PHONES if phone else (kind,)
    marks = ", ".join("?" * len(kinds))
    rows = reader.rows(
        "SELECT DISTINCT t.id, t.given, t.family, t.company, r.kind FROM reach_point r JOIN person t ON t.id = r.person_id "
        f"WHERE r.reach_key = ? AND r.deleted_at IS NULL AND t.deleted_at IS NULL AND r.kind IN ({marks}) "
        "AND t.id IS NOT ? LIMIT 3",
        (key, *map(str, kinds), except_person),
    )
    return [ReachOwner(UUID(bytes=row[0]), name_of(*row[1:4]), ReachKind(row[4])) for row in rows]


_PHONES = (ReachKind.PHONE, ReachKind.MOBILE)


def lead_sources(reader: Reader) -> list[str]:
    """Return the lead sources in use, the most frequent first."""
    rows = reader.rows(
        "SELECT lead_source FROM person WHERE lead_source <> '' AND deleted_at IS NULL "
        "GROUP BY lead_source ORDER BY count(*) DESC, lead_source LIMIT 40"
    )
    return [row[0] for row in rows]


def tags_in_use(reader: Reader) -> list[str]:
    """Return the tags in use by name."""
    rows = reader.rows(
        "SELECT DISTINCT tag FROM person_tag WHERE deleted_at IS NULL ORDER BY tag COLLATE NOCASE LIMIT 200"
    )
    return [row[0] for row in rows]
