"""Distributes blocks over pages: rows with carried sums, totals that stay whole. Measures only, draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from directsell.documents.sheet import Sheet

FEWEST_ROWS = 2  # with the totals on the last page, so that they do not stand there alone


class Block(NamedTuple):
    """Something of known height that is never torn apart; ``draw`` gets its upper edge.

    ``amount`` is what a row adds to the carried sum. ``with_next`` blocks stay on the page of their follower.
    """

    height: float
    draw: Callable[[Sheet, float], None]
    amount: int = 0
    with_next: bool = False


class Frame(NamedTuple):
    """Upper and lower edge of the room for blocks, in points from the top."""

    top: float
    bottom: float


class Table(NamedTuple):
    """The table's parts: ``header`` is repeated on each page, the carried sums are drawn by ``carry``.

    ``carry(sheet, y, amount, brought)`` draws the sum at the foot of a page (``brought`` false) or below the
    header of the next one.
    """

    header: Block
    rows: Sequence[Block]
    carry_height: float
    carry: Callable[[Sheet, float, int, bool], None]


@dataclass(slots=True)
class Page:
    """What stands on a page: the drawing functions with their upper edges, and the number of table rows."""

    frame: Frame
    y: float
    items: list[tuple[float, Callable[[Sheet, float], None]]] = field(default_factory=list)
    rows: int = 0

    def fits(self, height: float) -> bool:
        """Tell whether so much is left (a hundredth of a point is not missed)."""
        return self.y + height <= self.frame.bottom + 0.01

    def put(self, block: Block) -> None:
        """Place a block below what is there."""
        self.items.append((self.y, block.draw))
        self.y += block.height


def paginate(
    before: Sequence[Block], table: Table, totals: Block, after: Sequence[Block], first: Frame, other: Frame
) -> list[Page]:
    """Place blocks, the table, the totals and more blocks on as many pages as they need.

    A row is never torn apart; rows leave room for the carried sum below them; the totals stand on the page of the
    last rows, at least two of them, or of all if there are fewer. A block higher than a page gets a page and
    leaves it at the bottom: callers cut their texts into lines.
    """
    pages = _flow([Page(first, first.top)], before, other)
    spread = _spread(table, totals.height, pages[-1], other)
    done = 0
    carried = 0
    for index, count in enumerate(spread):
        if index:
            pages.append(Page(other, other.top))
        page = pages[-1]
        if count:
            page.put(table.header)
            if done:
                page.put(Block(table.carry_height, _carry(table, carried, True)))
        for row in table.rows[done : done + count]:
            page.put(row)
            carried += row.amount
        page.rows = count
        done += count
        if count and done < len(table.rows):
            page.put(Block(table.carry_height, _carry(table, carried, False)))
    pages[-1].put(totals)
    return _flow(pages, after, other)


def _carry(table: Table, amount: int, brought: bool) -> Callable[[Sheet, float], None]:
    return lambda sheet, y: table.carry(sheet, y, amount, brought)


def _spread(table: Table, totals: float, page: Page, other: Frame) -> list[int]:
    """Return how many rows stand on each page, beginning with the page that is in use already."""
    room = page.frame.bottom - page.y
    rows = table.rows
    if not rows:
        return [0] if totals <= room + 0.01 else [0, 0]
    counts = [0]
    used = table.header.height
    for index, row in enumerate(rows):
        reserve = table.carry_height if index + 1 < len(rows) else 0.0
        alone = counts[-1] == 0 and room >= other.bottom - other.top  # a page of its own is all a row can get
        if used + row.height + reserve > room + 0.01 and not alone:
            counts.append(0)
            room = other.bottom - other.top
            used = table.header.height + table.carry_height
        counts[-1] += 1
        used += row.height
    if used + totals > room + 0.01:
        roomier = len(counts) == 1 and other.bottom - other.top > room
        moved = min(FEWEST_ROWS, counts[-1]) if counts[-1] > FEWEST_ROWS or roomier else 0
        counts[-1] -= moved
        counts.append(moved)
    elif len(counts) > 1 and counts[-1] < FEWEST_ROWS < counts[-2] + 1:
        pulled = rows[len(rows) - counts[-1] - 1].height
        if used + pulled + totals <= room + 0.01:
            counts[-2] -= 1
            counts[-1] += 1
    return counts


def _flow(pages: list[Page], blocks: Sequence[Block], other: Frame) -> list[Page]:
    """Place blocks below each other, chains of ``with_next`` together as long as a page holds them."""
    index = 0
    while index < len(blocks):
        end = index
        while blocks[end].with_next and end + 1 < len(blocks):
            end += 1
        chain = blocks[index : end + 1]
        height = sum(block.height for block in chain)
        if not pages[-1].fits(height) and height <= other.bottom - other.top:
            pages.append(Page(other, other.top))
        for block in chain:
            if not pages[-1].fits(block.height) and pages[-1].items:
                pages.append(Page(other, other.top))
            pages[-1].put(block)
        index = end + 1
    return pages
