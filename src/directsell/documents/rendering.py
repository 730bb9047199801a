"""From a paper to the bytes of its PDF: one call, no state, the same bytes for the same paper."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from directsell.documents import labels
from directsell.documents.canvases import new_canvas, one_document
from directsell.documents.invoice import MARGIN as INVOICE_MARGIN
from directsell.documents.invoice import Invoice
from directsell.documents.parts import Scene
from directsell.documents.roll import BLACK_ONLY, Roll
from directsell.documents.roll import MARGIN as ROLL_MARGIN
from directsell.documents.sheet import Box, Sheet
from directsell.documents.slip import MARGIN as SLIP_MARGIN
from directsell.documents.slip import Slip
from directsell.documents.style import SIZES, SheetSize, palette_of
from directsell.documents.text import clean
from directsell.domain.papers import Copy, Paper, PaperFormat, PaperKind
from directsell.i18n import Language

TEMPLATE = 1  # grows when the same paper would give other bytes; stored with each issued paper

_LETTER_INVOICES = frozenset({PaperFormat.LETTER, PaperFormat.HALF_LETTER, PaperFormat.LETTER_TWO_UP})
_SLIPS = frozenset({PaperKind.ORDER_SLIP, PaperKind.SLIP_VOID})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished paper.

    Attributes:
        pdf: the file.
        pages: number of sheets of paper sides in it.
        missing: characters that no font has; they are printed as ``?``, and the user should be told.
        boxes: where each text stands, only if they were asked for; of an order slip, those of one copy.
    """

    pdf: bytes
    pages: int
    missing: frozenset[str]
    boxes: tuple[Box, ...] = ()


def render(paper: Paper, *, language: Language | None = None, page: PaperFormat | None = None) -> bytes:
    """Return the PDF of a paper.

    Args:
        paper: the frozen content.
        language: language of the words and figures; default: that of the paper.
        page: sheet to use instead of the paper's own. Invoices and credit notes are drawn on A4 or Letter,
            whichever is the larger sheet of the same family.

    Raises:
        DomainError: ``money.unknown_currency``.
    """
    return draw(paper, language=language, page=page).pdf


def draw(
    paper: Paper, *, language: Language | None = None, page: PaperFormat | None = None, record: bool = False
) -> Drawn:
    """Return the PDF of a paper with what is worth knowing about it; arguments as for ``render``.

    Args:
        paper: the frozen content.
        language: language of the words and figures.
        page: sheet to use.
        record: also return the box of each text, for tests of the layout.
    """
    spoken = language or Language.load(paper.language)
    with one_document():
        if paper.kind in _SLIPS and (page or paper.page_format) is PaperFormat.ROLL_80:
            return _draw_roll(paper, spoken, record)
        if paper.kind in _SLIPS:
            return _draw_slip(paper, spoken, page or paper.page_format, record)
        return _draw_invoice(paper, spoken, page or paper.page_format, record)


def _draw_invoice(paper: Paper, language: Language, page: PaperFormat, record: bool) -> Drawn:
    size = SIZES[PaperFormat.LETTER if page in _LETTER_INVOICES else PaperFormat.A4]
    scene = _scene(paper, language, size, INVOICE_MARGIN)
    invoice = Invoice(scene)
    buffer, canvas = _canvas(scene, size.width, size.height)
    sheet = Sheet(canvas, size.width, size.height, mirrored=language.rtl, record=record)
    for index in range(len(invoice.pages)):
        sheet.page = index
        invoice.draw(sheet, index)
        canvas.showPage()
    canvas.save()
    return Drawn(buffer.getvalue(), len(invoice.pages), frozenset(sheet.missing), tuple(sheet.boxes))


def _draw_slip(paper: Paper, language: Language, page: PaperFormat, record: bool) -> Drawn:
    """Draw each page once as a form, and place it for every copy."""
    size = SIZES[page]
    copies = paper.copies or (Copy.CUSTOMER,)
    slips = {discreet: Slip(_scene(told, language, size, SLIP_MARGIN)) for discreet, told in _told(paper, copies)}
    scene = slips[False].scene
    width = size.width * 2 if size.two_up else size.width
    buffer, canvas = _canvas(scene, width, size.height)
    sheet = Sheet(canvas, size.width, size.height, mirrored=language.rtl, record=record)
    for discreet, slip in slips.items():
        form = Sheet(canvas, size.width, size.height, mirrored=language.rtl, sharing=sheet)
        form.boxes = [] if discreet else sheet.boxes
        for index in range(len(slip.pages)):
            form.page = index
            canvas.beginForm(_form("slip", index, discreet), 0, 0, size.width, size.height)
            slip.draw(form, index)
            canvas.endForm()
    pages = {copy: len(slips[_is_discreet(copy)].pages) for copy in copies}
    placed = _two_up(pages) if size.two_up else [((index, copy),) for copy in copies for index in range(pages[copy])]
    for number, sides in enumerate(placed):
        for column, (index, copy) in enumerate(sides):
            canvas.saveState()
            canvas.translate(column * size.width, 0)
            canvas.doForm(_form("slip", index, _is_discreet(copy)))
            top = Sheet(canvas, size.width, size.height, mirrored=language.rtl, sharing=sheet)
            top.page = index
            top.boxes = sheet.boxes if number == index and not column else []
            slips[_is_discreet(copy)].draw_copy(top, copy)
            canvas.restoreState()
        if size.two_up:
            Sheet(canvas, width, size.height).upright(
                size.width, 0, size.height, width=0.4, color="0.6 0.63 0.67", dash="2 3"
            )
        canvas.showPage()
    canvas.save()
    return Drawn(buffer.getvalue(), len(placed), frozenset(sheet.missing), tuple(sheet.boxes))


def _draw_roll(paper: Paper, language: Language, record: bool) -> Drawn:
    """Draw each piece once as a form, and place it for every copy; a piece is as long as it needs to be."""
    size = SIZES[PaperFormat.ROLL_80]
    copies = paper.copies or (Copy.CUSTOMER,)
    rolls = {
        discreet: Roll(replace(_scene(told, language, size, ROLL_MARGIN), palette=BLACK_ONLY))
        for discreet, told in _told(paper, copies)
    }
    roll = rolls[False]
    scene = roll.scene
    buffer, canvas = _canvas(scene, size.width, roll.heights[0])
    first = Sheet(canvas, size.width, roll.heights[0], mirrored=language.rtl, record=record)
    for discreet, told in rolls.items():
        for index, height in enumerate(told.heights):
            sheet = Sheet(canvas, size.width, height, mirrored=language.rtl, sharing=first)
            sheet.boxes = [] if discreet else first.boxes
            sheet.page = index
            canvas.beginForm(_form("roll", index, discreet), 0, 0, size.width, height)
            told.draw(sheet, index)
            canvas.endForm()
    drawn = 0
    for number, copy in enumerate(copies):
        for index, height in enumerate(rolls[_is_discreet(copy)].heights):
            drawn += 1
            canvas.setPageSize((size.width, height))
            canvas.doForm(_form("roll", index, _is_discreet(copy)))
            top = Sheet(canvas, size.width, height, mirrored=language.rtl, sharing=first)
            top.page = index
            top.boxes = first.boxes if not number else []
            roll.draw_copy(top, copy)
            canvas.showPage()
    canvas.save()
    return Drawn(buffer.getvalue(), drawn, frozenset(first.missing), tuple(first.boxes))


def _told(paper: Paper, copies: tuple[Copy, ...]) -> list[tuple[bool, Paper]]:
    """Return the paper in full, and for copies that others keep as it is without the customer's address."""
    discreet = replace(paper, customer=replace(paper.customer, lines=()))
    return [(False, paper), *([(True, discreet)] if any(_is_discreet(copy) for copy in copies) else [])]


def _is_discreet(copy: Copy) -> bool:
    """Tell whether somebody keeps a copy who need not know where the customer lives."""
    return copy is Copy.HOST


def _form(kind: str, index: int, discreet: bool) -> str:
    return f"{kind}{index}" if not discreet else f"{kind}-host{index}"


def _two_up(pages: Mapping[Copy, int]) -> list[tuple[tuple[int, Copy], ...]]:
    """Return what stands on each turned sheet: the copies of a page side by side."""
    copies = list(pages)
    return [
        sides
        for index in range(max(pages.values()))
        for start in range(0, len(copies), 2)
        if (sides := tuple((index, copy) for copy in copies[start : start + 2] if index < pages[copy]))
    ]


def _scene(paper: Paper, language: Language, size: SheetSize, margin: float) -> Scene:
    return Scene(paper, language, palette_of(paper.sender.accent), size.width, size.height, margin)


def _canvas(scene: Scene, width: float, height: float) -> tuple[io.BytesIO, Any]:
    paper = scene.paper
    title, customer = (clean(text[:200]).replace("\n", " ") for text in (scene.title, paper.customer.name))
    return new_canvas(
        width,
        height,
        day=paper.paper_date,
        tag=scene.language.tag,
        title=title,
        author=paper.sender.name,
        subject=scene.say(labels.PAPER_SUBJECT, title=title, name=customer),
        keywords=paper.number or "",
    )
