"""The reasons behind a rule, a deadline or a refusal, as codes with values; the screen has a sentence for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Every reason there is; the values that come with each are named behind it."""

    NO_RULE = "no_rule"  # country
    BUSINESS_BUYER = "business_buyer"
    PLACE_NOT_COVERED = "place_not_covered"  # rule, place
    BUYER_ASKED = "buyer_asked"  # rule
    VISIT_NOT_COVERED = "visit_not_covered"  # rule, visit
    BELOW_THRESHOLD = "below_threshold"  # rule, place, minimum (minor units), currency
    NOT_ABOVE_THRESHOLD = "not_above_threshold"  # rule, place, minimum (minor units), currency
    GOODS_EXCEPTED = "goods_excepted"  # rule, goods
    OTHER_CURRENCY = "other_currency"  # rule, currency: the threshold cannot be compared, so the right is granted
    HOST_HOME_LIKE_BUYERS = "host_home_like_buyers"  # rule, minimum (minor units), currency
    CHOSEN = "chosen"  # rule
    UNSOLICITED_PERIOD = "unsolicited_period"  # days
    COLLECTIVE_PERIOD = "collective_period"  # days
    SENIOR_PERIOD = "senior_period"  # days
    STARTS = "starts"  # day, trigger
    STARTS_WITH_DELIVERY = "starts_with_delivery"  # trigger, days, unit
    COUNTED = "counted"  # day, number
    SKIPPED_SUNDAY = "skipped_sunday"  # day
    SKIPPED_SATURDAY = "skipped_saturday"  # day
    SKIPPED_HOLIDAY = "skipped_holiday"  # day, name
    NOMINAL_END = "nominal_end"  # day, days
    ENDS = "ends"  # day
    NO_BAN = "no_ban"
    HOME_PARTY_EXEMPT = "home_party_exempt"
    BAN_UNTIL = "ban_until"  # day: the last one on which no payment may be taken
    BAN_OVER = "ban_over"  # day: as for BAN_UNTIL


@dataclass(frozen=True, slots=True)
class Step:
    """One reason with its values, in the order in which they are named at ``Why``."""

    code: Why
    params: tuple[tuple[str, str | int | date], ...] = ()

    @property
    def values(self) -> dict[str, str | int | date]:
        """The values by name."""
        return dict(self.params)


def step(code: Why, **params: str | int | date) -> Step:
    """Return a reason with its values."""
    return Step(code, tuple(params.items()))
