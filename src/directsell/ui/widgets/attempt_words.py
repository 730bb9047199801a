"""How often somebody was tried to reach, in words. No widgets."""

from __future__ import annotations

from directsell.i18n import Language, _, ngettext
from directsell.store.queries.pipeline import Attempts
from directsell.ui.terms import term


def attempt_words(attempts: Attempts, language: Language) -> str:
    """Return "5 attempts (Call 3, E-mail 2), reached 1 time"."""
    if not attempts.total:
        return _("No contact was tried yet.")
    number = language.number
    by = ", ".join(
        _("{channel} {n}").format(channel=term(channel), n=number(count)) for channel, count in attempts.by_channel
    )
    reached = ngettext("reached {n} time", "reached {n} times", attempts.reached).format(n=number(attempts.reached))
    tried = ngettext("{n} attempt", "{n} attempts", attempts.total).format(n=number(attempts.total))
    return _("{attempts} ({channels}), {reached}").format(attempts=tried, channels=by, reached=reached)
