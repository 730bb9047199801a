"""How often somebody orders, and what a fit question and a fit answer is."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.habits import Rhythm, rhythm
from directsell.domain.profiles import answer_text, check_question, choices_of
from directsell.domain.relations import AnswerKind, ProfileQuestion

_DAY = date(2026, 3, 6)


def test_a_rhythm_is_the_middle_of_the_intervals() -> None:
    days = [_DAY, _DAY + timedelta(30), _DAY + timedelta(60), _DAY + timedelta(300), _DAY + timedelta(60)]
    assert rhythm(days) == Rhythm(4, days[3], 30, days[3] + timedelta(30))


def test_one_order_makes_no_rhythm() -> None:
    assert rhythm([]) == Rhythm(0, None, None, None)
    assert rhythm([_DAY, _DAY]) == Rhythm(1, _DAY, None, None)


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=2, max_size=20))
def test_a_rhythm_does_not_depend_on_the_order_of_days(days: list[date]) -> None:
    found = rhythm(days)
    assert found == rhythm(sorted(days, reverse=True))
    if found.days is not None:
        assert found.days > 0
        assert found.next_on == max(days) + timedelta(found.days)


def _question(kind: AnswerKind, choices: str = "") -> ProfileQuestion:
    return ProfileQuestion(id=UUID(int=1), label="Skin", kind=kind, choices=choices)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (ProfileQuestion(id=UUID(int=1), label=" "), "question.label"),
        (_question(AnswerKind.CHOICE, "dry\n\n dry "), "question.choices"),
    ],
)
def test_questions_that_nobody_could_answer_are_refused(question: ProfileQuestion, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check_question(question)


@pytest.mark.parametrize(
    ("question", "value", "stored"),
    [
        (_question(AnswerKind.TEXT), "  nuts ", "nuts"),
        (_question(AnswerKind.NUMBER), "4.50", "4.50"),
        (_question(AnswerKind.NUMBER), "1E3", "1000"),
        (_question(AnswerKind.DATE), "2026-03-06", "2026-03-06"),
        (_question(AnswerKind.YES_NO), "yes", "yes"),
        (_question(AnswerKind.CHOICE, "dry\noily"), "oily", "oily"),
        (_question(AnswerKind.CHOICES, "dry\noily\nnormal"), "normal\n dry", "dry\nnormal"),
        (_question(AnswerKind.CHOICES, "dry\noily"), "", ""),
    ],
)
def test_answers_are_kept_in_one_form(question: ProfileQuestion, value: str, stored: str) -> None:
    assert answer_text(question, value) == stored
    assert answer_text(question, stored) == stored


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (AnswerKind.NUMBER, "many", "answer.number"),
        (AnswerKind.NUMBER, "NaN", "answer.number"),
        (AnswerKind.DATE, "6 March", "answer.date"),
        (AnswerKind.YES_NO, "perhaps", "answer.choice"),
        (AnswerKind.CHOICE, "wet", "answer.choice"),
    ],
)
def test_answers_that_are_none_are_refused_at_their_field(kind: AnswerKind, value: str, code: str) -> None:
    with pytest.raises(DomainError, match=code) as refused:
        answer_text(_question(kind, "dry\noily"), value)
    assert refused.value.field == str(UUID(int=1))


def test_choices_are_the_lines() -> None:
    assert choices_of(_question(AnswerKind.CHOICE, " dry \n\noily\ndry")) == ("dry", "oily")
