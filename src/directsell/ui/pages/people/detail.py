"""One person on the screen: head with actions, figures, next steps, what happened, about. Reads nothing, saves the stage only."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.domain.people import Role, Stage
from directsell.i18n import _, ngettext
from directsell.store.queries.person_card import PersonCard
from directsell.ui.pages.people.about import AboutCard
from directsell.ui.pages.people.buying import BuyingCard
from directsell.ui.pages.people.consents import ConsentCard
from directsell.ui.pages.people.follow_ups import FollowUpsCard
from directsell.ui.pages.people.profile import ProfileCard
from directsell.ui.pages.people.ties import TiesCard
from directsell.ui.pages.people.timeline import TimelineCard
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.actions_head import ActionsHead
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Avatar, Chip
from directsell.ui.widgets.host_card import HostCard
from directsell.ui.widgets.labels import ElidedLabel
from directsell.ui.widgets.labels import Role as TextRole
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.tiles import KpiTile
from directsell.usecases.people import change_stage

_TWO_COLUMNS = 640
_ABOUT = 290


class PersonDetail(Page):
    """``PersonDetail(session)``: ``show_person(card)``; ``card`` is what is shown.

    Signals: ``call_wanted()``, ``note_wanted()``, ``order_wanted()``, ``demo_wanted()``, ``edit_wanted()``,
    ``consent_wanted()``, ``delete_wanted()``, ``merge_wanted()``, ``export_wanted()``, ``erase_wanted()``, ``back_wanted()``;
    those of the cards are on ``next_steps``, ``timeline``, ``about``, ``buying``, ``profile``, ``ties``, ``consents``.
    """

    call_wanted = Signal()
    write_wanted = Signal()
    note_wanted = Signal()
    order_wanted = Signal()
    demo_wanted = Signal()
    edit_wanted = Signal()
    consent_wanted = Signal()
    delete_wanted = Signal()
    merge_wanted = Signal()
    export_wanted = Signal()
    erase_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(margin=24, parent=parent)
        self._session = session
        self.card: PersonCard | None = None
        self._two: bool | None = None
        self._prospecting: list[tuple[QWidget, QWidget]] = []
        self._prospecting_at = (False, False)
        self._build_head()
        self._build_tiles()
        self.next_steps = FollowUpsCard(session)
        self.timeline = TimelineCard(session)
        self.about = AboutCard(session)
        self.buying = BuyingCard(session)
        self.profile = ProfileCard(session)
        self.ties = TiesCard(session)
        self.consents = ConsentCard(session)
        self.hosting = HostCard(session)
        cards = (self.about, self.buying, self.profile, self.ties, self.consents, self.hosting)
        self._beside: tuple[QWidget, ...] = cards
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        self._left = QVBoxLayout()
        self._left.setSpacing(16)
        self._right = QVBoxLayout()
        self._right.setSpacing(16)
        self._left.addWidget(self.next_steps)
        self._left.addWidget(self.timeline)
        self._left.addStretch(1)
        for card in self._beside:
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self._right.addWidget(card)
        self._right.addStretch(1)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right)
        self.add_layout(self._columns)
        self.about.edit_wanted.connect(self.edit_wanted)
        self.consents.consent_wanted.connect(self.consent_wanted)
        self.timeline.note_wanted.connect(self.note_wanted)

    # --- building

    def _build_head(self) -> None:
        self.back = IconButton("arrow-left", _("Back to the list"), on_click=self._back)
        self.back.hide()
        self.avatar = Avatar("", 60)
        self.name = ElidedLabel("", TextRole.TITLE)
        self._stage_menu = Menu(self)
        self.stage_button = Button("", compact=True, menu=self._stage_menu, tip=_("Change the stage"))
        self._chips = QWidget()
        self.stage_button.setParent(self._chips)
        self._chip_flow = FlowLayout(self._chips, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.name)
        words.addWidget(self._chips)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.call = Button(_("Log a call"), "phone", on_click=self._call)
        self.write = Button(_("Write"), "mail", on_click=self._write)
        self.demo = Button(_("New demo"), "calendar-days", on_click=self._demo)
        self.order = Button(_("New order"), "plus", kind=Kind.PRIMARY, on_click=self._order)
        self.more_menu = Menu(self)
        self.more = IconButton("ellipsis", _("More"), on_click=self._open_more)
        self._head = ActionsHead(top, [self.call, self.write, self.demo, self.order, self.more])
        self.body.setContentsMargins(24, 18, 24, 24)
        self.add(self._head)
        self.more_menu.add(_("Edit"), "pencil", self._edit, shortcut="Ctrl+E")
        self.more_menu.add(_("Add note"), "notebook-pen", self._note)
        self.more_menu.add(_("Note a consent"), "shield-check", self._consent)
        self.more_menu.addSeparator()
        self.more_menu.add(_("Merge with another record …"), "users", self._merge)
        self.more_menu.add(_("Export this person's data …"), "download", self._export)
        self.more_menu.addSeparator()
        self.more_menu.add(_("Delete"), "trash-2", self._delete, danger=True)
        self.more_menu.add(_("Erase at the person's wish …"), "shield-check", self._erase, danger=True)

    def _build_tiles(self) -> None:
        self._bought = KpiTile(_("Bought in all"))
        self._average = KpiTile(_("Average order"))
        self._last = KpiTile(_("Last order"))
        self._open_amount = KpiTile(_("Open amount"))
        box = QWidget()
        flow = FlowLayout(box, gap=10, tile=142)
        for tile in (self._bought, self._average, self._last, self._open_amount):
            flow.addWidget(tile)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        self.add(box)

    # --- content

    def show_person(self, card: PersonCard) -> None:
        """Show a person, or the same one after a change."""
        self.card = card
        self.avatar.set_name(card.name)
        self.name.setText(card.name)
        self.setAccessibleName(card.name)
        self._show_chips(card)
        self._show_figures(card)
        self.next_steps.show_person(card)
        self.timeline.show_person(card)
        for beside in (self.about, self.buying, self.profile, self.ties, self.consents):
            beside.show_person(card)
        self.hosting.show_host(card.person.id)
        self._place_prospecting()

    def add_beside(self, card: QWidget, after: QWidget) -> None:
        """Put another card into the right column; of a customer it stands below what happened, out of the way."""
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._right.insertWidget(self._right.indexOf(after) + 1, card)
        self._beside = (*self._beside, card)
        self._prospecting.append((card, after))

    def _place_prospecting(self) -> None:
        """Beside for a prospect; for a customer below what happened or, in one column, at the end."""
        won = self.card is not None and self.card.person.stage is Stage.WON
        two = bool(self._two)
        if (won, two) == self._prospecting_at:
            return
        self._prospecting_at = (won, two)
        for card, after in self._prospecting:
            for column in (self._left, self._right):
                column.removeWidget(card)
            if won:
                column = self._left if two else self._right
                column.insertWidget(column.count() - 1, card)  # the stretch stays at the end
            else:
                self._right.insertWidget(self._right.indexOf(after) + 1, card)
            _set_width(card, beside=two and not won)

    def to_top(self) -> None:
        """Scroll to the head."""
        self.scroll_to(self._head)

    def set_narrow(self, narrow: bool) -> None:
        """Show the way back where the list is hidden."""
        self.back.setVisible(narrow)

    def _show_chips(self, card: PersonCard) -> None:
        while (item := self._chip_flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.stage_button:
                widget.hide()
                widget.deleteLater()
        self.stage_button.setText(term(card.person.stage))
        self.stage_button.setAccessibleName(_("Stage: {stage}").format(stage=term(card.person.stage)))
        self._stage_menu.clear()
        for stage in Stage:
            chosen = "check" if stage is card.person.stage else None
            self._stage_menu.add(term(stage), chosen, _SetStage(self._session, card.person.id, stage))
        self._chip_flow.addWidget(self.stage_button)
        for role in card.roles:
            tone = "ok" if role is Role.CUSTOMER else "accent" if role is Role.HOST else "info"
            self._chip_flow.addWidget(Chip(term(role), tone))
        for tag in card.tags:
            self._chip_flow.addWidget(Chip(tag, "neutral", icon="tag"))
        self._chips.updateGeometry()

    def _show_figures(self, card: PersonCard) -> None:
        figures, language = card.figures, self._session.language
        money = figures.currency
        known = card.person.created_at.astimezone().date()
        since = f"{language.formats.months_alone_short[known.month - 1]} {known.year}"
        self._bought.set(value=language.money(figures.bought, money), note=_("since {month}").format(month=since))
        orders = ngettext("{n} order", "{n} orders", figures.orders).format(n=language.number(figures.orders))
        self._average.set(value=language.money(figures.average, money) if figures.orders else "–", note=orders)
        if figures.last_order is None:
            self._last.set(value="–", note=_("none yet"))
        else:
            when = language.relative_day(figures.last_order, self._session.today())
            self._last.set(value=language.date(figures.last_order, "short"), note=when)
        owed = figures.owed
        note = _("to be paid") if owed > 0 else _("credit of the customer") if owed < 0 else _("all paid")
        self._open_amount.set(value=language.money(abs(owed), money), note=note)

    # --- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        two = self.width() >= _TWO_COLUMNS
        if two is self._two:
            return
        self._two = two
        self._columns.setDirection(QHBoxLayout.Direction.LeftToRight if two else QHBoxLayout.Direction.TopToBottom)
        for card in self._beside:
            _set_width(card, beside=two)
        self._place_prospecting()

    # --- what the user does

    def _back(self) -> None:
        self.back_wanted.emit()

    def _call(self) -> None:
        self.call_wanted.emit()

    def _write(self) -> None:
        self.write_wanted.emit()

    def _note(self) -> None:
        self.note_wanted.emit()

    def _order(self) -> None:
        self.order_wanted.emit()

    def _demo(self) -> None:
        self.demo_wanted.emit()

    def _edit(self) -> None:
        self.edit_wanted.emit()

    def _consent(self) -> None:
        self.consent_wanted.emit()

    def _delete(self) -> None:
        self.delete_wanted.emit()

    def _merge(self) -> None:
        self.merge_wanted.emit()

    def _export(self) -> None:
        self.export_wanted.emit()

    def _erase(self) -> None:
        self.erase_wanted.emit()

    def _open_more(self) -> None:
        self.more_menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _set_width(card: QWidget, *, beside: bool) -> None:
    card.setMinimumWidth(_ABOUT if beside else 0)
    card.setMaximumWidth(_ABOUT if beside else 16_777_215)


class _SetStage:
    """Puts a person into a stage, for menus."""

    def __init__(self, session: Session, person_id: UUID, stage: Stage) -> None:
        self._session = session
        self._person_id = person_id
        self._stage = stage

    def __call__(self, _checked: bool = False) -> None:
        said = _("Stage: {stage}").format(stage=term(self._stage))
        self._session.run(self._session, change_stage, self._person_id, self._stage, said=said)
