"""The field for a birthday, with or without its year. Reading and writing days is the language's."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtWidgets import QWidget

from directsell.domain.errors import DomainError
from directsell.i18n import _
from directsell.ui.pages.people.about import day_and_month
from directsell.ui.session import Session
from directsell.ui.widgets.fields import InputError, ParsedField

_LEAP_YEAR = 2000
_NUMBERS = re.compile(r"\d+")


class BirthdayField(ParsedField[str]):
    """``BirthdayField(session)``: the value is ``YYYY-MM-DD``, or ``--MM-DD`` when no year was typed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        example = day_and_month(date(_LEAP_YEAR, 12, 24), session.language)
        super().__init__(_Read(session), _Write(session), wrong=_wrong(), placeholder=example, parent=parent)


def _wrong() -> str:
    return _("This is not a date. Type day and month, with or without the year.")


class _Read:
    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, text: str) -> str:
        try:
            day = self._day(text)
        except (DomainError, ValueError) as error:
            raise InputError(_wrong()) from error
        if not has_year(text):
            return f"--{day:%m-%d}"
        if day > self._session.today():
            if _whole_year(text):
                raise InputError(_wrong())  # it is not for us to choose another century
            # Two digits of a year are read as near today; nobody is born in the future.
            day = day.replace(year=day.year - 100)
        return day.isoformat()

    def _day(self, text: str) -> date:
        language, today = self._session.language, self._session.today()
        if has_year(text):
            return language.parse_date(text, today)
        # In a leap year also 29 February is a day.
        return language.parse_date(text, date(_LEAP_YEAR, 6, 15))


class _Write:
    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, value: str) -> str:
        language = self._session.language
        if value.startswith("--"):
            return day_and_month(date.fromisoformat(f"{_LEAP_YEAR}{value[1:]}"), language)
        return language.date(date.fromisoformat(value), "long")


def _whole_year(text: str) -> bool:
    """Say whether a year was typed with its century."""
    return any(len(number) in (4, 8) for number in _NUMBERS.findall(text))


def has_year(text: str) -> bool:
    """Say whether a typed day has a year: three numbers, a name of a month and two, or six digits and more in one."""
    numbers = _NUMBERS.findall(text)
    if any(len(number) >= 3 for number in numbers):
        return True
    word = any(character.isalpha() and character not in "年月日" for character in text)
    return len(numbers) >= (2 if word else 3)
