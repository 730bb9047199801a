"""The main window: navigation, one page at a time, search, undo bar. It knows pages by key only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QMainWindow, QPlainTextEdit, QStackedWidget, QWidget

from directsell.context import Note
from directsell.i18n import N_, _
from directsell.messages import note_text
from directsell.store.changes import ChangeSet
from directsell.store.queries.seller import Seller, seller
from directsell.store.queries.today import badges
from directsell.ui.navigation import Route
from directsell.ui.session import Command, Session
from directsell.ui.theme import SchemeChoice, app_icon, theme
from directsell.ui.widgets.exchange_commands import exchange_commands
from directsell.ui.widgets.nav_bar import NavBar
from directsell.ui.widgets.states import ToastBar

if TYPE_CHECKING:
    from directsell.ui.widgets.search_popup import SearchPopup


class ShellPage(Protocol):
    """What the window needs of a page; every page is a QWidget besides."""

    def show_route(self, route: Route) -> None:
        """Show a record or start a new one."""

    def data_changed(self, changes: ChangeSet) -> None:
        """Refresh what a commit touched."""

    def commands(self) -> Sequence[Command]:
        """What can be done here."""

    def settle(self) -> None:
        """Store half-typed things; the window closes or locks."""


PageFactory = Callable[[Session, QWidget], QWidget]
# Key, name, icon, key of the keyboard. Settings and history stand at the bottom.
PAGES = (
    ("today", N_("Today"), "sun", "Ctrl+1"),
    ("people", N_("People"), "users", "Ctrl+2"),
    ("pipeline", N_("Pipeline"), "kanban", "Ctrl+3"),
    ("demos", N_("Demos"), "party-popper", "Ctrl+4"),
    ("orders", N_("Orders"), "shopping-bag", "Ctrl+5"),
    ("products", N_("Products"), "package", "Ctrl+6"),
    ("marketing", N_("Marketing"), "megaphone", "Ctrl+7"),
    ("documents", N_("Documents"), "file-text", "Ctrl+8"),
)
BOTTOM = (
    ("history", N_("History"), "history", "Ctrl+9"),
    ("settings", N_("Settings"), "settings", "Ctrl+0"),
)
# Pages that take the whole window; they have their own way back.
FULL_SCREEN = ("desk",)
_BADGES_AFTER_MS = 150
_SIZE = QSize(1320, 800)
_FRAME = QSize(16, 48)  # what a title bar and borders take at most


class Shell(QMainWindow):
    """``Shell(session, factories)``: the window of one open business.

    Args:
        session: data and voice.
        factories: page key -> how the page is made; called at the first visit.

    Signals: ``lock_wanted()``, ``restart_wanted()`` (another language or currency), ``closed()``.
    """

    lock_wanted = Signal()
    restart_wanted = Signal()
    closed = Signal()

    def __init__(self, session: Session, factories: dict[str, PageFactory]) -> None:
        super().__init__()
        self.session = session
        self._factories = factories
        self._pages: dict[str, QWidget] = {}
        self.setWindowTitle("DirectSell")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(640, 420)
        room = self.screen().availableSize() - _FRAME
        self.resize(_SIZE.boundedTo(room))
        self.nav = NavBar()
        for key, name, icon, _keys in PAGES:
            self.nav.add(key, _(name), icon)
        self.nav.add_bottom("scheme", _("Dark mode"), "moon")
        for key, name, icon, _keys in BOTTOM:
            self.nav.add_bottom(key, _(name), icon, checkable=True)
        self.nav.set_user("DirectSell", "")
        self.stack = QStackedWidget()
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.nav)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(content)
        self.toast = ToastBar(content)
        self._content = content
        self._search: SearchPopup | None = None
        self._leaving = False
        self._currency = ""
        self._badge_timer = QTimer(self)
        self._badge_timer.setSingleShot(True)
        self._badge_timer.setInterval(_BADGES_AFTER_MS)
        self._badge_timer.timeout.connect(self._read_badges)
        self._page_actions: list[QAction] = []
        self._page_keys: list[tuple[str, str, Callable[[], object]]] = []
        self._add_shell_actions()
        self._connect()
        self.show_backup_state()
        self.refresh_badges()

    def _connect(self) -> None:
        self.nav.chosen.connect(self._chosen)
        self.session.navigation.changed.connect(self._show_route)
        self.session.changed.connect(self._data_changed)
        self.session.said.connect(self._said)
        self.session.complained.connect(self._complained)
        self.session.restart_wanted.connect(self.restart_wanted)
        theme().changed.connect(self._scheme_changed)
        self._scheme_changed()

    @property
    def search(self) -> SearchPopup:
        """The search box over the window, made when it is first opened."""
        if self._search is None:
            from directsell.ui.widgets.search_popup import SearchPopup

            self._search = SearchPopup(self.session, self.all_commands, self._content)
        return self._search

    def _open_search(self) -> None:
        self.search.open()

    # --- pages

    def page(self, key: str) -> QWidget:
        """Return a page, made at the first visit."""
        page = self._pages.get(key)
        if page is None:
            page = self._factories[key](self.session, self.stack)
            self._pages[key] = page
            self.stack.addWidget(page)
        return page

    def current_page(self) -> QWidget | None:
        """Return the page that shows."""
        return self.stack.currentWidget()

    def _show_route(self, route: Route) -> None:
        if route.page not in self._factories:
            return
        page = self.page(route.page)
        held: QWidget | None = self.focusWidget()
        if held is not None and page is not self.current_page() and self.stack.isAncestorOf(held):
            self.stack.setFocus()  # hidden with the page before, Qt would hand the keys on, with a ring
        self.stack.setCurrentWidget(page)
        self.nav.set_current(route.page)
        self.nav.setVisible(route.page not in FULL_SCREEN)
        self.toast.set_on_top(route.page in FULL_SCREEN)  # its buttons are at the bottom
        page.show_route(route)  # type: ignore[attr-defined]  # ShellPage
        self._take_page_shortcuts()

    def _chosen(self, key: str) -> None:
        if key == "scheme":
            self._toggle_scheme()
        elif key == "user":
            self.session.navigation.go("settings")
        else:
            self.session.navigation.go(key)

    # --- commands and keys

    def commands(self) -> list[Command]:
        """Return what can be done from anywhere."""
        go = self.session.navigation.go
        places = [
            Command(_(name), _Going(go, key), icon, keys, words=_("Go to"))
            for key, name, icon, keys in (*PAGES, *BOTTOM)
        ]
        return [
            *places,
            Command(_("Follow-up programmes"), _Going(go, "follow_up_programmes"), "list-checks", words=_("Go to")),
            Command(_("Search"), self._open_search, "search", "Ctrl+K"),
            Command(_("Undo"), self._undo, "undo-2", "Ctrl+Z"),
            Command(_("Redo"), self._redo, "redo-2", "Ctrl+Shift+Z"),
            Command(_("Back"), self.session.navigation.back, "arrow-left", "Alt+Left"),
            Command(_("Forward"), self.session.navigation.forward, "arrow-right", "Alt+Right"),
            Command(_("Switch between light and dark"), self._toggle_scheme, "moon"),
            *exchange_commands(self.session, self),
            Command(_("Lock"), self.lock_wanted.emit, "lock", "Ctrl+L"),
            Command(_("Keyboard shortcuts"), self._show_shortcuts, "command", "F1"),
        ]

    def all_commands(self) -> list[Command]:
        """Return the commands of the window and of the page that shows."""
        return [*self._page_commands(), *self.commands()]

    def _page_commands(self) -> list[Command]:
        page = self.current_page()
        return [] if page is None else list(page.commands())  # type: ignore[attr-defined]  # ShellPage

    def _add_shell_actions(self) -> None:
        for command in self.commands():
            if command.shortcut:
                self.addAction(self._action(command))

    def _take_page_shortcuts(self) -> None:
        commands = [command for command in self._page_commands() if command.shortcut]
        keys = [(command.shortcut, command.text, command.run) for command in commands]
        if keys == self._page_keys:
            return
        for action in self._page_actions:
            self.removeAction(action)
            action.deleteLater()
        self._page_keys = keys
        self._page_actions = [self._action(command) for command in commands]
        self.addActions(self._page_actions)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(_Trigger(command.run, action))
        return action

    def _undo(self) -> None:
        step = getattr(self.current_page(), "undo_step", None)  # what is typed on a page but not stored yet
        if not self._undo_typing("undo") and not (step is not None and step()):
            self.session.undo()

    def _redo(self) -> None:
        if not self._undo_typing("redo"):
            self.session.redo()

    def _undo_typing(self, step: str) -> bool:
        """Let a text field in which something was typed take the step; says whether it did."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and not field.isReadOnly():
            possible = field.isUndoAvailable() if step == "undo" else field.isRedoAvailable()
        elif isinstance(field, QPlainTextEdit) and not field.isReadOnly():
            document = field.document()
            possible = document.isUndoAvailable() if step == "undo" else document.isRedoAvailable()
        else:
            return False
        if possible:
            getattr(field, step)()
        return possible

    def _show_shortcuts(self) -> None:
        from directsell.ui.widgets.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self.all_commands(), self).exec()

    # --- voice

    def _said(self, text: str, undoable: bool) -> None:
        if undoable:
            self.toast.say(text, _("Undo"), self.session.undo)
        else:
            self.toast.say(text)

    def _complained(self, text: str) -> None:
        self.toast.say(text, seconds=12.0)

    def show_backup_state(self) -> None:
        """Say at the foot of the navigation whose business this is and when the last backup was made."""
        self.session.read(self, seller, done=self._show_business_state)

    def _show_business_state(self, owner: Seller) -> None:
        if self._currency not in ("", owner.currency) and not self._leaving:
            self.session.restart_wanted.emit()  # every open page reads and writes amounts in the currency of before
        self._currency = owner.currency
        name = owner.name or "DirectSell"
        context = self.session.context
        backups = context.backups() if context is not None else ()
        if not backups:
            self.nav.set_user(name, _("No backup yet"), "warn")
            return
        made = backups[0].made_at
        language, today = self.session.language, self.session.today()
        local = made.astimezone()
        when = language.time(local) if local.date() == today else language.relative_day(local.date(), today)
        self.nav.set_user(name, _("Backup: {when}").format(when=when))

    def show_backup_trouble(self, words: str) -> None:
        """Say that the backup that was due could not be made."""
        self.nav.set_user(self.nav.user_name(), _("Backup failed"), "bad")
        self.toast.say(_("The backup could not be made: {reason}").format(reason=words), seconds=12.0)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Tell what was found while opening (data older than before, a clock set back, a synced folder)."""
        texts = [note_text(note.code, note.params) for note in notes]
        if texts:
            self.toast.say("  ".join(texts), seconds=20.0)

    # --- data and looks

    def _data_changed(self, changes: ChangeSet) -> None:
        for page in self._pages.values():
            page.data_changed(changes)  # type: ignore[attr-defined]  # ShellPage
        self._take_page_shortcuts()
        self.refresh_badges()
        if changes.touches("setting"):
            self.show_backup_state()

    def refresh_badges(self) -> None:
        """Count what is due, a moment from now."""
        if not self._leaving:
            self._badge_timer.start()

    def _read_badges(self) -> None:
        self.session.read(self, badges, self.session.today(), done=self._show_badges)

    def _show_badges(self, counts: dict[str, int]) -> None:
        for key, count in counts.items():
            self.nav.set_badge(key, count)

    def _toggle_scheme(self) -> None:
        dark = theme().scheme.value == "dark"
        theme().set_choice(SchemeChoice.LIGHT if dark else SchemeChoice.DARK)

    def _scheme_changed(self) -> None:
        dark = theme().scheme.value == "dark"
        self.nav.item("scheme").set_caption(_("Light mode") if dark else _("Dark mode"), "sun" if dark else "moon")

    # --- Qt's side

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # A page may have read its record since: what its keys do is asked at the key, not at the last change.
            self._take_page_shortcuts()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.nav.adapt(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh_badges()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settle()
        self.closed.emit()
        super().closeEvent(event)

    def settle(self) -> None:
        """Let every page store what is half-typed, and ask nothing any more: what follows may close the book."""
        from directsell.ui.widgets.kept_words import KeptWords  # not before the first paint

        self._leaving = True
        self._badge_timer.stop()
        for page in self._pages.values():
            page.settle()  # type: ignore[attr-defined]  # ShellPage
        for kept in self.findChildren(KeptWords):
            kept.settle()

    def geometry_text(self) -> str:
        """Return the place and size of the window for the device settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_geometry_text(self, text: str) -> None:
        """Take up the place and size of the last time."""
        if text:
            self.restoreGeometry(QByteArray.fromBase64(text.encode("ascii")))


class _Going:
    """Goes to a page; a callable that holds no window."""

    def __init__(self, go: Callable[[str], object], key: str) -> None:
        self._go = go
        self._key = key

    def __call__(self) -> None:
        self._go(self._key)


class _Trigger(QObject):
    """Runs a command when its action is triggered; lives as long as the action."""

    def __init__(self, run: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._run = run

    def __call__(self, _checked: bool = False) -> None:
        self._run()
