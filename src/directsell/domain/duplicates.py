"""Whether two records may be one person, and why. Facts in, a judgement that explains itself out. No SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from directsell.domain.name_sounds import distance, name_sound, sound, without_marks
from directsell.domain.people import Person, PersonKind


class Clue(StrEnum):
    """What speaks for one person, the strongest first, and what speaks against it."""

    TAX_ID = "tax_id"
    MOBILE = "mobile"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    SOUND = "sound"
    SIMILAR = "similar"
    INITIAL = "initial"
    PART = "part"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    CITY = "city"
    OTHER_GIVEN = "other_given"
    OTHER_BIRTHDAY = "other_birthday"


WEIGHTS = {
    Clue.TAX_ID: 50,
    Clue.MOBILE: 45,
    Clue.EMAIL: 45,
    Clue.PHONE: 35,
    Clue.NAME: 40,
    Clue.SOUND: 35,
    Clue.SIMILAR: 25,
    Clue.INITIAL: 25,
    Clue.PART: 20,
    Clue.BIRTHDAY: 35,
    Clue.ADDRESS: 35,
    Clue.CITY: 20,
    # A household shares numbers and streets, but not given names and birthdays.
    Clue.OTHER_GIVEN: -35,
    Clue.OTHER_BIRTHDAY: -40,
}
LIKELY = 60
WORTH_A_HINT = 40
_CERTAIN = 100
_BIRTHDAY_WITHOUT_YEAR = 25
_NAMES = (Clue.NAME, Clue.SOUND, Clue.SIMILAR, Clue.INITIAL, Clue.PART)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of somebody for comparing. Numbers and mail addresses are comparison keys (``people.reach_key``),
    ``streets`` folded "street postcode city", ``cities`` folded; ``birthday`` as ``Person.birthday``. ``shown`` is how to reach
    somebody as it was typed, to be shown beside the name.
    """

    id: UUID
    kind: PersonKind = PersonKind.PERSON
    given: str = ""
    family: str = ""
    company: str = ""
    birthday: str = ""
    tax_id: str = ""
    mobiles: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    shown: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as people say it."""
        return " ".join(part for part in (self.given, self.family) if part) or self.company


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely two records are one person (0 to 100) and by which clues, those that count most first."""

    score: int
    clues: tuple[Clue, ...]

    @property
    def reasons(self) -> tuple[Clue, ...]:
        """What speaks for it."""
        return tuple(clue for clue in self.clues if WEIGHTS[clue] > 0)


def sound_key(person: Person) -> str:
    """Return the key by which people whose names sound alike are found (see name_sounds.name_sound)."""
    return name_sound(person.given, person.family, person.company)


def judge(one: Facts, other: Facts) -> Judgement:
    """Weigh what two records have in common; the same whichever is named first."""
    clues = [*_reach(one, other), *_name(one, other), *_rest(one, other)]
    points = sum(WEIGHTS[clue] for clue in clues)
    if Clue.BIRTHDAY in clues and "--" in (one.birthday[:2], other.birthday[:2]):
        points += _BIRTHDAY_WITHOUT_YEAR - WEIGHTS[Clue.BIRTHDAY]
    clues.sort(key=lambda clue: -abs(WEIGHTS[clue]))
    return Judgement(max(0, min(_CERTAIN, points)), tuple(clues))


def _reach(one: Facts, other: Facts) -> Iterable[Clue]:
    if one.tax_id and _compact(one.tax_id) == _compact(other.tax_id):
        yield Clue.TAX_ID
    if one.emails & other.emails:
        yield Clue.EMAIL
    if one.mobiles & other.mobiles:
        yield Clue.MOBILE
    elif (one.mobiles | one.phones) & (other.mobiles | other.phones):
        yield Clue.PHONE


def _compact(text: str) -> str:
    return "".join(c for c in without_marks(text) if c.isalnum())


def _name(one: Facts, other: Facts) -> Iterable[Clue]:
    if PersonKind.COMPANY in (one.kind, other.kind) and one.kind is not other.kind:
        return
    name, second = without_marks(one.name), without_marks(other.name)
    if not name or not second:
        return
    if name == second or sorted(name.split()) == sorted(second.split()):
        yield Clue.NAME
        return
    key = name_sound(one.given, one.family, one.company)
    if key and key == name_sound(other.given, other.family, other.company):
        yield Clue.SOUND
        return
    givens = without_marks(one.given), without_marks(other.given)
    families = without_marks(one.family), without_marks(other.family)
    if all(givens) and not _same_given(*givens):
        yield Clue.OTHER_GIVEN
        return
    if all(families) and _alike(*families):
        if all(givens):
            yield Clue.INITIAL if min(len(g.strip(".")) for g in givens) == 1 else Clue.SIMILAR
        else:
            yield Clue.PART
    elif all(givens) and not all(families):
        yield Clue.PART
    elif _alike(name, second):
        yield Clue.SIMILAR


def _same_given(one: str, other: str) -> bool:
    """Say whether two given names may be one: alike, one the beginning of the other, or an initial of it."""
    short, long = sorted((one.strip("."), other.strip(".")), key=len)
    return not short or long.startswith(short) or _alike(one, other)


def _alike(one: str, other: str) -> bool:
    if one == other or sound(one.replace(" ", "")) == sound(other.replace(" ", "")) != "":
        return True
    most = 0 if min(len(one), len(other)) < 4 else 1 if max(len(one), len(other)) < 8 else 2
    return bool(most) and distance(one, other, most) <= most


def _rest(one: Facts, other: Facts) -> Iterable[Clue]:
    if one.birthday and other.birthday:
        without_year = one.birthday.startswith("--") or other.birthday.startswith("--")
        same = one.birthday[-5:] == other.birthday[-5:] if without_year else one.birthday == other.birthday
        yield Clue.BIRTHDAY if same else Clue.OTHER_BIRTHDAY
    if one.streets & other.streets:
        yield Clue.ADDRESS
    elif one.cities & other.cities:
        yield Clue.CITY


def is_named_alike(judgement: Judgement) -> bool:
    """Say whether the names alone would let one think of the other."""
    return any(clue in _NAMES for clue in judgement.clues)
