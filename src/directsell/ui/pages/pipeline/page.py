"""The Pipeline page: board, table and objections over the same filters; what a key or a drag means is decided here."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from directsell.domain.objections import Objection
from directsell.domain.people import LostReason, Stage
from directsell.domain.pipeline import STAGES, neighbour
from directsell.i18n import _, ngettext
from directsell.store.changes import ChangeSet
from directsell.store.queries.objections import objection_with_name
from directsell.store.queries.pipeline import Card, Pipeline, pipeline
from directsell.store.queries.seller import seller
from directsell.ui.navigation import Route
from directsell.ui.pages.pipeline.board import Board
from directsell.ui.pages.pipeline.card_look import CardLook
from directsell.ui.pages.pipeline.filters import PipelineFilters
from directsell.ui.pages.pipeline.hints import KeyHints
from directsell.ui.pages.pipeline.listing import PipelineTable
from directsell.ui.pages.pipeline.objections_view import ObjectionsView
from directsell.ui.pages.pipeline.sheet import ProspectSheet
from directsell.ui.routes import id_of, new_view, quote_view
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.terms import term
from directsell.ui.widgets.ask_strip import AskStrip
from directsell.ui.widgets.buttons import Button, Call, Kind, Menu
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.objection_sheet import ObjectionSheet
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.person_asking import Asking, Subject
from directsell.ui.widgets.states import EmptyState

BOARD, LIST, OBJECTIONS = "board", "list", "objections"
_REMEMBERED = "pipeline_view"
_SHOWN = ("person", "person_role", "person_tag", "follow_up", "sales_order", "order_line", "campaign")
_IN_SHEET = (*_SHOWN, "contact_entry", "objection")


class PipelinePage(Page):
    """``PipelinePage(session)``: ``board``, ``table``, ``objections``, ``filters``, ``strip``, ``sheet`` are its parts.

    Views of a route: ``board``, ``list``, ``objections``; with an id that prospect is opened.
    """

    KEY = "pipeline"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Pipeline"), scroll=False, margin=20, parent=parent)
        self._session = session
        self._job: Job | None = None
        self._wanted: UUID | None = None
        self.pipeline = Pipeline()
        self._currency = session.look(seller).currency
        self.look = CardLook(session.language, self._currency, session.today())
        self.views = Segmented(
            [(BOARD, _("Board")), (LIST, _("List")), (OBJECTIONS, _("Objections"))],
            self._remembered(),
            name=_("View"),
        )
        self.add_action(self.views)
        new = Button(_("New prospect"), "plus", kind=Kind.PRIMARY, on_click=self.new_prospect)
        new.setToolTip(f"{new.caption()}  (Ctrl+N)")
        self.add_action(new)
        self.body.setSpacing(10)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.filters = PipelineFilters(session)
        self.filters.setContentsMargins(20, 0, 20, 0)
        self.add(self.filters)
        self.board = Board(self.look)
        self.table = PipelineTable(self.look)
        self.objections = ObjectionsView(session)
        self._nothing = self._nobody_yet()
        self._unfit = self._nobody_fits()
        self._stack = QStackedWidget()
        self._table_side = QWidget()
        side = QVBoxLayout(self._table_side)
        side.setContentsMargins(12, 0, 12, 0)
        side.addWidget(self.table)
        for widget in (self.board, self._table_side, self.objections, self._nothing, self._unfit):
            self._stack.addWidget(widget)
        self.add(self._stack, 1)
        self.hints = KeyHints()
        self.hints.setContentsMargins(20, 0, 20, 8)
        self.add(self.hints)
        self._menu = Menu(self)
        self.sheet = ProspectSheet(session, self)
        self.form = ObjectionSheet(session, self)
        self.strip = AskStrip(self)
        self.asking = Asking(session, self.strip)
        self._connect()
        self._show_view()

    def _connect(self) -> None:
        self.views.chosen.connect(self._view_chosen)
        self.filters.changed.connect(self.refresh)
        self.board.move_wanted.connect(self.move_card)
        self.board.opened.connect(self._open)
        self.board.menu_wanted.connect(self._open_menu)
        self.board.command.connect(self._letter)
        self.table.opened.connect(self._open)
        self.table.menu_wanted.connect(self._open_menu)
        self.table.command.connect(self._letter)
        self.table.digit.connect(self._digit)
        self.table.step.connect(self._step)
        self.sheet.command.connect(self._letter)
        self.sheet.move_wanted.connect(self.move_card)
        self.sheet.quote_wanted.connect(self._go_quote)
        self.sheet.objection_wanted.connect(self._edit_objection)
        self.objections.edit_wanted.connect(self._edit_objection_id)
        self.objections.person_wanted.connect(self._go_person)
        self.strip.closed.connect(self._focus_cards)
        self.asking.moved.connect(self._moved)
        self.asking.failed.connect(self.refresh)

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Show a view, and the prospect of the route."""
        if route.view in (BOARD, LIST, OBJECTIONS):
            self.views.set_value(route.view)
        self._wanted = id_of(route.id)
        self._show_view()
        if self._wanted is not None:
            self.sheet.open_for(self._wanted)

    def data_changed(self, changes: ChangeSet) -> None:
        """Read again what a commit touched; what is chosen stays."""
        if changes.touches(*_SHOWN):
            self.refresh()
        if changes.touches("objection", "person") and self.view == OBJECTIONS:
            self.objections.refresh()
        if changes.touches(*_IN_SHEET) and not self.sheet.isHidden():
            self.sheet.refresh()

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        commands = [
            Command(_("New prospect"), self.new_prospect, "user-plus", "Ctrl+N"),
            Command(_("Filter the pipeline"), self._focus_search, "search", "Ctrl+F"),
            Command(_("Pipeline as a board"), Call(self.show_view, BOARD), "kanban", "Ctrl+Shift+1"),
            Command(_("Pipeline as a list"), Call(self.show_view, LIST), "list-checks", "Ctrl+Shift+2"),
            Command(_("Objections"), Call(self.show_view, OBJECTIONS), "message-circle", "Ctrl+Shift+3"),
        ]
        if self.current() is not None:
            commands += [
                Command(
                    _("Log contact (L)"), Call(self._letter, "l"), "phone", words=_("call, e-mail, message, visit")
                ),
                Command(_("Plan next step (N)"), Call(self._letter, "n"), "clock"),
                Command(_("Book demo (D)"), Call(self._letter, "d"), "calendar-days"),
                Command(_("Make quote (Q)"), Call(self._letter, "q"), "file-text"),
                Command(_("Note objection (O)"), Call(self._letter, "o"), "message-circle"),
                Command(_("Open person (P)"), Call(self._letter, "p"), "user"),
            ]
        return commands

    def settle(self) -> None:
        """Store what was typed into the sheet."""
        self.sheet.settle()

    # --- content

    @property
    def view(self) -> str:
        """Which view is chosen."""
        return self.views.value()

    def refresh(self) -> None:
        """Read the cards again."""
        if self._job is not None:
            self._job.cancel()
        self.look.today = self._session.today()
        wanted = self.filters.value()
        self._job = self._session.read(
            self, pipeline, wanted, currency=self._currency, today=self._session.today(), done=self._show
        )

    def show_view(self, view: str) -> None:
        """Show the board, the list or the objections, and remember it on this laptop."""
        self.views.set_value(view)
        self._view_chosen(view)

    def current(self) -> Card | None:
        """Return the card that keys act on."""
        if not self.sheet.isHidden() and self.sheet.person_id is not None:
            return self.board.card(self.sheet.person_id)
        if self.view == LIST:
            key = self.table.current_key()
            return self.board.card(key) if isinstance(key, UUID) else None
        return self.board.current() if self.view == BOARD else None

    def _show(self, found: Pipeline) -> None:
        self._job = None
        self.pipeline = found
        self.board.show_pipeline(found)
        self.table.show_pipeline(found)
        count = ngettext("{n} prospect", "{n} prospects", found.open_count)
        self.set_subtitle(count.format(n=self._session.language.number(found.open_count)))
        self._show_view(read=False)
        if self._wanted is not None:
            self.board.select(self._wanted)
            self._wanted = None

    def _show_view(self, *, read: bool = True) -> None:
        view = self.view
        if view == OBJECTIONS:
            self._stack.setCurrentWidget(self.objections)
            if read:
                self.objections.refresh()
        elif not read and self.pipeline.count == 0:
            self._stack.setCurrentWidget(self._unfit if self.filters.value().is_on else self._nothing)
        else:
            self._stack.setCurrentWidget(self._table_side if view == LIST else self.board)
        self.filters.setVisible(view != OBJECTIONS)
        self.hints.setVisible(view != OBJECTIONS and self.pipeline.count > 0 and self.height() > 520)
        if read and view != OBJECTIONS:
            self.refresh()

    def _view_chosen(self, view: str) -> None:
        if self._session.context is not None:
            self._session.context.device.set(**{_REMEMBERED: view})
        self.strip.close_strip()
        self._show_view()
        self._focus_cards()

    def _remembered(self) -> str:
        context = self._session.context
        view = context.device.get(_REMEMBERED, BOARD) if context is not None else BOARD
        return view if view in (BOARD, LIST, OBJECTIONS) else BOARD

    def _nobody_yet(self) -> EmptyState:
        text = _(
            "Everybody who may buy one day has a card here: from the first contact over the demo to the first order. "
            "Each card has a next step, so that nobody is forgotten."
        )
        state = EmptyState("kanban", _("Nobody on the way yet"), text, _("New prospect"))
        state.action_clicked.connect(self.new_prospect)
        return state

    def _nobody_fits(self) -> EmptyState:
        text = _("No prospect fits these filters.")
        state = EmptyState("filter", _("Nobody here"), text, _("Show all"), action_icon=None)
        state.action_clicked.connect(self._show_all)
        return state

    def _show_all(self) -> None:
        self.filters.clear()
        self.refresh()

    # --- what the user does

    def new_prospect(self) -> None:
        """Add somebody."""
        self._session.navigation.go("people", None, new_view())

    def move_card(self, key: object, stage: object) -> None:
        """Put a prospect into a stage; "lost" asks why."""
        card = self.board.card(key) if isinstance(key, UUID) else None
        if card is not None and isinstance(stage, Stage):
            self.asking.move(_subject(card), stage)

    def _moved(self, key: object, stage: object, reason: object) -> None:
        if isinstance(key, UUID) and isinstance(stage, Stage) and isinstance(reason, LostReason):
            self.board.move_here(key, stage, reason)

    def _digit(self, digit: int) -> None:
        card = self.current()
        if card is not None:
            self.move_card(card.id, STAGES[digit - 1])

    def _step(self, step: int) -> None:
        card = self.current()
        if card is not None and neighbour(card.stage, step) is not card.stage:
            self.move_card(card.id, neighbour(card.stage, step))

    def _letter(self, letter: str) -> None:
        card = self.current()
        if card is None or not self.form.isHidden():
            return
        if letter in "ln" and not self.sheet.isHidden():
            self.strip.raise_()
        deeds = {
            "l": Call(self.asking.log, _subject(card)),
            "n": Call(self.asking.plan, _subject(card)),
            "o": Call(self.form.add_for, card.id, card.name),
            "d": Call(self._session.navigation.go, "demos", None, new_view(person=card.id)),
            "q": Call(self._session.navigation.go, "orders", None, quote_view(person=card.id)),
            "p": Call(self._go_person, card.id),
        }
        deeds[letter]()

    def _open(self, key: object) -> None:
        if isinstance(key, UUID):
            self.strip.close_strip()
            self.sheet.open_for(key)

    def _open_menu(self, key: object, place: QPoint) -> None:
        card = self.board.card(key) if isinstance(key, UUID) else None
        if card is None:
            return
        menu = self._menu
        menu.clear()
        menu.add(_("Details"), "eye", Call(self._open, card.id))
        for text, icon, letter in (
            (_("Log contact"), "phone", "l"),
            (_("Plan next step"), "clock", "n"),
            (_("Book demo"), "calendar-days", "d"),
            (_("Make quote"), "file-text", "q"),
            (_("Note objection"), "message-circle", "o"),
            (_("Open person"), "user", "p"),
        ):
            menu.add(text, icon, Call(self._letter, letter), shortcut=letter.upper())
        menu.addSeparator()
        for stage in STAGES:
            menu.add_choice(term(stage), stage is card.stage, Call(self.move_card, card.id, stage), None)
        menu.popup(place)

    def _go_person(self, key: object) -> None:
        self._session.navigation.go("people", str(key))

    def _go_quote(self, key: object) -> None:
        self._session.navigation.go("orders", str(key))

    def _edit_objection(self, objection: object) -> None:
        shown = self.sheet.shown
        if isinstance(objection, Objection) and shown is not None:
            self.form.edit(objection, shown.name)

    def _edit_objection_id(self, key: object) -> None:
        if isinstance(key, UUID):
            objection, name = self._session.look(objection_with_name, key)
            self.form.edit(objection, name)

    def _focus_cards(self) -> None:
        if not self.sheet.isHidden():
            self.sheet.stage.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.view == OBJECTIONS:
            return
        (self.table if self.view == LIST else self.board).setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_search(self) -> None:
        if self.view != OBJECTIONS and self.sheet.isHidden():
            self.filters.search.setFocus()
            self.filters.search.selectAll()

    # --- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hints.setVisible(self.view != OBJECTIONS and self.pipeline.count > 0 and self.height() > 520)


def _subject(card: Card) -> Subject:
    return Subject(card.id, card.name, card.stage)
