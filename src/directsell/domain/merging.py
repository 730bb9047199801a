"""Two records of one person: which fields are chosen together, what is proposed, and what comes out. No SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from directsell.domain.demos import DemoGuest, Reply
from directsell.domain.people import Person, PersonKind, Stage

# What is chosen from one of the two records; the fields of one choice only make sense together.
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("kind", "salutation", "given", "family"),
        "company": ("company",),
        "birthday": ("birthday",),
        "stage": ("stage", "stage_on", "lost_reason"),
        "lead_source": ("lead_source", "campaign_id"),
        "referred_by": ("referred_by",),
        "met_at": ("met_at",),
        "need": ("need", "need_level"),
        "budget": ("budget", "budget_level"),
        "decider": ("decider",),
        "fit": ("fit",),
        "timing": ("timing",),
        "objection": ("objection",),
        "rank": ("rank",),
        "contact_days": ("contact_days",),
        "discount": ("discount_ppm",),
        "birthday_discount": ("birthday_discount_ppm",),
        "language": ("language",),
        "customer_number": ("customer_number",),
        "tax_id": ("tax_id",),
        "reference": ("reference",),
    }
)
_DEFAULTS = {field.name: field.default for field in fields(Person)}


def chosen(person: Person, key: str) -> tuple[Any, ...]:
    """Return the values of a choice."""
    return tuple(getattr(person, name) for name in CHOICES[key])


def is_filled(person: Person, key: str) -> bool:
    """Say whether a record says anything about a choice."""
    names = [name for name in CHOICES[key] if name not in ("kind", "stage_on")]
    return any(getattr(person, name) not in (_DEFAULTS[name], "", None) for name in names)


def differing(kept: Person, dropped: Person) -> list[str]:
    """Return the choices in which two records differ, in the order of ``CHOICES``."""
    return [key for key in CHOICES if chosen(kept, key) != chosen(dropped, key)]


def proposed(kept: Person, dropped: Person) -> frozenset[str]:
    """Return the choices that are better taken from the dropped record: where only that says something or knows more."""
    taken = {key for key in CHOICES if is_filled(dropped, key) and not is_filled(kept, key)}
    if _standing(dropped.stage) > _standing(kept.stage):
        taken.add("stage")
    else:
        taken.discard("stage")
    if _fuller_name(dropped) > _fuller_name(kept):
        taken.add("name")
    if kept.birthday.startswith("--") and dropped.birthday[-5:] == kept.birthday[-5:]:
        taken.add("birthday")
    if dropped.referred_by == kept.id:
        taken.discard("referred_by")
    return frozenset(taken)


def _standing(stage: Stage) -> int:
    """Lost ranks lowest: whoever is in the pipeline in one of two records is not lost."""
    return -1 if stage is Stage.LOST else list(Stage).index(stage)


def _fuller_name(person: Person) -> int:
    """How many of the names are more than an initial."""
    if person.kind is PersonKind.COMPANY:
        return 2
    return sum(len(name.strip(". ")) > 1 for name in (person.given, person.family))


def merged(kept: Person, dropped: Person, taken: Collection[str]) -> Person:
    """Return the kept record with the choices ``taken`` from the dropped one; both notes are kept, the older birth of the record."""
    values = {name: getattr(dropped, name) for key in taken for name in CHOICES[key]}
    person = replace(kept, **values, created_at=min(kept.created_at, dropped.created_at))
    if dropped.note.strip() and dropped.note.strip() not in kept.note:
        person = replace(person, note="\n\n".join(part for part in (kept.note.rstrip(), dropped.note) if part))
    if person.referred_by in (kept.id, dropped.id):
        person = replace(person, referred_by=None)
    return person


def merged_guest(kept: DemoGuest, dropped: DemoGuest) -> DemoGuest:
    """Return one line of a guest list from two: what either of them says, the kept one where both differ."""
    return replace(
        kept,
        reply=dropped.reply if kept.reply is Reply.INVITED else kept.reply,
        attended=kept.attended or dropped.attended,
        brings=max(kept.brings, dropped.brings),
        channel=kept.channel or dropped.channel,
        outside=kept.outside and dropped.outside,
        liked=_both(kept.liked, dropped.liked),
        would_host=kept.would_host or dropped.would_host,
        would_join=kept.would_join or dropped.would_join,
        objection=_both(kept.objection, dropped.objection),
        note=_both(kept.note, dropped.note),
    )


def _both(one: str, other: str) -> str:
    return one if not other or other in one else f"{one}; {other}" if one else other
