"""Papers: sheets, envelope window, days until due, the usual shipping charge, language; each saved as it is chosen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from directsell.domain.errors import DomainError
from directsell.domain.papers import PaperFormat, WindowNorm
from directsell.domain.settings import Business
from directsell.i18n import Language, _, translated_languages
from directsell.i18n.formats import SHIPPED
from directsell.ui.messages import sentence
from directsell.ui.pages.settings.business import stored
from directsell.ui.pages.settings.parts import MOST_WIDTH, Section, SettingRow
from directsell.ui.pages.settings.preview import PaperPreview
from directsell.ui.session import Session
from directsell.ui.widgets.fields import ChoiceField, InputError, Stepper
from directsell.ui.widgets.typed import amount_field, understand
from directsell.usecases.settings import change_business

_PAUSE_MS = 700


class PapersSection(Section):
    """``PapersSection(session, host)``: ``controls`` (field of the business -> editor), ``rows`` (-> line), ``preview``."""

    TABLES = ("setting", "tax_rate")

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("Papers"), _("Papers that were issued already stay as they are."))
        self._stored = Business()
        self.controls: dict[str, Any] = {}
        self.rows: dict[str, SettingRow] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._committed)
        self._currency = session.look(stored, session.today())[0].currency
        self._sheets()
        self._terms()
        self.preview = PaperPreview(session)
        self.preview.setMaximumWidth(MOST_WIDTH)
        self.add(self.preview)
        self.load()

    def _sheets(self) -> None:
        card = self.card(_("Sheets"))
        invoice = ChoiceField([(PaperFormat.A4, _("A4")), (PaperFormat.LETTER, _("US Letter"))])
        slip = ChoiceField(
            [
                (PaperFormat.A5, _("A5")),
                (PaperFormat.HALF_LETTER, _("Half letter")),
                (PaperFormat.A4_TWO_UP, _("Two on one A4 sheet")),
                (PaperFormat.LETTER_TWO_UP, _("Two on one US Letter sheet")),
                (PaperFormat.ROLL_80, _("Roll, 80 mm")),
            ]
        )
        window = ChoiceField(
            [
                (WindowNorm.DIN_B, _("DIN, form B")),
                (WindowNorm.DIN_A, _("DIN, form A")),
                (WindowNorm.US_10, _("US no. 10")),
                (WindowNorm.RIGHT, _("At the right side")),
                (WindowNorm.NONE, _("No window")),
            ]
        )
        for name, title, text, control in (
            ("invoice_format", _("Sheet of invoices"), "", invoice),
            ("slip_format", _("Sheet of order slips"), _("A roll is as long as each slip needs."), slip),
            ("window", _("Window of your envelopes"), _("The address of the customer is printed there."), window),
        ):
            self._row(card, name, title, text, control)

    def _terms(self) -> None:
        card = self.card(_("Words and terms"))
        language = self.session.language
        days = Stepper(
            understand(lambda text: _whole(language, text)),
            lambda value: language.number(value, 0),
            name=_("Days until an invoice is due"),
            least=Decimal(0),
            most=Decimal(365),
        )
        shipping = amount_field(self.session, self._currency)
        tongue = ChoiceField(paper_languages())
        self._row(card, "due_days", _("Days until an invoice is due"), _("Printed as “payment due”."), days)
        self._row(card, "shipping", _("Usual shipping charge"), _("New orders begin with it."), shipping)
        self._row(
            card,
            "language",
            _("Language of papers"),
            _("For customers without a language of their own."),
            tongue,
        )

    def _row(self, card: Any, name: str, title: str, text: str, control: Any) -> None:
        self.controls[name] = control
        self.rows[name] = SettingRow(title, text, control)
        card.add(self.rows[name])
        # Plus and minus are pressed several times in a row: that is one change.
        control.committed.connect(self._pause.start if name == "due_days" else self._committed)

    # --- data

    def load(self) -> None:
        """Show what is stored; a control that holds something wrong keeps it."""
        self._stored, self._logo, self._profile = self.session.look(stored, self.session.today())
        tag = self._stored.language
        choices = paper_languages()
        if all(known != tag for known, _name in choices):
            choices.append((tag, _tongue(tag)))
        self.controls["language"].set_choices(choices)
        for name, control in self.controls.items():
            if not control.error() and not control.hasFocus():
                control.set_value(self._shown(name))
        self.preview.show_sample(self._stored, self._logo, self._profile)

    def _shown(self, name: str) -> Any:
        value = getattr(self._stored, name)
        return Decimal(value) if name == "due_days" else value

    def _values(self) -> dict[str, Any]:
        """Return the values that are right and differ from what is stored."""
        changed = {}
        for name, control in self.controls.items():
            value = control.value()
            if name == "due_days" and value is not None:
                value = int(value)
            if name == "shipping" and value is None and control.is_empty():
                value = 0
            if value is not None and not control.error() and value != getattr(self._stored, name):
                changed[name] = value
        return changed

    # --- reactions

    def _committed(self) -> None:
        changes = self._values()
        if changes:
            self.session.run(self, change_business, failed=self._refused, said=_("Papers changed"), **changes)

    def _refused(self, error: Exception) -> None:
        row = self.rows.get(error.field) if isinstance(error, DomainError) else None
        if row is None:
            self.session.complain(error)
            return
        row.set_error(sentence(error) or "")

    def settle(self) -> None:
        """Save what was typed and not left yet."""
        self.preview.stop()
        self._pause.stop()
        self._committed()


def _whole(language: Language, text: str) -> Decimal:
    value = language.parse_decimal(text)
    if value != int(value):
        raise InputError(_("Enter a whole number."))
    return value


def paper_languages() -> list[tuple[str, str]]:
    """Return the languages in which papers can be printed, each in its own words."""
    spoken = translated_languages()
    return [(tag, _tongue(tag)) for tag in sorted(SHIPPED) if tag.partition("_")[0] in spoken]


def _tongue(tag: str) -> str:
    language = Language.load(tag)
    country = tag.partition("_")[2]
    if not country:
        return language.name
    return _("{language} ({country})").format(language=language.name, country=language.country_name(country))
