"""Letters: own letterhead, window address, date, subject, text, room to sign; as many pages as they need."""

from __future__ import annotations

from directsell.documents.addressing import draw_window_address
from directsell.documents.canvases import new_canvas, one_document
from directsell.documents.pages import Block, Frame, Page
from directsell.documents.parts import (
    Scene,
    draw_fitted,
    draw_footer,
    draw_head,
    footer_height,
    join_facts,
    paragraphs,
)
from directsell.documents.rendering import Drawn
from directsell.documents.sheet import GREY, INK, MM, Sheet
from directsell.documents.style import SIZES, WINDOWS, Window, palette_of
from directsell.documents.wrapping import wrap
from directsell.domain.mailings import Letter, LetterRun
from directsell.domain.papers import Paper, PaperFormat, PaperKind, WindowNorm
from directsell.i18n import N_, Language

SUBJECT = N_("Letter to {name}")
_MARGIN = 20 * MM
_SIZE, _PITCH = 10.5, 5.3 * MM
_NEXT_TOP = 27 * MM
_SIGNING = 16 * MM
_LETTERS = (PaperFormat.LETTER, PaperFormat.HALF_LETTER, PaperFormat.LETTER_TWO_UP)


def render_letters(run: LetterRun) -> bytes:
    """Return one PDF with every letter."""
    return draw_letters(run).pdf


def draw_letters(run: LetterRun, *, record: bool = False) -> Drawn:
    """Return the PDF of letters; with ``record`` also the box of each text."""
    size = SIZES[PaperFormat.LETTER if run.page_format in _LETTERS else PaperFormat.A4]
    first = Language.load(run.letters[0].language if run.letters else "en_US")
    names = join_facts(letter.party.name for letter in run.letters[:3])
    with one_document():
        buffer, canvas = new_canvas(
            size.width,
            size.height,
            day=run.day,
            tag=first.tag,
            title=first.translate(SUBJECT).format(name=names),
            author=run.sender.name,
        )
        pages = 0
        sheet = Sheet(canvas, size.width, size.height, record=record)
        for letter in run.letters:
            written = _Written(run, letter, size.width, size.height)
            for index in range(len(written.pages)):
                side = Sheet(canvas, size.width, size.height, mirrored=written.scene.language.rtl, sharing=sheet)
                side.page = pages
                written.draw(side, index)
                canvas.showPage()
                pages += 1
        canvas.save()
    return Drawn(buffer.getvalue(), pages, frozenset(sheet.missing), tuple(sheet.boxes))


class _Written:
    """One letter with its pages."""

    def __init__(self, run: LetterRun, letter: Letter, width: float, height: float) -> None:
        language = Language.load(letter.language)
        paper = Paper(
            kind=PaperKind.INVOICE,
            paper_date=run.day,
            currency="",
            language=letter.language,
            sender=run.sender,
            customer=letter.party,
            window=run.window,
        )
        self.scene = Scene(paper, language, palette_of(run.sender.accent), width, height, _MARGIN)
        self.run, self.letter = run, letter
        self.window: Window = WINDOWS[run.window]
        self._title = max(self.window.title, self.window.bottom + 12 * MM)
        self.pages = self._layout()

    def _layout(self) -> list[Page]:
        scene = self.scene
        bottom = scene.height - (footer_height(scene) if self.run.letterhead else 20 * MM) - 6 * MM
        subject = wrap(self.letter.subject, "SemiBold", 12, scene.inner)
        top = self._title + (0 if subject.empty else len(subject.lines) * 6 * MM)
        pages = [Page(Frame(top, bottom), top)]
        blocks = paragraphs([self.letter.body], scene, size=_SIZE, pitch=_PITCH, gap=1 * MM)
        blocks = [replace_next(block, place >= len(blocks) - 2) for place, block in enumerate(blocks)]
        if self.run.signed:
            blocks.append(Block(_SIGNING + _PITCH, self._draw_signed))
        other = Frame(_NEXT_TOP, bottom)
        place = 0
        while place < len(blocks):
            end = place
            while blocks[end].with_next and end + 1 < len(blocks):
                end += 1
            chain = blocks[place : end + 1]
            if not pages[-1].fits(sum(block.height for block in chain)) and pages[-1].items:
                pages.append(Page(other, other.top))
            for block in chain:
                if not pages[-1].fits(block.height) and pages[-1].items:
                    pages.append(Page(other, other.top))
                pages[-1].put(block)
            place = end + 1
        return pages

    def draw(self, sheet: Sheet, index: int) -> None:
        """Draw one page."""
        scene = self.scene
        if index == 0:
            self._draw_first(sheet)
        elif self.run.letterhead:
            sheet.zone = "head"
            sheet.rectangle(0, 0, scene.width, 1.5 * MM, scene.palette.accent)
            facts = join_facts([scene.paper.sender.name, self.letter.party.name, self._day()])
            draw_fitted(sheet, scene.margin, 17 * MM, facts, 8.5, scene.inner, color=GREY, smallest=7)
        sheet.zone = "text"
        for y, draw in self.pages[index].items:
            draw(sheet, y)
        if self.run.letterhead:
            draw_footer(sheet, scene, index + 1, len(self.pages))

    def _draw_first(self, sheet: Sheet) -> None:
        scene, run = self.scene, self.run
        if run.letterhead:
            sheet.rectangle(0, 0, scene.width, 3 * MM, scene.palette.accent)
            compact = run.window is WindowNorm.DIN_A
            draw_head(
                sheet, scene, top=(8 if compact else 14) * MM, height=(11 if compact else 13) * MM, room=scene.inner
            )
        draw_window_address(sheet, scene, self.window)
        sheet.zone = "date"
        where = join_place(run.place, self._day())
        y = self._title - (9 * MM if run.window is not WindowNorm.NONE else 12 * MM)
        if self.window.right:
            draw_fitted(sheet, scene.margin, y, where, 10, scene.inner, color=INK)
        else:
            draw_fitted(sheet, scene.right, y, where, 10, scene.inner, color=INK, align="right")
        sheet.zone = "subject"
        subject = wrap(self.letter.subject, "SemiBold", 12, scene.inner)
        sheet.block(scene.margin, self._title, subject, 12, 6 * MM, weight="SemiBold")
        for fold in self.window.folds:
            length = 6 * MM if fold == 148.5 * MM else 4 * MM
            Sheet(sheet.canvas, sheet.width, sheet.height).rule(
                3.5 * MM, fold, 3.5 * MM + length, width=0.4, color="0.6 0.63 0.67"
            )

    def _day(self) -> str:
        return self.scene.language.date(self.run.day, "long")

    def _draw_signed(self, sheet: Sheet, y: float) -> None:
        scene = self.scene
        draw_fitted(sheet, scene.margin, y + _SIGNING + _SIZE, self.run.signed, _SIZE, scene.inner / 2)


def replace_next(block: Block, with_next: bool) -> Block:
    """Return a block that stays on the page of its follower: the last lines of a letter never leave the signature alone."""
    return block._replace(with_next=True) if with_next else block


def join_place(place: str, day: str) -> str:
    """Return "Springfield, March 4, 2026", or the day alone."""
    return ", ".join(part for part in (place, day) if part)
