"""The fonts of the paper: which font draws which character. Loads, registers and chooses; draws nothing."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

import uharfbuzz
from bidi.mirror import MIRRORED
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from directsell.resources import find_resource

Weight = Literal["Regular", "SemiBold", "Bold"]
BASE_FAMILY = "NotoSans"
BASE_FONT = "NotoSans-Regular"

# Nothing that is printed may reach for a file, a host or an evaluator (documents.md 6 of the design notes).
rl_config.trustedHosts = []
rl_config.trustedSchemes = []
rl_config.toColorCanUse = None
rl_config.useA85 = 0  # binary streams: smaller and faster

# A shaped glyph is embedded under a character of plane 15, given out in order of use within one document.
_STAND_INS = 0xF0000
_COMPLEX = frozenset({"NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari", "NotoSansThai"})

# Families in the order in which they are asked, with the blocks for which they are asked at all, so that a
# font of two megabytes is not opened to learn that it has no "é".
_FAMILIES: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("NotoSansArabic", ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))),
    ("NotoSansHebrew", ((0x0590, 0x05FF), (0xFB1D, 0xFB4F))),
    ("NotoSansDevanagari", ((0x0900, 0x097F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF))),
    ("NotoSansThai", ((0x0E00, 0x0E7F),)),
    ("NotoSansSC", ((0x2E80, 0xA4CF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))),
    ("NotoSansKR", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))),
    ("DejaVuSans", ((0x2150, 0x23FF), (0x25A0, 0x27BF))),
    ("NotoEmoji", ((0x203C, 0x3299), (0x1F000, 0x1FAFF))),
)
_FILES = {"DejaVuSans": "DejaVuSans-Symbols.ttf"}

# Fonts of the systems that hold what the bundled ones lack; TrueType outlines only, others are passed over.
_SYSTEM_FONTS = {
    "win32": (
        ("SystemRoot", "C:/Windows"),
        (
            "Fonts/Nirmala.ttf",
            "Fonts/Nirmala.ttc",
            "Fonts/msyh.ttc",
            "Fonts/YuGothR.ttc",
            "Fonts/malgun.ttf",
            "Fonts/seguisym.ttf",
            "Fonts/ebrima.ttf",
            "Fonts/LeelawUI.ttf",
            "Fonts/segoeui.ttf",
            "Fonts/simsunb.ttf",
        ),
    ),
    "darwin": (
        ("", "/System/Library/Fonts"),
        (
            "Supplemental/Arial Unicode.ttf",
            "/Library/Fonts/Arial Unicode.ttf",
            "Apple Symbols.ttf",
            "Supplemental/AppleGothic.ttf",
            "Supplemental/Kefa.ttc",
            "Supplemental/Bangla Sangam MN.ttc",
        ),
    ),
    "linux": (
        ("", "/usr/share/fonts/truetype"),
        (
            "noto/NotoSansBengali-Regular.ttf",
            "noto/NotoSansTamil-Regular.ttf",
            "noto/NotoSansTelugu-Regular.ttf",
            "noto/NotoSansGujarati-Regular.ttf",
            "noto/NotoSansGurmukhi-Regular.ttf",
            "noto/NotoSansKannada-Regular.ttf",
            "noto/NotoSansMalayalam-Regular.ttf",
            "noto/NotoSansSinhala-Regular.ttf",
            "noto/NotoSansKhmer-Regular.ttf",
            "noto/NotoSansLao-Regular.ttf",
            "noto/NotoSansMyanmar-Regular.ttf",
            "noto/NotoSansArmenian-Regular.ttf",
            "noto/NotoSansGeorgian-Regular.ttf",
            "noto/NotoSansEthiopic-Regular.ttf",
            "wqy/wqy-zenhei.ttc",
            "droid/DroidSansFallbackFull.ttf",
            "dejavu/DejaVuSans.ttf",
            "unifont/unifont.ttf",
        ),
    ),
}


class Glyph(NamedTuple):
    """A shaped glyph; lengths in thousandths of the size.

    ``text`` is what a reader gets when the glyph is copied: the letters of its cluster for the first glyph of
    the cluster that has a width, nothing for the others.
    """

    gid: int
    text: str
    advance: float
    dx: float
    dy: float


class _EmbeddedFont(TTFont):  # type: ignore[misc]  # ReportLab has no types
    """A font whose embedded subsets say which letters a shaped glyph stands for."""

    stand_ins: dict[str, str]

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the subsets as ReportLab does, then the table from codes to letters with our stand-ins."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            prefix = ttfonts.SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX
            name = prefix.decode("pdfdoc")
            texts = [self.stand_ins.get(chr(code), chr(code)) for code in subset]
            doc.idToObject["toUnicodeCMap:" + name].content = _to_unicode(name, texts)


class Face:
    """A font file that ReportLab embeds and HarfBuzz shapes.

    Args:
        name: name within ReportLab, unique in the process.
        path: TrueType file or collection (its first font).
        shaped: characters of this font need shaping (joining, marks, reordering).
        cuts: how many weights the family has here; with one, bold is the same font with a thin outline.
    """

    def __init__(self, name: str, path: Path, *, shaped: bool, cuts: int) -> None:
        self.name = name
        self.shaped = shaped
        self.single_cut = cuts == 1
        self.font: Any = _EmbeddedFont(name, str(path), asciiReadable=False)
        pdfmetrics.registerFont(self.font)
        self._face = self.font.face
        self._scale = 1000.0 / self._face.unitsPerEm
        self.coverage = frozenset(self._face.charToGlyph)
        self._harfbuzz: Any = None
        self._codes: dict[tuple[int, str], str] = {}
        self.begin()
        _loaded.append(self)

    def begin(self) -> None:
        """Forget the stand-ins of the last document, so that each document's bytes follow from its content alone."""
        self._codes.clear()
        self.font.stand_ins = {}

    def width(self, text: str) -> float:
        """Return the width of text whose characters are drawn one by one, in thousandths of the size."""
        return float(self.font.stringWidth(text, 1000))

    def glyph_width(self, gid: int) -> float:
        """Return the own width of a glyph in thousandths of the size."""
        width: float = self._face.hmetrics[gid][0] * self._scale
        return width

    def shape(self, text: str, *, rtl: bool) -> list[Glyph]:
        """Shape a run of one direction; the glyphs come from left to right."""
        if self._harfbuzz is None:
            self._harfbuzz = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(self._face._ttf_data)))
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        uharfbuzz.shape(self._harfbuzz, buffer)
        infos, positions, scale = buffer.glyph_infos, buffer.glyph_positions, self._scale
        starts = [*sorted({info.cluster for info in infos}), len(text)]
        texts = {start: text[start:end] for start, end in pairwise(starts)}
        if rtl:  # a reader turns the line around, so it is told the letters of a glyph and brackets as seen on paper
            texts = {start: MIRRORED.get(part, part[::-1]) for start, part in texts.items()}
        carriers = {info.cluster: index for index, info in reversed(list(enumerate(infos)))}
        carriers |= {
            info.cluster: index
            for index, (info, at) in reversed(list(enumerate(zip(infos, positions, strict=True))))
            if at.x_advance
        }
        return [
            Glyph(
                info.codepoint,
                texts[info.cluster] if carriers[info.cluster] == index else "",
                at.x_advance * scale,
                at.x_offset * scale,
                at.y_offset * scale,
            )
            for index, (info, at) in enumerate(zip(infos, positions, strict=True))
        ]

    def stand_in(self, glyph: Glyph) -> str:
        """Return the character under which ReportLab embeds this glyph in the present document."""
        key = (glyph.gid, glyph.text)
        char = self._codes.get(key)
        if char is None:
            code = _STAND_INS + len(self._codes)
            char = self._codes[key] = chr(code)
            self._face.charToGlyph[code] = glyph.gid
            self._face.charWidths[code] = self.glyph_width(glyph.gid)
            self.font.stand_ins[char] = glyph.text
        return char


def _to_unicode(name: str, texts: list[str]) -> str:
    """Return the CMap that gives the text of each code of a subset (PDF 32000-1, 9.10.3)."""
    rows = [f"<{code:02X}> <{text.encode('utf-16-be', 'replace').hex().upper()}>" for code, text in enumerate(texts)]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def begin_document() -> None:
    """Start a document: no trace of the one before may be in its bytes."""
    for face in _loaded:
        face.begin()


_loaded: list[Face] = []


@lru_cache(maxsize=32)
def bundled_face(family: str, weight: Weight) -> Face:
    """Return a bundled font, loaded and registered on first use; where a weight lacks, the nearest one."""
    if family == BASE_FAMILY:
        return Face(f"{family}-{weight}", find_resource("fonts", f"{family}-{weight}.ttf"), shaped=False, cuts=3)
    if weight != "Regular" and family not in _COMPLEX:
        return bundled_face(family, "Regular")
    if weight == "SemiBold":
        return bundled_face(family, "Bold")
    name = f"{family}-{weight}"
    cuts = 2 if family in _COMPLEX else 1
    return Face(name, find_resource("fonts", _FILES.get(family, f"{name}.ttf")), shaped=cuts == 2, cuts=cuts)


@lru_cache(maxsize=8192)
def face_for(char: str, weight: Weight) -> Face | None:
    """Return the first font that has the character: Noto Sans, the bundled families, then fonts of the system."""
    code = ord(char)
    if code >= _STAND_INS:
        return None
    base = bundled_face(BASE_FAMILY, weight)
    if code in base.coverage:
        return base
    for family, blocks in _FAMILIES:
        if any(low <= code <= high for low, high in blocks):
            face = bundled_face(family, weight)
            if code in face.coverage:
                return face
    return next((face for face in _system_faces() if code in face.coverage), None)


@lru_cache(maxsize=1)
def _system_faces() -> tuple[Face, ...]:
    """Load the system's fonts of the list that exist; only called when a character is in no bundled font."""
    (variable, root), names = _SYSTEM_FONTS.get(sys.platform, (("", ""), ()))
    folder = Path(os.environ.get(variable, root) if variable else root)
    faces = []
    for name in names:
        path = folder / name
        if path.is_file():
            try:
                faces.append(Face(f"System-{path.stem}", path, shaped=True, cuts=1))
            except (TTFError, OSError, ValueError):
                continue  # no TrueType outlines, or damaged: the next one may do
    return tuple(faces)
