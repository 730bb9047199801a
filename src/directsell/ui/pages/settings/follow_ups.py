"""Follow-ups in the settings: how many contacts a day, how often by rank, quiet days, and the way to the programmes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.i18n import _
from directsell.store.queries.follow_up_plans import contact_rules, follow_up_programmes
from directsell.ui.messages import sentence
from directsell.ui.pages.settings.parts import FigureRow, Section, SettingRow, buttons
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.fields import CheckBox
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.typed import count_field
from directsell.usecases.follow_up_programmes import save_contact_rules

_MONDAY = date(2024, 1, 1)


class FollowUpsSection(Section):
    """``FollowUpsSection(session, host)``: ``numbers`` by name, ``days`` a tick for each weekday, ``open_button``.

    A number is stored when its field is left, a tick at once.
    """

    TABLES = ("setting", "follow_up_programme")

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(
            session, host, _("Follow-ups"), _("How many contacts a day bears, and how often somebody hears from you.")
        )
        self._rules = ContactRules()
        self._build_programmes()
        self.numbers: dict[str, Any] = {}
        self.rows: dict[str, SettingRow] = {}
        load = self.card(_("The day"))
        self._number(
            load,
            "daily_limit",
            _("Contacts a day"),
            _("What programmes ask for beyond that waits for the next days. What you planned yourself keeps its day."),
            "",
        )
        self.days = [CheckBox(session.language.weekday(_MONDAY + timedelta(days=n))) for n in range(7)]
        box = QWidget()
        flow = FlowLayout(box, gap=4, tile=124)
        for tick in self.days:
            flow.addWidget(tick)
            tick.changed.connect(self._save_days)
        load.add(Label(_("Quiet days"), Role.STRONG))
        self._quiet = Label(
            _("Programmes ask for nobody on these days; a step moves to the next day."), Role.SMALL, wrap=True
        )
        load.add(self._quiet)
        load.add(box)
        rhythm = self.card(
            _("Time to be in touch"),
            _("After so many days without contact or order somebody stands on Today. A person can have an own number."),
        )
        for name, title in (("days_a", _("Rank A")), ("days_b", _("Rank B")), ("days_c", _("Rank C"))):
            self._number(rhythm, name, title, _("0 = no reminder") if name == "days_a" else "", _("days"))
        goods = self.card(_("Before something runs out"))
        self._number(
            goods,
            "run_out_days",
            _("Remind so many days before"),
            _("How long one piece lasts stands with the product; after two purchases the person's own rhythm counts."),
            _("days"),
        )
        self.load()

    def _build_programmes(self) -> None:
        card = self.card(
            _("Programmes"), _("They plan contacts by themselves: after a delivery, a demo, before a birthday.")
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        card.body.addLayout(self._list)
        self.programmes: list[FigureRow] = []
        self.open_button = Button(_("Open the follow-up programmes"), "list-checks", on_click=self._open)
        card.body.addLayout(buttons(self.open_button))

    def _number(self, card: Any, name: str, title: str, text: str, unit: str) -> None:
        field = count_field(self.session, unit=unit, required=True)
        field.committed.connect(self._save_numbers)
        self.numbers[name] = field
        self.rows[name] = SettingRow(title, text, field)
        card.add(self.rows[name])

    def load(self) -> None:
        """Show what is stored; a field in which something is typed keeps it."""
        self._rules = self.session.look(contact_rules)
        for name, field in self.numbers.items():
            if not field.hasFocus():
                field.set_value(getattr(self._rules, name))
        for number, tick in enumerate(self.days):
            tick.set_value(number in self._rules.quiet_days)
        for row in self.programmes:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.programmes = [
            FigureRow(programme.name, _("Switched on") if programme.active else _("Switched off"))
            for programme in self.session.look(follow_up_programmes)
        ]
        for row in self.programmes:
            self._list.addWidget(row)

    def commands(self) -> list[Command]:
        """The way to the programmes stands in the search box everywhere."""
        return []

    def _open(self) -> None:
        self.session.navigation.go("follow_up_programmes")

    def _save_numbers(self) -> None:
        if any(field.error() for field in self.numbers.values()):
            return
        typed = {name: field.value() for name, field in self.numbers.items()}
        self._store(replace(self._rules, **{name: value for name, value in typed.items() if value is not None}))

    def _save_days(self) -> None:
        chosen = tuple(number for number, tick in enumerate(self.days) if tick.value())
        self._store(replace(self._rules, quiet_days=chosen))

    def _store(self, rules: ContactRules) -> None:
        if rules != self._rules:
            said = _("Rules for following up saved")
            self.session.run(self, save_contact_rules, rules, done=self._stored, failed=self._refused, said=said)

    def _stored(self, rules: ContactRules) -> None:
        self._rules = rules
        self._quiet.set_tone("text2")

    def _refused(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        name = error.field if isinstance(error, DomainError) else ""
        if name in self.rows:
            self.rows[name].set_error(words)
        else:
            self.load()
            self.session.complained.emit(words)
