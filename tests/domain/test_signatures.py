"""Drawn signatures: what is refused, what is thinned, how strokes become smooth."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.signatures import (
    LEAST_STEP,
    MOST_POINTS,
    MOST_STROKES,
    UNITS,
    bounds,
    checked,
    curves,
    strokes_from,
    strokes_text,
    thinned,
)

LINE = ((0, 0), (500, 100))
points = st.tuples(st.integers(0, UNITS), st.integers(0, UNITS))


def test_strokes_are_kept_as_they_are() -> None:
    strokes = checked([LINE, [(10, 20)], []])
    assert strokes == (LINE, ((10, 20),))
    assert strokes_text(strokes) == "[[[0,0],[500,100]],[[10,20]]]"
    assert strokes_from(strokes_text(strokes)) == strokes


@pytest.mark.parametrize("strokes", [[], [[]], [[(5, 5)]], [[(5, 5), (6, 5)]], [[(1, 1)], [(900, 300)]]])
def test_a_touch_is_no_signature(strokes: list[list[tuple[int, int]]]) -> None:
    with pytest.raises(DomainError, match=r"signature\.empty") as caught:
        checked(strokes)
    assert caught.value.field == "signature"


@pytest.mark.parametrize(
    "strokes",
    [
        [[(0, 0)] * (MOST_POINTS + 1)],
        [LINE] * (MOST_STROKES + 1),
        [[(x % UNITS, y) for x in range(100)] for y in range(MOST_POINTS // 100 + 1)],
    ],
)
def test_endless_scribbles_are_refused(strokes: list[list[tuple[int, int]]]) -> None:
    with pytest.raises(DomainError, match=r"signature\.too_long"):
        checked(strokes)


@pytest.mark.parametrize(
    "point",
    [(-1, 0), (0, UNITS + 1), (1.5, 2), ("1", 2), (True, 2), (1,), (1, 2, 3), 5, None, (10**30, 0), (float("nan"), 0)],
)
def test_what_is_no_point_of_the_field_is_refused(point: Any) -> None:
    with pytest.raises(DomainError, match=r"signature\.unreadable"):
        checked([[(0, 0), (100, 100), point]])


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", "5", "null", '[["a"]]', "[[[0,0],[5000,1]]]", "[" * 9_000])
def test_text_without_strokes_prints_nothing(text: str) -> None:
    assert strokes_from(text) == ()


@given(st.lists(points, min_size=1, max_size=200))
def test_thinning_keeps_ends_and_distances(stroke: list[tuple[int, int]]) -> None:
    thin = thinned(stroke)
    assert thin[0] == stroke[0]
    assert thin[-1] == stroke[-1]
    for (x1, y1), (x2, y2) in pairwise(thin[:-1]):
        assert (x2 - x1) ** 2 + (y2 - y1) ** 2 >= LEAST_STEP**2
    assert thinned(thin) == thin or len(thin) > 1


@given(st.lists(points, min_size=1, max_size=60))
def test_smooth_strokes_stay_within_what_was_drawn(stroke: list[tuple[int, int]]) -> None:
    made = curves(tuple(stroke))
    left, top, right, bottom = bounds([tuple(stroke)])
    assert len(made) == len(stroke)
    for piece in made:
        assert all(left - 1e-6 <= x <= right + 1e-6 for x in (piece.x1, piece.x2, piece.x))
        assert all(top - 1e-6 <= y <= bottom + 1e-6 for y in (piece.y1, piece.y2, piece.y))
    assert (made[-1].x, made[-1].y) == stroke[-1]


def test_no_points_make_no_curves() -> None:
    assert curves(()) == ()
    assert json.loads(strokes_text(())) == []
