"""Which locale serves a tag: its own formats, or those of its nearest relative. Formats nothing."""

from __future__ import annotations

from functools import lru_cache

from directsell.i18n.catalogues import PSEUDO_LANGUAGE
from directsell.i18n.formats import DEFAULT_TAG, SHIPPED, Formats, from_json
from directsell.resources import find_resource


def normalise(tag: str) -> str:
    """Return a locale's tag in the form used here: ``"de-AT.UTF-8"`` -> ``"de_AT"``; C and nothing are American."""
    parts = tag.split(".")[0].split("@")[0].replace("-", "_").split("_")
    language = {"iw": "he", "in": "id", "no": "nb"}.get(parts[0].lower(), parts[0].lower())
    if language in ("", "c", "posix"):
        return DEFAULT_TAG
    rest = [part.title() if len(part) == 4 else part.upper() for part in parts[1:] if part]
    return "_".join([language, *rest])


@lru_cache(maxsize=32)
def load_formats(tag: str) -> Formats:
    """Return the formats of a locale, or of the nearest one that is known.

    Looked for in this order: a shipped file of the very locale; for a bare language its usual country; the locale in
    Babel's data (imported only then); another country of the language; Babel's data of the language; American.

    Args:
        tag: normalised, e.g. ``"de_AT"``, ``"de"``, ``"qps"``.
    """
    if tag == PSEUDO_LANGUAGE:
        tag = DEFAULT_TAG
    language = tag.partition("_")[0]
    relatives = [shipped for shipped in SHIPPED if shipped.partition("_")[0] == language]
    if tag in SHIPPED:
        return _read(tag)
    if tag == language and relatives:
        return _read(relatives[0])
    return _from_babel(tag) or (_read(relatives[0]) if relatives else _from_babel(language) or _read(DEFAULT_TAG))


def _read(tag: str) -> Formats:
    return from_json(find_resource("formats", f"{tag}.json").read_text(encoding="utf-8"))


def _from_babel(tag: str) -> Formats | None:
    try:
        from directsell.i18n.cldr import build_formats
    except ImportError:  # Babel is not there
        return None
    return build_formats(tag)
