"""Host programmes in the settings: which there are, and the way to their page. They are written there."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.store.queries.parties import programmes
from directsell.ui.pages.settings.parts import FigureRow, Section, buttons
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button, IconButton, Menu
from directsell.ui.widgets.earnings_sheet import EarningsSheet
from directsell.ui.widgets.labels import Label, Role


class ProgrammesSection(Section):
    """``ProgrammesSection(session, host)``: ``rows`` one for each version, ``open_button``."""

    TABLES = ("host_programme",)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(
            session, host, _("Host programmes"), _("What a host earns from a demo. A demo is rewarded by one of them.")
        )
        card = self.card()
        self._none = Label(_("There is none yet. Begin with a sample and change its figures."), Role.MUTED, wrap=True)
        card.add(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        card.body.addLayout(self._list)
        self.rows: list[FigureRow] = []
        self.open_button = Button(_("Open the host programmes"), "gift", on_click=self._open)
        card.body.addLayout(buttons(self.open_button))
        self._plan: EarningsSheet | None = None
        self.plan_menu = Menu(self)
        self.plan_menu.aboutToShow.connect(self._fill_plans)
        self.plan_button = Button(_("How you earn"), "hand-coins", menu=self.plan_menu)
        earnings = self.card(
            _("Your own earnings"),
            _("Your share of the retail price: one for all companies, or one for the company of a host programme."),
        )
        earnings.body.addLayout(buttons(self.plan_button))
        self.load()

    def load(self) -> None:
        """Show the versions with the day from which each holds."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        found = self.session.look(programmes)
        self.rows = []
        for programme in found:
            go = IconButton("pencil", _("Edit {name}").format(name=programme.name))
            go.clicked.connect(_Going(self.session, programme.id))
            day = self.session.language.date(programme.valid_from)
            self.rows.append(FigureRow(programme.name, _("from {day}").format(day=day), go))
            self._list.addWidget(self.rows[-1])
        self._none.setVisible(not found)

    def commands(self) -> list[Command]:
        """The way to their page."""
        return [
            Command(_("Open the host programmes"), self._open, "gift"),
            Command(_("How you earn"), self.edit_plan, "hand-coins"),
        ]

    def edit_plan(self, family_id: UUID | None = None, name: str = "") -> None:
        """Write down how the company of a programme pays, or all of them."""
        if self._plan is None:
            self._plan = EarningsSheet(self.session, self.host)
        self._plan.ask(family_id, name)

    def _fill_plans(self) -> None:
        self.plan_menu.clear()
        self.plan_menu.add(_("All companies"), "store", _Planning(self, None, ""))
        families = {programme.family_id: programme.name for programme in self.session.look(programmes)}
        for family_id, name in families.items():
            self.plan_menu.add(name, "gift", _Planning(self, family_id, name))

    def _open(self) -> None:
        self.session.navigation.go("programmes")


class _Planning:
    """Opens the plan of a programme's company, for the menu."""

    def __init__(self, section: ProgrammesSection, family_id: UUID | None, name: str) -> None:
        self._section = section
        self._family = family_id
        self._name = name

    def __call__(self, _checked: bool = False) -> None:
        self._section.edit_plan(self._family, self._name)


class _Going:
    """Goes to a programme; a callable that holds no section."""

    def __init__(self, session: Session, programme_id: UUID) -> None:
        self._session = session
        self._id = programme_id

    def __call__(self, _checked: bool = False) -> None:
        self._session.navigation.go("programmes", str(self._id))
