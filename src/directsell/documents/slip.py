"""Order slips on A5, half letter, A4 and Letter: what, how much, when it comes, signed by both. No invoices."""

from __future__ import annotations

from directsell.documents import labels
from directsell.documents.codes import payment_text, qr_code
from directsell.documents.fonts import Weight
from directsell.documents.invoice import VALUE_PITCH, demo_fact, fact_height, reference_fact
from directsell.documents.pages import Block, Frame, Page, paginate
from directsell.documents.parts import (
    Scene,
    draw_bar_code,
    draw_fitted,
    draw_head,
    draw_payment_code,
    join_facts,
    paragraphs,
)
from directsell.documents.sheet import GREY, INK, MM, Sheet
from directsell.documents.signing import draw_signature_line, signature_lines
from directsell.documents.style import BODY
from directsell.documents.sums import Sums
from directsell.documents.table import build_table, slip_columns
from directsell.documents.text import clean, measure
from directsell.documents.wrapping import Wrapped, shorten, wrap
from directsell.domain.papers import Copy, PaperKind

MARGIN = 11 * MM
FACT_PITCH = 4.4 * MM
NAME_PITCH = 4.3 * MM
HEAD_TOP = 8 * MM
HEAD = 11 * MM
TITLE = 30 * MM
NEXT_TOP = 18.5 * MM
FOOTER = 9.5 * MM
CODE_SIZE = 25 * MM
SIGNATURES = 16.5 * MM
MOST_CUSTOMER_LINES = 6


class Slip:
    """An order slip laid out on its pages; one drawing serves every copy, the name of the copy is put on top."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._customer = _customer(scene)
        self._facts = _facts(scene)
        self.pages = self._layout()

    def draw(self, sheet: Sheet, index: int) -> None:
        """Draw one page without the name of the copy, the first is 0."""
        scene = self.scene
        if scene.paper.number is None:
            sheet.zone = "draft"
            sheet.banner(scene.say(labels.DRAFT), "0.925 0.935 0.948", 84)
        sheet.rectangle(0, 0, scene.width, 2.2 * MM, scene.palette.accent)
        if index == 0:
            self._draw_first(sheet)
        else:
            self._draw_next_head(sheet)
        for y, draw in self.pages[index].items:
            draw(sheet, y)
        self._draw_footer(sheet, index + 1)

    def draw_copy(self, sheet: Sheet, copy: Copy) -> None:
        """Write for whom the copy is, in the upper corner."""
        sheet.zone = "copy"
        text = self.scene.say(labels.COPIES[copy])
        draw_fitted(sheet, self.scene.right, 6.2 * MM, text, 7.2, 60 * MM, weight="SemiBold", color=GREY, align="right")

    def _layout(self) -> list[Page]:
        scene = self.scene
        paper = scene.paper
        top = TITLE + 4.5 * MM + max(_height(self._customer, NAME_PITCH), self._facts_height()) + 2.5 * MM
        first = Frame(top, scene.height - FOOTER)
        other = Frame(NEXT_TOP, scene.height - FOOTER)
        before = paragraphs([paper.intro], scene, size=8, pitch=3.9 * MM, gap=0.5 * MM)
        columns, name = slip_columns(scene)
        table = build_table(scene, columns, name, code_in_name=True)
        after = paragraphs([paper.exemption_note], scene, size=7.5, pitch=3.6 * MM, gap=2 * MM, color=GREY)
        after += paragraphs([paper.closing, *paper.slip_texts], scene, size=7.5, pitch=3.6 * MM, gap=1.8 * MM)
        sale = paper.kind is PaperKind.ORDER_SLIP  # what takes an order back grants no right to take it back
        statement = paragraphs(
            [paper.statement] if sale else [], scene, size=10, pitch=4.5 * MM, gap=2.5 * MM, weight="Bold"
        )
        # The law wants the statement next to the signature: as far as a page holds it, both stay together.
        after += [block._replace(with_next=True) for block in statement] if len(statement) < 15 else statement
        after.append(Block(SIGNATURES, self._draw_signatures))
        return paginate(before, table, self._totals(), after, first, other)

    def _facts_height(self) -> float:
        return sum(fact_height(value, FACT_PITCH) for _, value in self._facts)

    def _totals(self) -> Block:
        scene = self.scene
        paper = scene.paper
        content = payment_text(paper)
        rows = qr_code(content) if content else None
        sums = Sums(scene, min(scene.inner * 0.66, 90 * MM), box=12 * MM)
        left = scene.inner - sums.width - 5 * MM
        day = scene.language.date(paper.delivery_date) if paper.delivery_date else ""
        sale = paper.kind is PaperKind.ORDER_SLIP
        delivery = wrap(paper.delivery_text or day if sale else "", "SemiBold", BODY, scene.inner - 22 * MM, most=6)
        upper = max(sums.height, CODE_SIZE + 9 * MM if rows else 0.0)
        lower = 0.0 if delivery.empty else 3.5 * MM + len(delivery.lines) * 4.1 * MM + 1 * MM

        def draw(sheet: Sheet, y: float) -> None:
            sums.draw(sheet, y)
            if rows is not None:
                draw_payment_code(sheet, scene, y + 3.5 * MM, rows, CODE_SIZE, left, "")
            if not delivery.empty:
                sheet.zone = "delivery"
                base = y + upper + 3.5 * MM + BODY * 0.8
                draw_fitted(sheet, scene.margin, base, scene.say(labels.DELIVERY), BODY, 20 * MM, color=GREY)
                sheet.block(scene.margin + 22 * MM, base, delivery, BODY, 4.1 * MM, weight="SemiBold")

        return Block(upper + lower, draw)

    def _draw_first(self, sheet: Sheet) -> None:
        scene = self.scene
        paper = scene.paper
        draw_head(sheet, scene, top=HEAD_TOP, height=HEAD, room=scene.inner - 2 * MM)
        sender = paper.sender
        sheet.zone = "contact"
        contact = join_facts([*sender.address, sender.phone, sender.email, sender.web])
        draw_fitted(
            sheet, scene.margin, HEAD_TOP + HEAD + 4.2 * MM, contact, 6.8, scene.inner, color=GREY, smallest=5.8
        )
        sheet.zone = "title"
        used = draw_bar_code(sheet, scene.right, TITLE - 4.2 * MM, paper.number, height=5 * MM, widest=52 * MM)
        draw_fitted(
            sheet, scene.margin, TITLE, scene.title, 13.5, scene.inner - used - 5 * MM, weight="Bold", color=INK
        )
        top = TITLE + 4.5 * MM
        sheet.zone = "customer"
        y = top + 3 * MM
        for index, (line_, weight) in enumerate(_weighted(self._customer)):
            sheet.text(scene.margin, y + index * NAME_PITCH, line_.lines[0], 9, weight=weight, rtl=line_.rtl)
        sheet.zone = "facts"
        left = scene.margin + scene.inner * 0.54
        for label, value in self._facts:
            draw_fitted(sheet, left, y, label, 7.2, 20 * MM, color=GREY)
            sheet.block(left + 21 * MM, y, value, 8.2, VALUE_PITCH)
            y += fact_height(value, FACT_PITCH)

    def _draw_next_head(self, sheet: Sheet) -> None:
        scene = self.scene
        sheet.zone = "head"
        sender = wrap(scene.paper.sender.name, "Regular", 7.5, scene.inner * 0.32, most=1)
        sheet.block(scene.right, 13 * MM, sender, 7.5, 7.5, color=GREY, align="right")
        room = scene.inner - measure(sender.lines[0], "Regular", 7.5) - 4 * MM
        facts = join_facts([scene.title, scene.paper.customer.name])
        draw_fitted(sheet, scene.margin, 13 * MM, facts, 8.2, room, weight="SemiBold", smallest=7)
        sheet.rule(scene.margin, 15.5 * MM, scene.right)

    def _draw_footer(self, sheet: Sheet, page: int) -> None:
        scene = self.scene
        sheet.zone = "footer"
        y = scene.height - 6 * MM
        number = scene.say(labels.PAGE, page=str(page), pages=str(len(self.pages)))
        taxes = [f"{label} {value}".strip() for label, value in scene.paper.sender.tax_ids]
        line = clean(join_facts([scene.paper.sender.name, *taxes])).replace("\n", " ")
        room = scene.inner - measure(number, "Regular", 6.5) - 5 * MM
        sheet.text(scene.margin, y, shorten(line, "Regular", 6.5, room), 6.5, color=GREY)
        sheet.text(scene.right, y, number, 6.5, color=GREY, align="right")

    def _draw_signatures(self, sheet: Sheet, y: float) -> None:
        scene = self.scene
        sheet.zone = "signatures"
        width = (scene.inner - 8 * MM) / 2
        for index, (label, signed) in enumerate(signature_lines(scene)):
            left = scene.margin + index * (width + 8 * MM)
            draw_signature_line(sheet, scene, left, y + 11.8 * MM, width, signed, 11 * MM)
            draw_fitted(sheet, left, y + 15.2 * MM, label, 7, width, color=GREY)


def _height(customer: list[Wrapped], pitch: float) -> float:
    return len(customer) * pitch


def _weighted(customer: list[Wrapped]) -> list[tuple[Wrapped, Weight]]:
    return [(line, "SemiBold" if index == 0 else "Regular") for index, line in enumerate(customer)]


def _customer(scene: Scene) -> list[Wrapped]:
    """Return name and address of the customer as lines; a name of two lines at most, six lines in all."""
    customer = scene.paper.customer
    width = scene.inner * 0.5
    lines: list[Wrapped] = []
    for index, text in enumerate((customer.name, *customer.lines)):
        wrapped = wrap(text, "SemiBold" if index == 0 else "Regular", 9, width, most=2)
        if not wrapped.empty:
            lines += [Wrapped((line,), wrapped.rtl) for line in wrapped.lines]
    return lines[:MOST_CUSTOMER_LINES]


def _facts(scene: Scene) -> list[tuple[str, Wrapped]]:
    room = scene.inner * 0.46 - 21 * MM
    return [(label, wrap(text, "Regular", 8.2, room, most=2)) for label, text in fact_texts(scene)]


def fact_texts(scene: Scene) -> list[tuple[str, str]]:
    """Return what is worth knowing about a slip as labels and texts, without those that say nothing."""
    paper, language = scene.paper, scene.language
    found = [
        (labels.DATE, language.date(paper.paper_date)),
        (labels.FOR_PAPER, reference_fact(scene)),
        (labels.CUSTOMER_NUMBER, paper.customer_number),
        (labels.DEMO, demo_fact(scene)),
        (labels.PLACE, paper.place_of_sale),
        (labels.ORDER, paper.order_reference),
    ]
    return [(scene.say(label), text) for label, text in found if text.strip()]
