"""The field for a whole number of days between contacts."""

from __future__ import annotations

from directsell.domain.errors import DomainError
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.widgets.fields import InputError, ParsedField
from directsell.ui.widgets.typed import parse_quantity

_MOST = 3650


def whole_days_field(session: Session) -> ParsedField[int]:
    """Return a field for 1 to 3,650 days, or nothing."""
    return ParsedField(_Read(session), _Write(session), wrong=_wrong(), unit=_("days"), end=True)


def _wrong() -> str:
    return _("Enter a whole number of days, at most ten years.")


class _Read:
    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, text: str) -> int:
        try:
            number = parse_quantity(self._session.language, text)
        except DomainError as error:
            raise InputError(_wrong()) from error
        if number != int(number) or not 1 <= number <= _MOST:
            raise InputError(_wrong())
        return int(number)


class _Write:
    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, value: int) -> str:
        return self._session.language.number(value)
