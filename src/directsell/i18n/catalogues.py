"""The words: gettext catalogues of the shipped languages, and the pseudo language. No numbers, no dates."""

from __future__ import annotations

import gettext
import io
import re
from functools import lru_cache
from pathlib import Path

from directsell.resources import find_resource

SOURCE_LANGUAGE = "en"  # the language the strings are written in
PSEUDO_LANGUAGE = "qps"  # ISO 639-2 reserves qaa-qtz for private use
DOMAIN = "directsell"


def translated_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have words: English first, then the catalogues by name."""
    folder = find_resource("translations")
    found = {path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.[mp]o")}
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


@lru_cache(maxsize=16)
def load_words(code: str) -> gettext.NullTranslations:
    """Return the catalogue of a language ("de"); an empty one, which answers in English, where there is none."""
    if code == PSEUDO_LANGUAGE:
        return PseudoTranslations()
    source = find_resource("translations", code, "LC_MESSAGES", f"{DOMAIN}.po")
    compiled = source.with_suffix(".mo")
    # A checkout holds the .po; the compiled form beside it counts only while it is not older.
    if source.is_file() and not (compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime):
        return _compile(source, code)
    if compiled.is_file():
        with compiled.open("rb") as stream:
            return gettext.GNUTranslations(stream)
    return gettext.NullTranslations()


def _compile(source: Path, code: str) -> gettext.NullTranslations:
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError:  # a source folder without the requirements: English rather than nothing
        return gettext.NullTranslations()
    buffer = io.BytesIO()
    with source.open("rb") as stream:
        write_mo(buffer, read_po(stream, locale=code, domain=DOMAIN))
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


_PLACEHOLDER = re.compile(r"(\{[^{}]*\}|%[sd]|&(?=\w))")
_ACCENTS = str.maketrans("AEIOUaeiouCcNnSsYyZzLl", "ÀÉÎÖÛàéîöûÇçÑñŠšÝýŽžŁł")


class PseudoTranslations(gettext.NullTranslations):
    """A language for proofs: accented, a third longer, in brackets; placeholders stay. It reads right to left.

    What shows up plain in it does not go through gettext; what is cut off in it will be cut off in German.
    """

    def gettext(self, message: str) -> str:
        """Return the message in the pseudo language."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form that fits the count, by the English rule."""
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Return the message in the pseudo language, whatever the context."""
        return pseudo(message)


def pseudo(message: str) -> str:
    """Return a message in the pseudo language, e.g. "Save {n}" -> "[Šàvé {n} ···]"."""
    if not message.strip():
        return message
    parts = _PLACEHOLDER.split(message)
    accented = "".join(part if index % 2 else part.translate(_ACCENTS) for index, part in enumerate(parts))
    return f"[{accented} {'·' * max(1, len(message) // 3)}]"
