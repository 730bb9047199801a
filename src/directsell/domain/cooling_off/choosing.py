"""Which rule a sale falls under, or why under none; and which text of the notice fits. Computes no dates."""

from __future__ import annotations

from dataclasses import dataclass

from directsell.domain.cooling_off.facts import SaleFacts, SalePlace
from directsell.domain.cooling_off.rules import Advice, Certainty, Check, Pack, Rule, Threshold
from directsell.domain.cooling_off.steps import Step, Why, step
from directsell.domain.cooling_off.texts import LegalText


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoice:
    """The rule that applies, or None, and the reasons for it."""

    rule: Rule | None
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChoice:
    """The text of the notice, or None, and whether it is in the language of the sale."""

    text: LegalText | None
    in_language: bool = False


def rule_for(pack: Pack, facts: SaleFacts) -> RuleChoice:
    """Return the rule under which a buyer may cancel.

    The rule of the state goes before that of the country; where the state's gives no right, the country's is asked.
    Where the law is open, the rules lean to the buyer's side and say so in the trace.

    Args:
        pack: all rules.
        facts: the sale.
    """
    if not facts.consumer:
        return RuleChoice(rule=None, trace=(step(Why.BUSINESS_BUYER),))
    region = pack.region_code(facts.country, facts.region)
    candidates = [
        rule
        for rule in pack.rules
        if rule.country == facts.country and rule.holds_on(facts.ordered_on) and rule.region in ("", region)
    ]
    if not candidates:
        return RuleChoice(rule=None, trace=(step(Why.NO_RULE, country=facts.country),))
    refused: list[Step] = []
    for rule in sorted(candidates, key=lambda rule: not rule.region):
        applies, reasons = _applies(rule, facts)
        if applies:
            return RuleChoice(rule=rule, trace=(*refused, *reasons, step(Why.CHOSEN, rule=rule.id)))
        refused += reasons
    return RuleChoice(rule=None, trace=tuple(refused))


def text_for(pack: Pack, rule: Rule, language: str) -> TextChoice:
    """Return the text of the notice in the language of the sale, or the country's own where there is none.

    Args:
        pack: all texts.
        rule: the rule that applies.
        language: language of the sale ("de_AT"); only its first two letters count.
    """
    texts = [text for id in rule.texts if (text := pack.text(id)) is not None]
    wanted = language[:2].lower()
    fitting = next((text for text in texts if text.language == wanted), None)
    if fitting is not None:
        return TextChoice(text=fitting, in_language=True)
    return TextChoice(text=texts[0] if texts else None)


def advice_of(rule: Rule, choice: TextChoice) -> Advice:
    """Return what is to be said where this rule is chosen: its source, its date, and what to check."""
    text = choice.text
    checks = rule.checks
    sure = rule.certainty is Certainty.STATUTE
    if text is not None and (text.certainty == Certainty.CHECK or not text.official):
        checks = (*checks, Check.WORDING) if Check.WORDING not in checks else checks
        sure = False
    return Advice(
        source=rule.source,
        as_of=min(rule.as_of, text.as_of) if text else rule.as_of,
        certainty=Certainty.STATUTE if sure else Certainty.CHECK,
        checks=checks,
        text_source=text.source if text else "",
        text_official=text.official if text else None,
        in_language=choice.in_language,
    )


def _applies(rule: Rule, facts: SaleFacts) -> tuple[bool, list[Step]]:
    if facts.place not in rule.places:
        return False, [step(Why.PLACE_NOT_COVERED, rule=rule.id, place=facts.place.value)]
    if rule.not_if_buyer_asked and facts.buyer_asked:
        return False, [step(Why.BUYER_ASKED, rule=rule.id)]
    if rule.visits and facts.visit not in rule.visits:
        return False, [step(Why.VISIT_NOT_COVERED, rule=rule.id, visit=facts.visit.value)]
    if facts.all_goods and set(facts.all_goods) <= set(rule.exceptions):
        goods = " ".join(sorted(kind.value for kind in facts.all_goods))
        return False, [step(Why.GOODS_EXCEPTED, rule=rule.id, goods=goods)]
    return _reaches(rule, facts)


def _reaches(rule: Rule, facts: SaleFacts) -> tuple[bool, list[Step]]:
    """Compare the price with the threshold of the place; without a common currency the right is granted."""
    threshold = _threshold(rule, facts.place)
    if threshold is None or (threshold.settled_only and not facts.settled_at_once):
        return True, []
    if facts.currency != rule.currency:
        return True, [step(Why.OTHER_CURRENCY, rule=rule.id, currency=rule.currency)]
    if threshold.above and facts.amount <= threshold.amount:
        return False, [_short(Why.NOT_ABOVE_THRESHOLD, rule, facts.place, threshold)]
    if not threshold.above and facts.amount < threshold.amount:
        return False, [_short(Why.BELOW_THRESHOLD, rule, facts.place, threshold)]
    if facts.amount < threshold.instead_of:
        minimum = threshold.instead_of
        return True, [step(Why.HOST_HOME_LIKE_BUYERS, rule=rule.id, minimum=minimum, currency=rule.currency)]
    return True, []


def _threshold(rule: Rule, place: SalePlace) -> Threshold | None:
    return next((one for one in rule.thresholds if not one.places or place in one.places), None)


def _short(why: Why, rule: Rule, place: SalePlace, threshold: Threshold) -> Step:
    return step(why, rule=rule.id, place=place.value, minimum=threshold.amount, currency=rule.currency)
