"""The Marketing page: its three views, made when they are first shown, and what they share: the sheets."""

from __future__ import annotations

from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.ui.navigation import Route
from directsell.ui.pages.marketing.campaign_sheet import CampaignSheet
from directsell.ui.pages.marketing.campaigns import CampaignsView
from directsell.ui.pages.marketing.segment_sheet import SegmentSheet
from directsell.ui.pages.marketing.segments import SegmentsView
from directsell.ui.pages.marketing.template_sheet import TemplateSheet
from directsell.ui.pages.marketing.templates import TemplatesView
from directsell.ui.pages.marketing.view import MarketingView
from directsell.ui.routes import is_new
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.writing import WriteSheet

V = TypeVar("V", bound=MarketingView)
_KEYS = (CampaignsView.KEY, SegmentsView.KEY, TemplatesView.KEY)


class MarketingPage(QWidget):
    """``MarketingPage(session)``: ``campaigns``, ``segments``, ``templates``; ``writing`` the sheet that writes to people.

    Views of a route: ``campaigns``, ``segments``, ``templates``, each also with the id of a record.
    """

    KEY = "marketing"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        page = Page(_("Marketing"), scroll=False, margin=16)
        page.body.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        self._writing: WriteSheet | None = None
        self._views: dict[str, MarketingView] = {}
        names = {"campaigns": _("Campaigns"), "segments": _("Segments"), "templates": _("Templates")}
        self.tabs = Segmented(list(names.items()), name=_("Marketing"))
        self.tabs.chosen.connect(self._tab_chosen)
        self.new_button = Button("", "plus", kind=Kind.PRIMARY, on_click=self._new)
        self.ideas_button = Button(_("Suggestions"), "star", on_click=self._open_ideas)
        self.ideas_button.setToolTip(_("Segments that many sellers need"))
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 0, 16, 8)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        page.add_layout(tabs)
        page.add_action(self.ideas_button)
        page.add_action(self.new_button)
        self._stack = QStackedWidget()
        page.add(self._stack, 1)
        self._show("campaigns")

    # --- parts, each made when it is first needed

    @property
    def campaigns(self) -> CampaignsView:
        """The view of campaigns."""
        view = self._views.get(CampaignsView.KEY)
        return view if isinstance(view, CampaignsView) else self._added(self._new_campaigns())

    @property
    def segments(self) -> SegmentsView:
        """The view of segments."""
        view = self._views.get(SegmentsView.KEY)
        return view if isinstance(view, SegmentsView) else self._added(self._new_segments())

    @property
    def templates(self) -> TemplatesView:
        """The view of templates."""
        view = self._views.get(TemplatesView.KEY)
        return view if isinstance(view, TemplatesView) else self._added(self._new_templates())

    def _new_campaigns(self) -> CampaignsView:
        return CampaignsView(self._session, partial(CampaignSheet, self._session, self), self._write_sheet)

    def _new_segments(self) -> SegmentsView:
        return SegmentsView(self._session, partial(SegmentSheet, self._session, self), self._write_sheet)

    def _new_templates(self) -> TemplatesView:
        return TemplatesView(self._session, partial(TemplateSheet, self._session, self))

    def _added(self, view: V) -> V:
        self._views[view.KEY] = view
        self._stack.addWidget(view)
        view.place_changed.connect(self._place_changed)
        return view

    def _write_sheet(self) -> WriteSheet:
        if self._writing is None:
            self._writing = WriteSheet(self._session, self)
        return self._writing

    @property
    def writing(self) -> WriteSheet:
        """The sheet that writes to people."""
        return self._write_sheet()

    @property
    def view(self) -> MarketingView:
        """The view that shows."""
        return self._of(self.tabs.value())

    def _of(self, key: str) -> MarketingView:
        if key == SegmentsView.KEY:
            return self.segments
        return self.templates if key == TemplatesView.KEY else self.campaigns

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Show a view, a record, or begin a new one."""
        if route.view in _KEYS:
            self._show(route.view)
        if route.id is not None:
            self._open(route.id)
        elif is_new(route.view):
            self.view.new()
        else:
            self.view.first()

    def _open(self, text: str) -> None:
        try:
            key = UUID(text)
        except ValueError:
            return
        for view in (self.view, *(self._of(other) for other in _KEYS)):
            if view.listing.row(key) is not None:
                self._show(view.KEY)
                view.open_record(key)
                return

    def data_changed(self, changes: ChangeSet) -> None:
        """Read again what a commit touched; what is typed in a sheet stays."""
        for view in self._views.values():
            view.data_changed(changes)

    def commands(self) -> list[Command]:
        """Return what can be done in the view that shows."""
        others = [
            Command(text, partial(self._new_in, key), "plus")
            for key, text in self._new_words().items()
            if key != self.view.KEY
        ]
        return [*self.view.commands(), Command(_("Find in the list"), self._search, "search", "Ctrl+F"), *others]

    def settle(self) -> None:
        """Nothing waits here: the sheets ask before they close."""

    # --- inside

    def _show(self, key: str) -> None:
        self.tabs.set_value(key)
        self._stack.setCurrentWidget(self._of(key))
        self.new_button.setText(self._new_words()[key])
        self.ideas_button.setVisible(key == "segments")

    def _new_words(self) -> dict[str, str]:
        return {"campaigns": _("New campaign"), "segments": _("New segment"), "templates": _("New template")}

    def _new_in(self, key: str) -> None:
        self._tab_chosen(key)
        self.view.new()

    def _tab_chosen(self, key: str) -> None:
        self._show(key)
        self.view.first()
        current = self.view.listing.current()
        self._session.navigation.replace(self.KEY, None if current is None else str(current), key)

    def _place_changed(self, key: object) -> None:
        route = self._session.navigation.current
        if route is not None and route.page == self.KEY and self.sender() is self.view:
            self._session.navigation.replace(self.KEY, None if key is None else str(key), self.view.KEY)

    def _open_ideas(self) -> None:
        self.segments.ideas().popup(self.ideas_button.mapToGlobal(self.ideas_button.rect().bottomLeft()))

    def _new(self) -> None:
        self.view.new()

    def _search(self) -> None:
        self.view.sides.show_detail(False)
        self.view.listing.search.setFocus()
        self.view.listing.search.selectAll()
