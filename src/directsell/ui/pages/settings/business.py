"""My business: who sells, tax number, bank, colour and sentences of papers. One form, saved as a whole."""

from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from directsell.domain.bank import compact, grouped, is_iban
from directsell.domain.errors import DomainError
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile
from directsell.i18n import _
from directsell.store.errors import StoreError
from directsell.store.queries.settings import business, tax_profile
from directsell.store.reader import Reader
from directsell.ui.book_jobs import clean_logo
from directsell.ui.messages import sentence
from directsell.ui.pages.settings.accent import AccentField
from directsell.ui.pages.settings.parts import MOST_WIDTH, SaveBar, Section, fields_in_columns
from directsell.ui.pages.settings.preview import PaperPreview
from directsell.ui.session import Command, Session
from directsell.ui.widgets.business_form import BusinessForm
from directsell.ui.widgets.fields import FormField, MultilineField, TextField
from directsell.ui.widgets.states import Banner
from directsell.usecases.settings import change_business

DRAFT = "settings:business"
_LOGO = "new logo"
_TEXTS = ("tax_label", "tax_number", "web", "bank", "iban", "bic", "terms", "slip_terms")
# What this section decides; the sheets belong to "Papers", and follow the country only at the first start.
_OURS = (
    *("name", "tagline", "street", "postcode", "city", "region", "country", "phone", "email", "currency"),
    *("accent", *_TEXTS),
)


def stored(reader: Reader, day: date) -> tuple[Business, bytes | None, TaxProfile]:
    """Return the business, its logo and the tax rules of a day."""
    seller = business(reader)
    return seller, reader.file(seller.logo) if seller.logo else None, tax_profile(reader, day)


class BusinessSection(Section):
    """``BusinessSection(session, host)``: ``form``, ``extra`` (name -> field), ``bar``; ``save()``, ``discard()``."""

    TABLES = ("setting", "tax_rate")

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(
            session, host, _("My business"), _("Who sells: this stands at the head and foot of your papers.")
        )
        self._stored = Business()
        self._logo: bytes | None = None
        self._profile = TaxProfile()
        self._dirty = False
        self._loading = False
        self.form = BusinessForm(session.language, clean_logo=clean_logo, with_tax=False)
        self.extra: dict[str, FormField] = {}
        self._build()
        self.bar = SaveBar()
        self.bar.save_wanted.connect(self.save)
        self.bar.discard_wanted.connect(self.discard)
        outer = self.layout()
        if outer is not None:
            outer.addWidget(self.bar)
        self.load()
        self._take_draft()

    def _build(self) -> None:
        self.card(_("Name and address")).add(self.form)
        self.form.changed.connect(self._edited)
        numbers = self.card(_("Tax number and bank"))
        numbers.body.addLayout(
            fields_in_columns(
                self._text("tax_label", _("What your tax number is called"), hint=_("For example: VAT ID")),
                self._text("tax_number", _("Tax number")),
                self._text("bank", _("Bank")),
                self._text("web", _("Website")),
                self._text("iban", _("IBAN"), hint=_("Invoices in euro then show a code for paying by phone.")),
                self._text("bic", _("BIC")),
            )
        )
        self.extra["iban"].editor.committed.connect(self._iban_left)  # type: ignore[attr-defined]
        looks = self.card(_("Colour and sentences"))
        self.accent = AccentField()
        looks.add(self._field("accent", _("Colour of your papers"), self.accent))
        terms = MultilineField(limit=2000, lines=2)
        slip_terms = MultilineField(limit=2000, lines=2)
        looks.add(
            self._field("terms", _("Sentence on invoices"), terms, hint=_("For example: Thank you for your order!"))
        )
        looks.add(self._field("slip_terms", _("Sentence on order slips"), slip_terms))
        self.preview = PaperPreview(self.session)
        self.preview.setMaximumWidth(MOST_WIDTH)
        self.add(self.preview)

    def _text(self, name: str, label: str, *, hint: str = "") -> FormField:
        return self._field(name, label, TextField(limit=120), hint=hint)

    def _field(self, name: str, label: str, editor: Any, *, hint: str = "") -> FormField:
        made = FormField(label, editor, hint=hint)
        self.extra[name] = made
        editor.changed.connect(self._edited)
        return made

    # --- values

    @property
    def is_dirty(self) -> bool:
        """Something typed is not saved."""
        return self._dirty

    def load(self) -> None:
        """Show what is stored, unless something typed would be lost."""
        fresh = self.session.look(stored, self.session.today())
        if self._dirty:
            self._profile = fresh[2]
            return
        self._stored, self._logo, self._profile = fresh
        self._show(self._stored, self._logo)

    def _show(self, seller: Business, logo: bytes | None) -> None:
        self._loading = True
        self.form.set_entry(seller, self._profile, logo)
        for name, field in self.extra.items():
            value = getattr(seller, name)
            field.editor.set_value(grouped(value) if name == "iban" else value)  # type: ignore[attr-defined]
            field.set_error("")
        self._loading = False
        self._set_dirty(False)
        self._draw()

    def typed(self) -> dict[str, Any]:
        """Return what the fields hold, right or wrong."""
        values = {name: field.editor.value() for name, field in self.extra.items()}  # type: ignore[attr-defined]
        return {**self.form.typed(), **values, "iban": grouped(values["iban"]), "bic": compact(values["bic"])}

    def _changes(self) -> dict[str, Any]:
        before = asdict(self._stored)
        before["iban"] = grouped(before["iban"])
        return {name: value for name, value in self.typed().items() if name in _OURS and value != before[name]}

    def _draw(self) -> None:
        known = {field.name for field in fields(Business)}
        values = {name: value for name, value in self.typed().items() if name in known}
        logo = self.form.logo
        self.preview.show_sample(
            replace(self._stored, **values), self._logo if logo is None else logo or None, self._profile
        )

    # --- reactions

    def _edited(self) -> None:
        if not self._loading:
            self._set_dirty(bool(self._changes()) or self.form.logo is not None)
            self._warn_about_currency()
            self._draw()

    def _warn_about_currency(self) -> None:
        other = self.form.currency.value() != self._stored.currency
        text = _("Prices belong to a currency: your products have none in the new one until you enter them.")
        self.form.set_hint("currency", text if other else "")

    def _iban_left(self) -> None:
        field = self.extra["iban"]
        text = field.editor.value()  # type: ignore[attr-defined]
        wrong = bool(text) and not is_iban(compact(text))
        if not wrong:
            field.editor.set_value(grouped(text))  # type: ignore[attr-defined]
        field.set_error((sentence(DomainError("business.iban")) or "") if wrong else "")

    def _set_dirty(self, on: bool) -> None:
        self._dirty = on
        self.bar.setVisible(on)

    def save(self) -> None:
        """Store what was typed; an error appears below its field, and nothing is lost."""
        if not self._dirty:
            return
        for field in self.extra.values():
            if field.error():
                self._reveal(field)
                return
        self.bar.busy(True)
        self.session.run(
            self,
            change_business,
            new_logo=self.form.logo,
            done=self._saved,
            failed=self._refused,
            said=_("Business saved"),
            draft=DRAFT,
            **self._changes(),
        )

    def _saved(self, _nothing: object) -> None:
        self.bar.busy(False)
        self._set_dirty(False)
        self.set_banner(None)
        self._forget_draft()
        self.load()

    def _refused(self, error: Exception) -> None:
        self.bar.busy(False)
        name = error.field if isinstance(error, DomainError) else ""
        field = self.extra.get(name)
        if field is not None:
            field.set_error(sentence(error) or "")
            self._reveal(field)
        elif not (isinstance(error, DomainError) and self.form.show_error(error)):
            self.session.complain(error)

    def _reveal(self, field: FormField) -> None:
        self.scroll_to(field)
        field.reveal()

    def discard(self) -> None:
        """Show what is stored again."""
        self._set_dirty(False)
        self.set_banner(None)
        self._forget_draft()
        self.load()

    def commands(self) -> list[Command]:
        """Saving, while there is something to save."""
        return [Command(_("Save the business"), self.save, "check", "Ctrl+S")]

    # --- half-typed

    def settle(self) -> None:
        """Keep what is typed for the next time."""
        self.preview.stop()
        if self._dirty:
            logo = self.form.logo
            picture = {} if logo is None else {_LOGO: b64encode(logo).decode()}
            with suppress(StoreError):  # the window is closing: nothing more can be done about it
                self.session.drafts.save(DRAFT, {**self.typed(), **picture})

    def _take_draft(self) -> None:
        draft = self.session.drafts.load(DRAFT)
        if draft is None:
            return
        known = {field.name for field in fields(Business)}
        typed = {name: value for name, value in draft.body.items() if name in known}
        self._loading = True
        self.form.set_entry(replace(self._stored, **typed), self._profile, self._logo)
        for name, field in self.extra.items():
            field.editor.set_value(typed.get(name, ""))  # type: ignore[attr-defined]
        if _LOGO in draft.body:
            self.form.set_new_logo(b64decode(draft.body[_LOGO]))
        self._loading = False
        self._edited()
        if self._dirty:
            self.set_banner(Banner(_("This was typed the last time and not saved yet.")))

    def _forget_draft(self) -> None:
        try:
            self.session.drafts.delete(DRAFT)
        except StoreError as error:
            self.session.complain(error)
