"""A page to draw on in points from its upper left corner, with mirroring and a record of every box. No layout."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from directsell.documents.bidi import is_rtl
from directsell.documents.fonts import Weight
from directsell.documents.text import clean, emit, is_simple, measure
from directsell.documents.wrapping import Wrapped

MM = 72 / 25.4
ASCENT = 0.78  # of the size: what a line of text may touch above and below its baseline
DESCENT = 0.22
Align = Literal["left", "right", "center"]

INK = "0.110 0.137 0.165"
GREY = "0.357 0.400 0.459"
RULE = "0.835 0.855 0.882"
WHITE = "1 1 1"
BLACK = "0 0 0"
_MIRRORED: dict[Align, Align] = {"left": "right", "right": "left", "center": "center"}


class Box(NamedTuple):
    """What a text touches: page number from 0, zone, and the rectangle in points from the upper left corner."""

    page: int
    zone: str
    left: float
    top: float
    right: float
    bottom: float
    text: str


class Sheet:
    """Draws on a ReportLab canvas.

    Args:
        canvas: the canvas.
        width: width of the sheet in points.
        height: height of the sheet in points.
        mirrored: turn left and right around, for languages that run from right to left.
        record: keep a box for each text.
        sharing: another sheet of the same page, whose boxes and missing characters this one adds to.
    """

    def __init__(
        self,
        canvas: Any,
        width: float,
        height: float,
        *,
        mirrored: bool = False,
        record: bool = False,
        sharing: Sheet | None = None,
    ) -> None:
        self.canvas = canvas
        self.width = width
        self.height = height
        self.mirrored = mirrored
        self.page: int = sharing.page if sharing else 0
        self.zone = ""
        self.boxes: list[Box] = sharing.boxes if sharing else []
        self.missing: set[str] = sharing.missing if sharing else set()
        self._record: bool = sharing._record if sharing else record

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: Weight = "Regular",
        color: str = INK,
        align: Align = "left",
        rtl: bool | None = None,
    ) -> None:
        """Write one line; ``y`` is its baseline from the top. User text is cleaned, never parsed.

        Args:
            x: left end, right end or middle of the line, as ``align`` says.
            y: baseline from the upper edge.
            text: the line; line ends in it become nothing.
            size: size in points.
            weight: weight of the letters.
            color: three numbers from 0 to 1.
            align: where ``x`` is; left and right change places on a mirrored sheet.
            rtl: direction of the paragraph, if the line is a part of one.
        """
        if not text:
            return
        simple = is_simple(text)
        if not simple:
            text = clean(text).replace("\n", " ")
            rtl = is_rtl(text, self.mirrored) if rtl is None else rtl
        if self.mirrored:
            x, align = self.width - x, _MIRRORED[align]
        span = measure(text, weight, size) if align != "left" or self._record else 0.0
        if align == "right":
            x -= span
        elif align == "center":
            x -= span / 2
        self.missing |= emit(self.canvas, x, self.height - y, text, weight, size, color, bool(rtl))
        if self._record:
            box = Box(self.page, self.zone, x, y - ASCENT * size, x + span, y + DESCENT * size, text)
            self.boxes.append(box)

    def block(
        self,
        x: float,
        y: float,
        wrapped: Wrapped,
        size: float,
        pitch: float,
        *,
        weight: Weight = "Regular",
        color: str = INK,
        align: Align = "left",
    ) -> None:
        """Write wrapped lines below each other, the first baseline at ``y``."""
        for index, line in enumerate(wrapped.lines):
            self.text(x, y + index * pitch, line, size, weight=weight, color=color, align=align, rtl=wrapped.rtl)

    def rule(self, x1: float, y: float, x2: float, *, width: float = 0.5, color: str = RULE, dash: str = "") -> None:
        """Draw a horizontal line."""
        if self.mirrored:
            x1, x2 = self.width - x1, self.width - x2
        pattern = f"[{dash}] 0 d " if dash else ""
        y = self.height - y
        self.canvas.addLiteral(f"q {pattern}{color} RG {width:g} w {x1:.2f} {y:.2f} m {x2:.2f} {y:.2f} l S Q")

    def upright(self, x: float, y1: float, y2: float, *, width: float = 0.5, color: str = RULE, dash: str = "") -> None:
        """Draw a vertical line; never mirrored."""
        pattern = f"[{dash}] 0 d " if dash else ""
        self.canvas.addLiteral(
            f"q {pattern}{color} RG {width:g} w {x:.2f} {self.height - y1:.2f} m {x:.2f} {self.height - y2:.2f} l S Q"
        )

    def rectangle(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Fill a rectangle whose upper left corner is given."""
        if self.mirrored:
            x = self.width - x - width
        self.canvas.addLiteral(f"{color} rg {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re f")

    def box(self, x: float, y: float, width: float, height: float, *, line: float = 0.6, color: str = RULE) -> None:
        """Draw the outline of a rectangle whose upper left corner is given."""
        if self.mirrored:
            x = self.width - x - width
        place = f"{x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re"
        self.canvas.addLiteral(f"q {color} RG {line:g} w {place} S Q")

    def rounded(self, x: float, y: float, width: float, height: float, color: str, radius: float = 3.0) -> None:
        """Fill a rectangle with round corners."""
        if self.mirrored:
            x = self.width - x - width
        left, right, low, high = x, x + width, self.height - y - height, self.height - y
        r = min(radius, height / 2, width / 2)
        k = r * 0.4477  # how far the handles of a quarter circle stay from the corner
        self.canvas.addLiteral(
            f"{color} rg {left + r:.2f} {low:.2f} m {right - r:.2f} {low:.2f} l "
            f"{right - k:.2f} {low:.2f} {right:.2f} {low + k:.2f} {right:.2f} {low + r:.2f} c {right:.2f} {high - r:.2f} l "
            f"{right:.2f} {high - k:.2f} {right - k:.2f} {high:.2f} {right - r:.2f} {high:.2f} c {left + r:.2f} {high:.2f} l "
            f"{left + k:.2f} {high:.2f} {left:.2f} {high - k:.2f} {left:.2f} {high - r:.2f} c {left:.2f} {low + r:.2f} l "
            f"{left:.2f} {low + k:.2f} {left + k:.2f} {low:.2f} {left + r:.2f} {low:.2f} c f"
        )

    def modules(self, x: float, y: float, rows: tuple[str, ...], module: float, height: float | None = None) -> None:
        """Draw a barcode: ``rows`` of ``1`` (black) and ``0``, each module ``module`` points wide.

        One-dimensional codes have one row and a ``height``. The colour is black, the ground the paper.
        """
        tall = module if height is None else height
        if self.mirrored:
            x = self.width - x - len(rows[0]) * module
        codes = [f"q {BLACK} rg {module:.4f} 0 0 {-tall:.4f} {x:.2f} {self.height - y:.2f} cm"]
        for index, row in enumerate(rows):
            start = row.find("1")
            while start >= 0:
                end = row.find("0", start)
                end = len(row) if end < 0 else end
                codes.append(f"{start} {index} {end - start} 1 re")
                start = row.find("1", end)
        self.canvas.addLiteral(" ".join(codes) + " f Q")

    def banner(self, text: str, color: str, size: float) -> None:
        """Write one word across the middle of the sheet, rising, as a mark behind everything."""
        text = clean(text)
        span = measure(text, "Bold", size)
        self.canvas.addLiteral(f"q 0.7660 0.6428 -0.6428 0.7660 {self.width / 2:.2f} {self.height / 2:.2f} cm")
        emit(self.canvas, -span / 2, -size * 0.36, text, "Bold", size, color, is_rtl(text))
        self.canvas.addLiteral("Q")

    def image(self, reader: Any, x: float, y: float, width: float, height: float) -> None:
        """Draw a decoded image whose upper left corner is given."""
        if self.mirrored:
            x = self.width - x - width
        self.canvas.drawImage(reader, x, self.height - y - height, width, height)


def color_of(accent: str) -> str:
    """Return ``#RRGGBB`` as three numbers; anything else gives the default colour."""
    try:
        if len(accent) != 7 or accent[0] != "#":
            raise ValueError(accent)
        red, green, blue = bytes.fromhex(accent[1:])
    except ValueError:
        red, green, blue = 0x0F, 0x76, 0x6E
    return f"{red / 255:.3f} {green / 255:.3f} {blue / 255:.3f}"
