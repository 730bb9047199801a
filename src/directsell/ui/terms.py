"""What the choices of the domain are called on the screen, with icon and tone. Words only; no widgets, no rules.

The words of contacts are here at once; those of all other things come with their records, when one is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from directsell.domain.contact_choices import Channel, Outcome, Reason
from directsell.i18n import N_, _

# Word, or word with its icon or tone.
_Table = Mapping[StrEnum, str | tuple[str, str]]

_CHANNELS: _Table = {
    Channel.CALL: (N_("Call"), "phone"),
    Channel.EMAIL: (N_("E-mail"), "mail"),
    Channel.MESSAGE: (N_("Message"), "message-circle"),
    Channel.VISIT: (N_("Visit"), "house"),
    Channel.SOCIAL: (N_("Social media"), "globe"),
    Channel.MEETING: (N_("Meeting"), "users"),
    Channel.POST: (N_("Letter"), "file-text"),
    Channel.NOTE: (N_("Note"), "notebook-pen"),
}
_OUTCOMES: _Table = {
    Outcome.REACHED: N_("Reached"),
    Outcome.NO_ANSWER: N_("No answer"),
    Outcome.LEFT_MESSAGE: N_("Left a message"),
    Outcome.CALL_BACK: N_("Call back"),
    Outcome.BOOKED_DEMO: N_("Booked a demo"),
    Outcome.ORDERED: N_("Ordered"),
    Outcome.NOT_INTERESTED: N_("Not interested"),
    Outcome.WRONG_NUMBER: N_("Wrong number"),
    Outcome.NONE: N_("Nothing in particular"),
}
_REASONS: _Table = {
    Reason.CALL_BACK: N_("Call back"),
    Reason.AFTER_DEMO: N_("After the demo"),
    Reason.AFTER_DELIVERY: N_("After the delivery"),
    Reason.PAYMENT: N_("Payment"),
    Reason.BIRTHDAY: N_("Birthday"),
    Reason.LEAD: N_("New lead"),
    Reason.BOOKING: N_("Booked demo"),
    Reason.COACHING: N_("Coaching the host"),
    Reason.QUOTE: N_("Quote"),
    Reason.WISH: N_("Wish list"),
    Reason.SAMPLE: N_("After a sample"),
    Reason.RUN_OUT: N_("About to run out"),
    Reason.INTERVAL: N_("Time to be in touch"),
    Reason.DORMANT: N_("Has not ordered for long"),
    Reason.OTHER: N_("Follow-up"),
}

_CONTACTS: Mapping[type[StrEnum], _Table] = {Channel: _CHANNELS, Outcome: _OUTCOMES, Reason: _REASONS}


@cache
def _others() -> Mapping[type[StrEnum], _Table]:
    """Return the tables of everything but contacts, by class."""
    from directsell.domain.demos import DemoKind, DemoState, Reply
    from directsell.domain.follow_up_programmes import Anchor
    from directsell.domain.invoicing import PaperKind
    from directsell.domain.marketing import CampaignState
    from directsell.domain.objections import ObjectionKind, ObjectionResult
    from directsell.domain.orders import OrderState
    from directsell.domain.payments import PaymentMethod
    from directsell.domain.people import (
        BudgetLevel,
        Decider,
        Fit,
        LostReason,
        NeedLevel,
        Rank,
        ReachKind,
        Role,
        Stage,
        Timing,
    )
    from directsell.domain.relations import AnswerKind, RelationKind

    stages: _Table = {
        Stage.NEW: (N_("New"), "neutral"),
        Stage.CONTACTED: (N_("Contacted"), "info"),
        Stage.QUALIFIED: (N_("Qualified"), "info"),
        Stage.DEMO_BOOKED: (N_("Demo booked"), "accent"),
        Stage.DEMO_DONE: (N_("Demo done"), "accent"),
        Stage.NEGOTIATING: (N_("Negotiating"), "warn"),
        Stage.WON: (N_("Customer won"), "ok"),
        Stage.LOST: (N_("Lost"), "neutral"),
    }
    reach_kinds: _Table = {
        ReachKind.MOBILE: (N_("Mobile"), "phone"),
        ReachKind.PHONE: (N_("Phone"), "phone"),
        ReachKind.EMAIL: (N_("E-mail"), "mail"),
        ReachKind.WEB: (N_("Web"), "globe"),
        ReachKind.SOCIAL: (N_("Social media"), "message-circle"),
    }
    demo_kinds: _Table = {
        DemoKind.HOME_PARTY: (N_("Home party"), "party-popper"),
        DemoKind.ONE_TO_ONE: (N_("One to one"), "user"),
        DemoKind.FAIR: (N_("Fair"), "store"),
        DemoKind.ONLINE: (N_("Online"), "monitor"),
    }
    demo_states: _Table = {
        DemoState.PLANNED: (N_("Planned"), "neutral"),
        DemoState.CONFIRMED: (N_("Confirmed"), "info"),
        DemoState.OPEN: (N_("Open"), "accent"),
        DemoState.CLOSING: (N_("Closing"), "warn"),
        DemoState.SUBMITTED: (N_("Submitted"), "info"),
        DemoState.DELIVERED: (N_("Delivered"), "ok"),
        DemoState.SETTLED: (N_("Settled"), "ok"),
        DemoState.CANCELLED: (N_("Called off"), "bad"),
        DemoState.POSTPONED: (N_("Postponed"), "warn"),
    }
    replies: _Table = {
        Reply.INVITED: (N_("Invited"), "neutral"),
        Reply.MAYBE: (N_("Maybe"), "warn"),
        Reply.ACCEPTED: (N_("Accepted"), "ok"),
        Reply.DECLINED: (N_("Declined"), "bad"),
    }
    order_states: _Table = {
        OrderState.DRAFT: (N_("Draft"), "neutral"),
        OrderState.QUOTED: (N_("Quote"), "accent"),
        OrderState.PLACED: (N_("Placed"), "info"),
        OrderState.DELIVERED: (N_("Delivered"), "ok"),
        OrderState.CANCELLED: (N_("Cancelled"), "bad"),
    }
    paper_kinds: _Table = {
        PaperKind.ORDER_SLIP: (N_("Order slip"), "receipt"),
        PaperKind.INVOICE: (N_("Invoice"), "file-text"),
        PaperKind.CREDIT_NOTE: (N_("Credit note"), "undo-2"),
        PaperKind.SLIP_VOID: (N_("Cancelled slip"), "undo-2"),
        PaperKind.QUOTE: (N_("Quote"), "file-text"),
    }
    roles: _Table = {
        Role.PROSPECT: N_("Prospect"),
        Role.CUSTOMER: N_("Customer"),
        Role.HOST: N_("Host"),
        Role.GUEST: N_("Guest"),
        Role.ASSISTANT: N_("Assistant"),
        Role.SUPPLIER: N_("Supplier"),
    }
    payment_methods: _Table = {
        PaymentMethod.CASH: N_("Cash"),
        PaymentMethod.CARD: N_("Card"),
        PaymentMethod.CHECK: N_("Check"),
        PaymentMethod.TRANSFER: N_("Bank transfer"),
        PaymentMethod.GIFT_CERTIFICATE: N_("Gift certificate"),
        PaymentMethod.HOST_CREDIT: N_("Host credit"),
        PaymentMethod.ROUNDING: N_("Rounding"),
    }
    lost_reasons: _Table = {
        LostReason.PRICE: N_("Too expensive"),
        LostReason.NO_NEED: N_("No need"),
        LostReason.OTHER_SUPPLIER: N_("Buys elsewhere"),
        LostReason.BAD_TIME: N_("Not the right time"),
        LostReason.NOT_REACHED: N_("Never reached"),
        LostReason.PARTNER: N_("Partner against it"),
        LostReason.OTHER: N_("Another reason"),
        LostReason.NONE: N_("Not said"),
    }
    need_levels: _Table = {
        NeedLevel.NO: N_("No need"),
        NeedLevel.SOME: N_("Some need"),
        NeedLevel.STRONG: N_("Strong need"),
        NeedLevel.UNKNOWN: N_("Not known"),
    }
    budget_levels: _Table = {
        BudgetLevel.NO: N_("No money for it"),
        BudgetLevel.TIGHT: N_("Tight"),
        BudgetLevel.ENOUGH: N_("Enough"),
        BudgetLevel.UNKNOWN: N_("Not known"),
    }
    deciders: _Table = {
        Decider.SELF: N_("Decides alone"),
        Decider.TOGETHER: N_("Decides with somebody"),
        Decider.OTHER: N_("Somebody else decides"),
        Decider.UNKNOWN: N_("Not known"),
    }
    fits: _Table = {
        Fit.POOR: N_("Poor fit"),
        Fit.FAIR: N_("Fair fit"),
        Fit.GOOD: N_("Good fit"),
        Fit.UNKNOWN: N_("Not known"),
    }
    timings: _Table = {
        Timing.NOW: N_("Now"),
        Timing.SOON: N_("In the next months"),
        Timing.LATER: N_("Some day"),
        Timing.UNKNOWN: N_("Not known"),
    }
    ranks: _Table = {
        Rank.A: N_("A: closest"),
        Rank.B: N_("B: regular"),
        Rank.C: N_("C: now and then"),
        Rank.NONE: N_("No rank"),
    }
    objection_kinds: _Table = {
        ObjectionKind.PRICE: N_("Price"),
        ObjectionKind.NEED: N_("No need"),
        ObjectionKind.TIME: N_("Not now"),
        ObjectionKind.PARTNER: N_("Has to ask somebody"),
        ObjectionKind.TRUST: N_("Trust"),
        ObjectionKind.QUALITY: N_("Quality"),
        ObjectionKind.HAS_ONE: N_("Has one already"),
        ObjectionKind.OTHER: N_("Another objection"),
    }
    objection_results: _Table = {
        ObjectionResult.OPEN: (N_("Open"), "warn"),
        ObjectionResult.OVERCOME: (N_("Overcome"), "ok"),
        ObjectionResult.STAYED: (N_("Stayed"), "bad"),
    }
    relation_kinds: _Table = {
        RelationKind.HOUSEHOLD: N_("Same household"),
        RelationKind.PARTNER: N_("Partner"),
        RelationKind.RELATIVE: N_("Relative"),
        RelationKind.FRIEND: N_("Friend"),
        RelationKind.COLLEAGUE: N_("Colleague"),
        RelationKind.NEIGHBOUR: N_("Neighbour"),
    }
    answer_kinds: _Table = {
        AnswerKind.TEXT: N_("Text"),
        AnswerKind.CHOICE: N_("One of several"),
        AnswerKind.CHOICES: N_("Some of several"),
        AnswerKind.NUMBER: N_("A number"),
        AnswerKind.DATE: N_("Date"),
        AnswerKind.YES_NO: N_("Yes or no"),
    }
    campaign_states: _Table = {
        CampaignState.PLANNED: (N_("Planned"), "neutral"),
        CampaignState.RUNNING: (N_("Running"), "accent"),
        CampaignState.FINISHED: (N_("Finished"), "ok"),
    }
    anchors: _Table = {
        Anchor.DELIVERY: N_("Delivery"),
        Anchor.SALE: N_("Sale"),
        Anchor.DEMO: N_("Demo"),
        Anchor.BOOKING: N_("Booking of a demo"),
        Anchor.LEAD: N_("New lead"),
        Anchor.BIRTHDAY: N_("Birthday"),
        Anchor.SAMPLE: N_("Sample given"),
        Anchor.LAST_CONTACT: N_("Last contact"),
        Anchor.LAST_ORDER: N_("Last order"),
        Anchor.CUSTOM: N_("A day of my choice"),
    }
    return {
        LostReason: lost_reasons,
        NeedLevel: need_levels,
        BudgetLevel: budget_levels,
        Decider: deciders,
        Fit: fits,
        Timing: timings,
        Rank: ranks,
        ObjectionKind: objection_kinds,
        ObjectionResult: objection_results,
        RelationKind: relation_kinds,
        AnswerKind: answer_kinds,
        CampaignState: campaign_states,
        Anchor: anchors,
        Stage: stages,
        Role: roles,
        ReachKind: reach_kinds,
        DemoKind: demo_kinds,
        DemoState: demo_states,
        Reply: replies,
        OrderState: order_states,
        PaperKind: paper_kinds,
        PaymentMethod: payment_methods,
    }


def _entry(choice: StrEnum) -> str | tuple[str, str]:
    # Members of different enums can be equal as texts ("call_back"), so the class decides first.
    table = _CONTACTS.get(type(choice)) or _others()[type(choice)]
    return table[choice]


def term(choice: StrEnum) -> str:
    """Return what a choice of the domain is called, in the language of the window.

    Raises:
        KeyError: a choice that has no name here.
    """
    entry = _entry(choice)
    return _(entry if isinstance(entry, str) else entry[0])


def tone_of(choice: StrEnum) -> str:
    """Return the tone of a state's chip."""
    return _mark(choice)


def icon_of(choice: StrEnum) -> str:
    """Return the icon of a channel, a way to reach somebody, a kind of demo or of paper."""
    return _mark(choice)


def _mark(choice: StrEnum) -> str:
    entry = _entry(choice)
    if isinstance(entry, str):
        raise KeyError(choice)
    return entry[1]
