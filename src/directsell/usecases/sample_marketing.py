"""Segments, templates, consents and a campaign of the sample business, in English and German. Invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from directsell.domain.contact_choices import Channel
from directsell.domain.countries import country
from directsell.domain.marketing import Campaign, CampaignCost, CampaignState
from directsell.domain.people import Person
from directsell.domain.segments import Group, Rule, RuleKind
from directsell.store.work import Work
from directsell.usecases.marketing import add_sample_templates, save_campaign, save_segment
from directsell.usecases.people import record_consent


@dataclass(frozen=True, slots=True)
class _Words:
    regulars: str
    birthdays: str
    newcomers: str
    campaign: str
    goal: str
    flyers: str
    stand: str
    consent: str


_WORDS = {
    "en": _Words(
        "Bought before, not for a month",
        "Birthday next month",
        "At a demo, but never bought",
        "Market stall in town",
        "Five new customers",
        "Flyers",
        "Rent of the stall",
        "May I write to you about news and offers?",
    ),
    "de": _Words(
        "Seit einem Monat nichts gekauft",
        "Geburtstag im nächsten Monat",
        "Schon Gast, noch nie gekauft",
        "Stand auf dem Wochenmarkt",
        "Fünf neue Kundinnen und Kunden",
        "Handzettel",
        "Standmiete",
        "Darf ich Ihnen über Neues und Angebote schreiben?",
    ),
}
_STARTED = timedelta(days=75)
_AGREED = 11


def make_marketing(work: Work, language: str, home: str, known: list[Person]) -> None:
    """Make what the Marketing page shows.

    Args:
        work: the transaction of the sample.
        language: "de" or "en".
        home: country of the sample business.
        known: its people, in their order.
    """
    words = _WORDS[language]
    add_sample_templates(work, language)
    regulars = save_segment(
        work, work.new_id(), name=words.regulars, group=Group(rules=(Rule(kind=RuleKind.LAPSED, days=30),))
    )
    coming = Group(rules=(Rule(kind=RuleKind.BIRTHDAY, subject="next"),))
    save_segment(work, work.new_id(), name=words.birthdays, group=coming)
    curious = Group(rules=(Rule(kind=RuleKind.ATTENDED), Rule(kind=RuleKind.BOUGHT, negated=True)))
    save_segment(work, work.new_id(), name=words.newcomers, group=curious)
    for person in known[:_AGREED]:
        for channel in (Channel.EMAIL, Channel.MESSAGE):
            record_consent(work, person.id, channel=channel, given=True, wording=words.consent)
    campaign = Campaign(
        id=work.new_id(),
        name=words.campaign,
        state=CampaignState.RUNNING,
        starts_on=work.today - _STARTED,
        segment_id=regulars.id,
        channel=Channel.MEETING,
        goal=words.goal,
        created_at=work.now,
    )
    currency = country(home).currency
    costs = [
        CampaignCost(id=work.new_id(), campaign_id=campaign.id, label=label, amount=amount, currency=currency)
        for label, amount in ((words.flyers, 2400), (words.stand, 3500))
    ]
    save_campaign(work, campaign, costs)
    for person in known[2::4]:
        work.update(Person, person.id, campaign_id=campaign.id)
