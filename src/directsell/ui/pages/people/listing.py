"""The left side of the People page: search, filters, order, the list itself and how many there are. No detail, no forms."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import N_, _, ngettext
from directsell.store.queries.lists import ListQuery
from directsell.store.queries.people import PeopleFilter, PeopleSort, PersonRow, people_list, tags_in_use
from directsell.store.queries.settings import business
from directsell.ui.models.sources import QuerySource
from directsell.ui.models.spine import SpineModel
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.terms import term
from directsell.ui.widgets.big_list import RowList
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.fields import SearchField
from directsell.ui.widgets.filter_chips import FilterChips
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import EmptyState

_FILTERS = (
    (PeopleFilter.ALL, N_("All"), ""),
    (PeopleFilter.PROSPECTS, N_("Prospects"), N_("Not yet customers")),
    (PeopleFilter.CUSTOMERS, N_("Customers"), ""),
    (PeopleFilter.HOSTS, N_("Hosts"), N_("Hosted a demo, or will")),
    (PeopleFilter.FOLLOW_UP_DUE, N_("Due"), N_("Follow-up due")),
    (PeopleFilter.OWES, N_("Owes"), N_("Owes money")),
)
_SORTS = {
    PeopleSort.NAME: N_("Name"),
    PeopleSort.NEWEST: N_("Newest"),
    PeopleSort.LAST_CONTACT: N_("Last contact"),
    PeopleSort.STAGE: N_("Stage"),
}


class _Ready(QuerySource[PersonRow]):
    """A list query whose row numbers were read in a worker already."""

    def __init__(self, session: Session, query: ListQuery[PersonRow], ids: array[int]) -> None:
        super().__init__(session.app, query)
        self._ids = ids

    def first_page(self) -> Sequence[tuple[int, PersonRow]]:
        return ()

    def ids(self) -> array[int]:
        return self._ids


class PeopleListing(Page):
    """``PeopleListing(session)``: ``list`` (RowList), ``search`` (SearchField), ``refresh()``, ``changed_people(ids)``.

    Signals: ``chosen(object id | None)``, ``opened(object id)``, ``new_wanted(str name)``, ``delete_wanted()``.
    """

    chosen = Signal(object)
    opened = Signal(object)
    new_wanted = Signal(str)
    delete_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("People"), scroll=False, margin=16, parent=parent)
        self._session = session
        self._currency = session.look(business).currency
        self._tag = ""
        self._sort = PeopleSort.NAME
        self._job: Job | None = None
        self._any = True
        self.body.setSpacing(8)
        self._count = Label("", Role.SMALL)
        self.add_action(self._count)
        self._sort_menu = Menu(self)
        self._sort_button = IconButton("arrow-up-down", _("Sort the list"), on_click=self._open_sort_menu)
        self.add_action(self._sort_button)
        self.add_action(IconButton("user-plus", _("New person"), on_click=self._new))
        self.search = SearchField(_("Name, phone, place, note …"))
        self.search.searched.connect(self._searched)
        self.search.submitted.connect(self._submitted)
        self.add(self.search)
        self.filters = FilterChips(
            [(key, _(text), _(tip) if tip else "") for key, text, tip in _FILTERS], name=_("Filter")
        )
        self.filters.chosen.connect(self._filtered)
        self._tag_button = Button(_("Tag"), "tag", kind=Kind.QUIET, compact=True, on_click=self._open_tag_menu)
        self._tag_menu = Menu(self)
        self.filters.add_extra(self._tag_button)
        self.add(self.filters)
        look: RowLook[PersonRow] = RowLook(
            title=_title,
            subtitle=self._subtitle,
            avatar=_title,
            amount=self._owed,
            detail=self._detail,
        )
        self._model: SpineModel[PersonRow] = SpineModel(
            (), key=_key, tasks=session.tasks, describe=look.words, parent=self
        )
        self._model.failed.connect(session.complain)
        self.list = RowList(self._model, look, _("People"))
        self.list.current_changed.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.typed.connect(self._type_ahead)
        self.list.delete_pressed.connect(self.delete_wanted)
        self.search.moved.connect(self.list.move_current)
        self._model.loaded.connect(self._loaded)
        self.add(self.list, 1)
        self.refresh()

    # --- content

    def refresh(self) -> None:
        """Read the list again; what is selected stays selected."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        query = self._query()
        if not self._narrowed() and self._sort is PeopleSort.NAME:
            self.list.show_source(QuerySource(self._session.app, query))
            return
        # Filters and orders without an index of their own are read in a worker; the old rows stay until then.
        self._job = self._session.read(self, query.ids, done=self._arrived)

    def changed_people(self, ids: frozenset[UUID] | None) -> None:
        """Read rows of these people again (None: all)."""
        self._model.forget(None if ids is None else tuple(ids))

    def show_only(self, which: PeopleFilter) -> None:
        """Show what one filter leaves, as if its chip was clicked."""
        self.filters.set_value(which)
        self.refresh()

    def show_everybody(self) -> None:
        """Take off every filter, so that somebody is certainly in the list."""
        if self._narrowed():
            self._tag = ""
            self._show_tag()
            self.filters.set_value(PeopleFilter.ALL)
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.refresh()

    def _query(self) -> ListQuery[PersonRow]:
        return people_list(
            which=PeopleFilter(self.filters.value()),
            sort=self._sort,
            text=self.search.value(),
            tag=self._tag,
            currency=self._currency,
            today=self._session.today(),
        )

    def _arrived(self, ids: array[int]) -> None:
        self._job = None
        self.list.show_source(_Ready(self._session, self._query(), ids))

    def _narrowed(self) -> bool:
        return bool(self.search.value() or self._tag) or self.filters.value() != PeopleFilter.ALL

    def _loaded(self, count: int) -> None:
        number = self._session.language.number(count)
        self._count.setText(number if self._model.complete else "")
        self._count.setToolTip(ngettext("{n} person", "{n} people", count).format(n=number))
        if count == 0:
            self.list.set_empty(self._nothing())

    def _nothing(self) -> EmptyState:
        words = self.search.value()
        if words:
            state = EmptyState(
                "search",
                _("Nobody found"),
                _("Nobody has “{words}” in name, number, place or note.").format(words=words[:60]),
                _("New person"),
            )
            state.action_clicked.connect(self._new)
        elif self._narrowed():
            state = EmptyState(
                "filter", _("Nobody here"), _("No person fits this filter."), _("Show all"), action_icon=None
            )
            state.action_clicked.connect(self.show_everybody)
        else:
            state = EmptyState(
                "users",
                _("Nobody yet"),
                _("Everybody you meet goes here: name, number, what they need. Customers and hosts are found by it."),
                _("New person"),
            )
            state.action_clicked.connect(self._new)
        return state

    # --- how a row looks

    def _subtitle(self, row: PersonRow) -> str:
        return " · ".join(part for part in (term(row.stage), row.city, row.need) if part)

    def _detail(self, row: PersonRow) -> str:
        language = self._session.language
        if self._sort is PeopleSort.NEWEST:
            return language.date(row.created_at.astimezone().date(), "short")
        if self._sort is PeopleSort.LAST_CONTACT or row.last_order is None:
            return language.date(row.last_contact.astimezone().date(), "short") if row.last_contact else ""
        return language.date(row.last_order, "short")

    def _owed(self, row: PersonRow) -> str:
        if not row.owed:
            return ""
        return _("owes {amount}").format(amount=self._session.language.money(row.owed, self._currency))

    # --- what the user does

    def _searched(self, _text: str) -> None:
        self.refresh()

    def _submitted(self, _text: str) -> None:
        if self.list.current_key() is None:
            self.list.select_first()
        self.list.open_current()

    def _type_ahead(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def _filtered(self, _key: str) -> None:
        self.refresh()

    def _new(self) -> None:
        self.new_wanted.emit("" if self.list.model_.count else self.search.value())

    def _open_sort_menu(self) -> None:
        self._sort_menu.clear()
        for sort, words in _SORTS.items():
            self._sort_menu.add(_(words), "check" if sort is self._sort else None, _Do(self._sort_by, sort))
        self._sort_menu.popup(self._sort_button.mapToGlobal(self._sort_button.rect().bottomLeft()))

    def _sort_by(self, sort: PeopleSort) -> None:
        self._sort = sort
        self.refresh()

    def _open_tag_menu(self) -> None:
        self._tag_menu.clear()
        tags = self._session.look(tags_in_use)
        self._tag_menu.add(_("Any tag"), None if self._tag else "check", _Do(self._choose_tag, ""))
        for tag in tags:
            self._tag_menu.add(tag, "check" if tag == self._tag else None, _Do(self._choose_tag, tag))
        self._tag_menu.popup(self._tag_button.mapToGlobal(self._tag_button.rect().bottomLeft()))

    def _choose_tag(self, tag: str) -> None:
        self._tag = tag
        self._show_tag()
        self.refresh()

    def _show_tag(self) -> None:
        self._tag_button.setText(self._tag or _("Tag"))
        self._tag_button.set_kind(Kind.SECONDARY if self._tag else Kind.QUIET)


class _Do:
    """A call with its argument, for menus."""

    def __init__(self, function: object, argument: object) -> None:
        self._function = function
        self._argument = argument

    def __call__(self, _checked: bool = False) -> None:
        self._function(self._argument)  # type: ignore[operator]


def _title(row: PersonRow) -> str:
    return row.name


def _key(row: PersonRow) -> Hashable:
    return row.id
