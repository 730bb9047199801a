"""Parts that several papers share: head, footer, paragraphs, the payment code. No page breaks, no table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directsell.documents import labels
from directsell.documents.codes import Rows, bar_code
from directsell.documents.fonts import Weight
from directsell.documents.images import logo_reader
from directsell.documents.pages import Block
from directsell.documents.sheet import GREY, INK, MM, Align, Sheet
from directsell.documents.style import Palette
from directsell.documents.text import clean, is_simple, measure
from directsell.documents.wrapping import LONGEST_LINE, Wrapped, shorten, wrap
from directsell.domain.papers import Paper, Sender
from directsell.i18n import Language

FOOTER_LINES = 8
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"


@dataclass(frozen=True, slots=True)
class Scene:
    """What every part needs to know: the paper, its language, its colours and the size of its page in points."""

    paper: Paper
    language: Language
    palette: Palette
    width: float
    height: float
    margin: float

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - self.margin

    def say(self, message: str, **values: str) -> str:
        """Return a label in the language of the paper; values are put in as they are.

        A value of another direction is fenced by marks, so that it does not turn the figures beside it around.
        """
        text = self.language.translate(message)
        if not values:
            return text
        fence = RIGHT_TO_LEFT if self.language.rtl else LEFT_TO_RIGHT
        fenced = {key: value if is_simple(value) else f"{fence}{value}{fence}" for key, value in values.items()}
        return text.format(**fenced)

    def money(self, minor: int) -> str:
        """Return an amount with its currency."""
        return self.language.money(minor, self.paper.currency)

    @property
    def title(self) -> str:
        """Return "Invoice R-A-2026-0017", without a number for a draft."""
        return " ".join(filter(None, (self.say(labels.TITLES[self.paper.kind]), self.paper.number)))


def paragraphs(
    texts: Iterable[str],
    scene: Scene,
    *,
    size: float,
    pitch: float,
    weight: Weight = "Regular",
    color: str = INK,
    gap: float = 2.2 * MM,
) -> list[Block]:
    """Return plain text as one block a line, each paragraph with a gap above; empty texts give nothing."""
    blocks: list[Block] = []
    for text in texts:
        wrapped = wrap(text, weight, size, scene.inner)
        if wrapped.empty:
            continue
        for index, line in enumerate(wrapped.lines):
            above = gap if index == 0 else 0.0
            one = Wrapped((line,), wrapped.rtl)

            def draw(sheet: Sheet, y: float, one: Wrapped = one, above: float = above) -> None:
                sheet.block(scene.margin, y + above + size, one, size, pitch, weight=weight, color=color)

            blocks.append(Block(pitch + above, draw, with_next=index == 0 and len(wrapped.lines) > 1))
    return blocks


def draw_fitted(
    sheet: Sheet,
    x: float,
    y: float,
    text: str,
    size: float,
    room: float,
    *,
    weight: Weight = "Regular",
    color: str = INK,
    align: Align = "left",
    smallest: float = 0.0,
) -> None:
    """Write one line, smaller if it is wider than its room; below ``smallest`` it is cut. Figures are never cut."""
    text = clean(text[:LONGEST_LINE]).replace("\n", " ")
    span = measure(text, weight, size)
    if span > room:
        size = max(size * room / span, smallest)
        text = shorten(text, weight, size, room) if size == smallest else text
    sheet.text(x, y, text, size, weight=weight, color=color, align=align)


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name, for the mark that stands in for a logo."""
    words = [word for word in clean(name).split() if word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper()


def draw_head(sheet: Sheet, scene: Scene, *, top: float, height: float, room: float) -> None:
    """Draw logo or initials, name and tagline of the sender, in a band of this height."""
    sheet.zone = "head"
    sender = scene.paper.sender
    x = scene.margin
    picture = logo_reader(sender.logo) if sender.logo else None
    if picture is not None:
        reader, ratio = picture
        width, tall = min(height * ratio, 60 * MM, room * 0.5), height
        tall = min(height, width / ratio)
        sheet.image(reader, x, top + (height - tall) / 2, width, tall)
        x += width + 4 * MM
    elif letters := initials(sender.name):
        sheet.rounded(x, top, height, height, scene.palette.accent, radius=height * 0.16)
        size = height * 0.38
        sheet.text(
            x + height / 2, top + height / 2 + size * 0.36, letters, size,
            weight="SemiBold", color=scene.palette.on_accent, align="center",
        )  # fmt: skip
        x += height + 4 * MM
    room -= x - scene.margin
    size = min(15.0, height * 0.42)
    small = size * 0.58
    name = wrap(sender.name, "SemiBold", size, room, most=2)
    if len(name.lines) > 1:  # a registered name is printed in full as long as that is possible at all
        size *= 0.75
        name = wrap(sender.name, "SemiBold", size, room, most=2)
    tagline = wrap(sender.tagline, "Regular", small, room, most=1)
    lines = (len(name.lines) - 1) * size * 1.15 + (0.0 if tagline.empty else small * 1.55)
    y = top + height / 2 + size * 0.36 - lines / 2
    sheet.block(x, y, name, size, size * 1.15, weight="SemiBold")
    sheet.block(x, y + lines, tagline, small, small, color=GREY)


def sender_columns(scene: Scene, sender: Sender) -> list[list[Wrapped]]:
    """Return the lines of the footer's three columns: who, how to reach, where to pay and tax numbers."""
    who = [sender.name, *sender.address]
    reach = [scene.say(labels.PHONE, number=sender.phone) if sender.phone else "", sender.email, sender.web]
    pay = [f"IBAN {sender.iban}" if sender.iban else "", f"BIC {sender.bic}" if sender.bic else "", *sender.bank_lines]
    taxes = [f"{label} {value}".strip() for label, value in sender.tax_ids]
    columns = [[line for line in column if line.strip()] for column in (who, reach, pay)]
    shorter = columns[1] if len(columns[1]) < len(columns[2]) else columns[2]
    shorter.extend(line for line in taxes if line)
    room = scene.inner / 3 - 4 * MM
    return [
        [
            Wrapped((line,), wrapped.rtl)
            for text in column
            for wrapped in (wrap(text, "Regular", 7, room, most=3),)
            for line in wrapped.lines
        ][:FOOTER_LINES]
        for column in columns
    ]


def footer_height(scene: Scene) -> float:
    """Return the height of the footer from its rule to the lower edge of the page."""
    most = max(len(column) for column in sender_columns(scene, scene.paper.sender))
    return (7.0 + 3.4 * max(most, 1) + 6.5) * MM


def draw_footer(sheet: Sheet, scene: Scene, page: int, pages: int) -> None:
    """Draw the rule, the three columns and "Page x of y"."""
    sheet.zone = "footer"
    top = scene.height - footer_height(scene)
    sheet.rule(scene.margin, top, scene.right)
    columns = sender_columns(scene, scene.paper.sender)
    third = scene.inner / 3
    for index, column in enumerate(columns):
        for row, line in enumerate(column):
            sheet.block(scene.margin + index * third, top + (4.6 + 3.4 * row) * MM, line, 7, 7, color=GREY)
    text = scene.say(labels.PAGE, page=str(page), pages=str(pages))
    sheet.text(scene.right, scene.height - 7.5 * MM, text, 7, color=GREY, align="right")


def draw_bar_code(sheet: Sheet, right: float, top: float, number: str | None, *, height: float, widest: float) -> float:
    """Draw the number as Code 128 that ends at ``right``; return its width, 0 if there is none."""
    rows = bar_code(number or "")
    if rows is None:
        return 0.0
    module = min(0.27 * MM, widest / len(rows[0]))
    if module < 0.17 * MM:
        return 0.0  # no scanner reads finer bars from paper
    width = module * len(rows[0])
    sheet.modules(right - width, top, rows, module, height)
    return width


def draw_payment_code(sheet: Sheet, scene: Scene, y: float, rows: Rows, size: float, room: float, until: str) -> None:
    """Draw the payment code with its explanation to the right of it."""
    sheet.zone = "payment"
    x = scene.margin
    sheet.modules(x, y, rows, size / len(rows))
    words = room - size - 5 * MM
    if words < 36 * MM:
        caption = scene.say(labels.PAY_SHORT)
        draw_fitted(sheet, x + size / 2, y + size + 4 * MM, caption, 7.2, size, weight="SemiBold", align="center")
        return
    x += size + 5 * MM
    sheet.text(x, y + 3.2 * MM, scene.say(labels.PAY_TITLE), 9, weight="SemiBold")
    lines = wrap(scene.say(labels.PAY_HOW), "Regular", 7.5, words, most=4)
    sheet.block(x, y + 8 * MM, lines, 7.5, 3.7 * MM, color=GREY)
    if until:
        after = wrap(until, "SemiBold", 7.5, words, most=2)
        base = y + 8 * MM + len(lines.lines) * 3.7 * MM + 0.6 * MM
        sheet.block(x, base, after, 7.5, 3.7 * MM, weight="SemiBold", color=scene.palette.words)


def join_facts(parts: Iterable[str]) -> str:
    """Join what is not empty with a middle dot."""
    return " · ".join(part for part in parts if part.strip())


def clean_lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield the cleaned lines of several texts, without empty ones."""
    for text in texts:
        yield from (line for line in clean(text).split("\n") if line.strip())
