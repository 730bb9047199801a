"""How people belong together, and the seller's own questions about them with the answers. No SQL."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from directsell.domain.ids import named_id
from directsell.domain.records import Record


class RelationKind(StrEnum):
    """How the other one stands to a person. Who recommended whom and who hosted is known from other records."""

    HOUSEHOLD = "household"
    PARTNER = "partner"
    RELATIVE = "relative"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    NEIGHBOUR = "neighbour"


class AnswerKind(StrEnum):
    """What sort of answer a question of a profile takes."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Record):
    """Two people who belong together, in both directions; its id follows from the unordered pair."""

    person_id: UUID
    other_id: UUID
    kind: RelationKind
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileQuestion(Record):
    """A question of the seller's own questionnaire, for one brand or for all; ``choices`` are separated by newlines."""

    brand_id: UUID | None = None
    label: str
    kind: AnswerKind = AnswerKind.TEXT
    choices: str = ""
    position: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileAnswer(Record):
    """What a person answered; several choices are separated by newlines. Its id follows from person and question."""

    person_id: UUID
    question_id: UUID
    value: str


def relation_of(person_id: UUID, other_id: UUID, kind: RelationKind, note: str = "") -> Relation:
    """Return the relation of two people, the same whichever of them is named first."""
    first, second = sorted((person_id, other_id))
    key = named_id("relation", first, second)
    return Relation(id=key, person_id=first, other_id=second, kind=kind, note=note)


def answer_of(person_id: UUID, question_id: UUID, value: str) -> ProfileAnswer:
    """Return a person's answer to a question."""
    key = named_id("answer", person_id, question_id)
    return ProfileAnswer(id=key, person_id=person_id, question_id=question_id, value=value)
