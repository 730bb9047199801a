"""What the choices of the domain are called on the screen, with icon and tone. Words only; no widgets, no rules."""

from __future__ import annotations

from enum import StrEnum

from directsell.domain.demos import DemoKind, DemoState, Reply
from directsell.domain.followups import Reason
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Channel, Outcome, ReachKind, Role, Stage
from directsell.i18n import N_, _

STAGES: dict[StrEnum, tuple[str, str]] = {
    Stage.NEW: (N_("New"), "neutral"),
    Stage.CONTACTED: (N_("Contacted"), "info"),
    Stage.QUALIFIED: (N_("Qualified"), "info"),
    Stage.DEMO_BOOKED: (N_("Demo booked"), "accent"),
    Stage.DEMO_DONE: (N_("Demo done"), "accent"),
    Stage.NEGOTIATING: (N_("Negotiating"), "warn"),
    Stage.WON: (N_("Customer won"), "ok"),
    Stage.LOST: (N_("Lost"), "neutral"),
}
ROLES: dict[StrEnum, str] = {
    Role.PROSPECT: N_("Prospect"),
    Role.CUSTOMER: N_("Customer"),
    Role.HOST: N_("Host"),
    Role.GUEST: N_("Guest"),
    Role.ASSISTANT: N_("Assistant"),
    Role.SUPPLIER: N_("Supplier"),
}
CHANNELS: dict[StrEnum, tuple[str, str]] = {
    Channel.CALL: (N_("Call"), "phone"),
    Channel.EMAIL: (N_("E-mail"), "mail"),
    Channel.MESSAGE: (N_("Message"), "message-circle"),
    Channel.VISIT: (N_("Visit"), "house"),
    Channel.SOCIAL: (N_("Social media"), "globe"),
    Channel.MEETING: (N_("Meeting"), "users"),
    Channel.POST: (N_("Letter"), "file-text"),
    Channel.NOTE: (N_("Note"), "notebook-pen"),
}
OUTCOMES: dict[StrEnum, str] = {
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
REACH_KINDS: dict[StrEnum, tuple[str, str]] = {
    ReachKind.MOBILE: (N_("Mobile"), "phone"),
    ReachKind.PHONE: (N_("Phone"), "phone"),
    ReachKind.EMAIL: (N_("E-mail"), "mail"),
    ReachKind.WEB: (N_("Web"), "globe"),
    ReachKind.SOCIAL: (N_("Social media"), "message-circle"),
}
REASONS: dict[StrEnum, str] = {
    Reason.CALL_BACK: N_("Call back"),
    Reason.AFTER_DEMO: N_("After the demo"),
    Reason.AFTER_DELIVERY: N_("After the delivery"),
    Reason.PAYMENT: N_("Payment"),
    Reason.BIRTHDAY: N_("Birthday"),
    Reason.LEAD: N_("New lead"),
    Reason.OTHER: N_("Follow-up"),
}
DEMO_KINDS: dict[StrEnum, tuple[str, str]] = {
    DemoKind.HOME_PARTY: (N_("Home party"), "party-popper"),
    DemoKind.ONE_TO_ONE: (N_("One to one"), "user"),
    DemoKind.FAIR: (N_("Fair"), "store"),
    DemoKind.ONLINE: (N_("Online"), "monitor"),
}
DEMO_STATES: dict[StrEnum, tuple[str, str]] = {
    DemoState.PLANNED: (N_("Planned"), "neutral"),
    DemoState.CONFIRMED: (N_("Confirmed"), "info"),
    DemoState.OPEN: (N_("Open"), "accent"),
    DemoState.CLOSING: (N_("Closing"), "warn"),
    DemoState.SUBMITTED: (N_("Submitted"), "info"),
    DemoState.DELIVERED: (N_("Delivered"), "ok"),
    DemoState.SETTLED: (N_("Settled"), "ok"),
    DemoState.CANCELLED: (N_("Cancelled"), "bad"),
    DemoState.POSTPONED: (N_("Postponed"), "warn"),
}
REPLIES: dict[StrEnum, tuple[str, str]] = {
    Reply.INVITED: (N_("Invited"), "neutral"),
    Reply.MAYBE: (N_("Maybe"), "warn"),
    Reply.ACCEPTED: (N_("Accepted"), "ok"),
    Reply.DECLINED: (N_("Declined"), "bad"),
}
ORDER_STATES: dict[StrEnum, tuple[str, str]] = {
    OrderState.DRAFT: (N_("Draft"), "neutral"),
    OrderState.PLACED: (N_("Placed"), "info"),
    OrderState.DELIVERED: (N_("Delivered"), "ok"),
    OrderState.CANCELLED: (N_("Cancelled"), "bad"),
}
PAPER_KINDS: dict[StrEnum, tuple[str, str]] = {
    PaperKind.ORDER_SLIP: (N_("Order slip"), "receipt"),
    PaperKind.INVOICE: (N_("Invoice"), "file-text"),
    PaperKind.CREDIT_NOTE: (N_("Credit note"), "undo-2"),
    PaperKind.SLIP_VOID: (N_("Cancelled slip"), "undo-2"),
}
PAYMENT_METHODS: dict[StrEnum, str] = {
    PaymentMethod.CASH: N_("Cash"),
    PaymentMethod.CARD: N_("Card"),
    PaymentMethod.CHECK: N_("Check"),
    PaymentMethod.TRANSFER: N_("Bank transfer"),
    PaymentMethod.GIFT_CERTIFICATE: N_("Gift certificate"),
    PaymentMethod.HOST_CREDIT: N_("Host credit"),
    PaymentMethod.ROUNDING: N_("Rounding"),
}
_PAIRS = (STAGES, CHANNELS, REACH_KINDS, DEMO_KINDS, DEMO_STATES, REPLIES, ORDER_STATES, PAPER_KINDS)


def term(choice: StrEnum) -> str:
    """Return what a choice of the domain is called, in the language of the window.

    Raises:
        KeyError: a choice that has no name here.
    """
    # Members of different enums can be equal as texts ("call_back"), so the class decides as well.
    for table in (ROLES, OUTCOMES, REASONS, PAYMENT_METHODS):
        if type(choice) is type(next(iter(table))):
            return _(table[choice])
    return _(_pair(choice)[0])


def tone_of(choice: StrEnum) -> str:
    """Return the tone of a state's chip."""
    return _pair(choice)[1]


def icon_of(choice: StrEnum) -> str:
    """Return the icon of a channel, a way to reach somebody, a kind of demo or of paper."""
    return _pair(choice)[1]


def _pair(choice: StrEnum) -> tuple[str, str]:
    for table in _PAIRS:
        if type(choice) is type(next(iter(table))):
            return table[choice]
    raise KeyError(choice)
