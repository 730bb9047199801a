"""The recovery sheet: the code that opens the data when password or keyring are lost, to be printed and put away."""

from __future__ import annotations

from directsell.documents.canvases import new_canvas, one_document
from directsell.documents.codes import qr_code
from directsell.documents.parts import draw_fitted
from directsell.documents.rendering import Drawn
from directsell.documents.sheet import GREY, MM, WHITE, Sheet
from directsell.documents.style import SIZES, palette_of
from directsell.documents.wrapping import wrap
from directsell.domain.papers import PaperFormat
from directsell.domain.recovery import RecoveryPage
from directsell.i18n import N_, Language

TITLE = N_("Recovery sheet")
SUBTITLE = N_("Opens the data of {business} when the password is forgotten or this computer is lost.")
CODE = N_("Recovery code")
HOW = N_("How to use it")
STEPS = (
    N_("Install DirectSell. If the computer is lost, choose “Restore a backup” and then your newest backup file."),
    N_("Choose “Password forgotten?” or wait until DirectSell asks for the recovery code."),
    N_("Type the fourteen groups in their order. Capitals, spaces and hyphens do not matter."),
    N_("A mistyped group is named by its number. Nothing is lost by trying."),
)
KEEP = N_("How to keep it")
KEEPING = (
    N_("Print it, or write it down. Keep it like money: at home or with somebody you trust, never beside the laptop."),
    N_("Whoever has this sheet and a copy of the data can read everything in it."),
    N_("It stays valid when you change the password, and opens all backups of this business."),
)
SCAN = N_("The same code, for a phone")
FACTS = N_("Mark {fingerprint} · made on {day}")
MARGIN = 20 * MM
_TINT = "0.949 0.957 0.961"
_ACCENT = "#0F766E"
_BODY, _PITCH = 10.0, 5.0 * MM


def render_recovery(page: RecoveryPage) -> bytes:
    """Return the PDF of a recovery sheet."""
    return draw_recovery(page).pdf


def draw_recovery(page: RecoveryPage, *, record: bool = False) -> Drawn:
    """Return the PDF of a recovery sheet; with ``record`` also the box of each text."""
    language = Language.load(page.language)
    size = SIZES[PaperFormat.LETTER if page.page_format is PaperFormat.LETTER else PaperFormat.A4]
    with one_document():
        title = f"{language.translate(TITLE)} {page.fingerprint}"
        buffer, canvas = new_canvas(
            size.width, size.height, day=page.made_on, tag=language.tag, title=title, author=page.business
        )
        sheet = Sheet(canvas, size.width, size.height, mirrored=language.rtl, record=record)
        _Drawing(page, language, sheet).draw()
        canvas.showPage()
        canvas.save()
    return Drawn(buffer.getvalue(), 1, frozenset(sheet.missing), tuple(sheet.boxes))


class _Drawing:
    """One sheet from top to bottom; every part returns where the next one begins."""

    def __init__(self, page: RecoveryPage, language: Language, sheet: Sheet) -> None:
        self._page = page
        self._language = language
        self._sheet = sheet
        self._inner = sheet.width - 2 * MARGIN

    def draw(self) -> None:
        """Draw everything."""
        y = self._head(26 * MM)
        y = self._code(y + 9 * MM)
        y = self._list(y + 13 * MM, HOW, STEPS, numbered=True)
        y = self._list(y + 12 * MM, KEEP, KEEPING, numbered=False)
        self._scan(y + 11 * MM)
        self._foot()

    def _say(self, message: str) -> str:
        return self._language.translate(message)

    def _head(self, y: float) -> float:
        sheet = self._sheet
        sheet.zone = "head"
        draw_fitted(sheet, MARGIN, y, self._say(TITLE), 24, self._inner, weight="Bold", smallest=14)
        business = self._page.business[:200] or "DirectSell"
        words = wrap(self._say(SUBTITLE).format(business=business), "Regular", 11, self._inner, most=4)
        sheet.block(MARGIN, y + 9 * MM, words, 11, 5.2 * MM, color=GREY)
        return y + 9 * MM + (len(words.lines) - 1) * 5.2 * MM

    def _code(self, top: float) -> float:
        """Draw the box with two rows of groups; it is never mirrored, because the code is typed from left to right."""
        sheet = Sheet(self._sheet.canvas, self._sheet.width, self._sheet.height, sharing=self._sheet)
        sheet.zone = "code"
        height = 44 * MM
        accent = palette_of(_ACCENT)
        sheet.rounded(MARGIN, top, self._inner, height, _TINT, radius=4 * MM)
        sheet.rounded(MARGIN, top, self._inner, 9 * MM, accent.accent, radius=4 * MM)
        sheet.rectangle(MARGIN, top + 5 * MM, self._inner, 4 * MM, accent.accent)
        caption = Sheet(sheet.canvas, sheet.width, sheet.height, mirrored=self._sheet.mirrored, sharing=sheet)
        caption.zone = "code"
        caption.text(MARGIN + 5 * MM, top + 6.2 * MM, self._say(CODE), 10.5, weight="SemiBold", color=WHITE)
        column = (self._inner - 6 * MM) / len(self._page.rows[0])
        number = 1
        for row, groups in enumerate(self._page.rows):
            y = top + (21 + 16 * row) * MM
            for place, group in enumerate(groups):
                x = MARGIN + 3 * MM + (place + 0.5) * column
                sheet.text(x, y - 6 * MM, str(number), 7.5, color=GREY, align="center")
                sheet.text(x, y, group, 17, weight="Bold", align="center")
                number += 1
        return top + height

    def _list(self, y: float, title: str, items: tuple[str, ...], *, numbered: bool) -> float:
        sheet = self._sheet
        sheet.zone = "words"
        sheet.text(MARGIN, y, self._say(title), 12.5, weight="SemiBold")
        y += 7 * MM
        for number, item in enumerate(items, start=1):
            sheet.text(MARGIN, y, f"{number}." if numbered else "–", _BODY, weight="SemiBold", color=GREY)
            words = wrap(self._say(item), "Regular", _BODY, self._inner - 7 * MM)
            sheet.block(MARGIN + 7 * MM, y, words, _BODY, _PITCH)
            y += len(words.lines) * _PITCH + 1.2 * MM
        return y - _PITCH

    def _scan(self, top: float) -> None:
        sheet = self._sheet
        sheet.zone = "scan"
        rows = qr_code(self._page.code)
        side = 34 * MM
        sheet.modules(MARGIN, top, rows, side / len(rows))
        x = MARGIN + side + 7 * MM
        sheet.text(x, top + 5 * MM, self._say(SCAN), _BODY, weight="SemiBold")
        facts = self._say(FACTS).format(
            fingerprint=self._page.fingerprint, day=self._language.date(self._page.made_on, "long")
        )
        draw_fitted(sheet, x, top + 12 * MM, facts, _BODY, self._inner - side - 7 * MM, color=GREY)

    def _foot(self) -> None:
        self._sheet.zone = "foot"
        self._sheet.rule(MARGIN, self._sheet.height - 16 * MM, self._sheet.width - MARGIN)
        self._sheet.text(MARGIN, self._sheet.height - 11 * MM, "DirectSell", 8, color=GREY)
