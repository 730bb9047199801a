"""What the Today page asks: who is due, where to go, what is owed, whose birthday it is, how the months went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from directsell.domain.demos import Demo, DemoKind, DemoState, Reply, guest_of
from directsell.domain.followups import FollowUp, FollowUpState
from directsell.domain.orders import Order, OrderState
from directsell.domain.people import Address, Channel, ContactEntry, Outcome, ReachKind, ReachPoint, Stage
from directsell.store.database import Store
from directsell.store.queries import today as queries
from directsell.store.queries.today import TodayLists, badges, birthdays, month_sales, today_lists
from directsell.store.work import Work
from tests.fixtures import books

_DUE = queries._DUE.replace("?", "'2026'")
TODAY = books.NOON.date()


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def lists(store: Store) -> TodayLists:
    with store.read() as reader:
        return today_lists(reader, TODAY)


def order(work: Work, ordered_on: date, **fields: object) -> Order:
    person = books.add_person(work, "Amy", family=f"of {ordered_on}")
    return work.save(replace(books.add_order(work, person_id=person.id), ordered_on=ordered_on, **fields))  # type: ignore[arg-type]


def test_due_contacts_come_longest_waiting_first_with_phone_and_last_words(store: Store) -> None:
    with store.write("Plan") as work:
        for name, due, state in (
            ("Today", TODAY, FollowUpState.OPEN),
            ("Late", days(-3), FollowUpState.OPEN),
            ("Tomorrow", days(1), FollowUpState.OPEN),
            ("Done", TODAY, FollowUpState.DONE),
        ):
            person = books.add_person(work, name)
            work.save(FollowUp(id=work.new_id(), person_id=person.id, due_on=due, state=state, created_at=work.now))
            work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.EMAIL, value="a@example.com"))
            work.save(
                ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value="0142", position=1)
            )
            for hour, text in ((1, "First words"), (2, "Last words"), (3, "")):
                at = work.now + timedelta(hours=hour)
                entry = ContactEntry(id=work.new_id(), person_id=person.id, at=at, channel=Channel.CALL, text=text)
                work.save(replace(entry, outcome=Outcome.NO_ANSWER))
    found = lists(store)
    contacts = found.week.today.contacts
    assert [contact.name for contact in contacts] == ["Late", "Today"]
    assert (found.week.today.count, found.week.late) == (2, 1)
    assert (contacts[0].phone, contacts[0].email) == ("0142", "a@example.com")
    assert contacts[0].last_words == "Last words"
    assert [(day.count, len(day.contacts)) for day in found.week.days] == [(2, 2), (1, 0), *[(0, 0)] * 5]


def test_demos_of_the_week_with_who_comes(store: Store) -> None:
    with store.write("Demos") as work:
        host = books.add_person(work, "Dana", family="Ruiz")
        for title, day, state in (
            ("Later today", TODAY, DemoState.CONFIRMED),
            ("Next week", days(7), DemoState.PLANNED),
            ("Too far", days(8), DemoState.PLANNED),
            ("Cancelled", days(1), DemoState.CANCELLED),
            ("Past", days(-1), DemoState.CONFIRMED),
        ):
            demo = Demo(id=work.new_id(), title=title, host_id=host.id, day=day, state=state, created_at=work.now)
            work.save(replace(demo, starts=time(18, 30), city="Taos"))
            for name, reply in (("Amy", Reply.ACCEPTED), ("Beth", Reply.DECLINED), ("Carla", Reply.INVITED)):
                work.save(guest_of(demo.id, books.add_person(work, name).id, reply))
    demos = lists(store).demos
    assert [demo.title for demo in demos] == ["Later today", "Next week"]
    assert (demos[0].coming, demos[0].invited, demos[0].host) == (("Amy",), 3, "Dana Ruiz")
    assert (demos[0].starts, demos[0].place) == (time(18, 30), "Taos")


def test_deliveries_that_are_due_with_the_address(store: Store) -> None:
    with store.write("Orders") as work:
        late = order(work, days(-9), deliver_on=days(-2))
        assert late.person_id is not None
        work.save(Address(id=work.new_id(), person_id=late.person_id, street="12 Acequia Road", city="Santa Fe"))
        order(work, days(-8), deliver_on=TODAY)
        order(work, days(-8), deliver_on=days(1))
        order(work, days(-8), deliver_on=days(-4), state=OrderState.DELIVERED)
        order(work, days(-8))
    found = lists(store)
    assert [one.deliver_on for one in found.deliveries] == [days(-2), TODAY]
    assert found.deliveries[0].place == "12 Acequia Road, Santa Fe"
    assert (found.deliveries_due, found.orders_open) == (2, 4)


def test_money_owed_oldest_first(store: Store) -> None:
    with store.write("Orders") as work:
        new, old, paid = order(work, days(-1)), order(work, days(-50)), order(work, days(-60))
        order(work, days(-70), state=OrderState.CANCELLED)
        order(work, days(-70), state=OrderState.DRAFT)
    with store.read() as reader:
        total = reader.value("SELECT total FROM sales_order WHERE id = ?", (paid.id,))
    with store.write("Pay") as work:
        books.add_payment(work, paid, total)
        books.add_payment(work, old, 100)
    found = lists(store)
    assert [debt.order_id for debt in found.debts] == [old.id, new.id]
    assert [debt.owed for debt in found.debts] == [total - 100, total]
    assert (found.debts_count, found.owed) == (2, 2 * total - 100)


@pytest.mark.parametrize(
    ("today", "birthday", "expected"),
    [
        (date(2026, 6, 15), "1980-06-15", (date(2026, 6, 15), 46)),
        (date(2026, 6, 15), "--06-22", (date(2026, 6, 22), None)),
        (date(2026, 6, 15), "1980-06-23", None),
        (date(2026, 6, 15), "1980-06-14", None),
        (date(2026, 12, 28), "1990-01-02", (date(2027, 1, 2), 37)),
        (date(2026, 2, 27), "2000-02-29", (date(2026, 3, 1), 26)),
        (date(2028, 2, 27), "2000-02-29", (date(2028, 2, 29), 28)),
        (date(2026, 6, 15), "", None),
    ],
)
def test_birthdays_of_the_coming_week(
    store: Store, today: date, birthday: str, expected: tuple[date, int | None] | None
) -> None:
    with store.write("Person") as work:
        books.add_person(work, "Dana", birthday=birthday)
    with store.read() as reader:
        found = [(one.day, one.turns) for one in birthdays(reader, today)]
    assert found == ([] if expected is None else [expected])


def test_birthdays_leave_out_who_said_no(store: Store) -> None:
    with store.write("People") as work:
        books.add_person(work, "Lost", birthday="--06-15", stage=Stage.LOST)
        books.add_person(work, "Zed", birthday="--06-16")
        books.add_person(work, "Amy", birthday="--06-16")
    assert [one.name for one in lists(store).birthdays] == ["Amy", "Zed"]


def test_sales_of_the_months_beside_the_year_before(store: Store) -> None:
    with store.write("Orders") as work:
        order(work, date(2026, 6, 1))
        order(work, date(2026, 6, 15), state=OrderState.DELIVERED)
        order(work, date(2025, 7, 31))
        order(work, date(2025, 6, 30))
        order(work, date(2024, 7, 1))
        order(work, date(2026, 5, 31), state=OrderState.CANCELLED)
        order(work, date(2026, 5, 31), state=OrderState.DRAFT)
        order(work, date(2026, 5, 31), currency="EUR")
    with store.read() as reader:
        total = reader.value("SELECT total FROM sales_order LIMIT 1")
        months = month_sales(reader, TODAY, "USD")
    assert [month.first for month in months][::11] == [date(2025, 7, 1), date(2026, 6, 1)]
    assert len(months) == 12
    sold = {month.first: (month.total, month.year_before) for month in months if month.total or month.year_before}
    assert sold == {date(2025, 7, 1): (total, total), date(2026, 6, 1): (2 * total, total)}


def test_the_steps_follow_the_data(store: Store) -> None:
    assert lists(store).steps.done == 0
    with store.write("Person") as work:
        person = books.add_person(work)
        note = ContactEntry(id=work.new_id(), person_id=person.id, at=work.now, channel=Channel.NOTE)
        work.save(note)
    assert lists(store).steps == queries.Steps(person=True, contact=False, demo=False, order=False, delivered=False)
    with store.write("Order") as work:
        work.save(replace(note, channel=Channel.CALL))
        placed = books.add_order(work, person_id=person.id)
    assert lists(store).steps == queries.Steps(person=True, contact=True, demo=False, order=True, delivered=False)
    with store.write("Deliver") as work:
        work.save(replace(placed, state=OrderState.DELIVERED, delivered_on=work.today))
    assert lists(store).steps.delivered


def test_badges_count_what_is_due(store: Store) -> None:
    with store.write("Things") as work:
        person = books.add_person(work)
        work.save(FollowUp(id=work.new_id(), person_id=person.id, due_on=TODAY, created_at=work.now))
        order(work, days(-1), deliver_on=TODAY)
    with store.read() as reader:
        assert badges(reader, TODAY) == {"today": 1, "orders": 1}


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (f"SELECT count(*), sum(o.owed) FROM sales_order o WHERE {queries._OWING} AND o.currency = 'USD'", "INDEX ix_sales_order_owed"),
        (f"SELECT rid FROM sales_order o WHERE {queries._OWING} ORDER BY o.ordered_on, o.rid LIMIT 5", "INDEX ix_sales_order_owed"),
        (f"SELECT count(*) FROM sales_order o WHERE {_DUE}", "INDEX ix_sales_order_state_deliver_on"),
        ("SELECT rid FROM person WHERE deleted_at IS NULL AND birthday > '' AND substr(birthday, -5) IN ('01-01')", "INDEX ix_person_birthday"),
        ("SELECT count(*) FROM follow_up WHERE state = 'open' AND due_on <= '2026' AND deleted_at IS NULL", "INDEX ix_follow_up_state_due_on"),
    ],
)  # fmt: skip
def test_no_question_looks_at_every_row(store: Store, sql: str, index: str) -> None:
    with store.read() as reader:
        plan = " ".join(row[3] for row in reader.rows(f"EXPLAIN QUERY PLAN {sql}"))
    assert index in plan
    assert "SCAN" not in plan


def test_demos_of_the_coming_weeks_without_a_guest_list_are_told(store: Store) -> None:
    with store.write("Demos") as work:
        for title, day, kind in (
            ("This week", days(7), DemoKind.HOME_PARTY),
            ("Bare", days(8), DemoKind.HOME_PARTY),
            ("With guests", days(9), DemoKind.HOME_PARTY),
            ("One to one", days(10), DemoKind.ONE_TO_ONE),
            ("Far away", days(22), DemoKind.HOME_PARTY),
        ):
            demo = work.save(Demo(id=work.new_id(), title=title, kind=kind, day=day, created_at=work.now))
            if title == "With guests":
                work.save(guest_of(demo.id, books.add_person(work, "Amy").id))
    found = lists(store)
    assert [demo.title for demo in found.demos] == ["This week"]
    assert [demo.title for demo in found.bare_demos] == ["Bare"]
