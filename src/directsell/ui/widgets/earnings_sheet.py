"""How a company pays the seller: usual rate, steps, classes of goods. A form; what it brings at a party is shown there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.earnings import ClassRate, EarningPlan, EarningStep, check_plan
from directsell.domain.errors import DomainError
from directsell.i18n import _
from directsell.store.queries.earnings import stored_plan
from directsell.store.queries.settings import business
from directsell.store.queries.settlements import settling_terms
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.fields import CheckBox, FormField, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.typed import amount_field, percent_field
from directsell.usecases.earning_words import inversion_sentences
from directsell.usecases.earnings import forget_earning_plan, save_earning_plan


class _Row(QWidget):
    """Fields beside each other, with a cross at the end."""

    def __init__(self, cross: str, *fields: FormField) -> None:
        super().__init__()
        self.fields = fields
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.cross = IconButton("x", cross)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignBottom)


class EarningsSheet(FormSheet):
    """``EarningsSheet(session, host)``: ``ask(family_id, name)`` opens it for the company of a programme, or for all."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Your earnings"), width=460)
        self._session = session
        self._family: UUID | None = None
        self._currency = session.look(business).currency
        self.add(
            Label(
                _("What you earn of the retail price. A step that is reached holds for all sales of the demo."),
                Role.MUTED,
                wrap=True,
            )
        )
        self.rate = percent_field(session)
        self.field("ppm", _("Usual share"), self.rate)
        self.heading(_("Steps by sales"))
        self._steps = self._part()
        self.steps: list[_Row] = []
        self.add_step = Button(_("Add a step"), "plus", kind=Kind.QUIET, compact=True, on_click=self._new_step)
        self._at_start(self.add_step)
        self._odd = Label("", Role.SMALL, wrap=True)
        self._odd.set_tone("warn")
        self._odd.hide()
        self.add(self._odd)
        self.heading(_("Classes of goods with a share of their own"))
        self.add(Label(_("The class of a product is its category."), Role.SMALL, wrap=True))
        self._classes = self._part()
        self.classes: list[_Row] = []
        self.add_class = Button(_("Add a class"), "plus", kind=Kind.QUIET, compact=True, on_click=self._new_class)
        self._at_start(self.add_class)
        self.forget = Button(_("Use the plan for all"), "undo-2", kind=Kind.QUIET, compact=True, on_click=self._forget)
        self._at_start(self.forget)
        self.save_wanted.connect(self._save_it)
        self.edited.connect(self._warn)

    def _at_start(self, button: Button) -> None:
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _part(self) -> QVBoxLayout:
        place = QVBoxLayout()
        place.setSpacing(8)
        self.body.addLayout(place)
        return place

    # --- content

    def ask(self, family_id: UUID | None, name: str) -> None:
        """Open the sheet with the plan that was written down, else with what holds now."""
        if not self.make_way():
            return
        self._family = family_id
        self.set_subtitle(name or _("All companies"))
        own, general = self._look(family_id), self._look(None)
        flat = EarningPlan(currency=self._currency, ppm=self._session.look(settling_terms).commission_ppm)
        self.load(own or general or flat)
        self.forget.setText(
            _("Use the plan for all") if family_id is not None else _("Use the share of the settlement")
        )
        self.forget.setVisible(own is not None)
        self.set_clean()
        self.open_sheet(self.rate)

    def load(self, plan: EarningPlan) -> None:
        """Show a plan."""
        for row in (*self.steps, *self.classes):
            self._drop(row)
        self.steps, self.classes = [], []
        self.rate.set_value(plan.ppm or None)
        for step in plan.steps:
            self._step_row(step)
        for rate in plan.classes:
            self._class_row(rate)
        self._name_fields()
        self._warn()

    def plan(self) -> EarningPlan:
        """Return what stands in the fields; empty ones count as nothing."""
        return EarningPlan(
            currency=self._currency,
            ppm=self.rate.value() or 0,
            steps=tuple(EarningStep(start=_value(row, 0) or 0, ppm=_value(row, 1) or 0) for row in self.steps),
            classes=tuple(
                ClassRate(name=_value(row, 0), ppm=_value(row, 1), counts=_value(row, 2)) for row in self.classes
            ),
        )

    # --- rows

    def _step_row(self, step: EarningStep | None = None) -> _Row:
        start, share = amount_field(self._session, self._currency, required=True), percent_field(self._session)
        if step is not None:
            start.set_value(step.start)
            share.set_value(step.ppm)
        row = _Row(_("Remove this step"), FormField(_("From sales of"), start), FormField(_("Share"), share))
        row.cross.clicked.connect(_Dropping(self, row))
        self.steps.append(row)
        return self._placed(row, self._steps)

    def _class_row(self, rate: ClassRate | None = None) -> _Row:
        name = TextField(rate.name if rate is not None else "", limit=80)
        share = percent_field(self._session)
        share.setPlaceholderText(_("as the step"))
        counts = CheckBox(_("Counts"), checked=rate is None or rate.counts)
        counts.setToolTip(_("Its sales count towards the steps"))
        if rate is not None:
            share.set_value(rate.ppm)
        fields = FormField(_("Category"), name), FormField(_("Share"), share), FormField(_("For the steps"), counts)
        row = _Row(_("Remove this class"), *fields)
        row.cross.clicked.connect(_Dropping(self, row))
        self.classes.append(row)
        return self._placed(row, self._classes)

    def _placed(self, row: _Row, place: QVBoxLayout) -> _Row:
        for field in row.fields:
            self.watch(field.editor)
        place.addWidget(row)
        return row

    def remove(self, row: _Row) -> None:
        """Take a step or a class away."""
        for rows in (self.steps, self.classes):
            if row in rows:
                rows.remove(row)
                self._drop(row)
        self._name_fields()
        self.touch()

    def _drop(self, row: _Row) -> None:
        for place in (self._steps, self._classes):
            place.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _name_fields(self) -> None:
        """Let refusals find the rows by the paths of ``check_plan``."""
        self.fields = {"ppm": self.fields["ppm"]}
        for part, rows, names in (
            ("steps", self.steps, ("start", "ppm")),
            ("classes", self.classes, ("name", "ppm", "counts")),
        ):
            for number, row in enumerate(rows):
                for name, field in zip(names, row.fields, strict=True):
                    self.fields[f"{part}.{number}.{name}"] = field

    def _new_step(self) -> None:
        self._added(self._step_row())

    def _new_class(self) -> None:
        self._added(self._class_row())

    def _added(self, row: _Row) -> None:
        self._name_fields()
        first = row.fields[0]
        self.touch()
        row.show()
        first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what the user does

    def _look(self, family_id: UUID | None) -> EarningPlan | None:
        try:
            plan = self._session.look(stored_plan, family_id)
        except DomainError:
            return None  # unreadable: it is written anew
        return plan if plan is not None and plan.currency == self._currency else None

    def _warn(self) -> None:
        """Say where the plan inverts, while it is typed."""
        plan = self.plan()
        try:
            check_plan(plan)
        except DomainError:
            words = []  # said at its field when it is saved
        else:
            words = inversion_sentences(plan, self._session.language)
        self._odd.setText("\n".join(words))
        self._odd.setVisible(bool(words))

    def _save_it(self) -> None:
        if self.first_error():
            return
        self.busy(True)
        self._session.run(
            self,
            save_earning_plan,
            self.plan(),
            self._family,
            done=self._saved,
            failed=self.refuse,
            said=_("Your earnings are noted"),
        )

    def _forget(self) -> None:
        self._session.run(self, forget_earning_plan, self._family, done=self._saved, failed=self.refuse)

    def _saved(self, _result: object) -> None:
        self.set_clean()
        self.close_sheet()


def _value(row: _Row, place: int) -> Any:
    """Return what stands in a field of a row."""
    editor: Any = row.fields[place].editor
    return editor.value()


class _Dropping:
    """Takes a row away; for its cross."""

    def __init__(self, sheet: EarningsSheet, row: _Row) -> None:
        self._sheet = sheet
        self._row = row

    def __call__(self, *_checked: object) -> None:
        self._sheet.remove(self._row)
