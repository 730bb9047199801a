"""German is complete: every string that the source marks has a translation that fits it."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from directsell.i18n import translated_languages
from tests.architecture.sources import ROOT

KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
LANGUAGES = [code for code in translated_languages() if code != "en"]


@cache
def marked() -> frozenset[tuple[str, str]]:
    """Return (context, message) of every marked string of the source; of a plural its singular."""
    found = extract_from_dir(ROOT / "src", keywords=KEYWORDS)
    return frozenset((context or "", _first(message)) for _file, _line, message, _comments, context in found)


def _first(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


@cache
def catalogue(code: str) -> Catalog:
    path = ROOT / "resources" / "translations" / code / "LC_MESSAGES" / "directsell.po"
    with path.open("rb") as stream:
        return read_po(stream, locale=code)


def messages(code: str) -> list[Message]:
    return [message for message in catalogue(code) if message.id]


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(form) for form in text]  # type: ignore[attr-defined]


def test_german_is_there() -> None:
    assert "de" in LANGUAGES


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_marked_string_is_translated(code: str) -> None:
    done = {
        (message.context or "", _first(message.id))
        for message in messages(code)
        if all(forms(message.string)) and not message.fuzzy
    }
    assert not sorted(marked() - done), "run `dev.py translations` and translate what is new"


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_else_is_in_the_catalogue(code: str) -> None:
    assert not sorted({(message.context or "", _first(message.id)) for message in messages(code)} - marked())


@pytest.mark.parametrize("code", LANGUAGES)
def test_placeholders_survive_translation(code: str) -> None:
    wrong = []
    for message in messages(code):
        allowed = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
        needed = allowed if isinstance(message.id, str) else set()  # "one guest" may do without {count}
        for form in forms(message.string):
            used = set(PLACEHOLDER.findall(form))
            if form and not needed <= used <= allowed:
                wrong.append(form)
    assert not wrong


@pytest.mark.parametrize("code", LANGUAGES)
def test_catalogue_compiles(code: str) -> None:
    """Babel sees a format in a percent sign that a letter follows: "23 % gives"; the translation needs the same."""
    assert [(message.id, errors) for message, errors in catalogue(code).check()] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_edges_are_kept(code: str) -> None:
    """Blanks at the ends and a final ellipsis belong to the place, not to the language."""
    wrong = [
        form
        for message in messages(code)
        for form in forms(message.string)
        if form and _edges(form) != _edges(_first(message.id))
    ]
    assert not wrong


def _edges(text: str) -> tuple[bool, bool, bool]:
    return text[0].isspace(), text[-1].isspace(), text.endswith("…")
