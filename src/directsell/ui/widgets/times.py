"""The field for a time of day, typed in any of the usual ways. No days, no forms."""

from __future__ import annotations

import re
from datetime import time

from directsell.ui.session import Session
from directsell.ui.widgets.fields import TimeField

_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(?:h|uhr)?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)


def time_field(session: Session) -> TimeField:
    """Return a field for a time of day ("18:30", "6:30 pm", "1830", "7"). Up and Down move by a quarter of an hour."""
    return TimeField(read_time, session.language.time, placeholder=session.language.time(time(18, 30)))


def read_time(text: str) -> time:
    """Return the time of day that was typed.

    Raises:
        ValueError: it is none.
    """
    match = _TIME.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError(text)
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)
