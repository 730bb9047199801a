"""What is half-typed in a sheet, kept at every pause and when the window goes; offered again when the sheet opens for the same.

For sheets whose fields are plain: words, choices, figures. ``DraftSheet`` is for forms that have more to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtWidgets import QWidget

from directsell.i18n import _
from directsell.store.errors import StoreError
from directsell.store.queries.aliases import names_erased
from directsell.ui.session import Session
from directsell.ui.widgets.fields import ChoiceField, CompletionField, ParsedField

_PAUSE_MS = 700


class Keepable(Protocol):
    """A sheet: ``is_dirty``, ``is_busy`` while its save is under way, ``edited`` and ``closed``."""

    is_busy: bool
    is_dirty: bool
    edited: SignalInstance
    closed: SignalInstance

    def isHidden(self) -> bool: ...
    def touch(self) -> None: ...


class KeptWords(QObject):
    """``KeptWords(session, sheet, name, fields, more=..., take=...)``: keeps what is typed into a sheet until it is closed.

    ``fields()`` gives the editors by name; ``more()`` plain values of what is not a field, ``take(values)`` puts them back.
    The sheet calls ``begin(subject)`` when its fields are filled and clean, before it opens: what was typed for the same
    subject the last time is put in, and the user is told. ``key`` is handed to ``session.run(draft=...)``, so that the words
    go with the commit that stores them. ``settle()`` stores what is typed now.
    """

    def __init__(
        self,
        session: Session,
        sheet: Any,
        name: str,
        fields: Callable[[], Mapping[str, QWidget]],
        *,
        more: Callable[[], Any] | None = None,
        take: Callable[[Any], None] | None = None,
    ) -> None:
        super().__init__(sheet)
        self._session = session
        self._sheet: Keepable = sheet
        self._name = name
        self._fields = fields
        self._more = more
        self._take = take
        self.key = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self._sheet.edited.connect(self._pause.start)
        self._sheet.closed.connect(self._done)

    def begin(self, subject: object, *, offer: bool = True) -> None:
        """Work on a subject (an id, or "new"); without ``offer`` what was typed before is given up."""
        self._pause.stop()
        self.key = f"{self._name}:{subject}"
        kept = self._session.drafts.load(self.key)
        if kept is None:
            return
        if not offer:
            self._done()
            return
        self._put(kept.body)
        self._sheet.touch()
        self._session.say(_("This was typed the last time and not saved yet."))

    def settle(self) -> None:
        """Store what is typed now, if anything is."""
        self._pause.stop()
        if not self.key or self._sheet.isHidden() or not self._sheet.is_dirty or self._sheet.is_busy:
            return
        if self._session.look(names_erased, self.key):
            return  # what was typed about them must not come back into the book
        body: dict[str, Any] = {"fields": {name: _plain(editor) for name, editor in self._fields().items()}}
        if self._more is not None:
            body["more"] = self._more()
        with suppress(StoreError):  # the next pause tries again; the sheet itself still has everything
            self._session.drafts.save(self.key, body)

    def _put(self, body: Mapping[str, Any]) -> None:
        typed = body.get("fields", {})
        if self._take is not None and "more" in body:
            self._take(body["more"])
        for name, editor in self._fields().items():
            if name in typed:
                _fill(editor, typed[name])

    def _done(self) -> None:
        """The sheet closed, saved or discarded."""
        self._pause.stop()
        if self.key:
            with suppress(StoreError):  # then it is offered once more
                self._session.drafts.delete(self.key)


def _id(key: str | None) -> UUID | str | None:
    """Return the id that was picked, or the words where those are what is picked."""
    try:
        return None if key is None else UUID(key)
    except ValueError:
        return key


def _plain(editor: Any) -> Any:
    """Return what stands in an editor as a plain value."""
    if isinstance(editor, ParsedField):
        return editor.text()
    value = editor.value()
    plain = str(value) if isinstance(value, str | UUID) else value
    return [plain, editor.text()] if isinstance(editor, CompletionField) else plain


def _fill(editor: Any, plain: Any) -> None:
    """Put a plain value back; a choice that is not there any more is left as it is."""
    if isinstance(editor, ParsedField):
        editor.show_unread(str(plain))
    elif isinstance(editor, CompletionField):
        key, title = plain
        editor.set_value(_id(key), title)
    elif isinstance(editor, ChoiceField):
        found = [value for value in editor.values() if (None if value is None else str(value)) == plain]
        if found:
            editor.set_value(found[0])
    else:
        editor.set_value(plain)
