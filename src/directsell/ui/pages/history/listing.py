"""The left side of the History page: filters and the transactions, newest first. No detail, no putting back."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from uuid import UUID

from PySide6.QtWidgets import QGridLayout, QWidget

from directsell.app import App
from directsell.domain.people import fold
from directsell.i18n import _, ngettext
from directsell.store.queries.history import (
    HistoryFilter,
    HistoryRow,
    devices,
    first_transactions,
    labels_in_use,
    transaction_numbers,
    transactions,
)
from directsell.store.reader import Reader
from directsell.ui.pages.history.names import KINDS
from directsell.ui.pages.history.words import origin_chip, step_text
from directsell.ui.session import Session, label_text
from directsell.ui.widgets.fields import ChoiceField
from directsell.ui.widgets.list_pane import ListPane
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.states import EmptyState
from directsell.ui.widgets.typed import date_field


class TransactionSource:
    """``TransactionSource(app, wanted, numbers=None)``: transactions that fit, for a SpineModel."""

    def __init__(self, app: App, wanted: HistoryFilter, numbers: array[int] | None = None) -> None:
        self._app = app
        self._wanted = wanted
        self._numbers = numbers

    def complete(self, reader: Reader) -> TransactionSource:
        """Return the source with all its numbers, also of those whose translated label has the words; for a worker."""
        wanted = self._wanted
        if wanted.text.strip():
            part = fold(wanted.text)
            labels = tuple(label for label in labels_in_use(reader) if part in fold(label_text(label, {})))
            wanted = replace(wanted, labels=labels)
        return TransactionSource(self._app, wanted, transaction_numbers(reader, wanted))

    def first_page(self) -> Sequence[tuple[int, HistoryRow]]:
        """The newest at once, unless all numbers are known already."""
        if self._numbers is not None:
            return ()
        return [(row.tx, row) for row in self._app.read(first_transactions, self._wanted)]

    def ids(self) -> array[int]:
        """All numbers; may run in a worker."""
        return self._app.read(transaction_numbers, self._wanted) if self._numbers is None else self._numbers

    def rows(self, ids: Sequence[int]) -> Mapping[int, HistoryRow]:
        """One page."""
        return self._app.read(transactions, ids)

    def find(self, key: Hashable) -> int | None:
        """The number is the key."""
        return key if isinstance(key, int) else None


class HistoryListing(ListPane[HistoryRow]):
    """``HistoryListing(session)``: a ListPane with ``kinds``, ``devices``, ``people`` (PersonPicker), ``day``.

    Its keys are numbers of transactions.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("History"), parent=parent)
        self.add_search(_("Name, number or what was done"), delay_ms=120)
        self.kinds = ChoiceField([(key, _(name)) for key, (name, _tables) in KINDS.items()], "")
        self.kinds.setAccessibleName(_("What was changed"))
        self.kinds.changed.connect(self.refresh)
        self.devices = ChoiceField([("", _("Every laptop"))], "")
        self.devices.setAccessibleName(_("Laptop"))
        self.devices.changed.connect(self.refresh)
        self.people = PersonPicker(session, _("Person"), create=False)
        self.people.setPlaceholderText(_("Everybody"))
        self.people.setAccessibleName(_("Person"))
        self.people.chosen.connect(self._chosen_person)
        self.day = date_field(session)
        self.day.setPlaceholderText(_("Any day"))
        self.day.setAccessibleName(_("Day"))
        self.day.committed.connect(self.refresh)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, widget in enumerate((self.kinds, self.devices, self.people, self.day)):
            grid.addWidget(widget, place // 2, place % 2)
        self.add_layout(grid)
        look: RowLook[HistoryRow] = RowLook(
            title=step_text, subtitle=self._subtitle, icon=_icon, detail=self._when, chips=None
        )
        self.add_rows(look, _("History"), key=attrgetter("tx"))
        session.read(self, devices, done=self._show_devices)
        self.refresh()

    # --- what is listed

    def wanted(self) -> HistoryFilter:
        """What is listed now."""
        return HistoryFilter(
            tables=KINDS[self.kinds.value() or ""][1],
            person_id=self.people.person_id(),
            text=self.search.value(),
            device=self.devices.value() or "",
            day=self.day.value(),
        )

    def source(self) -> TransactionSource:
        """Transactions that fit."""
        return TransactionSource(self._session.app, self.wanted())

    def is_narrowed(self) -> bool:
        """A step may be missing. Filters look through the whole journal."""
        return self.wanted().is_narrow

    def clear_filters(self) -> None:
        """Every kind, laptop, person and day."""
        self.kinds.set_value("")
        self.devices.set_value("")
        self.people.set_person(None)
        self.day.set_value(None)

    def counted(self, count: int) -> str:
        """Steps."""
        return ngettext("{n} step", "{n} steps", count)

    def nothing(self) -> EmptyState:
        """Nothing fits, or nothing happened yet."""
        if not self.is_narrowed():
            text = _("Whatever is added, changed or removed is noted here and can be put back.")
            return EmptyState("history", _("Nothing happened yet"), text)
        text, words = _("No step fits."), _("Show everything")
        return EmptyState("search", _("Nothing found"), text, words, self.show_all, action_icon=None)

    def show_person(self, person_id: UUID) -> None:
        """List only what concerns a person."""
        self.people.set_person(person_id)
        self.refresh()

    def _show_devices(self, found: list[tuple[str, str]]) -> None:
        self.devices.set_choices([("", _("Every laptop")), *((code, name or code) for code, name in found)])

    def _chosen_person(self, _person: object) -> None:
        self.refresh()

    # --- how a row looks

    def _subtitle(self, row: HistoryRow) -> str:
        chip, _tone = origin_chip(row)
        return " · ".join(part for part in (row.device_name or row.device, chip) if part)

    def _when(self, row: HistoryRow) -> str:
        local = row.at.astimezone()
        if local.date() == self._session.today():
            return self._session.language.time(local)
        return self._session.language.datetime(row.at)


_ICONS = {"undo": "undo-2", "redo": "redo-2", "revert": "undo-2", "import": "download", "sync": "cloud"}


def _icon(row: HistoryRow) -> str:
    if row.barrier:
        return "file-text"
    return "undo-2" if "label" in row.params else _ICONS.get(row.origin, "history")
