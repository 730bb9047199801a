"""The receiver in the window of the envelope: smaller or cut rather than outside of it."""

from __future__ import annotations

from directsell.documents.parts import Scene, clean_lines, draw_fitted
from directsell.documents.sheet import GREY, MM, Sheet
from directsell.documents.style import Window
from directsell.documents.wrapping import wrap
from directsell.domain.papers import WindowNorm

SIZES = ((10.5, 4.9 * MM), (9.0, 4.2 * MM), (8.0, 3.7 * MM), (7.0, 3.2 * MM))


def draw_window_address(sheet: Sheet, scene: Scene, window: Window, caption: str = "") -> None:
    """Draw the sender's small line and the receiver; a window knows no reading direction.

    Args:
        sheet: the page.
        scene: whose paper names both.
        window: where.
        caption: small word above the address where there is no window.
    """
    paper = scene.paper
    fixed = paper.window is not WindowNorm.NONE
    target = Sheet(sheet.canvas, sheet.width, sheet.height, sharing=sheet) if fixed else sheet
    target.zone = "window"
    sender = paper.sender
    if window.return_line:
        line = " · ".join(clean_lines([sender.name, *sender.address]))
        draw_fitted(target, window.left, window.return_line, line, 6.5, window.width, color=GREY, smallest=5)
        target.rule(window.left, window.return_line + 1.4 * MM, window.left + window.width)
    elif not fixed and caption:
        target.text(window.left, window.top - 6 * MM, caption, 7.5, color=GREY)
    room = window.bottom - window.top
    lines: list[tuple[str, bool]] = []
    pitch = 0.0
    size = 0.0
    for size, pitch in SIZES:
        lines = [
            (line, wrapped.rtl)
            for text in (paper.customer.name, *paper.customer.lines)
            if not (wrapped := wrap(text, "Regular", size, window.width)).empty
            for line in wrapped.lines
        ]
        if (len(lines) - 1) * pitch <= room:
            break
    most = int(room / pitch) + 1
    for index, (line, rtl) in enumerate(lines[:most]):
        cut = index == most - 1 and len(lines) > most
        target.text(window.left, window.top + index * pitch, line[:-1] + "…" if cut else line, size, rtl=rtl)
