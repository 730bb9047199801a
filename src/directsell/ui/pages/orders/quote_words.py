"""How a quote is spoken of beside its order: open, ended, declined and why, until when, on which terms. Words only."""

from __future__ import annotations

from datetime import date

from directsell.domain.orders import Order, OrderState
from directsell.domain.people import LostReason
from directsell.domain.quotes import QuoteState, quote_state
from directsell.i18n import Language, _
from directsell.ui.terms import term, tone_of


def state_chip(order: Order, today: date) -> tuple[str, str]:
    """Return word and tone of the state of an order; a quote that ended or was declined says so."""
    state = quote_state(order, today)
    if state is QuoteState.EXPIRED:
        return _("Quote ended"), "warn"
    if state is QuoteState.DECLINED:
        return _("Quote declined"), "neutral"
    return term(order.state), tone_of(order.state)


def offer_words(order: Order, language: Language) -> list[tuple[str, str]]:
    """Return what is worth knowing about an offer as pairs of a line and a smaller one below."""
    if order.valid_until is None or order.state is OrderState.DRAFT:
        return []
    day = language.date(order.valid_until, "full")
    found = [(_("Offered until {day}").format(day=day), order.terms)]
    if order.state is OrderState.CANCELLED and order.lost_reason is not LostReason.NONE:
        found.append((_("Declined: {reason}").format(reason=term(order.lost_reason)), ""))
    return found
