"""The table of the lines: column widths from the content, rows as blocks, carried sums. No totals, no page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from directsell.documents import labels
from directsell.documents.fonts import Weight
from directsell.documents.pages import Block, Table
from directsell.documents.parts import Scene, draw_fitted
from directsell.documents.sheet import ASCENT, DESCENT, GREY, INK, MM, Align, Sheet
from directsell.documents.style import BODY, LABEL, PITCH, ROW_AIR
from directsell.documents.text import clean, measure
from directsell.documents.wrapping import Wrapped, shorten, wrap
from directsell.domain.papers import PaperLine

GAP = 3.2 * MM
SMALL_PITCH = 3.6 * MM
HEADER_HEIGHT = 6.4 * MM
CARRY_HEIGHT = 6.2 * MM
LINES_PER_PIECE = 6  # a longer text goes on in a further piece of the row, so that no row is higher than a page
NARROWEST_NAME = 34 * MM
WIDEST_FIGURE = 40 * MM
SMALLEST_CODE = 5.5


@dataclass(slots=True)
class Column:
    """A column of the table: header, one text for each line, how it is aligned; width and edge follow."""

    header: str
    texts: list[str]
    align: Align = "right"
    color: str = INK
    weight: Weight = "Regular"
    widest: float = WIDEST_FIGURE
    cuts: bool = False  # figures shrink until they fit; codes shrink a little and are then cut
    width: float = 0.0
    edge: float = field(default=0.0)  # left end for left-aligned columns, right end for the others

    def natural_width(self) -> float:
        """Return the width that the header and the texts want, within the limit."""
        figures = max((measure(text, self.weight, BODY) for text in dict.fromkeys(self.texts)), default=0.0)
        return min(max(figures, measure(self.header, "SemiBold", LABEL)), self.widest)


class TextLine(NamedTuple):
    """A line in the name column and how far its baseline is below the line before."""

    line: Wrapped
    size: float
    pitch: float
    color: str


def invoice_columns(scene: Scene) -> tuple[list[Column], int]:
    """Return the columns of an invoice and the index of the name column; empty columns are left out."""
    lines = scene.paper.lines
    say = scene.say
    before = [Column(say(labels.POSITION), [line.position for line in lines], "left", GREY, widest=14 * MM)]
    if any(line.code for line in lines):
        before.append(Column(say(labels.CODE), [line.code for line in lines], "left", GREY, widest=26 * MM, cuts=True))
    name = Column(say(labels.NAME), [], "left")
    after = _figures(scene)
    return [*before, name, *after], len(before)


def slip_columns(scene: Scene) -> tuple[list[Column], int]:
    """Return the columns of an order slip: quantity, name with its code, price, discount, amount."""
    quantity, *rest = _figures(scene, with_tax=False)
    quantity.align = "left"
    return [quantity, Column(scene.say(labels.NAME), [], "left"), *rest], 1


def _figures(scene: Scene, *, with_tax: bool = True) -> list[Column]:
    paper, language = scene.paper, scene.language
    lines = paper.lines
    columns = [
        Column(scene.say(labels.QUANTITY), [quantity_text(line, scene) for line in lines]),
        Column(
            scene.say(labels.UNIT_PRICE), [language.price_amount(line.unit_price, paper.currency) for line in lines]
        ),
    ]
    if any(line.discount_ppm or line.discount for line in lines):
        texts = [discount_text(line, scene) for line in lines]
        columns.append(Column(scene.say(labels.LINE_DISCOUNT), texts, color=scene.palette.words))
    if with_tax and any(line.tax_label for line in lines):
        columns.append(Column(scene.say(labels.TAX), [line.tax_label for line in lines], color=GREY, widest=24 * MM))
    header = scene.say(labels.AMOUNT, currency=paper.currency)
    columns.append(Column(header, [language.amount(line.amount, paper.currency) for line in lines]))
    return columns


def quantity_text(line: PaperLine, scene: Scene) -> str:
    """Return how much of a line, with its unit."""
    text = scene.language.quantity(line.quantity)
    return f"{text}\u00a0{line.unit}" if line.unit else text


def discount_text(line: PaperLine, scene: Scene) -> str:
    """Return the discount of a line as a rate or an amount; "" if it has none."""
    if line.discount_ppm:
        return scene.language.percent(line.discount_ppm)
    return scene.language.amount(-line.discount, scene.paper.currency) if line.discount else ""


def build_table(scene: Scene, columns: list[Column], name: int, *, code_in_name: bool = False) -> Table:
    """Measure the columns and return header, rows and the carried sums as blocks."""
    _place(scene, columns, name)
    rows = []
    for index, line in enumerate(scene.paper.lines):
        rows.extend(_row(scene, columns, name, index, line, code_in_name=code_in_name))
    header = Block(HEADER_HEIGHT, _header(scene, columns))
    return Table(header, rows, CARRY_HEIGHT, _carry(scene, columns))


def _place(scene: Scene, columns: list[Column], name: int) -> None:
    """Give each column its width; the name gets what is left, figures shrink when that is too little."""
    others = [column for index, column in enumerate(columns) if index != name]
    for column in others:
        column.width = column.natural_width()
    free = scene.inner - GAP * (len(columns) - 1)
    needed = sum(column.width for column in others)
    if free - needed < NARROWEST_NAME:
        factor = (free - NARROWEST_NAME) / needed
        for column in others:
            column.width *= factor
        needed *= factor
    columns[name].width = free - needed
    x = scene.margin
    for column in columns:
        column.edge = x if column.align == "left" else x + column.width
        x += column.width + GAP


def _header(scene: Scene, columns: list[Column]) -> Callable[[Sheet, float], None]:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = "header"
        for column in columns:
            draw_fitted(
                sheet, column.edge, y + 3.4 * MM, column.header, LABEL, column.width,
                weight="SemiBold", color=GREY, align=column.align,
            )  # fmt: skip
        sheet.rule(scene.margin, y + HEADER_HEIGHT - 0.8 * MM, scene.right, width=1.1, color=scene.palette.accent)

    return draw


def _carry(scene: Scene, columns: list[Column]) -> Callable[[Sheet, float, int, bool], None]:
    amounts = columns[-1]

    def draw(sheet: Sheet, y: float, amount: int, brought: bool) -> None:
        sheet.zone = "carry"
        base = y + CARRY_HEIGHT / 2 + BODY * 0.36
        label = scene.say(labels.BROUGHT if brought else labels.CARRIED)
        text = scene.language.amount(amount, scene.paper.currency)
        sheet.text(amounts.edge - amounts.width - GAP, base, label, BODY, color=GREY, align="right")
        draw_fitted(sheet, amounts.edge, base, text, BODY, amounts.width, weight="SemiBold", align="right")
        if brought:
            sheet.rule(scene.margin, y + CARRY_HEIGHT, scene.right)

    return draw


def _row(
    scene: Scene, columns: list[Column], name: int, index: int, line: PaperLine, *, code_in_name: bool
) -> list[Block]:
    """Return the pieces of a row: usually one, more for a text of many lines."""
    texts = _name_lines(scene, columns[name].width, line, code_in_name=code_in_name)
    pieces = [texts[start : start + LINES_PER_PIECE] for start in range(0, len(texts), LINES_PER_PIECE)]
    blocks = []
    for number, piece in enumerate(pieces):
        first, last = number == 0, number + 1 == len(pieces)
        height = sum(text.pitch for text in piece[1:]) + PITCH + (ROW_AIR if last else 0.0)
        draw = _row_drawing(scene, columns, name, index if first else None, piece, height, rule=last)
        blocks.append(Block(height, draw, line.amount if first else 0, with_next=not last))
    return blocks


def _name_lines(scene: Scene, width: float, line: PaperLine, *, code_in_name: bool) -> list[TextLine]:
    found = [TextLine(part, BODY, PITCH, INK) for part in _split(wrap(line.name, "Regular", BODY, width))]
    kind = scene.say(labels.KINDS[line.kind]) if line.kind in labels.KINDS else ""
    small = [part for part in (line.code if code_in_name else "", kind) if part]
    for text, color in ((" · ".join(small), scene.palette.words if kind else GREY), (line.note, GREY)):
        if text:
            wrapped = wrap(text, "Regular", LABEL, width)
            found += [TextLine(part, LABEL, SMALL_PITCH, color) for part in _split(wrapped)]
    return found


def _split(wrapped: Wrapped) -> list[Wrapped]:
    if len(wrapped.lines) == 1:
        return [wrapped]
    return [Wrapped((line,), wrapped.rtl) for line in wrapped.lines]


def _row_drawing(
    scene: Scene,
    columns: list[Column],
    name: int,
    index: int | None,
    piece: list[TextLine],
    height: float,
    *,
    rule: bool,
) -> Callable[[Sheet, float], None]:
    # The first baseline: half the air, then the letters in the middle of the first pitch.
    lead = ROW_AIR / 2 + (PITCH - (ASCENT + DESCENT) * BODY) / 2 + ASCENT * BODY

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = "row"
        base = y + lead
        if index is not None:
            for number, column in enumerate(columns):
                if number != name:
                    _cell(sheet, column, base, column.texts[index])
        x = columns[name].edge
        for number, text in enumerate(piece):
            base += text.pitch if number else 0.0
            sheet.text(x, base, text.line.lines[0], text.size, color=text.color, rtl=text.line.rtl)
        if rule:
            sheet.rule(scene.margin, y + height, scene.right)

    return draw


def _cell(sheet: Sheet, column: Column, base: float, text: str) -> None:
    if column.cuts and measure(text, column.weight, SMALLEST_CODE) > column.width:
        text = shorten(clean(text).replace("\n", " "), column.weight, SMALLEST_CODE, column.width)
    draw_fitted(sheet, column.edge, base, text, BODY, column.width, color=column.color, align=column.align)
