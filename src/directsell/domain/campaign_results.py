"""What a campaign brought: which orders count for it, what is left of them, what a lead cost. No SQL, no words.

The rule of attribution: an order belongs to one campaign at most. If its buyer was contacted within campaigns in the 30 days
before it, it belongs to that of the last contact; otherwise to the campaign that won the buyer, from the day it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.marketing import Campaign, CampaignCost
from directsell.domain.money import PPM

WINDOW: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody was contacted within a campaign on a day; ``order`` breaks ties of one day, later is greater."""

    campaign_id: UUID
    day: date
    order: int = 0


def campaign_of(
    ordered_on: date, touches: Iterable[Touch], won_by: UUID | None, starts: Mapping[UUID, date]
) -> UUID | None:
    """Return the campaign for which an order counts, or None.

    Args:
        ordered_on: the day of the order.
        touches: contacts of the buyer within campaigns.
        won_by: the campaign that won the buyer (``Person.campaign_id``).
        starts: the first day of each campaign.
    """
    recent = [touch for touch in touches if touch.day <= ordered_on <= touch.day + WINDOW]
    if recent:
        return max(recent, key=lambda touch: (touch.day, touch.order)).campaign_id
    if won_by is not None and won_by in starts and starts[won_by] <= ordered_on:
        return won_by
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignResult:
    """What a campaign brought; amounts are minor units of ``currency``.

    Attributes:
        leads: people it won (``Person.campaign_id``).
        contacts: contacts made within it; ``reached`` the people they were with.
        demos: demos whose host it won or contacted, booked from its beginning on.
        orders: orders that count for it; ``buyers`` the people who gave them.
        revenue: their totals, with tax and shipping, as the customers paid them.
        share: the seller's part: the goods after all discounts, times the commission of their brand. None where no brand of
            these goods has a commission.
        cost: its costs.
    """

    currency: str
    leads: int = 0
    contacts: int = 0
    reached: int = 0
    demos: int = 0
    orders: int = 0
    buyers: int = 0
    revenue: int = 0
    share: int | None = None
    cost: int = 0

    @property
    def cost_per_lead(self) -> int | None:
        """Costs divided by leads, rounded half up; None without leads."""
        return (2 * self.cost + self.leads) // (2 * self.leads) if self.leads else None

    @property
    def gain(self) -> int | None:
        """What is left of the share after the costs."""
        return None if self.share is None else self.share - self.cost

    @property
    def return_ppm(self) -> int | None:
        """The gain as a rate of the costs; None without costs or share."""
        return None if self.gain is None or not self.cost else self.gain * PPM // self.cost


def check_campaign(campaign: Campaign, costs: Iterable[CampaignCost]) -> None:
    """Refuse a campaign without a name, one that ends before it begins, and costs that are none.

    Raises:
        DomainError: ``campaign.name``, ``campaign.dates``, ``campaign.cost``.
    """
    if not campaign.name.strip():
        raise DomainError("campaign.name", field="name")
    if campaign.ends_on is not None and campaign.ends_on < campaign.starts_on:
        raise DomainError("campaign.dates", field="ends_on")
    for cost in costs:
        if not 0 <= cost.amount <= 10**15 or not cost.label.strip():
            raise DomainError("campaign.cost", field="costs")
