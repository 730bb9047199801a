"""Sentences about programmes: how far a step is away, from what it counts, what effects mean. Words only."""

from __future__ import annotations

from collections.abc import Mapping

from directsell.domain.follow_up_plans.steps import Effect, Step, Unit
from directsell.domain.follow_up_programmes import Anchor
from directsell.i18n import N_, Language, _, ngettext

_AFTER: Mapping[Anchor, str] = {
    Anchor.DELIVERY: N_("{distance} after the delivery"),
    Anchor.SALE: N_("{distance} after the order"),
    Anchor.DEMO: N_("{distance} after the demo"),
    Anchor.BOOKING: N_("{distance} after the booking"),
    Anchor.LEAD: N_("{distance} after the first meeting"),
    Anchor.BIRTHDAY: N_("{distance} after the birthday"),
    Anchor.SAMPLE: N_("{distance} after the sample"),
    Anchor.LAST_CONTACT: N_("{distance} after the last contact"),
    Anchor.LAST_ORDER: N_("{distance} after the last order"),
    Anchor.CUSTOM: N_("{distance} after the chosen day"),
}
_BEFORE: Mapping[Anchor, str] = {
    Anchor.BOOKING: N_("{distance} before the demo"),
    Anchor.BIRTHDAY: N_("{distance} before the birthday"),
    Anchor.CUSTOM: N_("{distance} before the chosen day"),
}
_SAME_DAY: Mapping[Anchor, str] = {
    Anchor.DELIVERY: N_("On the day of the delivery"),
    Anchor.SALE: N_("On the day of the order"),
    Anchor.DEMO: N_("On the day of the demo"),
    Anchor.BOOKING: N_("On the day of the booking"),
    Anchor.LEAD: N_("On the day of the first meeting"),
    Anchor.BIRTHDAY: N_("On the birthday"),
    Anchor.SAMPLE: N_("On the day of the sample"),
    Anchor.LAST_CONTACT: N_("On the day of the last contact"),
    Anchor.LAST_ORDER: N_("On the day of the last order"),
    Anchor.CUSTOM: N_("On the chosen day"),
}
_MEANING: Mapping[Anchor, str] = {
    Anchor.DELIVERY: N_("From the day on which the goods are handed over. A new delivery begins anew."),
    Anchor.SALE: N_("From the day of the order. A new order begins anew."),
    Anchor.DEMO: N_("From the day of a demo that took place, for the host and the guests who came."),
    Anchor.BOOKING: N_("From the day a demo is booked, and back from the day of the demo, for its host."),
    Anchor.LEAD: N_("From the day on which somebody is added, until the first order."),
    Anchor.BIRTHDAY: N_("Every year. The steps are planned two weeks ahead."),
    Anchor.SAMPLE: N_("From the day on which a sample is handed over; each sample has steps of its own."),
    Anchor.LAST_CONTACT: N_("From the last contact, whoever began it. Planned two weeks ahead."),
    Anchor.LAST_ORDER: N_("From the last order, for those who have been silent since. Planned two weeks ahead."),
    Anchor.CUSTOM: N_("From a day that you choose for each person; you start it by hand."),
}
_ON_CONTACT: Mapping[Effect, str] = {
    Effect.RECOUNT: N_("The open steps count from then"),
    Effect.KEEP: N_("The steps keep their days"),
    Effect.STOP: N_("The open steps are dropped"),
}
_ON_ORDER: Mapping[Effect, str] = {
    Effect.STOP: N_("The open steps are dropped"),
    Effect.RECOUNT: N_("The open steps count from then"),
    Effect.KEEP: N_("The steps keep their days"),
}
_UNITS: Mapping[Unit, str] = {Unit.DAYS: N_("days"), Unit.WEEKS: N_("weeks"), Unit.MONTHS: N_("months")}


def distance(count: int, unit: Unit, language: Language) -> str:
    """Return "2 weeks"."""
    number = abs(count)
    words = {
        Unit.DAYS: ngettext("{count} day", "{count} days", number),
        Unit.WEEKS: ngettext("{count} week", "{count} weeks", number),
        Unit.MONTHS: ngettext("{count} month", "{count} months", number),
    }[unit]
    return words.format(count=language.number(number))


def when(step: Step, anchor: Anchor, language: Language) -> str:
    """Return "2 weeks after the delivery"."""
    if not step.count:
        return _(_SAME_DAY[anchor])
    table = _BEFORE if step.is_before else _AFTER
    return _(table.get(anchor, _AFTER[anchor])).format(distance=distance(step.count, step.unit, language))


def meaning(anchor: Anchor) -> str:
    """Return from what a programme counts, in a sentence."""
    return _(_MEANING[anchor])


def units() -> list[tuple[Unit, str]]:
    """Return the choices of a unit."""
    return [(unit, _(words)) for unit, words in _UNITS.items()]


def contact_effects() -> list[tuple[Effect, str]]:
    """Return what a contact in between may do."""
    return [(effect, _(words)) for effect, words in _ON_CONTACT.items()]


def order_effects() -> list[tuple[Effect, str]]:
    """Return what an order in between may do."""
    return [(effect, _(words)) for effect, words in _ON_ORDER.items()]
