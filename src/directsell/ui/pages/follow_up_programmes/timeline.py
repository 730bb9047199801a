"""The steps of a programme as a line in time: read at a glance, opened one at a time, moved, added, removed. Saves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.contact_choices import Reason
from directsell.domain.follow_up_plans.steps import MOST_STEPS, Chain, Step, Unit, in_order
from directsell.domain.follow_up_programmes import Anchor
from directsell.i18n import _
from directsell.ui.pages.follow_up_programmes.step_form import StepForm
from directsell.ui.pages.follow_up_programmes.words import when
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.theme import T, paint_icon
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Chip
from directsell.ui.widgets.fields import FormField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import fill_round, leading

_GUTTER = 44
_DOT = 30


class StepView(QWidget):
    """One step on the line: ``show_step(step, anchor)``, ``value()``, ``form`` once it was opened, ``head`` opens and closes it.

    Alt+Up and Alt+Down move it, Delete removes it while its heading has the focus. Signals: ``changed()``,
    ``distance_done()``, ``opened(bool)``, ``move_wanted(int)``, ``remove_wanted()``.
    """

    changed = Signal()
    distance_done = Signal()
    opened = Signal(bool)
    move_wanted = Signal(int)
    remove_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._step = Step(key="")
        self._anchor = Anchor.DELIVERY
        self._is_last = False
        self.form: StepForm | None = None
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 2, 0, 14)
        outer.setSpacing(0)
        outer.addSpacing(_GUTTER)  # a margin would not change sides with the reading direction
        column = QVBoxLayout()
        column.setSpacing(4)
        outer.addLayout(column, 1)
        self.head = Button("", "chevron-right", kind=Kind.QUIET, compact=True, checkable=True)
        self.head.toggled.connect(self._toggled)
        self.head.installEventFilter(self)
        self.earlier = IconButton("arrow-up", _("Swap days with the step before (Alt+Up)"), on_click=self._earlier)
        self.later = IconButton("arrow-down", _("Swap days with the step after (Alt+Down)"), on_click=self._later)
        self.cross = IconButton("trash-2", _("Remove step"), on_click=self._remove)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.head)
        row.addStretch(1)
        for button in (self.earlier, self.later, self.cross):
            row.addWidget(button)
        column.addLayout(row)
        inner = QHBoxLayout()
        inner.setSpacing(0)
        inner.addSpacing(12)
        self._place = QVBoxLayout()
        self._place.setSpacing(6)
        inner.addLayout(self._place, 1)
        column.addLayout(inner)
        self.chip = Chip("")
        self.words = Label("", Role.MUTED, wrap=True)
        self._place.addWidget(self.words)
        self._place.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeading)

    # --- content

    def show_step(self, step: Step, anchor: Anchor, *, first: bool, last: bool) -> None:
        """Show a step."""
        self._step, self._anchor, self._is_last = step, anchor, last
        if self.form is not None:
            self.form.set_value(step, anchor)
        self.earlier.setEnabled(not first)
        self.later.setEnabled(not last)
        self._describe()

    def value(self) -> Step:
        """Return the step as it stands."""
        return self.form.value() if self.form is not None else self._step

    @property
    def is_open(self) -> bool:
        """Its fields show."""
        return self.head.isChecked()

    def open(self, on: bool = True) -> None:
        """Show or hide the fields."""
        self.head.setChecked(on)

    def opened_form(self) -> StepForm:
        """Return the fields, opening the step if need be."""
        self.open()
        assert self.form is not None
        return self.form

    def _describe(self) -> None:
        step = self.value()
        words = when(step, self._anchor, self._session.language)
        self.head.setText(words)
        self.head.set_icon("chevron-down" if self.is_open else "chevron-right")
        self.head.setAccessibleName(words)
        self.chip.set(term(step.reason))
        self.chip.setVisible(step.reason is not _usual(self._anchor) and not self.is_open)
        others = [one.text for one in step.words if one.text]
        self.words.setText("\n".join([step.text, *others]) if step.text else _("No words yet"))
        self.words.setVisible(not self.is_open)
        self.update()

    def _toggled(self, on: bool) -> None:
        if on and self.form is None:
            self.form = StepForm(self._session)
            self.form.set_value(self._step, self._anchor)
            self.form.changed.connect(self._edited)
            self.form.distance_done.connect(self.distance_done)
            self._place.addWidget(self.form)
        if self.form is not None:
            self.form.setVisible(on)
        self._describe()
        self.opened.emit(on)

    def _edited(self) -> None:
        self._describe()
        self.changed.emit()

    def _earlier(self) -> None:
        self.move_wanted.emit(-1)

    def _later(self) -> None:
        self.move_wanted.emit(1)

    def _remove(self) -> None:
        self.remove_wanted.emit()

    # --- Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.remove_wanted.emit()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Up:
            self.move_wanted.emit(-1)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down:
            self.move_wanted.emit(1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.head.toggle()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, direction = QRectF(self.rect()), self.layoutDirection()
        if not self._is_last:
            line = leading(direction, whole, QRectF(_DOT / 2 + 1, _DOT + 8, 2, max(0.0, whole.height() - _DOT - 10)))
            painter.fillRect(line, QColor(T("border")))
        dot = leading(direction, whole, QRectF(2, 5, _DOT, _DOT))
        fill_round(painter, dot, _DOT / 2, T("soft"))
        paint_icon(painter, icon_of(self.value().channel), dot.adjusted(7, 7, -7, -7), T("on_soft"))


class Timeline(QWidget):
    """``Timeline(session)``: ``set_steps(steps, anchor)``, ``steps()``, ``set_anchor``, ``views``, ``add_button``.

    Steps stand in the order of their days; when a day changes they are put in order anew. Signal: ``changed()``.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._anchor = Anchor.DELIVERY
        self.views: list[StepView] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)
        self.wrong = Label("", Role.SMALL, wrap=True)
        self.wrong.set_tone("bad")
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.add_button = Button(_("Add step"), "plus", compact=True, on_click=self.add_step)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)

    def steps(self) -> tuple[Step, ...]:
        """Return the steps as they stand."""
        return tuple(view.value() for view in self.views)

    def set_steps(self, steps: Sequence[Step], anchor: Anchor) -> None:
        """Show other steps."""
        self._anchor = anchor
        self._show(steps)
        self.set_error("")

    def set_anchor(self, anchor: Anchor) -> None:
        """Count from another event; the steps stay."""
        self._anchor = anchor
        self._show(self.steps())

    def set_error(self, sentence: str) -> None:
        """Show what is wrong with the steps as a whole."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def field_at(self, path: list[str]) -> FormField | None:
        """Open the step of a path (``1.text``) and return its field."""
        if not path or not path[0].isdigit() or int(path[0]) >= len(self.views):
            return None
        return self.views[int(path[0])].opened_form().field_at(path[1:])

    def unreadable(self) -> FormField | None:
        """Return a field whose number cannot be read, opened."""
        for view in self.views:
            field = view.form.unreadable() if view.form is not None else None
            if field is not None:
                view.open()
                return field
        return None

    def clear_errors(self) -> None:
        """Forget what was wrong."""
        self.set_error("")
        for view in self.views:
            if view.form is not None:
                view.form.clear_errors()

    # --- adding, moving, removing

    def add_step(self) -> None:
        """Append a step a while after the last one, and open it."""
        steps = self.steps()
        if len(steps) >= MOST_STEPS:
            return
        last = in_order(Chain(steps=steps), self._anchor)[-1] if steps else None
        reason = last.reason if last is not None else _usual(self._anchor)
        step = Step(key=self._session.new_id().hex[-10:], count=3, unit=Unit.DAYS, reason=reason)
        if last is not None and last.count > 0:
            step = replace(step, count=last.count * 2, unit=last.unit)
        elif last is not None:
            taken = {one.count for one in steps if one.unit is Unit.DAYS}
            free = (-1, -3, -4, -5, 1) if last.count < 0 else (1,)
            step = replace(step, count=next((count for count in free if count not in taken), 3))
        self._show([*steps, step])
        self._open_only(step.key)
        self._view(step.key).opened_form().fields["text"].reveal()
        self.changed.emit()

    def _show(self, steps: Sequence[Step]) -> None:
        chosen = next((view.value().key for view in self.views if view.is_open), "")
        ordered = in_order(Chain(steps=tuple(steps)), self._anchor)
        while len(self.views) > len(ordered):
            self._drop(self.views[-1])
        while len(self.views) < len(ordered):
            self._put()
        for place, (view, step) in enumerate(zip(self.views, ordered, strict=True)):
            view.show_step(step, self._anchor, first=place == 0, last=place == len(ordered) - 1)
        self._open_only(chosen)
        self.add_button.setEnabled(len(self.views) < MOST_STEPS)

    def _put(self) -> None:
        view = StepView(self._session)
        view.changed.connect(self._edited)
        view.distance_done.connect(self._sort)
        view.opened.connect(self._opened)
        view.move_wanted.connect(self._move)
        view.remove_wanted.connect(self._remove)
        self.views.append(view)
        self._lines.addWidget(view)

    def _drop(self, view: StepView) -> None:
        self.views.remove(view)
        self._lines.removeWidget(view)
        view.hide()
        view.deleteLater()

    def _view(self, key: str) -> StepView:
        return next(view for view in self.views if view.value().key == key)

    def _open_only(self, key: str) -> None:
        for view in self.views:
            view.open(bool(key) and view.value().key == key)

    def _opened(self, on: bool) -> None:
        opened = self.sender()
        if on:
            for view in self.views:
                if view is not opened:
                    view.open(False)

    def _edited(self) -> None:
        self.set_error("")
        self.changed.emit()

    def _sort(self) -> None:
        """Put the steps in order when a day was altered; the one that was edited keeps the focus."""
        steps = self.steps()
        ordered = in_order(Chain(steps=steps), self._anchor)
        if ordered == steps:
            return
        view = self.sender()
        name = ""
        if isinstance(view, StepView) and view.form is not None:
            name = next((n for n, f in view.form.fields.items() if f.editor.hasFocus()), "")
        self._show(steps)
        if name:
            opened = next((one for one in self.views if one.is_open), None)
            if opened is not None:
                opened.opened_form().fields[name].reveal()

    def _move(self, way: int) -> None:
        """Let two neighbours swap their days."""
        view = self.sender()
        if not isinstance(view, StepView):
            return
        steps, place = list(self.steps()), self.views.index(view)
        other = place + way
        if not 0 <= other < len(steps):
            return
        one, two = steps[place], steps[other]
        steps[place] = replace(two, count=one.count, unit=one.unit)
        steps[other] = replace(one, count=two.count, unit=two.unit)
        self._show(steps)
        self.views[other].head.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _remove(self) -> None:
        view = self.sender()
        if not isinstance(view, StepView):
            return
        place = self.views.index(view)
        view.open(False)
        self._show([step for number, step in enumerate(self.steps()) if number != place])
        target = self.views[min(place, len(self.views) - 1)].head if self.views else self.add_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def _usual(anchor: Anchor) -> Reason:
    """Return the reason that first steps of a programme usually have."""
    known = {
        Anchor.SALE: Reason.OTHER,
        Anchor.DELIVERY: Reason.AFTER_DELIVERY,
        Anchor.DEMO: Reason.AFTER_DEMO,
        Anchor.BOOKING: Reason.COACHING,
        Anchor.LEAD: Reason.LEAD,
        Anchor.BIRTHDAY: Reason.BIRTHDAY,
        Anchor.SAMPLE: Reason.SAMPLE,
        Anchor.LAST_CONTACT: Reason.INTERVAL,
        Anchor.LAST_ORDER: Reason.DORMANT,
    }
    return known.get(anchor, Reason.OTHER)
