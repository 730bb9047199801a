"""A form in a side sheet whose half-typed words survive a power cut: kept at every pause, dropped when it is saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.records import Record
from directsell.store.errors import StoreError
from directsell.store.queries.aliases import names_erased
from directsell.store.work import Work
from directsell.ui.session import Session
from directsell.ui.widgets.form_sheet import FormSheet

P = ParamSpec("P")
_PAUSE_MS = 700


class DraftSheet(FormSheet):
    """``DraftSheet(session, host, title, *, draft="person:", save_text="", width=560)``; ``settle()`` stores what is half-typed.

    A page's form says in ``state()`` what is typed, as plain values, calls ``begin(id | None)`` before it fills itself,
    ``kept()`` for the words of the last time, and ``store(verb, ..., said=...)`` to save. Signal: ``saved(object id)``.
    """

    saved = Signal(object)

    def __init__(
        self, session: Session, host: QWidget, title: str, *, draft: str, save_text: str = "", width: int = 560
    ) -> None:
        super().__init__(host, title, save_text=save_text, width=width)
        self._session = session
        self._draft = draft
        self._id = session.new_id()
        self._new = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.edited.connect(self._pause.start)
        self.closed.connect(self._given_up)

    def state(self) -> dict[str, Any]:
        """Return everything typed as plain values."""
        raise NotImplementedError

    def begin(self, known: UUID | None) -> None:
        """Work on a stored record, or on a new one."""
        self._new = known is None
        self._id = known or self._session.new_id()

    def kept(self) -> dict[str, Any] | None:
        """Return what was typed the last time and never saved, or None."""
        draft = self._session.drafts.load(self._draft_key())
        return None if draft is None else dict(draft.body)

    def is_worth_keeping(self) -> bool:
        """Say whether something was typed that a power cut must not take."""
        return self.is_dirty

    def settle(self) -> None:
        """Store what is half-typed."""
        self._pause.stop()
        if self.isHidden() or not self.is_worth_keeping() or self.is_busy:
            return
        if self._session.look(names_erased, self._draft_key()):
            return  # what was typed about them must not come back into the book
        with suppress(StoreError):  # the next pause tries again; the form itself still has everything
            self._session.drafts.save(self._draft_key(), self.state())

    def set_clean(self) -> None:
        super().set_clean()
        self._pause.stop()

    def store(self, verb: Callable[Concatenate[Work, P], Record], *args: Any, said: str, **kwargs: Any) -> None:
        """Save through a use-case, which drops the draft in the same commit; a refusal stays in the form."""
        self.settle()
        self.busy(True)
        draft = self._draft_key()
        self._session.run(self, verb, *args, done=self._saved, failed=self.refuse, said=said, draft=draft, **kwargs)

    def _draft_key(self) -> str:
        return f"{self._draft}{'new' if self._new else self._id}"

    def _saved(self, record: Record) -> None:
        self.set_clean()
        self.close_sheet()
        self.saved.emit(record.id)

    def _given_up(self) -> None:
        """The sheet closed, saved or discarded: its draft is of no use any more."""
        self._pause.stop()
        with suppress(StoreError):  # then it is offered once more
            self._session.drafts.delete(self._draft_key())
