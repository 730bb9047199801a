"""The Follow-up programmes page: the list with its switches, one programme, saving, drafts, starting points."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.planning import Active
from directsell.domain.follow_up_plans.steps import Chain, chain_of, chain_text
from directsell.domain.follow_up_programmes import FollowUpProgramme
from directsell.i18n import _, ngettext
from directsell.store.changes import ChangeSet
from directsell.store.errors import StoreError
from directsell.store.queries.follow_up_plans import follow_up_programmes
from directsell.ui.dialogs import dialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.follow_up_programmes.draft import draft_body, from_draft
from directsell.ui.pages.follow_up_programmes.editor import ProgrammeEditor
from directsell.ui.pages.follow_up_programmes.listing import ProgrammeRow, Taking, ready_menu
from directsell.ui.pages.follow_up_programmes.trial import Trial
from directsell.ui.routes import parse_view
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.fields import Switch
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.page import Page, ScrollArea
from directsell.ui.widgets.sides import ListDetail
from directsell.ui.widgets.states import EmptyState
from directsell.usecases.follow_up_programmes import (
    delete_follow_up_programme,
    save_follow_up_programme,
    start_by_hand,
    switch_off,
    switch_on,
)
from directsell.usecases.ready_programmes import READY, Ready

_PAUSE_MS = 700
_DRAFT = "follow_up_programme:"


class FollowUpProgrammesPage(QWidget):
    """``FollowUpProgrammesPage(session)``: ``rows`` by id, ``editor``, ``trial``, ``on`` the switch of the one that shows."""

    KEY = "follow_up_programmes"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._known: dict[UUID, FollowUpProgramme] = {}
        self._shown: FollowUpProgramme | None = None
        self._dirty = False
        self.rows: dict[UUID, ProgrammeRow] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self._build_detail()
        self._nothing = EmptyState(
            "list-checks",
            _("No follow-up programme yet"),
            _("It asks for the next contact by itself: after a delivery, a demo, a sample, before a birthday."),
            _("Take 2+2+2"),
            Taking(self.take, READY[0]),
        )
        self._stack = QStackedWidget()
        for side in (self._nothing, self._detail):
            self._stack.addWidget(side)
        self.sides = ListDetail(self._list(), self._stack, list_width=312, narrow_below=720)
        self.sides.narrow_changed.connect(self._detail.show_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sides)
        self._load()

    def _build_detail(self) -> None:
        session = self._session
        self._detail = Page(_("Follow-up programme"))
        self._detail.back_clicked.connect(self._back)
        self.discard_button = Button(_("Discard"), "undo-2", kind=Kind.QUIET, on_click=self._discard)
        self.delete_button = IconButton("trash-2", _("Delete this programme"), on_click=self._delete)
        self.save_button = Button(_("Save"), "check", kind=Kind.PRIMARY, on_click=self.save)
        for button in (self.discard_button, self.delete_button, self.save_button):
            self._detail.add_action(button)
        self.on = Switch(_("Switched on"))
        self.on.changed.connect(self._switched)
        self.editor = ProgrammeEditor(session)
        self.editor.head_card.add_header(self.on)
        self.editor.changed.connect(self._edited)
        self.trial = Trial(session)
        self.trial.start_wanted.connect(self._start)
        column = self.editor.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(2, self.trial)
        self._detail.body.addWidget(self.editor)
        self._detail.body.addStretch(1)

    def _list(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 22, 16, 16)
        column.setSpacing(4)
        heading = Label(_("Follow-up programmes"), Role.TITLE, wrap=True)
        heading.setContentsMargins(0, 0, 0, 6)
        column.addWidget(heading)
        self.menu = ready_menu(self, self.take, self.begin)
        self.new_button = Button(_("New programme"), "plus", menu=self.menu)
        column.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        column.addStretch(1)
        return ScrollArea(inner)

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Select the programme of a route, else keep the one that shows or take the first; try it on a named person."""
        if route.id is not None and (programme := self._known.get(UUID(route.id))) is not None:
            self._leave()
            self._show(programme)
            self.sides.show_detail(True)
        elif self._shown is None and self._known:
            self._show(next(iter(self._known.values())))
        if (person := parse_view(route.view).get("person")) is not None:
            self.trial.picker.set_person(person)
            self._try()

    def data_changed(self, changes: ChangeSet) -> None:
        """Read the list again; a form with unsaved changes keeps them."""
        if changes.touches("follow_up_programme"):
            self._load()
        if changes.touches("follow_up_programme", "follow_up", "setting") and self._shown is not None:
            self._try()

    def commands(self) -> list[Command]:
        """Save, a new one, the starting points."""
        found = [Command(_("New follow-up programme"), self.begin, "plus", "Ctrl+N")]
        found += [
            Command(
                _("Follow-up programme: {name}").format(name=_(ready.name)), Taking(self.take, ready), "list-checks"
            )
            for ready in READY
        ]
        if self._shown is not None:
            found.append(Command(_("Save follow-up programme"), self.save, "check", "Ctrl+S"))
            found.append(Command(_("Add step"), self.editor.timeline.add_step, "plus"))
        return found

    def settle(self) -> None:
        """Store what is half-typed."""
        self._pause.stop()
        self.trial.settle()
        if not self._dirty or self._shown is None:
            return
        with suppress(StoreError):  # the next pause tries again; the form itself still has everything
            self._session.drafts.save(self._draft_key(), draft_body(self.editor.value()))

    def _draft_key(self) -> str:
        shown = self._shown
        return f"{_DRAFT}{shown.id if shown is not None and shown.id in self._known else 'new'}"

    # --- the list

    def _load(self) -> None:
        found = self._session.look(follow_up_programmes)
        self._known = {programme.id: programme for programme in found}
        for row in self.rows.values():
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for programme in found:
            row = ProgrammeRow(programme)
            row.chosen.connect(self._row_chosen)
            row.switched.connect(self._switch)
            self.rows[programme.id] = row
            self._rows.addWidget(row)
        self._follow_shown()

    def _follow_shown(self) -> None:
        """Show what is stored by now, unless something typed would be lost."""
        shown = self._shown
        if shown is None:
            self._show(next(iter(self._known.values()), None))
        elif self._dirty:
            stored = self._known.get(shown.id)
            if stored is not None:
                self._shown = replace(shown, active=stored.active)
                self.on.set_value(stored.active)
        elif self._known.get(shown.id) != shown:
            self._show(self._known.get(shown.id) or next(iter(self._known.values()), None))
        self._mark()

    def _mark(self) -> None:
        for key, row in self.rows.items():
            row.mark(self._shown is not None and key == self._shown.id)

    def _row_chosen(self, key: UUID) -> None:
        if self._shown is None or key != self._shown.id:
            self._leave()
            self._show(self._known[key])
            self._session.navigation.replace(self.KEY, str(key))
        self._mark()
        self.sides.show_detail(True)

    def _back(self) -> None:
        self.sides.show_detail(False)

    def _leave(self) -> None:
        """Keep what is half-typed before another programme shows; it comes back with its own."""
        self.settle()
        self._dirty = False

    # --- one programme

    def _show(self, programme: FollowUpProgramme | None) -> None:
        """Show a programme, with unsaved typing of the last time if there is any."""
        self._pause.stop()
        self._shown = programme
        if programme is None:
            self._stack.setCurrentWidget(self._nothing)
            if self._session.drafts.load(f"{_DRAFT}new") is not None:
                self.begin()
            return
        try:
            self._open(programme, chain_of(programme.steps))
        except DomainError as error:
            self._session.complain(error)
            self._open(programme, Chain())
        self._take_up()

    def _open(self, programme: FollowUpProgramme, chain: Chain) -> None:
        self._shown = programme
        self.editor.show_programme(programme, chain)
        self.on.set_value(programme.active)
        self._set_dirty(False)
        self._stack.setCurrentWidget(self._detail)
        self._mark()
        self._try()

    def _take_up(self) -> None:
        """Go on with a draft of the programme that shows; one of a newer program is left alone."""
        draft = self._session.drafts.load(self._draft_key())
        typed = None if draft is None or self._shown is None else from_draft(self._shown, dict(draft.body))
        if typed is not None:
            self.editor.show_programme(typed.programme, typed.chain)
            self._set_dirty(True)
            self._try()

    def _edited(self) -> None:
        self._set_dirty(True)
        self._pause.start()
        self._try()

    def _try(self) -> None:
        """Show what the programme would do as it stands now."""
        if self._shown is not None:
            self.trial.show_programme(self.editor.value(), can_start=self._shown.active and not self._dirty)

    def _set_dirty(self, dirty: bool) -> None:
        self._dirty = dirty
        shown = self._shown
        new = shown is not None and shown.id not in self._known
        self.save_button.setEnabled(dirty or new)
        self.discard_button.setVisible(dirty or new)
        self.delete_button.setVisible(not new)
        self._detail.set_title(shown.name if shown is not None and shown.name else _("New programme"))

    # --- new ones

    def begin(self) -> None:
        """Open the form of a new programme; it is stored when it is saved."""
        self._leave()
        key, rank, now = self._session.new_id(), len(self._known), self._session.now()
        programme = FollowUpProgramme(id=key, name="", steps=chain_text(Chain()), rank=rank, created_at=now)
        self._open(programme, Chain())
        self._take_up()
        self.sides.show_detail(True)
        self.editor.fields["name"].reveal()

    def take(self, ready: Ready) -> None:
        """Store a starting point as the seller's own programme, not switched on yet."""
        self._leave()
        programme = FollowUpProgramme(
            id=self._session.new_id(),
            name=_(ready.name),
            anchor=ready.anchor,
            steps="",
            note=_(ready.text),
            rank=len(self._known),
            created_at=self._session.now(),
        )
        said = _("“{name}” is ready: try it, then switch it on").format(name=programme.name)
        self._session.run(self, save_follow_up_programme, programme, ready.translated(), done=self._saved, said=said)

    # --- saving, switching, deleting

    def save(self) -> None:
        """Store the programme, or show what is wrong at its field."""
        if self._shown is not None and self.save_button.isEnabled():
            self._store(self.editor.value(), _("Follow-up programme saved"))

    def _store(self, one: Active, said: str) -> bool:
        if self.editor.first_error():
            self.on.set_value(self._shown is not None and self._shown.active)
            return False
        draft = self._draft_key()
        self.settle()
        self.save_button.setEnabled(False)
        self._session.run(
            self,
            save_follow_up_programme,
            one.programme,
            one.chain,
            done=self._saved,
            failed=self._refused,
            said=said,
            draft=draft,
        )
        return True

    def _saved(self, programme: FollowUpProgramme) -> None:
        self._dirty = False
        self._pause.stop()
        self._known[programme.id] = programme
        self._show(programme)
        self.sides.show_detail(True)
        self._session.navigation.replace(self.KEY, str(programme.id))

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not self.editor.refuse(error):
            self._session.complain(error)

    def _switched(self) -> None:
        shown = self._shown
        if shown is None:
            return
        if self._dirty or shown.id not in self._known:
            one = self.editor.value()
            words = _("Programme saved and switched on") if self.on.value() else _("Programme saved and switched off")
            self._store(Active(replace(one.programme, active=self.on.value()), one.chain), words)
        else:
            self._switch(shown.id, self.on.value())

    def _switch(self, key: UUID, on: bool) -> None:
        if on:
            self._session.run(self, switch_on, key, done=self._switched_on, failed=self._not_switched)
        else:
            said = _("Programme “{name}” switched off; its open steps are dropped").format(name=self._known[key].name)
            self._session.run(self, switch_off, key, failed=self._not_switched, said=said)

    def _switched_on(self, count: int) -> None:
        number = self._session.language.number(count)
        words = ngettext("Switched on: {count} contact planned", "Switched on: {count} contacts planned", count)
        self._session.say(words.format(count=number), undoable=True)

    def _not_switched(self, error: Exception) -> None:
        self._load()
        self._session.complain(error)

    def _discard(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self._forget_draft()
        self._show(self._known.get(shown.id) or next(iter(self._known.values()), None))

    def _forget_draft(self) -> None:
        self._dirty = False
        with suppress(StoreError):
            self._session.drafts.delete(self._draft_key())

    def _delete(self) -> None:
        shown = self._shown
        if shown is None or shown.id not in self._known:
            return
        title = _("Delete “{name}”?").format(name=shown.name)
        text = _("Its open steps are dropped; what was done stays with the people.")
        if dialogs().confirm(self, title, text, yes=_("Delete"), no=_("Keep it"), danger=True):
            said = _("Programme “{name}” deleted").format(name=shown.name)
            self._forget_draft()
            self._session.run(self, delete_follow_up_programme, shown.id, said=said)

    def _start(self, person_id: UUID, day: date) -> None:
        if self._shown is not None:
            said = _("The programme has begun")
            self._session.run(self, start_by_hand, self._shown.id, person_id, on=day, said=said)
