"""The seller's settings for following up: how often, how many a day, on which days not. No programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from directsell.domain.errors import DomainError
from directsell.domain.people import Rank

_DAY = timedelta(days=1)
MOST_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRules:
    """Settings ``follow_up.*``.

    Attributes:
        daily_limit: contacts a day that programmes may ask for, 0 = no limit.
        days_a, days_b, days_c: days between contacts by rank, 0 = no interval.
        run_out_days: how many days before a product runs out the reminder stands.
        quiet_days: weekdays (0 = Monday) on which programmes ask for nobody.
    """

    daily_limit: int = 15
    days_a: int = 30
    days_b: int = 60
    days_c: int = 120
    run_out_days: int = 10
    quiet_days: tuple[int, ...] = ()

    def interval(self, rank: Rank, own: int | None) -> int | None:
        """Return the days between contacts of a person; None where no interval is kept."""
        by_rank = {Rank.A: self.days_a, Rank.B: self.days_b, Rank.C: self.days_c}
        days = by_rank.get(rank, 0) if own is None else own
        return days or None

    def allowed(self, day: date, *, back: bool = False) -> date:
        """Return the day itself, or the next (``back``: the last) one on which programmes may ask for somebody."""
        quiet = set(self.quiet_days)
        while day.weekday() in quiet and len(quiet) < 7:
            day = day - _DAY if back else day + _DAY
        return day


def check_rules(rules: ContactRules) -> None:
    """Refuse impossible settings.

    Raises:
        DomainError: ``follow_up.limit``, ``follow_up.days``, ``follow_up.all_quiet``.
    """
    if not 0 <= rules.daily_limit <= 1000:
        raise DomainError("follow_up.limit", field="daily_limit", most=1000)
    for name in ("days_a", "days_b", "days_c", "run_out_days"):
        if not 0 <= getattr(rules, name) <= MOST_DAYS:
            raise DomainError("follow_up.days", field=name, most=MOST_DAYS)
    if len(set(rules.quiet_days)) >= 7:
        raise DomainError("follow_up.all_quiet", field="quiet_days")
