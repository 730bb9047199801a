"""``directsell export``: one table to a file or to standard output, or all of them into a folder."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from directsell.cli.books import opened
from directsell.cli.options import DECIMAL_WORDS
from directsell.cli.terminal import DONE, USAGE, Refused, Terminal
from directsell.context import Context
from directsell.exchange.files import translated_errors
from directsell.i18n import _, active_language
from directsell.usecases.export_columns import SUBJECTS, SUFFIXES, FileFormat, Subject
from directsell.usecases.exports import export_file


def run(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Write what was asked for; standard output gets a table whole or not at all."""
    form: FileFormat = options.format
    subjects: list[Subject] = list(SUBJECTS) if options.subject == "all" else [options.subject]
    if form == "vcard" and subjects != ["people"]:
        raise Refused(_("Only people can be written as vCard."), USAGE)
    to_stream = options.out is None and options.subject != "all" and form != "xlsx"
    if to_stream and terminal.as_json:
        raise Refused(_("Say --out FILE together with --json: the table would stand in the way of its object."), USAGE)
    written = []
    with opened(context, terminal, take_over=options.take_over) as book, tempfile.TemporaryDirectory() as spare:
        for subject in subjects:
            path = Path(spare) / "table" if to_stream else _path(options, subject, form)
            with book.app.store.read() as reader:
                rows = export_file(
                    reader,
                    subject,
                    form,
                    path,
                    day=context.clock.today(),
                    decimal_comma=DECIMAL_WORDS[options.decimal] == ",",
                    overwrite=not options.no_overwrite,
                    progress=terminal.progress(_("Exporting")),
                )
            if to_stream:
                _pour(path, terminal)
                continue
            written.append({"subject": subject, "file": str(path), "rows": rows})
            words = _("{what}: {rows} rows in {file}")
            what = _(SUBJECTS[subject])
            terminal.say(words.format(what=what, rows=active_language().number(rows), file=path))
    if not to_stream:
        terminal.result({"command": "export", "files": written})
    return DONE


def _path(options: argparse.Namespace, subject: Subject, form: FileFormat) -> Path:
    name = f"{subject}{SUFFIXES[form]}"
    out: Path | None = options.out
    if options.subject == "all":
        folder = out or Path()
        with translated_errors(folder, "file.unwritable"):
            folder.mkdir(parents=True, exist_ok=True)
        return folder / name
    if out is None:
        return Path(name)
    return out / name if out.is_dir() else out


def _pour(path: Path, terminal: Terminal) -> None:
    """Copy a finished file to standard output, byte by byte where the stream takes bytes."""
    buffer = getattr(terminal.out, "buffer", None)
    if buffer is None:
        terminal.out.write(path.read_text(encoding="utf-8"))
        return
    terminal.out.flush()
    with path.open("rb") as file:
        shutil.copyfileobj(file, buffer)
    buffer.flush()
