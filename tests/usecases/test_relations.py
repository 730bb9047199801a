"""People who belong together, recommendations, wishes, and the profile with its questions, against a small shop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from directsell.domain.demos import Demo, DemoState, Wish
from directsell.domain.errors import DomainError
from directsell.domain.orders import OrderState
from directsell.domain.people import Person
from directsell.domain.relations import AnswerKind, ProfileAnswer, ProfileQuestion, Relation, RelationKind
from directsell.store.queries.person_ties import habits_of, profile_of, questions, ties_of, wishes_of
from directsell.store.work import Work
from directsell.usecases.demos import invite_guest
from directsell.usecases.profiles import (
    add_questionnaire,
    delete_question,
    order_questions,
    save_answers,
    save_question,
    starting_questionnaires,
)
from directsell.usecases.relations import add_wish, relate_people, remove_relation, remove_wish, set_referrer
from directsell.usecases.verbs import usecase
from tests.fixtures.shops import Shop


def test_two_people_have_one_relation_seen_from_both_sides(shop: Shop) -> None:
    app, anna, cem = shop.app, shop.person("Anna"), shop.person("Cem")
    app.run(relate_people, anna, cem, RelationKind.FRIEND)
    app.run(relate_people, cem, anna, RelationKind.PARTNER, " since 2020 ")
    for one, other in ((anna, "Cem"), (cem, "Anna")):
        (related,) = app.read(ties_of, one).related
        assert (related.other.name, related.kind, related.note) == (other, RelationKind.PARTNER, "since 2020")
    app.run(remove_relation, app.read(ties_of, anna).related[0].id)
    assert app.read(ties_of, cem).is_empty
    app.undo()
    assert not app.read(ties_of, cem).is_empty
    with pytest.raises(DomainError, match="relation.self"):
        app.run(relate_people, anna, anna, RelationKind.FRIEND)
    assert len(app.read(lambda reader: reader.find(Relation))) == 1


def test_recommendations_are_seen_in_both_directions(shop: Shop) -> None:
    app, anna = shop.app, shop.person("Anna")
    for number in range(10):
        app.run(set_referrer, shop.person(f"Guest {number}"), anna)
    ties = app.read(ties_of, anna)
    assert (len(ties.recommended), ties.recommended_count) == (8, 10)
    referrer = app.read(ties_of, shop.person("Guest 3")).referred_by
    assert referrer is not None
    assert referrer.name == "Anna"
    app.run(set_referrer, shop.person("Guest 3"), None)
    assert app.read(ties_of, anna).recommended_count == 9
    with pytest.raises(DomainError, match="relation.self"):
        app.run(set_referrer, anna, anna)


@usecase("Demos")
def _demos(work: Work, host: Person, *states: DemoState) -> list[Demo]:
    return [
        work.save(Demo(id=work.new_id(), host_id=host.id, day=date(2026, 3, 1), state=state, created_at=work.now))
        for state in states
    ]


def test_hosted_demos_and_different_guests_are_counted(shop: Shop) -> None:
    app = shop.app
    anna = app.read(lambda reader: reader.get(Person, shop.person("Anna")))
    demos = app.run(_demos, anna, DemoState.SETTLED, DemoState.PLANNED, DemoState.CANCELLED)
    for demo in demos:
        app.run(invite_guest, demo.id, shop.person("Cem"))
    app.run(invite_guest, demos[0].id, shop.person("Dora"))
    ties = app.read(ties_of, anna.id)
    assert (ties.hosted, ties.guests) == (2, 2)
    assert ties.last_demo in {demo.id for demo in demos[:2]}


def test_habits_come_from_orders_that_count(shop: Shop) -> None:
    day = shop.clock.today()
    for ago, lines in ((60, (("CV-110", "2"),)), (30, (("CV-110", "1"), ("CV-204", "1"))), (0, (("CV-315", "1"),))):
        shop.enter("Anna", *lines, ordered_on=day - timedelta(ago))
    shop.enter("Anna", ("CV-777", "5"), state=OrderState.DRAFT, ordered_on=day)
    habits = shop.app.read(habits_of, shop.person("Anna"))
    assert (habits.rhythm.orders, habits.rhythm.days, habits.rhythm.next_on) == (3, 30, day + timedelta(30))
    assert [(good.name, good.orders, int(good.quantity)) for good in habits.favourites] == [
        ("Peeler", 2, 3),
        ("Stoneware Pan", 1, 1),
        ("Batter Bowls", 1, 1),
    ]


def test_a_wish_is_one_for_each_product(shop: Shop) -> None:
    app, anna, bowls = shop.app, shop.person("Anna"), shop.product("CV-204").id
    app.run(add_wish, anna, bowls, "in blue")
    app.run(add_wish, anna, bowls)
    (wish,) = app.read(wishes_of, anna)
    assert (wish.name, wish.note) == ("Batter Bowls", "in blue")
    app.run(remove_wish, wish.id)
    assert app.read(wishes_of, anna) == []
    app.undo()
    assert len(app.read(lambda reader: reader.find(Wish))) == 1


def test_questions_have_an_order_and_take_their_answers_along(shop: Shop) -> None:
    app, anna = shop.app, shop.person("Anna")
    skin, pets = (
        app.run(save_question, ProfileQuestion(id=shop.ids.new(), label=label, kind=kind, choices=choices))
        for label, kind, choices in (
            (" Skin ", AnswerKind.CHOICE, "dry\n oily\n"),
            ("Pets", AnswerKind.TEXT, "left over"),
        )
    )
    assert (skin.label, skin.choices, pets.choices) == ("Skin", "dry\noily", "")
    app.run(order_questions, [pets.id, skin.id])
    assert [question.label for question in app.read(questions)] == ["Pets", "Skin"]
    app.run(save_answers, anna, {skin.id: "oily", pets.id: "two cats"})
    app.run(save_answers, anna, {pets.id: ""})
    assert [(asked.question.label, asked.answer) for asked in app.read(profile_of, anna)] == [
        ("Pets", ""),
        ("Skin", "oily"),
    ]
    app.run(delete_question, skin.id)
    assert app.read(lambda reader: reader.find(ProfileAnswer)) == []
    app.undo()
    assert [asked.answer for asked in app.read(profile_of, anna)] == ["", "oily"]


def test_ready_sets_are_added_once(shop: Shop) -> None:
    for ready in starting_questionnaires():
        assert shop.app.run(add_questionnaire, ready.key) == len(ready.questions)
        assert shop.app.run(add_questionnaire, ready.key) == 0
    found: Callable[[Any], list[ProfileQuestion]] = questions
    positions = [question.position for question in shop.app.read(found)]
    assert positions == sorted(set(positions))
