"""Fields of a programme's rules: whole numbers, gifts, and the benefit that steps and bookings share. No rules of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from directsell.domain.host_programmes.rules import Benefit, Gift, Measure
from directsell.i18n import _
from directsell.ui.session import Session
from directsell.ui.widgets.fields import FormField, ParsedField
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.typed import amount_field, percent_field, understand

# A word of a path of ``checks.problems`` -> the field that shows its sentence.
Fields = dict[str, FormField]

_COUNTED = re.compile(r"(\d{1,4})\s*[x×]\s*(.+)", re.IGNORECASE)


def whole_field(session: Session, *, unit: str = "", placeholder: str = "") -> ParsedField[int]:
    """Return a field for a whole number; whether it makes sense is judged by ``checks.problems``."""
    language = session.language

    def parse(text: str) -> int:
        number = language.parse_decimal(text)
        if number != int(number):
            raise ValueError(text)
        return int(number)

    return ParsedField(
        understand(parse),
        language.number,
        wrong=_("Enter a whole number."),
        unit=unit,
        placeholder=placeholder,
        end=True,
    )


def gifts_field() -> ParsedField[tuple[Gift, ...]]:
    """Return a field for gifts as one line: ``2 × Apron; Spatula``."""
    return ParsedField(
        read_gifts,
        write_gifts,
        wrong=_("Write gifts like “2 × Apron; Spatula”."),
        placeholder=_("2 × Apron; Spatula"),
    )


def read_gifts(text: str) -> tuple[Gift, ...]:
    """Return the gifts of a typed line."""
    gifts = []
    for part in text.split(";"):
        words = part.strip()
        if words:
            counted = _COUNTED.fullmatch(words)
            gifts.append(Gift(name=counted[2], quantity=int(counted[1])) if counted else Gift(name=words))
    return tuple(gifts)


def write_gifts(gifts: Iterable[Gift]) -> str:
    """Return gifts as the line that ``read_gifts`` understands."""
    parts = [gift.name if gift.quantity == 1 else f"{gift.quantity} × {gift.name}" for gift in gifts]
    return "; ".join(parts)


def measure_field(session: Session, measure: Measure, currency: str) -> ParsedField[int]:
    """Return the field for a limit: an amount of money for sales, else a number."""
    return amount_field(session, currency) if measure is Measure.SALES else whole_field(session)


def columns(*fields: QWidget, tile: int = 132) -> QWidget:
    """Return fields beside each other in equal columns that wrap."""
    box = QWidget()
    flow = FlowLayout(box, gap=10, tile=tile)
    for field in fields:
        flow.addWidget(field)
        flow.setAlignment(field, Qt.AlignmentFlag.AlignTop)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    return box


class BenefitFields:
    """``BenefitFields(session, currency)``: what somebody gets; ``fields`` to be placed by the caller, ``value``, ``set_value``."""

    def __init__(self, session: Session, currency: str) -> None:
        self.share = percent_field(session)
        self.credit = amount_field(session, currency)
        self.rights = whole_field(session)
        self.gifts = gifts_field()
        self.fields: Fields = {
            "credit_ppm": FormField(_("Credit, share"), self.share),
            "credit": FormField(_("Credit, fixed"), self.credit),
            "rights": FormField(_("Half-price rights"), self.rights),
            "gifts": FormField(_("Gifts"), self.gifts),
        }

    def value(self) -> Benefit:
        """Return what stands in the fields; empty and wrong ones count as nothing."""
        return Benefit(
            credit_ppm=self.share.value() or 0,
            credit=self.credit.value() or 0,
            rights=self.rights.value() or 0,
            gifts=self.gifts.value() or (),
        )

    def set_value(self, benefit: Benefit) -> None:
        """Show a benefit; nothing is an empty field."""
        self.share.set_value(benefit.credit_ppm or None)
        self.credit.set_value(benefit.credit or None)
        self.rights.set_value(benefit.rights or None)
        self.gifts.set_value(benefit.gifts or None)
