"""The hour of kills at the party desk (tests/perf/kill_hour.py), briefly: three kills while six orders are typed."""

from __future__ import annotations

from tests.perf.kill_hour import hour


def test_three_kills_while_six_orders_are_typed_at_the_desk() -> None:
    outcome = hour(6, 3, progress=False)
    assert outcome.wrong == (), outcome
    assert (outcome.orders, outcome.kills) == (6, 3)
