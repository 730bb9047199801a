"""The Settings page: the list of sections and the one that shows. What stands in a section is its own module's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from directsell.i18n import N_, _
from directsell.store.changes import ChangeSet
from directsell.ui.book_jobs import lacks_recovery_sheet
from directsell.ui.navigation import Route
from directsell.ui.pages.settings.about import AboutSection
from directsell.ui.pages.settings.backups import BackupSection
from directsell.ui.pages.settings.business import BusinessSection
from directsell.ui.pages.settings.exchange import ExchangeSection
from directsell.ui.pages.settings.follow_ups import FollowUpsSection
from directsell.ui.pages.settings.laptop import LaptopSection
from directsell.ui.pages.settings.mileage import MileageSection
from directsell.ui.pages.settings.papers import PapersSection
from directsell.ui.pages.settings.parts import Section
from directsell.ui.pages.settings.profile import ProfileSection
from directsell.ui.pages.settings.programmes import ProgrammesSection
from directsell.ui.pages.settings.protection import ProtectionSection
from directsell.ui.pages.settings.taxes import TaxesSection
from directsell.ui.session import Command, Session
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.nav_bar import NavItem
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.sides import ListDetail

# Key (the view of the route), name, icon, section.
SECTIONS: tuple[tuple[str, str, str, Callable[[Session, QWidget], Section]], ...] = (
    ("business", N_("My business"), "store", BusinessSection),
    ("taxes", N_("Taxes"), "percent", TaxesSection),
    ("papers", N_("Papers"), "file-text", PapersSection),
    ("programmes", N_("Host programmes"), "gift", ProgrammesSection),
    ("profile", N_("Profile questions"), "list-checks", ProfileSection),
    ("mileage", N_("Mileage"), "map-pin", MileageSection),
    ("follow_ups", N_("Follow-ups"), "calendar-clock", FollowUpsSection),
    ("laptop", N_("This laptop"), "monitor", LaptopSection),
    ("protection", N_("Protection"), "shield-check", ProtectionSection),
    ("backup", N_("Backup"), "archive", BackupSection),
    ("exchange", N_("Import and export"), "arrow-up-down", ExchangeSection),
    ("about", N_("About"), "info", AboutSection),
)


class SettingsPage(QWidget):
    """``SettingsPage(session)``: ``section(key)`` makes a section at its first visit; ``current`` is the one that shows."""

    KEY = "settings"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._sections: dict[str, Section] = {}
        self._key = ""
        self.items: dict[str, NavItem] = {}
        self._stack = QStackedWidget()
        self.sides = ListDetail(self._list(), self._stack, list_width=236, narrow_below=700)
        self.sides.narrow_changed.connect(self._narrow_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sides)
        session.device_changed.connect(self._remind)
        self._remind()

    def _remind(self) -> None:
        """Mark the section in which something should be done."""
        context = self._session.context
        self.items["protection"].set_badge(int(context is not None and lacks_recovery_sheet(context)))

    def _list(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 22, 16, 16)
        column.setSpacing(4)
        heading = Label(_("Settings"), Role.TITLE)
        heading.setContentsMargins(12, 0, 0, 10)
        column.addWidget(heading)
        for key, name, icon, _make in SECTIONS:
            item = NavItem(key, _(name), icon)
            item.clicked.connect(self._item_clicked)
            self.items[key] = item
            column.addWidget(item)
        column.addStretch(1)
        return ScrollArea(inner)

    # --- sections

    @property
    def current(self) -> Section | None:
        """The section that shows."""
        return self._sections.get(self._key)

    def section(self, key: str) -> Section:
        """Return a section, made at its first visit."""
        made = self._sections.get(key)
        if made is None:
            make = next(make for known, _name, _icon, make in SECTIONS if known == key)
            made = make(self._session, self)
            made.back_clicked.connect(self._back)
            made.show_back(self.sides.is_narrow)
            self._sections[key] = made
            self._stack.addWidget(made)
        return made

    def show_section(self, key: str) -> None:
        """Show a section; an unknown key does nothing."""
        if key not in self.items:
            return
        section = self.section(key)
        self._key = key
        self._stack.setCurrentWidget(section)
        for name, item in self.items.items():
            item.setChecked(name == key)

    def _item_clicked(self) -> None:
        item = self.sender()
        if isinstance(item, NavItem):
            self._go(item.key)
            item.setChecked(True)  # a second click on the chosen one must not take its mark
            self.sides.show_detail(True)

    def _go(self, key: str) -> None:
        self.show_section(key)
        self._session.navigation.replace(self.KEY, None, key)

    def _back(self) -> None:
        self.sides.show_detail(False)
        self.items[self._key].setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow_changed(self, narrow: bool) -> None:
        for section in self._sections.values():
            section.show_back(narrow)

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Show the section that the route's view names, else the one before or the first."""
        if route.view in self.items:
            self.show_section(str(route.view))
            self.sides.show_detail(True)
        elif not self._key:
            self.show_section(SECTIONS[0][0])

    def data_changed(self, changes: ChangeSet) -> None:
        """Refresh the sections that were visited."""
        for section in self._sections.values():
            section.data_changed(changes)

    def commands(self) -> list[Command]:
        """What the section offers, and the sections themselves."""
        own = self.current.commands() if self.current is not None else []
        return [
            *own,
            *(Command(_(name), _Showing(self, key), icon, words=_("Settings")) for key, name, icon, _make in SECTIONS),
        ]

    def settle(self) -> None:
        """Keep what is half-typed."""
        for section in self._sections.values():
            section.settle()


class _Showing:
    """Shows a section; a command for the search box."""

    def __init__(self, page: SettingsPage, key: str) -> None:
        self._page = page
        self._key = key

    def __call__(self) -> None:
        self._page._session.navigation.replace(SettingsPage.KEY, None, self._key)
