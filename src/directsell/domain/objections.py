"""Objections: what somebody said against buying, what was answered, and what came of it. No people, no SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.domain.people import fold
from directsell.domain.records import Record


class ObjectionKind(StrEnum):
    """What an objection is about, so that objections of many people can be counted."""

    PRICE = "price"
    NEED = "need"
    TIME = "time"
    PARTNER = "partner"
    TRUST = "trust"
    QUALITY = "quality"
    HAS_ONE = "has_one"
    OTHER = "other"


class ObjectionResult(StrEnum):
    """What came of the answer."""

    OPEN = "open"
    OVERCOME = "overcome"
    STAYED = "stayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Record):
    """One objection of one person, with the answer that was given."""

    person_id: UUID
    kind: ObjectionKind = ObjectionKind.OTHER
    text: str = ""
    answer: str = ""
    result: ObjectionResult = ObjectionResult.OPEN
    demo_id: UUID | None = None
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was given, in the words of the last time: how often, and how often it overcame."""

    text: str
    given: int
    overcame: int


def rank_answers(answers: Iterable[tuple[str, ObjectionResult]]) -> list[Answer]:
    """Return the answers, the ones that overcame most often first, of equals the one with the better rate.

    Args:
        answers: (words, result) pairs, the latest first; words are compared without case, accents and spaces.
    """
    words: dict[str, str] = {}
    given: dict[str, int] = {}
    overcame: dict[str, int] = {}
    for text, result in answers:
        key = fold(text)
        if not key:
            continue
        words.setdefault(key, text.strip())
        given[key] = given.get(key, 0) + 1
        overcame[key] = overcame.get(key, 0) + (result is ObjectionResult.OVERCOME)
    found = [Answer(words[key], given[key], overcame[key]) for key in words]
    return sorted(found, key=lambda one: (-one.overcame, one.given, fold(one.text)))


def heard_at(demo_id: UUID, person_id: UUID) -> UUID:
    """Return the id of the objection on somebody's door-prize slip: writing the slip again changes it, never doubles it."""
    return named_id("objection", demo_id, person_id)


def check_objection(objection: Objection) -> None:
    """Refuse an objection that says nothing.

    Raises:
        DomainError: ``objection.empty``.
    """
    if objection.kind is ObjectionKind.OTHER and not objection.text.strip():
        raise DomainError("objection.empty", field="text")
