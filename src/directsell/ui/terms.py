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
    Reason.OTHER: N_("Follow-up"),
}

_CONTACTS: Mapping[type[StrEnum], _Table] = {Channel: _CHANNELS, Outcome: _OUTCOMES, Reason: _REASONS}


@cache
def _others() -> Mapping[type[StrEnum], _Table]:
    """Return the tables of everything but contacts, by class."""
    from directsell.domain.demos import DemoKind, DemoState, Reply
    from directsell.domain.invoicing import PaperKind
    from directsell.domain.orders import OrderState
    from directsell.domain.payments import PaymentMethod
    from directsell.domain.people import ReachKind, Role, Stage

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
        OrderState.PLACED: (N_("Placed"), "info"),
        OrderState.DELIVERED: (N_("Delivered"), "ok"),
        OrderState.CANCELLED: (N_("Cancelled"), "bad"),
    }
    paper_kinds: _Table = {
        PaperKind.ORDER_SLIP: (N_("Order slip"), "receipt"),
        PaperKind.INVOICE: (N_("Invoice"), "file-text"),
        PaperKind.CREDIT_NOTE: (N_("Credit note"), "undo-2"),
        PaperKind.SLIP_VOID: (N_("Cancelled slip"), "undo-2"),
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
    return {
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
