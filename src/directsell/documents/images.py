"""Logos: foreign image bytes decoded within limits and written anew, so that nothing else of the file survives."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from directsell.domain.errors import DomainError

MOST_BYTES = 8_000_000
MOST_PIXELS = 40_000_000
MOST_SIDE = 1200  # pixels of the stored logo: 50 mm at 600 dpi
PRINTED = (600, 240)  # pixels of the printed one: 254 dpi at its largest, and small enough to embed at once
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")


def clean_logo(data: bytes) -> bytes:
    """Return an image as a small PNG without metadata; use it when a logo is chosen, and store the result.

    Args:
        data: bytes of a PNG, JPEG, WebP, BMP or GIF (its first picture).

    Raises:
        DomainError: ``logo.too_large`` (bytes or pixels), ``logo.unreadable``.
    """
    if len(data) > MOST_BYTES:
        raise DomainError("logo.too_large", field="logo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise DomainError("logo.too_large", field="logo")
                opened.load()
                turned = ImageOps.exif_transpose(opened)
                picture = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    except DomainError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DomainError("logo.too_large", field="logo") from error
    except Exception as error:
        raise DomainError("logo.unreadable", field="logo") from error
    picture.thumbnail((MOST_SIDE, MOST_SIDE))
    plain = Image.new("RGB", picture.size, "white")  # paper is white, and PDF/A knows no transparency
    plain.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    stream = io.BytesIO()
    plain.save(stream, "PNG", optimize=True)
    return stream.getvalue()


@lru_cache(maxsize=4)
def logo_reader(data: bytes) -> tuple[ImageReader, float] | None:
    """Return a logo for ReportLab and its width divided by its height; None for bytes that are no picture."""
    try:
        picture = Image.open(io.BytesIO(clean_logo(data)))
    except DomainError:
        return None  # a paper is still a paper without its logo
    picture.thumbnail(PRINTED)
    return ImageReader(picture), picture.width / picture.height
