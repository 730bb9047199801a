"""Ids of one source always ascend, whatever the clock does and however many are asked for at once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.clock import FixedClock, to_micros
from directsell.domain.ids import IdSource

NOON = datetime(2026, 6, 15, 12, 0, 0, 123_456, tzinfo=UTC)


def test_an_id_is_a_version_7_of_the_instant() -> None:
    for number in (IdSource(FixedClock(NOON)).new(), IdSource(FixedClock(NOON)).several(1)[0]):
        assert (number.version, number.variant) == (7, "specified in RFC 4122")
        assert number.int >> 80 == to_micros(NOON) // 1000


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(-5, 5)), max_size=12), st.integers(0, 9))
def test_ids_ascend_in_every_mixture(steps: list[tuple[int, int]], seed: int) -> None:
    clock = FixedClock(NOON)
    source = IdSource(clock, random.Random(seed).getrandbits)
    found = []
    for count, millis in steps:
        some = source.several(count)
        assert len(some) == count
        found += [*some, source.new()]
        clock.advance(milliseconds=millis)
    assert found == sorted(set(found))
    assert all((number.version, number.variant) == (7, "specified in RFC 4122") for number in found)


def test_ids_asked_for_at_once_have_random_bits_of_their_own() -> None:
    found = IdSource(FixedClock(NOON)).several(300)
    assert len({number.int & (1 << 62) - 1 for number in found}) == 300


def test_one_id_and_several_draw_the_same_chance() -> None:
    one, several = (IdSource(FixedClock(NOON), random.Random(7).getrandbits) for _ in range(2))
    assert one.new() == several.several(1)[0]


def test_threads_never_get_the_same_id() -> None:
    source = IdSource(FixedClock(NOON))
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda _: [*source.several(50), source.new()], range(40)))
    assert len({number for part in parts for number in part}) == 40 * 51
    assert all(part[:50] == sorted(part[:50]) for part in parts)
