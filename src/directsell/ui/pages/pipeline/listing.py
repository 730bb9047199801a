"""The pipeline as a table: the same cards, sorted by any column. It reads nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from directsell.domain.people import fold
from directsell.domain.pipeline import ENDED, STAGES, days_in
from directsell.i18n import _
from directsell.store.queries.pipeline import Card, Pipeline
from directsell.ui.models.spine import Column, ListSource, SpineModel
from directsell.ui.pages.pipeline.card_look import CardLook
from directsell.ui.terms import term, tone_of
from directsell.ui.widgets.big_list import TableList

COMMANDS = "lndqpo"


class PipelineTable(TableList):
    """``PipelineTable(look)``: ``show_pipeline(pipeline)``; keys as on the board.

    Signals as BigList, and ``command(str letter)``, ``digit(int)`` and ``step(int)`` to move the current card.
    """

    command = Signal(str)
    digit = Signal(int)
    step = Signal(int)

    def __init__(self, look: CardLook, parent: QWidget | None = None) -> None:
        self._look = look
        self._pipeline = Pipeline()
        self._sort, self._descending = "", False
        model: SpineModel[Card] = SpineModel(self._columns(), key=attrgetter("id"), describe=self._words)
        super().__init__(model, _("Pipeline"), surface="bg", parent=parent)
        model.setParent(self)
        self.sort_wanted.connect(self._sorted)

    def show_pipeline(self, pipeline: Pipeline) -> None:
        """Show other cards, in the order that was chosen."""
        self._pipeline = pipeline
        cards = [card for column in pipeline.columns for card in column.cards]
        if self._sort:
            cards.sort(key=self._key(self._sort), reverse=self._descending)
        self.show_source(ListSource(cards, attrgetter("id")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().lower()
        plain = bool(text) and not event.modifiers().value & ~0x2000_0000 & ~0x0200_0000
        if plain and self.current_key() is not None:
            if text in COMMANDS:
                self.command.emit(text)
                return
            if text.isdecimal() and 1 <= int(text) <= len(STAGES):
                self.digit.emit(int(text))
                return
            if text in "<,>.":
                self.step.emit(1 if text in ">." else -1)
                return
        super().keyPressEvent(event)

    def _columns(self) -> tuple[Column[Card], ...]:
        look = self._look

        def next_step(card: Card) -> str:
            words = look.words(card)
            return _("{step} · {day}").format(step=words.step, day=words.when) if words.when else words.step

        def step_tone(card: Card) -> str:
            tone = look.words(card).tone
            return tone if tone in ("bad", "warn") else ""

        def days(card: Card) -> str:
            return look.number(days_in(card.since, look.today))

        def value(card: Card) -> str:
            return look.value(card.value) if card.value else card.budget

        return (
            Column(_("Name"), lambda c: c.name, role="strong", sort="name"),
            Column(
                _("Stage"),
                lambda c: term(c.stage),
                width=168,
                role="chip",
                tone=lambda c: tone_of(c.stage),
                sort="stage",
            ),
            Column(_("Next step"), next_step, width=232, tone=step_tone, sort="next"),
            Column(_("Value"), value, width=110, end=True, sort="value", optional=True),
            Column(_("Score"), lambda c: look.number(c.score), width=76, end=True, sort="score", optional=True),
            Column(_("Days in stage"), days, width=112, end=True, role="muted", sort="days", optional=True),
            Column(_("Lead source"), lambda c: c.source, width=140, role="muted", sort="source", optional=True),
        )

    def _words(self, card: Card) -> str:
        return self._look.words(card).all

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self.set_sorted(key, descending)
        self.show_pipeline(self._pipeline)

    def _key(self, sort: str) -> Callable[[Card], Any]:
        far = date.max

        def next_on(card: Card) -> tuple[bool, date]:
            return (card.stage in ENDED and card.step is None, card.step.due_on if card.step is not None else far)

        return {
            "name": lambda card: fold(card.name),
            "stage": lambda card: STAGES.index(card.stage),
            "next": next_on,
            "days": lambda card: days_in(card.since, self._look.today),
            "score": lambda card: card.score,
            "source": lambda card: fold(card.source),
            "value": lambda card: card.value,
        }[sort]
