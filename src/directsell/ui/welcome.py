"""The first start: a language, my business or a sample, how the data is protected. It decides; others create."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from directsell.domain.countries import country
from directsell.domain.errors import DomainError
from directsell.domain.settings import Business
from directsell.i18n import Language, _
from directsell.ui.theme import T, app_icon, paint_mark
from directsell.ui.widgets.business_form import BusinessEntry, BusinessForm
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields.base import FormField
from directsell.ui.widgets.fields.choice import ChoiceField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.page import ScrollArea
from directsell.ui.widgets.password_fields import NewPassword
from directsell.ui.widgets.states import Banner, ProgressPanel

_NARROW = 800


@dataclass(frozen=True, slots=True)
class WelcomeChoice:
    """What was decided: ``entry`` is None for the sample business; ``protection`` is a KeyMode value."""

    entry: BusinessEntry | None
    protection: str
    password: str


class Welcome(QWidget):
    """``Welcome(language, *, languages, current, clean_logo, has_keyring=False, home="US")``.

    ``set_keyring(True)`` once the system's keyring answered; ``busy(True)`` while the business is made;
    ``fail(sentence)`` shows why that did not work and lets the user go on; nothing typed is lost.
    Signals: ``decided(object WelcomeChoice)``, ``restore_wanted()``, ``language_wanted(str tag)``: show everything in that language.
    """

    decided = Signal(object)
    restore_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(
        self,
        language: Language,
        *,
        languages: list[tuple[str, str]],
        current: str,
        clean_logo: Callable[[bytes], bytes],
        has_keyring: bool = False,
        home: str = "US",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("DirectSell")
        self.setWindowIcon(app_icon())
        self.resize(1080, 720)
        self.setMinimumSize(620, 420)
        self._has_keyring = False
        self._sample = False
        self._banner: Banner | None = None
        self.steps = QStackedWidget()
        self.form = BusinessForm(language, clean_logo=clean_logo)
        defaults = country(home)
        self.form.set_entry(
            Business(
                country=home,
                currency=defaults.currency,
                language=defaults.language,
                zone=defaults.zone,
                tax_label=defaults.tax_label,
                invoice_format=defaults.invoice_format,
                slip_format=defaults.slip_format,
                window=defaults.window,
            ),
            defaults.profile(),
        )
        self.steps.addWidget(self._first_step(languages, current))
        self.steps.addWidget(self._business_step())
        self.steps.addWidget(self._protection_step())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = _Side()
        row.addWidget(self._side, 2)
        row.addWidget(self.steps, 5)
        self.set_keyring(has_keyring)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """A narrow window has no room for the coloured side, unless it shows what is going on."""
        self._side.setVisible(self.width() >= _NARROW or not self.steps.isEnabled())

    # --- steps

    def _first_step(self, languages: list[tuple[str, str]], current: str) -> QWidget:
        page, column, _foot = _step(
            _("Welcome"), _("Everything stays on this computer. You need no account and no internet.")
        )
        self._sample_problem = QVBoxLayout()
        column.addLayout(self._sample_problem)
        own = Card()
        own.add(Label(_("My business"), Role.HEADING))
        own.add(
            Label(_("Enter your name, country and tax once. You can change everything later."), Role.MUTED, wrap=True)
        )
        self.own_button = Button(_("Set up my business"), "store", kind=Kind.PRIMARY)
        self.own_button.clicked.connect(self._own_chosen)
        own.body.addLayout(_leading(self.own_button))
        column.addWidget(own)
        sample = Card()
        sample.add(Label(_("Look around first"), Role.HEADING))
        sample.add(
            Label(
                _("A sample business with invented people, parties and orders, to try things out."),
                Role.MUTED,
                wrap=True,
            )
        )
        self.sample_button = Button(_("Open the sample business"), "eye")
        self.sample_button.clicked.connect(self._sample_chosen)
        sample.body.addLayout(_leading(self.sample_button))
        column.addWidget(sample)
        self.languages = ChoiceField(languages, current)
        self.languages.committed.connect(self._language_chosen)
        self.restore_button = Button(_("Restore a backup…"), "archive", kind=Kind.QUIET)
        self.restore_button.clicked.connect(self.restore_wanted)
        line = QHBoxLayout()
        line.addWidget(FormField(_("Language"), self.languages))
        line.addStretch(1)
        line.addWidget(self.restore_button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(line)
        column.addStretch(1)
        return page

    def _business_step(self) -> QWidget:
        page, column, foot = _step(_("Your business"), _("This stands at the head of your order slips and invoices."))
        column.addWidget(self.form)
        column.addWidget(
            Label(
                _("Tax rates are suggestions as of November 2026, not tax advice. Check with your adviser."),
                Role.SMALL,
                wrap=True,
            )
        )
        column.addStretch(1)
        foot.addLayout(self._buttons(_("Continue"), self._business_done, 0))
        return page

    def _protection_step(self) -> QWidget:
        page, column, foot = _step(
            _("Protect your data"),
            _("Your customers trust you. The data file is encrypted, so that nobody can read it on a stolen laptop."),
        )
        self.protection = Segmented(_protections(keyring=False), name=_("Protection"))
        self.protection.changed.connect(self._protection_changed)
        self._protection_place = QVBoxLayout()
        self._protection_place.addWidget(self.protection, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(self._protection_place)
        self._explanation = Label("", Role.MUTED, wrap=True)
        column.addWidget(self._explanation)
        self.new_password = NewPassword()
        self.new_password.setMaximumWidth(420)
        self.new_password.submitted.connect(self._protection_done)
        column.addWidget(self.new_password)
        self._problem = QVBoxLayout()
        column.addLayout(self._problem)
        column.addStretch(1)
        foot.addLayout(self._buttons(_("Start"), self._protection_done, 1))
        self._protection_changed()
        return page

    def _buttons(self, text: str, done: Callable[[], None], back_to: int) -> QHBoxLayout:
        row = QHBoxLayout()
        back = Button(_("Back"), "arrow-left", kind=Kind.QUIET)
        back.clicked.connect(self._back_to_form if back_to else self._back_to_start)
        forward = Button(text, kind=Kind.PRIMARY)
        forward.clicked.connect(done)
        if back_to:
            self.start_button = forward
        else:
            self.continue_button = forward
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(forward)
        return row

    # --- reactions

    def _language_chosen(self) -> None:
        self.language_wanted.emit(str(self.languages.value()))

    def _own_chosen(self) -> None:
        self._sample = False
        self.steps.setCurrentIndex(1)
        self.form.reveal("name")

    def _sample_chosen(self) -> None:
        self._sample = True
        self.decided.emit(WelcomeChoice(None, "keyring" if self._has_keyring else "file", ""))

    def _back_to_start(self) -> None:
        self.steps.setCurrentIndex(0)

    def _back_to_form(self) -> None:
        self.steps.setCurrentIndex(1)

    def _business_done(self) -> None:
        try:
            self.form.entry()
        except DomainError as error:
            self.form.show_error(error)
            return
        self.steps.setCurrentIndex(2)
        self.protection.setFocus(Qt.FocusReason.TabFocusReason)

    def _protection_changed(self) -> None:
        words = {
            "keyring": _("The key is kept in the keyring of your login. You open the program without a password."),
            "password": _("You type the password at every start. Without it, only the recovery sheet opens the data."),
            "file": _(
                "The key lies in a file beside your settings. Copies of the data alone stay unreadable, "
                "but whoever takes the whole laptop can read it. You can set a password later."
            ),
        }
        self._explanation.setText(words[self.protection.value()])
        self.new_password.setVisible(self.protection.value() == "password")

    def _protection_done(self) -> None:
        mode = self.protection.value()
        if mode == "password" and not self.new_password.check():
            return
        try:
            entry = self.form.entry()
        except DomainError as error:
            self.steps.setCurrentIndex(1)
            self.form.show_error(error)
            return
        self.decided.emit(WelcomeChoice(entry, mode, self.new_password.value() if mode == "password" else ""))

    # --- from outside

    def set_keyring(self, on: bool) -> None:
        """Offer the system's keyring, or take it back; what the user has chosen stays."""
        if on is self._has_keyring:
            return
        self._has_keyring = on
        before, chosen = self.protection, self.protection.value()
        touched = self.steps.currentIndex() == 2
        self.protection = Segmented(_protections(keyring=on), name=_("Protection"))
        self.protection.set_value(chosen if touched or not on else "keyring")
        self.protection.changed.connect(self._protection_changed)
        self._protection_place.replaceWidget(before, self.protection)
        self._protection_place.setAlignment(self.protection, Qt.AlignmentFlag.AlignLeading)
        before.hide()
        before.deleteLater()
        self._protection_changed()

    def busy(self, on: bool) -> None:
        """Show that the business is being made, or let the user go on."""
        self._say(None)
        self.steps.setEnabled(not on)
        self._side.show_progress(on)
        self._arrange()

    def fail(self, sentence: str) -> None:
        """Show why the book could not be made; everything typed is still here."""
        self.busy(False)
        self.steps.setCurrentIndex(2 if not self._sample else 0)
        self._say(Banner(sentence, "bad"))

    def _say(self, banner: Banner | None) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            (self._sample_problem if self._sample else self._problem).addWidget(banner)


def _protections(*, keyring: bool) -> list[tuple[str, str]]:
    choices = [("password", _("Password")), ("file", _("No password"))]
    return [("keyring", _("This computer's keyring")), *choices] if keyring else choices


class _Side(QWidget):
    """The quiet coloured side with the mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(200)
        self.setMaximumWidth(360)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 150, 28, 32)
        column.setSpacing(10)
        title = Label("DirectSell", Role.TITLE)
        words = Label(
            _("From the first call to the delivered order, at your customers' tables."), Role.MUTED, wrap=True
        )
        column.addWidget(title)
        column.addWidget(words)
        column.addStretch(1)
        self._progress = ProgressPanel(_("Your business is being prepared …"), cancellable=False)
        self._progress.hide()
        column.addWidget(self._progress)

    def show_progress(self, on: bool) -> None:
        """Show that something is being made."""
        self._progress.setVisible(on)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), T("side"))
        left = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        x = 32 if left else self.width() - 32 - 72
        paint_mark(painter, QPointF(x, 56), 72)
        edge = QRectF(self.width() - 1 if left else 0, 0, 1, self.height())
        painter.fillRect(edge, T("border"))


def _step(title: str, subtitle: str) -> tuple[QWidget, QVBoxLayout, QVBoxLayout]:
    """Return a page, its scrolling column, and the place for the buttons below, which are always in sight."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(40, 40, 40, 20)
    column.setSpacing(16)
    column.addWidget(Label(title, Role.TITLE))
    column.addWidget(Label(subtitle, Role.MUTED, wrap=True))
    page = QWidget()
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(ScrollArea(inner), 1)
    foot = QVBoxLayout()
    foot.setContentsMargins(40, 8, 40, 24)
    outer.addLayout(foot)
    return page, column, foot


def _leading(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
