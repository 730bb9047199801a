"""The book of a command: the folder held, the password asked for, opened, closed. Nothing is done with it here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from directsell.cli.terminal import IN_USE, Refused, Terminal
from directsell.context import BookState, Context, OpenBook
from directsell.i18n import _
from directsell.messages import note_text, sentence
from directsell.store.errors import NoKeyring, WrongPassword
from directsell.store.instance import AlreadyRunning, HeldElsewhere
from directsell.store.keys import KeyMode

PASSWORD = "DIRECTSELL_PASSWORD"
NEW_PASSWORD = "DIRECTSELL_NEW_PASSWORD"
RECOVERY_CODE = "DIRECTSELL_RECOVERY_CODE"
_TRIES = 3


@contextmanager
def held(context: Context, *, take_over: bool = False) -> Iterator[None]:
    """Hold the data folder, so that no window works in it meanwhile.

    Raises:
        Refused: the window, another command or another computer has it.
        StoreError: the folder cannot be made or written.
    """
    try:
        lock = context.hold(take_over=take_over)
    except AlreadyRunning as error:
        words = _("DirectSell is open with this data. Close the window (or wait for the other command) and try again.")
        raise Refused(words, IN_USE) from error
    except HeldElsewhere as error:
        words = _("{reason} Say --take-over when it does not work there any more.").format(reason=sentence(error))
        raise Refused(words, IN_USE) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def opened(context: Context, terminal: Terminal, *, take_over: bool = False) -> Iterator[OpenBook]:
    """Hold the folder and open the book in it; it is closed afterwards, whatever happens.

    Raises:
        Refused: there is none, or it is in use.
        StoreError: it cannot be opened.
    """
    with held(context, take_over=take_over):
        book = _open(context, terminal)
        try:
            for note in book.notes:
                terminal.note(note_text(note.code, note.params))
            yield book
        finally:
            book.close()


def _open(context: Context, terminal: Terminal) -> OpenBook:
    state = context.state()
    if state is BookState.READY:
        return context.open()
    if state is BookState.LOCKED:
        return _unlocked(context, terminal)
    if state is BookState.NONE:
        words = _("There is no business in {folder}. Make one with “directsell new”, or look around in a sample.")
        raise Refused(words.format(folder=context.folders.data))
    if state is BookState.KEY_LOST:
        raise Refused(_("The key of the data is lost. Open the program and type the code of the recovery sheet."))
    raise Refused(_("The data file is gone. Restore a backup with “directsell restore”."))


def _unlocked(context: Context, terminal: Terminal) -> OpenBook:
    given = os.environ.get(PASSWORD)
    if given is not None:
        return context.open(given)
    if not terminal.asks:
        raise Refused(_("The data is locked. Put the password into the variable {name}.").format(name=PASSWORD))
    for tries_left in reversed(range(_TRIES)):
        try:
            return context.open(terminal.secret(_("Password")))
        except WrongPassword as error:
            if not tries_left:
                raise
            terminal.error(sentence(error) or "")
    raise AssertionError("the last try returned or raised")


def password(context: Context, terminal: Terminal) -> str:
    """Return the password of the present book, "" where there is none to ask for."""
    if context.state() is not BookState.LOCKED:
        return ""
    given = os.environ.get(PASSWORD)
    if given is None and not terminal.asks:
        raise Refused(_("The data is locked. Put the password into the variable {name}.").format(name=PASSWORD))
    return terminal.secret(_("Password")) if given is None else given


def new_password(terminal: Terminal) -> str:
    """Return a password to protect a new book with, typed twice or given by the environment.

    Raises:
        Refused: there is none, or the two differ.
    """
    given = os.environ.get(NEW_PASSWORD)
    if given is None and terminal.asks:
        given = terminal.secret(_("New password"))
        if given != terminal.secret(_("The same again")):
            raise Refused(_("The two passwords are not the same."))
    if not given:
        raise Refused(_("Put the new password into the variable {name}.").format(name=NEW_PASSWORD))
    return given


def create(context: Context, terminal: Terminal, mode: str) -> OpenBook:
    """Make an empty book; the folder must be held.

    Args:
        context: where.
        terminal: for a new password.
        mode: a KeyMode value, or "" for the system's keyring, and a key file where there is none.

    Raises:
        Refused: there is a business already.
        StoreError: it cannot be made.
    """
    if context.state() is not BookState.NONE:
        words = _("There is a business in {folder} already. Name another folder: directsell --data FOLDER …")
        raise Refused(words.format(folder=context.folders.data))
    if mode == KeyMode.PASSWORD:
        return context.create(KeyMode.PASSWORD, new_password(terminal))
    if mode:
        return context.create(KeyMode(mode))
    try:
        return context.create(KeyMode.KEYRING)
    except NoKeyring:
        return context.create(KeyMode.FILE)
