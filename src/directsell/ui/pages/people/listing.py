"""The left side of the People page: search, filters, order, the list itself and how many there are. No detail, no forms."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.i18n import N_, _, ngettext
from directsell.store.queries.people import PeopleFilter, PeopleSort, PersonRow, people_list, tags_in_use
from directsell.store.queries.settings import business
from directsell.ui.models.sources import QuerySource
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.list_pane import ListPane
from directsell.ui.widgets.list_rows import RowLook
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


class PeopleListing(ListPane[PersonRow]):
    """``PeopleListing(session)``: a ListPane with ``chips``.

    Signals: ``new_wanted(str name)``, ``duplicates_wanted()``.
    """

    new_wanted = Signal(str)
    write_wanted = Signal()
    duplicates_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("People"), parent=parent)
        self._currency = session.look(business).currency
        self._tag = ""
        self._sort = PeopleSort.NAME
        self._sort_menu = Menu(self)
        self._more_menu = Menu(self)
        self._more_menu.add(_("Write to these"), "mail", self._write)
        self._more_menu.add(_("Who may be here twice"), "users", self._duplicates)
        self._more = IconButton("ellipsis", _("More"), on_click=self._open_more)
        self.add_action(self._more)
        self.add_action(IconButton("user-plus", _("New person"), on_click=self._new))
        self.add_search(_("Name, phone, place, note …"))
        self.chips = self.add_chips(_FILTERS, _("Filter"))
        self._tag_button = Button(_("Tag"), "tag", kind=Kind.QUIET, compact=True, on_click=self._open_tag_menu)
        self._tag_menu = Menu(self)
        self.chips.add_extra(self._tag_button)
        tip = _("Sort the list")
        kind = Kind.QUIET
        self._sort_button = Button("", "arrow-up-down", kind=kind, compact=True, on_click=self._open_sort_menu, tip=tip)
        self._show_sort()
        self.chips.add_extra(self._sort_button)
        look: RowLook[PersonRow] = RowLook(
            title=_title,
            subtitle=self._subtitle,
            avatar=_title,
            amount=self._owed,
            detail=self._detail,
        )
        self.add_rows(look, _("People"))
        self.refresh()

    # --- what is listed

    def source(self) -> QuerySource[PersonRow]:
        """People that fit."""
        query = people_list(
            which=PeopleFilter(self.chips.value()),
            sort=self._sort,
            text=self.search.value(),
            tag=self._tag,
            currency=self._currency,
            today=self._session.today(),
        )
        return QuerySource(self._session.app, query)

    def is_quick(self) -> bool:
        """Everybody by name."""
        return not self.is_narrowed() and self._sort is PeopleSort.NAME

    def is_narrowed(self) -> bool:
        """Somebody may be missing."""
        return bool(self.search.value() or self._tag) or self.chips.value() != PeopleFilter.ALL

    def clear_filters(self) -> None:
        """Every chip, every tag."""
        self._tag = ""
        self._show_tag()
        self.chips.set_value(PeopleFilter.ALL)

    def show_only(self, which: PeopleFilter) -> None:
        """Show what one filter leaves, as if its chip was clicked."""
        self.chips.set_value(which)
        self.refresh()

    def counted(self, count: int) -> str:
        """People."""
        return ngettext("{n} person", "{n} people", count)

    def nothing(self) -> EmptyState:
        """Nobody found, nobody fits, or nobody yet."""
        words = self.search.value()
        if words:
            text = _("Nobody has “{words}” in name, number, place or note.").format(words=words[:60])
            return EmptyState("search", _("Nobody found"), text, _("New person"), self._new)
        if self.is_narrowed():
            text = _("No person fits this filter.")
            return EmptyState("filter", _("Nobody here"), text, _("Show all"), self.show_all, action_icon=None)
        text = _("Everybody you meet goes here: name, number, what they need. Customers and hosts are found by it.")
        return EmptyState("users", _("Nobody yet"), text, _("New person"), self._new)

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

    def _write(self) -> None:
        self.write_wanted.emit()

    def _duplicates(self) -> None:
        self.duplicates_wanted.emit()

    def _new(self) -> None:
        self.new_wanted.emit("" if self.list.model_.count else self.search.value())

    def _open_sort_menu(self) -> None:
        self._sort_menu.clear()
        for sort, words in _SORTS.items():
            self._sort_menu.add_choice(_(words), sort is self._sort, self._sort_by, sort)
        self._sort_menu.popup(self._sort_button.mapToGlobal(self._sort_button.rect().bottomLeft()))

    def _sort_by(self, sort: PeopleSort) -> None:
        self._sort = sort
        self._show_sort()
        self.refresh()

    def _show_sort(self) -> None:
        words = _(_SORTS[self._sort])
        self._sort_button.setText(words)
        self._sort_button.setAccessibleName(_("{filter}: {value}").format(filter=_("Sort the list"), value=words))

    def _open_more(self) -> None:
        self._more_menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _open_tag_menu(self) -> None:
        self._tag_menu.clear()
        tags = self._session.look(tags_in_use)
        self._tag_menu.add_choice(_("Any tag"), not self._tag, self._choose_tag, "")
        for tag in tags:
            self._tag_menu.add_choice(tag, tag == self._tag, self._choose_tag, tag)
        self._tag_menu.popup(self._tag_button.mapToGlobal(self._tag_button.rect().bottomLeft()))

    def _choose_tag(self, tag: str) -> None:
        self._tag = tag
        self._show_tag()
        self.refresh()

    def _show_tag(self) -> None:
        self._tag_button.setText(self._tag or _("Tag"))
        self._tag_button.set_kind(Kind.SECONDARY if self._tag else Kind.QUIET)


def _title(row: PersonRow) -> str:
    return row.name
