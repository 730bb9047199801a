"""A form in a side sheet: save and cancel, unsaved changes, errors under their fields, Ctrl+S. No fields of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.errors import DomainError
from directsell.i18n import _
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.messages import sentence
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.fields import FormField, focus_target
from directsell.ui.widgets.hold import Hold
from directsell.ui.widgets.labels import section
from directsell.ui.widgets.sheets import SideSheet
from directsell.ui.widgets.states import Banner


class FormSheet(SideSheet):
    """``FormSheet(host, title, *, save_text="", width=520)``.

    ``field(name, label, editor, ...)`` adds a labelled editor whose errors (``DomainError.field == name``) appear below it,
    ``pair(a, b, ...)`` puts fields side by side, ``heading(text)``, ``watch(editor)``; ``is_dirty``, ``set_clean()``,
    ``touch()``; ``refuse(error)`` shows an error where it belongs; ``first_error()`` reveals a field that is wrong by itself
    and says whether there is one; ``busy(True)`` while saving; ``make_way()`` before other content is put into it.

    Signals: ``save_wanted()``; ``edited()`` after each change.
    """

    save_wanted = Signal()
    edited = Signal()

    def __init__(self, host: QWidget, title: str, *, save_text: str = "", width: int = 520) -> None:
        super().__init__(host, title, width=width)
        self.fields: dict[str, FormField] = {}
        self.is_dirty = False
        self.guard = self._may_close
        self._banner: Banner | None = None
        self._hold = Hold(self)
        self._cancel = Button(_("Cancel"), kind=Kind.QUIET, on_click=self.ask_close)
        self.save_button = Button(save_text or _("Save"), "check", kind=Kind.PRIMARY, on_click=self._save)
        self.save_button.setToolTip(QKeySequence("Ctrl+S").toString(QKeySequence.SequenceFormat.NativeText))
        self.add_action(self._cancel)
        self.add_action(self.save_button)

    # --- building

    def field(self, name: str, label: str, editor: QWidget, *, hint: str = "", required: bool = False) -> FormField:
        """Append a labelled editor and return its field."""
        made = self.make_field(name, label, editor, hint=hint, required=required)
        self.add(made)
        return made

    def make_field(
        self, name: str, label: str, editor: QWidget, *, hint: str = "", required: bool = False
    ) -> FormField:
        """Return a labelled editor that belongs to this form, to be placed by the caller."""
        made = FormField(label, editor, hint=hint, required=required)
        self.fields[name] = made
        self.watch(editor)
        return made

    def pair(self, *widgets: QWidget) -> None:
        """Append fields beside each other."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget in widgets:
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def heading(self, text: str) -> None:
        """Append the heading of a group."""
        self.body.addSpacing(8)
        self.add(section(text))

    def watch(self, editor: QObject) -> None:
        """Count changes of an editor as unsaved."""
        changed = getattr(editor, "changed", None)
        if changed is not None:
            changed.connect(self.touch)

    # --- state

    def touch(self) -> None:
        """Note an unsaved change."""
        self.is_dirty = True
        self.edited.emit()

    def set_clean(self) -> None:
        """Forget about changes and errors (after loading or saving)."""
        self.is_dirty = False
        self.busy(False)
        self._say("")
        for made in self.fields.values():
            made.set_error("")

    def busy(self, on: bool) -> None:
        """While a save is under way it cannot be asked for again, and nothing more is typed."""
        self.save_button.setEnabled(not on)
        self._hold.set(on)

    @property
    def is_busy(self) -> bool:
        """A save is under way: what is typed is in its hands, no draft is needed any more."""
        return not self.save_button.isEnabled()

    def editors(self) -> dict[str, QWidget]:
        """Return the editors by the names of their fields."""
        return {name: made.editor for name, made in self.fields.items()}

    def make_way(self) -> bool:
        """Close what is open in it, asking when something is unsaved; says whether it is free now."""
        if not self.isHidden():
            self.ask_close()
        return self.isHidden()

    def first_error(self) -> bool:
        """Reveal the first field that is wrong by itself; says whether there is one."""
        for made in self.fields.values():
            check = getattr(made.editor, "check", None)
            if callable(check):
                check()
            if made.isVisibleTo(self) and made.error():
                self._reveal(made)
                return True
        return False

    def refuse(self, error: Exception) -> None:
        """Show an error under its field, or at the top when it belongs to none; typed text stays.

        Raises:
            Exception: the error itself, when it is a bug.
        """
        self.busy(False)
        words = sentence(error)
        if words is None:
            raise error
        name = error.field if isinstance(error, DomainError) else ""
        made = self.fields.get(name)
        if made is None:
            self._say(words)
            return
        made.set_error(words)
        self._reveal(made)

    # --- Qt's side

    def event(self, event: QEvent) -> bool:
        # The page below may have the same keys for its own saving; while the sheet is open they are the sheet's.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _saves(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _saves(event):
            self._save()
            return
        super().keyPressEvent(event)

    # --- inside

    def _reveal(self, made: FormField) -> None:
        self.scroll_to(made)
        focus_target(made.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str) -> None:
        if self._banner is not None:
            self.body.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if words:
            self._banner = Banner(words, "bad")
            self.body.insertWidget(0, self._banner)
            self.scroll_to(self._banner)

    def _save(self) -> None:
        if self.save_button.isEnabled() and self.isVisible():
            self.save_wanted.emit()

    def _may_close(self) -> bool:
        if not self.is_dirty:
            return True
        answers = [_("Keep editing"), _("Discard")]
        text = _("What was typed here is not saved yet.")
        return dialogs().choose(self, _("Discard the changes?"), text, answers, tone=Tone.WARNING) == 1


def _saves(event: QKeyEvent) -> bool:
    """Whether these keys save: Ctrl+S or Ctrl+Enter."""
    control = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
    return control and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter)
