"""The form of a demo, new or changed. It reads and saves one demo; guests are kept on the detail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from directsell.domain.demos import Demo, DemoKind
from directsell.i18n import _
from directsell.store.queries.demos import demos_on, first_address
from directsell.store.queries.parties import programmes
from directsell.store.queries.people import person_name
from directsell.store.queries.settings import business
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.address_edit import AddressEdit
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.draft_sheet import DraftSheet
from directsell.ui.widgets.fields import (
    ChoiceField,
    Completion,
    CompletionField,
    InputError,
    MultilineField,
    ParsedField,
    TextField,
)
from directsell.ui.widgets.new_person import NewPersonSheet
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.times import time_field
from directsell.ui.widgets.typed import date_field
from directsell.usecases.demos import save_demo

_USUAL_START = time(18, 30)
DRAFT = "demo:"
NEW_DRAFT = f"{DRAFT}new"
_PLACE = ("street", "extra", "postcode", "city", "region", "country")


class DemoSheet(DraftSheet):
    """``DemoSheet(session, host)``: ``start(host_id=None, day=None)``, ``edit(demo)``, ``resume()``, ``settle()``.

    Signal: ``saved(object id)``.
    """

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("New demo"), draft=DRAFT)
        self._known: Demo | None = None
        self.newcomer = NewPersonSheet(session, host)
        self.newcomer.saved.connect(self._host_known)
        self.newcomer.existing_chosen.connect(self._host_known)
        self._build_who()
        self._build_when()
        self._build_where()
        self.save_wanted.connect(self._save_it)

    # --- fields

    def _build_who(self) -> None:
        self.host = PersonPicker(self._session, _("Host"))
        self.host.chosen.connect(self._host_chosen)
        self.host.create_requested.connect(self._new_host)
        self.field("host_id", _("Host"), self.host, hint=_("At whose place, or with whom. Type a name or number."))
        self.kind = ChoiceField([(kind, term(kind)) for kind in DemoKind], DemoKind.HOME_PARTY)
        self.title = TextField(placeholder=_("Autumn evening"))
        self.pair(self.make_field("kind", _("Kind"), self.kind), self.make_field("title", _("Title"), self.title))

    def _build_when(self) -> None:
        self.day = date_field(self._session, required=True)
        self.day.changed.connect(self._look_at_day)
        self.field("day", _("Day"), self.day, required=True)
        self.starts, self.ends = time_field(self._session), time_field(self._session)
        self.zone = CompletionField(_zones, placeholder="America/Denver")
        self.pair(
            self.make_field("starts", _("From"), self.starts),
            self.make_field("ends", _("To"), self.ends),
            self.make_field("zone", _("Time zone"), self.zone),
        )

    def _build_where(self) -> None:
        self.place = AddressEdit(self._session.language)
        self.field("place", _("Place"), self.place)
        self.take_address = Button(
            _("Use the host's address"), "map-pin", kind=Kind.SECONDARY, compact=True, on_click=self._take_address
        )
        self.add(self.take_address)
        self.expected: ParsedField[int] = ParsedField(
            _count, self._session.language.number, wrong=_("This is not a number of guests.")
        )
        self.programme = ChoiceField([(None, _("No reward"))])
        self.pair(
            self.make_field("expected_guests", _("Guests expected"), self.expected),
            self.make_field("programme_id", _("Host programme"), self.programme),
        )
        self.edit_programmes = Button(
            _("Edit host programmes"), "gift", kind=Kind.QUIET, compact=True, on_click=self._to_programmes
        )
        self.body.addWidget(self.edit_programmes, 0, Qt.AlignmentFlag.AlignTrailing)
        self.note = MultilineField(lines=3, placeholder=_("What to bring, how to find it, what the host wishes for"))
        self.field("note", _("Note"), self.note)

    # --- opening

    def start(self, host_id: UUID | None = None, day: date | None = None) -> None:
        """Open the form for a new demo, with its host and day when they are known."""
        if not self.make_way():
            return
        self._begin(None)
        self._open(
            _("New demo"), {**self._blank(), "host_id": str(host_id or ""), "day": day.isoformat() if day else ""}
        )
        if host_id is not None:
            self._take_address()
            self.set_clean()

    def resume(self) -> None:
        """Open the form with what was half-typed when the program ended."""
        if self.isHidden():
            self._begin(None)
            kept = self.kept()
            if kept is not None:
                self._open(_("New demo"), {**self._blank(), **kept})
                self.touch()

    def edit(self, demo: Demo) -> None:
        """Open the form for a stored demo, with unsaved typing of the last time if there is any."""
        if not self.make_way():
            return
        self._begin(demo)
        kept = self.kept()
        self._open(_("Change demo"), {**_state_of(demo), **(kept or {})})
        if kept is not None:
            self.touch()

    def _begin(self, known: Demo | None) -> None:
        self._known = known
        self.begin(None if known is None else known.id)

    def _to_programmes(self) -> None:
        self.settle()
        programme_id = self.programme.value()
        self._session.navigation.go("programmes", str(programme_id) if programme_id else None)

    def _blank(self) -> dict[str, Any]:
        seller = self._session.look(business)
        families = [version.family_id for version in self._session.look(programmes)]
        return {
            "programme_id": str(families[0]) if len(set(families)) == 1 else "",
            "kind": str(DemoKind.HOME_PARTY),
            "title": "",
            "host_id": "",
            "day": "",
            "starts": _USUAL_START.isoformat(),
            "ends": "",
            "zone": seller.zone,
            **dict.fromkeys(_PLACE, ""),
            "country": seller.country,
            "expected_guests": 0,
            "note": "",
        }

    def _open(self, title: str, state: dict[str, Any]) -> None:
        self.set_title(title)
        self._fill(state)
        self.set_clean()
        self._look_at_day()
        self.open_sheet(self.host if self.host.person_id() is None else self.day)

    # --- values

    def state(self) -> dict[str, Any]:
        """Return everything typed as plain values."""
        day, starts, ends = self.day.value(), self.starts.value(), self.ends.value()
        return {
            "kind": str(self.kind.value()),
            "title": self.title.value(),
            "host_id": str(self.host.person_id() or ""),
            "day": day.isoformat() if day else "",
            "starts": starts.isoformat() if starts else "",
            "ends": ends.isoformat() if ends else "",
            "zone": self.zone.text().strip(),
            **self.place.values(),
            "expected_guests": self.expected.value() or 0,
            "programme_id": str(self.programme.value() or ""),
            "note": self.note.value(),
        }

    def _fill(self, state: dict[str, Any]) -> None:
        self.kind.set_value(DemoKind(state["kind"]))
        self.title.set_value(state["title"])
        self.host.set_person(UUID(state["host_id"]) if state["host_id"] else None)
        self.day.set_value(date.fromisoformat(state["day"]) if state["day"] else None)
        self.starts.set_value(time.fromisoformat(state["starts"]) if state["starts"] else None)
        self.ends.set_value(time.fromisoformat(state["ends"]) if state["ends"] else None)
        self.zone.set_value(None, state["zone"])
        self.place.set_values({name: state[name] for name in _PLACE})
        self.expected.set_value(state["expected_guests"] or None)
        self.programme.set_choices(self._programme_choices())
        self.programme.set_value(UUID(state["programme_id"]) if state["programme_id"] else None)
        self.note.set_value(state["note"])
        self._offer_address()

    def _programme_choices(self) -> list[tuple[UUID | None, str]]:
        """Return the programmes by the name of their latest version."""
        names = {version.family_id: version.name for version in self._session.look(programmes)}
        return [(None, _("No reward")), *names.items()]

    # --- help while typing

    def _host_chosen(self, person_id: object) -> None:
        self._offer_address()
        if person_id is not None and not self.place.is_filled():
            self._take_address()

    def _new_host(self, name: str) -> None:
        self.newcomer.ask(name)

    def _host_known(self, person_id: object) -> None:
        if isinstance(person_id, UUID) and self.isVisible():
            self.host.set_person(person_id)
            self._host_chosen(person_id)
            self.touch()
            self.day.setFocus()

    def _offer_address(self) -> None:
        host = self.host.person_id()
        known = host is not None and self._session.look(first_address, host) is not None
        self.take_address.setVisible(known)
        if known:
            name = self._session.look(person_name, host)
            self.take_address.setText(_("Use the address of {name}").format(name=name))

    def _take_address(self) -> None:
        host = self.host.person_id()
        address = None if host is None else self._session.look(first_address, host)
        if address is not None:
            self.place.set_values({name: getattr(address, name) for name in _PLACE})
            self.touch()

    def _look_at_day(self) -> None:
        day = self.day.value()
        field = self.fields["day"]
        if day is None:
            field.set_hint(_("A date, “fri” or “+14”."))
            return
        language = self._session.language
        others = self._session.look(demos_on, day, except_demo=self._id)
        name = language.date(day, "full")
        if not others:
            field.set_hint(_("{day}, free so far.").format(day=name))
            return
        title, starts = others[0]
        when = language.time(starts) if starts is not None else ""
        other = " ".join(part for part in (when, title) if part)
        field.set_hint(_("{day}. There is a demo already: {other}").format(day=name, other=other))

    # --- saving

    def _save_it(self) -> None:
        if self.first_error():
            return
        day = self.day.value()
        assert day is not None  # a required field without error has its value
        values: dict[str, Any] = {
            **self.place.values(),
            "kind": self.kind.value(),
            "title": self.title.value(),
            "host_id": self.host.person_id(),
            "day": day,
            "starts": self.starts.value(),
            "ends": self.ends.value(),
            "zone": self.zone.text().strip(),
            "expected_guests": self.expected.value() or 0,
            "programme_id": self.programme.value(),
            "note": self.note.value(),
        }
        known = self._known
        demo = (
            replace(known, **values)
            if known is not None
            else Demo(id=self._id, created_at=self._session.now(), **values)
        )
        self.store(save_demo, demo, said=_("Demo saved"))


def _state_of(demo: Demo) -> dict[str, Any]:
    return {
        "kind": str(demo.kind),
        "title": demo.title,
        "host_id": str(demo.host_id or ""),
        "day": demo.day.isoformat(),
        "starts": demo.starts.isoformat() if demo.starts else "",
        "ends": demo.ends.isoformat() if demo.ends else "",
        "zone": demo.zone,
        **{name: getattr(demo, name) for name in _PLACE},
        "expected_guests": demo.expected_guests,
        "programme_id": str(demo.programme_id or ""),
        "note": demo.note,
    }


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10_000:
        raise InputError(_("Enter a number of guests between 0 and 10,000."))
    return number


@lru_cache(maxsize=1)
def _all_zones() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


def _zones(text: str) -> list[Completion]:
    """Zones whose name contains what is typed; what is typed comes first, so that leaving the field keeps it."""
    typed = text.casefold().replace(" ", "_")
    found = [zone for zone in _all_zones() if typed in zone.casefold()]
    exact = [zone for zone in found if zone.casefold() == typed]
    return [Completion(zone, zone) for zone in (exact or found)[:40]]
