"""How the command line speaks: words, errors, JSON, progress, questions. It knows no commands."""

from __future__ import annotations

import getpass
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from directsell.i18n import _, active_language

DONE, REFUSED, USAGE, PARTLY, IN_USE, FOUND, BUG, INTERRUPTED = 0, 1, 2, 3, 4, 5, 70, 130
_EVERY = 0.1  # seconds between two lines of progress


class Refused(Exception):
    """A command cannot go on; the text is the sentence to print, ``status`` the exit status."""

    def __init__(self, sentence: str, status: int = REFUSED) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class Terminal:
    """The two streams of a command.

    Args:
        as_json: print one JSON object at the end instead of words; everything else goes to standard error.
        out: standard output.
        err: standard error.
        source: standard input, for questions.
    """

    def __init__(
        self,
        *,
        as_json: bool = False,
        out: TextIO | None = None,
        err: TextIO | None = None,
        source: TextIO | None = None,
    ) -> None:
        self.as_json = as_json
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self._source = source or sys.stdin
        self._shown = 0

    @property
    def asks(self) -> bool:
        """Whether somebody sits there who can answer."""
        return self._source.isatty() and self.err.isatty() and not self.as_json

    def say(self, text: str = "") -> None:
        """Print a line of the result; nothing when a program reads along."""
        if not self.as_json:
            self._clear()
            print(text, file=self.out)

    def table(self, rows: Sequence[tuple[str, str]]) -> None:
        """Print pairs of a name and a value, the values below each other."""
        width = max((len(name) for name, _value in rows), default=0)
        for name, value in rows:
            self.say(f"  {name:<{width}}  {value}".rstrip())

    def note(self, text: str) -> None:
        """Print a line to standard error."""
        self._clear()
        print(text, file=self.err)

    def error(self, sentence: str) -> None:
        """Print why something did not work."""
        self.note(f"directsell: {sentence}")

    def result(self, value: dict[str, Any]) -> None:
        """Print the object that a program reads, if one does."""
        if self.as_json:
            self._clear()
            print(json.dumps(value, ensure_ascii=False), file=self.out)

    def confirm(self, question: str) -> bool:
        """Ask a question that a word of consent answers; no answer is a no."""
        self._clear()
        yes = _("y")
        self.err.write(_("{question} [{yes}/{no}] ").format(question=question, yes=yes, no=_("n").upper()))
        self.err.flush()
        answer = self._source.readline().strip().casefold()
        return bool(answer) and answer[0] in (yes.casefold(), "y")

    def secret(self, prompt: str) -> str:
        """Ask for something that must not be seen."""
        self._clear()
        return getpass.getpass(f"{prompt}: ", stream=self.err)

    def progress(self, words: str) -> Callable[[int, int], None]:
        """Return what shows how far something is: one line on a terminal, nothing in a script."""
        if not self.err.isatty():
            return lambda done, total: None
        last = 0.0

        def show(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if done < total and now - last < _EVERY:
                return
            last = now
            share = active_language().number(100 * done // total if total else 100)
            text = _("{words} {percent} %").format(words=words, percent=share)
            self.err.write("\r" + text.ljust(self._shown))
            self.err.flush()
            self._shown = len(text)

        return show

    def _clear(self) -> None:
        if self._shown:
            self.err.write("\r" + " " * self._shown + "\r")
            self.err.flush()
            self._shown = 0
