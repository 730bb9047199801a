"""How a found thing looks: icon or initials, title with the matched letters strong, detail, amount and day. No finding here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeySequence, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from directsell.domain.people import fold
from directsell.i18n import Language
from directsell.store.queries.search import Hit, HitKind
from directsell.ui.models.spine import Index
from directsell.ui.session import Command
from directsell.ui.theme import T, font, metrics, paint_icon
from directsell.ui.widgets.cards import paint_avatar
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, leading

ROW, HEADING = 52, 30
_ICONS = {
    HitKind.PERSON: "user",
    HitKind.PRODUCT: "package",
    HitKind.ORDER: "shopping-bag",
    HitKind.PAPER: "file-text",
    HitKind.DEMO: "party-popper",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the search box: a heading, something found, or a command."""

    title: str
    heading: bool = False
    hit: Hit | None = None
    command: Command | None = None

    @classmethod
    def of_hit(cls, hit: Hit) -> Entry:
        """A line for something found."""
        return cls(title=hit.title or hit.detail, hit=hit)

    @classmethod
    def of_command(cls, command: Command) -> Entry:
        """A line for something that can be done."""
        return cls(title=command.text, command=command)

    @property
    def height(self) -> int:
        """Pixels."""
        return HEADING if self.heading else ROW

    @property
    def words(self) -> str:
        """Everything in one line, for screen readers."""
        detail = self.hit.detail if self.hit is not None and self.hit.title else ""
        return f"{self.title}, {detail}" if detail else self.title


class Entries(Protocol):
    """Where the delegate looks rows up."""

    entries: list[Entry]
    parts: tuple[str, ...]


def matched_letters(title: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Return (start, length) of the letters of a title that were typed: a part matches where a word begins.

    ``parts`` are folded words. One letter may fold to several ("ß") or to none (a combining accent).
    """
    folded, places = "", list[int]()
    for place, letter in enumerate(title):
        plain = fold(letter) if not letter.isspace() else " "
        folded += plain
        places += [place] * len(plain)
    found: set[int] = set()
    for part in parts:
        start = folded.find(part)
        while start >= 0:
            if start == 0 or not folded[start - 1].isalnum():
                found.update(places[start : start + len(part)])
            start = folded.find(part, start + 1)
    ranges: list[tuple[int, int]] = []
    for place in sorted(found):
        if ranges and sum(ranges[-1]) == place:
            ranges[-1] = ranges[-1][0], ranges[-1][1] + 1
        else:
            ranges.append((place, 1))
    return ranges


class SearchRow(QStyledItemDelegate):
    """Draws the lines of the search box."""

    def __init__(self, rows: Entries, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._language = language

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._rows.entries[index.row()].height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._rows.entries[index.row()]
        rect = QRectF(option.rect)
        direction = option.direction
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.heading:
            spot = rect.adjusted(10, 8, -10, 0)
            draw_text(painter, spot, entry.title, font(12, 600), T("text3"), aligned(direction))
            return
        if option.state & QStyle.StateFlag.State_Selected:
            fill_round(painter, rect.adjusted(2, 1, -2, -1), 10, T("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill_round(painter, rect.adjusted(2, 1, -2, -1), 10, T("hover"))
        self._paint_badge(painter, entry, rect, direction)
        end = self._paint_end(painter, entry, rect, direction)
        left = rect.x() + 58
        detail = entry.hit.detail if entry.hit is not None and entry.hit.title else ""
        top = QRectF(left, rect.y() + (7 if detail else 16), end - left, 20)
        draw_matched(painter, leading(direction, rect, top), entry.title, self._rows.parts, direction)
        below = leading(direction, rect, QRectF(left, rect.y() + 27, end - left, 18))
        draw_text(painter, below, detail, font(13), T("text2"), aligned(direction))

    def _paint_badge(self, painter: QPainter, entry: Entry, rect: QRectF, direction: Qt.LayoutDirection) -> None:
        spot = leading(direction, rect, QRectF(rect.x() + 12, rect.center().y() - 16, 32, 32))
        if entry.hit is not None and entry.hit.kind is HitKind.PERSON:
            paint_avatar(painter, spot, entry.title)
            return
        name = entry.command.icon or "command" if entry.command is not None else "search"
        if entry.hit is not None:
            name = _ICONS[entry.hit.kind]
        fill_round(painter, spot, 9, T("neutral_soft" if entry.command is not None else "soft"))
        tint = T("neutral" if entry.command is not None else "on_soft")
        paint_icon(painter, name, spot.adjusted(7, 7, -7, -7), tint)

    def _paint_end(self, painter: QPainter, entry: Entry, rect: QRectF, direction: Qt.LayoutDirection) -> float:
        """Amount over day, or the keys of a command; returns where the words must stop."""
        first, second = self._end_words(entry)
        right = rect.right() - 16
        big, small = font(13, 600, tabular=True), font(12, tabular=True)
        width = max(
            metrics(13, 600, tabular=True).horizontalAdvance(first),
            metrics(12, tabular=True).horizontalAdvance(second),
        )
        if width <= 0:
            return right
        side = aligned(direction, end=True)
        at = QRectF(right - width - 2, rect.y() + (8 if second else 16), width + 2, 20)
        draw_text(painter, leading(direction, rect, at), first, big, T("text" if entry.hit else "text3"), side)
        below = QRectF(right - width - 2, rect.y() + 27, width + 2, 18)
        draw_text(painter, leading(direction, rect, below), second, small, T("text2"), side)
        return right - width - 14

    def _end_words(self, entry: Entry) -> tuple[str, str]:
        if entry.command is not None:
            keys = QKeySequence(entry.command.shortcut)
            return keys.toString(QKeySequence.SequenceFormat.NativeText), ""
        hit = entry.hit
        if hit is None or hit.day is None:
            return "", ""
        day = self._language.date(hit.day)
        if hit.amount is None:
            return day, ""
        return self._language.money(hit.amount, hit.currency), day


def draw_matched(
    painter: QPainter, rect: QRectF, text: str, parts: Sequence[str], direction: Qt.LayoutDirection
) -> None:
    """Draw one line whose matched letters are strong; plain text shaped as a whole, so joined scripts stay joined."""
    plain, strong = font(14, 500), font(14, 700)
    text = text[:300].replace("\n", " ")
    ranges = matched_letters(text, parts)
    if metrics(14, 700).horizontalAdvance(text) > rect.width():
        text = metrics(14, 700).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        ranges = [(start, min(length, len(text) - start)) for start, length in ranges if start < len(text)]
    layout = QTextLayout(text, plain)
    option = QTextOption(aligned(direction) & Qt.AlignmentFlag.AlignHorizontal_Mask)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    layout.setFormats([_strong(strong, start, length) for start, length in ranges])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    painter.setPen(T("text"))
    layout.draw(painter, QPointF(rect.x(), rect.y() + (rect.height() - line.height()) / 2))


def _strong(face: QFont, start: int, length: int) -> QTextLayout.FormatRange:
    look = QTextCharFormat()
    look.setFont(face)
    look.setForeground(T("accent_text"))
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = start, length, look
    return result
