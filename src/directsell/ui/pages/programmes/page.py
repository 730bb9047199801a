"""The Host programmes page: the list of versions, the form of one, saving, new versions, samples. No rules are judged here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from directsell.domain.catalog import HostProgramme
from directsell.domain.errors import DomainError
from directsell.domain.frozen_json import from_json_text, to_json_text
from directsell.domain.host_programmes.rules import Ladder, Rules, Rung
from directsell.domain.host_programmes.samples import Sample, samples_for
from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.errors import StoreError
from directsell.store.queries.parties import programmes
from directsell.store.queries.settings import business
from directsell.ui.navigation import Route
from directsell.ui.pages.programmes.editor import RulesEditor
from directsell.ui.pages.programmes.tester import Tester
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button, Call, IconButton, Kind, Menu
from directsell.ui.widgets.fields import FormField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.nav_bar import NavItem
from directsell.ui.widgets.page import Page, ScrollArea
from directsell.ui.widgets.sides import ListDetail
from directsell.ui.widgets.states import Banner, EmptyState
from directsell.usecases.parties import delete_programme, save_programme

_PAUSE_MS = 700
_DRAFT = "programme:"


class ProgrammesPage(QWidget):
    """``ProgrammesPage(session)``: ``items`` the rows of the list by id, ``editor``, ``tester``, ``save_button``."""

    KEY = "programmes"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._known: dict[UUID, HostProgramme] = {}
        self._shown: HostProgramme | None = None
        self._stored: tuple[HostProgramme, Rules] | None = None
        self._dirty = False
        self.items: dict[UUID, NavItem] = {}
        self.editor: RulesEditor | None = None
        self.tester: Tester | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self._stack = QStackedWidget()
        self._detail = Page(_("Host programme"))
        self._detail.body.addStretch(1)
        self._detail.back_clicked.connect(self._to_list)
        self._build_actions()
        self._nothing = EmptyState(
            "gift",
            _("No host programme yet"),
            _("It says what a host earns from the sales of a demo. Begin with a sample and change its figures."),
            action_icon=None,
        )
        for side in (self._nothing, self._detail):
            self._stack.addWidget(side)
        self.sides = ListDetail(self._list(), self._stack, list_width=280, narrow_below=720)
        self.sides.narrow_changed.connect(self._detail.show_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sides)
        self._load()

    def _build_actions(self) -> None:
        self.discard_button = Button(_("Discard"), "undo-2", kind=Kind.QUIET, on_click=self._discard)
        self.version_button = Button(
            _("New version"), "copy", tip=_("The same rules again, to be changed from a day on"), on_click=self._version
        )
        self.delete_button = IconButton("trash-2", _("Delete this version"), on_click=self._delete)
        self.save_button = Button(_("Save"), "check", kind=Kind.PRIMARY, on_click=self.save)
        for button in (self.discard_button, self.delete_button, self.version_button, self.save_button):
            self._detail.add_action(button)

    def _list(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 22, 16, 16)
        column.setSpacing(4)
        heading = Label(_("Host programmes"), Role.TITLE, wrap=True)
        heading.setContentsMargins(0, 0, 0, 6)
        column.addWidget(heading)
        self._menu = Menu(self)
        self.samples = samples_for(self._session.look(business).country)
        for sample in self.samples:
            self._menu.add(_("Sample: {name}").format(name=sample.name), "gift", Call(self.take_sample, sample))
        self._menu.addSeparator()
        self._menu.add(_("Empty programme"), "plus", self._begin_empty)
        self.new_button = Button(_("New programme"), "plus", menu=self._menu)
        column.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        column.addStretch(1)
        return ScrollArea(inner)

    # --- contract of pages

    def show_route(self, route: Route) -> None:
        """Select the version of a route, else keep the one that shows or take the first."""
        if route.id is not None and (programme := self._known.get(UUID(route.id))) is not None:
            self._show(programme)
            self.sides.show_detail(True)
        elif self._shown is None and self._known:
            self._show(next(iter(self._known.values())))

    def data_changed(self, changes: ChangeSet) -> None:
        """Read the list again; a form with unsaved changes keeps them."""
        if changes.touches("host_programme"):
            self._load()

    def commands(self) -> list[Command]:
        """Save, a new version, and the samples."""
        commands = [Command(_("Empty host programme"), self._begin_empty, "plus", "Ctrl+N")]
        commands += [
            Command(_("Sample programme: {name}").format(name=sample.name), Call(self.take_sample, sample), "gift")
            for sample in self.samples
        ]
        if self._shown is not None:
            commands.append(Command(_("Save host programme"), self.save, "check", "Ctrl+S"))
            commands.append(Command(_("New version of this programme"), self._version, "copy"))
        return commands

    def settle(self) -> None:
        """Store what is half-typed."""
        self._pause.stop()
        if not self._dirty or self.editor is None or self._shown is None:
            return
        programme = self.editor.programme()
        body = {
            "family_id": str(programme.family_id),
            "name": programme.name,
            "valid_from": programme.valid_from.isoformat(),
            "valid_to": programme.valid_to.isoformat() if programme.valid_to else "",
            "rules": to_json_text(self.editor.rules()),
        }
        with suppress(StoreError):  # the next pause tries again; the form itself still has everything
            self._session.drafts.save(f"{_DRAFT}{self._shown.id}", body)

    # --- the list

    def _load(self) -> None:
        found = self._session.look(programmes)
        self._known = {programme.id: programme for programme in found}
        for item in self.items.values():
            self._rows.removeWidget(item)
            item.hide()
            item.deleteLater()
        self.items = {}
        for programme in found:
            item = NavItem(str(programme.id), self._caption(programme), "gift")
            item.clicked.connect(self._item_clicked)
            self.items[programme.id] = item
            self._rows.addWidget(item)
        shown = self._shown
        if shown is not None and shown.id in self._known and not self._dirty:
            if self._known[shown.id] != shown:
                self._show(self._known[shown.id])
        elif shown is not None and shown.id not in self._known and not self._dirty:
            self._show(next(iter(self._known.values()), None))
        elif shown is None and found and self.isVisible():
            self._show(found[0])
        self._mark_item()

    def _caption(self, programme: HostProgramme) -> str:
        if sum(other.family_id == programme.family_id for other in self._known.values()) == 1:
            return programme.name
        day = self._session.language.date(programme.valid_from, "short")
        return _("{name}, from {day}").format(name=programme.name, day=day)

    def _mark_item(self) -> None:
        for key, item in self.items.items():
            item.setChecked(self._shown is not None and key == self._shown.id)

    def _item_clicked(self) -> None:
        item = self.sender()
        if isinstance(item, NavItem):
            self.settle()
            self._show(self._known[UUID(item.key)])
            self._session.navigation.replace(self.KEY, item.key)
            self.sides.show_detail(True)

    def _to_list(self) -> None:
        self.sides.show_detail(False)

    # --- one version

    def _show(self, programme: HostProgramme | None) -> None:
        """Show a version, with unsaved typing of the last time if there is any."""
        self._pause.stop()
        self._shown = programme
        self._take_out()
        if programme is None:
            self._stack.setCurrentWidget(self._nothing)
            return
        try:
            rules = from_json_text(Rules, programme.rules, code="programme.unreadable")
        except DomainError as error:
            self._session.complain(error)
            self._stack.setCurrentWidget(self._nothing)
            return
        self._open(programme, rules)
        draft = self._session.drafts.load(f"{_DRAFT}{programme.id}")
        if draft is not None:
            self._take_up(draft.body)

    def _open(self, programme: HostProgramme, rules: Rules) -> None:
        self._shown = programme
        self._stored = (programme, rules)
        self.editor = RulesEditor(self._session, programme, rules)
        self.tester = Tester(self._session, rules.currency)
        self._detail.body.insertWidget(0, self.tester)
        self._detail.body.insertWidget(1, self.editor)
        self.tester.show_rules(rules)
        self.editor.changed.connect(self._edited)
        self._set_dirty(False)
        self._stack.setCurrentWidget(self._detail)
        self._mark_item()

    def _take_out(self) -> None:
        for part in (self.editor, self.tester):
            if part is not None:
                self._detail.body.removeWidget(part)
                part.hide()
                part.deleteLater()
        self.editor = self.tester = None
        self._detail.set_banner(None)

    def _take_up(self, body: Any) -> None:
        """Go on with a draft."""
        assert self.editor is not None
        try:
            rules = from_json_text(Rules, body["rules"], code="programme.unreadable")
        except DomainError:
            return  # of a newer program; the stored version shows
        self.editor.show_rules(rules)
        self.editor.name.set_value(body["name"])
        self._edited()

    def _edited(self) -> None:
        self._set_dirty(True)
        self._pause.start()
        if self.editor is not None and self.tester is not None:
            self.tester.show_rules(self.editor.rules())

    def _set_dirty(self, dirty: bool) -> None:
        self._dirty = dirty
        shown = self._shown
        new = shown is not None and shown.id not in self._known
        self.save_button.setEnabled(dirty or new)
        self.discard_button.setVisible(dirty or new)
        self.version_button.setVisible(not dirty and not new)
        self.delete_button.setVisible(not new)
        self._detail.set_title(shown.name if shown is not None and shown.name else _("New programme"))

    # --- new ones

    def begin(self, name: str, rules: Rules) -> None:
        """Open the form of a new programme; it is stored when it is saved."""
        self.settle()
        key = self._session.new_id()
        programme = HostProgramme(
            id=key,
            family_id=key,
            name=name,
            currency=rules.currency,
            valid_from=self._session.today().replace(month=1, day=1),
            rules=to_json_text(rules),
        )
        self._begin(programme, rules)

    def _begin(self, programme: HostProgramme, rules: Rules) -> None:
        self._take_out()
        self._open(programme, rules)
        self.sides.show_detail(True)
        assert self.editor is not None
        self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.name.selectAll()

    def _begin_empty(self) -> None:
        currency = self._session.look(business).currency
        self.begin("", Rules(currency=currency, ladders=(Ladder(rungs=(Rung(start=0),)),)))

    def take_sample(self, sample: Sample) -> None:
        """Store a sample as the seller's own programme, in the currency of the business."""
        currency = self._session.look(business).currency
        rules = replace(sample.rules, currency=currency)
        key = self._session.new_id()
        programme = HostProgramme(
            id=key,
            family_id=key,
            name=sample.name,
            currency=currency,
            valid_from=self._session.today().replace(month=1, day=1),
            rules=to_json_text(rules),
        )
        self.settle()
        self._session.run(
            self,
            save_programme,
            programme,
            rules,
            done=self._saved,
            said=_("Programme “{name}” is ready").format(name=sample.name),
        )

    def _version(self) -> None:
        if self._stored is None or self._dirty:
            return
        programme, rules = self._stored
        later = replace(programme, id=self._session.new_id(), valid_from=self._session.today(), valid_to=None)
        self._begin(later, rules)
        text = _("A new version: choose the day from which it holds. Demos before that day keep the old rules.")
        self._detail.set_banner(Banner(text, closable=False))

    # --- saving

    def save(self) -> None:
        """Store the version, or show what is wrong in its row."""
        if self.editor is None or not self.save_button.isEnabled():
            return
        wrong = self.editor.first_error()
        if wrong is not None:
            self._reveal(wrong)
            return
        programme = self.editor.programme()
        self.settle()
        self.save_button.setEnabled(False)
        self._session.run(
            self,
            save_programme,
            programme,
            self.editor.rules(),
            done=self._saved,
            failed=self._refused,
            said=_("Host programme saved"),
            draft=f"{_DRAFT}{programme.id}",
        )

    def _saved(self, programme: HostProgramme) -> None:
        self._dirty = False
        self._pause.stop()
        self._known[programme.id] = programme
        self._show(programme)
        self._session.navigation.replace(self.KEY, str(programme.id))

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        field = self.editor.refuse(error) if self.editor is not None else None
        if field is None:
            self._session.complain(error)
        else:
            self._reveal(field)

    def _reveal(self, field: FormField) -> None:
        self._detail.scroll_to(field)
        if self.editor is not None:
            self.editor.reveal(field)

    def _discard(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self._pause.stop()
        with suppress(StoreError):
            self._session.drafts.delete(f"{_DRAFT}{shown.id}")
        self._dirty = False
        self._show(self._known.get(shown.id) or next(iter(self._known.values()), None))

    def _delete(self) -> None:
        if self._shown is not None and self._shown.id in self._known:
            said = _("Programme “{name}” deleted").format(name=self._shown.name)
            self._session.run(self, delete_programme, self._shown.id, said=said)
