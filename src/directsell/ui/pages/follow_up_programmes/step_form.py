"""The fields of one step: how far away, how, why, with which words, until when. The line around it is the timeline's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.contact_choices import Channel, Reason
from directsell.domain.follow_up_plans.steps import FORESEEN, Step, Unit
from directsell.domain.follow_up_programmes import Anchor
from directsell.i18n import _
from directsell.ui.pages.follow_up_programmes.product_words import WordsRows
from directsell.ui.pages.follow_up_programmes.words import units
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.fields import ChoiceField, FormField, MultilineField, Switch
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.typed import count_field

_REASONS = (
    Reason.AFTER_DELIVERY,
    Reason.AFTER_DEMO,
    Reason.LEAD,
    Reason.BOOKING,
    Reason.COACHING,
    Reason.SAMPLE,
    Reason.BIRTHDAY,
    Reason.DORMANT,
    Reason.INTERVAL,
    Reason.WISH,
    Reason.RUN_OUT,
    Reason.OTHER,
)


class StepForm(QWidget):
    """``StepForm(session)``: ``set_value(step, anchor)``, ``value()``, ``fields`` by name, ``words``.

    Signals: ``changed()`` after each alteration, ``distance_done()`` when the distance was altered and is done.
    """

    changed = Signal()
    distance_done = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._step = Step(key="")
        self.count = count_field(session, required=True)
        self.unit = ChoiceField(units(), Unit.DAYS)
        self.before = ChoiceField([(False, _("after")), (True, _("before"))], False)
        self.channel = ChoiceField([(one, term(one)) for one in Channel if one is not Channel.NOTE], Channel.CALL)
        self.reason = ChoiceField([(one, term(one)) for one in _REASONS], Reason.OTHER)
        self.expires = count_field(session, unit=_("days"), required=True)
        self.text = MultilineField(limit=1000, lines=2)
        self.with_products = Switch(_("Add the words of the products for following up"))
        self.only_if_quiet = Switch(_("Leave it out if there was a contact or an order since"))
        self.words = WordsRows(session)
        self.fields: dict[str, FormField] = {
            "count": FormField(_("How far away"), self.count),
            "unit": FormField(_("In"), self.unit),
            "before": FormField(_("Before or after"), self.before),
            "channel": FormField(_("How"), self.channel),
            "reason": FormField(_("Why"), self.reason),
            "expires_days": FormField(_("Makes sense for"), self.expires),
            "text": FormField(_("What to ask or tell"), self.text),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(10)
        column.addWidget(self._line("count", "unit", "before", tile=120))
        column.addWidget(self._line("channel", "reason", "expires_days", tile=150))
        column.addWidget(self.fields["text"])
        column.addWidget(self.words)
        column.addWidget(self.with_products)
        column.addWidget(self.only_if_quiet)
        self._follow()

    def _line(self, *names: str, tile: int) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=10, tile=tile)
        for name in names:
            flow.addWidget(self.fields[name])
            flow.setAlignment(self.fields[name], Qt.AlignmentFlag.AlignTop)
        return box

    def _follow(self) -> None:
        editors: tuple[Any, ...] = (
            *(field.editor for field in self.fields.values()),
            self.words,
            self.with_products,
            self.only_if_quiet,
        )
        for editor in editors:
            editor.changed.connect(self.changed)
        for field in (self.count, self.unit, self.before):
            field.committed.connect(self.distance_done)

    def set_value(self, step: Step, anchor: Anchor) -> None:
        """Show a step."""
        self._step = step
        foreseen = anchor in FORESEEN or step.is_before
        self.fields["before"].setVisible(foreseen)
        self.count.set_value(abs(step.count))
        self.unit.set_value(step.unit)
        self.before.set_value(step.is_before)
        self.channel.set_value(step.channel)
        self.reason.set_value(step.reason)
        self.expires.set_value(step.expires_days)
        self.text.set_value(step.text)
        self.with_products.set_value(step.with_products)
        self.only_if_quiet.set_value(step.only_if_quiet)
        if self.words.value() != step.words:
            self.words.set_value(step.words)

    def value(self) -> Step:
        """Return the step as it stands; a number that cannot be read keeps its last value."""
        count = self.count.value()
        expires = self.expires.value()
        far = abs(self._step.count) if count is None else count
        return replace(
            self._step,
            count=-far if self.before.value() else far,
            unit=self.unit.value(),
            channel=self.channel.value(),
            reason=self.reason.value(),
            text=self.text.value(),
            words=self.words.value(),
            with_products=self.with_products.value(),
            only_if_quiet=self.only_if_quiet.value(),
            expires_days=self._step.expires_days if expires is None else expires,
        )

    def field_at(self, path: list[str]) -> FormField | None:
        """Return the field of a path below a step (``count``, ``words.0.text``)."""
        if path[:1] == ["words"] and len(path) == 3 and int(path[1]) < len(self.words.rows):
            return self.words.rows[int(path[1])].fields.get(path[2])
        return self.fields.get(path[0]) if path else None

    def unreadable(self) -> FormField | None:
        """Return a number field that cannot be read."""
        for name in ("count", "expires_days"):
            editor: Any = self.fields[name].editor
            if editor.check():
                return self.fields[name]
        return None

    def clear_errors(self) -> None:
        """Forget what was wrong."""
        for field in self.fields.values():
            field.set_error("")
        for row in self.words.rows:
            for field in row.fields.values():
                field.set_error("")
