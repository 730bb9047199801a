"""The words of order forms: ways of delivery, kinds of lines, icons of payments. What others show too is in ui.terms."""

from __future__ import annotations

from directsell.domain.orders import Handover
from directsell.domain.payments import PaymentMethod
from directsell.domain.totals import LineKind
from directsell.i18n import N_, _

_METHOD_ICONS = {
    PaymentMethod.CASH: "banknote",
    PaymentMethod.CARD: "credit-card",
    PaymentMethod.CHECK: "receipt",
    PaymentMethod.TRANSFER: "wallet",
    PaymentMethod.GIFT_CERTIFICATE: "gift",
    PaymentMethod.HOST_CREDIT: "heart",
    PaymentMethod.ROUNDING: "banknote",
}
_HANDOVER = {
    Handover.TAKE_NOW: N_("Takes it along now"),
    Handover.TO_CUSTOMER: N_("To the customer"),
    Handover.TO_HOST: N_("To the host"),
}
_KINDS = {
    LineKind.SALE: N_("Sale"),
    LineKind.GIFT: N_("Gift"),
    LineKind.SAMPLE: N_("Sample"),
    LineKind.HALF_PRICE: N_("Half price"),
    LineKind.HOST_CREDIT: N_("Paid with host credit"),
}
TYPED_METHODS = (PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.CHECK, PaymentMethod.TRANSFER)
TYPED_KINDS = (LineKind.SALE, LineKind.GIFT, LineKind.SAMPLE, LineKind.HALF_PRICE)


def method_icon(method: PaymentMethod) -> str:
    """Return the icon of a way of payment."""
    return _METHOD_ICONS[method]


def handover_words() -> list[tuple[Handover, str]]:
    """Return the ways of delivery with their words."""
    return [(handover, _(words)) for handover, words in _HANDOVER.items()]


def handover_word(handover: Handover) -> str:
    """Return what a way of delivery is called."""
    return _(_HANDOVER[handover])


def kind_word(kind: str) -> str:
    """Return what a kind of line is called."""
    return _(_KINDS[LineKind(kind)])
