"""Why the host gets what she gets, and why the seller earns what she earns: every figure explained, for a sheet of paper."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from directsell.documents.figure_sheet import FigureRow, FigureSection, FigureSheet
from directsell.domain.earnings import EarningPlan, inversions
from directsell.domain.host_programmes.evaluate import Reward
from directsell.i18n import N_, Language
from directsell.store.queries.earnings import PartyEarnings
from directsell.store.queries.parties import Party
from directsell.store.queries.rewards import portions
from directsell.store.queries.settings import business
from directsell.store.queries.settlements import party_account
from directsell.store.reader import Reader
from directsell.usecases.party_sheets import SheetWriter
from directsell.usecases.reward_words import trace_groups


def why_sheet(reader: Reader, demo_id: UUID, day: date, *, earnings: bool = False) -> FigureSheet:
    """Return the explanation of a reward in the language of the host; names only, never an address.

    Args:
        reader: where the party is read.
        demo_id: the demo.
        day: the date of the sheet.
        earnings: with what the seller earns, for the seller's own file.

    Raises:
        DomainError: ``record.missing``, ``programme.unreadable``, ``earnings.unreadable``.
    """
    account = party_account(reader, demo_id)
    host = account.party.host
    language = Language.load((host.language if host else "") or business(reader).language)
    sections = reward_sections(reader, account.party, account.reward, language)
    if earnings:
        sections += earning_sections(account.earnings, language)
    writer = SheetWriter(reader, account, language.tag)
    return writer.sheet(N_("Why this reward"), day, tuple(sections))


def why_pdf(reader: Reader, demo_id: UUID, day: date, earnings: bool = False) -> bytes:
    """Return the explanation as a PDF; errors as ``why_sheet``."""
    from directsell.documents.figure_sheet import render_figures

    return render_figures(why_sheet(reader, demo_id, day, earnings=earnings))


def reward_sections(reader: Reader, shown: Party, reward: Reward | None, language: Language) -> list[FigureSection]:
    """Return the explanation of a reward in sections, then of each share of it where several redeem."""
    if reward is None:
        return []
    sections = _explained(reward, language)
    parts = portions(reader, shown, reward)
    if len(parts) > 1 or any(part.reward != reward for part in parts):
        for part in parts:
            new = len(reward.trace) if part.reward.trace[: len(reward.trace)] == reward.trace else 0
            rows = [
                FigureRow(sentence, strong=not heading)
                for heading, sentences in trace_groups(part.reward, language, new)
                for sentence in sentences
            ]
            title = language.translate(N_("Share of {name}")).format(name=part.name)
            sections.append(FigureSection(title=title, rows=tuple(rows)))
    return sections


def _explained(reward: Reward, language: Language) -> list[FigureSection]:
    sections = []
    for heading, sentences in trace_groups(reward, language):
        rows = tuple(FigureRow(sentence, strong=not heading) for sentence in sentences)
        sections.append(FigureSection(title=heading or language.translate(N_("Reward")), rows=rows))
    return sections


def earning_sections(found: PartyEarnings, language: Language) -> list[FigureSection]:
    """Return what the seller earns, class by class, and what the next steps bring."""
    say, currency = language.translate, found.plan.currency
    rows = [
        FigureRow(
            row.name or say(N_("Goods")),
            language.money(row.commission, currency),
            note=say(N_("{rate} of {sales}")).format(
                rate=language.percent(row.ppm), sales=language.money(row.sales, currency)
            )
            + ("" if row.counts else f" · {say(N_('does not count towards the steps'))}"),
        )
        for row in found.earned.rows
    ]
    if found.host_goods:
        rows.append(
            FigureRow(say(N_("Half-price and other goods of the host")), language.money(found.host_goods, currency))
        )
    rows.append(FigureRow(say(N_("Earned")), language.money(found.total, currency), strong=True))
    steps = [FigureRow(sentence) for sentence in step_sentences(found, language)]
    return [
        FigureSection(title=say(N_("Your earnings")), rows=tuple(rows)),
        FigureSection(title=say(N_("Next steps")), rows=tuple(steps)),
    ]


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
