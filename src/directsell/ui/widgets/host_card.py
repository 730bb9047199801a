"""What a person's demos brought, as a card: how many, sales, orders, bookings, rewards. It reads for itself and shows only."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from PySide6.QtWidgets import QWidget

from directsell.i18n import _, ngettext
from directsell.store.queries.host_figures import HostFigures, host_figures
from directsell.store.reader import Reader
from directsell.ui.session import Session
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.order_form.summary import SumLine


class HostCard(Card):
    """``HostCard(session)``: ``show_host(person_id)``; hidden for somebody who never hosted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("As a host"), parent=parent)
        self._session = session
        self._person: UUID | None = None
        self.body.setSpacing(7)
        self._lead = Label("", Role.MUTED, wrap=True)
        self.add(self._lead)
        self.lines: list[SumLine] = []
        self.figures: dict[str, str] = {}
        self.hide()

    def show_host(self, person_id: UUID | None) -> None:
        """Show the demos of a person, or of the same one after a change."""
        if person_id != self._person:
            self.hide()
        self._person = person_id
        if person_id is not None:
            self._session.read(self, _figures_of, person_id, done=self._show)

    def _show(self, found: tuple[UUID, HostFigures | None]) -> None:
        person_id, figures = found
        if person_id != self._person:
            return
        self.setVisible(figures is not None)
        if figures is None:
            return
        self._lead.setText(self._lead_words(figures))
        rows = self._rows(figures)
        while len(self.lines) > len(rows):
            line = self.lines.pop()
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self.lines) < len(rows):
            self.lines.append(SumLine(""))
            self.add(self.lines[-1])
        for line, (words, value) in zip(self.lines, rows, strict=True):
            line.show_sum(words, value)
        self.figures = dict(rows)

    def _lead_words(self, figures: HostFigures) -> str:
        language = self._session.language
        parts = []
        if figures.last is not None:
            parts.append(_("Last demo on {day}").format(day=language.date(figures.last)))
        if figures.planned:
            words = ngettext("{n} still to come", "{n} still to come", figures.planned)
            parts.append(words.format(n=language.number(figures.planned)))
        return " · ".join(parts) or _("No demo took place yet.")

    def _rows(self, figures: HostFigures) -> list[tuple[str, str]]:
        language, currency = self._session.language, figures.currency
        rows = [(_("Demos held"), language.number(figures.held))]
        if figures.hold_rate_ppm is not None:
            rows.append((_("Took place of those agreed"), language.percent(round(figures.hold_rate_ppm, -4))))
        if figures.held:
            orders = round(Decimal(figures.orders) / figures.held, 1)
            rows += [
                (_("Sales"), language.money(figures.sales, currency)),
                (_("Sales per demo"), language.money(figures.average, currency)),
                (_("Orders per demo"), language.number(orders)),
            ]
        rows.append((_("Bookings from these demos"), language.number(figures.bookings)))
        if figures.credit:
            rows.append((_("Credit given"), language.money(figures.credit, currency)))
        if figures.rights:
            rows.append((_("Half-price rights given"), language.number(figures.rights)))
        return rows


def _figures_of(reader: Reader, person_id: UUID) -> tuple[UUID, HostFigures | None]:
    """Return whose figures these are with them: the person shown may be another one by then."""
    return person_id, host_figures(reader, person_id)
