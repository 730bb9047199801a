"""What is taken along from the Today page: the day sheet, a calendar file, numbers for the telephone. Asks for the place."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.ui.session import Command, Session
from directsell.ui.widgets.buttons import Menu


class Errands:
    """``Errands(session, page)``: the entries of a menu and of the search box."""

    def __init__(self, session: Session, page: QWidget) -> None:
        self._session = session
        self._page = page

    def commands(self) -> list[Command]:
        """What can be done, with its shortcut."""
        return [
            Command(_("Print the day sheet"), self.print_day, "printer", "Ctrl+P"),
            Command(_("Save the week as a calendar file"), self.save_week, "calendar"),
            Command(_("Save whom to contact for the telephone"), self.save_contacts, "phone"),
        ]

    def menu(self) -> Menu:
        """The same as a menu."""
        menu = Menu(self._page)
        for command in self.commands():
            menu.add(command.text, command.icon, command.run)
        menu.addSeparator()
        menu.add(_("Follow-up programmes"), "list-checks", self._to_programmes)
        return menu

    def _to_programmes(self) -> None:
        self._session.navigation.go("follow_up_programmes")

    def print_day(self) -> None:
        """Show the day as a sheet to be printed and ticked off."""
        from directsell.ui.pages.today.day_sheet import day_sheet_pdf
        from directsell.ui.widgets.paper_dialog import show_drawn  # the PDF engine loads with the first paper

        today, language = self._session.today(), self._session.language
        show_drawn(self._session, self._page.window(), _("Day sheet"), day_sheet_pdf, today, language)

    def save_week(self) -> None:
        """Save contacts of the week and demos to come as a calendar file."""
        from directsell.ui.pages.today.day_sheet import week_file

        done = partial(self._save, _("Week of {day}"), ".ics", _("Calendar files (*.ics)"))
        self._session.read(self._page, week_file, self._session.today(), self._session.now(), done=done)

    def save_contacts(self) -> None:
        """Save whom to contact today with their numbers, as address cards."""
        from directsell.ui.pages.today.day_sheet import contacts_file

        done = partial(self._save, _("To contact on {day}"), ".vcf", _("Address cards (*.vcf)"))
        self._session.read(self._page, contacts_file, self._session.today(), done=done)

    def _save(self, name: str, suffix: str, kind: str, data: bytes) -> None:
        from directsell.ui.files import save_bytes

        name = name.format(day=self._session.today().isoformat())
        save_bytes(self._session, self._page, data, name=name, suffix=suffix, kind=kind)
