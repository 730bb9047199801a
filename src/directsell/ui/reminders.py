"""Reminders on the desktop: the contacts of the day once each morning, a demo an hour before it begins. No pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from directsell.i18n import _, ngettext
from directsell.store.queries.due import due_week
from directsell.store.queries.today import NextDemo, next_demos
from directsell.store.reader import Reader
from directsell.ui.session import Session
from directsell.ui.theme.icons import app_icon
from directsell.ui.widgets.buttons import Call, Menu

LEAD = timedelta(hours=1)
_CHECK_MS = 60_000
_SHOWN_MS = 10_000
_MOST = 60  # demos of three days


class Bell(Protocol):
    """What shows a reminder."""

    def ring(self, title: str, text: str, page: str, record: UUID | None) -> None:
        """Show a reminder; a click on it leads to a page and a record."""


class TrayBell(QObject):
    """``TrayBell(icon, parent)``: an icon beside the clock of the system, with messages and a small menu.

    Signal: ``wanted(str page, object record id)`` when a message or an entry of the menu was clicked.
    """

    wanted = Signal(str, object)

    def __init__(self, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._to: tuple[str, UUID | None] = ("today", None)
        self._menu = Menu()
        self._menu.add(_("Open DirectSell"), "house", Call(self.wanted.emit, "", None))
        self._menu.add(_("Whom to contact today"), "phone", Call(self.wanted.emit, "today", None))
        self.tray = QSystemTrayIcon(icon, self)
        self.tray.setToolTip("DirectSell")
        self.tray.setContextMenu(self._menu)
        self.tray.activated.connect(self._activated)
        self.tray.messageClicked.connect(self._clicked)
        self.tray.show()

    def ring(self, title: str, text: str, page: str, record: UUID | None) -> None:
        """Show a message beside the clock."""
        self._to = page, record
        self.tray.showMessage(title, text, QSystemTrayIcon.MessageIcon.NoIcon, _SHOWN_MS)

    def stop(self) -> None:
        """Take the icon away."""
        self.tray.hide()
        self._menu.deleteLater()
        self.deleteLater()

    def _clicked(self) -> None:
        self.wanted.emit(*self._to)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.wanted.emit("", None)


class ToastBell:
    """``ToastBell(session)``: says it inside the window, where the system has no place for messages."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ring(self, title: str, text: str, page: str, record: UUID | None) -> None:
        """Say it at the lower edge of the window, unless the page that it is about stands there already."""
        current = self._session.navigation.current
        if current is not None and current.page == page:
            return
        self._session.say(_("{title}: {text}").format(title=title, text=text))


class Reminders(QObject):
    """``Reminders(session, bell, parent)``: ``start()``; looks once a minute, reading in a worker."""

    def __init__(self, session: Session, bell: Bell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._bell = bell
        self._told: set[tuple[UUID, date, time]] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Look now, and then every minute."""
        self._timer.start()
        self.check()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def check(self) -> None:
        """Read what there is to remind of, and ring."""
        morning = self._last_day() != self._session.today().isoformat()
        self._session.read(self, _due_today, self._session.today(), morning, done=self._ring, failed=_nothing)

    def _ring(self, found: tuple[int, list[NextDemo]]) -> None:
        contacts, demos = found
        today = [demo for demo in demos if demo.day == self._session.today()]
        for demo in demos:
            self._ring_demo(demo)
        if contacts or (today and self._last_day() != self._session.today().isoformat()):
            self._ring_day(contacts, len(today))

    def _ring_day(self, contacts: int, demos: int) -> None:
        number = self._session.language.number
        parts = []
        if contacts:
            people = ngettext("{count} person to contact", "{count} people to contact", contacts)
            parts.append(people.format(count=number(contacts)))
        if demos:
            parts.append(ngettext("{count} demo", "{count} demos", demos).format(count=number(demos)))
        self._bell.ring(_("Today"), " · ".join(parts), "today", None)
        context = self._session.context
        if context is not None:
            context.device.set(reminded_on=self._session.today().isoformat())

    def _ring_demo(self, demo: NextDemo) -> None:
        if demo.starts is None or (demo.id, demo.day, demo.starts) in self._told:
            return
        begins = _instant(demo.day, demo.starts, demo.zone)
        if not timedelta(0) <= begins - self._session.now() <= LEAD:
            return
        self._told.add((demo.id, demo.day, demo.starts))
        when = self._session.language.time(demo.starts)
        hidden = self._session.context is not None and self._session.context.device.get("privacy")
        title = _("Demo") if hidden else demo.title or demo.host or _("Demo")
        place = "" if hidden else demo.place
        text = " · ".join(part for part in (_("begins at {time}").format(time=when), place) if part)
        self._bell.ring(title, text, "desk", demo.id)

    def _last_day(self) -> str:
        context = self._session.context
        return "" if context is None else str(context.device.get("reminded_on"))


class Reminding(QObject):
    """``Reminding(session, come_forward)``: the reminders of a session with the best bell there is; runs at once."""

    def __init__(self, session: Session, come_forward: Callable[[], object]) -> None:
        super().__init__(session)
        self._session = session
        self._come_forward = come_forward
        self._tray: TrayBell | None = None
        bell: Bell = ToastBell(session)
        if tray_available():
            bell = self._tray = TrayBell(app_icon(), self)
            self._tray.wanted.connect(self._go)
        self._reminders = Reminders(session, bell, self)
        self._reminders.start()

    def stop(self) -> None:
        """End the reminders and take the icon away."""
        self._reminders.stop()
        if self._tray is not None:
            self._tray.stop()
            self._tray = None
        self.deleteLater()

    def _go(self, page: str, record: UUID | None) -> None:
        self._come_forward()
        if page:
            self._session.navigation.go(page, None if record is None else str(record))


def tray_available() -> bool:
    """Say whether the system has a place for icons and shows messages."""
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


def _due_today(reader: Reader, today: date, morning: bool) -> tuple[int, list[NextDemo]]:
    """Return how many people to contact (asked once a day only) and the demos of the day and of the days beside it:
    where a demo takes place it may be another day than here.
    """
    contacts = due_week(reader, today, shown=0).today.count if morning else 0
    return contacts, next_demos(reader, today - timedelta(days=1), days=2, limit=_MOST)


def _instant(day: date, starts: time, zone: str) -> datetime:
    try:
        return datetime.combine(day, starts, ZoneInfo(zone)) if zone else datetime.combine(day, starts).astimezone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.combine(day, starts).astimezone()


def _nothing(_error: Exception) -> None:
    """A reminder that could not be read is none; whatever is wrong shows where work is done."""
