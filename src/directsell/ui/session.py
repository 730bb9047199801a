"""What every page is given: the data, work off the GUI thread, the language, and a voice. No widgets of its own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from directsell.app import App
from directsell.context import Context, OpenBook
from directsell.domain.clock import Clock
from directsell.domain.ids import IdSource
from directsell.i18n import Language, _
from directsell.store.drafts import Drafts
from directsell.ui.bridge import Bridge
from directsell.ui.messages import sentence
from directsell.ui.navigation import Navigation
from directsell.ui.tasks import Job, Lane, Tasks

if TYPE_CHECKING:
    from directsell.store.reader import Reader
    from directsell.store.work import Work

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do by name (search box) or key. ``text`` is translated, ``run`` takes nothing."""

    text: str
    run: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """Carries a query into a worker."""

    app: App
    query: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __call__(self, job: Job) -> Any:
        with self.app.store.read(job.is_cancelled) as reader:
            return self.query(reader, *self.args, **self.kwargs)


@dataclass(frozen=True, slots=True)
class _Run:
    """Carries a use-case into the writer lane."""

    app: App
    usecase: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    draft: str = ""

    def __call__(self, job: Job) -> Any:
        verb = _finishing(self.usecase, self.draft) if self.draft else self.usecase
        return self.app.run(verb, *self.args, **self.kwargs)


def _finishing(usecase: Callable[..., R], draft: str) -> Callable[..., R]:
    """Return a use-case that also drops its draft, in the same transaction."""

    @functools.wraps(usecase)  # its label and policy too
    def finish(work: Work, *args: Any, **kwargs: Any) -> R:
        result = usecase(work, *args, **kwargs)
        work.forget_draft(draft)
        return result

    return finish


class Session(QObject):
    """One open business in one window.

    Attributes:
        app, tasks, navigation, bridge, language, clock, ids: what the names say.
        drafts: half-typed forms, kept in the encrypted database.
        context, book: folders, device settings, keys and backups; None in tests that need none of them.

    Signals:
        changed(object ChangeSet): something was committed, here or elsewhere; pages refresh what it touches.
        said(str text, bool undoable): a short message for the bar at the bottom.
        complained(str sentence): an error that belongs to no field.
        device_changed(): a setting of this device was changed; restart_wanted(): show the window anew (another language
        or currency);
        restore_wanted(): close the business and bring a backup back.
    """

    changed = Signal(object)
    said = Signal(str, bool)
    complained = Signal(str)
    device_changed = Signal()
    restart_wanted = Signal()
    restore_wanted = Signal()

    def __init__(
        self,
        app: App,
        *,
        tasks: Tasks,
        navigation: Navigation,
        language: Language,
        clock: Clock,
        ids: IdSource,
        context: Context | None = None,
        book: OpenBook | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.book = book
        self.drafts = book.drafts if book is not None else Drafts(app.store)
        self.app = app
        self.tasks = tasks
        self.navigation = navigation
        self.language = language
        self.clock = clock
        self.ids = ids
        self._closed = False
        self.bridge = Bridge(app, self)
        self.bridge.changed.connect(self.changed)

    def new_id(self) -> UUID:
        """Return a new id for a record that a form is about to save."""
        return self.ids.new()

    def today(self) -> date:
        """Return the calendar day."""
        return self.clock.today()

    def now(self) -> datetime:
        """Return the instant (UTC)."""
        return self.clock.now()

    def look(self, query: Callable[Concatenate[Reader, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a quick query (under some milliseconds) at once, in the GUI thread."""
        return self.app.read(query, *args, **kwargs)

    def read(
        self,
        owner: QObject,
        query: Callable[..., R],
        *args: Any,
        done: Callable[[R], object],
        failed: Callable[[Exception], object] | None = None,
        **kwargs: Any,
    ) -> Job:
        """Answer a longer query in a worker; ``done`` runs in the GUI thread unless ``owner`` is gone by then.

        A clock of the window that strikes after its end (a search that waited for a pause) asks in vain.
        """
        if self._closed:
            return Job.cancelled_one()
        return self.tasks.start(
            _Read(self.app, query, args, kwargs), done=done, failed=failed or self.complain, owner=owner
        )

    def run(
        self,
        owner: QObject,
        usecase: Callable[Concatenate[Work, P], R],
        /,
        *args: Any,
        done: Callable[[R], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        said: str = "",
        draft: str = "",
        **kwargs: Any,
    ) -> Job:
        """Run a use-case in the writer lane.

        Args:
            owner: the page or form; callbacks are dropped when it is gone (the save still happens).
            usecase: the verb, called as ``usecase(work, *args, **kwargs)``.
            *args: for the verb.
            done: gets the result in the GUI thread.
            failed: gets a DomainError or StoreError; without it the sentence is shown at the bottom.
            said: what to say afterwards, e.g. ``_("Order saved")``; the bar then offers to undo.
            draft: key of the draft that this finishes; it goes with the same commit, so that a form that was saved is
                never offered again, whatever ends the program.
            **kwargs: for the verb.
        """
        after = _After(self, done, said)
        return self.tasks.start(
            _Run(self.app, usecase, args, kwargs, draft),
            lane=Lane.WRITE,
            done=after.deliver,
            failed=failed or self.complain,
            owner=owner,
        )

    def undo(self) -> None:
        """Take back the last step."""
        self._step(self.app.undo, _("Undone: {step}"), _("There is nothing left to take back."))

    def redo(self) -> None:
        """Do the last undone step again."""
        self._step(self.app.redo, _("Done again: {step}"), _("There is nothing to do again."))

    def _step(self, action: Callable[[], Any], words: str, nothing: str) -> None:
        after = _Stepped(self, words, nothing)
        self.tasks.start(lambda job: action(), lane=Lane.WRITE, done=after.deliver, failed=self.complain, owner=self)

    def say(self, text: str, *, undoable: bool = False) -> None:
        """Show a short message at the bottom."""
        self.said.emit(text, undoable)

    def complain(self, error: Exception) -> None:
        """Show the sentence of an expected error; anything else is a bug and goes to the crash window."""
        text = sentence(error)
        if text is None:
            raise error
        self.complained.emit(text)

    @property
    def is_open(self) -> bool:
        """Whether the book may still be asked; a clock of the window may strike after its end."""
        return not self._closed

    def close(self) -> None:
        """Stop listening to the store, and asking it."""
        self._closed = True
        self.bridge.close()


@dataclass(frozen=True, slots=True)
class _After:
    session: Session
    done: Callable[[Any], object] | None
    said: str

    def deliver(self, result: Any) -> None:
        if self.done is not None:
            self.done(result)
        if self.said:
            self.session.say(self.said, undoable=self.session.app.undo_step is not None)


@dataclass(frozen=True, slots=True)
class _Stepped:
    session: Session
    words: str
    nothing: str

    def deliver(self, step: Any) -> None:
        if step is None:
            self.session.say(self.nothing)
        else:
            self.session.say(self.words.format(step=label_text(step.label, step.params)))


def label_text(label: str, params: Mapping[str, Any]) -> str:
    """Return the translated label of a step with what it is about; unknown placeholders vanish."""
    return " ".join(_(label).format_map(_Blank(params)).split())


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
