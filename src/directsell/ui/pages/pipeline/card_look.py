"""How a card of the board looks: name, score, next step, what it is about, age, source, value. Painting only, no events."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from directsell.domain.people import LostReason, Stage
from directsell.domain.pipeline import ENDED, days_in
from directsell.domain.qualification import MOST
from directsell.i18n import Language, _, ngettext
from directsell.store.queries.pipeline import Card
from directsell.ui.pages.pipeline.geometry import CARD
from directsell.ui.terms import icon_of, term
from directsell.ui.theme import T, font, metrics, paint_icon, theme
from directsell.ui.widgets.cards import paint_avatar
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading
from directsell.ui.widgets.score_ring import paint_ring

_PAD = 11.0
_RING = 26.0
_RADIUS = 10.0
_KEPT = 160  # pictures of cards, some screens full


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on a card; ``tone`` colours the line of the next step."""

    step: str
    when: str
    icon: str
    tone: str
    about: str
    age: str
    value: str
    strong_value: bool
    value_tone: str
    lines: tuple[str, ...]

    @property
    def all(self) -> str:
        """Everything in one line, for screen readers."""
        return ", ".join(self.lines)


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card is marked: chosen, under the pointer, with the ring of the keyboard, or carried by the pointer."""

    chosen: bool = False
    hover: bool = False
    ring: bool = False
    carried: bool = False


class CardLook:
    """``CardLook(language, currency, today)``: ``words(card)``, ``paint(painter, rect, card, direction, state)``."""

    def __init__(self, language: Language, currency: str, today: date) -> None:
        self._language = language
        self._currency = currency
        self.today = today
        self._pictures: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self._words: dict[UUID, tuple[Card, CardWords]] = {}

    def words(self, card: Card) -> CardWords:
        """Return what stands on a card; asked again for the same card, nothing is made anew."""
        known = self._words.get(card.id)
        if known is None or known[0] is not card:
            known = card, self._make_words(card)
            self._words[card.id] = known
        return known[1]

    def number(self, count: int) -> str:
        """Return a count as people say it."""
        return self._language.number(count)

    def value(self, minor: int) -> str:
        """Return an amount as people say it."""
        return self._language.money(minor, self._currency)

    def _make_words(self, card: Card) -> CardWords:
        step, when, icon, tone = self._step(card)
        days = days_in(card.since, self.today)
        age = ngettext("{n} day", "{n} days", days).format(n=self._language.number(days)) if days else _("today")
        if card.source:
            age = _("{age} · {source}").format(age=age, source=card.source)
        value = self.value(card.value) if card.value else card.budget
        about = card.step.text if card.step is not None and card.step.text else card.need
        score = _("{score} of 100 points").format(score=self._language.number(card.score))
        ended = card.offered_until is not None and card.offered_until < self.today
        if ended:
            value = _("{amount} · ended").format(amount=value)
        parts = (card.name, term(card.stage), step, when, about, score, age, value)
        lines = tuple(part for part in parts if part)
        value_tone = "warn" if ended else "text" if card.value else "text2"
        return CardWords(step, when, icon, tone, about, age, value, bool(card.value), value_tone, lines)

    def _step(self, card: Card) -> tuple[str, str, str, str]:
        """Return what comes next, when, its icon and its tone."""
        if card.step is None:
            if card.stage is Stage.LOST:
                said = card.lost_reason is not LostReason.NONE
                return (term(card.lost_reason) if said else _("Reason not said")), "", "x", "text2"
            if card.stage in ENDED:
                return _("Nothing planned"), "", "check", "text2"
            return _("No next step"), "", "triangle-alert", "warn"
        due = card.step.due_on
        near = abs((due - self.today).days) <= 1
        when = self._language.relative_day(due, self.today) if near else self._language.date(due, "short")
        tone = "bad" if due < self.today else "accent_text" if due == self.today else "text2"
        return term(card.step.reason), when, icon_of(card.step.channel), tone

    def picture(self, card: Card, width: int, ratio: float, direction: Qt.LayoutDirection, state: CardState) -> QPixmap:
        """Return a card as it looks, painted once and kept while it is looked at."""
        key = (card, width, ratio, direction, state, theme().scheme, self.today)
        found = self._pictures.get(key)
        if found is None:
            found = QPixmap(round(width * ratio), round(CARD * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter, QRectF(0, 0, width, CARD), card, direction, state)
            painter.end()
            self._pictures[key] = found
            if len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end(key)
        return found

    def paint(
        self, painter: QPainter, rect: QRectF, card: Card, direction: Qt.LayoutDirection, state: CardState
    ) -> None:
        """Draw a card into its rectangle."""
        words = self.words(card)
        line = T("accent" if state.chosen or state.carried else "field_border" if state.hover else "border")
        fill_round(painter, rect, _RADIUS, T("selection" if state.chosen else "surface"), line)
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)

        def spot(x: float, y: float, width: float, height: float) -> QRectF:
            return leading(direction, rect, QRectF(inner.x() + x, rect.y() + y, width, height))

        start, end = aligned(direction), aligned(direction, end=True)
        width = inner.width()
        paint_avatar(painter, spot(0, 10, 26, 26), card.name)
        draw_text(painter, spot(34, 10, width - 34 - _RING - 6, 26), card.name, font(14, 600), T("text"), start)
        self._paint_score(painter, spot(width - _RING, 10, _RING, _RING), card)
        paint_icon(painter, words.icon, spot(0, 44, 14, 14), T(words.tone))
        weight = 600 if words.tone in ("bad", "warn") else 500
        day = metrics(13, weight).horizontalAdvance(words.when) + 2.0 if words.when else 0.0
        draw_text(painter, spot(20, 41, width - 26 - day, 20), words.step, font(13, weight), T(words.tone), start)
        draw_text(painter, spot(width - day, 41, day, 20), words.when, font(13, weight), T(words.tone), end)
        draw_text(painter, spot(0, 60, width, 18), words.about, font(12), T("text2"), start)
        tall = font(12, 600, tabular=True) if words.strong_value else font(12)
        room = min(metrics(12, 600).horizontalAdvance(words.value) * 1.08 + 4.0, width * 0.55) if words.value else 0.0
        quiet = "text2" if state.chosen else "text3"
        draw_text(painter, spot(0, 79, width - room - 6, 18), words.age, font(12), T(quiet), start)
        draw_text(painter, spot(width - room, 79, room, 18), words.value, tall, T(words.value_tone), end)
        if state.ring:
            focus_ring(painter, rect, _RADIUS)

    def _paint_score(self, painter: QPainter, rect: QRectF, card: Card) -> None:
        """Draw the points as an arc around their number; nothing is known of somebody who has a dash."""
        known = card.score > 0 or card.reachable < MOST
        words = self._language.number(card.score) if known else "–"
        paint_ring(painter, rect, card.score, words)
