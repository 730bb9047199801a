"""From error codes to sentences that say what to do, for window and command line. The only place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from directsell.domain.errors import DomainError
from directsell.domain.money import Money
from directsell.i18n import N_, _, active_language, ngettext
from directsell.messages.data import DATA, FINDINGS, NOTES
from directsell.messages.files import FILES
from directsell.messages.marketing import MARKETING
from directsell.messages.people import PEOPLE
from directsell.messages.trade import TRADE
from directsell.store.errors import StoreError, Unproven, WrongCode

__all__ = ["FINDINGS", "NOTES", "SENTENCES", "finding_text", "note_text", "sentence", "sentence_of"]

SENTENCES: dict[str, str] = {**TRADE, **PEOPLE, **MARKETING, **FILES, **DATA}
_STATES = {
    "planned": N_("Planned"),
    "confirmed": N_("Confirmed"),
    "open": N_("Open"),
    "closing": N_("Closing"),
    "submitted": N_("Submitted"),
    "delivered": N_("Delivered"),
    "settled": N_("Settled"),
    "cancelled": N_("Cancelled"),
    "postponed": N_("Postponed"),
    "draft": N_("Draft"),
    "placed": N_("Placed"),
}


def note_text(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence of something noticed while opening; an unknown code gives an empty text."""
    return _(NOTES[code]).format_map(_Known(params)) if code in NOTES else ""


def finding_text(code: str, count: int = 1) -> str:
    """Return the sentence of something that the check of the data found, with the number of places."""
    words = _(FINDINGS[code]) if code in FINDINGS else _("Something is not as it should be ({code}).").format(code=code)
    if count < 2:
        return words
    places = ngettext("{count} place", "{count} places", count).format(count=active_language().number(count))
    return _("{sentence} ({places})").format(sentence=words, places=places)


def sentence(error: BaseException) -> str | None:
    """Return the translated sentence of a DomainError or StoreError, or None when the error is a bug.

    An unknown code of a known kind gives the general sentence of that kind, with the code.
    """
    if not isinstance(error, DomainError | StoreError):
        return None
    if isinstance(error, WrongCode):
        return _wrong_code(error)
    words = sentence_of(error.code, error.params)
    if isinstance(error, Unproven) and error.params.get("findings"):
        reason = finding_text(error.params["findings"][0])
        return _("{sentence} {reason}").format(sentence=words, reason=reason)
    return words


def sentence_of(code: str, params: Mapping[str, object]) -> str:
    """Return the translated sentence of a code, as errors and findings of an import carry it."""
    words = SENTENCES.get(code)
    if words is None:
        return _("This cannot be done ({code}).").format(code=code)
    return _(words).format_map(_Known(params))


def _wrong_code(error: WrongCode) -> str:
    groups = error.params.get("groups", ())
    if groups:
        numbers = ", ".join(str(group) for group in groups)
        return ngettext(
            "Group {numbers} of the code is mistyped. Compare it with the sheet.",
            "Groups {numbers} of the code are mistyped. Compare them with the sheet.",
            len(groups),
        ).format(numbers=numbers)
    if "expected" in error.params:
        return _("The code has {expected} letters and digits; you typed {letters}.").format_map(error.params)
    words = SENTENCES[error.code]
    return _(words)


class _Known(dict[str, object]):
    """Values as the window writes them; placeholders that an error did not fill stay empty."""

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        if isinstance(value, datetime):
            return active_language().datetime(value)
        if isinstance(value, date):
            return active_language().date(value)
        if isinstance(value, Money):
            return active_language().money(value.minor, value.currency)
        if isinstance(value, tuple):
            return ", ".join(str(part) for part in value)
        if key in ("old", "new") and value in _STATES:
            return _(_STATES[str(value)])
        return _("a network drive") if (key, value) == ("by", "network") else value

    def __missing__(self, key: str) -> str:
        return ""
