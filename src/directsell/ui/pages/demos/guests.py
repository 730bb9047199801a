"""The guest list of a demo: add by typing a name, reply, attendance, companions, orders, remove. Each change is saved at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.demos import Reply
from directsell.i18n import _, ngettext
from directsell.store.queries.demos import DemoCard, GuestRow
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, IconButton, Menu
from directsell.ui.widgets.cards import Avatar, Card
from directsell.ui.widgets.fields import CheckBox, FormField
from directsell.ui.widgets.guest_words import guest_note, guest_statistics
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.menu_choice import MenuChoice
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.usecases.demos import invite_guest, remove_guest, save_guest

_WIDE = 600
_MOST = 10


class GuestsCard(Card):
    """``GuestsCard(session)``: ``show_demo(card)``, ``picker`` is the field that adds a guest.

    Signals: ``order_wanted(object person_id)``, ``orders_wanted(object person_id)``, ``person_wanted(object person_id)``,
    ``create_wanted(str name)``, ``edit_wanted(object guest, str name)``.
    """

    order_wanted = Signal(object)
    orders_wanted = Signal(object)
    person_wanted = Signal(object)
    create_wanted = Signal(str)
    edit_wanted = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Guests"), parent=parent)
        self._session = session
        self._demo: UUID | None = None
        self._lines: dict[UUID, GuestLine] = {}
        self.body.setSpacing(4)
        self._none = Label(
            _("Nobody invited yet. Type a name below; new people need three fields only."), Role.MUTED, wrap=True
        )
        self.add(self._none)
        self.statistics = Label("", Role.SMALL, wrap=True)
        self.add(self.statistics)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.picker = PersonPicker(session, _("Add a guest"))
        self.picker.chosen.connect(self._add)
        self.picker.create_requested.connect(self.create_wanted)
        self.body.addSpacing(6)
        self.add(FormField(_("Add a guest"), self.picker))

    def show_demo(self, card: DemoCard) -> None:
        """Show the guests of a demo; lines of guests who stay are kept, with the focus in them."""
        if card.demo.id != self._demo:
            self.picker.set_person(None)
        self._demo = card.demo.id
        wanted = {row.guest.id: row for row in card.guests}
        for key in [key for key in self._lines if key not in wanted]:
            line = self._lines.pop(key)
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        for key, row in wanted.items():
            known = self._lines.get(key)
            if known is None:
                known = GuestLine(self._session)
                known.order_wanted.connect(self.order_wanted)
                known.orders_wanted.connect(self.orders_wanted)
                known.person_wanted.connect(self.person_wanted)
                known.edit_wanted.connect(self.edit_wanted)
                self._lines[key] = known
                self._rows.addWidget(known)
            known.show_guest(row, card.currency)
        self._none.setVisible(not wanted)
        words = guest_statistics([row.guest for row in card.guests], self._session.language)
        self.statistics.setText(words)
        self.statistics.setVisible(bool(words))

    def line(self, person_id: UUID) -> GuestLine | None:
        """Return the line of a person."""
        return next((line for line in self._lines.values() if line.person_id == person_id), None)

    def invite(self, person_id: UUID) -> None:
        """Put a person on the list."""
        if self._demo is not None:
            self._session.run(self, invite_guest, self._demo, person_id, done=self._added)

    def _add(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self.invite(person_id)

    def _added(self, _guest: object) -> None:
        self.picker.set_person(None)
        self.picker.setFocus(Qt.FocusReason.TabFocusReason)


class GuestLine(QWidget):
    """``GuestLine(session)``: ``show_guest(row, currency)``; ``reply``, ``attended``, ``brings``, ``order``, ``more``."""

    order_wanted = Signal(object)
    orders_wanted = Signal(object)
    person_wanted = Signal(object)
    edit_wanted = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: GuestRow | None = None
        self._wide: bool | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 7, 0, 7)
        self._box.setSpacing(8)
        outer.addLayout(self._box)
        outer.addWidget(Rule())
        who = QHBoxLayout()
        who.setSpacing(10)
        self._avatar = Avatar("", 34)
        who.addWidget(self._avatar)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._name, self._reach = ElidedLabel("", Role.STRONG), ElidedLabel("", Role.SMALL)
        words.addWidget(self._name)
        words.addWidget(self._reach)
        who.addLayout(words, 1)
        self._box.addLayout(who, 1)
        controls = QHBoxLayout()
        controls.setSpacing(6)
        self.reply = MenuChoice([(reply, term(reply)) for reply in Reply])
        self.reply.changed.connect(self._save)
        self.brings = MenuChoice([(n, _("+{n}").format(n=n) if n else _("alone")) for n in range(_MOST + 1)])
        self.brings.changed.connect(self._save)
        self.attended = CheckBox(_("Was there"))
        self.attended.changed.connect(self._save)
        self.order = Button(_("Order"), "plus", compact=True, on_click=self._order)
        self.more = IconButton("ellipsis", _("More"), on_click=self._open_menu)
        self._menu = Menu(self)
        for widget in (self.reply, self.brings, self.attended, self.order, self.more):
            controls.addWidget(widget)
        self._box.addLayout(controls)

    @property
    def person_id(self) -> UUID | None:
        """Whose line it is."""
        return self._row.guest.person_id if self._row is not None else None

    def show_guest(self, row: GuestRow, currency: str) -> None:
        """Show a guest, or the same one after a change."""
        self._row = row
        name = row.name
        self._avatar.set_name(name)
        self._name.setText(name)
        bought = ""
        if row.orders:
            money = self._session.language.money(row.sales, currency)
            bought = ngettext("{n} order, {sum}", "{n} orders, {sum}", row.orders).format(n=row.orders, sum=money)
        elif row.drafts:
            bought = _("order begun")
        self._reach.setText(" · ".join(part for part in (bought or row.reach, guest_note(row.guest)) if part))
        self._reach.set_tone("accent" if bought else "text2")
        self.reply.set_value(row.guest.reply)
        self.brings.set_value(row.guest.brings)
        self.attended.set_value(row.guest.attended)
        self.reply.set_name(_("Reply of {name}").format(name=name))
        self.brings.set_name(_("{name} brings").format(name=name))
        self.attended.setAccessibleName(_("{name} was there").format(name=name))
        self.order.setAccessibleName(_("New order for {name}").format(name=name))
        self.order.setToolTip(self.order.accessibleName())
        self.more.setAccessibleName(_("More about {name}").format(name=name))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        if wide is not self._wide:
            self._wide = wide
            direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
            self._box.setDirection(direction)
        self.order.set_icon_only(self.width() < _WIDE - 130)

    def _save(self) -> None:
        if self._row is None:
            return
        values: dict[str, Any] = {
            "reply": self.reply.value(),
            "brings": self.brings.value(),
            "attended": self.attended.value(),
        }
        self._session.run(self, save_guest, replace(self._row.guest, **values))

    def _open_menu(self) -> None:
        row = self._row
        if row is None:
            return
        self._menu.clear()
        self._menu.add(_("Invitation …"), "pencil", self._edit)
        self._menu.add(_("Open {name}").format(name=row.name), "user", self._person)
        if row.orders or row.drafts:
            self._menu.add(_("Open the orders"), "shopping-bag", self._orders)
        self._menu.addSeparator()
        self._menu.add(_("Take off the list"), "x", self._remove, danger=True)
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _edit(self) -> None:
        if self._row is not None:
            self.edit_wanted.emit(self._row.guest, self._row.name)

    def _order(self) -> None:
        self.order_wanted.emit(self.person_id)

    def _orders(self) -> None:
        self.orders_wanted.emit(self.person_id)

    def _person(self) -> None:
        self.person_wanted.emit(self.person_id)

    def _remove(self) -> None:
        if self._row is not None:
            said = _("{name} taken off the list").format(name=self._row.name)
            self._session.run(self._session, remove_guest, self._row.guest.id, said=said)
