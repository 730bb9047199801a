"""Two cards of a programme's form: which sales count, and which bookings. They read and show; the editor places them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from directsell.domain.host_programmes.rules import BookingProof, Bookings, Qualifying, Threshold
from directsell.i18n import _
from directsell.ui.pages.programmes.fields import BenefitFields, Fields, columns, whole_field
from directsell.ui.session import Session
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import ChoiceField, FormField, Switch, TagField
from directsell.ui.widgets.labels import Label, Role


class PartCard(Card):
    """A card whose ``fields`` are found by the paths of ``checks.problems``. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self.fields: Fields = {}
        if text:
            self.add(Label(text, Role.MUTED, wrap=True))

    def follow(self, *fields: FormField) -> None:
        """Pass the changes of fields on."""
        for field in fields:
            changed: Any = getattr(field.editor, "changed", None)
            if changed is not None:
                changed.connect(self.changed)


class QualifyingCard(PartCard):
    """``QualifyingCard(session)``: ``value() -> Qualifying``, ``set_value``."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            _("Which sales count"),
            _("Goods after discounts, without tax and shipping; free and half-price goods never count."),
        )
        self.switches = {
            "host_order": Switch(_("The host's own full-price order counts")),
            "host_is_buyer": Switch(_("The host is one of the buyers then")),
            "outside_orders": Switch(_("Orders of people who did not come count")),
            "returns_reduce": Switch(_("Goods that come back later reduce the reward")),
            "strip_tax": Switch(_("Tax inside the prices is taken out first")),
            "whole_units": Switch(_("The sum is rounded down to whole units")),
        }
        for switch in self.switches.values():
            self.add(switch)
            switch.changed.connect(self.changed)
        self.thresholds = ChoiceField(
            [(Threshold.AS_SOLD, _("as sold, with tax inside")), (Threshold.WITHOUT_TAX, _("without the tax"))]
        )
        self.order_days = whole_field(session, unit=_("days"))
        self.excluded = TagField(placeholder=_("Category, Enter"))
        self.fields = {
            "qualifying.thresholds": FormField(_("Steps and conditions mean sales"), self.thresholds),
            "qualifying.order_days": FormField(_("Orders count after the demo for"), self.order_days),
            "qualifying.excluded_categories": FormField(_("Categories that do not count"), self.excluded),
        }
        thresholds, order_days, excluded = self.fields.values()
        self.add(columns(thresholds, order_days, tile=220))
        self.add(excluded)
        self.follow(thresholds, order_days, excluded)

    def set_value(self, qualifying: Qualifying) -> None:
        """Show what counts."""
        for name, switch in self.switches.items():
            switch.set_value(getattr(qualifying, name))
        self.thresholds.set_value(qualifying.thresholds)
        self.order_days.set_value(qualifying.order_days)
        self.excluded.set_value(qualifying.excluded_categories)

    def value(self) -> Qualifying:
        """Return what counts."""
        flags = {name: switch.value() for name, switch in self.switches.items()}
        return Qualifying(
            **flags,
            thresholds=self.thresholds.value(),
            excluded_categories=self.excluded.value(),
            order_days=self.order_days.value(),
        )


class BookingsCard(PartCard):
    """``BookingsCard(session, currency)``: ``value() -> Bookings``, ``set_value``."""

    def __init__(self, session: Session, currency: str) -> None:
        super().__init__(_("New demos booked here"))
        self.window_days, self.made_days = whole_field(session, unit=_("days")), whole_field(session, unit=_("days"))
        self.at_most = whole_field(session)
        self.proof = ChoiceField(
            [
                (BookingProof.BOOKED, _("as soon as it is booked")),
                (BookingProof.HELD, _("when it has taken place")),
                (BookingProof.QUALIFIED, _("when it has earned a reward itself")),
            ]
        )
        self.fields = {
            "bookings.window_days": FormField(_("It lies within"), self.window_days),
            "bookings.made_within_days": FormField(_("It is booked within"), self.made_days),
            "bookings.at_most": FormField(_("At most so many count"), self.at_most),
            "bookings.proof": FormField(_("It counts"), self.proof),
        }
        self.add(columns(*self.fields.values(), tile=190))
        self.add(Label(_("What each one brings"), Role.STRONG))
        self.each = BenefitFields(session, currency)
        self.fields.update({f"bookings.each.{name}": field for name, field in self.each.fields.items()})
        self.add(columns(*self.each.fields.values(), tile=150))
        self.follow(*self.fields.values())

    def set_value(self, bookings: Bookings) -> None:
        """Show which bookings count."""
        self.window_days.set_value(bookings.window_days)
        self.made_days.set_value(bookings.made_within_days)
        self.at_most.set_value(bookings.at_most)
        self.proof.set_value(bookings.proof)
        self.each.set_value(bookings.each)

    def value(self) -> Bookings:
        """Return which bookings count."""
        return Bookings(
            window_days=self.window_days.value(),
            made_within_days=self.made_days.value(),
            proof=self.proof.value(),
            each=self.each.value(),
            at_most=self.at_most.value(),
        )
