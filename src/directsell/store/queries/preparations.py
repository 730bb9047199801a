"""What is prepared for a demo: coaching, packing list, further hosts, and the chain of parties it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directsell.domain.demos import CoachingTouch, CoHost, Demo, DemoState, PackingItem
from directsell.store.queries.people import person_name
from directsell.store.reader import Reader

_CHAIN_MOST = 30


@dataclass(frozen=True, slots=True)
class Link:
    """A demo of the chain: ``depth`` below the one that shows, negative above it."""

    demo_id: UUID
    name: str
    day: date
    state: DemoState
    depth: int


@dataclass(frozen=True, slots=True)
class Preparation:
    """Everything that is prepared for a demo, and its chain: where it was booked, and what was booked at it."""

    demo: Demo
    touches: tuple[CoachingTouch, ...]
    packing: tuple[PackingItem, ...]
    co_hosts: tuple[tuple[UUID, str], ...]
    chain: tuple[Link, ...]


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
        chain=tuple(_chain(reader, demo)),
    )


def _chain(reader: Reader, demo: Demo) -> list[Link]:
    above: list[Link] = []
    seen = {demo.id}
    parent = reader.find_one(Demo, demo.parent_id)
    while parent is not None and parent.id not in seen and len(above) < _CHAIN_MOST:
        seen.add(parent.id)
        above.append(_link(reader, parent, -len(above) - 1))
        parent = reader.find_one(Demo, parent.parent_id)
    below: list[Link] = []
    _descend(reader, demo.id, 1, seen, below)
    return [*reversed(above), *below]


def _descend(reader: Reader, demo_id: UUID, depth: int, seen: set[UUID], found: list[Link]) -> None:
    for child in reader.find(Demo, "day", parent_id=demo_id):
        if child.id not in seen and len(found) < _CHAIN_MOST:
            seen.add(child.id)
            found.append(_link(reader, child, depth))
            _descend(reader, child.id, depth + 1, seen, found)


def _link(reader: Reader, demo: Demo, depth: int) -> Link:
    return Link(demo.id, person_name(reader, demo.host_id) or demo.title, demo.day, demo.state, depth)
