"""Saving the list of refused lines from the check: asks where, writes in a worker, says how it went."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from directsell.i18n import _, ngettext
from directsell.messages import sentence
from directsell.ui.dialogs import dialogs
from directsell.ui.session import Session
from directsell.ui.widgets.import_dialog.review_step import ReviewStep
from directsell.ui.widgets.import_dialog.work import WriteList
from directsell.usecases.imports.reading import Reading


class ListSaver(QObject):
    """``ListSaver(session, step)``: ``take(path, reading, header)`` of what was read; ``save()`` asks and writes."""

    def __init__(self, session: Session, step: ReviewStep) -> None:
        super().__init__(step)
        self._session = session
        self._step = step
        self._path = Path()
        self._reading: Reading | None = None
        self._header: tuple[str, ...] = ()

    def take(self, path: Path, reading: Reading, header: tuple[str, ...]) -> None:
        """Remember what was read, and from where."""
        self._path, self._reading, self._header = path, reading, header

    def forget(self) -> None:
        """Let go of what was read."""
        self._reading = None

    def save(self) -> None:
        """Ask for a file and write the list on the screen into it."""
        reading = self._reading
        if reading is None:
            return
        filters = _("Tables ({patterns})").format(patterns="*.csv")
        suggested = self._path.with_name(_("refused lines") + ".csv")
        path = dialogs().save_file(self._step, _("Save this list"), filters, suggested=suggested)
        if path is not None:
            work = WriteList(path, self._step.findings(), reading.target, self._header)
            self._session.tasks.start(work, done=self._saved, failed=self._not_saved, owner=self)

    def _saved(self, count: int) -> None:
        words = ngettext("{count} line was written.", "{count} lines were written.", count)
        self._step.say(words.format(count=self._session.language.number(count)), "ok")

    def _not_saved(self, error: Exception) -> None:
        words = sentence(error)
        if words is None:
            raise error
        self._step.say(words)
