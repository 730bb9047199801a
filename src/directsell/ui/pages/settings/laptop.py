"""This laptop: language and looks of the window, its name and series, and the other laptops of the book."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.domain.settings import Device
from directsell.i18n import Language, _, system_language
from directsell.store.queries.settings import devices
from directsell.ui.dialogs import dialogs
from directsell.ui.languages import language_choices
from directsell.ui.messages import sentence
from directsell.ui.pages.settings.parts import FigureRow, Section, SettingRow
from directsell.ui.session import Session
from directsell.ui.theme import SchemeChoice, theme
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields import ChoiceField, Switch, TextField
from directsell.ui.widgets.labels import Label, Role
from directsell.usecases.settings import rename_device

SCALES = (75, 90, 100, 110, 125, 150, 175, 200)


class LaptopSection(Section):
    """``LaptopSection(session, host)``: ``tongue``, ``scheme``, ``scale``, ``name`` are its controls."""

    TABLES = ("device",)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(session, host, _("This laptop"), _("These settings stay on this computer."))
        self._own: Device | None = None
        self._looks()
        self._identity()
        theme().changed.connect(self._scheme_changed)
        self.load()

    def _looks(self) -> None:
        card = self.card(_("Window"))
        system = Language.load(system_language()).name
        as_system = _("As the system ({language})").format(language=system)
        self.tongue = ChoiceField([("", as_system), *language_choices()])
        self.scheme = Segmented(
            [
                (SchemeChoice.SYSTEM.value, _("As the system")),
                (SchemeChoice.LIGHT.value, _("Light")),
                (SchemeChoice.DARK.value, _("Dark")),
            ]
        )
        percent = self.session.language.percent
        self.scale = ChoiceField([(scale, percent(scale * 10_000)) for scale in SCALES])
        card.add(SettingRow(_("Language"), _("The window is shown anew; nothing typed is lost."), self.tongue))
        card.add(SettingRow(_("Light or dark"), "", self.scheme))
        self._scale_row = SettingRow(_("Size of everything"), _("From the next start of DirectSell on."), self.scale)
        card.add(self._scale_row)
        self.tongue.committed.connect(self._tongue_chosen)
        self.scheme.committed.connect(self._scheme_chosen)
        self.scale.committed.connect(self._scale_chosen)

        self.reminders = Switch(_("Switched on"))
        words = _(
            "The contacts of the day each morning, and a demo an hour before it begins, while DirectSell is open."
        )
        card.add(SettingRow(_("Reminders on the desktop"), words, self.reminders))
        self.reminders.committed.connect(self._reminders_chosen)

    def _identity(self) -> None:
        card = self.card(_("Name and series"))
        self.name = TextField(limit=60)
        self._name_row = SettingRow(_("Name of this laptop"), _("The history says on which laptop it was."), self.name)
        card.add(self._name_row)
        self._series = FigureRow(_("Series of its papers"), "")
        card.add(self._series)
        card.add(
            Label(
                _(
                    "Every laptop has its own letter in the numbers of its papers, so two of them never give the "
                    "same number, even without internet."
                ),
                Role.SMALL,
                wrap=True,
            )
        )
        self.name.committed.connect(self._name_left)
        self._others_card = self.card(_("Laptops of this business"))
        self._others = QVBoxLayout()
        self._others.setSpacing(0)
        self._others_card.body.addLayout(self._others)

    # --- data

    def load(self) -> None:
        """Show what is stored."""
        context = self.session.context
        if context is not None:
            language = str(context.device.get("language"))
            known = [tag for tag, _name in language_choices()]
            self.tongue.set_value(language if language in known else "")
            self.scale.set_value(int(context.device.get("scale")))
            self.reminders.set_value(bool(context.device.get("reminders")))
        self.scheme.set_value(theme().choice.value)
        found, code = self.session.look(devices)
        self._own = next((device for device in found if device.code == code), None)
        if self._own is not None and not self.name.hasFocus():
            self.name.set_value(self._own.name)
        self._series.value.setText(self._own.series if self._own else "")
        self._show_devices(found)

    def _show_devices(self, found: list[Device]) -> None:
        while (item := self._others.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for device in found:
            since = _("Series {series}, since {day}").format(
                series=device.series, day=self.session.language.date(device.created_at.astimezone().date())
            )
            if device == self._own:
                since = _("{words} (this one)").format(words=since)
            elif device.retired_at is not None:
                since = _("{words}, no longer used").format(words=since)
            self._others.addWidget(FigureRow(device.name, since))

    # --- reactions

    def _set(self, **values: object) -> bool:
        context = self.session.context
        if context is None:
            return False
        if not context.device.set(**values):
            self.session.say(_("The settings of this computer could not be written; they hold until you close."))
        self.session.device_changed.emit()
        return True

    def _tongue_chosen(self) -> None:
        if self._set(language=self.tongue.value()):
            self.session.restart_wanted.emit()

    def _scheme_chosen(self) -> None:
        theme().set_choice(SchemeChoice(self.scheme.value()))
        self._set(theme=self.scheme.value())

    def _scheme_changed(self) -> None:
        self.scheme.set_value(theme().choice.value)

    def _scale_chosen(self) -> None:
        if self._set(scale=self.scale.value()):
            text = _("Close DirectSell and start it again to see the new size.")
            dialogs().message(self, _("Size of everything"), text)

    def _reminders_chosen(self) -> None:
        self._set(reminders=self.reminders.value())

    def _name_left(self) -> None:
        if self._own is not None and self.name.value() != self._own.name:
            self.session.run(
                self,
                rename_device,
                self._own.id,
                self.name.value(),
                failed=self._refused,
                said=_("Laptop renamed"),
            )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, DomainError) and error.field == "name":
            self._name_row.set_error(sentence(error) or "")
        else:
            self.session.complain(error)

    def settle(self) -> None:
        """Save a name that was typed and not left yet."""
        if self.name.value():
            self._name_left()
