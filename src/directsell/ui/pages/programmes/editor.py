"""The form of one version of a programme, card by card. It reads and shows rules; saving is the page's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.catalog import HostProgramme
from directsell.domain.errors import DomainError
from directsell.domain.host_programmes.checks import problems
from directsell.domain.host_programmes.rules import (
    Condition,
    Ladder,
    Measure,
    PastHost,
    Points,
    Rules,
    Rung,
    UnspentFate,
    WeightBand,
)
from directsell.i18n import _
from directsell.ui.messages import sentence
from directsell.ui.pages.programmes.cards import BookingsCard, PartCard, QualifyingCard
from directsell.ui.pages.programmes.fields import BenefitFields, columns, whole_field
from directsell.ui.pages.programmes.rows import ConditionRow, LadderBox, Rows, WeightRow
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import ChoiceField, FormField, Switch, TextField, focus_target
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.typed import amount_field, date_field


class RulesEditor(QWidget):
    """``RulesEditor(session, programme, rules)``: ``rules()``, ``programme()``, ``set_state``, ``first_error()``.

    The currency is that of the programme and stays. Signal: ``changed()`` after each alteration.
    """

    changed = Signal()

    def __init__(self, session: Session, programme: HostProgramme, rules: Rules) -> None:
        super().__init__()
        self._session = session
        self._programme = programme
        self._currency = rules.currency
        self._fields: dict[str, FormField] = {}
        self.ladders: list[LadderBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._build_head()
        self._build_ladders()
        self.qualifying = QualifyingCard(session)
        self._place(self.qualifying)
        self.bookings = BookingsCard(session, self._currency)
        self._place(self.bookings)
        self._build_points()
        self._build_redeeming()
        self._build_sharing()
        self.show_programme(programme)
        self.show_rules(rules)

    # --- building

    def _card(self, title: str, text: str = "") -> Card:
        card = Card(title)
        if text:
            card.add(Label(text, Role.MUTED, wrap=True))
        self._column.addWidget(card)
        return card

    def _field(self, path: str, label: str, editor: QWidget, hint: str = "") -> FormField:
        made = FormField(label, editor, hint=hint)
        self._fields[path] = made
        self._watch(editor)
        return made

    def _watch(self, *editors: QWidget) -> None:
        for editor in editors:
            changed: Any = getattr(editor, "changed", None)
            if changed is not None:
                changed.connect(self.changed)

    def _build_head(self) -> None:
        card = self._card(_("Name and time"))
        self.name = TextField(placeholder=_("Garden Steps"))
        self.valid_from = date_field(self._session, required=True)
        self.valid_to = date_field(self._session)
        card.add(self._field("name", _("Name"), self.name))
        card.add(
            columns(
                self._field("valid_from", _("Holds from"), self.valid_from),
                self._field("valid_to", _("until"), self.valid_to, _("Empty: until a newer version begins.")),
                tile=180,
            )
        )

    def _build_ladders(self) -> None:
        card = self._card(
            _("What is earned"),
            _(
                "The highest step that is reached counts. Several ladders add up, for example one by sales, one by buyers."
            ),
        )
        self._ladder_place = QVBoxLayout()
        card.body.addLayout(self._ladder_place)
        self._ladders_wrong = Label("", Role.SMALL, wrap=True)
        self._ladders_wrong.set_tone("bad")
        self._ladders_wrong.hide()
        card.add(self._ladders_wrong)
        self.add_ladder = Button(_("Add a ladder"), "plus", kind=Kind.QUIET, compact=True, on_click=self._add_ladder)
        card.body.addWidget(self.add_ladder, 0, Qt.AlignmentFlag.AlignLeading)
        self.conditions: Rows[Condition] = Rows(self._condition, _("Add a condition"), self._next_condition)
        self._watch(self.conditions)
        card.add(Label(_("Without these conditions nothing is earned"), Role.STRONG, wrap=True))
        card.add(self.conditions)
        self.credit_cap = amount_field(self._session, self._currency)
        self.rights_cap = whole_field(self._session)
        card.add(
            columns(
                self._field("credit_cap", _("No more credit than"), self.credit_cap),
                self._field("rights_cap", _("No more rights than"), self.rights_cap),
                tile=180,
            )
        )

    def _place(self, card: PartCard) -> None:
        self._column.addWidget(card)
        self._fields.update(card.fields)
        card.changed.connect(self.changed)

    def _build_points(self) -> None:
        card = self._card(_("Points"), _("For ladders that go by points."))
        self.has_points = Switch(_("Points are collected"))
        card.add(self.has_points)
        session = self._session
        self.points = {name: whole_field(session) for name in ("kept_date", "per_booking", "per_guest", "per_unit")}
        words = {
            "kept_date": _("For keeping the day"),
            "per_booking": _("For each booking"),
            "per_guest": _("For each guest"),
            "per_unit": _("For each unit of money"),
        }
        made = [self._field(f"points.{name}", words[name], field) for name, field in self.points.items()]
        self._points_box = columns(*made, tile=160)
        card.add(self._points_box)
        self._watch(self.has_points)
        self.has_points.changed.connect(self._show_points)

    def _build_redeeming(self) -> None:
        card = self._card(_("Redeeming"))
        self.shipping = amount_field(self._session, self._currency)
        self.expiry = whole_field(self._session, unit=_("days"))
        self.unspent = ChoiceField(
            [
                (UnspentFate.LOST, _("is lost")),
                (UnspentFate.KEPT, _("is kept for some days")),
                (UnspentFate.POOLED, _("is added to the next demo")),
            ]
        )
        self.unspent_days = whole_field(self._session, unit=_("days"))
        card.add(
            columns(
                self._field("shipping", _("The host pays for shipping"), self.shipping),
                self._field("expiry_days", _("To be redeemed within"), self.expiry),
                self._field("unspent", _("Credit that is left over"), self.unspent),
                self._field("unspent_days", _("Kept for"), self.unspent_days),
                tile=190,
            )
        )
        card.add(Label(_("Dear pieces use more than one half-price right"), Role.STRONG, wrap=True))
        self.weights: Rows[WeightBand] = Rows(self._weight, _("Add a weight"), self._next_weight)
        self._watch(self.weights)
        card.add(self.weights)

    def _build_sharing(self) -> None:
        card = self._card(_("Several hosts, past host"))
        self.co_hosts = whole_field(self._session)
        card.add(self._field("co_hosts", _("So many hosts may share a reward"), self.co_hosts))
        self.has_past_host = Switch(_("A past host gets something for a demo that was booked at hers"))
        self.both = Switch(_("Only when both demos have qualified"))
        card.add(self.has_past_host)
        card.add(self.both)
        self.past = self._benefit("past_host.benefit", card)
        self._watch(self.has_past_host, self.both)
        self.has_past_host.changed.connect(self._show_past_host)

    def _benefit(self, path: str, card: Card) -> BenefitFields:
        made = BenefitFields(self._session, self._currency)
        for name, field in made.fields.items():
            self._fields[f"{path}.{name}"] = field
            self._watch(field.editor)
        card.add(columns(*made.fields.values(), tile=150))
        return made

    def _condition(self, condition: Condition) -> ConditionRow:
        return ConditionRow(self._session, self._currency, condition)

    def _weight(self, band: WeightBand) -> WeightRow:
        return WeightRow(self._session, self._currency, band)

    def _next_condition(self) -> Condition:
        used = {condition.measure for condition in self.conditions.value()}
        return Condition(measure=next((m for m in Measure if m not in used), Measure.SALES), least=0)

    def _next_weight(self) -> WeightBand:
        last = self.weights.value()[-1:]
        return WeightBand(start=last[0].start * 2 if last else 0, rights=last[0].rights + 1 if last else 2)

    # --- values

    def show_programme(self, programme: HostProgramme) -> None:
        """Show name and days of a version."""
        self._programme = programme
        self.name.set_value(programme.name)
        self.valid_from.set_value(programme.valid_from)
        self.valid_to.set_value(programme.valid_to)

    def programme(self) -> HostProgramme:
        """Return the version with name and days as they stand."""
        return replace(
            self._programme,
            name=self.name.value(),
            valid_from=self.valid_from.value() or self._programme.valid_from,
            valid_to=self.valid_to.value(),
        )

    def show_rules(self, rules: Rules) -> None:
        """Show rules in all fields."""
        for ladder in list(self.ladders):
            self._drop(ladder)
        for one in rules.ladders:
            self._put(one)
        self.conditions.set_value(rules.conditions)
        self.credit_cap.set_value(rules.credit_cap)
        self.rights_cap.set_value(rules.rights_cap)
        self.qualifying.set_value(rules.qualifying)
        self.bookings.set_value(rules.bookings)
        self.has_points.set_value(rules.points is not None)
        for name, field in self.points.items():
            field.set_value(getattr(rules.points, name) if rules.points is not None else None)
        self.shipping.set_value(rules.shipping)
        self.expiry.set_value(rules.expiry_days)
        self.unspent.set_value(rules.unspent)
        self.unspent_days.set_value(rules.unspent_days or None)
        self.weights.set_value(rules.weights)
        self.co_hosts.set_value(rules.co_hosts)
        past = rules.past_host
        self.has_past_host.set_value(past is not None)
        self.both.set_value(past is None or past.both_must_qualify)
        self.past.set_value((past or PastHost()).benefit)
        self._show_points()
        self._show_past_host()

    def rules(self) -> Rules:
        """Return the rules as they stand; fields that are wrong by themselves count as empty."""
        points = {name: field.value() or 0 for name, field in self.points.items()}
        return Rules(
            currency=self._currency,
            qualifying=self.qualifying.value(),
            conditions=self.conditions.value(),
            ladders=tuple(ladder.value() for ladder in self.ladders),
            bookings=self.bookings.value(),
            points=Points(**points) if self.has_points.value() else None,
            credit_cap=self.credit_cap.value(),
            rights_cap=self.rights_cap.value(),
            weights=self.weights.value(),
            unspent=self.unspent.value(),
            unspent_days=self.unspent_days.value() or 0,
            expiry_days=self.expiry.value(),
            shipping=self.shipping.value() or 0,
            past_host=PastHost(benefit=self.past.value(), both_must_qualify=self.both.value())
            if self.has_past_host.value()
            else None,
            co_hosts=self.co_hosts.value() or 0,
        )

    # --- what is wrong

    def first_error(self) -> FormField | None:
        """Show all that is wrong, each in its row, and return the first field of it; None when all is right."""
        wrong = [field for field in self._all_fields() if self._is_wrong(field)]
        self._ladders_wrong.hide()
        if not self.name.value():
            wrong.append(self._mark(DomainError("programme.name", field="name")))
        wrong.extend([self._mark(problem) for problem in problems(self.rules())])
        return next(iter(wrong), None)

    def refuse(self, error: Exception) -> FormField | None:
        """Show a refusal of saving in its row; None when it belongs to none."""
        if not isinstance(error, DomainError) or not error.field:
            return None
        return self._mark(error)

    def reveal(self, field: FormField) -> None:
        """Put the focus into a field."""
        focus_target(field.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_wrong(self, field: FormField) -> bool:
        field.set_error("")
        check = getattr(field.editor, "check", None)
        if callable(check):
            check()
        return bool(field.error())

    def _all_fields(self) -> Iterable[FormField]:
        yield from self._fields.values()
        yield from self.conditions.fields()
        yield from self.weights.fields()
        for ladder in self.ladders:
            yield from ladder.fields()

    def _mark(self, problem: DomainError) -> FormField:
        words = sentence(problem) or ""
        path = tuple((problem.field or "").split("."))
        field = self._find(path)
        if field is None:
            self._ladders_wrong.setText(words)
            self._ladders_wrong.show()
            return self._fields["name"]
        field.set_error(words)
        return field

    def _find(self, path: Sequence[str]) -> FormField | None:
        whole = ".".join(path)
        if whole in self._fields:
            return self._fields[whole]
        if path[0] == "ladders" and len(path) > 1 and int(path[1]) < len(self.ladders):
            return self.ladders[int(path[1])].field_at(path[2:])
        if path[0] in ("conditions", "weights"):
            rows: Rows[Any] = self.conditions if path[0] == "conditions" else self.weights
            return rows.field_at(path[1:])
        shorter = ".".join(path[:3])
        return self._fields.get(shorter)

    # --- ladders

    def _add_ladder(self) -> None:
        box = self._put(Ladder(rungs=(Rung(start=0),)))
        box.measure_field.reveal()
        self.changed.emit()

    def _put(self, ladder: Ladder) -> LadderBox:
        box = LadderBox(self._session, self._currency, ladder)
        box.changed.connect(self._ladder_changed)
        box.remove_wanted.connect(self._remove_ladder)
        self.ladders.append(box)
        self._ladder_place.addWidget(box)
        return box

    def _drop(self, box: LadderBox) -> None:
        self.ladders.remove(box)
        self._ladder_place.removeWidget(box)
        box.hide()
        box.deleteLater()

    def _remove_ladder(self) -> None:
        box = self.sender()
        if isinstance(box, LadderBox):
            self._drop(box)
            self.add_ladder.setFocus(Qt.FocusReason.OtherFocusReason)
            self._ladder_changed()

    def _ladder_changed(self) -> None:
        self._ladders_wrong.hide()
        self.changed.emit()

    def _show_points(self) -> None:
        self._points_box.setVisible(self.has_points.value())

    def _show_past_host(self) -> None:
        on = self.has_past_host.value()
        self.both.setVisible(on)
        for field in self.past.fields.values():
            field.setVisible(on)
