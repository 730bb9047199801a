"""A plain sheet of headed rows with figures at their ends: host sheet, settlement. It draws; what stands there is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from directsell.documents.canvases import new_canvas, one_document
from directsell.documents.fonts import Weight
from directsell.documents.parts import draw_fitted
from directsell.documents.rendering import Drawn
from directsell.documents.sheet import GREY, MM, RULE, Sheet
from directsell.documents.style import SIZES, palette_of
from directsell.documents.wrapping import wrap
from directsell.domain.papers import PaperFormat
from directsell.i18n import Language

_LETTERS = frozenset({PaperFormat.LETTER, PaperFormat.HALF_LETTER, PaperFormat.LETTER_TWO_UP})
_MARGIN = 20 * MM
_SIZE, _PITCH = 9.5, 4.9 * MM
_VALUE_ROOM = 42 * MM
_TICK = 3 * MM


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row: words, a small remark below them, and a figure at the end.

    ``strong`` rows are sums, with a rule above; ``tick`` rows have a small box in front to be ticked with a pen.
    """

    label: str
    value: str = ""
    note: str = ""
    strong: bool = False
    tick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSection:
    """Rows below a heading; one without rows is left out."""

    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSheet:
    """Everything that a sheet shows, in the language of the paper."""

    title: str
    subtitle: str
    seller: str
    day: date
    language: str
    page_format: PaperFormat
    accent: str
    sections: tuple[FigureSection, ...]
    foot: str = ""


class _Item(NamedTuple):
    height: float
    draw: Callable[[Sheet, float], None]
    keep: bool = False  # on the page of its follower


def render_figures(content: FigureSheet) -> bytes:
    """Return the PDF of a sheet."""
    return draw_figures(content).pdf


def draw_figures(content: FigureSheet, *, record: bool = False) -> Drawn:
    """Return the PDF of a sheet; with ``record`` also the box of each text."""
    language = Language.load(content.language)
    size = SIZES[PaperFormat.LETTER if content.page_format in _LETTERS else PaperFormat.A4]
    inner = size.width - 2 * _MARGIN
    with one_document():
        buffer, canvas = new_canvas(
            size.width,
            size.height,
            day=content.day,
            tag=language.tag,
            title=content.title,
            author=content.seller,
            subject=content.subtitle,
        )
        pages = _paginate(_items(content, inner), size.height)
        sheet = Sheet(canvas, size.width, size.height, mirrored=language.rtl, record=record)
        for number, items in enumerate(pages):
            sheet.page = number
            if number == 0:
                _head(sheet, content, inner)
            for y, item in items:
                item.draw(sheet, y)
            _foot(sheet, content, f"{number + 1}/{len(pages)}" if len(pages) > 1 else "")
            canvas.showPage()
        canvas.save()
    return Drawn(buffer.getvalue(), len(pages), frozenset(sheet.missing), tuple(sheet.boxes))


def _head(sheet: Sheet, content: FigureSheet, inner: float) -> None:
    sheet.zone = "head"
    words = palette_of(content.accent).words
    draw_fitted(sheet, _MARGIN, 24 * MM, content.title, 20, inner, weight="Bold", color=words, smallest=12)
    draw_fitted(sheet, _MARGIN, 31 * MM, content.subtitle, 10.5, inner, color=GREY, smallest=7)


def _foot(sheet: Sheet, content: FigureSheet, count: str) -> None:
    sheet.zone = "foot"
    y = sheet.height - 11 * MM
    sheet.rule(_MARGIN, y - 4 * MM, sheet.width - _MARGIN)
    room = sheet.width - 2 * _MARGIN - 16 * MM
    draw_fitted(sheet, _MARGIN, y, content.foot or content.seller, 7.5, room, color=GREY, smallest=5)
    sheet.text(sheet.width - _MARGIN, y, count, 7.5, color=GREY, align="right")


def _items(content: FigureSheet, inner: float) -> list[_Item]:
    items: list[_Item] = []
    for section in content.sections:
        if section.rows:
            items.append(_heading(section.title, inner))
            follow = [row.strong for row in section.rows[1:]] + [False]
            items += [
                _row(row, inner)._replace(keep=sum_next) for row, sum_next in zip(section.rows, follow, strict=True)
            ]
    return items


def _heading(title: str, inner: float) -> _Item:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = "heading"
        draw_fitted(sheet, _MARGIN, y + 8 * MM, title, 12, inner, weight="SemiBold", smallest=8)

    return _Item(10.5 * MM, draw, keep=True)


def _row(row: FigureRow, inner: float) -> _Item:
    indent = _TICK + 2.4 * MM if row.tick else 0.0
    room = inner - (_VALUE_ROOM if row.value else 0.0) - indent
    weight: Weight = "SemiBold" if row.strong else "Regular"
    words = wrap(row.label, weight, _SIZE, room)
    note = wrap(row.note, "Regular", _SIZE - 1.5, inner - indent) if row.note else None
    lines = len(words.lines) + (len(note.lines) * 0.85 if note is not None else 0)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = "row"
        if row.strong:
            sheet.rule(_MARGIN, y + 0.6 * MM, _MARGIN + inner, color=RULE)
        base = y + _PITCH - 0.8 * MM
        if row.tick:
            sheet.box(_MARGIN, base - _TICK + 0.5 * MM, _TICK, _TICK, color=GREY)
        sheet.block(_MARGIN + indent, base, words, _SIZE, _PITCH, weight=weight)
        if note is not None:
            below = base + len(words.lines) * _PITCH - 0.7 * MM
            sheet.block(_MARGIN + indent, below, note, _SIZE - 1.5, _PITCH * 0.85, color=GREY)
        if row.value:
            end = _MARGIN + inner
            draw_fitted(
                sheet, end, base, row.value, _SIZE, _VALUE_ROOM - 2 * MM, weight=weight, align="right", smallest=6
            )

    return _Item(lines * _PITCH + 0.5 * MM, draw)


def _paginate(items: list[_Item], height: float) -> list[list[tuple[float, _Item]]]:
    """Place items below each other; a heading stays with its first row, a sum with a row before it.

    There is always one page.
    """
    pages: list[list[tuple[float, _Item]]] = [[]]
    top, y, bottom = 18 * MM, 35 * MM, height - 20 * MM
    kept = False
    for place, item in enumerate(items):
        needed = item.height
        while items[place].keep and place + 1 < len(items):
            place += 1
            needed += items[place].height
        if pages[-1] and (y + item.height > bottom or (y + needed > bottom and not kept)):
            pages.append([])
            y = top
        kept = item.keep
        pages[-1].append((y, item))
        y += item.height
    return pages
