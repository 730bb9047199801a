"""A host's order as picks of her reward: which kind of line is which use. Rules and sums are in host_programmes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from directsell.domain.host_programmes.redeem import Pick, Use
from directsell.domain.orders import OrderLine
from directsell.domain.totals import LineKind

USES: Final = {
    LineKind.HOST_CREDIT: Use.CREDIT,
    LineKind.HALF_PRICE: Use.HALF_PRICE,
    LineKind.GIFT: Use.GIFT,
    LineKind.SALE: Use.FULL_PRICE,
}
KINDS: Final = {use: kind for kind, use in USES.items()}


def picks_of(lines: Iterable[OrderLine]) -> list[Pick]:
    """Return the lines of a host's order as picks by their ids; the note of a gift is the gift's name."""
    return [
        Pick(
            key=str(line.id),
            quantity=line.quantity,
            unit_price=line.unit_price,
            use=USES[LineKind(line.kind)],
            gift=line.note if line.kind == LineKind.GIFT else "",
            tax_class=line.tax_class,
        )
        for line in lines
        if LineKind(line.kind) in USES
    ]
