"""Reads the texts of the legal files into a pack. Knows their shape, not where they lie."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from directsell.domain.cooling_off.holidays import HolidayTable
from directsell.domain.cooling_off.rules import Pack, Rule
from directsell.domain.cooling_off.texts import LegalText
from directsell.domain.errors import DomainError
from directsell.domain.frozen_json import from_json_text

_CODE = "legal.unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    tables: tuple[HolidayTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    rules: tuple[Rule, ...]
    regions: tuple[tuple[str, str, str], ...] = ()


def read_pack(rules: str, holidays: str, texts: Iterable[str]) -> Pack:
    """Return the pack of the legal files.

    Args:
        rules: JSON with ``bases`` (fields that rules share), ``rules`` (each may be ``like`` a base) and ``regions``.
        holidays: JSON with ``tables``.
        texts: one JSON for each wording.

    Raises:
        DomainError: ``legal.unreadable``.
    """
    found = from_json_text(_Rules, _without_bases(rules), code=_CODE)
    tables = from_json_text(_Tables, holidays, code=_CODE).tables
    wordings = tuple(from_json_text(LegalText, text, code=_CODE) for text in texts)
    return Pack(rules=found.rules, tables=tables, texts=wordings, regions=found.regions)


def _without_bases(text: str) -> str:
    """Return the rules with the fields of their base filled in; a rule's own fields win."""
    try:
        data = json.loads(text)
        data["rules"] = [_whole(rule, data["bases"]) for rule in data["rules"]]
        return json.dumps(data)
    except (ValueError, KeyError, TypeError) as error:
        raise DomainError(_CODE) from error


def _whole(rule: dict[str, Any], bases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    base = rule.get("like")
    return {**(_whole(bases[base], bases) if base else {}), **rule}
