"""What the board is made of: who is on it, their next step and value, what stays away."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.orders import OrderState
from directsell.domain.people import BudgetLevel, NeedLevel, Person, Role, Stage, Timing, role_of
from directsell.domain.pipeline import STAGES, urgency
from directsell.store.database import Store
from directsell.store.queries.pipeline import Column, Pipeline, PipelineFilter, pipeline, prospect
from directsell.store.work import Work
from tests.fixtures import books

TODAY = books.NOON.date()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open book."""
    opened = books.open_book(books.put_book(tmp_path))
    yield opened
    opened.close()


def board(store: Store, **wanted: object) -> Pipeline:
    """Return the board in dollars."""
    with store.read() as reader:
        return pipeline(reader, PipelineFilter(**wanted), currency="USD", today=TODAY)  # type: ignore[arg-type]


def column(found: Pipeline, stage: Stage) -> Column:
    """Return one column."""
    return next(column for column in found.columns if column.stage is stage)


def step(work: Work, person: Person, day: date, **fields: object) -> None:
    """Plan a contact."""
    made = FollowUp(id=work.new_id(), person_id=person.id, due_on=day, created_at=work.now)
    work.save(replace(made, **fields))  # type: ignore[arg-type]


def test_the_earliest_open_step_counts(store: Store) -> None:
    with store.write("test") as work:
        gina = books.add_person(work, "Gina")
        step(work, gina, date(2026, 6, 20), reason=Reason.BIRTHDAY)
        step(work, gina, date(2026, 6, 18), text="Catalogue")
        step(work, gina, date(2026, 6, 1), state=FollowUpState.DONE)
        step(work, gina, date(2026, 6, 2), expires_on=date(2026, 6, 9))  # it makes no sense any more
    (card,) = column(board(store), Stage.NEW).cards
    assert card.step is not None
    assert (card.step.due_on, card.step.text) == (date(2026, 6, 18), "Catalogue")


def test_the_value_is_the_newest_open_quote_in_the_seller_s_currency(store: Store) -> None:
    with store.write("test") as work:
        gina = books.add_person(work, "Gina", stage=Stage.NEGOTIATING, budget="<= 100")
        for state, lines in ((OrderState.QUOTED, 1), (OrderState.QUOTED, 2), (OrderState.PLACED, 3)):
            order = books.add_order(work, lines=lines, person_id=gina.id)
            work.save(replace(order, state=state))
        euro = books.add_order(work, lines=3, person_id=gina.id)
        work.save(replace(euro, state=OrderState.QUOTED, currency="EUR"))
    found = column(board(store), Stage.NEGOTIATING)
    assert (found.cards[0].value, found.value, found.cards[0].budget) == (4041, 4041, "<= 100")


def test_who_is_no_prospect_is_not_on_the_board(store: Store) -> None:
    with store.write("test") as work:
        books.add_person(work, "Prospect")
        supplier = books.add_person(work, "Supplier")
        work.save(role_of(supplier.id, Role.SUPPLIER))
        work.delete(books.add_person(work, "Deleted"))
        books.add_person(work, "Erased", erased_on=TODAY)
        books.add_person(work, "Long won", stage=Stage.WON, stage_on=TODAY - timedelta(days=91))
        books.add_person(work, "Just won", stage=Stage.WON, stage_on=TODAY - timedelta(days=90))
        books.add_person(work, "Imported", stage=Stage.WON)
    found = board(store)
    assert [card.name for one in found.columns for card in one.cards] == ["Prospect", "Just won"]
    assert [card.name for card in column(board(store, text="Long won"), Stage.WON).cards] == ["Long won"]


def test_the_order_is_the_domain_s(store: Store) -> None:
    dice = random.Random(4)
    with store.write("test") as work:
        for number in range(120):
            person = books.add_person(
                work,
                f"N{number}",
                stage=dice.choice(STAGES),
                stage_on=dice.choice((None, TODAY - timedelta(days=dice.randrange(30)))),
                need_level=dice.choice(list(NeedLevel)),
                timing=dice.choice(list(Timing)),
            )
            if dice.random() < 0.6:
                step(work, person, TODAY + timedelta(days=dice.randrange(-4, 5)))
    found = board(store)
    for one in found.columns:
        keys = [
            urgency(card.stage, card.since, card.step.due_on if card.step else None, card.score, TODAY)
            for card in one.cards
        ]
        assert keys == sorted(keys)
        assert one.count == len(one.cards)


def test_age_counts_from_the_stage_else_from_the_first_day(store: Store) -> None:
    with store.write("test") as work:
        books.add_person(work, "Old", stage_on=TODAY - timedelta(days=8))
        books.add_person(work, "Fresh", stage_on=TODAY)
        books.add_person(work, "Imported", created_at=work.now - timedelta(days=40))
    assert [card.name for card in column(board(store, days=7), Stage.NEW).cards] == ["Imported", "Old"]


def test_the_score_is_on_the_card(store: Store) -> None:
    with store.write("test") as work:
        books.add_person(work, "Gina", need_level=NeedLevel.STRONG, budget_level=BudgetLevel.TIGHT)
    (card,) = column(board(store), Stage.NEW).cards
    assert (card.score, card.reachable) == (40, 90)


def test_a_prospect_with_quotes_and_referrer(store: Store) -> None:
    with store.write("test") as work:
        dana = books.add_person(work, "Dana")
        gina = books.add_person(work, "Gina", referred_by=dana.id)
        order = books.add_order(work, lines=1, person_id=gina.id)
        work.save(replace(order, state=OrderState.QUOTED, valid_until=TODAY))
        books.add_order(work, lines=1, person_id=gina.id)
    with store.read() as reader:
        shown = prospect(reader, gina.id, TODAY)
        assert prospect(reader, order.id, TODAY) is None
    assert shown is not None
    assert (shown.referrer, [row.total for row in shown.quotes], shown.attempts.total) == ("Dana", [1347], 0)
