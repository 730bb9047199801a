"""Programmes in a book: what follows an event in the same step, undo, switching, changing, the day's own plans, previews."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from directsell.domain.catalog import Product
from directsell.domain.contact_choices import Reason
from directsell.domain.demos import Demo, DemoGuest, DemoState, guest_of
from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.planning import Active
from directsell.domain.follow_up_plans.rules import ContactRules
from directsell.domain.follow_up_plans.steps import Chain, Step, Unit, chain_of, check_chain
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.marketing import Segment
from directsell.domain.orders import Handover, Order
from directsell.domain.people import Channel, Outcome, Person, Rank, Stage, tag_of
from directsell.domain.segments import Group, Rule, RuleKind, rules_text
from directsell.store.queries.follow_up_plans import contact_rules, follow_up_programmes
from directsell.store.queries.follow_up_preview import Fate, Silence, contacts_ahead, preview
from directsell.store.queries.follow_up_reach import due_by_the_day
from directsell.usecases.catalog import save_product
from directsell.usecases.contacts import make_contact
from directsell.usecases.demos import change_demo_state, save_demo
from directsell.usecases.follow_up_programmes import (
    delete_follow_up_programme,
    plan_the_day,
    save_contact_rules,
    save_follow_up_programme,
    start_by_hand,
    switch_off,
    switch_on,
)
from directsell.usecases.followups import finish_follow_up, skip_follow_up, snooze_follow_up
from directsell.usecases.orders import cancel_order, deliver_order, undeliver_order
from directsell.usecases.people import PersonForm, change_stage, delete_contact, log_contact, save_person
from directsell.usecases.ready_programmes import READY, programme_from
from directsell.usecases.withdrawals import receive_withdrawal
from tests.fixtures.shops import Shop

TODAY = date(2026, 2, 13)


def rows(shop: Shop, state: FollowUpState | None = FollowUpState.OPEN) -> list[FollowUp]:
    found = shop.app.read(lambda reader: reader.find(FollowUp, "due_on"))
    return [row for row in found if state is None or row.state is state]


def days(shop: Shop) -> list[date]:
    return [row.due_on for row in rows(shop)]


def first(shop: Shop) -> FollowUpProgramme:
    (programme,) = shop.app.read(follow_up_programmes)
    return programme


def take_along(shop: Shop, name: str = "Amy", code: str = "CV-110", quantity: str = "1") -> Order:
    return shop.enter(name, (code, quantity), handover=Handover.TAKE_NOW).order


def add(shop: Shop, key: str, *, on: bool = True) -> FollowUpProgramme:
    ready = next(one for one in READY if one.key == key)
    with shop.app.store.write("test") as work:
        programme = work.save(programme_from(ready, work.new_id(), work, active=False))
    if on:
        shop.app.run(switch_on, programme.id)
    return programme


def run_day(shop: Shop) -> int:
    return shop.app.run(plan_the_day, shop.app.read(due_by_the_day, shop.clock.today()))


# --- 2+2+2 from the first day on


def test_a_new_book_has_2_2_2_switched_on(shop: Shop) -> None:
    programme = first(shop)
    assert (programme.name, programme.anchor, programme.active) == ("2+2+2", Anchor.DELIVERY, True)
    take_along(shop)
    assert days(shop) == [date(2026, 2, 15), date(2026, 2, 27), date(2026, 4, 13)]
    assert {row.expires_on for row in rows(shop)} == {date(2026, 2, 22), date(2026, 3, 6), date(2026, 4, 20)}


def test_undo_takes_the_delivery_and_its_follow_ups_back_and_redo_brings_both(shop: Shop) -> None:
    view = shop.enter("Amy", ("CV-110", "1"))
    shop.app.run(deliver_order, view.order.id)
    planned = rows(shop)
    shop.app.undo()
    assert rows(shop, None) == []
    shop.app.redo()
    assert rows(shop) == planned


def test_finishing_a_step_counts_the_others_from_that_contact(shop: Shop) -> None:
    take_along(shop)
    shop.clock.advance(days=4)
    step = rows(shop)[0]
    shop.app.run(finish_follow_up, step.id, outcome=Outcome.REACHED, text="All well")
    assert days(shop) == [date(2026, 3, 3), date(2026, 4, 17)]
    (done,) = rows(shop, FollowUpState.DONE)
    assert (done.id, done.outcome, done.due_on) == (step.id, Outcome.REACHED, date(2026, 2, 15))
    shop.app.undo()
    assert days(shop) == [date(2026, 2, 15), date(2026, 2, 27), date(2026, 4, 13)]


def test_a_call_without_answer_moves_nothing(shop: Shop) -> None:
    take_along(shop)
    shop.clock.advance(days=2)
    shop.app.run(log_contact, shop.person("Amy"), channel=Channel.CALL, outcome=Outcome.NO_ANSWER)
    assert days(shop) == [date(2026, 2, 15), date(2026, 2, 27), date(2026, 4, 13)]


def test_a_contact_that_is_deleted_gives_the_steps_back(shop: Shop) -> None:
    take_along(shop)
    before = days(shop)
    shop.clock.advance(days=3)
    entry = shop.app.run(log_contact, shop.person("Amy"), channel=Channel.CALL, outcome=Outcome.REACHED)
    assert days(shop) == [date(2026, 3, 2), date(2026, 4, 16)]
    shop.app.run(delete_contact, entry.id)
    assert days(shop) == before


def test_a_new_order_ends_what_the_old_one_asked_and_its_cancellation_brings_it_back(shop: Shop) -> None:
    take_along(shop)
    before = days(shop)
    shop.clock.advance(days=1)
    order = shop.enter("Amy", ("CV-402", "1")).order
    assert rows(shop) == []
    shop.app.run(cancel_order, order.id)
    assert days(shop) == before


def test_goods_that_come_back_are_not_asked_about(shop: Shop) -> None:
    order = take_along(shop, code="CV-402")
    assert len(rows(shop)) == 3
    shop.clock.advance(days=1)
    shop.app.run(receive_withdrawal, order.id, received_on=shop.clock.today(), goodwill=True)
    assert rows(shop) == []


def test_a_delivery_on_another_day_plans_anew(shop: Shop) -> None:
    order = take_along(shop)
    shop.app.run(undeliver_order, order.id)
    shop.clock.advance(days=5)
    shop.app.run(deliver_order, order.id)
    assert days(shop)[0] == date(2026, 2, 20)
    shop.app.run(undeliver_order, order.id)
    shop.app.run(deliver_order, order.id)
    assert days(shop)[0] == date(2026, 2, 20)
    assert len(rows(shop)) == 3


def test_steps_expire_with_the_next_event_and_put_off_ones_wait(shop: Shop) -> None:
    take_along(shop)
    take_along(shop, "Beth")
    amy, beth = (next(row for row in rows(shop) if row.person_id == shop.person(name)) for name in ("Amy", "Beth"))
    shop.app.run(snooze_follow_up, beth.id, due_on=date(2026, 3, 1))
    shop.clock.advance(days=11)
    for name in ("Amy", "Beth"):
        shop.app.run(log_contact, shop.person(name), channel=Channel.CALL, outcome=Outcome.NO_ANSWER)
        shop.app.run(change_stage, shop.person(name), Stage.WON)
    states = {row.id: row.state for row in rows(shop, None)}
    assert (states[amy.id], states[beth.id]) == (FollowUpState.EXPIRED, FollowUpState.OPEN)


def test_who_is_lost_is_left_in_peace(shop: Shop) -> None:
    take_along(shop)
    shop.app.run(change_stage, shop.person("Amy"), Stage.LOST)
    assert rows(shop) == []
    shop.app.undo()
    assert len(rows(shop)) == 3


def test_a_skipped_step_does_not_come_again(shop: Shop) -> None:
    take_along(shop)
    shop.app.run(skip_follow_up, rows(shop)[0].id)
    shop.clock.advance(days=1)
    shop.app.run(log_contact, shop.person("Amy"), channel=Channel.CALL, outcome=Outcome.REACHED)
    assert days(shop) == [date(2026, 2, 28), date(2026, 4, 14)]


# --- the other anchors


def test_the_host_is_coached_from_the_booking_to_the_evening(shop: Shop) -> None:
    add(shop, "coaching")
    host = shop.person("Dana")
    demo = Demo(id=shop.ids.new(), title="Evening", host_id=host, day=date(2026, 3, 20), created_at=shop.clock.now())
    shop.app.run(save_demo, demo)
    assert days(shop) == [date(2026, 2, 14), date(2026, 3, 6), date(2026, 3, 13), date(2026, 3, 18)]
    assert [row.reason for row in rows(shop)] == [Reason.BOOKING] + [Reason.COACHING] * 3
    assert {row.demo_id for row in rows(shop)} == {demo.id}
    shop.app.run(save_demo, replace(demo, day=date(2026, 3, 27)))
    assert days(shop) == [date(2026, 2, 14), date(2026, 3, 13), date(2026, 3, 20), date(2026, 3, 25)]
    shop.app.run(change_demo_state, demo.id, DemoState.CANCELLED)
    assert rows(shop) == []


def test_after_a_demo_host_and_guests_who_came_are_asked(shop: Shop) -> None:
    chain = Chain(steps=(Step(key="a", count=1, reason=Reason.AFTER_DEMO, text="How was it?"),))
    programme = FollowUpProgramme(
        id=shop.ids.new(), name="After", anchor=Anchor.DEMO, steps="", active=True, created_at=shop.clock.now()
    )
    shop.app.run(save_follow_up_programme, programme, chain)
    host, came, stayed = (shop.person(name) for name in ("Dana", "Amy", "Beth"))
    demo = Demo(id=shop.ids.new(), title="Evening", host_id=host, day=TODAY, created_at=shop.clock.now())
    guests: list[DemoGuest] = [replace(guest_of(demo.id, came), attended=True), guest_of(demo.id, stayed)]
    shop.app.run(save_demo, demo, guests)
    for state in (DemoState.OPEN, DemoState.CLOSING):
        shop.app.run(change_demo_state, demo.id, state)
    assert {row.person_id for row in rows(shop)} == {host, came}


def test_a_new_lead_is_called_the_next_day_until_there_is_an_order(shop: Shop) -> None:
    add(shop, "lead")
    shop.person("Gina")
    assert days(shop) == [date(2026, 2, 14), date(2026, 2, 17), date(2026, 2, 27)]
    shop.enter("Gina", ("CV-110", "1"))
    assert rows(shop) == []


def test_a_sample_is_asked_about_with_the_words_of_the_product(shop: Shop) -> None:
    add(shop, "sample")
    spice = shop.product("CV-518")
    shop.app.run(save_product, replace(spice, follow_up_text="On fish?"), price=None, currency="USD")
    order = shop.blank("Amy")
    from directsell.usecases.orders import OrderForm, enter_order, place_order

    shop.app.run(enter_order, OrderForm(order=order, lines=(shop.line(order, "CV-518", kind="sample"),)))
    shop.app.run(place_order, order.id)
    asked = rows(shop)
    assert [row.due_on for row in asked] == [date(2026, 2, 16), date(2026, 2, 23)]
    assert asked[0].text.splitlines()[1] == "Spice Trio: On fish?"
    assert asked[0].product_id == spice.id


def test_running_out_is_planned_with_the_delivery(shop: Shop) -> None:
    spice = shop.product("CV-518")
    changed = replace(spice, lasts_days=30, follow_up_text="Still spicy?")
    shop.app.run(save_product, changed, price=None, currency="USD")
    take_along(shop, code="CV-518", quantity="2")
    (row,) = (row for row in rows(shop) if row.reason is Reason.RUN_OUT)
    assert (row.due_on, row.text, row.product_id) == (date(2026, 4, 4), "Still spicy?", spice.id)


# --- what the day makes due


def test_the_day_plans_birthdays_silence_intervals_and_what_runs_out(shop: Shop) -> None:
    add(shop, "birthday", on=False)
    dormant = add(shop, "dormant", on=False)
    take_along(shop, "Old", "CV-518", "3")
    old = shop.person("Old")
    shop.clock.advance(days=175)
    today = shop.clock.today()
    born = shop.ids.new()
    ranked = shop.ids.new()
    with shop.app.store.write("test") as work:
        for programme in work.find(FollowUpProgramme):
            work.save(replace(programme, active=True))
        work.save(Person(id=born, given="Bea", birthday=f"1980-{today + timedelta(days=3):%m-%d}", created_at=work.now))
        long_ago = work.now - timedelta(days=100)
        work.save(Person(id=ranked, given="Rae", rank=Rank.A, created_at=long_ago))
        spice = next(p for p in work.find(Product) if p.code == "CV-518")
        work.save(replace(spice, lasts_days=58))
    assert run_day(shop) == 5
    coming = [(row.person_id, row.reason, row.due_on) for row in rows(shop) if row.anchor_on != TODAY or row.product_id]
    assert set(coming) - {(old, Reason.AFTER_DELIVERY, date(2026, 2, 27))} >= {
        (born, Reason.BIRTHDAY, today - timedelta(days=2)),  # the card may still be written
        (born, Reason.BIRTHDAY, today + timedelta(days=3)),
        (old, Reason.DORMANT, date(2026, 8, 13)),
        (old, Reason.RUN_OUT, today),  # ten days before lies in the past: it is asked now
        (ranked, Reason.INTERVAL, today),
    }
    before = rows(shop, None)
    assert run_day(shop) == 0
    assert rows(shop, None) == before
    assert dormant.id in {row.programme_id for row in before}


def test_the_day_is_not_in_the_way_of_undo(shop: Shop) -> None:
    with shop.app.store.write("test", origin="system") as work:
        work.save(Person(id=work.new_id(), given="Rae", rank=Rank.A, created_at=work.now - timedelta(days=100)))
    amy = shop.person("Amy")
    assert run_day(shop) == 1
    step = shop.app.undo()
    assert step is not None
    assert step.params == {"name": "Amy"}
    assert shop.app.read(lambda reader: reader.find_one(Person, amy)) is None
    assert len(rows(shop)) == 1


# --- switching, changing, deleting, starting by hand


def test_switching_on_plans_for_what_happened_of_late_and_off_drops_what_is_open(shop: Shop) -> None:
    programme = first(shop)
    shop.app.run(switch_off, programme.id)
    take_along(shop)
    assert rows(shop) == []
    shop.clock.advance(days=10)
    assert shop.app.run(switch_on, programme.id) == 2
    assert days(shop) == [date(2026, 2, 27), date(2026, 4, 13)]
    shop.app.undo()
    assert rows(shop) == []
    shop.app.redo()
    shop.app.run(finish_follow_up, rows(shop)[0].id, outcome=Outcome.NO_ANSWER)
    shop.app.run(switch_off, programme.id)
    assert rows(shop) == []
    assert len(rows(shop, FollowUpState.DONE)) == 1
    shop.app.run(switch_on, programme.id)
    assert days(shop) == [date(2026, 4, 13)]


def test_a_change_of_steps_and_words_reaches_what_is_open(shop: Shop) -> None:
    programme = first(shop)
    take_along(shop)
    chain = chain_of(programme.steps)
    own = rows(shop)[2]
    with shop.app.store.write("test") as work:
        work.save(replace(own, text="My own question"))
    steps = (
        replace(chain.steps[0], count=3, text="All there?"),
        replace(chain.steps[2], text="Other words"),
        Step(key="new", count=6, unit=Unit.MONTHS, reason=Reason.AFTER_DELIVERY, text="Half a year"),
    )
    shop.app.run(save_follow_up_programme, programme, replace(chain, steps=steps))
    assert [(row.due_on, row.text) for row in rows(shop)] == [
        (date(2026, 2, 16), "All there?"),
        (date(2026, 4, 13), "My own question"),
        (date(2026, 8, 13), "Half a year"),
    ]
    shop.app.undo()
    assert days(shop) == [date(2026, 2, 15), date(2026, 2, 27), date(2026, 4, 13)]


def test_a_deleted_programme_takes_its_open_steps_along(shop: Shop) -> None:
    programme = first(shop)
    take_along(shop)
    shop.app.run(delete_follow_up_programme, programme.id)
    assert (rows(shop), shop.app.read(follow_up_programmes)) == ([], [])
    shop.app.undo()
    assert len(rows(shop)) == 3


def test_a_programme_without_name_or_steps_is_refused(shop: Shop) -> None:
    programme = first(shop)
    for changed, chain, code in (
        (replace(programme, name=" "), chain_of(programme.steps), "follow_up_programme.name"),
        (programme, Chain(), "follow_up_programme.no_steps"),
    ):
        with pytest.raises(DomainError) as refused:
            shop.app.run(save_follow_up_programme, changed, chain)
        assert refused.value.code == code


def custom(shop: Shop, *, active: bool = True) -> FollowUpProgramme:
    chain = Chain(
        steps=(
            Step(key="b", count=-1, reason=Reason.OTHER, text="Tomorrow"),
            Step(key="a", count=1, unit=Unit.WEEKS, reason=Reason.OTHER, text="A week later"),
        )
    )
    programme = FollowUpProgramme(
        id=shop.ids.new(), name="Own", anchor=Anchor.CUSTOM, steps="", active=active, created_at=shop.clock.now()
    )
    return shop.app.run(save_follow_up_programme, programme, chain)


def test_a_programme_that_counts_from_a_chosen_day_is_started_by_hand(shop: Shop) -> None:
    programme, amy = custom(shop), shop.person("Amy")
    assert shop.app.run(start_by_hand, programme.id, amy, on=date(2026, 3, 1)) == 2
    assert days(shop) == [date(2026, 2, 28), date(2026, 3, 8)]
    shop.app.run(log_contact, amy, channel=Channel.CALL, outcome=Outcome.REACHED)
    assert days(shop) == [date(2026, 2, 28), date(2026, 3, 8)]
    shop.app.run(start_by_hand, programme.id, amy, on=date(2026, 4, 1))
    assert days(shop) == [date(2026, 3, 31), date(2026, 4, 8)]
    shop.app.run(switch_off, programme.id)
    assert rows(shop) == []
    with pytest.raises(DomainError, match=r"follow_up_programme\.off"):
        shop.app.run(start_by_hand, programme.id, amy, on=date(2026, 3, 1))
    with pytest.raises(DomainError, match=r"follow_up_programme\.not_custom"):
        shop.app.run(start_by_hand, next(p.id for p in shop.app.read(follow_up_programmes) if p.id != programme.id),
                     amy, on=date(2026, 3, 1))  # fmt: skip


def test_rules_are_kept_one_by_one(shop: Shop) -> None:
    assert shop.app.read(contact_rules) == ContactRules()
    rules = ContactRules(daily_limit=5, days_a=14, quiet_days=(5, 6))
    shop.app.run(save_contact_rules, rules)
    assert shop.app.read(contact_rules) == rules
    take_along(shop)
    assert days(shop)[0] == date(2026, 2, 16)  # the 15th is a Sunday
    with pytest.raises(DomainError, match=r"follow_up\.all_quiet"):
        shop.app.run(save_contact_rules, replace(rules, quiet_days=tuple(range(7))))


# --- previews


def as_active(programme: FollowUpProgramme) -> Active:
    return Active(programme, chain_of(programme.steps))


def look(shop: Shop, programme: FollowUpProgramme, name: str, start: date | None = None):  # type: ignore[no-untyped-def]
    now = shop.clock.now()
    return shop.app.read(preview, as_active(programme), shop.person(name), shop.clock.today(), now, start=start)


def test_a_preview_says_what_would_be_planned_and_writes_nothing(shop: Shop) -> None:
    programme = first(shop)
    shop.app.run(switch_off, programme.id)
    take_along(shop)
    seen = look(shop, programme, "Amy")
    assert [(line.due_on, line.fate) for line in seen.lines] == [
        (date(2026, 2, 15), Fate.NEW),
        (date(2026, 2, 27), Fate.NEW),
        (date(2026, 4, 13), Fate.NEW),
    ]
    assert (seen.event_on, seen.supposed) == (TODAY, False)
    assert rows(shop, None) == []
    ahead = shop.app.read(contacts_ahead, as_active(programme), TODAY, shop.clock.now())
    assert (ahead.contacts, ahead.people, ahead.more) == (2, 1, False)


def test_a_preview_supposes_an_event_where_there_was_none(shop: Shop) -> None:
    programme = add(shop, "coaching", on=False)
    seen = look(shop, programme, "Dana")
    assert seen.supposed
    assert len(seen.lines) == 4


def test_a_preview_of_a_change_says_what_stays_and_what_ends(shop: Shop) -> None:
    programme = first(shop)
    take_along(shop)
    chain = chain_of(programme.steps)
    shorter = Active(programme, replace(chain, steps=chain.steps[:2]))
    seen = shop.app.read(preview, shorter, shop.person("Amy"), TODAY, shop.clock.now())
    assert [line.fate for line in seen.lines] == [Fate.STAYS, Fate.STAYS, Fate.ENDS]


def test_a_preview_says_with_what_a_contact_becomes_one(shop: Shop) -> None:
    lead = add(shop, "lead", on=False)
    amy = shop.person("Amy")
    with shop.app.store.write("test") as work:
        row = FollowUp(id=work.new_id(), person_id=amy, due_on=TODAY, text="Bring the catalogue", created_at=work.now)
        work.save(row)
    seen = look(shop, lead, "Amy")
    assert seen.lines[0].meets == ((Reason.OTHER, "Bring the catalogue"),)
    assert seen.lines[2].meets == ()


def test_a_preview_says_why_nothing_is_planned(shop: Shop) -> None:
    programme = first(shop)
    amy = shop.person("Amy")
    take_along(shop)
    shop.clock.advance(days=90)
    shop.app.run(switch_off, programme.id)
    assert look(shop, programme, "Amy").silence is Silence.PAST
    shop.app.run(change_stage, amy, Stage.LOST)
    assert look(shop, programme, "Amy").silence is Silence.OUT
    seen = shop.app.read(preview, as_active(programme), UUID(int=1), TODAY, shop.clock.now())
    assert seen.silence is Silence.NOBODY


def test_every_shipped_programme_is_sound(shop: Shop) -> None:
    for ready in READY:
        check_chain(ready.chain, ready.anchor)
        keys = [step.key for step in ready.chain.steps]
        assert len(set(keys)) == len(keys)
        assert not [key for key in keys if "+" in key or "@" in key]
    person = PersonForm(person=Person(id=shop.ids.new(), given="Nora", birthday="--02-20", created_at=shop.clock.now()))
    programmes = [add(shop, ready.key) for ready in READY[1:]]
    shop.app.run(save_person, person)
    assert {row.programme_id for row in rows(shop)} == {
        p.id for p in programmes if p.anchor in (Anchor.LEAD, Anchor.BIRTHDAY)
    }
    assert Decimal(len(READY)) == 8


# --- one contact that deals with several, and segments


def test_one_contact_that_deals_with_several_steps_closes_them_and_counts_anew(shop: Shop) -> None:
    add(shop, "new customer")
    take_along(shop)
    shop.clock.advance(days=2)
    due = [row.id for row in rows(shop) if row.due_on <= shop.clock.today()]
    assert len(due) == 2
    promised = date(2026, 3, 1)
    shop.app.run(make_contact, due, channel=Channel.CALL, outcome=Outcome.REACHED, next_on=promised)
    assert {row.id for row in rows(shop, FollowUpState.DONE)} == set(due)
    assert [(row.due_on, row.reason) for row in rows(shop)] == [
        (date(2026, 3, 1), Reason.AFTER_DELIVERY),
        (promised, Reason.CALL_BACK),
        (date(2026, 3, 22), Reason.OTHER),
        (date(2026, 4, 15), Reason.AFTER_DELIVERY),
    ]


def test_an_attempt_moves_what_was_due_and_nothing_else(shop: Shop) -> None:
    take_along(shop)
    shop.clock.advance(days=2)
    step = rows(shop)[0]
    again = date(2026, 2, 25)
    shop.app.run(make_contact, [step.id], channel=Channel.CALL, outcome=Outcome.NO_ANSWER, next_on=again)
    assert days(shop) == [again, date(2026, 2, 27), date(2026, 4, 13)]
    assert rows(shop)[0].expires_on == again


def test_a_programme_of_a_segment_follows_its_people_only(shop: Shop) -> None:
    group = Group(rules=(Rule(kind=RuleKind.TAG, subject="vip"),))
    with shop.app.store.write("test") as work:
        segment = Segment(id=work.new_id(), name="Friends", rules=rules_text(group), created_at=work.now)
        work.save(segment)
        work.save(replace(work.find(FollowUpProgramme)[0], segment_id=segment.id))
    amy = shop.person("Amy")
    with shop.app.store.write("test") as work:
        work.save(tag_of(amy, "vip"))
    for name in ("Amy", "Beth"):
        take_along(shop, name)
    assert {row.person_id for row in rows(shop)} == {amy}
    assert look(shop, first(shop), "Beth").silence is Silence.SEGMENT
    with shop.app.store.write("test") as work:
        work.save(replace(segment, rules="{"))
    take_along(shop, "Carla")
    with shop.app.store.write("test") as work:
        work.delete(segment)
    take_along(shop, "Dee")
    assert {row.person_id for row in rows(shop)} == {amy}
