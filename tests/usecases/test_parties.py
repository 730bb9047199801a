"""Use-cases around a party: preparation, guests, slips, wishes, bookings, programmes, costs, cash, signatures."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from directsell.domain.contact_choices import Outcome
from directsell.domain.demos import (
    CashCount,
    CoachingTouch,
    CoHost,
    CostKind,
    Demo,
    DemoCost,
    DemoGuest,
    PackingItem,
    Reply,
    Wish,
)
from directsell.domain.errors import DomainError
from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.host_programmes.coach import advise
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import Address, Consent, Person, PersonRole, ReachPoint, Role, Stage
from directsell.domain.totals import LineKind
from directsell.store.queries.parties import Party, party, party_facts, programmes, wishes
from directsell.usecases.demos import invite_guest, save_demo
from directsell.usecases.followups import finish_follow_up
from directsell.usecases.orders import MoneyTaken, OrderForm, cancel_order, enter_order
from directsell.usecases.parties import (
    Newcomer,
    book_next,
    choose_programme,
    count_cash,
    delete_programme,
    prepare_demo,
    remove_cost,
    remove_preparation,
    save_cost,
    save_effort,
    save_packing,
    save_programme,
    save_touch,
    set_co_hosts,
    start_programme,
    take_slip,
    toggle_wish,
    welcome_guest,
)
from tests.fixtures.shops import Shop

WEIGHTED = next(sample for sample in SAMPLES if sample.key == "us-steps-weighted")
CARD, CASH, CHECK = PaymentMethod.CARD, PaymentMethod.CASH, PaymentMethod.CHECK


@pytest.fixture
def demo(shop: Shop) -> Demo:
    """The party of scenario A at Dana's."""
    made = Demo(
        id=shop.ids.new(),
        title="Dana's party",
        host_id=shop.person("Dana"),
        day=date(2026, 2, 13),
        starts=time(19),
        created_at=shop.clock.now(),
    )
    shop.app.run(save_demo, made)
    return made


def read(shop: Shop, demo: Demo) -> Party:
    return shop.app.read(party, demo.id)


def records(shop: Shop, kind: type) -> list:  # type: ignore[type-arg]  # any record class
    return shop.app.read(lambda reader: reader.find(kind))


def guest(shop: Shop, demo: Demo, name: str) -> DemoGuest:
    return shop.app.run(invite_guest, demo.id, shop.person(name), reply=Reply.ACCEPTED)


def scenario(shop: Shop, demo: Demo, *, last: int = 6) -> None:
    """Enter the first orders of scenario A."""
    orders: list[tuple[str, tuple[tuple[str, str], ...], tuple[MoneyTaken, ...], dict[str, int]]] = [
        ("Amy", (("CV-402", "1"), ("CV-110", "2")), (MoneyTaken(method=CASH, amount=6896),), {}),
        ("Beth", (("CV-315", "1"), ("CV-518", "1")), (MoneyTaken(method=CARD, amount=8888),), {}),
        ("Carla", (("CV-777", "1"),), (MoneyTaken(method=CHECK, amount=9073, detail="1188"),), {"CV-777": 100_000}),
        ("Dee", (("CV-110", "3"),), (MoneyTaken(method=CASH, amount=4579),), {}),
        ("Ella", (("CV-204", "1"), ("CV-518", "1")), (MoneyTaken(method=CASH, amount=2000),), {}),
        ("Fay", (("CV-402", "1"), ("CV-315", "1")), (MoneyTaken(method=CARD, amount=10883),), {}),
    ]
    for name, lines, payments, off in orders[:last]:
        guest(shop, demo, name)
        shipping = 900 if name == "Fay" else 500
        shop.enter(name, *lines, payments=payments, off=off, demo_id=demo.id, shipping=shipping)


def test_the_reward_and_the_coach_of_scenario_a(shop: Shop, demo: Demo) -> None:
    shop.app.run(start_programme, demo.id, WEIGHTED.name, WEIGHTED.rules)
    scenario(shop, demo, last=5)
    found = read(shop, demo)
    assert found.rules == WEIGHTED.rules
    assert found.programme is not None
    assert [view.totals.total for view in found.orders] == [6896, 8888, 9073, 4579, 7595]
    assert [view.balance for view in found.orders] == [0, 0, 0, 0, 5595]
    reward, nudges = advise(WEIGHTED.rules, shop.app.read(party_facts, found))
    assert (reward.sales, reward.credit, reward.rights, reward.buyers) == (32170, 3217, 2, 5)
    assert nudges[0].needs[0].missing == 7830
    assert nudges[0].credit == 6000
    shop.enter("Fay", ("CV-402", "1"), ("CV-315", "1"), demo_id=demo.id, shipping=900)
    reward, _nudges = advise(WEIGHTED.rules, shop.app.read(party_facts, read(shop, demo)))
    assert (reward.sales, reward.credit, reward.rights) == (41370, 6206, 3)


def test_half_price_goods_and_drafts_do_not_count(shop: Shop, demo: Demo) -> None:
    order = shop.blank("Amy", demo_id=demo.id)
    half = shop.line(order, "CV-777", kind=str(LineKind.HALF_PRICE))
    shop.app.run(enter_order, OrderForm(order=replace(order, state="placed"), lines=(half,)))  # type: ignore[arg-type]
    shop.app.run(
        enter_order,
        OrderForm(order=shop.blank("Beth", demo_id=demo.id), lines=(shop.line(order, "CV-315", id=shop.ids.new()),)),
    )
    facts = shop.app.read(party_facts, read(shop, demo))
    assert len(facts.orders) == 1
    assert {part.kind for part in facts.orders[0].goods} == {LineKind.HALF_PRICE}


def test_a_party_reads_its_guests_with_phone_and_orders(shop: Shop, demo: Demo) -> None:
    scenario(shop, demo, last=2)
    made = shop.app.run(welcome_guest, demo.id, Newcomer(name="Gina Castillo", phone="505 555 0149", may_contact=True))
    rows = {row.person.given: row for row in read(shop, demo).guests}
    assert len(rows["Amy"].orders) == 1
    assert (rows["Gina"].phone, rows["Gina"].person.family, rows["Gina"].orders) == ("505 555 0149", "Castillo", ())
    assert made.attended
    assert rows["Gina"].person.met_at == "Dana's party"
    (consent,) = records(shop, Consent)
    assert consent.person_id == made.person_id
    assert {role.role for role in records(shop, PersonRole) if role.person_id == made.person_id} == {
        Role.GUEST,
        Role.PROSPECT,
    }


def test_a_newcomer_without_a_name_is_refused(shop: Shop, demo: Demo) -> None:
    with pytest.raises(DomainError, match="person.nameless"):
        shop.app.run(welcome_guest, demo.id, Newcomer(name="  ", phone="1"))
    assert records(shop, ReachPoint) == []


def test_an_outside_guest_did_not_come(shop: Shop, demo: Demo) -> None:
    made = shop.app.run(welcome_guest, demo.id, Newcomer(name="Hal", outside=True))
    assert (made.attended, made.outside) == (False, True)


def test_the_door_prize_slip_makes_a_prospect_with_a_follow_up(shop: Shop, demo: Demo) -> None:
    line = guest(shop, demo, "Gina")
    slip = replace(line, liked="knives", would_host=True, objection="must ask husband")
    shop.app.run(take_slip, slip, need="knives", budget="<= 100", follow_up_on=date(2026, 2, 15))
    person = shop.app.read(lambda reader: reader.get(Person, line.person_id))
    assert (person.need, person.budget, person.objection) == ("knives", "<= 100", "must ask husband")
    assert person.met_at == "Dana's party"
    (follow_up,) = records(shop, FollowUp)
    assert (follow_up.due_on, follow_up.demo_id) == (date(2026, 2, 15), demo.id)
    assert "must ask husband" in follow_up.text
    assert read(shop, demo).guests[0].guest.would_host


def test_wishes_are_noted_once_and_taken_back(shop: Shop, demo: Demo) -> None:
    amy = guest(shop, demo, "Amy").person_id
    board = shop.product("CV-777").id
    assert shop.app.run(toggle_wish, amy, board, demo_id=demo.id) is True
    assert [(row.person_id, row.code) for row in shop.app.read(wishes, demo.id)] == [(amy, "CV-777")]
    assert shop.app.run(toggle_wish, amy, board) is False
    assert shop.app.read(wishes, demo.id) == []
    assert shop.app.run(toggle_wish, amy, board, demo_id=demo.id) is True
    assert len(records(shop, Wish)) == 1


def test_the_next_party_is_linked_and_takes_place_at_the_new_host(shop: Shop, demo: Demo) -> None:
    beth = shop.person("Beth")
    with shop.app.store.write("test") as work:
        work.save(Address(id=work.new_id(), person_id=beth, street="12 Elm Street", city="Santa Fe"))
    child = shop.app.run(book_next, demo.id, beth, day=date(2026, 3, 20))
    assert (child.parent_id, child.host_id, child.starts) == (demo.id, beth, time(19))
    assert (child.street, child.city, child.booked_on) == ("12 Elm Street", "Santa Fe", date(2026, 2, 13))
    found = read(shop, demo)
    assert [booking.id for booking in found.bookings] == [child.id]
    (booking,) = shop.app.read(party_facts, found).bookings
    assert (booking.key, booking.day) == ("Beth", date(2026, 3, 20))
    person = shop.app.read(lambda reader: reader.get(Person, beth))
    assert person.stage is Stage.DEMO_BOOKED


def test_a_booking_before_its_parent_is_refused(shop: Shop, demo: Demo) -> None:
    with pytest.raises(DomainError, match="demo.booked_before"):
        shop.app.run(book_next, demo.id, shop.person("Beth"), day=date(2026, 2, 12))


def test_preparing_twice_changes_nothing(shop: Shop, demo: Demo) -> None:
    shop.app.run(prepare_demo, demo.id)
    shop.app.run(prepare_demo, demo.id)
    touches, things = records(shop, CoachingTouch), records(shop, PackingItem)
    assert [touch.due_on for touch in touches][:2] == [date(2026, 1, 30), date(2026, 2, 6)]
    assert len(things) == 6
    shop.app.run(save_touch, replace(touches[0], done_on=date(2026, 1, 30), result="ten names"))
    shop.app.run(save_packing, replace(things[0], packed=True))
    shop.app.run(remove_preparation, touches[1])
    assert next(touch.result for touch in records(shop, CoachingTouch)) == "ten names"
    assert len(records(shop, CoachingTouch)) == len(touches) - 1
    with pytest.raises(DomainError, match="text.missing"):
        shop.app.run(save_touch, replace(touches[0], label=" "))
    with pytest.raises(DomainError, match="text.missing"):
        shop.app.run(save_packing, replace(things[0], label=""))


def test_the_version_of_the_day_of_the_demo_counts(shop: Shop, demo: Demo) -> None:
    shop.app.run(start_programme, demo.id, "Steps", WEIGHTED.rules)
    (first,) = shop.app.read(programmes)
    later = replace(first, id=shop.ids.new(), name="Steps 2027", valid_from=date(2027, 1, 1))
    shop.app.run(save_programme, later, replace(WEIGHTED.rules, shipping=600))
    assert read(shop, demo).programme == first
    assert [programme.name for programme in shop.app.read(programmes)] == ["Steps", "Steps 2027"]
    with pytest.raises(DomainError, match="programme.in_use"):
        shop.app.run(delete_programme, first.id)
    shop.app.run(choose_programme, demo.id, None)
    shop.app.run(delete_programme, first.id)
    assert read(shop, demo).programme is None


def test_an_unknown_programme_and_a_nameless_one_are_refused(shop: Shop, demo: Demo) -> None:
    with pytest.raises(DomainError, match="record.missing"):
        shop.app.run(choose_programme, demo.id, shop.ids.new())
    with pytest.raises(DomainError, match="programme.name"):
        shop.app.run(start_programme, demo.id, " ", WEIGHTED.rules)
    assert read(shop, demo).demo.programme_id is None


def test_co_hosts_keep_their_order(shop: Shop, demo: Demo) -> None:
    people = [shop.person(name) for name in ("Beth", "Carla")]
    shop.app.run(set_co_hosts, demo.id, [*people, people[0]])
    assert [person.given for person in read(shop, demo).co_hosts] == ["Beth", "Carla"]
    shop.app.run(set_co_hosts, demo.id, people[1:])
    assert [person.given for person in read(shop, demo).co_hosts] == ["Carla"]
    assert len(records(shop, CoHost)) == 1


def test_costs_work_and_way(shop: Shop, demo: Demo) -> None:
    cost = DemoCost(id=shop.ids.new(), demo_id=demo.id, kind=CostKind.DOOR_PRIZE, amount=425, currency="USD")
    shop.app.run(save_cost, cost)
    assert read(shop, demo).costs == (cost,)
    with pytest.raises(DomainError, match="price.negative"):
        shop.app.run(save_cost, replace(cost, amount=-1))
    shop.app.run(remove_cost, cost.id)
    assert read(shop, demo).costs == ()
    made = shop.app.run(save_effort, demo.id, hours=Decimal("4.5"), miles=Decimal(24))
    assert (made.hours, made.miles) == (Decimal("4.5"), Decimal(24))
    with pytest.raises(DomainError, match="number.negative"):
        shop.app.run(save_effort, demo.id, hours=Decimal(-1), miles=None)


def test_cash_is_counted_by_denomination(shop: Shop, demo: Demo) -> None:
    shop.app.run(count_cash, demo.id, "USD", {2000: 6, 25: 3, 500: 0})
    (count,) = records(shop, CashCount)
    assert json.loads(count.counts) == {"25": 3, "2000": 6}
    assert read(shop, demo).counts == (count,)
    with pytest.raises(DomainError, match="number.negative"):
        shop.app.run(count_cash, demo.id, "USD", {2000: -1})


def test_every_step_can_be_taken_back(shop: Shop, demo: Demo) -> None:
    amy: UUID = guest(shop, demo, "Amy").person_id
    shop.app.run(welcome_guest, demo.id, Newcomer(name="Gina", phone="1"))
    shop.app.undo()
    assert [row.person.given for row in read(shop, demo).guests] == ["Amy"]
    shop.app.run(book_next, demo.id, amy, day=date(2026, 3, 20))
    shop.app.undo()
    assert read(shop, demo).bookings == ()
    shop.app.run(start_programme, demo.id, "Steps", WEIGHTED.rules)
    shop.app.undo()
    assert shop.app.read(programmes) == []


def test_what_was_admired_at_a_demo_is_one_reason_to_get_in_touch(shop: Shop, demo: Demo) -> None:
    amy = guest(shop, demo, "Amy").person_id
    for code in ("CV-777", "CV-110"):
        shop.app.run(toggle_wish, amy, shop.product(code).id, demo_id=demo.id)
    (planned,) = records(shop, FollowUp)
    assert (planned.person_id, planned.reason, planned.demo_id) == (amy, Reason.WISH, demo.id)
    assert planned.due_on == max(demo.day, shop.clock.today()) + timedelta(days=2)
    assert planned.text == "Peeler, Serving Board"
    shop.app.run(toggle_wish, amy, shop.product("CV-110").id, demo_id=demo.id)
    assert [one.text for one in records(shop, FollowUp)] == ["Serving Board"]
    shop.app.run(toggle_wish, amy, shop.product("CV-777").id)
    assert records(shop, FollowUp) == []
    shop.app.undo()
    assert [one.text for one in records(shop, FollowUp)] == ["Serving Board"]


def test_a_wish_that_is_ordered_there_is_no_reason_any_more(shop: Shop, demo: Demo) -> None:
    amy = guest(shop, demo, "Amy").person_id
    shop.app.run(toggle_wish, amy, shop.product("CV-777").id, demo_id=demo.id)
    view = shop.enter("Amy", ("CV-777", "1"), demo_id=demo.id)
    assert [one for one in records(shop, FollowUp) if one.reason is Reason.WISH] == []
    shop.app.run(cancel_order, view.order.id)
    assert [one.text for one in records(shop, FollowUp) if one.reason is Reason.WISH] == ["Serving Board"]


def test_a_contact_about_wishes_that_took_place_is_not_planned_again(shop: Shop, demo: Demo) -> None:
    amy = guest(shop, demo, "Amy").person_id
    shop.app.run(toggle_wish, amy, shop.product("CV-777").id, demo_id=demo.id)
    (planned,) = records(shop, FollowUp)
    shop.app.run(finish_follow_up, planned.id, outcome=Outcome.REACHED)
    shop.app.run(toggle_wish, amy, shop.product("CV-110").id, demo_id=demo.id)
    assert [(one.state, one.text) for one in records(shop, FollowUp)] == [(FollowUpState.DONE, "Serving Board")]


def test_a_slip_that_is_corrected_plans_one_contact(shop: Shop, demo: Demo) -> None:
    line = guest(shop, demo, "Gina")
    shop.app.run(take_slip, line, need="knives", follow_up_on=date(2026, 2, 15))
    shop.app.run(take_slip, line, need="sharp knives", follow_up_on=date(2026, 2, 16))
    assert [(one.due_on, one.text) for one in records(shop, FollowUp)] == [(date(2026, 2, 16), "sharp knives")]
    shop.app.run(take_slip, line, need="sharp knives", follow_up_on=None)
    assert records(shop, FollowUp) == []
    shop.app.run(take_slip, line, follow_up_on=date(2026, 2, 17))
    (planned,) = records(shop, FollowUp)
    shop.app.run(finish_follow_up, planned.id, outcome=Outcome.REACHED)
    shop.app.run(take_slip, line, follow_up_on=date(2026, 2, 18))
    assert [one.state for one in records(shop, FollowUp)] == [FollowUpState.DONE]
