"""The words of the paper, in the language of the paper. User text and sums come with the paper itself."""

from __future__ import annotations

from directsell.domain.papers import Copy, PaperKind
from directsell.domain.payments import PaymentMethod
from directsell.domain.totals import LineKind
from directsell.i18n import N_

TITLES = {
    PaperKind.INVOICE: N_("Invoice"),
    PaperKind.CREDIT_NOTE: N_("Credit note"),
    PaperKind.ORDER_SLIP: N_("Order"),
    PaperKind.SLIP_VOID: N_("Cancelled order"),
    PaperKind.QUOTE: N_("Quote"),
}
NUMBERS = {
    PaperKind.INVOICE: N_("Invoice no."),
    PaperKind.CREDIT_NOTE: N_("Credit note no."),
    PaperKind.ORDER_SLIP: N_("Order no."),
    PaperKind.SLIP_VOID: N_("Cancellation no."),
    PaperKind.QUOTE: N_("Quote no."),
}
TOTAL = N_("Total")
TOTAL_DUE = N_("Total due")
TOTAL_CREDIT = N_("Total credit")
METHODS = {
    PaymentMethod.CASH.value: N_("Cash"),
    PaymentMethod.CARD.value: N_("Card"),
    PaymentMethod.CHECK.value: N_("Check"),
    PaymentMethod.TRANSFER.value: N_("Bank transfer"),
    PaymentMethod.GIFT_CERTIFICATE.value: N_("Gift certificate"),
    PaymentMethod.HOST_CREDIT.value: N_("Host credit"),
    PaymentMethod.ROUNDING.value: N_("Rounding"),
}
KINDS = {
    LineKind.GIFT.value: N_("Gift"),
    LineKind.SAMPLE.value: N_("Sample"),
    LineKind.HALF_PRICE.value: N_("Half price"),
    LineKind.HOST_CREDIT.value: N_("Paid with host credit"),
}
COPIES = {
    Copy.CUSTOMER: N_("Customer's copy"),
    Copy.SELLER: N_("Seller's copy"),
    Copy.HOST: N_("Host's copy"),
}
DRAFT = N_("DRAFT")
DATE = N_("Date")
CUSTOMER_NUMBER = N_("Customer no.")
BILL_TO = N_("Bill to")
QUOTE_FOR = N_("Quote for")
ORDER = N_("Order")
FOR_PAPER = N_("For document")
DEMO = N_("Demo")
DEMO_WITH_HOST = N_("{date} · host {host}")
DELIVERY_DATE = N_("Delivery date")
DELIVERY = N_("Delivery")
DUE_DATE = N_("Payment due")
VALID_UNTIL = N_("Valid until")
PLACE = N_("Place of sale")
POSITION = N_("No.")
CODE = N_("Item")
NAME = N_("Description")
QUANTITY = N_("Qty")
UNIT_PRICE = N_("Unit price")
LINE_DISCOUNT = N_("Discount")
TAX = N_("Tax")
AMOUNT = N_("Amount {currency}")
CARRIED = N_("Carried forward")
BROUGHT = N_("Brought forward")
GOODS = N_("Goods")
DISCOUNT = N_("Discount")
HOST_CREDIT = N_("Host credit")
SHIPPING = N_("Shipping")
NET = N_("Subtotal before tax")
TAX_ADDED = N_("{tax} {rate} on {base}")
TAX_INCLUDED = N_("incl. {tax} {rate} on net {base}")
ROUNDING = N_("Rounding")
RECEIVED = N_("Received {date} · {method}")
EARLIER_PAYMENTS = N_("Earlier payments ({n})")
OPEN = N_("Still to pay")
CREDIT = N_("Your credit")
PAID = N_("Paid in full. Thank you!")
PAY_TITLE = N_("Easy to pay")
PAY_SHORT = N_("Scan to pay")
PAY_HOW = N_("Scan the code with your banking app: payee, account, amount and reference are filled in.")
PAY_UNTIL = N_("Please pay {amount} by {date}.")
PAGE = N_("Page {page} of {pages}")
PHONE = N_("Phone {number}")
SIGN_CUSTOMER = N_("Date, customer's signature")
SIGN_SELLER = N_("Date, seller's signature")
ACCEPT = N_("I accept this quote.")
PAPER_SUBJECT = N_("{title} for {name}")
