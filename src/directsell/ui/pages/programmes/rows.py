"""Rows that repeat in a programme: conditions, steps of a ladder, weights; and the ladder itself. They judge nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.host_programmes.rules import Benefit, Condition, Ladder, Measure, Rung, WeightBand
from directsell.i18n import _, pgettext
from directsell.ui.pages.programmes.fields import BenefitFields, Fields, columns, measure_field, whole_field
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.fields import ChoiceField, FormField, Switch
from directsell.ui.widgets.labels import Label, Role, Rule
from directsell.ui.widgets.typed import amount_field
from directsell.usecases.reward_words import MEASURES

V = TypeVar("V")


def measure_choice(value: Measure) -> ChoiceField:
    """Return the drop-down of what is counted."""
    return ChoiceField([(measure, _(words)) for measure, words in MEASURES.items()], value)


_LABEL = 25  # pixels of a label above its field: the cross stands beside the field


class PartRow(QWidget, Generic[V]):
    """A row of labelled fields with a cross at its end. ``fields`` by the words of ``checks.problems``; ``value()``."""

    changed = Signal()
    remove_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 2, 0, 2)
        self._line.setSpacing(6)
        self.cross = IconButton("x", name, on_click=self._remove)

    def finish(self, *shown: FormField, tile: int = 132) -> None:
        """Place the fields and the cross."""
        self._line.addWidget(columns(*shown, tile=tile), 1)
        beside = QVBoxLayout()
        beside.addSpacing(_LABEL)
        beside.addWidget(self.cross)
        beside.addStretch(1)
        self._line.addLayout(beside)
        for field in shown:
            self.follow(field)

    def follow(self, field: FormField) -> None:
        """Pass changes of a field on."""
        changed = getattr(field.editor, "changed", None)
        if changed is not None:
            changed.connect(self.changed)

    def value(self) -> V:
        """Return what stands in the row."""
        raise NotImplementedError

    def field_at(self, path: Sequence[str]) -> FormField | None:
        """Return the field of a path below this row."""
        return self.fields.get(".".join(path)) or self.fields.get(path[0] if path else "")

    def _remove(self) -> None:
        self.remove_wanted.emit()


class ConditionRow(PartRow[Condition]):
    """One condition: what is counted, and at least how much."""

    def __init__(self, session: Session, currency: str, condition: Condition) -> None:
        super().__init__(_("Remove this condition"))
        self._session = session
        self._currency = currency
        self.measure = measure_choice(condition.measure)
        self.least = measure_field(session, condition.measure, currency)
        self.least.set_value(condition.least or None)
        self._place = QVBoxLayout()
        self.fields["measure"] = FormField(_("What is counted"), self.measure)
        self.fields["least"] = FormField(_("At least"), self.least)
        self.measure.changed.connect(self._measure_chosen)
        self.finish(*self.fields.values(), tile=160)

    def value(self) -> Condition:
        return Condition(measure=self.measure.value(), least=self.least.value() or 0)

    def _measure_chosen(self) -> None:
        """Money and numbers are written differently: the row is made anew with what was chosen."""
        self.remade.emit(Condition(measure=self.measure.value(), least=0))

    remade = Signal(object)


class WeightRow(PartRow[WeightBand]):
    """From which price tag on a piece uses more than one right."""

    def __init__(self, session: Session, currency: str, band: WeightBand) -> None:
        super().__init__(_("Remove this weight"))
        self.start = amount_field(session, currency)
        self.start.set_value(band.start or None)
        self.rights = whole_field(session)
        self.rights.set_value(band.rights)
        self.fields["start"] = FormField(_("Price tag from"), self.start)
        self.fields["rights"] = FormField(_("Uses so many rights"), self.rights)
        self.finish(*self.fields.values(), tile=160)

    def value(self) -> WeightBand:
        return WeightBand(start=self.start.value() or 0, rights=self.rights.value() or 0)


class RungRow(PartRow[Rung]):
    """One step of a ladder: from where on, and what it brings."""

    def __init__(self, session: Session, currency: str, measure: Measure, rung: Rung) -> None:
        super().__init__(_("Remove this step"))
        self.start = measure_field(session, measure, currency)
        self.start.set_value(rung.start)
        self.benefit = BenefitFields(session, currency)
        self.benefit.set_value(rung.benefit)
        self.fields["start"] = FormField(pgettext("step", "From"), self.start)
        self.fields.update({f"benefit.{name}": field for name, field in self.benefit.fields.items()})
        self.finish(*self.fields.values(), tile=112)

    def field_at(self, path: Sequence[str]) -> FormField | None:
        return self.fields.get(".".join(path[:2])) or super().field_at(path)

    def value(self) -> Rung:
        return Rung(start=self.start.value() or 0, benefit=self.benefit.value())


class Rows(QWidget, Generic[V]):
    """``Rows(make, add_text, blank)``: rows of one kind with a button that adds another one.

    ``make(value)`` returns a row, ``blank()`` the value of a new one. Signal: ``changed()``.
    """

    changed = Signal()

    def __init__(self, make: Callable[[V], PartRow[V]], add_text: str, blank: Callable[[], V]) -> None:
        super().__init__()
        self._make = make
        self._blank = blank
        self.rows: list[PartRow[V]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        column.addLayout(self._column)
        self.add_button = Button(add_text, "plus", kind=Kind.QUIET, compact=True, on_click=self._add_clicked)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.below = Label("", Role.SMALL, wrap=True)
        self.below.set_tone("bad")
        self.below.hide()
        column.addWidget(self.below)

    def value(self) -> tuple[V, ...]:
        """Return the values of all rows."""
        return tuple(row.value() for row in self.rows)

    def set_value(self, values: Sequence[V]) -> None:
        """Show other rows."""
        for row in list(self.rows):
            self._drop(row)
        for value in values:
            self._put(value, len(self.rows))

    def set_error(self, sentence: str) -> None:
        """Show what is wrong with the rows as a whole."""
        self.below.setText(sentence)
        self.below.setVisible(bool(sentence))

    def field_at(self, path: Sequence[str]) -> FormField | None:
        """Return the field of a path that begins with the number of a row."""
        if not path or not path[0].isdigit() or int(path[0]) >= len(self.rows):
            return None
        return self.rows[int(path[0])].field_at(path[1:])

    def fields(self) -> list[FormField]:
        """Return all fields of all rows."""
        return [field for row in self.rows for field in row.fields.values()]

    def _put(self, value: V, place: int) -> PartRow[V]:
        row = self._make(value)
        row.changed.connect(self._edited)
        row.remove_wanted.connect(self._remove_clicked)
        if isinstance(row, ConditionRow):
            row.remade.connect(self._remade)
        self.rows.insert(place, row)
        self._column.insertWidget(place, row)
        return row

    def _drop(self, row: PartRow[V]) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _add_clicked(self) -> None:
        row = self._put(self._blank(), len(self.rows))
        next(iter(row.fields.values())).reveal()
        self._edited()

    def _remove_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, PartRow):
            self._drop(row)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self._edited()

    def _remade(self, value: V) -> None:
        row = self.sender()
        if isinstance(row, PartRow):
            place = self.rows.index(row)
            self._drop(row)
            self._put(value, place).fields["least"].reveal()
            self._edited()

    def _edited(self) -> None:
        self.set_error("")
        self.changed.emit()


class LadderBox(QWidget):
    """``LadderBox(session, currency, ladder)``: what a ladder counts, and its steps. ``value()``, ``find(path)``."""

    changed = Signal()
    remove_wanted = Signal()

    def __init__(self, session: Session, currency: str, ladder: Ladder) -> None:
        super().__init__()
        self._session = session
        self._currency = currency
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(8)
        self.measure = measure_choice(ladder.measure)
        self.measure.changed.connect(self._measure_chosen)
        self.measure_field = FormField(_("The steps go by"), self.measure)
        self.cumulative = Switch(_("All reached steps add up"))
        self.cumulative.set_value(ladder.cumulative)
        self.cumulative.changed.connect(self._edited)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.measure_field, 1)
        head.addWidget(self.cumulative, 2, Qt.AlignmentFlag.AlignBottom)
        trash = IconButton("trash-2", _("Remove this ladder"), on_click=self._remove)
        head.addWidget(trash, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        self.steps: Rows[Rung] = Rows(self._step, _("Add a step"), self._next_step)
        self.steps.changed.connect(self.changed)
        column.addWidget(self.steps)
        column.addWidget(Rule())
        self.steps.set_value(ladder.rungs)

    def value(self) -> Ladder:
        """Return the ladder as it stands."""
        return Ladder(measure=self.measure.value(), rungs=self.steps.value(), cumulative=self.cumulative.value())

    def field_at(self, path: Sequence[str]) -> FormField | None:
        """Return the field of a path below this ladder."""
        if path[:1] == ("measure",):
            return self.measure_field
        return self.steps.field_at(path[1:]) if path[:1] == ("rungs",) else None

    def fields(self) -> list[FormField]:
        """Return all fields of the ladder."""
        return [self.measure_field, *self.steps.fields()]

    def _step(self, rung: Rung) -> RungRow:
        return RungRow(self._session, self._currency, self.measure.value(), rung)

    def _next_step(self) -> Rung:
        last = self.steps.value()[-1:]
        return Rung(start=last[0].start * 2 if last else 0, benefit=last[0].benefit if last else Benefit())

    def _measure_chosen(self) -> None:
        self.steps.set_value([Rung(start=0, benefit=rung.benefit) for rung in self.steps.value()])
        self.changed.emit()

    def _remove(self) -> None:
        self.remove_wanted.emit()

    def _edited(self) -> None:
        self.changed.emit()
