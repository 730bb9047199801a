"""Which rule a sale falls under, and that the legal files are whole."""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from directsell.domain.cooling_off import (
    Certainty,
    Check,
    GoodsException,
    Rule,
    SaleFacts,
    SalePlace,
    Visit,
    Why,
    advice_of,
    read_pack,
    rule_for,
    slip_note_of,
    statement_of,
    text_for,
)
from directsell.domain.cooling_off.texts import LegalText, fill
from directsell.domain.errors import DomainError
from directsell.domain.frozen_json import to_json_text
from directsell.legal import legal_pack

PACK = legal_pack()
DAY = date(2026, 2, 13)
GAPS = {
    "seller",
    "seller_name",
    "seller_address",
    "trader",
    "return_to",
    "sale_date",
    "last_day",
    "days",
    "DAYS",
    "ordinal",
}
CONDITIONS = {
    "one", "several", "lots", "collects", "sends_back", "seller_pays", "buyer_pays", "elsewhere", "excepted",
    *(kind.value for kind in GoodsException),
}  # fmt: skip

# A wording that changes gets a new date, and a new line here.
WORDINGS = {
    "au-en@2026-11-22": "072956a2c1630e67",
    "br-pt@2026-11-22": "c0553c378e762e7b",
    "ca-en@2026-11-22": "c8f72ad88a35c801",
    "ch-de@2026-11-22": "d28740628a69ab69",
    "ch-fr@2026-11-22": "4a89e2819ae081ce",
    "ch-it@2026-11-22": "de43deb71dd45998",
    "eu-de@2026-11-22": "735082d2641aa098",
    "eu-en@2026-11-22": "eb3068e2d5c7983f",
    "eu-es@2026-11-22": "10f665ace7ce7bbf",
    "eu-fr@2026-11-22": "7c2281177cec5400",
    "eu-it@2026-11-22": "fd672ee678606edb",
    "eu-pl@2026-11-22": "724ab60e271fbb9b",
    "gb-en@2026-11-22": "bbd15a0b2a3bc7dd",
    "jp-ja@2026-11-22": "1d4db0f22f456c43",
    "mx-es@2026-11-22": "18eda5854521a563",
    "us-en@2026-11-22": "22a35c1c4a40aed2",
    "us-es@2026-11-22": "f1eba99073fa01fc",
}


def facts(country: str = "US", **more: object) -> SaleFacts:
    return replace(SaleFacts(ordered_on=DAY, country=country, amount=50_000, currency="USD"), **more)  # type: ignore[arg-type]


def rule_id(given: SaleFacts) -> str:
    rule = rule_for(PACK, given).rule
    return rule.id if rule else ""


def reason(given: SaleFacts) -> Why:
    choice = rule_for(PACK, given)
    assert choice.rule is None
    return choice.trace[-1].code


def text(id: str) -> LegalText:
    found = PACK.text(id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("place", "cents", "applies"),
    [
        (SalePlace.BUYER_HOME, 2_499, False),
        (SalePlace.BUYER_HOME, 2_500, True),
        (SalePlace.OTHER, 12_999, False),
        (SalePlace.OTHER, 13_000, True),
        (SalePlace.WORKPLACE, 2_500, False),
        (SalePlace.FAIR, 13_000, True),
        (SalePlace.HOST_HOME, 2_499, False),
        (SalePlace.HOST_HOME, 2_500, True),
        (SalePlace.SHOP, 50_000, False),
        (SalePlace.ONLINE, 50_000, False),
    ],
)
def test_american_thresholds(place: SalePlace, cents: int, applies: bool) -> None:
    assert (rule_id(facts(place=place, amount=cents)) == "us") is applies


def test_a_guest_in_the_hosts_home_is_treated_like_a_buyer_at_home_and_told_so() -> None:
    choice = rule_for(PACK, facts(amount=10_883))
    assert [step.code for step in choice.trace] == [Why.HOST_HOME_LIKE_BUYERS, Why.CHOSEN]
    assert choice.trace[0].values == {"rule": "us", "minimum": 13_000, "currency": "USD"}
    assert [step.code for step in rule_for(PACK, facts(amount=13_000)).trace] == [Why.CHOSEN]


def test_why_there_is_no_right() -> None:
    choice = rule_for(PACK, facts(amount=1_000))
    assert choice.rule is None
    assert choice.trace[0].values == {"rule": "us", "place": "host_home", "minimum": 2_500, "currency": "USD"}
    assert reason(facts(amount=1_000)) is Why.BELOW_THRESHOLD
    assert reason(facts(consumer=False)) is Why.BUSINESS_BUYER
    assert reason(facts("AE")) is Why.NO_RULE
    assert reason(facts(place=SalePlace.SHOP)) is Why.PLACE_NOT_COVERED
    assert reason(facts("CH", place=SalePlace.BUYER_HOME)) is Why.BUYER_ASKED
    assert reason(facts("CH", amount=10_000, currency="CHF")) is Why.NOT_ABOVE_THRESHOLD
    assert reason(facts("AU")) is Why.VISIT_NOT_COVERED
    assert reason(facts("DE", all_goods=(GoodsException.HYGIENE,))) is Why.GOODS_EXCEPTED


def test_the_rule_of_the_state_goes_first_and_that_of_the_country_is_asked_next() -> None:
    assert rule_id(facts(region="Alaska", amount=1_000)) == "us-ak"
    assert rule_id(facts(region="ak", amount=999)) == ""
    assert rule_id(facts(region="MO")) == "us-mo"
    assert rule_id(facts(region="TX")) == "us"
    choice = rule_for(PACK, facts(region="ak", amount=999))
    assert [step.values["rule"] for step in choice.trace] == ["us-ak", "us"]


@pytest.mark.parametrize(
    ("country", "currency", "amount", "place", "applies"),
    [
        ("AT", "EUR", 5_000, SalePlace.HOST_HOME, False),
        ("AT", "EUR", 5_001, SalePlace.HOST_HOME, True),
        ("IT", "EUR", 5_000, SalePlace.HOST_HOME, False),
        ("PL", "PLN", 5_000, SalePlace.HOST_HOME, False),
        ("GB", "GBP", 4_200, SalePlace.HOST_HOME, False),
        ("GB", "GBP", 4_201, SalePlace.HOST_HOME, True),
        ("GB", "GBP", 4_200, SalePlace.ONLINE, True),
        ("FR", "EUR", 100, SalePlace.HOST_HOME, True),
        ("CH", "CHF", 10_001, SalePlace.HOST_HOME, True),
        ("CH", "CHF", 10_001, SalePlace.FAIR, False),
    ],
)
def test_thresholds_elsewhere(country: str, currency: str, amount: int, place: SalePlace, applies: bool) -> None:
    assert bool(rule_id(facts(country, currency=currency, amount=amount, place=place))) is applies


def test_forty_euros_matter_in_germany_only_when_all_is_settled_on_the_spot() -> None:
    small = facts("DE", currency="EUR", amount=4_000)
    assert rule_id(small) == "de"
    assert rule_id(replace(small, settled_at_once=True)) == ""
    assert rule_id(replace(small, settled_at_once=True, amount=4_001)) == "de"


def test_a_price_in_another_currency_is_not_held_against_the_buyer() -> None:
    choice = rule_for(PACK, facts("AT", amount=1))
    assert choice.rule is not None
    assert choice.trace[0].code is Why.OTHER_CURRENCY


def test_one_piece_that_can_be_given_back_keeps_the_right() -> None:
    assert rule_id(facts("DE", all_goods=())) == "de"


def test_an_old_order_keeps_its_old_rule() -> None:
    old = facts(ordered_on=date(2015, 3, 12), place=SalePlace.OTHER, amount=3_000)
    assert rule_id(old) == "us"
    assert rule_id(replace(old, ordered_on=date(2015, 3, 13))) == ""
    before = rule_for(PACK, facts("PL", ordered_on=date(2022, 12, 31), visit=Visit.UNSOLICITED)).rule
    after = rule_for(PACK, facts("PL", ordered_on=date(2023, 1, 1), visit=Visit.UNSOLICITED)).rule
    assert before is not None
    assert after is not None
    assert (before.days_unsolicited, after.days_unsolicited) == (None, 30)
    assert PACK.rule(before.stamp) is before
    assert PACK.rule("pl@2023-01-01") is after
    assert PACK.rule("xx@2023-01-01") is None


def test_the_notice_speaks_the_language_of_the_sale() -> None:
    rule = rule_for(PACK, facts()).rule
    assert rule is not None
    assert text_for(PACK, rule, "es_US").text == text("us-es")
    english = text_for(PACK, rule, "en_US")
    assert english.text == text("us-en")
    assert english.in_language
    other = text_for(PACK, rule, "vi_VN")
    assert other.text == text("us-en")
    assert not other.in_language


def test_what_is_said_where_a_rule_is_chosen() -> None:
    rule = rule_for(PACK, facts()).rule
    assert rule is not None
    advice = advice_of(rule, text_for(PACK, rule, "en"))
    assert advice.source.startswith("16 CFR 429")
    assert advice.certainty is Certainty.STATUTE
    assert advice.text_official
    assert Check.HOST_HOME in advice.checks
    translated = advice_of(rule, text_for(PACK, rule, "es"))
    assert translated.certainty is Certainty.CHECK
    assert Check.WORDING in translated.checks
    assert translated.text_official is False
    turkish = rule_for(PACK, facts("TR")).rule
    assert turkish is not None
    assert advice_of(turkish, text_for(PACK, turkish, "tr")).text_official is None


def test_the_statement_for_the_slip() -> None:
    assert statement_of(text("us-en"), 3) == (
        "You, the buyer, may cancel this transaction at any time prior to midnight of the third business day after the "
        "date of this transaction. See the attached notice of cancellation form for an explanation of this right."
    )
    assert "fifth business day" in statement_of(text("us-en"), 5)
    assert statement_of(text("eu-de"), 14) == ""
    assert "binnen 14 Tagen" in slip_note_of(text("eu-de"), 14)


def test_braces_in_a_value_are_text() -> None:
    assert fill("to {seller_name}!", {"seller_name": "{days} & {x}"}) == "to {days} & {x}!"


# --- the files -------------------------------------------------------------------------------------------------


def test_every_country_of_the_program_with_facts_has_a_rule() -> None:
    countries = {rule.country for rule in PACK.rules}
    assert {"US", "DE", "AT", "FR", "IT", "ES", "PL", "IE", "GB", "CH", "CA", "AU", "BR", "MX", "JP"} <= countries


def test_versions_of_a_rule_follow_each_other_without_overlap() -> None:
    assert max(Counter(rule.stamp for rule in PACK.rules).values()) == 1
    for id in {rule.id for rule in PACK.rules}:
        versions = sorted((rule for rule in PACK.rules if rule.id == id), key=lambda rule: rule.valid_from)
        for earlier, later in pairwise(versions):
            assert earlier.valid_until is not None
            assert (later.valid_from - earlier.valid_until).days == 1
        assert versions[-1].valid_until is None


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.stamp)
def test_a_rule_is_whole(rule: Rule) -> None:
    assert rule.source
    assert rule.as_of >= date(2026, 11, 22)
    assert rule.days > 0
    assert all(PACK.text(id) is not None for id in rule.texts)
    assert not rule.holidays or PACK.table(rule.holidays).days
    assert not rule.thresholds or rule.currency
    assert rule.certainty is Certainty.STATUTE or rule.checks
    assert SalePlace.SHOP not in rule.places
    assert read_pack(
        json.dumps({"bases": {}, "rules": [json.loads(to_json_text(rule))]}), '{"tables": []}', []
    ).rules == (rule,)


@pytest.mark.parametrize("given", PACK.texts, ids=lambda text: text.id)
def test_a_text_is_whole(given: LegalText) -> None:
    assert set(given.placeholders) == given.gaps()
    assert given.gaps() <= GAPS
    assert given.source
    assert given.certainty in set(Certainty)
    assert given.official or given.certainty == Certainty.CHECK
    sentences = [s for part in given.parts for paragraph in part.paragraphs for s in paragraph.sentences]
    assert {condition for s in sentences for condition in s.when} <= CONDITIONS
    assert any(part.form for part in given.parts)
    assert given.language == given.id[-2:]
    assert any(given.id in rule.texts for rule in PACK.rules)
    if any(s.check for s in sentences):
        assert given.notes


@pytest.mark.parametrize("given", PACK.texts, ids=lambda text: text.id)
def test_a_wording_never_changes_without_a_new_date(given: LegalText) -> None:
    assert WORDINGS[given.stamp] == fingerprint(given)


def fingerprint(given: LegalText) -> str:
    words = [s.text for part in given.parts for paragraph in part.paragraphs for s in paragraph.sentences]
    return hashlib.sha256("\n".join([given.statement, given.slip_note, *words]).encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    "broken", ["", "[]", "{}", '{"bases": {}, "rules": [{"id": "x"}]}', '{"bases": {}, "rules": [{"like": "y"}]}']
)
def test_damaged_files_are_refused(broken: str) -> None:
    with pytest.raises(DomainError, match="legal.unreadable"):
        read_pack(broken, '{"tables": []}', [])
