"""Texts with fields such as ``{given}``: what they may hold, checking, filling in. Nothing of a text is ever evaluated.

A field is a known name in braces, ``{given}``, or with words for whoever lacks it, ``{given|friend}``. Other braces are text.
Doubled braces around a name, ``{{given}}``, give the name in braces. What is filled in is never looked at again. Where nothing
stands behind the bar, ``{salutation|} {name}``, the blank goes with the field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directsell.domain.contact_choices import Channel
from directsell.domain.errors import DomainError


class TextField(StrEnum):
    """What can be filled into a text; the value is the name between the braces."""

    SALUTATION = "salutation"
    GIVEN = "given"
    FAMILY = "family"
    NAME = "name"
    COMPANY = "company"
    CITY = "city"
    LAST_PRODUCT = "last_product"
    LAST_ORDER_DATE = "last_order_date"
    WISH = "wish"
    DEMO_DATE = "demo_date"
    DEMO_TIME = "demo_time"
    DEMO_PLACE = "demo_place"
    AMOUNT_OWED = "amount_owed"
    TODAY = "today"
    MY_NAME = "my_name"
    MY_BUSINESS = "my_business"
    MY_PHONE = "my_phone"
    MY_EMAIL = "my_email"
    MY_WEB = "my_web"


# The names in the languages of the program; every name is understood in every language.
NAMES: Final[dict[str, dict[TextField, str]]] = {
    "de": {
        TextField.SALUTATION: "anrede",
        TextField.GIVEN: "vorname",
        TextField.FAMILY: "nachname",
        TextField.NAME: "ganzer_name",
        TextField.COMPANY: "firma",
        TextField.CITY: "ort",
        TextField.LAST_PRODUCT: "letztes_produkt",
        TextField.LAST_ORDER_DATE: "letzte_bestellung",
        TextField.WISH: "wunsch",
        TextField.DEMO_DATE: "termin",
        TextField.DEMO_TIME: "uhrzeit",
        TextField.DEMO_PLACE: "treffpunkt",
        TextField.AMOUNT_OWED: "offener_betrag",
        TextField.TODAY: "heute",
        TextField.MY_NAME: "mein_name",
        TextField.MY_BUSINESS: "meine_firma",
        TextField.MY_PHONE: "mein_telefon",
        TextField.MY_EMAIL: "meine_email",
        TextField.MY_WEB: "meine_webseite",
    },
}
_KNOWN: Final = {field.value: field for field in TextField} | {
    name: field for names in NAMES.values() for field, name in names.items()
}
_FIELD: Final = re.compile(r"\{\{(\w+)\}\}|\{(\w+)(?:\|([^{}\n]*))?\}( ?)")
_WORDLESS: Final = re.compile(r"[0-9_]+")
LONGEST: Final = 20_000
TEXT_CHANNELS: Final = (Channel.EMAIL, Channel.MESSAGE, Channel.SOCIAL, Channel.POST)


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its fields filled in, and the fields for which there was nothing."""

    text: str
    missing: tuple[TextField, ...] = ()


def token(field: TextField, language: str = "") -> str:
    """Return a field as it is written in a text, e.g. ``{given}``, or ``{vorname}`` in German."""
    names = NAMES.get(language.replace("-", "_").partition("_")[0], {})
    return f"{{{names.get(field, field.value)}}}"


def fields_of(text: str) -> tuple[TextField, ...]:
    """Return the known fields of a text, each once, in their order."""
    found = (_known(part) for part in _FIELD.finditer(text))
    return tuple(dict.fromkeys(field for field in found if field is not None))


def unknown_fields(text: str) -> tuple[str, ...]:
    """Return the names in braces that are no field, each once; numbers and figures in braces are text."""
    return tuple(dict.fromkeys(name for name in _names(text) if name.casefold() not in _KNOWN))


def nearest(name: str) -> str:
    """Return the known name most like a mistyped one, or ""."""
    return next(iter(difflib.get_close_matches(name.casefold(), _KNOWN, n=1, cutoff=0.6)), "")


def check_text(text: str, field: str = "body") -> None:
    """Refuse a text with an unknown field, or one that is too long.

    Raises:
        DomainError: ``template.field`` or ``template.field_like`` (with the name that was probably meant), ``template.long``.
    """
    if len(text) > LONGEST:
        raise DomainError("template.long", field=field, most=LONGEST)
    for name in unknown_fields(text):
        meant = nearest(name)
        if meant:
            raise DomainError("template.field_like", field=field, name=name, meant=meant)
        raise DomainError("template.field", field=field, name=name)


def check_template(name: str, subject: str, body: str) -> None:
    """Refuse a template without name or words, or with unknown fields.

    Raises:
        DomainError: ``template.name``, ``template.empty``, or as ``check_text``.
    """
    if not name.strip():
        raise DomainError("template.name", field="name")
    if not body.strip():
        raise DomainError("template.empty", field="body")
    check_text(subject, "subject")
    check_text(body, "body")


def fill(text: str, values: Mapping[TextField, str]) -> Filled:
    """Return a text with its fields filled in.

    Args:
        text: any text; what is no field stays as it is.
        values: what stands for each field; a field without a value, or an empty one, gets the words behind its bar, or nothing.
    """
    missing: dict[TextField, None] = {}

    def put(part: re.Match[str]) -> str:
        if part[1] is not None:
            return f"{{{part[1]}}}"
        field = _known(part)
        if field is None:
            return part[0]
        value = values.get(field, "")
        if value:
            return value + part[4]
        if part[3] is None:
            missing[field] = None
        return "" if part[3] == "" else (part[3] or "") + part[4]

    return Filled(_FIELD.sub(put, text), tuple(missing))


def _known(part: re.Match[str]) -> TextField | None:
    return _KNOWN.get(part[2].casefold()) if part[2] is not None else None


def _names(text: str) -> Iterator[str]:
    for part in _FIELD.finditer(text):
        if part[2] is not None and _WORDLESS.fullmatch(part[2]) is None:
            yield part[2]
