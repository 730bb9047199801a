"""Objections: those of one person, and counted over all: how often, what overcame them, which are open. No judging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from directsell.domain.clock import from_micros
from directsell.domain.objections import Answer, Objection, ObjectionKind, ObjectionResult, rank_answers
from directsell.domain.people import Person, display_name
from directsell.store.queries.names import name_of
from directsell.store.reader import Reader

_LIVE = "o.deleted_at IS NULL AND p.deleted_at IS NULL"
_JOIN = "objection o JOIN person p ON p.id = o.person_id"


@dataclass(frozen=True, slots=True)
class KindCount:
    """How often an objection of a kind was heard, from how many people, and what came of it."""

    kind: ObjectionKind
    total: int
    people: int
    overcome: int
    stayed: int
    open: int


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection as lists show it."""

    id: UUID
    person_id: UUID
    name: str
    kind: ObjectionKind
    text: str
    answer: str
    result: ObjectionResult
    at: datetime


def objections_of(reader: Reader, person_id: UUID) -> list[Objection]:
    """Return the objections of a person, the latest first."""
    return sorted(reader.find(Objection, person_id=person_id), key=lambda one: one.at, reverse=True)


def objection_with_name(reader: Reader, objection_id: UUID) -> tuple[Objection, str]:
    """Return an objection and the name of who raised it.

    Raises:
        DomainError: ``record.missing``.
    """
    objection = reader.get(Objection, objection_id)
    return objection, display_name(reader.get(Person, objection.person_id))


def objection_counts(reader: Reader) -> list[KindCount]:
    """Return the kinds that were heard, the most frequent first."""
    rows = reader.rows(
        "SELECT o.kind, count(*), count(DISTINCT o.person_id), sum(o.result = 'overcome'), sum(o.result = 'stayed'), "
        f"sum(o.result = 'open') FROM {_JOIN} WHERE {_LIVE} GROUP BY o.kind ORDER BY 2 DESC, o.kind"
    )
    return [KindCount(ObjectionKind(kind), *counts) for kind, *counts in rows]


def best_answers(reader: Reader, kind: ObjectionKind | None, most: int = 5) -> Sequence[Answer]:
    """Return the answers given to objections of a kind (None: to all), the ones that overcame most often first."""
    where, params = ("", ()) if kind is None else (" AND o.kind = ?", (str(kind),))
    rows = reader.stream(
        f"SELECT o.answer, o.result FROM {_JOIN} WHERE {_LIVE} AND o.answer <> ''{where} ORDER BY o.at DESC", params
    )
    return rank_answers((answer, ObjectionResult(result)) for answer, result in rows)[:most]


def objection_rows(
    reader: Reader, kind: ObjectionKind | None, result: ObjectionResult | None = None, most: int = 200
) -> list[ObjectionRow]:
    """Return objections of a kind (None: all) and a result (None: all), the latest first."""
    where, params = [_LIVE], list[str]()
    for column, value in (("kind", kind), ("result", result)):
        if value is not None:
            where.append(f"o.{column} = ?")
            params.append(str(value))
    rows = reader.rows(
        "SELECT o.id, p.id, p.given, p.family, p.company, o.kind, o.text, o.answer, o.result, o.at "
        f"FROM {_JOIN} WHERE {' AND '.join(where)} ORDER BY o.at DESC, o.rid DESC LIMIT {int(most)}",
        params,
    )
    return [
        ObjectionRow(
            UUID(bytes=key),
            UUID(bytes=person),
            name_of(given, family, company),
            ObjectionKind(kind_),
            text,
            answer,
            ObjectionResult(result_),
            from_micros(at),
        )
        for key, person, given, family, company, kind_, text, answer, result_, at in rows
    ]
