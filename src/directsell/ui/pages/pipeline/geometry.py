"""Where columns and cards of the board stand: plain arithmetic on whole pixels, before mirroring. No painting, no events."""

from __future__ import annotations

from dataclasses import dataclass

PAD = 20  # as the margin of the page
GAP = 10
LEAST = 214  # of a column
WIDEST = 300
HEAD = 46
CARD = 104
STEP = CARD + 8
INSET = 7  # of the cards in their column


@dataclass(frozen=True, slots=True)
class Geometry:
    """The board in a viewport: ``width`` and ``height`` of the viewport, ``columns`` their number."""

    width: int
    height: int
    columns: int

    @property
    def column(self) -> int:
        """Width of a column: all of them in a wide window, else wide enough to read."""
        room = self.width - 2 * PAD - (self.columns - 1) * GAP
        return max(LEAST, min(WIDEST, room // max(1, self.columns)))

    @property
    def content(self) -> int:
        """Width of all columns with their margins."""
        return 2 * PAD + self.columns * self.column + (self.columns - 1) * GAP

    @property
    def body(self) -> int:
        """Height for cards, below the heading."""
        return max(0, self.height - HEAD - INSET)

    def left(self, place: int, scroll: int) -> int:
        """Left edge of a column."""
        return PAD + place * (self.column + GAP) - scroll

    def column_at(self, x: int, scroll: int) -> int | None:
        """Return the column at a point; None between and beside them."""
        place, within = divmod(x + scroll - PAD, self.column + GAP)
        return place if 0 <= place < self.columns and within < self.column else None

    def most(self, count: int) -> int:
        """How far a column of so many cards scrolls."""
        return max(0, count * STEP + INSET - self.body)

    def top(self, index: int, offset: int) -> int:
        """Upper edge of a card."""
        return HEAD + index * STEP - offset

    def card_at(self, y: int, offset: int, count: int) -> int | None:
        """Return the card at a height; None on the heading, between and below cards."""
        if y < HEAD:
            return None
        index, within = divmod(y - HEAD + offset, STEP)
        return index if index < count and within < CARD else None

    def shown(self, offset: int, count: int) -> range:
        """Return the cards that are at least partly visible."""
        first = offset // STEP
        last = (offset + self.body + INSET - 1) // STEP
        return range(first, min(count, last + 1))

    def offset_for(self, index: int, offset: int, count: int) -> int:
        """Return the nearest offset at which a whole card is visible."""
        lowest = index * STEP + CARD + INSET - self.body
        wanted = max(lowest, min(offset, index * STEP))
        return max(0, min(self.most(count), wanted))
