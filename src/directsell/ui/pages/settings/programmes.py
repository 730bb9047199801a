"""Host programmes in the settings: which there are, and the way to their page. They are written there."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.store.queries.parties import programmes
from directsell.ui.pages.settings.parts import FigureRow, Section, buttons
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button, IconButton
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
        return [Command(_("Open the host programmes"), self._open, "gift")]

    def _open(self) -> None:
        self.session.navigation.go("programmes")


class _Going:
    """Goes to a programme; a callable that holds no section."""

    def __init__(self, session: Session, programme_id: UUID) -> None:
        self._session = session
        self._id = programme_id

    def __call__(self, _checked: bool = False) -> None:
        self._session.navigation.go("programmes", str(self._id))
