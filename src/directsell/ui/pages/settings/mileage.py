"""What a mile or kilometre of driving counts, year by year: the official rates and the seller's own."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.mileage import MILE, MILEAGE_RATES, MileageRate, distance_unit
from directsell.i18n import _
from directsell.store.queries.mileage import own_rates
from directsell.store.queries.seller import seller
from directsell.ui.messages import sentence
from directsell.ui.pages.settings.parts import FigureRow, Section, buttons
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton
from directsell.ui.widgets.fields import DecimalField, FormField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.typed import price_field, understand
from directsell.usecases.settling import save_mileage_rate


class MileageSection(Section):
    """``MileageSection(session, host)``: ``rows`` one for each year, ``year``, ``rate``, ``add_button``."""

    TABLES = ("setting",)

    def __init__(self, session: Session, host: QWidget) -> None:
        text = _("What your way to a demo costs. It is taken off in the demo's settlement.")
        super().__init__(session, host, _("Mileage"), text)
        card = self.card()
        self._none = Label(_("No rate is known for your country. Enter what you may deduct."), Role.MUTED, wrap=True)
        card.add(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        card.body.addLayout(self._list)
        self.rows: list[FigureRow] = []
        self.year = DecimalField(understand(session.language.parse_decimal), _plain, required=True)
        self.year.set_value(Decimal(session.today().year))
        self._year = FormField(_("Year"), self.year)
        self._place = QHBoxLayout()
        self._place.setSpacing(12)
        self._place.addWidget(self._year, 1)
        card.body.addLayout(self._place)
        self._currency = session.look(seller).currency
        self._make_rate(self._currency)
        self.add_button = Button(_("Keep this rate"), "check", on_click=self._save)
        card.body.addLayout(buttons(self.add_button))
        hint = _("Rates change from year to year. Check them with your adviser.")
        card.add(Label(hint, Role.SMALL, wrap=True))
        self.load()

    def load(self) -> None:
        """Show the rates of the seller's country, the latest first."""
        who = self.session.look(seller)
        if who.currency != self._currency:
            self._place.removeWidget(self._rate)
            self._rate.hide()
            self._rate.deleteLater()
            self._make_rate(who.currency)
        unit = distance_unit(who.country)
        self._rate.set_label(_("For a mile") if unit == MILE else _("For a kilometre"))
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        own = {rate.year: rate for rate in self.session.look(own_rates)}
        official = {
            rate.year: rate for rate in MILEAGE_RATES if (rate.country, rate.currency) == (who.country, who.currency)
        }
        self.rows = [
            self._row(own.get(year) or official[year], own=year in own)
            for year in sorted({*own, *official}, reverse=True)
        ]
        for row in self.rows:
            self._list.addWidget(row)
        self._none.setVisible(not self.rows)

    def _make_rate(self, currency: str) -> None:
        """The field for the rate is in the seller's currency."""
        self._currency = currency
        self.rate = price_field(self.session, currency, required=True)
        self._rate = FormField("", self.rate)
        self.rate.returnPressed.connect(self._save)
        self._place.addWidget(self._rate, 1)

    def _row(self, rate: MileageRate, *, own: bool) -> FigureRow:
        price = self.session.language.price(rate.rate, rate.currency)
        words = _("{rate} a mile") if rate.unit == MILE else _("{rate} a kilometre")
        text = words.format(rate=price)
        if not own:
            return FigureRow(str(rate.year), _("{rate}, the official rate").format(rate=text))
        cross = IconButton("x", _("Forget the rate of {year}").format(year=rate.year))
        cross.clicked.connect(_Forget(self, rate.year))
        return FigureRow(str(rate.year), text, cross)

    def _save(self) -> None:
        year, rate = self.year.value(), self.rate.value()
        if self.year.check() or self.rate.check() or year is None or rate is None:
            return
        if year != int(year):
            self._year.set_error(_("Enter a year between 2000 and 2100."))
            return
        said = _("Rate of {year} saved").format(year=int(year))
        self.session.run(self, save_mileage_rate, int(year), rate, done=self._saved, failed=self._refused, said=said)

    def _saved(self, _nothing: object) -> None:
        self.rate.set_value(None)

    def _refused(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        field = self._year if getattr(error, "field", "") == "year" else self._rate
        field.set_error(words)

    def forget(self, year: int) -> None:
        """Let the official rate of a year hold again, or none."""
        self.session.run(self, save_mileage_rate, year, None, said=_("Rate of {year} removed").format(year=year))


class _Forget:
    """Forgets the rate of a year; a callable that holds no row."""

    def __init__(self, section: MileageSection, year: int) -> None:
        self._section = section
        self._year = year

    def __call__(self, _checked: bool = False) -> None:
        self._section.forget(self._year)


def _plain(number: Decimal) -> str:
    """A year has no separators."""
    return str(int(number))
