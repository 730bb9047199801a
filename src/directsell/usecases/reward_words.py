"""What is said about a host's reward, in the language that is given: every step of its explanation, the next steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from directsell.domain.host_programmes.coach import Need, Nudge
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.rules import Gift, Measure
from directsell.domain.host_programmes.trace import Figure, Step, StepCode
from directsell.i18n import N_, Language, _

STEPS: dict[StepCode, str] = {
    StepCode.ORDER_COUNTED: N_("{key}: {change} count as sales."),
    StepCode.ORDER_RETURNED: N_("{key}: goods came back, {change}."),
    StepCode.RETURN_IGNORED: N_("{key}: goods for {amount} came back; returns do not reduce the reward."),
    StepCode.ORDER_CANCELLED: N_("{key}: the order was cancelled and does not count."),
    StepCode.HOST_ORDER_EXCLUDED: N_("{key}: the host's own order does not count."),
    StepCode.OUTSIDE_EXCLUDED: N_("{key}: ordered without being there; such orders do not count."),
    StepCode.ORDER_TOO_LATE: N_("{key}: ordered {days} days after the demo; only {most} days count."),
    StepCode.NOTHING_QUALIFIES: N_("{key}: {amount} are half-price, free or excluded goods and do not count."),
    StepCode.NOT_BELOW_ZERO: N_("More came back than was sold; the sales count as nothing."),
    StepCode.BUYERS_COUNTED: N_("Buyers: {change}"),
    StepCode.GUESTS_COUNTED: N_("Guests who came: {change}"),
    StepCode.BOOKING_COUNTED: N_("Booking of {key} on day {days}: it counts."),
    StepCode.BOOKING_CANCELLED: N_("Booking of {key}: it was called off."),
    StepCode.BOOKING_TOO_LATE: N_("Booking of {key}: on day {days}; only days up to {most} count."),
    StepCode.BOOKING_MADE_LATE: N_("Booking of {key}: made {days} days after the demo; only {most} days count."),
    StepCode.BOOKING_NOT_LATER: N_("Booking of {key}: it does not lie after this demo."),
    StepCode.BOOKING_UNPROVEN: N_("Booking of {key}: it counts when that demo has taken place as the rules ask."),
    StepCode.BOOKING_ABOVE_MOST: N_("Booking of {key}: at most {most} bookings count."),
    StepCode.BASE_FROM_SALES: N_("Qualifying sales: {change}"),
    StepCode.TAX_STRIPPED: N_("Tax inside the prices taken out: {change}"),
    StepCode.FLOORED: N_("Rounded down to whole units: {change}"),
    StepCode.POINTS_KEPT_DATE: N_("The agreed day was kept: {change} points"),
    StepCode.POINTS_BOOKINGS: N_("Points for bookings: {count} × {each} = {change}"),
    StepCode.POINTS_GUESTS: N_("Points for guests: {count} × {each} = {change}"),
    StepCode.POINTS_SALES: N_("Points for sales: {units} × {each} = {change}"),
    StepCode.CONDITION_MET: N_("Condition met: {measure} {have}, at least {least}."),
    StepCode.CONDITION_UNMET: N_("Condition not met yet: {measure} {have}, at least {least}."),
    StepCode.RUNG_REACHED: N_("{measure} {have}: the step from {start} is reached."),
    StepCode.NO_RUNG: N_("{measure} {have}: the first step begins at {start}."),
    StepCode.CREDIT_SHARE: N_("{ppm} of {base}: credit {change}"),
    StepCode.CREDIT_FIXED: N_("Fixed credit: {change}"),
    StepCode.RIGHTS_GIVEN: N_("Half-price rights: {change}"),
    StepCode.GIFT_GIVEN: N_("Gift: {change} × {name}"),
    StepCode.CREDIT_CAPPED: N_("No more credit than {cap}: {change}"),
    StepCode.RIGHTS_CAPPED: N_("No more than {cap} half-price rights: {change}"),
    StepCode.EXPIRES: N_("To be redeemed within {days} days, until {on}."),
    StepCode.PARENT_UNQUALIFIED: N_("The demo at which this one was booked has not qualified."),
    StepCode.CHILD_UNQUALIFIED: N_("This demo has not qualified, so the past host gets nothing."),
    StepCode.SHARED: N_("Shared by {hosts} hosts; this is share number {position} of {total}."),
    StepCode.CARRIED: N_("Left over at the demo of {on}: credit {change}"),
}
MEASURES: dict[Measure, str] = {
    Measure.SALES: N_("Sales"),
    Measure.BUYERS: N_("Buyers"),
    Measure.BOOKINGS: N_("Bookings"),
    Measure.GUESTS: N_("Guests"),
    Measure.POINTS: N_("Points"),
}
FIGURES: dict[Figure, str] = {
    Figure.SALES: N_("Qualifying sales"),
    Figure.BASE: N_("Base of the credit"),
    Figure.BUYERS: N_("Buyers"),
    Figure.BOOKINGS: N_("Bookings"),
    Figure.GUESTS: N_("Guests"),
    Figure.POINTS: N_("Points"),
    Figure.CREDIT: N_("Credit"),
    Figure.RIGHTS: N_("Half-price rights"),
    Figure.GIFTS: N_("Gifts"),
    Figure.NOTHING: "",
}
_MONEY_FIGURES = (Figure.SALES, Figure.BASE, Figure.CREDIT)
_ALWAYS_MONEY = ("amount", "base")
_LADDER = (StepCode.CONDITION_MET, StepCode.CONDITION_UNMET, StepCode.RUNG_REACHED, StepCode.NO_RUNG)


def step_sentence(step: Step, language: Language, currency: str) -> str:
    """Return a step of an explanation in words, with its figures as the language writes them."""
    return language.translate(STEPS[step.code]).format_map(_Values(step, language, currency))


class _Values(dict[str, str]):
    """The params of a step as words."""

    def __init__(self, step: Step, language: Language, currency: str) -> None:
        super().__init__()
        self._step = step
        self._language = language
        self._currency = currency
        self._params = step.values

    def __missing__(self, name: str) -> str:
        value = self._step.change if name == "change" else self._params[name]
        if name == "measure":
            return self._language.translate(MEASURES[Measure(str(value))])
        if name == "on":
            return self._language.date(date.fromisoformat(str(value)))
        if isinstance(value, str):
            return value
        if name == "ppm":
            return self._language.percent(value)
        return self._language.money(value, self._currency) if self._is_money(name) else self._language.number(value)

    def _is_money(self, name: str) -> bool:
        if name in _ALWAYS_MONEY:
            return True
        if name in ("have", "least", "start"):
            return self._params.get("measure") == Measure.SALES
        return name in ("change", "cap", "each", "total") and self._step.figure in _MONEY_FIGURES


def need_words(need: Need, language: Language, currency: str) -> str:
    """Return what is missing to a next step."""
    missing = need.missing
    if need.measure is Measure.SALES:
        return language.translate(N_("{amount} more")).format(amount=language.money(missing, currency))
    if need.measure is Measure.BUYERS:
        words = language.ngettext("one more buyer", "{n} more buyers", missing)
    elif need.measure is Measure.BOOKINGS:
        words = language.ngettext("one booking", "{n} bookings", missing)
    elif need.measure is Measure.GUESTS:
        words = language.ngettext("one more guest", "{n} more guests", missing)
    else:
        words = language.ngettext("one more point", "{n} more points", missing)
    return words.format(n=language.number(missing))


def nudge_words(nudge: Nudge, reward: Reward, language: Language) -> tuple[str, str]:
    """Return a next step: what it takes, and what it brings."""
    currency = reward.currency
    needs = language.translate(N_(" and ")).join(need_words(need, language, currency) for need in nudge.needs)
    gains: list[str] = []
    if nudge.credit != reward.credit:
        words = (
            language.translate(N_("credit {then} instead of {now}"))
            if reward.credit
            else language.translate(N_("credit {then}"))
        )
        gains.append(
            words.format(then=language.money(nudge.credit, currency), now=language.money(reward.credit, currency))
        )
    if nudge.rights != reward.rights:
        gains.append(rights_words(nudge.rights, language))
    if nudge.extra_gifts:
        gains.append(gift_words(nudge.extra_gifts, language))
    return needs[:1].upper() + needs[1:], ", ".join(gains)


def rights_words(rights: int, language: Language) -> str:
    """Return a number of half-price rights."""
    words = language.ngettext("{n} half-price right", "{n} half-price rights", rights)
    return words.format(n=language.number(rights))


def gift_words(gifts: Sequence[Gift], language: Language) -> str:
    """Return gifts as a list."""
    return ", ".join(
        gift.name
        if gift.quantity == 1
        else language.translate(N_("{n} × {name}")).format(n=language.number(gift.quantity), name=gift.name)
        for gift in gifts
    )


def window_words(days: int, window: int | None) -> tuple[str, str]:
    """Return how a booking lies in its window, and the tone: ``day 35 of 35``."""
    if window is None:
        return _("day {days}").format(days=days), "neutral"
    words = _("day {days} of {window}").format(days=days, window=window)
    return words, "ok" if 0 < days <= window else "bad"


def trace_groups(reward: Reward, language: Language, after: int = 0) -> list[tuple[str, list[str]]]:
    """Return the explanation of a reward as headings with their sentences; the last group is what it comes to.

    ``after`` leaves so many steps out that were explained before.
    """
    groups: list[tuple[str, list[str]]] = []
    for step in reward.trace[after:]:
        heading = _heading(step, groups[-1][0] if groups else "", language)
        if not groups or heading != groups[-1][0]:
            groups.append((heading, []))
        groups[-1][1].append(step_sentence(step, language, reward.currency))
    return [*groups, ("", [together_words(reward, language)])]


def share_sentences(reward: Reward, language: Language, after: int) -> list[tuple[str, bool]]:
    """Return what makes a share of a reward, each sentence with the figure it is about; the last one is the sum."""
    words = language.translate(N_("{figure}: {sentence}"))
    return [
        (words.format(figure=heading, sentence=sentence) if heading else sentence, not heading)
        for heading, sentences in trace_groups(reward, language, after)
        for sentence in sentences
    ]


def together_words(reward: Reward, language: Language) -> str:
    """Return what a reward comes to."""
    credit = language.translate(N_("{amount} credit"))
    result = [credit.format(amount=language.money(reward.credit, reward.currency))]
    if reward.rights:
        result.append(rights_words(reward.rights, language))
    if reward.gifts:
        result.append(gift_words(reward.gifts, language))
    return language.translate(N_("Together: {reward}")).format(reward=", ".join(result))


def _heading(step: Step, before: str, language: Language) -> str:
    """Return under which heading a step stands; one that changes no figure stays where it is."""
    if step.code in _LADDER:
        return language.translate(N_("Conditions and steps"))
    return before if step.figure is Figure.NOTHING else language.translate(FIGURES[step.figure])
