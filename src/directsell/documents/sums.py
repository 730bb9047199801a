"""The block of the sums: taxes, the total in its box, payments, what is open. It is drawn whole, never torn apart."""

from __future__ import annotations

from typing import NamedTuple

from directsell.documents import labels
from directsell.documents.fonts import Weight
from directsell.documents.parts import Scene, draw_fitted
from directsell.documents.sheet import GREY, INK, MM, Sheet
from directsell.documents.text import measure
from directsell.domain.papers import Paper, PaperKind, PaymentRow

PITCH = 5.0 * MM
BOX = 10.5 * MM
MOST_PAYMENTS = 6


class SumRow(NamedTuple):
    """A label with its amount."""

    label: str
    value: str
    color: str = GREY
    weight: Weight = "Regular"


class Sums:
    """The rows above the box of the total, the box, and the rows below it.

    Args:
        scene: the paper and its language.
        width: width of the block, at the right margin.
        box: height of the box of the total.
    """

    def __init__(self, scene: Scene, width: float, box: float = BOX) -> None:
        self.width = width
        self._scene = scene
        self._box = box
        self._above = rows_above(scene)
        self._below = rows_below(scene)
        self._open = open_row(scene)

    @property
    def height(self) -> float:
        """Height of the whole block."""
        rows = len(self._above) + len(self._below)
        return 3.2 * MM + rows * PITCH + self._box + 1.6 * MM + (7.6 * MM if self._open else 0.0)

    def draw(self, sheet: Sheet, y: float) -> None:
        """Draw the block below ``y``."""
        sheet.zone = "sums"
        y += 2.2 * MM
        for row in self._above:
            self._row(sheet, y, row, 8.8)
            y += PITCH
        y += 1.0 * MM if self._above else 0.0
        self._total(sheet, y)
        y += self._box + 1.6 * MM
        for row in self._below:
            self._row(sheet, y, row, 8.2)
            y += PITCH
        if self._open:
            sheet.rule(self._scene.right - self.width, y + 0.8 * MM, self._scene.right, width=0.8, color=INK)
            self._row(sheet, y + 1.8 * MM, self._open, 10.5)

    def _row(self, sheet: Sheet, y: float, row: SumRow, size: float) -> None:
        right = self._scene.right
        left = self._scene.right - self.width + 4 * MM
        base = y + PITCH / 2 + size * 0.36
        value = min(measure(row.value, row.weight, size), self.width * 0.5)
        draw_fitted(
            sheet,
            right,
            base,
            row.value,
            size,
            value,
            weight=row.weight,
            color=INK if row.color == GREY else row.color,
            align="right",
        )
        draw_fitted(
            sheet, left, base, row.label, size, right - left - value - 3 * MM, weight=row.weight, color=row.color
        )

    def _total(self, sheet: Sheet, y: float) -> None:
        scene = self._scene
        left = scene.right - self.width
        sheet.rounded(left, y, self.width, self._box, scene.palette.accent)
        size = self._box * 0.45
        middle = y + self._box / 2
        text = scene.money(scene.paper.total)
        value = min(measure(text, "Bold", size), self.width * 0.62)
        color = scene.palette.on_accent
        draw_fitted(
            sheet,
            scene.right - 3 * MM,
            middle + size * 0.36,
            text,
            size,
            value,
            weight="Bold",
            color=color,
            align="right",
        )
        label = scene.say(total_label(scene.paper))
        room = self.width - value - 11 * MM
        draw_fitted(
            sheet, left + 4 * MM, middle + size * 0.8 * 0.36, label, size * 0.8, room, weight="SemiBold", color=color
        )


def total_label(paper: Paper) -> str:
    """Return what stands beside the total."""
    if paper.kind is PaperKind.CREDIT_NOTE:
        return labels.TOTAL_CREDIT
    due = paper.kind is PaperKind.INVOICE and not paper.payments and paper.balance_due == paper.total
    return labels.TOTAL_DUE if due else labels.TOTAL


def rows_above(scene: Scene) -> list[SumRow]:
    """Return what leads to the total: goods, discounts, shipping, added taxes."""
    paper = scene.paper
    rows = []
    parts = (
        (labels.DISCOUNT, -paper.discount),
        (labels.HOST_CREDIT, -paper.host_credit),
        (labels.SHIPPING, paper.shipping),
    )
    if any(amount for _, amount in parts):
        rows.append(SumRow(scene.say(labels.GOODS), scene.money(paper.goods)))
    rows += [SumRow(scene.say(label), scene.money(amount)) for label, amount in parts if amount]
    if paper.taxes and not paper.prices_include_tax:
        rows.append(SumRow(scene.say(labels.NET), scene.money(paper.net)))
        rows += _tax_rows(scene, labels.TAX_ADDED)
    if paper.rounding:
        rows.append(SumRow(scene.say(labels.ROUNDING), scene.money(paper.rounding)))
    return rows


def _tax_rows(scene: Scene, label: str) -> list[SumRow]:
    percent = scene.language.percent
    return [
        SumRow(scene.say(label, tax=tax.label, rate=percent(tax.ppm), base=scene.money(tax.base)), scene.money(tax.tax))
        for tax in scene.paper.taxes
    ]


def rows_below(scene: Scene) -> list[SumRow]:
    """Return what follows the total: included taxes, payments."""
    paper = scene.paper
    rows = _tax_rows(scene, labels.TAX_INCLUDED) if paper.prices_include_tax else []
    shown = paper.payments
    if len(shown) > MOST_PAYMENTS:
        earlier = shown[: len(shown) - MOST_PAYMENTS + 1]
        shown = shown[len(earlier) :]
        label = scene.say(labels.EARLIER_PAYMENTS, n=str(len(earlier)))
        rows.append(SumRow(label, scene.money(-sum(payment.amount for payment in earlier))))
    rows += [SumRow(_payment(scene, payment), scene.money(-payment.amount)) for payment in shown]
    return rows


def _payment(scene: Scene, payment: PaymentRow) -> str:
    method = scene.say(labels.METHODS.get(payment.method, "")) or payment.method
    named = " ".join(filter(None, (method, payment.detail)))
    if payment.paid_on is None:
        return named
    return scene.say(labels.RECEIVED, date=scene.language.date(payment.paid_on), method=named)


def open_row(scene: Scene) -> SumRow | None:
    """Return what is open after payments; nothing where the total itself says it."""
    paper = scene.paper
    if not paper.payments and not paper.paid:
        return None
    if paper.balance_due < 0:
        return SumRow(scene.say(labels.CREDIT), scene.money(-paper.balance_due), scene.palette.words, "Bold")
    if paper.balance_due == 0:
        return (
            None
            if paper.kind is PaperKind.CREDIT_NOTE
            else SumRow(scene.say(labels.PAID), "", scene.palette.words, "SemiBold")
        )
    return SumRow(scene.say(labels.OPEN), scene.money(paper.balance_due), INK, "Bold")
