"""The lines to sign on, and a drawn signature on its line: smooth vectors, never a picture. No page, no words of law."""

from __future__ import annotations

from directsell.documents import labels
from directsell.documents.parts import Scene
from directsell.documents.sheet import INK, MM, Sheet
from directsell.documents.text import measure
from directsell.domain.papers import SignedBy
from directsell.domain.signatures import UNITS, Stroke, bounds, curves, strokes_from

DAY = 8.0  # size of the date before a signature
BELOW = 0.7 * MM  # how far a signature reaches below its line
_LARGEST = 1.7  # times its size on a field as wide as the line, so that a small one does not become a large one


def signature_lines(scene: Scene) -> tuple[tuple[str, SignedBy], tuple[str, SignedBy]]:
    """Return what stands below the two lines of a slip, and who signed there."""
    paper = scene.paper
    return (
        (scene.say(labels.SIGN_CUSTOMER), paper.customer_signed),
        (scene.say(labels.SIGN_SELLER), paper.seller_signed),
    )


def draw_signature_line(
    sheet: Sheet,
    scene: Scene,
    left: float,
    base: float,
    width: float,
    signed: SignedBy,
    room: float,
    *,
    color: str = INK,
) -> None:
    """Draw a line to sign on, with day and signature where it was signed on the screen.

    Args:
        sheet: the page.
        scene: the paper, for its language.
        left: where the line begins.
        base: height of the line from the top.
        width: length of the line in points.
        signed: the signature.
        room: height above the line in points.
        color: of line and ink.
    """
    sheet.rule(left, base, left + width, width=0.6, color=color)
    strokes = strokes_from(signed.strokes) if signed.strokes else ()
    if not strokes:
        return
    used = 0.0
    if signed.signed_on is not None:
        day = scene.language.date(signed.signed_on)
        sheet.text(left, base - 1.3 * MM, day, DAY, color=color)
        used = measure(day, "Regular", DAY) + 3 * MM
    draw_strokes(sheet, strokes, left + used, base + BELOW - room, width - used, room, color=color)


def draw_strokes(
    sheet: Sheet, strokes: tuple[Stroke, ...], x: float, y: float, width: float, height: float, *, color: str = INK
) -> None:
    """Draw strokes into a rectangle, as large as fits, at its lower edge and its beginning; they are never mirrored."""
    first, top, last, bottom = bounds(strokes)
    across, down = max(last - first, 1), max(bottom - top, 1)
    pen = 0.9
    scale = min((width - pen) / across, (height - pen) / down, _LARGEST * width / UNITS)
    left = sheet.width - x - pen / 2 - across * scale if sheet.mirrored else x + pen / 2
    foot = sheet.height - y - height + pen / 2

    def at(px: float, py: float) -> str:
        return f"{left + (px - first) * scale:.2f} {foot + (bottom - py) * scale:.2f}"

    codes = []
    for stroke in strokes:
        codes.append(f"{at(*stroke[0])} m")
        codes += [f"{at(c.x1, c.y1)} {at(c.x2, c.y2)} {at(c.x, c.y)} c" for c in curves(stroke)]
    sheet.canvas.addLiteral(f"q 1 J 1 j {color} RG {pen:g} w {' '.join(codes)} S Q")
