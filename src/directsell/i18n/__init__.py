"""Languages: gettext for words; money, numbers and dates as a language writes them. No Qt, no database.

``_`` and ``ngettext`` speak the active language, that of the window; a document speaks that of its customer through
``Language.load(tag)``. Babel is not imported here: its data was written to files beforehand (see ``formats``).
"""

from __future__ import annotations

from directsell.i18n.catalogues import PSEUDO_LANGUAGE, translated_languages
from directsell.i18n.formats import DEFAULT_TAG
from directsell.i18n.language import DateStyle, Language
from directsell.i18n.system import system_language

__all__ = [
    "DEFAULT_TAG",
    "N_",
    "PSEUDO_LANGUAGE",
    "DateStyle",
    "Language",
    "_",
    "activate",
    "active_language",
    "choose_language",
    "ngettext",
    "pgettext",
    "system_language",
    "translated_languages",
]

_active: Language | None = None


def activate(tag: str) -> Language:
    """Make a language that of the program and return it.

    Args:
        tag: ``"de_AT"``, ``"en"``, ``"qps"`` ...; an unknown one is served by its nearest relative.
    """
    global _active
    _active = Language.load(tag)
    return _active


def active_language() -> Language:
    """Return the language of the program: the last that was activated, else American English."""
    return _active or activate(DEFAULT_TAG)


def choose_language(setting: str) -> str:
    """Return the tag to activate: the user's setting, or the machine's language when there is none.

    Args:
        setting: a tag, or "" for "as the system".
    """
    return setting or system_language()


def _(message: str) -> str:
    """Return a message in the active language."""
    return active_language().translate(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the message that fits a count, in the active language."""
    return active_language().ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """Return a message whose meaning depends on a context ("verb", "column"), in the active language."""
    return active_language().pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a message for translation and return it as it is; it is translated where it is shown."""
    return message
