"""Pages of a PDF as images and words. The only place that talks to PDFium, which runs one call at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

POINTS_PER_INCH = 72.0
MAX_PIXELS = 60_000_000  # a page is never drawn larger than this, whatever the zoom
_one_at_a_time = threading.Lock()


class UnreadablePdf(Exception):
    """The bytes are no PDF, or a damaged one."""


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What is known of a PDF before it is drawn: (width, height) of each page in points, and its words page by page."""

    sizes: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """All words."""
        return "\n\n".join(self.texts)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2  # 20 ms and a native library: only when the first paper is looked at

    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(str(error)) from error
        try:
            yield document
        finally:
            document.close()


def read_info(data: bytes) -> PdfInfo:
    """Return sizes and words of all pages; fit for a worker.

    Raises:
        UnreadablePdf: the bytes are no PDF.
    """
    sizes, texts = [], []
    with _opened(data) as document:
        for number in range(len(document)):
            page = document[number]
            sizes.append((float(page.get_width()), float(page.get_height())))
            words = page.get_textpage()
            texts.append(words.get_text_bounded().replace("\r\n", "\n"))
            words.close()
            page.close()
    return PdfInfo(tuple(sizes), tuple(texts))


def draw_page(data: bytes, number: int, scale: float) -> QImage:
    """Return one page on white, ``scale`` device pixels for a point; fit for a worker.

    Raises:
        UnreadablePdf: the bytes are no PDF.
    """
    with _opened(data) as document:
        page = document[number]
        pixels = page.get_width() * page.get_height() * scale * scale
        if pixels > MAX_PIXELS:
            scale *= (MAX_PIXELS / pixels) ** 0.5
        bitmap = page.render(scale=scale, fill_color=(255, 255, 255, 255), prefer_bgrx=True)
        content = bytes(bitmap.buffer)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        bitmap.close()
        page.close()
    # The copy owns its pixels; the view dies with ``content``.
    return QImage(content, width, height, stride, QImage.Format.Format_RGB32).copy()
