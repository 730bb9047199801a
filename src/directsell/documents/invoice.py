"""Invoices, credit notes and quotes on A4 and US Letter, for window envelopes. No order slips, no ReportLab objects."""

from __future__ import annotations

from directsell.documents import labels
from directsell.documents.addressing import draw_window_address
from directsell.documents.codes import payment_text, qr_code
from directsell.documents.pages import Block, Frame, Page, paginate
from directsell.documents.parts import (
    Scene,
    draw_bar_code,
    draw_fitted,
    draw_footer,
    draw_head,
    draw_payment_code,
    footer_height,
    join_facts,
    paragraphs,
)
from directsell.documents.sheet import GREY, INK, MM, Sheet
from directsell.documents.style import BODY, WINDOWS, Window
from directsell.documents.sums import Sums
from directsell.documents.table import build_table, invoice_columns
from directsell.documents.text import measure
from directsell.documents.wrapping import Wrapped, wrap
from directsell.domain.papers import PaperKind, WindowNorm

MARGIN = 20 * MM
SUMS_WIDTH = 84 * MM
CODE_SIZE = 28 * MM
FACT_PITCH = 5.0 * MM
FACT_LABEL = 26 * MM
NEXT_TOP = 27 * MM
ACCEPTANCE = 31 * MM
VALUE_PITCH = 4.0 * MM


class Invoice:
    """An invoice laid out on its pages, ready to be drawn page by page."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._window = WINDOWS[scene.paper.window]
        self._facts = _facts(scene)
        self._title = self._title_line()
        self.pages = self._layout()

    def draw(self, sheet: Sheet, index: int) -> None:
        """Draw one page, the first is 0."""
        scene = self.scene
        if scene.paper.number is None:
            sheet.zone = "draft"
            sheet.banner(scene.say(labels.DRAFT), "0.925 0.935 0.948", 120)
        if index == 0:
            self._draw_first(sheet)
        else:
            self._draw_next_head(sheet)
        for y, draw in self.pages[index].items:
            draw(sheet, y)
        draw_footer(sheet, scene, index + 1, len(self.pages))

    def _title_line(self) -> float:
        facts = self._facts_top() + sum(fact_height(value, FACT_PITCH) for _, value in self._facts)
        return max(self._window.title, facts + 7 * MM)

    def _facts_top(self) -> float:
        return self._window.return_line or self._window.top - 0.5 * MM

    def _layout(self) -> list[Page]:
        scene = self.scene
        paper = scene.paper
        bottom = scene.height - footer_height(scene) - 4 * MM
        first = Frame(self._title + 4.5 * MM, bottom)
        other = Frame(NEXT_TOP, bottom)
        before = paragraphs([paper.intro], scene, size=9, pitch=4.5 * MM, gap=1.5 * MM)
        if before:
            before.append(Block(2.5 * MM, lambda _sheet, _y: None, with_next=True))
        columns, name = invoice_columns(scene)
        table = build_table(scene, columns, name)
        after = paragraphs([paper.exemption_note], scene, size=BODY, pitch=4.2 * MM, gap=4 * MM)
        delivery = paper.delivery_text
        after += paragraphs([delivery], scene, size=BODY, pitch=4.2 * MM, color=GREY)
        after += paragraphs([paper.closing], scene, size=9, pitch=4.5 * MM, gap=4 * MM)
        if paper.kind is PaperKind.QUOTE:
            after += paragraphs(paper.slip_texts, scene, size=9, pitch=4.5 * MM, gap=3 * MM)
            after.append(Block(ACCEPTANCE, self._draw_acceptance))
        return paginate(before, table, self._totals(), after, first, other)

    def _totals(self) -> Block:
        scene = self.scene
        paper = scene.paper
        sums = Sums(scene, SUMS_WIDTH)
        left = scene.inner - SUMS_WIDTH - 8 * MM
        content = payment_text(paper) if paper.kind is PaperKind.INVOICE else None
        rows = qr_code(content) if content else None
        until = ""
        if paper.due_date and paper.balance_due > 0 and paper.kind is PaperKind.INVOICE:
            until = scene.say(
                labels.PAY_UNTIL, amount=scene.money(paper.balance_due), date=scene.language.date(paper.due_date)
            )
        plain = wrap(until, "SemiBold", BODY, left, most=3)

        def draw(sheet: Sheet, y: float) -> None:
            sums.draw(sheet, y)
            if rows is not None:
                draw_payment_code(sheet, scene, y + 6 * MM, rows, CODE_SIZE, left, until)
            elif until:
                sheet.zone = "payment"
                sheet.block(scene.margin, y + 6 * MM, plain, BODY, 4.4 * MM, weight="SemiBold")

        return Block(max(sums.height, CODE_SIZE + 8 * MM if rows else 0.0), draw)

    def _draw_acceptance(self, sheet: Sheet, y: float) -> None:
        """Draw the line on which the customer accepts a quote, and the one of the seller."""
        scene = self.scene
        sheet.zone = "acceptance"
        width = (scene.inner - 10 * MM) / 2
        draw_fitted(sheet, scene.margin, y + 9 * MM, scene.say(labels.ACCEPT), 9, width, weight="SemiBold")
        for index, label in enumerate((labels.SIGN_CUSTOMER, labels.SIGN_SELLER)):
            left = scene.margin + index * (width + 10 * MM)
            sheet.rule(left, y + 25 * MM, left + width, width=0.6, color=INK)
            draw_fitted(sheet, left, y + 28.6 * MM, scene.say(label), 7, width, color=GREY)

    def _draw_first(self, sheet: Sheet) -> None:
        scene, window = self.scene, self._window
        sheet.rectangle(0, 0, scene.width, 3 * MM, scene.palette.accent)
        compact = scene.paper.window is WindowNorm.DIN_A
        draw_head(sheet, scene, top=(8 if compact else 14) * MM, height=(11 if compact else 13) * MM, room=scene.inner)
        self._draw_address(sheet, window)
        self._draw_facts(sheet, window)
        self._draw_title(sheet)
        for fold in window.folds:
            length = 6 * MM if fold == 148.5 * MM else 4 * MM
            marks = Sheet(sheet.canvas, sheet.width, sheet.height)  # the punch knows no reading direction
            marks.rule(3.5 * MM, fold, 3.5 * MM + length, width=0.4, color="0.6 0.63 0.67")

    def _draw_address(self, sheet: Sheet, window: Window) -> None:
        label = labels.QUOTE_FOR if self.scene.paper.kind is PaperKind.QUOTE else labels.BILL_TO
        draw_window_address(sheet, self.scene, window, self.scene.say(label))

    def _draw_facts(self, sheet: Sheet, window: Window) -> None:
        scene = self.scene
        fixed = scene.paper.window is not WindowNorm.NONE
        target = Sheet(sheet.canvas, sheet.width, sheet.height, sharing=sheet) if fixed else sheet
        target.zone = "facts"
        left = scene.margin if window.right else scene.right - 65 * MM
        y = self._facts_top()
        for label, value in self._facts:
            draw_fitted(target, left, y, label, 7.5, FACT_LABEL - 2 * MM, color=GREY)
            target.block(left + FACT_LABEL, y, value, BODY, VALUE_PITCH)
            y += fact_height(value, FACT_PITCH)

    def _draw_title(self, sheet: Sheet) -> None:
        scene = self.scene
        sheet.zone = "title"
        used = draw_bar_code(
            sheet, scene.right, self._title - 5.2 * MM, scene.paper.number, height=6 * MM, widest=62 * MM
        )
        room = scene.inner - used - (8 * MM if used else 0)
        draw_fitted(sheet, scene.margin, self._title, scene.title, 17, room, weight="Bold", color=INK)

    def _draw_next_head(self, sheet: Sheet) -> None:
        scene = self.scene
        sheet.zone = "head"
        sheet.rectangle(0, 0, scene.width, 1.5 * MM, scene.palette.accent)
        half = scene.inner / 2 - 4 * MM
        name = wrap(scene.paper.sender.name, "SemiBold", 9, half, most=1)
        sheet.block(scene.margin, 17 * MM, name, 9, 9, weight="SemiBold")
        room = scene.inner - measure(name.lines[0], "SemiBold", 9) - 8 * MM
        facts = join_facts([scene.title, scene.paper.customer.name])
        draw_fitted(sheet, scene.right, 17 * MM, facts, BODY, room, color=GREY, align="right", smallest=7)
        sheet.rule(scene.margin, 20 * MM, scene.right)


def _facts(scene: Scene) -> list[tuple[str, Wrapped]]:
    """Return what stands beside the address: label and value, the values wrapped."""
    paper, language = scene.paper, scene.language
    due = paper.due_date if paper.kind is PaperKind.INVOICE else None
    found = [
        (labels.NUMBERS[paper.kind], paper.number or ""),
        (labels.DATE, language.date(paper.paper_date)),
        (labels.FOR_PAPER, reference_fact(scene)),
        (labels.CUSTOMER_NUMBER, paper.customer_number),
        (labels.DEMO, demo_fact(scene)),
        (labels.ORDER, paper.order_reference),
        (labels.DELIVERY_DATE, language.date(paper.delivery_date) if paper.delivery_date else ""),
        (labels.PLACE, paper.place_of_sale),
        (labels.DUE_DATE, language.date(due) if due else ""),
        (labels.VALID_UNTIL, language.date(paper.valid_until) if paper.valid_until else ""),
    ]
    room = 65 * MM - FACT_LABEL
    return [(scene.say(label), wrap(text, "Regular", BODY, room, most=2)) for label, text in found if text.strip()]


def reference_fact(scene: Scene) -> str:
    """Return number and date of the paper that this one takes back."""
    day = scene.paper.reference_date
    return join_facts([scene.paper.reference, scene.language.date(day) if day else ""])


def fact_height(value: Wrapped, pitch: float) -> float:
    """Return the distance to the next fact; further lines of a value stand closer together."""
    return pitch + (len(value.lines) - 1) * VALUE_PITCH


def demo_fact(scene: Scene) -> str:
    """Return day and host of the demo, whichever is known."""
    paper = scene.paper
    day = scene.language.date(paper.demo_date) if paper.demo_date else ""
    if day and paper.demo_host:
        return scene.say(labels.DEMO_WITH_HOST, date=day, host=paper.demo_host)
    return day or paper.demo_host
