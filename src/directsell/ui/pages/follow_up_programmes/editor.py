"""The form of one programme: name, from what it counts, its steps, whom it concerns, what moves it. Saving is the page's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.planning import Active
from directsell.domain.follow_up_plans.steps import Chain, Effect, problems
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.i18n import _
from directsell.store.queries.products import brands
from directsell.store.queries.segments import segments
from directsell.ui.messages import sentence
from directsell.ui.pages.follow_up_programmes.timeline import Timeline
from directsell.ui.pages.follow_up_programmes.words import contact_effects, meaning, order_effects
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import ChoiceField, FormField, TextField
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.typed import count_field


class ProgrammeEditor(QWidget):
    """``ProgrammeEditor(session)``: ``show_programme(programme, chain)``, ``value() -> Active``, ``first_error()``.

    Fields by name in ``fields``, the steps in ``timeline``. Signal: ``changed()`` after each alteration by the user.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._programme: FollowUpProgramme | None = None
        self.name = TextField(limit=120)
        self.anchor = ChoiceField([(one, term(one)) for one in Anchor], Anchor.DELIVERY)
        self.note = TextField(limit=300)
        self.brand, self.segment = ChoiceField(), ChoiceField()
        self.on_contact = ChoiceField(contact_effects(), Effect.RECOUNT)
        self.on_order = ChoiceField(order_effects(), Effect.STOP)
        self.rank = count_field(session, most=999)
        self.fields: dict[str, FormField] = {
            "name": FormField(_("Name"), self.name, required=True),
            "anchor": FormField(_("Counts from"), self.anchor, hint=meaning(Anchor.DELIVERY)),
            "note": FormField(_("What it is for"), self.note),
            "brand_id": FormField(_("For goods of"), self.brand),
            "segment_id": FormField(_("For people in"), self.segment),
            "on_contact": FormField(_("A contact or a return in between"), self.on_contact),
            "on_order": FormField(_("An order in between"), self.on_order),
            "rank": FormField(
                _("Turn"), self.rank, hint=_("When a day is full, the programme with the lowest number goes first.")
            ),
        }
        self.timeline = Timeline(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        head = Card(_("Programme"))
        head.add(_columns(self.fields["name"], self.fields["anchor"]))
        head.add(self.fields["note"])
        steps = Card(_("Steps"))
        steps.add(self.timeline)
        self.rules_card = Card(_("Whom it concerns, and what moves it"))
        self.rules_card.add(_columns(self.fields["on_contact"], self.fields["on_order"]))
        self.rules_card.add(_columns(*(self.fields[name] for name in ("brand_id", "segment_id", "rank")), tile=200))
        self.head_card = head
        for card in (head, steps, self.rules_card):
            column.addWidget(card)
        self._follow()

    def _follow(self) -> None:
        for field in self.fields.values():
            editor: Any = field.editor
            editor.changed.connect(self.changed)
        self.anchor.changed.connect(self._anchor_chosen)
        self.timeline.changed.connect(self.changed)

    def show_programme(self, programme: FollowUpProgramme, chain: Chain) -> None:
        """Show a programme."""
        self._programme = programme
        self._load_choices(programme)
        self.name.set_value(programme.name)
        self.anchor.set_value(programme.anchor)
        self.note.set_value(programme.note)
        self.on_contact.set_value(chain.on_contact)
        self.on_order.set_value(chain.on_order)
        self.rank.set_value(programme.rank)
        self.timeline.set_steps(chain.steps, programme.anchor)
        self._explain()
        self.clear_errors()

    def value(self) -> Active:
        """Return the programme as it stands, right or wrong."""
        assert self._programme is not None
        brand, segment = self.brand.value(), self.segment.value()
        programme = replace(
            self._programme,
            name=self.name.value(),
            anchor=self.anchor.value(),
            note=self.note.value(),
            brand_id=brand if isinstance(brand, UUID) else None,
            segment_id=segment if isinstance(segment, UUID) else None,
            rank=self.rank.value() or 0,
        )
        chain = Chain(steps=self.timeline.steps(), on_contact=self.on_contact.value(), on_order=self.on_order.value())
        return Active(programme, chain)

    def clear_errors(self) -> None:
        """Forget what was wrong."""
        for field in self.fields.values():
            field.set_error("")
        self.timeline.clear_errors()

    def first_error(self) -> bool:
        """Show what keeps the programme from being saved, and say whether there is something."""
        self.clear_errors()
        unreadable = self.timeline.unreadable()
        if unreadable is not None:
            unreadable.reveal()
            return True
        one = self.value()
        if not one.programme.name.strip():
            self.refuse(DomainError("follow_up_programme.name", field="name"))
            return True
        error = next(problems(one.chain, one.programme.anchor), None)
        if error is not None:
            self.refuse(error)
        return error is not None

    def refuse(self, error: Exception) -> bool:
        """Show an error at its field; say whether it has one here."""
        words = sentence(error) or ""
        path = error.field if isinstance(error, DomainError) else ""
        if path == "steps":
            self.timeline.set_error(words)
            self.timeline.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        field = self.fields.get(path)
        if path.startswith("steps."):
            field = self.timeline.field_at(path.split(".")[1:])
        if field is None:
            return False
        field.set_error(words)
        field.reveal()
        return True

    def _anchor_chosen(self) -> None:
        self.timeline.set_anchor(self.anchor.value())
        self._explain()

    def _explain(self) -> None:
        anchor = self.anchor.value()
        self.fields["anchor"].set_hint(meaning(anchor))
        moves = anchor not in (Anchor.LAST_CONTACT, Anchor.LAST_ORDER)
        self.fields["brand_id"].setVisible(anchor in _WITH_GOODS)
        self.fields["on_order"].setVisible(moves or anchor is Anchor.LAST_CONTACT)
        self.fields["on_contact"].setVisible(moves or anchor is Anchor.LAST_ORDER)

    def _load_choices(self, programme: FollowUpProgramme) -> None:
        known = [(brand.id, brand.name) for brand in self._session.look(brands)]
        self.brand.set_choices([(None, _("All brands")), *known])
        self.brand.set_value(programme.brand_id)
        groups = [(segment.id, segment.name) for segment in self._session.look(segments)]
        self.segment.set_choices([(None, _("Everybody")), *groups])
        self.segment.set_value(programme.segment_id)
        self.fields["segment_id"].setVisible(bool(groups))


_WITH_GOODS = frozenset({Anchor.DELIVERY, Anchor.SALE, Anchor.SAMPLE, Anchor.LAST_ORDER})


def _columns(*fields: QWidget, tile: int = 300) -> QWidget:
    box = QWidget()
    flow = FlowLayout(box, gap=12, tile=tile)
    for field in fields:
        flow.addWidget(field)
        flow.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    return box
