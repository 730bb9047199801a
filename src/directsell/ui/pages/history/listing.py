"""The left side of the History page: filters and the transactions, newest first. No detail, no putting back."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

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
from directsell.ui.models.spine import SpineModel
from directsell.ui.pages.history.words import KINDS, origin_chip, step_text
from directsell.ui.session import Session, label_text
from directsell.ui.tasks import Job
from directsell.ui.widgets.big_list import RowList
from directsell.ui.widgets.fields import ChoiceField, SearchField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.ui.widgets.states import EmptyState
from directsell.ui.widgets.typed import date_field


class TransactionSource:
    """``TransactionSource(session, wanted, numbers=None)``: transactions that fit, for a SpineModel."""

    def __init__(self, session: Session, wanted: HistoryFilter, numbers: array[int] | None = None) -> None:
        self._app = session.app
        self._wanted = wanted
        self._numbers = numbers

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


class HistoryListing(Page):
    """``HistoryListing(session)``: ``list``, ``search``, ``kinds``, ``people`` (PersonPicker), ``day``, ``refresh()``.

    Signals: ``chosen(object tx | None)``, ``opened(object tx)``.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("History"), scroll=False, margin=16, parent=parent)
        self._session = session
        self._job: Job | None = None
        self.body.setSpacing(8)
        self._count = Label("", Role.SMALL)
        self.add_action(self._count)
        self.search = SearchField(_("Name, number or what was done"), delay_ms=120)
        self.search.searched.connect(self._changed_text)
        self.add(self.search)
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
        self._add_list()
        session.read(self, devices, done=self._show_devices)
        self.refresh()

    def _add_list(self) -> None:
        look: RowLook[HistoryRow] = RowLook(
            title=step_text, subtitle=self._subtitle, icon=_icon, detail=self._when, chips=None
        )
        self._model: SpineModel[HistoryRow] = SpineModel(
            (), key=_key, tasks=self._session.tasks, describe=look.words, parent=self
        )
        self._model.failed.connect(self._session.complain)
        self._model.loaded.connect(self._loaded)
        self.list = RowList(self._model, look, _("History"))
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.typed.connect(self._type_ahead)
        self.search.moved.connect(self.list.move_current)
        self.search.submitted.connect(self._submitted)
        self.add(self.list, 1)

    # --- content

    def wanted(self) -> HistoryFilter:
        """What is listed now."""
        return HistoryFilter(
            tables=KINDS[self.kinds.value() or ""][1],
            person_id=self.people.person_id(),
            text=self.search.value(),
            device=self.devices.value() or "",
            day=self.day.value(),
        )

    def refresh(self) -> None:
        """Read the list again; what is selected stays selected."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        wanted = self.wanted()
        if not wanted.is_narrow:
            self.list.show_source(TransactionSource(self._session, wanted))
            return
        # Filters look through the whole journal: in a worker, the old rows stay until then.
        self._job = self._session.read(self, _found, wanted, done=self._arrived)

    def show_all(self) -> None:
        """Take off every filter."""
        self.kinds.set_value("")
        self.devices.set_value("")
        self.people.set_person(None)
        self.day.set_value(None)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.refresh()

    def show_person(self, person_id: UUID) -> None:
        """List only what concerns a person."""
        self.people.set_person(person_id)
        self.refresh()

    def _arrived(self, found: tuple[HistoryFilter, array[int]]) -> None:
        self._job = None
        wanted, numbers = found
        self.list.show_source(TransactionSource(self._session, wanted, numbers))

    def _show_devices(self, found: list[tuple[str, str]]) -> None:
        self.devices.set_choices([("", _("Every laptop")), *((code, name or code) for code, name in found)])

    def _chosen_person(self, _person: object) -> None:
        self.refresh()

    def _changed_text(self, _text: str) -> None:
        self.refresh()

    def _submitted(self, _text: str) -> None:
        self.list.select_first()
        self.list.open_current()

    def _type_ahead(self, letters: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + letters)

    def _loaded(self, count: int) -> None:
        number = self._session.language.number(count)
        self._count.setText(number if self._model.complete else "")
        self._count.setToolTip(ngettext("{n} step", "{n} steps", count).format(n=number))
        if count == 0:
            self.list.set_empty(self._nothing())

    def _nothing(self) -> EmptyState:
        if not self.wanted().is_narrow:
            text = _("Whatever is added, changed or removed is noted here and can be put back.")
            return EmptyState("history", _("Nothing happened yet"), text)
        state = EmptyState("search", _("Nothing found"), _("No step fits."), _("Show everything"), action_icon=None)
        state.action_clicked.connect(self.show_all)
        return state

    # --- how a row looks

    def _subtitle(self, row: HistoryRow) -> str:
        chip, _tone = origin_chip(row)
        return " · ".join(part for part in (row.device_name or row.device, chip) if part)

    def _when(self, row: HistoryRow) -> str:
        local = row.at.astimezone()
        if local.date() == self._session.today():
            return self._session.language.time(local)
        return self._session.language.datetime(row.at)


def _found(reader: Reader, wanted: HistoryFilter) -> tuple[HistoryFilter, array[int]]:
    if wanted.text.strip():
        part = fold(wanted.text)
        labels = tuple(label for label in labels_in_use(reader) if part in fold(label_text(label, {})))
        wanted = replace(wanted, labels=labels)
    return wanted, transaction_numbers(reader, wanted)


def _key(row: HistoryRow) -> Hashable:
    return row.tx


_ICONS = {"undo": "undo-2", "redo": "redo-2", "revert": "undo-2", "import": "download", "sync": "cloud"}


def _icon(row: HistoryRow) -> str:
    if row.barrier:
        return "file-text"
    return "undo-2" if "label" in row.params else _ICONS.get(row.origin, "history")
