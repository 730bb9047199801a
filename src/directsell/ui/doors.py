"""The doors before a business is open: welcome, password, recovery code, restore. What happens inside is the program's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from directsell.context import BookState, Context, OpenBook
from directsell.i18n import _, active_language
from directsell.messages import sentence
from directsell.store.errors import Full, Locked, NoKey, NoKeyring, StoreError
from directsell.ui.book_jobs import Creation, Opening, Recovery, clean_logo, keyring_answers
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.languages import language_choices, use_language
from directsell.ui.tasks import Job, Lane, Tasks

if TYPE_CHECKING:
    from directsell.ui.unlock import Unlock
    from directsell.ui.welcome import Welcome, WelcomeChoice


class Doors(QObject):
    """``Doors(context, tasks, parent=None)``: ``start()`` shows the right door, or opens at once.

    Signals: ``show_wanted(object QWidget)``: put this window on the screen in place of the one before;
    ``opened(object OpenBook)``; ``given_up()``: the user wants none of it.
    """

    show_wanted = Signal(object)
    opened = Signal(object)
    given_up = Signal()

    def __init__(self, context: Context, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks = tasks
        self._welcome: Welcome | None = None
        self._unlock: Unlock | None = None

    def start(self) -> None:
        """Show welcome, unlock or restore, or open the business."""
        state = self._context.state()
        if state is BookState.NONE:
            self._show_welcome()
        elif state is BookState.LOCKED:
            self.show_unlock(locked=True)
        elif state is BookState.KEY_LOST:
            self.show_unlock(locked=False)
        elif state is BookState.LOST:
            self._offer_restore(_("The data file is gone, but there was one on this computer."))
        else:
            self._open_ready()

    def _open_ready(self) -> None:
        try:
            book = self._context.open()
        except (Locked, Full, NoKeyring) as error:  # the data is whole, and may open a moment later
            self._offer_again(error)
        except NoKey as error:  # its file or its entry in the keyring is damaged: the recovery sheet has it too
            self.show_unlock(locked=False)
            self._refused(error)
        except Exception as error:
            words = sentence(error)
            if words is None:
                raise
            self._offer_restore(words)
        else:
            self.opened.emit(book)

    def _offer_again(self, error: StoreError) -> None:
        answers, actions = [_("Try again")], [self.start]
        if isinstance(error, NoKeyring):
            answers.append(_("Recovery code"))
            actions.append(self._ask_code)
        self._ask(sentence(error) or "", [*answers, _("Quit")], [*actions, self.given_up.emit])

    def _ask_code(self) -> None:
        self.show_unlock(locked=False)

    def _ask(self, reason: str, answers: list[str], actions: Sequence[Callable[[], object]]) -> None:
        answer = dialogs().choose(None, _("The data cannot be opened"), reason, answers, tone=Tone.WARNING)
        actions[-1 if answer is None else answer]()

    def _show(self, door: QWidget) -> None:
        self._welcome = self._unlock = None
        self.show_wanted.emit(door)

    # --- the first start

    def _show_welcome(self) -> None:
        from directsell.ui.welcome import Welcome

        language = active_language()
        welcome = Welcome(
            language,
            languages=language_choices(),
            current=language.tag,
            clean_logo=clean_logo,
            home=language.tag[-2:] if "_" in language.tag else "US",
        )
        welcome.decided.connect(self._decided)
        welcome.language_wanted.connect(self._language_wanted)
        welcome.restore_wanted.connect(self.show_restore)
        self._show(welcome)
        self._welcome = welcome
        self._tasks.start(keyring_answers, done=welcome.set_keyring, owner=welcome)

    @Slot(str)
    def _language_wanted(self, tag: str) -> None:
        self._context.device.set(language=tag)
        use_language(tag)
        self._show_welcome()

    @Slot(object)
    def _decided(self, choice: WelcomeChoice) -> None:
        entry = choice.entry
        creation = Creation(
            self._context,
            choice.protection,
            choice.password,
            active_language().tag,
            business=entry.business if entry else None,
            profile=entry.profile if entry else None,
            logo=entry.logo if entry else None,
        )
        if self._welcome is not None:
            self._welcome.busy(True)
        self._tasks.start(creation, lane=Lane.WRITE, done=self.opened.emit, failed=self._not_created, owner=self)

    def _not_created(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        if self._welcome is not None:
            self._welcome.fail(words)

    # --- the key

    def show_unlock(self, *, locked: bool) -> None:
        """Ask for the password, or for the recovery code when the key is lost."""
        from directsell.ui.unlock import Unlock

        unlock = Unlock(locked=locked, waiting=self._context.keys.wait_seconds() if locked else 0)
        unlock.password_given.connect(self._try_password)
        unlock.code_given.connect(self._try_code)
        unlock.restore_wanted.connect(self.show_restore)
        self._show(unlock)
        self._unlock = unlock

    @Slot(str)
    def _try_password(self, password: str) -> None:
        self._try(Opening(self._context, password))

    @Slot(str, str)
    def _try_code(self, code: str, password: str) -> None:
        self._try(Recovery(self._context, code, password))

    def _try(self, attempt: Callable[[Job], OpenBook]) -> None:
        if self._unlock is not None:
            self._unlock.busy(True)
        self._tasks.start(attempt, lane=Lane.WRITE, done=self.opened.emit, failed=self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        if self._unlock is not None:
            self._unlock.refuse(words, self._context.keys.wait_seconds())

    # --- backups

    def _offer_restore(self, reason: str) -> None:
        answers = [_("Restore a backup…"), _("Start a new business"), _("Quit")]
        actions: list[Callable[[], object]] = [self.show_restore, self._show_welcome, self.given_up.emit]
        if self._context.state() is not BookState.LOST:
            del answers[1], actions[1]
        self._ask(reason, answers, actions)

    @Slot()
    def show_restore(self) -> None:
        """Show the window that brings a backup back; the business must be closed."""
        from directsell.ui.restore_window import RestoreWindow

        window = RestoreWindow(self._context, self._tasks)
        window.restored.connect(self.start)
        window.given_up.connect(self._restore_given_up)
        self._show(window)

    @Slot()
    def _restore_given_up(self) -> None:
        if self._context.state() in (BookState.LOST, BookState.NONE):
            self._show_welcome()
        else:
            self.start()
