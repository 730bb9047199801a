"""Cancellation notices on their own sheet: the American form in duplicate, instruction and form elsewhere. No law here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from directsell.documents.canvases import new_canvas, one_document
from directsell.documents.fonts import Weight
from directsell.documents.rendering import Drawn
from directsell.documents.sheet import GREY, INK, MM, Sheet
from directsell.documents.style import SIZES, SheetSize
from directsell.documents.text import clean, measure
from directsell.documents.wrapping import Wrapped, shorten, wrap
from directsell.domain.cooling_off.notices import Notice, check_notice, parts_of
from directsell.domain.cooling_off.texts import Layout, Part, Style
from directsell.domain.papers import PaperFormat
from directsell.i18n import Language

NOTICE_TEMPLATE = 1  # grows when the same notice would give other bytes; stored with each printed notice
DUPLICATE_SIZE = 10.0  # 16 CFR 429.1(b): ten point bold face type
_LETTER = frozenset({PaperFormat.LETTER, PaperFormat.HALF_LETTER, PaperFormat.LETTER_TWO_UP})
_AIRS = ((8.0, 15 * MM), (6.0, 12 * MM), (4.0, 9 * MM))  # gap between paragraphs, upper and lower margin of a copy
_SIZES = (10.5, 10.0, 9.5, 9.0)  # of the running text, the largest that fits
_SMALLEST = 9.0
_RED = "0.78 0.04 0.10"
_WRITING = 8.2 * MM  # height of a line to write on by hand
_NARROW = 20 * MM  # the least room for handwriting behind a label

_Paragraphs = Sequence[tuple[Style, tuple[str, ...]]]


class _Item(NamedTuple):
    """Something of known height that is not torn apart; ``gap`` above it falls away at the top of a page."""

    height: float
    draw: Callable[[Sheet, float], None]
    gap: float = 0.0
    keep: bool = False  # on the page of its follower


@dataclass(frozen=True, slots=True)
class _Look:
    """How one part is set: margins, size of the running text, weight and colour."""

    left: float
    width: float
    size: float
    pitch: float
    gap: float
    weight: Weight
    heavy: Weight
    color: str
    title: float
    corner: str = ""  # stands at the right end of the title


@dataclass(slots=True)
class _Page:
    """One side of paper: what stands where, which lines cut it, which frames stand on it."""

    items: list[tuple[float, _Item]] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    frames: list[tuple[float, float]] = field(default_factory=list)


def render_notice(notice: Notice, *, language: Language | None = None, page: PaperFormat | None = None) -> bytes:
    """Return the PDF of a notice.

    Args:
        notice: the frozen content.
        language: how dates are written; default: the language of the notice.
        page: sheet to use; notices are drawn on A4 or Letter, whichever is the larger sheet of the same family.

    Raises:
        DomainError: ``paper.no_address`` or ``notice.no_deadline``.
    """
    return draw_notice(notice, language=language, page=page).pdf


def draw_notice(
    notice: Notice, *, language: Language | None = None, page: PaperFormat | None = None, record: bool = False
) -> Drawn:
    """Return the PDF of a notice with what is worth knowing about it; arguments and errors as for ``render_notice``.

    Args:
        notice: the frozen content.
        language: how dates are written.
        page: sheet to use.
        record: also return the box of each text, for tests of the layout.
    """
    check_notice(notice)
    spoken = language or Language.load(notice.language)
    size = SIZES[PaperFormat.LETTER if (page or notice.page_format) in _LETTER else PaperFormat.A4]
    days = {"sale_date": notice.sale_date, "last_day": notice.last_day}
    dates = {name: spoken.date(day, "long").replace(" ", "\u00a0") for name, day in days.items() if day is not None}
    with one_document():
        pages = _duplicates(notice, dates, size) if _twice(notice) else _sheets(notice, dates, size)
        return _write(notice, spoken, size, pages, record)


def _twice(notice: Notice) -> bool:
    return notice.text.layout is Layout.DUPLICATE


def _write(notice: Notice, language: Language, size: SheetSize, pages: list[_Page], record: bool) -> Drawn:
    buffer, canvas = new_canvas(
        size.width,
        size.height,
        day=notice.sale_date,
        tag=language.tag,
        title=" ".join(filter(None, (notice.text.title, notice.reference))),
        author=notice.sender.name,
        keywords=notice.reference,
    )
    sheet = Sheet(canvas, size.width, size.height, record=record)
    for index, page in enumerate(pages):
        sheet.page = index
        for top, bottom in page.frames:
            _draw_frame(sheet, top, bottom)
        for y, item in page.items:
            item.draw(sheet, y)
        for y in page.cuts:
            sheet.rule(0, y, size.width, width=0.4, color="0.6 0.63 0.67", dash="2 3")
        if not _twice(notice):
            _draw_foot(sheet, notice, index + 1, len(pages))
        canvas.showPage()
    canvas.save()
    return Drawn(buffer.getvalue(), len(pages), frozenset(sheet.missing), tuple(sheet.boxes))


def _draw_foot(sheet: Sheet, notice: Notice, number: int, pages: int) -> None:
    """Say below which order, which wording of which day, which page: what the archive needs, in small print."""
    sheet.zone = "foot"
    y, left, right = sheet.height - 8 * MM, 20 * MM, sheet.width - 20 * MM
    count = f"{number}/{pages}" if pages > 1 else ""
    sheet.text(right, y, count, 6.5, color=GREY, align="right")
    facts = " · ".join(clean(part).replace("\n", " ") for part in (notice.reference, notice.text.stamp) if part)
    sheet.text(left, y, shorten(facts, "Regular", 6.5, right - left - 20 * MM), 6.5, color=GREY)


def _draw_frame(sheet: Sheet, top: float, bottom: float) -> None:
    left, right = 14 * MM, sheet.width - 14 * MM
    for y in (top, bottom):
        sheet.rule(left, y, right, width=1.2, color=_RED)
    for x in (left, right):
        sheet.upright(x, top, bottom, width=1.2, color=_RED)


# --- the American form, twice ----------------------------------------------------------------------------------


def _duplicates(notice: Notice, dates: dict[str, str], size: SheetSize) -> list[_Page]:
    """Place two copies on a sheet with a line to cut along, or each on its own pages where they are too long."""
    half = size.height / 2
    for gap, edge in _AIRS:
        items = _duplicate(notice, dates, size, gap)
        if _height(items) <= half - 2 * edge:
            pages: list[_Page] = []
            for copy in range(notice.copies):
                if copy % 2 == 0:
                    pages.append(_Page(cuts=[half] if copy + 1 < notice.copies else []))
                _place(pages[-1], items, edge + half * (copy % 2))
            return pages
    items = _duplicate(notice, dates, size, _AIRS[0][0])
    return [page for _ in range(notice.copies) for page in _flow(items, 15 * MM, size.height - 15 * MM)]


def _duplicate(notice: Notice, dates: dict[str, str], size: SheetSize, gap: float) -> list[_Item]:
    """Return one copy: the law wants every word of it in bold type of ten points at least."""
    side = 14 * MM
    look = _Look(
        left=side,
        width=size.width - 2 * side,
        size=DUPLICATE_SIZE,
        pitch=DUPLICATE_SIZE * 1.2,
        gap=gap,
        weight="Bold",
        heavy="Bold",
        color="0 0 0",
        title=12.0,
        corner=notice.reference,
    )
    return [item for _, paragraphs in parts_of(notice, dates) for item in _set(paragraphs, look)]


# --- instruction and form --------------------------------------------------------------------------------------


def _sheets(notice: Notice, dates: dict[str, str], size: SheetSize) -> list[_Page]:
    """Place the instruction and the form on one sheet if they fit and may share it, else on a sheet each."""
    parts = parts_of(notice, dates)
    top, bottom = 17 * MM, size.height - 14 * MM
    if not notice.text.form_apart:
        for body in (*_SIZES, 8.5):
            sets = [_set(paragraphs, _look(notice, size, body, part)) for part, paragraphs in parts]
            between = 11 * MM
            if sum(_height(items) for items in sets) + between * (len(sets) - 1) <= bottom - top:
                return [_together(notice, sets, top, between)]
    pages: list[_Page] = []
    for part, paragraphs in parts:
        body = next(
            (s for s in _SIZES if _height(_set(paragraphs, _look(notice, size, s, part))) <= bottom - top), _SMALLEST
        )
        found = _flow(_set(paragraphs, _look(notice, size, body, part)), top, bottom)
        if notice.text.red and not part.form:
            for page in found:
                page.frames.append((top - 5 * MM, _end(page) + 4 * MM))
        pages += found
    return pages


def _together(notice: Notice, sets: list[list[_Item]], top: float, between: float) -> _Page:
    page = _Page()
    y = top
    for index, items in enumerate(sets):
        if index:
            page.cuts.append(y + between * 0.4)
            y += between
        begin = y
        y = _place(page, items, y)
        if notice.text.red and index == 0:
            page.frames.append((begin - 5 * MM, y + 4 * MM))
            y += 4 * MM
    return page


def _look(notice: Notice, size: SheetSize, body: float, part: Part) -> _Look:
    side = 20 * MM
    return _Look(
        left=side,
        width=size.width - 2 * side,
        size=body,
        pitch=body * 1.36,
        gap=body * 0.55,
        weight="Regular",
        heavy="SemiBold",
        color=_RED if notice.text.red and not part.form else INK,
        title=body + 4.5,
        corner="",
    )


# --- items -----------------------------------------------------------------------------------------------------


def _set(paragraphs: _Paragraphs, look: _Look) -> list[_Item]:
    """Return the items of a part, line by line."""
    items: list[_Item] = []
    for style, texts in paragraphs:
        if style is Style.FIELD:
            items += [item for text in texts for item in _field(text, look)]
        elif style is Style.SIGNATURES:
            items.append(_signatures(texts, look))
        elif style is Style.FILLED:
            items.append(_filled(texts, look))
        elif style is Style.LINES:
            items += [*_prose(" ".join(texts), look, style), _ruling(look), _ruling(look)]
        else:
            items += _prose(" ".join(texts), look, style)
    return items


def _prose(text: str, look: _Look, style: Style) -> list[_Item]:
    size, weight, gap = look.size, look.weight, look.gap
    room = look.width
    if style is Style.TITLE:
        size, weight, gap = look.title, "Bold", 0.0
        room -= measure(clean(look.corner), weight, look.size) + 5 * MM if look.corner else 0.0
    elif style is Style.HEADING:
        size, weight, gap = look.size + 1, look.heavy, look.gap * 2.2
    elif style is Style.NOTE:
        size = max(look.size - 1, 8.0)
    pitch = look.pitch * size / look.size
    wrapped = wrap(text, weight, size, room)
    items = []
    for index, line in enumerate(wrapped.lines):
        corner = look.corner if style is Style.TITLE and index == 0 else ""

        def draw(sheet: Sheet, y: float, line: str = line, corner: str = corner) -> None:
            sheet.zone = style.value
            one = Wrapped((line,), wrapped.rtl)
            sheet.block(look.left, y + size, one, size, pitch, weight=weight, color=look.color)
            if corner:
                right = look.left + look.width
                sheet.text(right, y + size, corner, look.size, weight=weight, color=look.color, align="right")

        keep = style in (Style.TITLE, Style.HEADING, Style.LINES) or (index == 0 and len(wrapped.lines) > 1)
        items.append(_Item(pitch, draw, gap if index == 0 else 0.0, keep))
    return items


def _field(label: str, look: _Look) -> list[_Item]:
    """Return a label with a line behind it, or below it where the label is long."""
    wrapped = wrap(label, look.weight, look.size, look.width)
    used = measure(wrapped.lines[-1], look.weight, look.size)
    if len(wrapped.lines) > 1 or look.width - used < look.width * 0.4:
        return [*_prose(label, look, Style.LINES), _ruling(look)]

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = Style.FIELD.value
        base = y + _WRITING - 2
        sheet.block(look.left, base, wrapped, look.size, look.pitch, weight=look.weight, color=look.color)
        sheet.rule(look.left + used + 2 * MM, base + 1.5, look.left + look.width, width=0.6, color=INK)

    return [_Item(_WRITING, draw)]


def _ruling(look: _Look) -> _Item:
    """Return an empty line to write on."""

    def draw(sheet: Sheet, y: float) -> None:
        sheet.rule(look.left, y + _WRITING - 0.5, look.left + look.width, width=0.6, color=INK)

    return _Item(_WRITING, draw)


def _filled(texts: tuple[str, ...], look: _Look) -> _Item:
    """Return a value on a line, with what it is behind the line."""
    value, label = clean(texts[0]), clean(" ".join(texts[1:]))

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = Style.FILLED.value
        base = y + look.size
        used = max(measure(value, look.weight, look.size), _NARROW * 2.5)
        sheet.text(look.left, base, value, look.size, weight=look.weight, color=look.color)
        sheet.rule(look.left, base + 2.2, look.left + used, width=0.6, color=INK)
        sheet.text(look.left + used + 2 * MM, base, label, look.size, weight=look.weight, color=look.color)

    return _Item(look.pitch + 2, draw, look.gap)


def _signatures(labels: tuple[str, ...], look: _Look) -> _Item:
    """Return labels with lines behind them, side by side; the last one, for the name, is the widest."""
    shares = [1.0] * (len(labels) - 1) + [1.9]
    room = look.width - 5 * MM * (len(labels) - 1)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = Style.SIGNATURES.value
        base, x = y + _WRITING - 2, look.left
        for label, share in zip(labels, shares, strict=True):
            width = room * share / sum(shares)
            text = shorten(clean(label), look.weight, look.size, width - _NARROW)
            sheet.text(x, base, text, look.size, weight=look.weight, color=look.color)
            begin = x + measure(text, look.weight, look.size) + 2 * MM
            sheet.rule(begin, base + 1.5, x + width, width=0.6, color=INK)
            x += width + 5 * MM

    return _Item(_WRITING, draw, look.gap)


# --- pages -----------------------------------------------------------------------------------------------------


def _height(items: Sequence[_Item]) -> float:
    return sum(item.height + (item.gap if index else 0.0) for index, item in enumerate(items))


def _place(page: _Page, items: Sequence[_Item], y: float) -> float:
    """Put items below each other and return where the next would begin."""
    for index, item in enumerate(items):
        y += item.gap if index else 0.0
        page.items.append((y, item))
        y += item.height
    return y


def _flow(items: Sequence[_Item], top: float, bottom: float) -> list[_Page]:
    """Distribute items over as many pages as they need; a heading stays with what follows it."""
    pages = [_Page()]
    y = top
    for index, item in enumerate(items):
        gap = item.gap if pages[-1].items else 0.0
        need = gap + item.height + (items[index + 1].height if item.keep and index + 1 < len(items) else 0.0)
        if pages[-1].items and y + need > bottom:
            pages.append(_Page())
            y, gap = top, 0.0
        pages[-1].items.append((y + gap, item))
        y += gap + item.height
    return pages


def _end(page: _Page) -> float:
    return max(y + item.height for y, item in page.items)
