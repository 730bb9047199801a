"""Demos as a calendar file for telephones and other programs. It reads; saving the file is the caller's."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from directsell.domain.demos import Demo, DemoState
from directsell.exchange.calendars import Appointment, calendar_file
from directsell.i18n import _
from directsell.store.queries.people import person_name
from directsell.store.reader import Reader

_OFF = (DemoState.CANCELLED, DemoState.POSTPONED)


def demo_calendar(reader: Reader, demo_id: UUID, now: datetime) -> bytes:
    """Return one demo as a calendar file.

    Raises:
        DomainError: ``record.missing``.
    """
    return calendar_file([_appointment(reader, reader.get(Demo, demo_id), now)], "DirectSell")


def calendar_from(reader: Reader, day: date, now: datetime) -> bytes:
    """Return all demos from a day on as a calendar file; cancelled ones say so, and vanish where they stood."""
    rows = reader.rows(
        "SELECT id FROM demo WHERE day >= ? AND deleted_at IS NULL ORDER BY day, rid", (day.isoformat(),)
    )
    demos = [reader.get(Demo, UUID(bytes=key)) for (key,) in rows]
    return calendar_file([_appointment(reader, demo, now) for demo in demos], "DirectSell")


def _appointment(reader: Reader, demo: Demo, now: datetime) -> Appointment:
    host = person_name(reader, demo.host_id)
    place = ", ".join(
        part for part in (demo.street, demo.extra, f"{demo.postcode} {demo.city}".strip(), demo.region) if part
    )
    return Appointment(
        uid=f"{demo.id}@directsell",
        day=demo.day,
        starts=demo.starts,
        ends=demo.ends,
        zone=demo.zone,
        summary=demo.title or (_("Demo at {name}'s").format(name=host) if host else _("Demo")),
        place=place,
        text=demo.note,
        changed_at=now,
        cancelled=demo.state in _OFF,
    )
