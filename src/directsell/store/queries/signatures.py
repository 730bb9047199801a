"""Who signed an order, and whether that still covers it. Drawing and storing signatures is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from directsell.domain.orders import Signature, Signer
from directsell.domain.records import standing
from directsell.domain.signatures import Stroke, signed_content, strokes_from
from directsell.store.queries.aliases import ids_of
from directsell.store.queries.orders import OrderView
from directsell.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that counts; ``covers`` is False when the order's goods or money changed after it."""

    signature: Signature
    covers: bool

    @property
    def drawn(self) -> tuple[Stroke, ...]:
        """The strokes; none when it was signed with a pen, on paper."""
        return strokes_from(self.signature.strokes)


def signatures_of(reader: Reader, view: OrderView) -> dict[Signer, Signed]:
    """Return the last signature of each who signed an order, as far as it was not taken back."""
    rows = reader.find(Signature, order_id=view.order.id)
    if not rows:
        return {}
    found = sorted(standing(rows), key=lambda row: (row.at, row.id))
    return {row.signer: Signed(row, _covers(reader, view, row)) for row in found}


def _covers(reader: Reader, view: OrderView, row: Signature) -> bool:
    """Tell whether an order is what was signed; somebody whose records were merged since is the same customer."""
    if row.sha256 == signed_content(view.order, view.lines, view.totals):
        return True
    person_id = view.order.person_id
    others = () if person_id is None else ids_of(reader, person_id)[1:]
    return any(
        row.sha256 == signed_content(replace(view.order, person_id=other), view.lines, view.totals) for other in others
    )


def signature_by(reader: Reader, view: OrderView, signer: Signer) -> Signed | None:
    """Return the signature of one of them."""
    return signatures_of(reader, view).get(signer)
