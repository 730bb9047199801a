"""Preparing a demo, on its detail: coaching steps, packing list, co-hosts, who asked for the visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.cooling_off import Visit
from directsell.domain.demos import CoachingTouch, PackingItem
from directsell.i18n import _
from directsell.store.queries.preparations import Preparation, preparation
from directsell.ui.files import save_bytes
from directsell.ui.pages.demos.parts import Doing, line
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import CheckBox, ChoiceField, FormField, Switch, TextField
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.typed import date_field
from directsell.usecases.calendars import demo_calendar
from directsell.usecases.cooling_off import agree_visit
from directsell.usecases.parties import prepare_demo, remove_preparation, save_packing, save_touch, set_co_hosts

_DAY = 62  # pixels: days below each other line up, and what came of them beside


class PreparationCard(Card):
    """``PreparationCard(session)``: ``show_demo(demo_id)``; ``touches``, ``things``, ``visit``, ``consent``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Preparation"), parent=parent)
        self._session = session
        self._demo: UUID | None = None
        self._found: Preparation | None = None
        self.prepare_button = Button(_("Usual steps and packing list"), "list-checks", on_click=self._prepare)
        self.calendar_button = Button(
            _("Calendar file"), "calendar", kind=Kind.QUIET, compact=True, on_click=self._calendar
        )
        self.add_header(self.calendar_button)
        self._teach = Label(
            _("Dated steps with the host before the demo, and a list of what to take along."), Role.MUTED, wrap=True
        )
        self.add(self._teach)
        self.body.addWidget(self.prepare_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.touches = _Rows(self, _("Steps with the host"))
        self._new_touch, self._new_day = TextField(placeholder=_("A new step")), date_field(session)
        self._new_day.setMaximumWidth(150)
        self.add(line(self._new_touch, self._new_day, _plus(_("Add the step"), self._add_touch)))
        self._new_touch.returnPressed.connect(self._add_touch)
        self.things = _Rows(self, _("To take along"))
        self._new_thing = TextField(placeholder=_("Something else"))
        self._new_thing.returnPressed.connect(self._add_thing)
        self.add(line(self._new_thing, _plus(_("Add it"), self._add_thing)))
        self.hosts = _Rows(self, _("Further hosts, who share the reward"))
        self.picker = PersonPicker(session, _("Add a further host"), create=False)
        self.picker.chosen.connect(self._add_host)
        self.add(FormField(_("Add a further host"), self.picker))
        self._build_visit()
        for editor, name in ((self._new_touch, _("A new step")), (self._new_day, _("Day of the step"))):
            editor.setAccessibleName(name)
        self._new_thing.setAccessibleName(_("Something else to take along"))

    def _build_visit(self) -> None:
        self.visit = ChoiceField(
            [(Visit.REQUESTED, _("The host asked for it")), (Visit.UNSOLICITED, _("Nobody asked for it"))]
        )
        self.consent = Switch(_("The host agreed in advance that it takes place at home"))
        self.visit.changed.connect(self._visit_chosen)
        self.consent.changed.connect(self._visit_chosen)
        hint = _("The last day to cancel an order can depend on it.")
        self.add(FormField(_("The visit"), self.visit, hint=hint))
        self.add(self.consent)

    # --- content

    def show_demo(self, demo_id: UUID) -> None:
        """Read and show what is prepared for a demo; half-typed rows stay while it is the same one."""
        if demo_id != self._demo:
            self._new_touch.clear()
            self._new_thing.clear()
            self._new_day.set_value(None)
        self._demo = demo_id
        self._session.read(self, preparation, demo_id, done=self._show)

    def _show(self, found: Preparation | None) -> None:
        if found is None or found.demo.id != self._demo:
            return
        self._found = found
        empty = not found.touches and not found.packing
        self._teach.setVisible(empty)
        self.prepare_button.setVisible(empty)
        self.touches.show_rows([self._touch_row(touch) for touch in found.touches])
        self.things.show_rows([self._thing_row(item) for item in found.packing])
        self.hosts.show_rows([self._host_row(key, name) for key, name in found.co_hosts])
        self.visit.set_value(found.demo.visit)
        self.consent.set_value(found.demo.host_consent)

    def _touch_row(self, touch: CoachingTouch) -> QWidget:
        language = self._session.language
        box = CheckBox(touch.label, checked=touch.done_on is not None)
        box.changed.connect(Doing(self._tick_touch, touch))
        late = touch.done_on is None and touch.due_on < self._session.today()
        day = Label(language.date(touch.done_on or touch.due_on, "short"), Role.SMALL)
        day.set_tone("bad" if late else "text2")
        day.setMinimumWidth(_DAY)
        day.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        result = TextField(touch.result, placeholder=_("What came of it"))
        result.setAccessibleName(_("What came of “{step}”").format(step=touch.label))
        result.committed.connect(Doing(self._note_touch, touch, result))
        cross = IconButton("x", _("Remove “{step}”").format(step=touch.label))
        cross.clicked.connect(Doing(self._remove, touch))
        return line(box, day, result, cross, stretch=(3, 0, 2, 0))

    def _thing_row(self, item: PackingItem) -> QWidget:
        amount = self._session.language.quantity(item.quantity)
        words = item.label if item.quantity == 1 else _("{n} × {name}").format(n=amount, name=item.label)
        box = CheckBox(words, checked=item.packed)
        box.changed.connect(Doing(self._tick_thing, item))
        cross = IconButton("x", _("Remove “{step}”").format(step=item.label))
        cross.clicked.connect(Doing(self._remove, item))
        return line(box, cross, stretch=(1, 0))

    def _host_row(self, person_id: UUID, name: str) -> QWidget:
        cross = IconButton("x", _("Remove “{step}”").format(step=name))
        cross.clicked.connect(Doing(self._drop_host, person_id))
        return line(ElidedLabel(name, Role.BODY), cross, stretch=(1, 0))

    # --- what the user does

    def _prepare(self) -> None:
        if self._demo is not None:
            self._session.run(self, prepare_demo, self._demo, said=_("Steps and list are ready"))

    def _tick_touch(self, touch: CoachingTouch) -> None:
        done = None if touch.done_on is not None else self._session.today()
        self._session.run(self, save_touch, replace(touch, done_on=done))

    def _note_touch(self, touch: CoachingTouch, field: TextField) -> None:
        if field.value() != touch.result:
            self._session.run(self, save_touch, replace(touch, result=field.value()))

    def _tick_thing(self, item: PackingItem) -> None:
        self._session.run(self, save_packing, replace(item, packed=not item.packed))

    def _remove(self, record: CoachingTouch | PackingItem) -> None:
        self._session.run(self, remove_preparation, record, said=_("Removed"))

    def _add_touch(self) -> None:
        found = self._found
        if found is None or not self._new_touch.value():
            self._new_touch.setFocus()
            return
        day = self._new_day.value() or self._usual_day(found.demo.day)
        touch = CoachingTouch(
            id=self._session.new_id(), demo_id=found.demo.id, due_on=day, label=self._new_touch.value()
        )
        self._session.run(self, save_touch, touch, done=self._touch_added)

    def _usual_day(self, day: date) -> date:
        return max(self._session.today(), day - timedelta(days=1))

    def _touch_added(self, _touch: object) -> None:
        self._new_touch.clear()
        self._new_day.set_value(None)
        self._new_touch.setFocus()

    def _add_thing(self) -> None:
        found = self._found
        if found is None or not self._new_thing.value():
            self._new_thing.setFocus()
            return
        item = PackingItem(
            id=self._session.new_id(),
            demo_id=found.demo.id,
            label=self._new_thing.value(),
            quantity=Decimal(1),
            position=len(found.packing),
        )
        self._session.run(self, save_packing, item, done=self._thing_added)

    def _thing_added(self, _item: object) -> None:
        self._new_thing.clear()
        self._new_thing.setFocus()

    def _add_host(self, person_id: object) -> None:
        if isinstance(person_id, UUID) and self._found is not None and person_id != self._found.demo.host_id:
            keys = [key for key, _name in self._found.co_hosts]
            self._session.run(self, set_co_hosts, self._found.demo.id, [*keys, person_id], done=self._host_added)

    def _host_added(self, _nothing: object) -> None:
        self.picker.set_person(None)

    def _drop_host(self, person_id: UUID) -> None:
        if self._found is not None:
            keys = [key for key, _name in self._found.co_hosts if key != person_id]
            self._session.run(self, set_co_hosts, self._found.demo.id, keys)

    def _visit_chosen(self) -> None:
        if self._demo is not None:
            self._session.run(
                self, agree_visit, self._demo, visit=self.visit.value(), host_consent=self.consent.value()
            )

    def _calendar(self) -> None:
        if self._found is not None:
            data = self._session.look(demo_calendar, self._found.demo.id, self._session.now())
            name = f"{self._found.demo.title or 'demo'} {self._found.demo.day.isoformat()}"
            save_calendar(self._session, self, data, name)


def save_calendar(session: Session, parent: QWidget, data: bytes, name: str) -> Path | None:
    """Ask for a place and save a calendar file there."""
    return save_bytes(session, parent, data, name=name, suffix=".ics", kind=_("Calendar files (*.ics)"))


class _Rows:
    """A heading with rows below it inside a card; it hides while there is no row."""

    def __init__(self, card: Card, title: str) -> None:
        self._heading = Label(title, Role.STRONG, wrap=True)
        card.add(self._heading)
        self._place = QVBoxLayout()
        self._place.setSpacing(6)
        card.body.addLayout(self._place)
        self.rows: list[QWidget] = []

    def show_rows(self, rows: list[QWidget]) -> None:
        """Replace the rows."""
        for row in self.rows:
            self._place.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = rows
        for row in rows:
            self._place.addWidget(row)
        self._heading.setVisible(bool(rows))


def _plus(name: str, run: Callable[[], object]) -> IconButton:
    return IconButton("plus", name, on_click=run, kind=Kind.SECONDARY)
