"""What is known of a sale when the right to cancel is judged, and the words for it. No rules, no dates computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SalePlace(StrEnum):
    """Where the buyer agreed. ``SHOP`` is the seller's permanent place of business, ``OTHER`` a hall or a hotel."""

    BUYER_HOME = "buyer_home"
    HOST_HOME = "host_home"
    SELLER_HOME = "seller_home"
    WORKPLACE = "workplace"
    OTHER = "other"
    FAIR = "fair"
    ONLINE = "online"
    SHOP = "shop"


class Visit(StrEnum):
    """Who asked for the visit: buyer or host (``REQUESTED``), or nobody (``UNSOLICITED``)."""

    REQUESTED = "requested"
    UNSOLICITED = "unsolicited"


class GoodsException(StrEnum):
    """Kinds of goods that laws leave out: unsealed hygiene goods, made to measure, perishable, inseparably mixed."""

    HYGIENE = "hygiene"
    CUSTOM_MADE = "custom_made"
    PERISHABLE = "perishable"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleFacts:
    """One buyer's contracts at one event, taken together.

    Args:
        ordered_on: day of the contract.
        country: where the sale takes place, ISO 3166 ("US").
        region: state or land within it, as code or name ("AK", "Alaska", "Bayern"); empty if not known.
        place: where the buyer agreed.
        visit: who asked for the visit.
        home_party: several buyers were brought together for it.
        host_consent: the host agreed expressly beforehand that the party takes place at home.
        consumer: the buyer buys for private use.
        senior: the buyer is 65 or older, if that is known.
        amount: what all contracts of this buyer at this event cost together, minor units, with tax and shipping.
        currency: of the amount.
        settled_at_once: goods handed over and paid in full on the spot.
        received_on: day on which the last of the goods came into the buyer's hands; None before that.
        copy_received_on: day on which the buyer got the copy with the notice; None means with the contract.
        all_goods: kinds that all goods of the order share; empty as soon as one piece can be given back.
    """

    ordered_on: date
    country: str
    region: str = ""
    place: SalePlace = SalePlace.HOST_HOME
    visit: Visit = Visit.REQUESTED
    home_party: bool = False
    host_consent: bool = False
    consumer: bool = True
    senior: bool = False
    amount: int = 0
    currency: str = ""
    settled_at_once: bool = False
    received_on: date | None = None
    copy_received_on: date | None = None
    all_goods: tuple[GoodsException, ...] = ()

    @property
    def buyer_asked(self) -> bool:
        """Tell whether this buyer asked for the visit; guests in somebody else's home did not."""
        return self.visit is Visit.REQUESTED and self.place is SalePlace.BUYER_HOME
