"""What is prepared for a demo: coaching, packing list, further hosts. Its chain of parties is in chains.py."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from directsell.domain.demos import CoachingTouch, CoHost, Demo, PackingItem
from directsell.store.queries.people import person_name
from directsell.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Preparation:
    """Everything that is prepared for a demo."""

    demo: Demo
    touches: tuple[CoachingTouch, ...]
    packing: tuple[PackingItem, ...]
    co_hosts: tuple[tuple[UUID, str], ...]


def preparation(reader: Reader, demo_id: UUID) -> Preparation | None:
    """Return what is prepared for a demo, or None when it is gone."""
    demo = reader.find_one(Demo, demo_id)
    if demo is None:
        return None
    return Preparation(
        demo=demo,
        touches=tuple(reader.find(CoachingTouch, "due_on", demo_id=demo_id)),
        packing=tuple(reader.find(PackingItem, "position", demo_id=demo_id)),
        co_hosts=tuple(
            (one.person_id, person_name(reader, one.person_id))
            for one in reader.find(CoHost, "position", demo_id=demo_id)
        ),
    )
