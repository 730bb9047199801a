"""A fresh ReportLab canvas that knows no clock, no default font and no machine; one document is drawn at a time."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import md5
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from directsell.documents.fonts import BASE_FAMILY, BASE_FONT, begin_document, bundled_face
from directsell.documents.text import clean

_lock = threading.Lock()  # ReportLab's fonts hold the state of the document that is being written
_LONGEST_TITLE = 200


@contextmanager
def one_document() -> Iterator[None]:
    """Keep other threads from drawing meanwhile, and begin without a trace of the document before."""
    with _lock:
        begin_document()
        yield


def warm_up() -> None:
    """Load the fonts of the first document; call it in an idle thread after the start."""
    for weight in ("Regular", "SemiBold", "Bold"):
        bundled_face(BASE_FAMILY, weight)


def new_canvas(
    width: float,
    height: float,
    *,
    day: date,
    tag: str,
    title: str,
    author: str = "",
    subject: str = "",
    keywords: str = "",
) -> tuple[io.BytesIO, Any]:
    """Return where the bytes will be, and the canvas.

    Args:
        width: of the sheet in points.
        height: of the sheet in points.
        day: date of the document, whatever the clock says.
        tag: language of the document.
        title: what a viewer shows in its window; user text is allowed, as in the following ones.
        author: who made it.
        subject: what it is about.
        keywords: words to find it by.
    """
    warm_up()
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(width, height),
        invariant=1,
        pageCompression=1,
        initialFontName=BASE_FONT,
        lang=tag.replace("_", "-"),
    )
    canvas._doc.signature = md5(b"directsell", usedforsecurity=False)  # seeds the file's ID, else from the clock
    stamp = canvas._doc._timeStamp  # the day of the paper, whatever the clock and SOURCE_DATE_EPOCH say
    stamp.YMDhms, stamp.dhh, stamp.dmm, stamp.tzname = (day.year, day.month, day.day, 0, 0, 0), 0, 0, "UTC"
    canvas.setTitle(_plain(title))
    canvas.setAuthor(_plain(author))
    canvas.setSubject(subject)
    canvas.setCreator("DirectSell")
    canvas.setKeywords(_plain(keywords))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return buffer, canvas


def _plain(text: str) -> str:
    return clean(text[:_LONGEST_TITLE]).replace("\n", " ")
