"""Deadlines of the right to cancel: every date that is known, and what must hold for all of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.cooling_off import (
    Deadline,
    Rule,
    SaleFacts,
    SalePlace,
    Trigger,
    Verdict,
    Visit,
    Why,
    deadline,
    judge,
    payment_allowed,
    refund_due,
    rule_for,
)
from directsell.domain.cooling_off.holidays import holiday_name
from directsell.legal import legal_pack

PACK = legal_pack()
DAYS = st.dates(date(2022, 1, 1), date(2050, 11, 30))
EU = ("DE", "AT", "FR", "ES", "IT", "PL", "IE")


def sale(country: str, ordered_on: date, **more: object) -> SaleFacts:
    """Return a sale that is dear enough everywhere, its goods taken along."""
    facts = SaleFacts(ordered_on=ordered_on, country=country, amount=50_000, received_on=ordered_on)
    return replace(facts, **more)  # type: ignore[arg-type]


def found(facts: SaleFacts) -> tuple[Rule, Deadline]:
    rule = rule_for(PACK, facts).rule
    assert rule is not None
    return rule, deadline(PACK, rule, facts)


def last_day(facts: SaleFacts) -> date | None:
    return found(facts)[1].last_day


@pytest.mark.parametrize(
    ("ordered", "expected"),
    [
        (date(2026, 2, 13), date(2026, 2, 18)),
        (date(2026, 11, 20), date(2026, 11, 24)),
        (date(2026, 11, 24), date(2026, 11, 28)),
        (date(2026, 7, 1), date(2026, 7, 7)),
        (date(2026, 12, 23), date(2026, 12, 28)),
        (date(2027, 6, 16), date(2027, 6, 22)),
    ],
)
def test_american_deadlines(ordered: date, expected: date) -> None:
    assert last_day(sale("US", ordered)) == expected
    assert last_day(sale("US", ordered, received_on=None)) == expected  # delivery does not matter


def test_every_counted_and_skipped_day_is_told() -> None:
    _, end = found(sale("US", date(2026, 2, 13)))
    assert [(step.code, step.values.get("day")) for step in end.trace] == [
        (Why.STARTS, date(2026, 2, 13)),
        (Why.COUNTED, date(2026, 2, 14)),
        (Why.SKIPPED_SUNDAY, date(2026, 2, 15)),
        (Why.SKIPPED_HOLIDAY, date(2026, 2, 16)),
        (Why.COUNTED, date(2026, 2, 17)),
        (Why.COUNTED, date(2026, 2, 18)),
        (Why.ENDS, date(2026, 2, 18)),
    ]
    assert end.trace[3].values["name"] == "Presidents' Day"
    assert end.rule == "us@2015-03-13"
    assert end.starts_on == date(2026, 2, 13)


def test_both_days_of_a_holiday_on_a_saturday_are_skipped() -> None:
    _, end = found(sale("US", date(2026, 7, 1)))
    skipped = [step.values["day"] for step in end.trace if step.code is Why.SKIPPED_HOLIDAY]
    assert skipped == [date(2026, 7, 3), date(2026, 7, 4)]


@pytest.mark.parametrize(
    ("region", "more", "expected"),
    [
        ("AK", {}, date(2026, 2, 20)),
        ("Alaska", {}, date(2026, 2, 20)),
        ("MO", {}, date(2026, 2, 19)),
        ("CA", {}, date(2026, 2, 18)),
        ("California", {"senior": True}, date(2026, 2, 20)),
        ("IL", {}, date(2026, 2, 18)),
    ],
)
def test_states_with_a_rule_of_their_own(region: str, more: dict[str, object], expected: date) -> None:
    assert last_day(sale("US", date(2026, 2, 13), region=region, **more)) == expected


@pytest.mark.parametrize("country", EU)
@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2026, 11, 20), date(2026, 12, 4)),
        (date(2026, 12, 12), date(2026, 12, 28)),
        (date(2026, 3, 21), date(2026, 4, 7)),
    ],
)
def test_european_deadlines(country: str, received: date, expected: date) -> None:
    if country == "ES" and received.month == 3:  # Easter Monday is a holiday of regions only
        expected = date(2026, 4, 6)
    facts = sale(country, received - timedelta(days=9), received_on=received)
    assert last_day(facts) == expected


@pytest.mark.parametrize("country", ["PL", "IT", "ES", "IE"])
def test_thirty_days_after_a_visit_that_nobody_asked_for(country: str) -> None:
    facts = sale(country, date(2026, 11, 20), visit=Visit.UNSOLICITED, place=SalePlace.BUYER_HOME)
    rule, end = found(facts)
    assert end.last_day == date(2026, 12, 21)
    assert end.days == 30
    assert end.trace[0].code is Why.UNSOLICITED_PERIOD
    assert deadline(PACK, rule, replace(facts, visit=Visit.REQUESTED)).last_day == date(2026, 12, 4)


@pytest.mark.parametrize("country", ["DE", "AT", "FR"])
def test_fourteen_days_whoever_asked(country: str) -> None:
    facts = sale(country, date(2026, 11, 20), visit=Visit.UNSOLICITED)
    assert last_day(facts) == date(2026, 12, 4)


def test_an_italian_party_counts_as_a_visit_that_nobody_asked_for() -> None:
    _, end = found(sale("IT", date(2026, 11, 20), home_party=True))
    assert end.last_day == date(2026, 12, 21)
    assert end.trace[0].code is Why.COLLECTIVE_PERIOD


@pytest.mark.parametrize(
    ("country", "more", "expected"),
    [
        ("GB", {}, date(2026, 12, 4)),
        ("CH", {}, date(2026, 12, 4)),
        ("BR", {}, date(2026, 11, 27)),
        ("MX", {}, date(2026, 11, 27)),
        ("AU", {"visit": Visit.UNSOLICITED}, date(2026, 12, 4)),
        ("CA", {}, date(2026, 11, 30)),
        ("JP", {}, date(2026, 11, 27)),
        ("TR", {}, date(2026, 12, 4)),
        ("KR", {}, date(2026, 12, 4)),
        ("TW", {}, date(2026, 11, 27)),
        ("SG", {}, date(2026, 11, 27)),
    ],
)
def test_other_countries(country: str, more: dict[str, object], expected: date) -> None:
    assert last_day(sale(country, date(2026, 11, 20), **more)) == expected


def test_canada_up_to_and_including_the_eleventh() -> None:
    assert last_day(sale("CA", date(2026, 1, 30), copy_received_on=date(2026, 2, 1))) == date(2026, 2, 11)


def test_an_end_on_a_weekend_stays_in_the_united_kingdom() -> None:
    assert last_day(sale("GB", date(2026, 12, 12))) == date(2026, 12, 26)


@pytest.mark.parametrize("country", [*EU, "GB", "BR", "MX"])
def test_unknown_until_delivery(country: str) -> None:
    rule, end = found(sale(country, date(2026, 3, 6), received_on=None))
    assert end.last_day is None
    assert end.starts_on is None
    assert end.trace[-1].code is Why.STARTS_WITH_DELIVERY
    assert end.trigger in (Trigger.POSSESSION, Trigger.CONTRACT_AND_POSSESSION)
    assert judge(end, date(2026, 3, 7)) is Verdict.ACCEPTED
    known = deadline(PACK, rule, sale(country, date(2026, 3, 6), received_on=date(2026, 3, 21)))
    assert known.starts_on == date(2026, 3, 21)


def test_goods_that_were_there_before_the_contract_start_with_it() -> None:
    _, end = found(sale("DE", date(2026, 11, 20), received_on=date(2026, 11, 1)))
    assert end.starts_on == date(2026, 11, 20)


def test_a_holiday_of_the_land_moves_the_end() -> None:
    thursday = date(2026, 5, 21)  # fourteen days later is Corpus Christi
    assert last_day(sale("DE", thursday, region="Bayern")) == date(2026, 6, 5)
    assert last_day(sale("DE", thursday, region="by")) == date(2026, 6, 5)
    assert last_day(sale("DE", thursday, region="Hamburg")) == date(2026, 6, 4)


def test_a_notice_in_time_and_the_day_after() -> None:
    rule, end = found(sale("US", date(2026, 2, 13), amount=10_883, currency="USD"))
    assert judge(end, date(2026, 2, 17)) is Verdict.ACCEPTED
    assert judge(end, date(2026, 2, 18)) is Verdict.ACCEPTED
    assert judge(end, date(2026, 2, 19)) is Verdict.REFUSED
    assert refund_due(PACK, rule, date(2026, 2, 17)) == date(2026, 2, 28)


def test_a_german_withdrawal_after_easter() -> None:
    rule, end = found(sale("DE", date(2026, 3, 6), received_on=date(2026, 3, 21), amount=11_390, currency="EUR"))
    assert judge(end, date(2026, 4, 7)) is Verdict.ACCEPTED
    assert judge(end, date(2026, 4, 8)) is Verdict.REFUSED
    assert refund_due(PACK, rule, date(2026, 4, 7)) == date(2026, 4, 21)
    nominal = next(step for step in end.trace if step.code is Why.NOMINAL_END)
    assert nominal.values["day"] == date(2026, 4, 4)


def test_refunds_elsewhere() -> None:
    canada, _ = found(sale("CA", date(2026, 11, 20)))
    assert refund_due(PACK, canada, date(2026, 11, 25)) == date(2026, 12, 10)
    brazil, _ = found(sale("BR", date(2026, 11, 20)))
    assert refund_due(PACK, brazil, date(2026, 11, 25)) == date(2026, 11, 25)
    japan, _ = found(sale("JP", date(2026, 11, 20)))
    assert refund_due(PACK, japan, date(2026, 11, 25)) is None


def test_france_takes_no_money_for_seven_days() -> None:
    facts = sale("FR", date(2026, 11, 20), place=SalePlace.BUYER_HOME)
    rule, _ = found(facts)
    for day in (date(2026, 11, 20), date(2026, 11, 27)):
        answer = payment_allowed(PACK, rule, facts, day)
        assert not answer.allowed
        assert answer.banned_until == date(2026, 11, 27)
        assert answer.trace[0].code is Why.BAN_UNTIL
    assert payment_allowed(PACK, rule, facts, date(2026, 11, 28)).allowed
    party = replace(facts, home_party=True, place=SalePlace.HOST_HOME)
    assert not payment_allowed(PACK, rule, party, facts.ordered_on).allowed
    agreed = replace(party, host_consent=True)
    answer = payment_allowed(PACK, rule, agreed, facts.ordered_on)
    assert answer.allowed
    assert answer.trace[0].code is Why.HOME_PARTY_EXEMPT
    assert not payment_allowed(PACK, rule, replace(agreed, home_party=False), facts.ordered_on).allowed


def test_other_countries_take_money_at_once_but_australia() -> None:
    facts = sale("DE", date(2026, 11, 20))
    assert payment_allowed(PACK, found(facts)[0], facts, facts.ordered_on).allowed
    facts = sale("AU", date(2026, 11, 20), visit=Visit.UNSOLICITED)
    answer = payment_allowed(PACK, found(facts)[0], facts, date(2026, 12, 4))
    assert not answer.allowed
    assert answer.banned_until == date(2026, 12, 4)


@given(DAYS)
def test_an_american_deadline_is_a_business_day_and_never_early(ordered: date) -> None:
    end = last_day(sale("US", ordered))
    assert end is not None
    assert end.weekday() != 6
    assert not holiday_name(PACK.table("US"), end)
    assert timedelta(days=3) <= end - ordered <= timedelta(days=8)


@given(DAYS, st.integers(0, 40), st.sampled_from([*EU, "US", "GB", "CH", "BR", "MX", "CA", "JP"]), st.booleans())
def test_a_later_sale_never_has_an_earlier_deadline(ordered: date, days: int, country: str, unsolicited: bool) -> None:
    visit = Visit.UNSOLICITED if unsolicited else Visit.REQUESTED
    rule, first = found(sale(country, ordered, visit=visit))
    second = deadline(PACK, rule, sale(country, ordered + timedelta(days=days), visit=visit))
    assert first.last_day is not None
    assert second.last_day is not None
    assert first.last_day <= second.last_day


@given(DAYS, st.sampled_from(EU), st.sampled_from(["", "BY", "SN", "BE"]), st.booleans())
def test_a_european_deadline_is_a_working_day(received: date, country: str, region: str, unsolicited: bool) -> None:
    visit = Visit.UNSOLICITED if unsolicited else Visit.REQUESTED
    rule, end = found(sale(country, received, region=region, visit=visit))
    assert end.last_day is not None
    assert end.last_day.weekday() < 5
    assert not holiday_name(PACK.table(rule.holidays), end.last_day, region)
    assert timedelta(days=end.days) <= end.last_day - received <= timedelta(days=end.days + 5)


@given(DAYS, st.sampled_from(sorted({rule.country for rule in PACK.rules})))
def test_the_trace_ends_where_the_deadline_does(ordered: date, country: str) -> None:
    _, end = found(sale(country, ordered, visit=Visit.UNSOLICITED))
    assert end.last_day is not None
    assert end.trace[-1].values == {"day": end.last_day}
    numbers = [step.values["number"] for step in end.trace if step.code is Why.COUNTED]
    assert numbers in ([], list(range(1, end.days + 1)))
