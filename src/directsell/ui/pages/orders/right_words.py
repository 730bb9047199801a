"""What is said about the right to cancel: places, reasons, sources. Sentences only; the law itself is data in domain."""

from __future__ import annotations

from datetime import date

from directsell.domain.cooling_off import Certainty, SalePlace, Step, Unit, Why
from directsell.i18n import N_, Language, _, ngettext
from directsell.usecases.cooling_off import Right

PLACES: dict[SalePlace, str] = {
    SalePlace.OTHER: N_("As the demo says, or elsewhere"),
    SalePlace.BUYER_HOME: N_("In the customer's own home"),
    SalePlace.HOST_HOME: N_("In the home of a host"),
    SalePlace.SELLER_HOME: N_("In my home"),
    SalePlace.WORKPLACE: N_("At the customer's workplace"),
    SalePlace.FAIR: N_("At a fair or market"),
    SalePlace.ONLINE: N_("Online or by telephone"),
    SalePlace.SHOP: N_("In my shop"),
}
_REASONS: dict[Why, str] = {
    Why.NO_RULE: N_("No rule is known for this country."),
    Why.BUSINESS_BUYER: N_("The customer buys for a business."),
    Why.PLACE_NOT_COVERED: N_("The rule does not cover sales at this place."),
    Why.BUYER_ASKED: N_("The customer asked for the visit."),
    Why.VISIT_NOT_COVERED: N_("The rule does not cover such a visit."),
    Why.BELOW_THRESHOLD: N_("The sale is below the amount of the rule."),
    Why.NOT_ABOVE_THRESHOLD: N_("The sale is not above the amount of the rule."),
    Why.GOODS_EXCEPTED: N_("These goods cannot be given back."),
    Why.OTHER_CURRENCY: N_("The amount of the rule is in another currency, so the right is granted."),
    Why.HOST_HOME_LIKE_BUYERS: N_("A host's home is treated like the customer's own, to be on the safe side."),
    Why.UNSOLICITED_PERIOD: N_("Nobody asked for the visit: {days} days."),
    Why.COLLECTIVE_PERIOD: N_("A party counts like a visit that nobody asked for: {days} days."),
    Why.SENIOR_PERIOD: N_("Buyers of 65 or older have {days} days."),
    Why.STARTS: N_("The period starts on {day}."),
    Why.STARTS_WITH_DELIVERY: N_("The period starts when the goods are handed over."),
    Why.COUNTED: N_("{day}: day {number}"),
    Why.SKIPPED_SUNDAY: N_("{day}: Sunday, not counted"),
    Why.SKIPPED_SATURDAY: N_("{day}: Saturday, not counted"),
    Why.SKIPPED_HOLIDAY: N_("{day}: {name}, not counted"),
    Why.NOMINAL_END: N_("{days} days later: {day}"),
    Why.ENDS: N_("It ends at midnight of {day}."),
}


def reason_words(step: Step, language: Language) -> str:
    """Return a reason as a sentence; steps that only name the rule say nothing."""
    words = _REASONS.get(step.code)
    if words is None:
        return ""
    values = {
        name: language.date(value, "full") if isinstance(value, date) else str(value)
        for name, value in step.values.items()
    }
    return _(words).format_map(values)


def right_words(right: Right, language: Language) -> str:
    """Return until when an order can be cancelled, in one sentence."""
    if right.end is None:
        return _("No right to cancel by law.")
    if right.end.last_day is not None:
        return _("Until {day}, midnight.").format(day=language.date(right.end.last_day, "full"))
    days = right.end.days
    if right.end.unit is Unit.BUSINESS:
        words = ngettext("{n} business day from the delivery on.", "{n} business days from the delivery on.", days)
    else:
        words = ngettext("{n} day from the delivery on.", "{n} days from the delivery on.", days)
    return words.format(n=language.number(days))


def source_words(right: Right, language: Language) -> str:
    """Return whence the rule comes, how sure it is, and that it is no advice."""
    advice = right.advice
    if advice is None:
        return _("This is no legal advice. Check it with your adviser.")
    day = language.date(advice.as_of)
    if advice.certainty is Certainty.STATUTE:
        words = _("Source: {source}, as of {day}. This is no legal advice; check it with your adviser.")
    else:
        words = _("Source: {source}, as of {day}. Not all of it is certain: have your adviser check it.")
    return words.format(source=advice.source, day=day)
