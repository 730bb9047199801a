"""Follow-up programmes: the vectors of rule D19, one situation at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from directsell.domain.contact_choices import Channel, Outcome, Reason
from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.anchors import birthday_on
from directsell.domain.follow_up_plans.history import Event, EventKind, Goods, History, Purchase, is_contact
from directsell.domain.follow_up_plans.planning import Active, Changes, plan
from directsell.domain.follow_up_plans.rules import ContactRules, check_rules
from directsell.domain.follow_up_plans.running_out import run_outs
from directsell.domain.follow_up_plans.steps import (
    Chain,
    Effect,
    Step,
    Unit,
    Words,
    chain_of,
    chain_text,
    check_chain,
    moved,
)
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.people import Rank

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
_SPACE = UUID(int=7)
AMY, PAN, CREAM = (uuid5(_SPACE, name) for name in ("amy", "pan", "cream"))

TWO_TWO_TWO = Chain(
    steps=(
        Step(key="a", count=2, unit=Unit.DAYS, reason=Reason.AFTER_DELIVERY, text="Did everything arrive?"),
        Step(key="b", count=2, unit=Unit.WEEKS, reason=Reason.AFTER_DELIVERY, text="How do you like it?"),
        Step(key="c", count=2, unit=Unit.MONTHS, reason=Reason.AFTER_DELIVERY, text="What else do you need?"),
    )
)


def programme(chain: Chain, anchor: Anchor = Anchor.DELIVERY, name: str = "2+2+2", **fields: object) -> Active:
    made = FollowUpProgramme(
        id=uuid5(_SPACE, name), name=name, anchor=anchor, steps=chain_text(chain), active=True, created_at=NOW
    )
    return Active(replace(made, **fields), chain)  # type: ignore[arg-type]


def delivered(day: date, number: int = 1, *goods: Goods) -> Event:
    return Event(kind=EventKind.DELIVERY, on=day, order_id=uuid5(_SPACE, f"order {number}"), goods=goods)


def contact(day: date) -> Event:
    return Event(kind=EventKind.CONTACT, on=day)


def ordered(day: date) -> Event:
    return Event(kind=EventKind.ORDER, on=day)


class Book:
    """The follow-ups of one person, to which plans are applied."""

    def __init__(self, *programmes: Active, rules: ContactRules | None = None) -> None:
        self.programmes = programmes
        self.rules = rules or ContactRules()
        self.history = History(person_id=AMY, since=date(2025, 6, 1))
        self.rows: dict[UUID, FollowUp] = {}

    def happens(self, *events: Event) -> None:
        self.history = replace(self.history, events=(*self.history.events, *events))

    def plan(self, today: date, before: tuple[Active, ...] = ()) -> Changes:
        changes = plan(
            self.programmes, self.history, self.rows.values(), self.rules, today=today, now=NOW, before=before
        )
        self.rows.update({row.id: row for row in changes.rows})
        return changes

    def open(self) -> list[FollowUp]:
        return sorted((r for r in self.rows.values() if r.state is FollowUpState.OPEN), key=lambda r: r.due_on)

    def days(self) -> list[date]:
        return [row.due_on for row in self.open()]

    def finish(self, step: str, state: FollowUpState = FollowUpState.DONE) -> FollowUp:
        row = next(row for row in self.open() if row.step == step)
        self.rows[row.id] = replace(row, state=state, outcome=Outcome.REACHED)
        return self.rows[row.id]

    def states(self) -> dict[FollowUpState, int]:
        found: dict[FollowUpState, int] = {}
        for row in self.rows.values():
            found[row.state] = found.get(row.state, 0) + 1
        return found


# --- days


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        (date(2025, 12, 31), 2, Unit.MONTHS, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, Unit.MONTHS, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, Unit.MONTHS, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, Unit.MONTHS, date(2026, 2, 28)),
        (date(2026, 1, 15), -2, Unit.MONTHS, date(2025, 11, 15)),
        (date(2026, 11, 30), 3, Unit.MONTHS, date(2027, 2, 28)),
        (date(2026, 12, 24), 2, Unit.WEEKS, date(2027, 1, 7)),
        (date(2026, 2, 27), 2, Unit.DAYS, date(2026, 3, 1)),
    ],
)
def test_months_are_calendar_months(day: date, count: int, unit: Unit, expected: date) -> None:
    assert moved(day, count, unit) == expected


def test_2_2_2_after_a_delivery_on_the_last_day_of_the_year() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2025, 12, 31)))
    book.plan(date(2025, 12, 31))
    assert book.days() == [date(2026, 1, 2), date(2026, 1, 14), date(2026, 2, 28)]
    assert {row.expires_on for row in book.open()} == {date(2026, 1, 9), date(2026, 1, 21), date(2026, 3, 7)}


def test_6_21_120() -> None:
    steps = tuple(Step(key=str(days), count=days, reason=Reason.AFTER_DELIVERY, text="x") for days in (6, 21, 120))
    book = Book(programme(Chain(steps=steps)))
    book.happens(delivered(date(2026, 1, 10)))
    book.plan(date(2026, 1, 10))
    assert book.days() == [date(2026, 1, 16), date(2026, 1, 31), date(2026, 5, 10)]


@pytest.mark.parametrize(
    ("birthday", "year", "expected"),
    [
        ("1990-02-28", 2026, date(2026, 2, 28)),
        ("--02-29", 2026, date(2026, 3, 1)),
        ("--02-29", 2028, date(2028, 2, 29)),
        ("", 2026, None),
    ],
)
def test_birthdays(birthday: str, year: int, expected: date | None) -> None:
    assert birthday_on(birthday, year) == expected


# --- re-anchoring


def test_a_new_delivery_takes_the_place_of_the_old_one_and_done_steps_keep_their_result() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    done = book.finish("a")
    book.happens(delivered(date(2026, 1, 10), 2))
    book.plan(date(2026, 1, 10))
    assert book.days() == [date(2026, 1, 12), date(2026, 1, 24), date(2026, 3, 10)]
    assert {row.order_id for row in book.open()} == {delivered(date(2026, 1, 10), 2).order_id}
    assert book.rows[done.id] == done
    assert book.states() == {FollowUpState.OPEN: 3, FollowUpState.SUPERSEDED: 2, FollowUpState.DONE: 1}


def test_a_new_order_ends_the_steps_of_the_delivery_before() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)), ordered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    assert len(book.open()) == 3  # what was ordered on the day of the delivery changes nothing yet
    book.happens(ordered(date(2026, 1, 5)))
    book.plan(date(2026, 1, 5))
    assert book.open() == []
    book.happens(delivered(date(2026, 1, 20), 2))
    book.plan(date(2026, 1, 20))
    assert book.days() == [date(2026, 1, 22), date(2026, 2, 3), date(2026, 3, 20)]


def test_a_contact_moves_the_open_steps_and_overtakes_what_was_due() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    book.happens(contact(date(2026, 1, 6)))  # the first step was due on the 3rd: the call did its work
    book.plan(date(2026, 1, 6))
    assert [(row.step, row.due_on, row.anchor_on) for row in book.open()] == [
        ("b", date(2026, 1, 20), date(2026, 1, 6)),
        ("c", date(2026, 3, 6), date(2026, 1, 6)),
    ]
    assert book.states()[FollowUpState.SUPERSEDED] == 3


def test_a_step_taken_early_does_not_come_again() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    book.finish("b")
    book.happens(contact(date(2026, 1, 2)))
    book.plan(date(2026, 1, 2))
    assert [(row.step, row.due_on) for row in book.open()] == [("a", date(2026, 1, 4)), ("c", date(2026, 3, 2))]
    book.finish("a", FollowUpState.SKIPPED)
    book.happens(contact(date(2026, 1, 10)))
    book.plan(date(2026, 1, 10))
    assert [(row.step, row.due_on) for row in book.open()] == [("c", date(2026, 3, 10))]


def test_a_return_counts_anew_and_goods_that_came_back_are_not_asked_about() -> None:
    book = Book(programme(TWO_TWO_TWO))
    first, second = delivered(date(2026, 1, 1)), delivered(date(2026, 1, 10), 2)
    book.happens(first, second)
    book.plan(date(2026, 1, 10))
    book.history = replace(book.history, events=(first, Event(kind=EventKind.RETURN, on=date(2026, 1, 12))))
    book.plan(date(2026, 1, 12))
    assert [(row.step, row.due_on, row.order_id) for row in book.open()] == [
        ("b", date(2026, 1, 26), first.order_id),
        ("c", date(2026, 3, 12), first.order_id),
    ]


def test_a_delivery_taken_back_and_made_again_opens_the_same_steps() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    ids = {row.id for row in book.open()}
    book.history = replace(book.history, events=())
    book.plan(date(2026, 1, 1))
    assert book.states() == {FollowUpState.SUPERSEDED: 3}
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    assert {row.id for row in book.open()} == ids


@pytest.mark.parametrize(
    ("effect", "left"),
    [(Effect.RECOUNT, [date(2026, 1, 20), date(2026, 3, 6)]), (Effect.STOP, [])],
)
def test_what_a_contact_does_is_a_choice(effect: Effect, left: list[date]) -> None:
    book = Book(programme(replace(TWO_TWO_TWO, on_contact=effect)))
    book.happens(delivered(date(2026, 1, 1)), contact(date(2026, 1, 6)))
    book.plan(date(2026, 1, 6))
    assert book.days() == left


def test_steps_before_a_demo_keep_their_days() -> None:
    chain = Chain(
        steps=(
            Step(key="thanks", count=1, reason=Reason.BOOKING, text="Thank you"),
            Step(key="list", count=-2, unit=Unit.WEEKS, reason=Reason.COACHING, text="Guest list"),
            Step(key="sure", count=-1, reason=Reason.COACHING, text="Tomorrow!"),
        )
    )
    book = Book(programme(chain, Anchor.BOOKING))
    booked = Event(kind=EventKind.BOOKING, on=date(2026, 2, 1), until=date(2026, 3, 20))
    book.happens(booked)
    book.plan(date(2026, 2, 1))
    assert book.days() == [date(2026, 2, 2), date(2026, 3, 6), date(2026, 3, 19)]
    book.happens(contact(date(2026, 3, 7)))
    book.plan(date(2026, 3, 7))
    assert book.days() == [date(2026, 3, 19)]
    assert book.open()[0].expires_on == date(2026, 3, 20)
    book.history = replace(book.history, events=(replace(booked, until=date(2026, 4, 3)),))
    book.plan(date(2026, 3, 7))
    assert book.days() == [date(2026, 3, 20), date(2026, 4, 2)]


# --- expiry, quiet days, merging


def test_steps_expire_after_seven_days_and_never_pile_up() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    book.plan(date(2026, 1, 10))
    assert len(book.open()) == 3
    book.plan(date(2026, 1, 11))
    assert book.days() == [date(2026, 1, 15), date(2026, 3, 1)]
    assert book.states()[FollowUpState.EXPIRED] == 1
    assert book.plan(date(2026, 1, 11)) == Changes()


def test_what_is_long_past_is_not_planned_at_all() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 2, 20))
    assert book.days() == [date(2026, 3, 1)]


def test_a_step_that_was_put_off_stays_where_it_was_put() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    row = book.open()[0]
    book.rows[row.id] = replace(row, due_on=date(2026, 1, 20), expires_on=date(2026, 1, 20))
    assert book.plan(date(2026, 1, 19)) == Changes()
    book.plan(date(2026, 1, 21))
    assert book.rows[row.id].state is FollowUpState.EXPIRED


def test_quiet_days_move_a_step_to_the_next_day_or_back_when_it_lies_before_a_demo() -> None:
    rules = ContactRules(quiet_days=(6,))
    book = Book(programme(TWO_TWO_TWO), rules=rules)
    book.happens(delivered(date(2026, 2, 13)))  # two days later is a Sunday
    book.plan(date(2026, 2, 13))
    assert book.days()[0] == date(2026, 2, 16)
    chain = Chain(steps=(Step(key="x", count=-1, reason=Reason.COACHING, text="Tomorrow!"),))
    coached = Book(programme(chain, Anchor.BOOKING), rules=rules)
    coached.happens(Event(kind=EventKind.BOOKING, on=date(2026, 2, 1), until=date(2026, 2, 16)))
    coached.plan(date(2026, 2, 1))
    assert coached.days() == [date(2026, 2, 14)]


def test_steps_of_one_reason_that_meet_become_one_contact() -> None:
    chain = Chain(steps=(Step(key="s", count=5, reason=Reason.SAMPLE, text="Did it suit you?", with_products=True),))
    book = Book(programme(chain, Anchor.SAMPLE), rules=ContactRules(quiet_days=(5, 6)))
    for day, name in ((date(2026, 1, 5), "Cream"), (date(2026, 1, 6), "Soap")):
        goods = Goods(id=str(uuid5(_SPACE, name)), name=name, text="Every evening?")
        book.happens(Event(kind=EventKind.SAMPLE, on=day, goods=(goods,)))
    book.plan(date(2026, 1, 6))  # Saturday and Sunday both become Monday
    (row,) = book.open()
    assert row.due_on == date(2026, 1, 12)
    assert row.text.splitlines() == ["Did it suit you?", "Cream: Every evening?", "Soap: Every evening?"]
    book.finish(row.step)
    assert book.plan(date(2026, 1, 12)) == Changes()


def test_other_reasons_on_a_day_move_on_so_that_none_is_lost() -> None:
    chain = Chain(
        steps=(
            Step(key="a", count=1, reason=Reason.AFTER_DELIVERY, text="One"),
            Step(key="b", count=2, reason=Reason.WISH, text="Two"),
        )
    )
    book = Book(programme(chain), rules=ContactRules(quiet_days=(6,)))
    book.happens(delivered(date(2026, 2, 14)))
    book.plan(date(2026, 2, 14))
    assert [(row.due_on, row.reason) for row in book.open()] == [
        (date(2026, 2, 16), Reason.AFTER_DELIVERY),
        (date(2026, 2, 17), Reason.WISH),
    ]


def test_only_if_nobody_was_in_touch() -> None:
    chain = replace(TWO_TWO_TWO, on_contact=Effect.KEEP)
    chain = replace(chain, steps=(*chain.steps[:2], replace(chain.steps[2], only_if_quiet=True)))
    book = Book(programme(chain))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    assert len(book.open()) == 3
    book.happens(contact(date(2026, 1, 2)))
    book.plan(date(2026, 1, 2))
    assert book.days() == [date(2026, 1, 3), date(2026, 1, 15)]


def test_somebody_lost_is_left_in_peace() -> None:
    book = Book(programme(TWO_TWO_TWO))
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    book.history = replace(book.history, is_out=True)
    book.plan(date(2026, 1, 2))
    assert book.open() == []


# --- words


def test_words_of_a_product_go_before_those_of_its_category_and_both_before_those_of_the_step() -> None:
    words = (Words(product=str(PAN), text="Has it been oiled?"), Words(category="Care", text="Does the skin like it?"))
    chain = Chain(steps=(Step(key="a", count=2, text="All well?", words=words, with_products=True),))
    pan = Goods(id=str(PAN), name="Pan", category="care", text="No soap!")
    cream = Goods(id=str(CREAM), name="Cream", category="CARE ")
    for goods, expected in (
        ((), ["All well?"]),
        ((pan,), ["Has it been oiled?", "Pan: No soap!"]),
        ((cream,), ["Does the skin like it?"]),
        ((cream, pan), ["Has it been oiled?", "Does the skin like it?", "Pan: No soap!"]),
    ):
        book = Book(programme(chain))
        book.happens(delivered(date(2026, 1, 1), 1, *goods))
        book.plan(date(2026, 1, 1))
        (row,) = book.open()
        assert row.text.splitlines() == expected
        assert row.product_id == (UUID(goods[0].id) if len(goods) == 1 else None)


def test_other_words_and_days_of_an_altered_programme_reach_what_still_stands_as_planned() -> None:
    old = programme(TWO_TWO_TWO)
    book = Book(old)
    book.happens(delivered(date(2026, 1, 1)))
    book.plan(date(2026, 1, 1))
    first, second, third = book.open()
    book.rows[second.id] = replace(second, text="My own words", due_on=date(2026, 1, 18))
    done = book.finish("a")
    steps = tuple(replace(step, text="New words", count=step.count + 1) for step in TWO_TWO_TWO.steps)
    book.programmes = (programme(Chain(steps=steps)),)
    book.plan(date(2026, 1, 3), before=(old,))
    assert book.rows[done.id].text == first.text
    assert [(row.text, row.due_on) for row in book.open()] == [
        ("My own words", date(2026, 1, 18)),
        ("New words", date(2026, 4, 1)),
    ]
    book.programmes = (programme(Chain(steps=steps[:2])),)
    book.plan(date(2026, 1, 3))
    assert book.rows[third.id].state is FollowUpState.SUPERSEDED


# --- other anchors


def test_a_programme_of_a_brand_follows_only_its_goods() -> None:
    brand = uuid5(_SPACE, "brand")
    book = Book(programme(TWO_TWO_TWO, brand_id=brand))
    book.happens(delivered(date(2026, 1, 1), 1, Goods(id=str(PAN), brand=str(brand))))
    book.happens(delivered(date(2026, 1, 9), 2, Goods(id=str(CREAM), brand="another")))
    book.happens(ordered(date(2026, 1, 5)))
    book.plan(date(2026, 1, 9))
    assert [row.anchor_on for row in book.open()] == [date(2026, 1, 1)] * 3


def test_a_birthday_comes_every_year_two_weeks_ahead() -> None:
    chain = Chain(
        steps=(Step(key="day", count=0, reason=Reason.BIRTHDAY, text="Happy birthday"),), on_contact=Effect.KEEP
    )
    book = Book(programme(chain, Anchor.BIRTHDAY))
    book.history = replace(book.history, birthday="1984-03-09")
    book.plan(date(2026, 2, 20))
    assert book.days() == []
    book.plan(date(2026, 2, 23))
    assert book.days() == [date(2026, 3, 9)]
    book.finish("day")
    book.plan(date(2026, 3, 9))
    assert book.days() == []
    book.plan(date(2027, 3, 1))
    assert book.days() == [date(2027, 3, 9)]


def test_dormant_is_who_has_not_ordered_for_so_many_days() -> None:
    chain = Chain(steps=(Step(key="d", count=180, reason=Reason.DORMANT, text="Long time"),), on_contact=Effect.KEEP)
    book = Book(programme(chain, Anchor.LAST_ORDER))
    book.happens(ordered(date(2026, 1, 1)), contact(date(2026, 6, 1)))
    book.plan(date(2026, 6, 10))
    assert book.days() == []
    book.plan(date(2026, 6, 20))
    assert book.days() == [date(2026, 6, 30)]
    book.happens(ordered(date(2026, 6, 25)))
    book.plan(date(2026, 6, 25))
    assert book.days() == []


def test_a_programme_started_by_hand_counts_from_the_chosen_day() -> None:
    custom = programme(TWO_TWO_TWO, Anchor.CUSTOM, "own")
    book = Book(custom)
    book.happens(Event(kind=EventKind.STARTED, on=date(2026, 1, 1), programme_id=custom.programme.id))
    book.happens(Event(kind=EventKind.STARTED, on=date(2026, 1, 3), programme_id=uuid5(_SPACE, "another")))
    book.plan(date(2026, 1, 1))
    assert book.days()[0] == date(2026, 1, 3)


# --- running out, intervals


def bought(day: date, quantity: str, lasts: int = 30) -> Purchase:
    return Purchase(product_id=CREAM, on=day, quantity=Decimal(quantity), lasts_days=lasts, name="Cream", text="Again?")


@pytest.mark.parametrize(
    ("purchases", "ends", "own"),
    [
        ([bought(date(2026, 1, 1), "2")], date(2026, 3, 2), False),  # 2 x 30 days
        ([bought(date(2026, 1, 1), "1"), bought(date(2026, 1, 1), "1")], date(2026, 3, 2), False),
        ([bought(date(2026, 1, 1), "1"), bought(date(2026, 2, 20), "1")], date(2026, 4, 11), True),  # own 50 days
        ([bought(date(2026, 1, 1), "2"), bought(date(2026, 3, 2), "3")], date(2026, 5, 31), True),  # 30 a piece
        (
            [bought(date(2026, 1, 1), "1"), bought(date(2026, 1, 21), "1"), bought(date(2026, 2, 20), "1")],
            date(2026, 3, 17),  # 50 days for two pieces
            True,
        ),
    ],
)
def test_running_out(purchases: list[Purchase], ends: date, own: bool) -> None:
    (found,) = run_outs(purchases)
    assert (found.ends_on, found.own) == (ends, own)


def test_the_reminder_stands_ten_days_before() -> None:
    book = Book()
    book.history = replace(book.history, purchases=(bought(date(2026, 1, 1), "2"),))
    book.plan(date(2026, 1, 1))
    (row,) = book.open()
    assert (row.due_on, row.reason, row.product_id, row.text) == (
        date(2026, 2, 20),
        Reason.RUN_OUT,
        CREAM,
        "Again?",
    )
    book.history = replace(book.history, purchases=(*book.history.purchases, bought(date(2026, 2, 10), "1")))
    book.plan(date(2026, 2, 10))
    assert book.days() == [date(2026, 2, 20)]  # own 20 days a piece: 2 March, ten days before
    assert book.rows[row.id].state is FollowUpState.SUPERSEDED


def test_the_interval_follows_the_rank_unless_the_person_has_an_own_one() -> None:
    rules = ContactRules()
    assert [rules.interval(rank, None) for rank in (Rank.A, Rank.B, Rank.C, Rank.NONE)] == [30, 60, 120, None]
    assert rules.interval(Rank.A, 14) == 14
    assert rules.interval(Rank.A, 0) is None
    book = Book()
    book.happens(contact(date(2026, 1, 1)))
    book.history = replace(book.history, interval=30)
    book.plan(date(2026, 1, 10))
    assert book.days() == []
    book.plan(date(2026, 1, 20))
    assert [(row.due_on, row.reason) for row in book.open()] == [(date(2026, 1, 31), Reason.INTERVAL)]
    book.happens(contact(date(2026, 1, 25)))
    book.plan(date(2026, 1, 25))
    assert book.open() == []


def test_who_was_never_asked_is_due_today_and_not_a_year_ago() -> None:
    book = Book()
    book.history = replace(book.history, interval=30)
    book.plan(date(2026, 1, 20))
    assert book.days() == [date(2026, 1, 20)]
    book.plan(date(2026, 1, 25))
    assert book.days() == [date(2026, 1, 20)]
    book.history = replace(book.history, asked_on=date(2026, 1, 25))
    book.plan(date(2026, 1, 25))
    assert book.open() == []


# --- what is refused


def test_a_chain_survives_being_stored() -> None:
    assert chain_of(chain_text(TWO_TWO_TWO)) == TWO_TWO_TWO
    with pytest.raises(DomainError, match=r"follow_up_programme\.unreadable"):
        chain_of('{"steps": 3}')


@pytest.mark.parametrize(
    ("steps", "code", "field"),
    [
        ((), "no_steps", "steps"),
        ((Step(key="a", text=" "),), "text", "steps.0.text"),
        ((Step(key="a", text="x", count=-1),), "before", "steps.0.count"),
        ((Step(key="a", text="x", count=4000),), "too_far", "steps.0.count"),
        (
            (Step(key="a", text="x", count=14), Step(key="b", text="y", count=2, unit=Unit.WEEKS)),
            "same_day",
            "steps.1.count",
        ),
        ((Step(key="a", text="x", expires_days=-1),), "expiry", "steps.0.expires_days"),
        ((Step(key="a", text="x", words=(Words(category="Care"),)),), "text", "steps.0.words.0.text"),
        ((Step(key="a", text="x", words=(Words(text="y"),)),), "for_what", "steps.0.words.0.about"),
        (tuple(Step(key=str(n), text="x", count=n) for n in range(25)), "too_many", "steps"),
    ],
)
def test_chains_that_nobody_could_follow_are_refused(steps: tuple[Step, ...], code: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_chain(Chain(steps=steps), Anchor.DELIVERY)
    assert (refused.value.code, refused.value.field) == (f"follow_up_programme.{code}", field)


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (ContactRules(daily_limit=-1), "daily_limit"),
        (ContactRules(days_b=99_999), "days_b"),
        (ContactRules(quiet_days=(0, 1, 2, 3, 4, 5, 6)), "quiet_days"),
    ],
)
def test_impossible_settings_are_refused(rules: ContactRules, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_rules(rules)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("channel", "outcome", "counts"),
    [
        (Channel.CALL, Outcome.REACHED, True),
        (Channel.MESSAGE, Outcome.NONE, True),
        (Channel.CALL, Outcome.NO_ANSWER, False),
        (Channel.CALL, Outcome.CALL_BACK, False),
        (Channel.NOTE, Outcome.NONE, False),
    ],
)
def test_attempts_and_notes_are_no_contacts(channel: Channel, outcome: Outcome, counts: bool) -> None:
    assert is_contact(channel, outcome) is counts


def test_two_laptops_plan_the_same_steps() -> None:
    one, two = Book(programme(TWO_TWO_TWO)), Book(programme(TWO_TWO_TWO))
    for book in (one, two):
        book.happens(delivered(date(2026, 1, 1)))
        book.plan(date(2026, 1, 1) + timedelta(days=book is two))
    assert one.rows == two.rows
