"""What is said about the seller's earnings, in the language that is given: next steps, and where a step inverts."""

from __future__ import annotations

from directsell.domain.earnings import EarningPlan, inversions
from directsell.i18n import N_, Language
from directsell.store.queries.earnings import PartyEarnings


def step_sentences(found: PartyEarnings, language: Language) -> list[str]:
    """Return the next steps of the seller as sentences, warnings included."""
    result = []
    for nudge in found.nudges:
        gain = gain_words(found, nudge.commission, language)
        need = language.translate(N_("{amount} more")).format(amount=language.money(nudge.missing, found.plan.currency))
        result.append(language.translate(N_("{step}: {gain}")).format(step=need, gain=gain))
        result += warnings_of(found, nudge.step, language)
    return result


def gain_words(found: PartyEarnings, commission: int, language: Language) -> str:
    """Return what is earned at a step."""
    words = language.translate(N_("you earn {then} instead of {now}"))
    money, currency = language.money, found.plan.currency
    return words.format(then=money(commission + found.host_goods, currency), now=money(found.total, currency))


def warnings_of(found: PartyEarnings, step: int, language: Language) -> list[str]:
    """Return what is odd about a step: that more goods cost less, or that less is earned there (rule D15)."""
    nudge = next((one for one in found.nudges if one.step == step), None)
    if nudge is None:
        return []
    money, currency = language.money, found.plan.currency
    result = []
    if nudge.falls:
        words = language.translate(N_("At {start} you would earn less than now: {then} instead of {now}."))
        result.append(
            words.format(
                start=money(nudge.start, currency),
                then=money(nudge.commission + found.host_goods, currency),
                now=money(found.total, currency),
            )
        )
    if nudge.inverts:
        words = language.translate(N_("The step inverts: goods for {start} cost you {then}, those of now {now}."))
        result.append(
            words.format(
                start=money(nudge.start, currency),
                then=money(nudge.pay, currency),
                now=money(found.earned.pay, currency),
            )
        )
    return result


def inversion_sentences(plan: EarningPlan, language: Language) -> list[str]:
    """Return where a plan inverts, whatever is sold now."""
    words = language.translate(N_("Orders from {since} up to {start} cost you more than one of {start}."))
    money, currency = language.money, plan.currency
    return [
        words.format(since=money(one.since, currency), start=money(one.start, currency)) for one in inversions(plan)
    ]
