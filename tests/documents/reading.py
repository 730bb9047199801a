"""Reads finished PDFs back, as a customer's viewer would."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import pypdf
import pypdfium2
import zxingcpp

from directsell.documents.sheet import Box


def text_of(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def squeeze(text: str) -> str:
    """Return text without blanks, line ends and reading marks, composed: what is left are the letters in their order."""
    return re.sub(r"[\s\u00a0\u202f\ufffe\x02\u200e\u200f\ufeff]", "", unicodedata.normalize("NFC", text))


def codes_of(pdf: bytes, page: int = 0, dpi: int = 200) -> dict[str, str]:
    """Return the barcodes of a page as kind -> content, read from its picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[page].render(scale=dpi / 72).to_pil().convert("L")
    finally:
        document.close()
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(picture)}


def fonts_of(pdf: bytes) -> list[Any]:
    """Return every font object of the file."""
    reader: Any = pypdf.PdfReader(io.BytesIO(pdf))
    things = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [thing for thing in things if isinstance(thing, dict) and thing.get("/Type") == "/Font"]


def overlaps(boxes: Iterable[Box]) -> Iterator[tuple[Box, Box]]:
    """Yield pairs of boxes of one page that touch the same place."""
    pages: dict[int, list[Box]] = {}
    for box in boxes:
        pages.setdefault(box.page, []).append(box)
    for found in pages.values():
        found.sort(key=lambda box: box.top)
        for index, one in enumerate(found):
            for other in found[index + 1 :]:
                if other.top >= one.bottom - 0.05:
                    break
                if one.left < other.right - 0.05 and other.left < one.right - 0.05:
                    yield one, other
