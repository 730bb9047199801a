"""Drawn signatures: their strokes checked, thinned and smoothed, and what of an order they stand for. No drawing here.

A stroke is the way of the pen from down to up, in thousandths of the width of the field. Both axes count from the upper
left corner, whichever way the language runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

from directsell.domain.errors import DomainError
from directsell.domain.orders import Order, OrderLine
from directsell.domain.totals import OrderTotals

Point = tuple[int, int]
Stroke = tuple[Point, ...]

UNITS = 1000  # across the field
MOST_STROKES = 300
MOST_POINTS = 6_000  # in all strokes together; a name takes some hundred
LEAST_STEP = 3  # units between two points that are kept: finer than a pen can draw
_SHORTEST = 20  # units of way that all strokes have together, or it was a touch and no signature


class Curve(NamedTuple):
    """A cubic piece of a smooth stroke: two handles and the end, all (x, y); it begins where the one before ends."""

    x1: float
    y1: float
    x2: float
    y2: float
    x: float
    y: float


def checked(strokes: Iterable[Iterable[Sequence[Any]]]) -> tuple[Stroke, ...]:
    """Return strokes as they are stored, or refuse them.

    Raises:
        DomainError: ``signature.empty`` when hardly anything was drawn, ``signature.too_long`` beyond ``MOST_STROKES`` or
            ``MOST_POINTS``, ``signature.unreadable`` for anything that is no point of the field.
    """
    found: list[Stroke] = []
    points = 0
    try:
        for stroke in strokes:
            kept: list[Point] = []
            for point in stroke:
                points += 1
                if points > MOST_POINTS:
                    raise DomainError("signature.too_long", field="signature")
                kept.append(_point(point))
            if kept:
                found.append(tuple(kept))
            if len(found) > MOST_STROKES:
                raise DomainError("signature.too_long", field="signature")
    except (TypeError, ValueError) as error:
        raise DomainError("signature.unreadable", field="signature") from error
    if sum(_way(stroke) for stroke in found) < _SHORTEST:
        raise DomainError("signature.empty", field="signature")
    return tuple(found)


def strokes_text(strokes: Iterable[Stroke]) -> str:
    """Return strokes as the JSON that is stored: ``[[[x, y], ...], ...]``."""
    return json.dumps([[list(point) for point in stroke] for stroke in strokes], separators=(",", ":"))


def strokes_from(text: str) -> tuple[Stroke, ...]:
    """Return stored strokes; text that holds none gives none, so that a paper never fails for a signature."""
    try:
        return checked(json.loads(text))
    except (DomainError, ValueError, RecursionError):
        return ()


def thinned(stroke: Iterable[Point]) -> Stroke:
    """Return a stroke without the points that lie closer to the one before than ``LEAST_STEP``; its ends stay."""
    kept: list[Point] = []
    last: Point | None = None
    for point in stroke:
        last = point
        if not kept or hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= LEAST_STEP:
            kept.append(point)
    if last is not None and kept[-1] != last:
        kept.append(last)
    return tuple(kept)


def curves(stroke: Stroke) -> tuple[Curve, ...]:
    """Return a stroke as smooth pieces from its first point to its last; a dot gives a piece without length.

    Each piece runs from the middle between two points to the next middle, bent towards the point between them: that never
    swings out farther than the hand did.
    """
    if not stroke:
        return ()
    here = (float(stroke[0][0]), float(stroke[0][1]))
    pieces = []
    for place, corner in enumerate(stroke):
        following = stroke[place + 1] if place + 1 < len(stroke) else corner
        end = ((corner[0] + following[0]) / 2, (corner[1] + following[1]) / 2)
        one, two = _towards(here, corner), _towards(end, corner)
        pieces.append(Curve(*one, *two, *end))
        here = end
    return tuple(pieces)


def bounds(strokes: Iterable[Stroke]) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of all points; there must be one."""
    points = [point for stroke in strokes for point in stroke]
    across, down = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(down), max(across), max(down)


def signed_content(order: Order, lines: Iterable[OrderLine], totals: OrderTotals) -> str:
    """Return the fingerprint of what somebody signs: customer, goods and money, whatever the order of the lines.

    Payments, delivery and notes to oneself are no part of it: they change without making it another agreement.
    """
    goods = sorted(
        [
            line.kind,
            line.code,
            line.name,
            line.note,
            line.unit,
            _plain(line.quantity),
            _plain(line.unit_price),
            line.discount_ppm,
            line.discount,
            line.tax_class,
        ]
        for line in lines
    )
    money = [totals.currency, totals.total, totals.tax, totals.net, totals.goods, totals.shipping, totals.host_credit]
    text = json.dumps([str(order.person_id), order.kind.value, money, goods], ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    return format(value.normalize(), "f")


def _point(point: Sequence[Any]) -> Point:
    x, y = point
    for value in (x, y):
        if type(value) is not int or not 0 <= value <= UNITS:
            raise ValueError(value)
    return x, y


def _way(stroke: Stroke) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(stroke))


def _towards(end: tuple[float, float], corner: Point) -> tuple[float, float]:
    """Return the cubic handle of a quadratic curve: two thirds of the way to its corner."""
    return end[0] + (corner[0] - end[0]) * 2 / 3, end[1] + (corner[1] - end[1]) * 2 / 3
