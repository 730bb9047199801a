"""The way of a prospect: neighbours of stages, the order of cards, answers to objections that work best."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.objections import ObjectionResult, rank_answers
from directsell.domain.people import LostReason, Person, Stage, in_stage
from directsell.domain.pipeline import REASON_IN, STAGES, days_in, neighbour, urgency
from tests.fixtures.books import NOON

TODAY = date(2026, 6, 15)
OVERCOME, STAYED, OPEN = ObjectionResult.OVERCOME, ObjectionResult.STAYED, ObjectionResult.OPEN


@pytest.mark.parametrize(
    ("stage", "step", "result"),
    [
        (Stage.NEW, 1, Stage.CONTACTED),
        (Stage.NEW, -1, Stage.NEW),
        (Stage.WON, -1, Stage.NEGOTIATING),
        (Stage.LOST, 1, Stage.LOST),
        (Stage.QUALIFIED, 3, Stage.NEGOTIATING),
    ],
)
def test_neighbours(stage: Stage, step: int, result: Stage) -> None:
    assert neighbour(stage, step) is result


def test_every_stage_has_a_reason_for_the_next_contact() -> None:
    assert set(REASON_IN) == set(STAGES)


def test_due_first_then_without_a_step_then_planned() -> None:
    since = date(2026, 6, 1)
    cards = {
        "overdue": urgency(Stage.NEW, since, date(2026, 6, 1), 0, TODAY),
        "today": urgency(Stage.NEW, since, TODAY, 0, TODAY),
        "promising": urgency(Stage.NEW, since, None, 80, TODAY),
        "unknown": urgency(Stage.NEW, since, None, 0, TODAY),
        "tomorrow": urgency(Stage.NEW, since, date(2026, 6, 16), 90, TODAY),
    }
    assert sorted(cards, key=lambda name: cards[name]) == list(cards)


def test_the_latest_won_comes_first() -> None:
    early, late = date(2026, 6, 1), date(2026, 6, 10)
    assert urgency(Stage.WON, late, None, 0, TODAY) < urgency(Stage.WON, early, None, 0, TODAY)


def test_days_of_a_clock_that_was_set_back() -> None:
    assert (days_in(date(2026, 6, 1), TODAY), days_in(date(2026, 7, 1), TODAY)) == (14, 0)


@given(st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from(list(LostReason))), max_size=6))
def test_the_reason_of_a_loss_stays_with_the_loss_only(steps: list[tuple[Stage, LostReason]]) -> None:
    person = Person(id=UUID(int=1), given="Gina", created_at=NOON)
    for stage, reason in steps:
        before = person
        person = in_stage(person, stage, TODAY, reason)
        assert person.stage is stage
        assert person.lost_reason is (reason if stage is Stage.LOST else LostReason.NONE)
        assert person.stage_on == (before.stage_on if before.stage is stage else TODAY)


def test_answers_that_overcame_most_come_first() -> None:
    heard = [
        ("Two instalments", OVERCOME),
        ("two  instalments", STAYED),
        ("Try it for a week", OVERCOME),
        ("Look at the guarantee", OPEN),
        ("", OVERCOME),
    ]
    ranked = [(answer.text, answer.given, answer.overcame) for answer in rank_answers(heard)]
    assert ranked == [("Try it for a week", 1, 1), ("Two instalments", 2, 1), ("Look at the guarantee", 1, 0)]
    for other in permutations(heard):
        assert sorted((a.given, a.overcame) for a in rank_answers(other)) == [(1, 0), (1, 1), (2, 1)]
