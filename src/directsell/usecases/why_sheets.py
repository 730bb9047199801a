"""Why the host gets what she gets, and why the seller earns what she earns: every figure explained, for a sheet of paper."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from directsell.documents.figure_sheet import FigureRow, FigureSection, FigureSheet
from directsell.domain.host_programmes.evaluate import Reward
from directsell.i18n import N_, Language
from directsell.store.queries.earnings import PartyEarnings
from directsell.store.queries.parties import Party
from directsell.store.queries.rewards import portions
from directsell.store.queries.settings import business
from directsell.store.queries.settlements import party_account
from directsell.store.reader import Reader
from directsell.usecases.earning_words import step_sentences
from directsell.usecases.party_sheets import SheetWriter
from directsell.usecases.reward_words import share_sentences, trace_groups


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
            rows = [FigureRow(words, strong=last) for words, last in share_sentences(part.reward, language, new)]
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
