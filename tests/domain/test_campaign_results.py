"""Which orders count for which campaign, and what a lead cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.campaign_results import WINDOW, CampaignResult, Touch, campaign_of, check_campaign
from directsell.domain.errors import DomainError
from directsell.domain.marketing import Campaign, CampaignCost

A, B = UUID(int=1), UUID(int=2)
DAY = date(2026, 3, 1)
STARTS = {A: DAY, B: DAY + timedelta(days=10)}


def days(number: int) -> date:
    return DAY + timedelta(days=number)


def test_the_last_contact_of_thirty_days_gets_the_order() -> None:
    touches = [Touch(A, days(0)), Touch(B, days(12))]
    assert campaign_of(days(11), touches, None, STARTS) == A
    assert campaign_of(days(12), touches, None, STARTS) == B
    assert campaign_of(days(42), touches, None, STARTS) == B
    assert campaign_of(days(43), touches, None, STARTS) is None
    assert campaign_of(days(-1), touches, None, STARTS) is None


def test_a_campaign_that_won_somebody_keeps_what_no_contact_explains() -> None:
    assert campaign_of(days(300), [], A, STARTS) == A
    assert campaign_of(days(-1), [], A, STARTS) is None
    assert campaign_of(days(13), [Touch(B, days(12))], A, STARTS) == B
    assert campaign_of(days(5), [], UUID(int=9), STARTS) is None


@given(
    st.integers(-40, 90),
    st.lists(st.builds(Touch, st.sampled_from([A, B]), st.integers(-40, 90).map(days), st.integers(0, 9)), max_size=6),
    st.sampled_from([None, A, B]),
)
def test_an_order_counts_once_and_never_without_a_reason(at: int, touches: list[Touch], won: UUID | None) -> None:
    found = campaign_of(days(at), touches, won, STARTS)
    near = {touch.campaign_id for touch in touches if timedelta(0) <= days(at) - touch.day <= WINDOW}
    if near:
        assert found in near
    else:
        assert found in (None, won)


def test_figures() -> None:
    result = CampaignResult(currency="USD", leads=3, cost=1000, revenue=9000, share=2250)
    assert result.cost_per_lead == 333
    assert result.gain == 1250
    assert result.return_ppm == 1_250_000
    nothing = CampaignResult(currency="USD")
    assert (nothing.cost_per_lead, nothing.gain, nothing.return_ppm) == (None, None, None)
    assert CampaignResult(currency="USD", share=0).return_ppm is None


def test_what_is_refused() -> None:
    campaign = Campaign(id=A, name="Spring", starts_on=DAY, created_at=datetime(2026, 3, 1, tzinfo=UTC))
    cost = CampaignCost(id=B, campaign_id=A, label="Flyers", amount=100, currency="USD")
    check_campaign(campaign, [cost])
    for wrong, costs, code in (
        ({"name": " "}, [], "campaign.name"),
        ({"ends_on": days(-1)}, [], "campaign.dates"),
        ({}, [CampaignCost(id=B, campaign_id=A, label="", amount=100, currency="USD")], "campaign.cost"),
        ({}, [CampaignCost(id=B, campaign_id=A, label="x", amount=-1, currency="USD")], "campaign.cost"),
    ):
        with pytest.raises(DomainError) as caught:
            check_campaign(replace(campaign, **wrong), costs)
        assert caught.value.code == code
