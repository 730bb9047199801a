"""Who may be in the book twice: all pairs, and while somebody is being typed. Judging is domain/duplicates.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from directsell.domain.duplicates import LIKELY, WORTH_A_HINT, Facts, Judgement, judge
from directsell.domain.ids import named_id
from directsell.domain.name_sounds import name_sound
from directsell.domain.people import PersonKind, fold
from directsell.store.reader import Reader

APART = "apart."
_MOST_ALIKE = 12  # more people than this with one number or one name in one town are no doubles, but a shared number
_LOOKED_AT = 60
_SHORTEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person, the older one first, and why."""

    one: Facts
    other: Facts
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Double:
    """Somebody in the book who may be the one that is being typed."""

    person: Facts
    judgement: Judgement


def apart_name(one: UUID, other: UUID) -> str:
    """Return the name of the setting that notes that two records are two people."""
    return f"{APART}{named_id('apart', *sorted((one, other)))}"


def doubles_of(reader: Reader, typed: Facts, *, most: int = 3, least: int = WORTH_A_HINT) -> list[Double]:
    """Return who in the book may be the one that is typed, the likeliest first. Answered by indexes: quick enough for each key.

    Args:
        reader: one moment of the book.
        typed: what is known so far; the record of the same id is left out.
        most: how many at most.
        least: the score from which somebody is worth naming.
    """
    keys = [key for key in (*typed.mobiles, *typed.phones) if len(key) >= _SHORTEST_NUMBER]
    keys += [key for key in typed.emails if "@" in key]
    found: set[bytes] = set()
    if keys:
        marks = ", ".join("?" * len(keys))
        sql = f"SELECT DISTINCT person_id FROM reach_point WHERE reach_key IN ({marks}) AND deleted_at IS NULL LIMIT {_LOOKED_AT}"
        found.update(key for (key,) in reader.rows(sql, keys))
    sound = name_sound(typed.given, typed.family, typed.company)
    if sound:
        sql = f"SELECT id FROM person WHERE sound_key = ? AND deleted_at IS NULL LIMIT {_LOOKED_AT}"
        found.update(key for (key,) in reader.rows(sql, (sound,)))
    found.discard(typed.id.bytes)
    judged = [Double(facts, judge(typed, facts)) for facts in facts_of(reader, found).values()]
    judged = [double for double in judged if double.judgement.score >= least and double.judgement.reasons]
    judged.sort(key=lambda double: (-double.judgement.score, double.person.id))
    apart = _apart(reader, [(typed.id, double.person.id) for double in judged]) if judged else frozenset[UUID]()
    return [double for double in judged if named_id("apart", *sorted((typed.id, double.person.id))) not in apart][:most]


def possible_duplicates(reader: Reader, *, most: int = 500) -> list[Pair]:
    """Return the pairs of people who may be one, the likeliest first; those told apart or related are left out.

    Some hundred milliseconds for 100,000 people: for a worker.
    """
    pairs = {tuple(sorted(pair)) for group in _groups(reader) for pair in combinations(sorted(group), 2)}
    facts = facts_of(reader, {key for pair in pairs for key in pair})
    found = []
    for one, other in pairs:
        if one in facts and other in facts:
            judgement = judge(facts[one], facts[other])
            if judgement.score >= LIKELY:
                found.append(Pair(facts[one], facts[other], judgement))
    found.sort(key=lambda pair: (-pair.judgement.score, fold(pair.one.name), pair.one.id))
    apart = _apart(reader, [(pair.one.id, pair.other.id) for pair in found])
    return [pair for pair in found if named_id("apart", pair.one.id, pair.other.id) not in apart][:most]


def _groups(reader: Reader) -> Iterator[set[bytes]]:
    """Yield sets of people with something in common: a number or mail address, or a like name and a birthday or place."""
    keys = [
        key
        for (key,) in reader.rows(
            "SELECT reach_key FROM reach_point WHERE deleted_at IS NULL GROUP BY reach_key "
            f"HAVING count(*) BETWEEN 2 AND {_MOST_ALIKE}"
        )
        if len(key) >= _SHORTEST_NUMBER
    ]
    for key in keys:
        rows = reader.rows("SELECT person_id FROM reach_point WHERE reach_key = ? AND deleted_at IS NULL", (key,))
        yield {person for (person,) in rows}
    # Each table is read once from its beginning to its end: looking people up one by one is ten times slower on a disk.
    alike = _Alike()
    sounds: dict[bytes, str] = {}
    for person, sound, birthday, tax_id in reader.rows(
        "SELECT id, sound_key, substr(birthday, -5), tax_id FROM person NOT INDEXED WHERE deleted_at IS NULL"
    ):
        if sound:
            sounds[person] = sound
            if birthday:
                alike.add(f"{sound}|{birthday}", person)
        if tax_id:
            alike.add(tax_id, person)
    for person, city in reader.rows(
        "SELECT person_id, lower(city) FROM address NOT INDEXED WHERE city <> '' AND deleted_at IS NULL"
    ):
        if person in sounds:
            alike.add(f"{sounds[person]}|{city}", person)
    yield from (members for members in alike.several.values() if 1 < len(members) <= _MOST_ALIKE)


class _Alike:
    """Collects who has the same mark; most are alone with theirs, so a set is made for the second one only."""

    def __init__(self) -> None:
        self._first: dict[str, bytes] = {}
        self.several: dict[str, set[bytes]] = {}

    def add(self, mark: str, person: bytes) -> None:
        first = self._first.setdefault(mark, person)
        if first is not person:
            self.several.setdefault(mark, {first}).add(person)


def facts_of(reader: Reader, people: Iterable[bytes]) -> dict[bytes, Facts]:
    """Return what is known of living people for comparing, by the bytes of their ids."""
    keys = list(people)
    found: dict[bytes, Facts] = {}
    for start in range(0, len(keys), 500):
        found.update(_facts(reader, keys[start : start + 500]))
    return found


def _facts(reader: Reader, keys: Sequence[bytes]) -> Iterator[tuple[bytes, Facts]]:
    marks = ", ".join("?" * len(keys))
    reach: dict[tuple[bytes, str], set[str]] = {}
    shown: dict[bytes, list[str]] = {}
    for person, kind, key, value in reader.rows(
        f"SELECT person_id, kind, reach_key, value FROM reach_point WHERE person_id IN ({marks}) AND deleted_at IS NULL "
        "ORDER BY position, rid",
        keys,
    ):
        shown.setdefault(person, []).append(value)
        if len(key) >= _SHORTEST_NUMBER:
            reach.setdefault((person, kind), set()).add(key)
    streets: dict[bytes, set[str]] = {}
    cities: dict[bytes, set[str]] = {}
    for person, street, postcode, city in reader.rows(
        f"SELECT person_id, street, postcode, city FROM address WHERE person_id IN ({marks}) AND deleted_at IS NULL",
        keys,
    ):
        if street:
            streets.setdefault(person, set()).add(place_key(street, postcode, city))
        if city:
            cities.setdefault(person, set()).add(fold(city))
            shown.setdefault(person, []).append(city)
    for key, kind, given, family, company, birthday, tax_id in reader.rows(
        "SELECT id, kind, given, family, company, birthday, tax_id FROM person "
        f"WHERE id IN ({marks}) AND deleted_at IS NULL",
        keys,
    ):
        yield (
            key,
            Facts(
                id=UUID(bytes=key),
                kind=PersonKind(kind),
                given=given,
                family=family,
                company=company,
                birthday=birthday,
                tax_id=tax_id,
                mobiles=frozenset(reach.get((key, "mobile"), ())),
                phones=frozenset(reach.get((key, "phone"), ())),
                emails=frozenset(reach.get((key, "email"), ())),
                streets=frozenset(streets.get(key, ())),
                cities=frozenset(cities.get(key, ())),
                shown=tuple(shown.get(key, ())),
            ),
        )


def place_key(street: str, postcode: str, city: str) -> str:
    """Return what makes two addresses the same: street, postcode and city without case, accents and punctuation."""
    return "".join(c if c.isalnum() else " " for c in fold(f"{street} {postcode} {city}")).replace("  ", " ").strip()


def _apart(reader: Reader, pairs: Sequence[tuple[UUID, UUID]]) -> frozenset[UUID]:
    """Return the names of the pairs that the seller told apart, or who are related and therefore two."""
    names: dict[bytes, UUID] = {}
    for one, other in pairs:
        first, second = sorted((one, other))
        name = named_id("apart", first, second)
        names[named_id("setting", f"{APART}{name}").bytes] = name
        names[named_id("relation", first, second).bytes] = name
    keys = list(names)
    found: set[UUID] = set()
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ", ".join("?" * len(part))
        for table in ("setting", "relation"):
            sql = f"SELECT id FROM {table} WHERE id IN ({marks}) AND deleted_at IS NULL"
            found.update(names[key] for (key,) in reader.rows(sql, part))
    return frozenset(found)
