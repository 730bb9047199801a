"""The form of a product in a sheet at the side. It checks while typing and saves through the use-cases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.catalog import Brand, Product
from directsell.domain.errors import DomainError
from directsell.domain.taxes import STANDARD
from directsell.i18n import N_, _
from directsell.store.queries.products import brands, categories, code_taken
from directsell.store.queries.settings import business, tax_profile
from directsell.ui.dialogs import dialogs
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.widgets.fields import (
    ChoiceField,
    Completion,
    CompletionField,
    MultilineField,
    Switch,
    TextField,
)
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.typed import count_field, date_field, price_field
from directsell.usecases.catalog import save_brand, save_product

UNITS = {
    "piece": N_("Piece"),
    "set": N_("Set"),
    "pack": N_("Pack"),
    "kg": N_("Kilogram"),
    "g": N_("Gram"),
    "l": N_("Litre"),
    "ml": N_("Millilitre"),
    "m": N_("Metre"),
    "hour": N_("Hour"),
}
_NEW_BRAND = "new"


class ProductSheet(FormSheet):
    """``ProductSheet(session, host)``: ``edit(product, price, stored=...)`` opens it. Signal: ``saved(object Product)``."""

    saved = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Product"), save_text=_("Save product"), width=540)
        self._session = session
        self._currency = session.look(business).currency
        self._product: Product | None = None
        self._stored = False
        self._first_price: Decimal | None = None
        self._make_editors()
        self._make_fields()
        self._kept = KeptWords(session, self, "product", lambda: {**self.editors(), "active": self.active})
        self.save_wanted.connect(self.save)

    def _make_editors(self) -> None:
        session = self._session
        self.code = TextField(limit=60)
        self.name = TextField(limit=200)
        self.brand = ChoiceField()
        self.category = CompletionField(self._known_categories)
        self.barcode = TextField(limit=60)
        self.page = TextField(limit=20)
        self.unit = ChoiceField([(key, _(words)) for key, words in UNITS.items()], "piece")
        self.tax_class = ChoiceField()
        self.price = price_field(session, self._currency)
        self.valid_from = date_field(session)
        self.wholesale = price_field(session, self._currency)
        self.active = Switch(_("Can be ordered"), True)
        self.description = MultilineField(limit=5000, lines=3)
        self.lasts_days = count_field(session, unit=_("days"), most=3650)
        self.follow_up_text = MultilineField(limit=500, lines=2)
        self.code.committed.connect(self._check_code)
        self.brand.changed.connect(self._brand_chosen)

    def _make_fields(self) -> None:
        rows = (
            (("code", _("Code"), self.code), ("name", _("Name"), self.name)),
            (("brand", _("Brand"), self.brand), ("category", _("Category"), self.category)),
            (("price", _("Retail price"), self.price), ("valid_from", _("Valid from"), self.valid_from)),
            (("wholesale", _("Your cost"), self.wholesale), ("tax_class", _("Tax"), self.tax_class)),
            (
                ("barcode", _("Barcode"), self.barcode),
                ("page", _("Brochure page"), self.page),
                ("unit", _("Unit"), self.unit),
            ),
        )
        for row in rows:
            needed = ("code", "name")
            self.pair(*(self.make_field(key, label, made, required=key in needed) for key, label, made in row))
        self.field("description", _("Description"), self.description)
        self.heading(_("Following up"))
        self.field(
            "lasts_days",
            _("One piece lasts"),
            self.lasts_days,
            hint=_("For what is used up: a reminder stands on Today before it runs out."),
        )
        self.field("follow_up_text", _("What to ask or tell afterwards"), self.follow_up_text)
        self.watch(self.active)
        self.add(self.active)

    # --- content

    def edit(self, product: Product, price: Decimal | None, *, stored: bool) -> None:
        """Open the sheet with a product; ``price`` is its retail price today."""
        self._product, self._stored, self._first_price = product, stored, price
        self.set_title(_("Change product") if stored else _("New product"))
        self._load_choices(product)
        for editor, text in (
            (self.code, product.code),
            (self.name, product.name),
            (self.barcode, product.barcode),
            (self.page, product.page),
        ):
            editor.set_value(text)
        self.category.set_value(product.category or None, product.category)
        foreign = {product.unit: product.unit} if product.unit and product.unit not in UNITS else {}  # from an import
        self.unit.set_choices([*((key, _(words)) for key, words in UNITS.items()), *foreign.items()])
        self.unit.set_value(product.unit or "piece")
        self.price.set_value(price)
        self.valid_from.set_value(None)
        hint = _("Empty: from today") if stored else _("Empty: always")
        self.fields["valid_from"].set_hint(hint)
        self.wholesale.set_value(product.wholesale)
        self.active.set_value(product.active)
        self.description.set_value(product.description)
        self.lasts_days.set_value(product.lasts_days)
        self.follow_up_text.set_value(product.follow_up_text)
        self.set_clean()
        # What was scanned or copied is meant now, not what was given up before.
        begun = product.code or product.name or product.barcode
        self._kept.begin(product.id if stored else "new", offer=stored or not begun)
        self.open_sheet(self.code)

    def save(self) -> None:
        """Check and store."""
        product = self._collect()
        if product is None or self.first_error():
            return
        price = self.price.value()
        moved = self.valid_from.value() is not None
        self.busy(True)
        self._session.run(
            self,
            save_product,
            product,
            price=price if price != self._first_price or moved else None,
            currency=self._currency,
            valid_from=self.valid_from.value(),
            done=self._done,
            failed=self.refuse,
            said=_("Product saved"),
            draft=self._kept.key,
        )

    # --- inside

    def _collect(self) -> Product | None:
        if self._product is None:
            return None
        brand = self.brand.value()
        return replace(
            self._product,
            code=self.code.value(),
            name=self.name.value(),
            brand_id=brand if isinstance(brand, UUID) else None,
            category=self.category.text().strip(),
            barcode=self.barcode.value(),
            page=self.page.value(),
            unit=self.unit.value() or "piece",
            tax_class=self.tax_class.value() or self._product.tax_class,
            wholesale=self.wholesale.value(),
            active=self.active.value(),
            description=self.description.value(),
            lasts_days=self.lasts_days.value() or None,
            follow_up_text=self.follow_up_text.value(),
        )

    def _done(self, product: Product) -> None:
        self.set_clean()
        self.close_sheet()
        self.saved.emit(product)

    def _check_code(self) -> None:
        """Say at once when another product has the code."""
        product = self._collect()
        if product is None or not product.code or not product.active:
            return
        name = self._session.look(code_taken, product.code, product.brand_id, product.id)
        if name:
            error = DomainError("product.code_taken", field="code", name=name)
            self.fields["code"].set_error(sentence(error) or "")
        elif self.fields["code"].error():
            self.fields["code"].set_error("")

    def _known_categories(self, text: str) -> list[Completion]:
        words = text.casefold()
        known = self._session.look(categories)
        return [Completion(name, name, icon="tag") for name in known if words in name.casefold() and name != text]

    def _load_choices(self, product: Product) -> None:
        self.brand.set_choices(
            [
                (None, _("No brand")),
                *((brand.id, brand.name) for brand in self._session.look(brands)),
                (_NEW_BRAND, _("New brand …")),
            ]
        )
        self.brand.set_value(product.brand_id)
        profile = self._session.look(tax_profile, self._session.today())
        language = self._session.language
        rates: dict[str, list[str]] = {}
        for rate in profile.rates:
            rates.setdefault(rate.tax_class, []).append(f"{rate.label} {language.percent(rate.ppm)}")
        choices = [(key, _tax_words(" + ".join(words), key)) for key, words in rates.items()]
        choices += [(key, _("Untaxed ({name})").format(name=key)) for key in profile.exempt_classes if key not in rates]
        if product.tax_class not in dict(choices):
            choices.append((product.tax_class, product.tax_class))
        self.tax_class.set_choices(choices)
        self.tax_class.set_value(product.tax_class)

    def _brand_chosen(self) -> None:
        if self.brand.value() != _NEW_BRAND:
            self._check_code()
            return
        self.brand.set_value(None if self._product is None else self._product.brand_id)
        name = dialogs().ask_text(self, _("New brand"), _("Name of the brand"), yes=_("Add"))
        if name is not None and name.strip():
            brand = Brand(id=self._session.new_id(), name=name.strip())
            self._session.run(self, save_brand, brand, done=self._brand_made)

    def _brand_made(self, brand: Brand) -> None:
        chosen = [(None, _("No brand")), *((known.id, known.name) for known in self._session.look(brands))]
        self.brand.set_choices([*chosen, (_NEW_BRAND, _("New brand …"))])
        self.brand.set_value(brand.id)


def _tax_words(label: str, name: str) -> str:
    """Return a tax class as people know it; the usual one needs no name of its own."""
    return label if name == STANDARD else _("{label} ({name})").format(label=label, name=name)
