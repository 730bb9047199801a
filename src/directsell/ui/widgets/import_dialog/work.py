"""What the import does in workers: recognise a file, read it whole, write the list of refused lines. No widgets."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directsell.app import App
from directsell.exchange.errors import Finding
from directsell.exchange.formats import BadRow, Progress, Row
from directsell.exchange.headers import Target
from directsell.exchange.mapping import Mapping
from directsell.exchange.suggestions import Question, inspect_styles, suggest
from directsell.exchange.tables import Table, file_kind, open_table
from directsell.messages import sentence_of
from directsell.ui.tasks import Job
from directsell.usecases.imports.agreed import Sums
from directsell.usecases.imports.memory import remembered_mapping
from directsell.usecases.imports.reading import NOT_KEPT, Reading, read_cards, read_table
from directsell.usecases.imports.rejects import write_rejects

PREVIEWED = 40
_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user changed about how a file is written; None or "" leaves it to the recognition."""

    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table file with a mapping to start from.

    Attributes:
        table: the file.
        mapping: suggested, or the one that was used last for such a file.
        confidence: per column, 0 to 1; 1 for a remembered mapping.
        questions: what only the user can answer.
        sample: rows to judge by.
        preview: first rows, good and bad.
        remembered: whether the mapping was used before.
    """

    table: Table
    mapping: Mapping
    confidence: dict[int, float]
    questions: tuple[Question, ...]
    sample: tuple[Row, ...]
    preview: tuple[Row | BadRow, ...]
    remembered: bool


class Recognise:
    """Recognises a file; the result is None for vCards of people, which need no mapping.

    Args:
        app: the book, for remembered mappings.
        target: what the file shall become.
        path: the file.
        choices: what the user said about it.
    """

    def __init__(self, app: App, target: Target, path: Path, choices: Choices) -> None:
        self._app = app
        self._target: Target = target
        self._path = path
        self._choices = choices

    def __call__(self, job: Job) -> Recognised | None:
        if self._target == "people" and file_kind(self._path) == "vcard":
            return None
        chosen = self._choices
        table = open_table(
            self._path,
            encoding=chosen.encoding or None,
            delimiter=chosen.delimiter or None,
            header_line=chosen.header_line,
            sheet=chosen.sheet or None,
        )
        job.check()
        sample = table.sample(_SAMPLE)
        job.check()
        suggestion = suggest(self._target, table, sample)
        mapping, confidence, questions = suggestion.mapping, suggestion.confidence, suggestion.questions
        known = self._app.read(remembered_mapping, self._target, table.header, table.columns)
        if known is not None:
            mapping, questions = inspect_styles(known, table, sample)
            confidence = {item.column: 1.0 for item in mapping.assignments}
        for item in mapping.assignments:
            if item.field in NOT_KEPT[self._target]:
                mapping = mapping.without(item.column)
        questions = tuple(question for question in questions if question.field not in NOT_KEPT[self._target])
        preview = table.preview(PREVIEWED)
        return Recognised(table, mapping, confidence, questions, sample, preview, known is not None)


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that was read whole, with its sums (adding up hundreds of thousands of lines is work, too)."""

    reading: Reading
    sums: tuple[Sums, ...]


class Read:
    """Reads a whole file, sales, people or products; ``recognised`` is None for vCards."""

    def __init__(self, path: Path, recognised: Recognised | None, mapping: Mapping, currency: str, today: date) -> None:
        self._path = path
        self._recognised = recognised
        self._mapping = mapping
        self._currency = currency
        self._today = today

    def __call__(self, job: Job) -> Whole:
        reading = self._read(job, _Aside(job))
        return Whole(reading, reading.sums())

    def _read(self, job: Job, progress: Progress) -> Reading:
        if self._recognised is None:
            return read_cards(self._path, progress=progress, cancelled=job.is_cancelled)
        return read_table(
            self._recognised.table,
            self._mapping,
            currency=self._currency,
            today=self._today,
            progress=progress,
            cancelled=job.is_cancelled,
        )


class _Aside:
    """Reports progress, and puts what was read so far out of the garbage collector's way.

    A collection runs in the GUI thread and looks at every object: a million lines would stop the window for a second.
    ``let_go`` gives them back when the import is over.
    """

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, done: int, total: int) -> None:
        gc.freeze()
        self._job.progress(done, total)


def let_go() -> None:
    """Let the garbage collector look at everything again."""
    gc.unfreeze()


class Write:
    """Writes what was read into the book, in one transaction."""

    def __init__(self, app: App, reading: Reading) -> None:
        self._app = app
        self._reading = reading

    def __call__(self, job: Job) -> object:
        verb, args, kwargs = self._reading.verb()
        return self._app.run(verb, *args, progress=job.progress, cancelled=job.is_cancelled, **kwargs)


class TakeBack:
    """Undoes the newest step, which is the import."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, job: Job) -> object:
        return self._app.undo()


class WriteList:
    """Writes refused lines as a file."""

    def __init__(self, path: Path, findings: tuple[Finding, ...], target: Target, header: tuple[str, ...]) -> None:
        self._path = path
        self._findings = findings
        self._target: Target = target
        self._header = header

    def __call__(self, job: Job) -> int:
        return write_rejects(self._path, self._findings, self._target, self._header, sentence_of)
