"""Sheets of address labels, exactly as large as they were made: print without fitting to the page."""

from __future__ import annotations

from directsell.documents.canvases import new_canvas, one_document
from directsell.documents.rendering import Drawn
from directsell.documents.sheet import ASCENT, MM, Sheet
from directsell.documents.wrapping import Wrapped, wrap
from directsell.domain.mailings import LABEL_SHEETS, LabelRun, LabelSheet, check_start
from directsell.domain.papers import Party

_PAD = 4 * MM  # printers and labels wander: nothing comes nearer to the edge
_SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
_LEADING = 1.22


def render_labels(run: LabelRun) -> bytes:
    """Return the PDF of label sheets."""
    return draw_labels(run).pdf


def draw_labels(run: LabelRun, *, record: bool = False) -> Drawn:
    """Return the PDF of label sheets; with ``record`` also the box of each text.

    Raises:
        DomainError: ``label.start``.
    """
    check_start(run.kind, run.start)
    form = LABEL_SHEETS[run.kind]
    pages = max(1, -(-(run.start - 1 + len(run.labels)) // form.count))
    with one_document():
        buffer, canvas = new_canvas(
            form.page_width * MM, form.page_height * MM, day=run.day, tag=run.language, title=run.title
        )
        sheet = Sheet(canvas, form.page_width * MM, form.page_height * MM, record=record)
        sheet.zone = "label"
        for page in range(pages):
            sheet.page = page
            for number, party in enumerate(run.labels, start=run.start - 1):
                if number // form.count == page:
                    _draw(sheet, form, number % form.count, party)
            canvas.showPage()
        canvas.save()
    return Drawn(buffer.getvalue(), pages, frozenset(sheet.missing), tuple(sheet.boxes))


def _draw(sheet: Sheet, form: LabelSheet, place: int, party: Party) -> None:
    """Draw an address in the middle of its label, smaller rather than cut."""
    left, top = (value * MM for value in form.corner(place))
    width, height = form.width * MM - 2 * _PAD, form.height * MM - 2 * min(_PAD, form.height * MM * 0.1)
    size = _SIZES[-1]
    lines: list[tuple[str, bool]] = []
    for size in _SIZES:
        lines = _lines(party, size, width)
        whole = len(lines) == sum(bool(text.strip()) for text in (party.name, *party.lines))
        if len(lines) * size * _LEADING <= height and (whole or size == _SIZES[-1]):
            break
    pitch = size * _LEADING
    fitting = lines[: max(1, int(height / pitch))]
    y = top + (form.height * MM - len(fitting) * pitch) / 2 + size * ASCENT + (pitch - size) / 2
    for index, (line, rtl) in enumerate(fitting):
        sheet.block(
            left + _PAD,
            y + index * pitch,
            Wrapped((line,), rtl),
            size,
            pitch,
            weight="SemiBold" if not index else "Regular",
        )


def _lines(party: Party, size: float, width: float) -> list[tuple[str, bool]]:
    found = []
    for index, text in enumerate((party.name, *party.lines)):
        wrapped = wrap(text, "Regular" if index else "SemiBold", size, width)
        found += [(line, wrapped.rtl) for line in wrapped.lines if line]
    return found
