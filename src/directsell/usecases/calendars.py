"""Demos as a calendar file for telephones and other programs. It reads; saving the file is the caller's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from directsell.domain.demos import Demo, DemoState
from directsell.exchange.calendars import Appointment, calendar_file
from directsell.i18n import _
from directsell.store.queries.due import DueContact, due_week
from directsell.store.queries.people import person_name
from directsell.store.queries.seller import seller
from directsell.store.reader import Reader
from directsell.usecases.papers import town_line

_MOST = 500  # contacts of a day
_OFF = (DemoState.CANCELLED, DemoState.POSTPONED)


def demo_calendar(reader: Reader, demo_id: UUID, now: datetime) -> bytes:
    """Return one demo as a calendar file.

    Raises:
        DomainError: ``record.missing``.
    """
    return calendar_file([_appointment(reader, reader.get(Demo, demo_id), now)], "DirectSell")


def calendar_from(reader: Reader, day: date, now: datetime) -> bytes:
    """Return all demos from a day on as a calendar file; cancelled ones say so, and vanish where they stood."""
    return calendar_file(_demos_from(reader, day, now), "DirectSell")


def week_calendar(reader: Reader, today: date, now: datetime, summary: Callable[[DueContact], str]) -> bytes:
    """Return the demos from a day on and the contacts of its week, each a whole-day entry, as a calendar file.

    Args:
        reader: one moment of the book.
        today: the first day.
        now: the instant at which the file is made.
        summary: what an entry says about a contact ("Call Dana Ruiz: after the delivery").
    """
    week = due_week(reader, today, shown=_MOST, shown_later=_MOST)
    contacts = [
        Appointment(
            uid=f"{contact.person_id}-{day.day.isoformat()}@directsell",
            day=day.day,
            summary=summary(contact),
            text="\n".join(part for part in (contact.phone, *(r.text for r in contact.reasons)) if part),
            changed_at=now,
        )
        for day in week.days
        for contact in day.contacts
    ]
    return calendar_file([*_demos_from(reader, today, now), *contacts], "DirectSell")


def _demos_from(reader: Reader, day: date, now: datetime) -> list[Appointment]:
    rows = reader.rows(
        "SELECT id FROM demo WHERE day >= ? AND deleted_at IS NULL ORDER BY day, rid", (day.isoformat(),)
    )
    return [_appointment(reader, reader.get(Demo, UUID(bytes=key)), now) for (key,) in rows]


def _appointment(reader: Reader, demo: Demo, now: datetime) -> Appointment:
    host = person_name(reader, demo.host_id)
    town = town_line(demo, seller(reader).country)
    region = "" if demo.region in town else demo.region
    place = ", ".join(part for part in (demo.street, demo.extra, town, region) if part)
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
