"""Taxes: how tax is calculated, and the rates with their dates. Suggestions for the user to check, never advice."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.catalog import TaxRateEntry
from directsell.domain.money import Rounding
from directsell.domain.taxes import STANDARD, GoodsBase, TaxLevel, TaxProfile
from directsell.i18n import _
from directsell.store.queries.settings import business, tax_profile, tax_rates
from directsell.store.reader import Reader
from directsell.ui.pages.settings.parts import Section, SettingRow
from directsell.ui.pages.settings.tax_rate_sheet import TaxRateSheet, class_name
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.cards import Chip
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields import CheckBox, ChoiceField, Switch
from directsell.ui.widgets.labels import ElidedLabel, Label, Role, Rule
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.states import Banner
from directsell.usecases.catalog import delete_tax_rate
from directsell.usecases.settings import change_tax_rules

_KNOWN_EXEMPT = ("exempt", "food", "clothing")


class TaxesSection(Section):
    """``TaxesSection(session, host)``: ``inclusive``, ``small``, ``level``, ``rounding``, ``shipping``, ``exempt``, ``sheet``."""

    TABLES = ("setting", "tax_rate")

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("Taxes"), _("They hold for orders made from now on; older ones keep theirs."))
        note = Banner(
            _("These are suggestions as of November 2026, not tax advice. Check them with your adviser."),
            closable=False,
        )
        self.set_banner(note)
        self.sheet = TaxRateSheet(session, host)
        self._rules()
        self._rates()
        self.load()

    def _rules(self) -> None:
        card = self.card(_("How tax is calculated"))
        self.inclusive = Switch("")
        self.small = Switch("")
        self.level = Segmented([(TaxLevel.DOCUMENT.value, _("Per paper")), (TaxLevel.LINE.value, _("Per line"))])
        self.rounding = ChoiceField(
            [
                (Rounding.HALF_UP, _("Up (2.345 → 2.35)")),
                (Rounding.HALF_EVEN, _("To even (2.345 → 2.34)")),
            ]
        )
        self.shipping = Switch("")
        bases = [(GoodsBase.PRICE_PAID, _("On what is paid")), (GoodsBase.FULL_PRICE, _("On the full price"))]
        self.host_goods, self.half_price = ChoiceField(bases), ChoiceField(bases)
        rows = (
            (_("Prices include tax"), _("Price tags contain the tax, as in Europe; else it is added at the end."),
             self.inclusive),
            (_("Small business"), _("You charge no tax; papers say why instead."), self.small),
            (_("Where tax is rounded"),
             _("Once per paper and rate, or on every line: 55.55 and 11.11 at 23 % give 15.33 or 15.34."), self.level),
            (_("How halves are rounded"), _("Most tax offices round halves up."), self.rounding),
            (_("Shipping is taxed"), _("At the standard rate, like goods."), self.shipping),
            (_("Tax on a host's free goods"), _("What a host gets with her credit is paid for with a service."),
             self.host_goods),
            (_("Tax on half-price goods"), _("What a host buys at half price."), self.half_price),
        )  # fmt: skip
        for title, text, control in rows:
            card.add(SettingRow(title, text, control))
        # Each is saved by itself: what another window or laptop chose meanwhile stays.
        for control in self._controls():
            control.committed.connect(self._rule_chosen)
        self.small.committed.connect(self._small_chosen)

    def _controls(self) -> tuple[Any, ...]:
        """Return what only matters where tax is charged."""
        return self.inclusive, self.level, self.rounding, self.shipping, self.host_goods, self.half_price

    def _rates(self) -> None:
        card = self.card(
            _("Tax rates"), _("Each product has a tax class; all rates of its class that hold on the day are added up.")
        )
        self.add_button = Button(_("Add a rate"), "plus", compact=True)
        self.add_button.clicked.connect(self.sheet.start)
        card.add_header(self.add_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        card.body.addLayout(self._list)
        self.rows: list[_RateRow] = []
        self._none = Label(_("There is no rate yet, so no tax is calculated."), Role.MUTED, wrap=True)
        card.add(self._none)
        exempt = self.card(_("Free of tax"), _("Goods of these classes carry no tax, for example food in many places."))
        self._exempt_place = FlowLayout(gap=18)
        exempt.body.addLayout(self._exempt_place)
        self.exempt: dict[str, CheckBox] = {}

    # --- data

    def load(self) -> None:
        """Show what is stored."""
        profile, rates, small_note = self.session.look(_stored, self.session.today())
        self.inclusive.set_value(profile.prices_include_tax)
        self.small.set_value(profile.small_business)
        self.level.set_value(profile.level.value)
        self.rounding.set_value(profile.rounding)
        self.shipping.set_value(profile.shipping_taxed)
        self._small_note = small_note
        self.host_goods.set_value(profile.host_goods_base)
        self.half_price.set_value(profile.half_price_base)
        for control in self._controls():
            control.setEnabled(not profile.small_business)
        self._show_rates(rates)
        self._show_exempt(rates, profile.exempt_classes)

    def _show_rates(self, rates: list[TaxRateEntry]) -> None:
        if [row.entry for row in self.rows] == rates and rates:
            return
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for number, entry in enumerate(rates):
            if number:
                self._list.addWidget(Rule())
            row = _RateRow(self.session, entry)
            row.edit.clicked.connect(self._edit_clicked)
            row.remove.clicked.connect(self._remove_clicked)
            self._list.addWidget(row)
            self.rows.append(row)
        self._none.setVisible(not rates)

    def _show_exempt(self, rates: list[TaxRateEntry], chosen: tuple[str, ...]) -> None:
        taxed = {entry.tax_class for entry in rates} - {STANDARD}
        wanted = sorted({*_KNOWN_EXEMPT, *chosen, *taxed})
        if list(self.exempt) != wanted:
            for box in self.exempt.values():
                self._exempt_place.removeWidget(box)
                box.hide()
                box.deleteLater()
            self.exempt = {}
            for key in wanted:
                box = CheckBox(class_name(key))
                box.committed.connect(self._exempt_chosen)
                self._exempt_place.addWidget(box)
                self.exempt[key] = box
        for key, box in self.exempt.items():
            box.set_value(key in chosen)

    # --- reactions

    def _rule_chosen(self) -> None:
        control = self.sender()
        if control is self.inclusive:
            self._save(prices_include_tax=self.inclusive.value())
        elif control is self.level:
            self._save(level=TaxLevel(self.level.value()))
        elif control is self.rounding:
            self._save(rounding=self.rounding.value())
        elif control is self.host_goods:
            self._save(host_goods_base=self.host_goods.value())
        elif control is self.half_price:
            self._save(half_price_base=self.half_price.value())
        else:
            self._save(shipping_taxed=self.shipping.value())

    def _exempt_chosen(self) -> None:
        self._save(exempt_classes=[key for key, box in self.exempt.items() if box.value()])

    def _small_chosen(self) -> None:
        on = self.small.value()
        self._save(small_business=on, exemption_note=self._small_note if on else "")

    def _save(self, **changes: Any) -> None:
        self.session.run(self, change_tax_rules, failed=self._refused, said=_("Tax rules saved"), **changes)

    def _refused(self, error: Exception) -> None:
        self.load()
        self.session.complain(error)

    def _row(self) -> _RateRow | None:
        button = self.sender()
        row = button.parent() if isinstance(button, QWidget) else None
        return row if isinstance(row, _RateRow) else None

    def _edit_clicked(self) -> None:
        row = self._row()
        if row is not None:
            self.sheet.edit(row.entry)

    def _remove_clicked(self) -> None:
        row = self._row()
        if row is not None:
            self.session.run(self, delete_tax_rate, row.entry.id, said=_("Tax rate deleted"))

    def commands(self) -> list[Command]:
        """A new rate."""
        return [Command(_("Add a tax rate"), self.sheet.start, "plus", "Ctrl+N")]


def _stored(reader: Reader, day: date) -> tuple[TaxProfile, list[TaxRateEntry], str]:
    return tax_profile(reader, day), tax_rates(reader), f"exempt.{business(reader).country}"


class _RateRow(QWidget):
    """One rate: name and class, when it holds, the percentage, edit and delete."""

    def __init__(self, session: Session, entry: TaxRateEntry) -> None:
        super().__init__()
        self.entry = entry
        language, today = session.language, session.today()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(entry.label, Role.STRONG))
        words.addWidget(ElidedLabel(_period(session, entry), Role.SMALL))
        row.addWidget(_fixed_chip(class_name(entry.tax_class), holds=_holds(entry, today)), 0)
        row.addLayout(words, 1)
        rate = Label(language.percent(entry.ppm), Role.AMOUNT)
        row.addWidget(rate)
        name = f"{entry.label} {language.percent(entry.ppm)}"
        self.edit = IconButton("pencil", _("Edit {name}").format(name=name))
        self.remove = IconButton("trash-2", _("Delete {name}").format(name=name))
        row.addWidget(self.edit)
        row.addWidget(self.remove)
        row.setAlignment(rate, Qt.AlignmentFlag.AlignVCenter)


def _fixed_chip(text: str, *, holds: bool) -> Chip:
    return Chip(text, "accent" if holds else "neutral")


def _holds(entry: TaxRateEntry, day: date) -> bool:
    return entry.valid_from <= day and (entry.valid_to is None or day <= entry.valid_to)


def _period(session: Session, entry: TaxRateEntry) -> str:
    language = session.language
    start, end = language.date(entry.valid_from), language.date(entry.valid_to) if entry.valid_to else ""
    always = entry.valid_from.year <= 2000
    if always:
        return _("until {day}").format(day=end) if end else _("always")
    return _("from {start} until {end}").format(start=start, end=end) if end else _("from {day}").format(day=start)
