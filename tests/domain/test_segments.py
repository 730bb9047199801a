"""Filters as values: what is refused, that JSON keeps them, months and places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.segments import (
    EVERYBODY,
    MOST_RULES,
    Goods,
    Group,
    Match,
    Rule,
    RuleKind,
    check_group,
    check_segment,
    is_postcode,
    month_of,
    parse_rules,
    place_spellings,
    rules_text,
)

RULES = st.builds(
    Rule,
    kind=st.sampled_from(RuleKind),
    negated=st.booleans(),
    goods=st.sampled_from(Goods),
    subject=st.text(max_size=20),
    days=st.none() | st.integers(-5, 400),
    low=st.none() | st.integers(-5, 10**9),
    high=st.none() | st.integers(-5, 10**9),
)
GROUPS = st.recursive(
    st.builds(Group, match=st.sampled_from(Match), rules=st.lists(RULES, max_size=3).map(tuple), negated=st.booleans()),
    lambda inner: st.builds(
        Group, match=st.sampled_from(Match), rules=st.just(()), groups=st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=6,
)


def refusal(group: Group) -> str:
    try:
        check_group(group)
    except DomainError as error:
        return error.code
    return "none"


@given(GROUPS)
def test_json_keeps_a_filter(group: Group) -> None:
    text = rules_text(group)
    again = parse_rules(text)
    assert again == group or "?" in text  # lone surrogates cannot be written
    assert rules_text(again) == text


@given(GROUPS)
def test_checking_never_fails_otherwise_than_with_a_sentence(group: Group) -> None:
    assert refusal(group).startswith(("segment.", "none"))


@pytest.mark.parametrize(
    "text", ["", "null", "[]", '{"match":"some"}', '{"rules":[{"kind":"bought","days":"x"}]}', "{" * 5000]
)
def test_broken_rules_have_a_code(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse_rules(text)
    assert caught.value.code == "segment.unreadable"


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule(kind=RuleKind.BOUGHT, goods=Goods.PRODUCT), "segment.subject"),
        (Rule(kind=RuleKind.TAG, subject="  "), "segment.subject"),
        (Rule(kind=RuleKind.BIRTHDAY, subject="13"), "segment.subject"),
        (Rule(kind=RuleKind.LAPSED), "segment.days"),
        (Rule(kind=RuleKind.BOUGHT, days=0), "segment.days"),
        (Rule(kind=RuleKind.SPENT), "segment.range"),
        (Rule(kind=RuleKind.SPENT, low=5, high=4), "segment.range"),
        (Rule(kind=RuleKind.TIMES, low=-1), "segment.range"),
        (Rule(kind=RuleKind.SPENT, high=10**30), "segment.range"),
    ],
)
def test_an_incomplete_rule_is_named_by_its_number(rule: Rule, code: str) -> None:
    good = Rule(kind=RuleKind.BOUGHT)
    with pytest.raises(DomainError) as caught:
        check_group(Group(rules=(good,), groups=(Group(rules=(rule,)),)))
    assert (caught.value.code, caught.value.params["rule"], caught.value.field) == (code, 2, "rule2")


def test_what_is_too_large_is_refused() -> None:
    rules = (Rule(kind=RuleKind.BOUGHT),) * (MOST_RULES + 1)
    deep = EVERYBODY
    for _ in range(5):
        deep = Group(groups=(deep,))
    for group in (Group(rules=rules), deep):
        with pytest.raises(DomainError, match=r"segment\.too_many"):
            check_group(group)
    with pytest.raises(DomainError, match=r"segment\.name"):
        check_segment(" ", EVERYBODY)


@pytest.mark.parametrize(
    ("subject", "month", "meant"), [("this", 11, 11), ("next", 11, 12), ("next", 12, 1), ("3", 7, 3)]
)
def test_months(subject: str, month: int, meant: int) -> None:
    assert month_of(subject, month) == meant


def test_places() -> None:
    assert place_spellings(" köln  deutz ") == ("köln deutz", "KÖLN DEUTZ", "Köln Deutz")
    assert is_postcode("80")
    assert is_postcode("SW1A")
    assert not is_postcode("Graz")
