"""Programmes that ship as starting points, in the user's language. One of them plans from the first day on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from directsell.domain.contact_choices import Channel, Reason
from directsell.domain.follow_up_plans.steps import Chain, Effect, Step, Unit, chain_text
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.domain.ids import named_id
from directsell.i18n import N_, _
from directsell.store.work import Work

FIRST = "2+2+2"


@dataclass(frozen=True, slots=True)
class Ready:
    """A programme as it ships; ``name`` and ``text`` (what it is for) are msgids, as are the words of its steps."""

    key: str
    name: str
    text: str
    anchor: Anchor
    chain: Chain

    def translated(self) -> Chain:
        """Return the chain in the language of the user."""
        return Chain(
            steps=tuple(
                Step(
                    key=step.key,
                    count=step.count,
                    unit=step.unit,
                    channel=step.channel,
                    reason=step.reason,
                    text=_(step.text),
                    with_products=step.with_products,
                    expires_days=step.expires_days,
                    only_if_quiet=step.only_if_quiet,
                )
                for step in self.chain.steps
            ),
            on_contact=self.chain.on_contact,
            on_order=self.chain.on_order,
        )


def _after(count: int, unit: Unit, text: str, *, products: bool = False) -> Step:
    return Step(
        key=f"{count}{unit}",
        count=count,
        unit=unit,
        reason=Reason.AFTER_DELIVERY,
        text=text,
        with_products=products,
    )


READY: tuple[Ready, ...] = (
    Ready(
        FIRST,
        N_("2+2+2"),
        N_("Two days, two weeks and two months after each delivery: satisfied customers who come back."),
        Anchor.DELIVERY,
        Chain(
            steps=(
                _after(2, Unit.DAYS, N_("Did everything arrive well? Any questions about the first use?")),
                _after(2, Unit.WEEKS, N_("How does it work out every day? Tips for use."), products=True),
                _after(2, Unit.MONTHS, N_("What is running low? Wish list, and who else would like it.")),
            )
        ),
    ),
    Ready(
        "6/21/120",
        N_("6, 21, 120 days"),
        N_("A calmer rhythm after each delivery, with the second order in view."),
        Anchor.DELIVERY,
        Chain(
            steps=(
                _after(6, Unit.DAYS, N_("All unpacked and tried? Answer questions."), products=True),
                _after(21, Unit.DAYS, N_("What is the favourite by now? Show what goes with it.")),
                _after(120, Unit.DAYS, N_("What is used up? Offer the next order or a demo with friends.")),
            )
        ),
    ),
    Ready(
        "coaching",
        N_("Host coaching"),
        N_("From the booking to the evening before: a prepared host has more guests."),
        Anchor.BOOKING,
        Chain(
            steps=(
                Step(
                    key="thanks",
                    count=1,
                    channel=Channel.MESSAGE,
                    reason=Reason.BOOKING,
                    text=N_("Thank you for the date! What the evening brings her, and how it goes."),
                ),
                Step(
                    key="list",
                    count=-2,
                    unit=Unit.WEEKS,
                    reason=Reason.COACHING,
                    text=N_("Go through the guest list: whom to invite, and how."),
                ),
                Step(
                    key="replies",
                    count=-7,
                    reason=Reason.COACHING,
                    text=N_("Who has accepted? Remind the others, take early orders."),
                ),
                Step(
                    key="ready",
                    count=-2,
                    reason=Reason.COACHING,
                    text=N_("Number of guests, time, parking, drinks: is everything ready?"),
                ),
            ),
            on_contact=Effect.KEEP,
            on_order=Effect.KEEP,
        ),
    ),
    Ready(
        "new customer",
        N_("New customer"),
        N_("After an order: say thank you, and invite to more."),
        Anchor.SALE,
        Chain(
            steps=(
                Step(
                    key="thanks",
                    count=1,
                    channel=Channel.MESSAGE,
                    reason=Reason.OTHER,
                    text=N_("Thank you for the order! When the goods will come."),
                ),
                Step(
                    key="circle",
                    count=5,
                    unit=Unit.WEEKS,
                    reason=Reason.OTHER,
                    text=N_("Whom does she know who would like this, too? Offer a demo."),
                ),
            ),
        ),
    ),
    Ready(
        "dormant",
        N_("Silent customer"),
        N_("When somebody has not ordered for half a year."),
        Anchor.LAST_ORDER,
        Chain(
            steps=(
                Step(
                    key="half",
                    count=6,
                    unit=Unit.MONTHS,
                    reason=Reason.DORMANT,
                    text=N_("Long time no see: how is everything? What is new in the catalogue."),
                ),
                Step(
                    key="year",
                    count=12,
                    unit=Unit.MONTHS,
                    channel=Channel.POST,
                    reason=Reason.DORMANT,
                    text=N_("A card with a small offer to come back."),
                ),
            ),
            on_contact=Effect.KEEP,
        ),
    ),
    Ready(
        "birthday",
        N_("Birthday"),
        N_("A card in time, and a call on the day."),
        Anchor.BIRTHDAY,
        Chain(
            steps=(
                Step(
                    key="card",
                    count=-5,
                    channel=Channel.POST,
                    reason=Reason.BIRTHDAY,
                    text=N_("Write the birthday card."),
                ),
                Step(
                    key="day",
                    count=0,
                    reason=Reason.BIRTHDAY,
                    text=N_("Happy birthday! Mention the birthday discount."),
                    expires_days=3,
                ),
            ),
            on_contact=Effect.KEEP,
            on_order=Effect.KEEP,
        ),
    ),
    Ready(
        "sample",
        N_("Sample"),
        N_("A sample is an investment: ask for the answer."),
        Anchor.SAMPLE,
        Chain(
            steps=(
                Step(
                    key="tried",
                    count=3,
                    reason=Reason.SAMPLE,
                    text=N_("Has the sample been tried? What did it do?"),
                    with_products=True,
                ),
                Step(
                    key="decide",
                    count=10,
                    reason=Reason.SAMPLE,
                    text=N_("Offer the full size."),
                ),
            ),
        ),
    ),
    Ready(
        "lead",
        N_("New lead"),
        N_("Quick while it is warm, then friendly and rarer."),
        Anchor.LEAD,
        Chain(
            steps=(
                Step(key="call", count=1, reason=Reason.LEAD, text=N_("Say hello: where you met, and what helps her.")),
                Step(
                    key="again",
                    count=4,
                    channel=Channel.MESSAGE,
                    reason=Reason.LEAD,
                    text=N_("Send the catalogue or a short film, ask for a good time."),
                ),
                Step(
                    key="invite",
                    count=2,
                    unit=Unit.WEEKS,
                    reason=Reason.LEAD,
                    text=N_("Invite to the next demo."),
                ),
            ),
        ),
    ),
)


def begin_follow_ups(work: Work) -> None:
    """Give a new book the programme that follows each delivery; part of the first start."""
    first = next(ready for ready in READY if ready.key == FIRST)
    work.save(programme_from(first, named_id("ready_programme", FIRST), work, active=True))


def programme_from(ready: Ready, programme_id: UUID, work: Work, *, active: bool) -> FollowUpProgramme:
    """Return a shipped programme as one of the seller's own."""
    return FollowUpProgramme(
        id=programme_id,
        name=_(ready.name),
        anchor=ready.anchor,
        steps=chain_text(ready.translated()),
        active=active,
        note=_(ready.text),
        created_at=work.now,
    )
