"""``directsell export``: one table to a file or to standard output, all of them into a folder, or one person as a ZIP."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from directsell.cli.books import opened
from directsell.cli.options import DECIMAL_WORDS
from directsell.cli.terminal import DONE, USAGE, Refused, Terminal
from directsell.context import Context
from directsell.exchange.files import translated_errors
from directsell.i18n import _, active_language
from directsell.store.queries.people import person_name, suggest_people
from directsell.store.reader import Reader
from directsell.usecases.export_columns import SUBJECTS, SUFFIXES, FileFormat, Subject
from directsell.usecases.exports import export_file
from directsell.usecases.person_export import suggested_name, write_person


def run(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Write what was asked for; standard output gets a table whole or not at all."""
    if options.subject == "person":
        return _person(options, context, terminal)
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


def _person(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Write everything about one person into a ZIP file."""
    if not options.who.strip():
        raise Refused(_("Say --who with the id, name, phone number or e-mail address of the person."), USAGE)
    with opened(context, terminal, take_over=options.take_over) as book, book.app.store.read() as reader:
        person_id = _who(reader, options.who.strip())
        name = suggested_name(reader, person_id, context.clock.today())
        path = options.out or Path(name)
        path = path / name if path.is_dir() else path
        count = write_person(reader, person_id, path, overwrite=not options.no_overwrite)
        who = person_name(reader, person_id)
    words = _("Everything about {name}: {count} files in {file}")
    terminal.say(words.format(name=who, count=active_language().number(count), file=path))
    terminal.result({"command": "export", "files": [{"subject": "person", "file": str(path), "rows": count}]})
    return DONE


def _who(reader: Reader, words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        found = suggest_people(reader, words)
    if not found:
        raise Refused(_("Nobody was found for “{words}”.").format(words=words))
    if len(found) > 1:
        names = ", ".join(f"{hit.name} ({hit.id})" for hit in found)
        raise Refused(_("Several people fit, say which one by its id: {names}").format(names=names))
    return found[0].id


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
