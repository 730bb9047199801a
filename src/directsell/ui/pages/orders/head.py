"""Who orders, at which demo, when, and how the goods get there: the upper part of the order form."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from directsell.domain.orders import Handover, Order
from directsell.i18n import _
from directsell.store.queries.order_lists import DemoChoice, demo_choices
from directsell.ui.session import Session
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import ChoiceField, FormField
from directsell.ui.widgets.order_form.words import handover_words
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.typed import date_field

_NARROW = 560
_TOP = Qt.AlignmentFlag.AlignTop


class OrderHead(Card):
    """``OrderHead(session)``: ``load(order, words)``, ``apply(order) -> Order``, ``error_field()``, ``words()``.

    Signals: ``changed()``; ``person_chosen(object id | None)``; ``create_requested(str name)``; ``day_changed()``.
    """

    changed = Signal()
    person_chosen = Signal(object)
    create_requested = Signal(str)
    day_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._narrow: bool | None = None
        self.person = PersonPicker(session, _("Customer"))
        self.demo = ChoiceField([(None, _("No demo"))])
        self.day = date_field(session, required=True)
        self.handover = ChoiceField(handover_words(), Handover.TO_CUSTOMER)
        self.deliver_on = date_field(session)
        self.person_field = FormField(_("Customer"), self.person)
        self.demo_field = FormField(_("Demo"), self.demo)
        self.day_field = FormField(_("Date"), self.day)
        self.handover_field = FormField(_("Delivery"), self.handover)
        self.deliver_field = FormField(_("Planned for"), self.deliver_on)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self.body.addLayout(self._grid)
        self._arrange(narrow=False)
        self.person.chosen.connect(self._person_chosen)
        self.person.changed.connect(self.changed)
        self.person.create_requested.connect(self.create_requested)
        for editor in (self.demo, self.handover, self.deliver_on, self.day):
            editor.changed.connect(self.changed)
        self.handover.changed.connect(self._show_planned)
        self.day.changed.connect(self.day_changed)

    def load(self, order: Order, words: str = "") -> None:
        """Show an order; ``words`` is a half-typed name."""
        self.person.set_person(order.person_id)
        if order.person_id is None and words:
            self.person.set_query(words)
        language = self._session.language
        choices = self._session.look(demo_choices, order.ordered_on, order.demo_id)
        self.demo.set_choices(
            [
                (None, _("No demo")),
                *((demo.id, _demo_words(demo, language.date(demo.day, "short"))) for demo in choices),
            ]
        )
        self.demo.set_value(order.demo_id)
        self.day.set_value(order.ordered_on)
        self.handover.set_value(order.handover)
        self.deliver_on.set_value(order.deliver_on)
        self.person_field.set_error("")
        self._show_planned()

    def apply(self, order: Order) -> Order:
        """Return the order with what stands here; fields that are wrong keep their last right value."""
        planned = None if self.handover.value() is Handover.TAKE_NOW else self.deliver_on.value()
        return replace(
            order,
            person_id=self.person.person_id(),
            demo_id=self.demo.value(),
            ordered_on=self.day.value() or order.ordered_on,
            handover=self.handover.value() or order.handover,
            deliver_on=planned,
        )

    def words(self) -> str:
        """A name that is typed but nobody's."""
        return self.person.text() if self.person.person_id() is None else ""

    def set_person(self, person_id: UUID | None) -> None:
        """Choose a person as the user would."""
        self.person.set_person(person_id)
        self._person_chosen(person_id)
        self.changed.emit()

    def error_field(self) -> FormField | None:
        """Judge all fields; the first that is wrong."""
        wrong = [
            field
            for field, problem in (
                (self.person_field, self.person.error()),
                (self.day_field, self.day.check()),
                (self.deliver_field, self.deliver_on.check()),
            )
            if problem
        ]
        return wrong[0] if wrong else None

    def refuse_person(self, sentence: str) -> None:
        """Show what is wrong with the customer, with the focus there."""
        self.person_field.set_error(sentence)
        self.person_field.reveal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow is self._narrow:
            return
        self._narrow = narrow
        fields = (self.person_field, self.demo_field, self.day_field, self.handover_field, self.deliver_field)
        for field in fields:
            self._grid.removeWidget(field)
        for column in range(6):  # columns that nothing stands in take no room
            self._grid.setColumnStretch(column, 0 if narrow and column > 1 else 1)
        if narrow:
            self._grid.addWidget(self.person_field, 0, 0, 1, 2, alignment=_TOP)
            self._grid.addWidget(self.demo_field, 1, 0, alignment=_TOP)
            self._grid.addWidget(self.day_field, 1, 1, alignment=_TOP)
            self._grid.addWidget(self.handover_field, 2, 0, alignment=_TOP)
            self._grid.addWidget(self.deliver_field, 2, 1, alignment=_TOP)
            return
        self._grid.addWidget(self.person_field, 0, 0, 1, 3, alignment=_TOP)
        self._grid.addWidget(self.demo_field, 0, 3, 1, 3, alignment=_TOP)
        self._grid.addWidget(self.day_field, 1, 0, 1, 2, alignment=_TOP)
        self._grid.addWidget(self.handover_field, 1, 2, 1, 2, alignment=_TOP)
        self._grid.addWidget(self.deliver_field, 1, 4, 1, 2, alignment=_TOP)

    def _person_chosen(self, person_id: object) -> None:
        self.person_field.set_error("")
        self.person_chosen.emit(person_id)

    def _show_planned(self) -> None:
        self.deliver_field.setVisible(self.handover.value() is not Handover.TAKE_NOW)


def _demo_words(demo: DemoChoice, day: str) -> str:
    return _("{day} · {name}").format(day=day, name=demo.name) if demo.name else day
