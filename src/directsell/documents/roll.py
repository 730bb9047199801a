"""Order slips on a roll of 80 mm: one column in pure black, as long as it needs to be. Other sheets are in slip.py.

A thermal head prints dots of an eighth of a millimetre, black or nothing, on 72 mm of the paper: so there are no greys, no
filled areas, no line thinner than a dot, and nothing within 4 mm of the edges.
"""

from __future__ import annotations

from collections.abc import Iterable

from directsell.documents import labels
from directsell.documents.codes import bar_code, payment_text, qr_code
from directsell.documents.fonts import Weight
from directsell.documents.images import logo_reader
from directsell.documents.pages import Block
from directsell.documents.parts import Scene, draw_fitted, join_facts, paragraphs
from directsell.documents.sheet import BLACK, MM, WHITE, Align, Sheet
from directsell.documents.signing import draw_signature_line, signature_lines
from directsell.documents.slip import fact_texts
from directsell.documents.style import Palette
from directsell.documents.sums import SumRow, open_row, rows_above, rows_below, total_label
from directsell.documents.table import discount_text, quantity_text
from directsell.documents.text import measure
from directsell.documents.wrapping import Wrapped, wrap
from directsell.domain.papers import Copy, PaperKind, PaperLine

MARGIN = 4 * MM
BLACK_ONLY = Palette(BLACK, WHITE, BLACK)
DOT = 0.125 * MM
THICK, THIN = 1.4, 0.6
TOP = 9 * MM  # the name of the copy stands here
FOOT = 7 * MM  # behind the last line, so that the paper is not torn off through it
LEAST = 100 * MM  # shorter than it is wide, a printer would turn it
LABEL = 20 * MM
LOGO = (48 * MM, 17 * MM)
CODE_SIZE = 30 * MM
SIGNATURE = 20 * MM


class Roll:
    """A slip as a column of blocks; ``heights`` of its pieces in points, usually one."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._pieces = _cut(_blocks(scene), scene.height - TOP - FOOT)
        self.heights = [max(LEAST, TOP + sum(block.height for block in piece) + FOOT) for piece in self._pieces]

    def draw(self, sheet: Sheet, index: int) -> None:
        """Draw one piece without the name of the copy, the first is 0."""
        y = TOP
        for block in self._pieces[index]:
            block.draw(sheet, y)
            y += block.height
        if len(self._pieces) > 1:
            scene = self.scene
            page = scene.say(labels.PAGE, page=str(index + 1), pages=str(len(self._pieces)))
            text = join_facts([scene.title, page] if scene.paper.number else [scene.say(labels.DRAFT), page])
            sheet.zone = "footer"
            sheet.text(scene.width / 2, sheet.height - 3 * MM, text, 7.5, color=BLACK, align="center")

    def draw_copy(self, sheet: Sheet, copy: Copy) -> None:
        """Write for whom the copy is between two rules at the upper end."""
        scene = self.scene
        sheet.zone = "copy"
        text = scene.say(labels.COPIES[copy])
        half = min(measure(text, "SemiBold", 8), scene.inner) / 2 + 2.5 * MM
        middle = scene.width / 2
        draw_fitted(sheet, middle, 5 * MM, text, 8, scene.inner, weight="SemiBold", color=BLACK, align="center")
        if half < scene.inner / 2 - 3 * MM:
            for x1, x2 in ((scene.margin, middle - half), (middle + half, scene.right)):
                sheet.rule(x1, 4 * MM, x2, width=THIN, color=BLACK)


def _cut(blocks: list[Block], room: float) -> list[list[Block]]:
    """Distribute blocks over pieces of the greatest length; hardly any slip has a second one."""
    pieces: list[list[Block]] = [[]]
    used = 0.0
    for block in blocks:
        if pieces[-1] and used + block.height > room:
            pieces.append([])
            used = 0.0
        pieces[-1].append(block)
        used += block.height
    return pieces


def _blocks(scene: Scene) -> list[Block]:
    paper = scene.paper
    sale = paper.kind is PaperKind.ORDER_SLIP  # what takes an order back grants no right to take it back
    blocks = [*_head(scene), *_title(scene), *_customer(scene), *_facts(scene)]
    blocks += _plain([paper.intro], scene)
    blocks.append(_rule(scene, THICK, 2.2 * MM, 0))
    for line in paper.lines:
        blocks += _row(scene, line)
    blocks += _sums(scene)
    blocks += _payment(scene)
    if sale:
        day = scene.language.date(paper.delivery_date) if paper.delivery_date else ""
        blocks += _labelled(
            scene, scene.say(labels.DELIVERY), paper.delivery_text or day, gap=3 * MM, weight="SemiBold"
        )
    blocks += _plain([paper.exemption_note, paper.closing, *paper.slip_texts], scene)
    if sale:
        blocks += paragraphs(
            [paper.statement], scene, size=10, pitch=4.4 * MM, gap=3.2 * MM, weight="Bold", color=BLACK
        )
    blocks += [_signature(scene, place) for place in range(2)]
    taxes = [f"{label} {value}".strip() for label, value in paper.sender.tax_ids]
    blocks += _lines(scene, [join_facts(taxes)], 7.5, 3.7 * MM, gap=3.5 * MM, zone="footer")
    return blocks


# --- blocks of text --------------------------------------------------------------------------------------------


def _lines(
    scene: Scene,
    texts: Iterable[str],
    size: float,
    pitch: float,
    *,
    gap: float = 0.0,
    weight: Weight = "Regular",
    align: Align = "center",
    zone: str = "head",
    most: int | None = None,
) -> list[Block]:
    """Return texts as blocks of a line each, a gap above the first one."""
    blocks: list[Block] = []
    x = scene.width / 2 if align == "center" else scene.margin
    for text in texts:
        wrapped = wrap(text, weight, size, scene.inner, most=most)
        for line in () if wrapped.empty else wrapped.lines:
            above = 0.0 if blocks else gap
            one = Wrapped((line,), wrapped.rtl)

            def draw(sheet: Sheet, y: float, one: Wrapped = one, above: float = above) -> None:
                sheet.zone = zone
                sheet.block(x, y + above + size, one, size, pitch, weight=weight, color=BLACK, align=align)

            blocks.append(Block(pitch + above, draw))
    return blocks


def _plain(texts: Iterable[str], scene: Scene) -> list[Block]:
    return paragraphs(texts, scene, size=8.2, pitch=3.8 * MM, gap=2.2 * MM, color=BLACK)


def _rule(scene: Scene, width: float, above: float, below: float) -> Block:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.rule(scene.margin, y + above, scene.right, width=width, color=BLACK)

    return Block(above + below, draw)


def _labelled(
    scene: Scene, label: str, text: str, *, gap: float = 0.0, weight: Weight = "Regular", zone: str = "facts"
) -> list[Block]:
    """Return a label with its text beside it."""
    room = scene.inner - LABEL
    wrapped = wrap(text, weight, 8.5, room, most=6)
    if wrapped.empty:
        return []
    pitch = 4.0 * MM

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = zone
        draw_fitted(sheet, scene.margin, y + gap + 8.5, label, 7.5, LABEL - 1.5 * MM, color=BLACK)
        sheet.block(scene.margin + LABEL, y + gap + 8.5, wrapped, 8.5, pitch, weight=weight, color=BLACK)

    return [Block(gap + len(wrapped.lines) * pitch, draw)]


# --- parts of the slip -----------------------------------------------------------------------------------------


def _head(scene: Scene) -> list[Block]:
    """Return logo, name, tagline and contact of the seller, in the middle."""
    sender = scene.paper.sender
    blocks = []
    picture = logo_reader(sender.logo) if sender.logo else None
    if picture is not None:
        reader, ratio = picture
        width = min(LOGO[0], LOGO[1] * ratio)

        def draw(sheet: Sheet, y: float) -> None:
            sheet.image(reader, (scene.width - width) / 2, y, width, width / ratio)

        blocks.append(Block(width / ratio + 2 * MM, draw))
    blocks += _lines(scene, [sender.name], 14, 6 * MM, weight="Bold", most=3)
    blocks += _lines(scene, [sender.tagline], 8.5, 4.1 * MM, gap=0.4 * MM, most=2)
    contact = [*_beside(scene, sender.address), *_beside(scene, (sender.phone, sender.email, sender.web))]
    blocks += _lines(scene, contact, 8, 3.8 * MM, gap=1.2 * MM, zone="contact", most=3)
    return blocks


def _beside(scene: Scene, texts: Iterable[str]) -> list[str]:
    """Join texts to lines as long as they fit on one."""
    lines: list[str] = []
    for text in texts:
        joined = join_facts([lines[-1], text]) if lines else ""
        if joined and measure(joined, "Regular", 8) <= scene.inner:
            lines[-1] = joined
        elif text.strip():
            lines.append(text)
    return lines


def _title(scene: Scene) -> list[Block]:
    """Return the title between rules, with the number as bars below it; a draft says so."""
    number = scene.paper.number
    blocks = [_rule(scene, THICK, 3 * MM, 1.6 * MM)]

    def title(sheet: Sheet, y: float) -> None:
        sheet.zone = "title"
        draw_fitted(
            sheet, scene.width / 2, y + 13, scene.title, 13, scene.inner, weight="Bold", color=BLACK, align="center"
        )

    blocks.append(Block(6.4 * MM, title))
    if number is None:
        blocks += _lines(scene, [scene.say(labels.DRAFT)], 20, 9 * MM, weight="Bold", zone="draft", most=1)
    rows = bar_code(number or "")
    dots = 0 if rows is None else min(2, int(scene.inner / (len(rows[0]) * DOT)))
    if rows is not None and dots:
        width = len(rows[0]) * dots * DOT

        def bars(sheet: Sheet, y: float) -> None:
            sheet.modules((scene.width - width) / 2, y + 1 * MM, rows, dots * DOT, 9 * MM)

        blocks.append(Block(11 * MM, bars))
    blocks.append(_rule(scene, THIN, 1 * MM, 1.4 * MM))
    return blocks


def _customer(scene: Scene) -> list[Block]:
    customer = scene.paper.customer
    name = _lines(scene, [customer.name], 10.5, 4.8 * MM, weight="SemiBold", align="left", zone="customer", most=3)
    return name + _lines(scene, customer.lines[:6], 8.5, 4.0 * MM, align="left", zone="customer", most=2)


def _facts(scene: Scene) -> list[Block]:
    blocks: list[Block] = []
    for label, text in fact_texts(scene):
        blocks += _labelled(scene, label, text, gap=0.0 if blocks else 1.8 * MM)
    return blocks


def _row(scene: Scene, line: PaperLine) -> list[Block]:
    """Return a line of the order: what it is, then how many at what price, with the amount at the end."""
    language, currency = scene.language, scene.paper.currency
    kind = scene.say(labels.KINDS[line.kind]) if line.kind in labels.KINDS else ""
    blocks = _lines(scene, [line.name], 9, 4.1 * MM, gap=1.8 * MM, weight="SemiBold", align="left", zone="row")
    blocks += _lines(scene, [join_facts([line.code, kind])], 7.5, 3.6 * MM, align="left", zone="row")
    blocks += _lines(scene, [line.note], 7.5, 3.6 * MM, align="left", zone="row")
    price = language.price_amount(line.unit_price, currency)
    off = discount_text(line, scene)
    counted = join_facts(
        [f"{quantity_text(line, scene)} × {price}", f"{scene.say(labels.LINE_DISCOUNT)} {off}" if off else ""]
    )
    amount = language.amount(line.amount, currency)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = "row"
        room = min(measure(amount, "SemiBold", 9.5), scene.inner * 0.5)
        draw_fitted(sheet, scene.right, y + 9.5, amount, 9.5, room, weight="SemiBold", color=BLACK, align="right")
        draw_fitted(sheet, scene.margin, y + 9.5, counted, 8.5, scene.inner - room - 4 * MM, color=BLACK)

    return [*blocks, Block(4.4 * MM, draw)]


def _sums(scene: Scene) -> list[Block]:
    """Return the sums: what leads to the total, the total in large figures between thick rules, what follows it."""
    above = rows_above(scene)
    blocks = [_rule(scene, THIN, 2.4 * MM, 1.2 * MM)] if above else [Block(1 * MM, _nothing)]
    blocks += [_sum(scene, row, 8.5) for row in above]
    blocks += [_rule(scene, THICK, 1.4 * MM, 0), _total(scene), _rule(scene, THICK, 0, 1.6 * MM)]
    blocks += [_sum(scene, row, 8.5) for row in rows_below(scene)]
    rest = open_row(scene)
    if rest is not None:
        blocks += [_rule(scene, THIN, 1.4 * MM, 1.2 * MM), _sum(scene, rest, 12)]
    return blocks


def _nothing(sheet: Sheet, y: float) -> None:
    """Leave some air."""


def _sum(scene: Scene, row: SumRow, size: float) -> Block:
    """Return a label with its amount; a long label goes on below itself."""
    value = min(measure(row.value, row.weight, size), scene.inner * 0.5)
    wrapped = wrap(row.label, row.weight, size, scene.inner - value - (3 * MM if value else 0.0), most=3)
    pitch = size * 0.47 * MM

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = "sums"
        base = y + size * 1.05
        sheet.block(scene.margin, base, wrapped, size, pitch, weight=row.weight, color=BLACK)
        last = base + (len(wrapped.lines) - 1) * pitch
        draw_fitted(sheet, scene.right, last, row.value, size, value, weight=row.weight, color=BLACK, align="right")

    return Block(len(wrapped.lines) * pitch + 0.7 * MM, draw)


def _total(scene: Scene) -> Block:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = "sums"
        base = y + 9.3 * MM
        text = scene.money(scene.paper.total)
        value = min(measure(text, "Bold", 24), scene.inner * 0.72)
        draw_fitted(sheet, scene.right, base, text, 24, value, weight="Bold", color=BLACK, align="right")
        label = scene.say(total_label(scene.paper))
        room = scene.inner - value - 3 * MM
        draw_fitted(sheet, scene.margin, base, label, 12, room, weight="SemiBold", color=BLACK)

    return Block(12.4 * MM, draw)


def _payment(scene: Scene) -> list[Block]:
    """Return the payment code with its caption."""
    content = payment_text(scene.paper)
    if not content:
        return []
    rows = qr_code(content)
    module = max(round(CODE_SIZE / len(rows) / DOT), 3) * DOT  # whole dots, so that no module is wider than another
    size = module * len(rows)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.modules((scene.width - size) / 2, y + 4 * MM, rows, module)

    caption = _lines(scene, [scene.say(labels.PAY_SHORT)], 8.5, 4 * MM, gap=1.2 * MM, weight="SemiBold", zone="payment")
    return [Block(size + 4 * MM, draw), *caption]


def _signature(scene: Scene, place: int) -> Block:
    label, signed = signature_lines(scene)[place]

    def draw(sheet: Sheet, y: float) -> None:
        sheet.zone = "signatures"
        base = y + SIGNATURE - 5 * MM
        draw_signature_line(sheet, scene, scene.margin, base, scene.inner, signed, 13 * MM, color=BLACK)
        draw_fitted(sheet, scene.margin, base + 3.6 * MM, label, 7.5, scene.inner, color=BLACK)

    return Block(SIGNATURE, draw)
