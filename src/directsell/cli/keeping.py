"""``directsell backup``, ``restore``, ``doctor`` and ``info``: what keeps the data safe."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from directsell import __version__
from directsell.cli.books import NEW_PASSWORD, PASSWORD, RECOVERY_CODE, held, new_password, opened, password
from directsell.cli.terminal import DONE, FOUND, USAGE, Refused, Terminal
from directsell.context import BookState, Context
from directsell.i18n import _, active_language, ngettext
from directsell.messages import finding_text, sentence
from directsell.store.doctor import Finding, examine, mend
from directsell.store.errors import NoKey, NotOurs, StoreError, WrongCode
from directsell.store.keys import KeyMode
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.store.restore import Contents, Proof, contents


def backup(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Make a backup, prove it, and copy it to a further folder if one is named."""
    from directsell.store.backup import copy_to

    with opened(context, terminal, take_over=options.take_over) as book:
        terminal.progress(_("Backing up"))(0, 1)
        outcome = context.back_up(book)
        copy = None if options.to is None else copy_to(outcome.backup, options.to)
    places = [outcome.backup.path, *(item.path for item in (outcome.second, copy) if item is not None)]
    for place in places:
        terminal.say(_("Backup, proven: {file}").format(file=place))
    if outcome.second_error is not None:
        words = _("The second folder has no copy: {reason}")
        terminal.note(words.format(reason=sentence(outcome.second_error)))
    terminal.result(
        {
            "command": "backup",
            "files": [str(place) for place in places],
            "bytes": outcome.backup.size,
            "made_at": outcome.backup.made_at.isoformat(),
            "second_error": None if outcome.second_error is None else outcome.second_error.code,
        }
    )
    return DONE


def restore(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Prove a backup, say what it holds and lacks, and put it in the place of the data."""
    with held(context, take_over=options.take_over):
        own = password(context, terminal)
        proof, code = _proven(options.file, own, context, terminal)
        _show_proof(proof, terminal)
        if options.dry_run:
            terminal.result({"command": "restore", "restored": False, **_proof_json(proof)})
            return DONE
        _consent(options, terminal)
        mode, fresh = _new_key(context, terminal)
        done = context.restore(options.file, password=own, code=code, mode=mode, new_password=fresh)
    terminal.say(_("Restored."))
    if done.aside is not None:
        terminal.say(_("The data before lies in {file}.").format(file=done.aside))
    aside = None if done.aside is None else str(done.aside)
    terminal.result({"command": "restore", "restored": True, "aside": aside, **_proof_json(done.proof)})
    return DONE


def _proven(file: Path, own: str, context: Context, terminal: Terminal) -> tuple[Proof, str]:
    code = os.environ.get(RECOVERY_CODE, "")
    try:
        return context.inspect_backup(file, password=own, code=code), code
    except (NoKey, NotOurs) as error:
        if isinstance(error, WrongCode) or code:
            raise
        if not terminal.asks:
            words = _("The backup needs its recovery code. Put it into the variable {name}.")
            raise Refused(words.format(name=RECOVERY_CODE)) from error
    code = terminal.secret(_("Code of the recovery sheet"))
    return context.inspect_backup(file, password=own, code=code), code


def _consent(options: argparse.Namespace, terminal: Terminal) -> None:
    if options.yes:
        return
    if not terminal.asks:
        raise Refused(_("Say --yes to put the backup in the place of the data."), USAGE)
    if not terminal.confirm(_("Put this backup in the place of the data?")):
        raise Refused(_("Nothing was changed."))


def _new_key(context: Context, terminal: Terminal) -> tuple[KeyMode | None, str]:
    """Return how to keep the key on a computer that has none."""
    if context.state() in (BookState.NONE, BookState.KEY_LOST, BookState.LOST) and NEW_PASSWORD in os.environ:
        return KeyMode.PASSWORD, new_password(terminal)
    return None, ""


def _show_proof(proof: Proof, terminal: Terminal) -> None:
    language = active_language()
    held_rows = _contents_rows(proof.contents)
    terminal.say(_("The backup is sound and holds:"))
    terminal.table(held_rows)
    for finding in proof.findings:
        terminal.note(finding_text(finding.code, finding.count))
    if proof.newer is not None and (proof.newer.changes or proof.newer.papers):
        words = ngettext(
            "It lacks {count} change that the present data has.",
            "It lacks {count} changes that the present data has.",
            proof.newer.changes,
        )
        terminal.say(words.format(count=language.number(proof.newer.changes)))
        if proof.newer.papers:
            numbers = ", ".join(proof.newer.papers)
            terminal.say(_("Among them are these papers, which customers may hold: {numbers}").format(numbers=numbers))


def _contents_rows(found: Contents) -> list[tuple[str, str]]:
    language = active_language()
    newest = "" if found.newest is None else language.datetime(found.newest)
    return [
        (_("People"), language.number(found.people)),
        (_("Orders"), language.number(found.orders)),
        (_("Documents"), language.number(found.papers)),
        (_("Last change"), newest),
    ]


def _proof_json(proof: Proof) -> dict[str, Any]:
    return {
        "version": proof.version,
        "contents": _contents_json(proof.contents),
        "findings": [finding.code for finding in proof.findings],
        "lacks_changes": proof.newer.changes if proof.newer else 0,
        "lacks_papers": list(proof.newer.papers) if proof.newer else [],
    }


def _contents_json(found: Contents) -> dict[str, Any]:
    return {
        "people": found.people,
        "orders": found.orders,
        "papers": found.papers,
        "changes": found.changes,
        "newest": None if found.newest is None else found.newest.isoformat(),
    }


def doctor(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Check the data; with ``--mend`` make anew what follows from other data."""
    with opened(context, terminal, take_over=options.take_over) as book:
        store = book.app.store
        found = examine(store, thorough=not options.quick, progress=terminal.progress(_("Checking")))
        mended: list[Finding] = []
        if options.mend and any(finding.mendable for finding in found):
            context.back_up(book)  # whatever is wrong, the state before is kept
            left = mend(store)
            codes = {finding.code for finding in left}
            mended, found = [finding for finding in found if finding.code not in codes], left
    for finding in mended:
        terminal.say(_("Mended: {finding}").format(finding=_finding_line(finding)))
    for finding in found:
        terminal.note(_finding_line(finding))
    if not found:
        terminal.say(_("Everything is as it should be."))
    elif not options.mend and any(finding.mendable for finding in found):
        terminal.note(_("“directsell doctor --mend” makes anew what follows from other data."))
    terminal.result(
        {"command": "doctor", "findings": _findings_json(found), "mended": _findings_json(mended), "sound": not found}
    )
    return FOUND if found else DONE


def _finding_line(finding: Finding) -> str:
    words = finding_text(finding.code, finding.count)
    places = ", ".join(part for part in (finding.table, finding.detail) if part)
    return f"{words}  [{finding.code}{': ' if places else ''}{places}]"


def _findings_json(findings: list[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "code": finding.code,
            "sentence": finding_text(finding.code, finding.count),
            "table": finding.table,
            "count": finding.count,
            "ids": [str(key) for key in finding.ids],
            "detail": finding.detail,
            "mendable": finding.mendable,
        }
        for finding in findings
    ]


def info(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Say where everything lies and, when it can be opened without a question, what it holds."""
    state = context.state()
    result: dict[str, Any] = {
        "command": "info",
        "version": __version__,
        "state": state.value,
        "folder": str(context.folders.data),
        "database": str(context.folders.database),
        "log": str(context.logs.path),
        "protection": _protection(context),
        "backups": len(context.backups()),
        "last_backup": next((item.made_at.isoformat() for item in context.backups()), None),
        "business": None,
        "contents": None,
    }
    rows = [
        (_("Version"), __version__),
        (_("Folder"), str(context.folders.data)),
        (_("State"), _state_text(state)),
        (_("Protection"), str(result["protection"] or "")),
        (_("Log file"), str(context.logs.path)),
    ]
    rows += [(_("Last backup"), active_language().datetime(item.made_at)) for item in context.backups()[:1]]
    if state is BookState.READY or (state is BookState.LOCKED and _password_is_given()):
        with opened(context, terminal, take_over=options.take_over) as book:
            name, found = book.app.read(_inside)
        result |= {"business": name, "contents": _contents_json(found)}
        rows += [(_("Business"), name), *_contents_rows(found)]
    terminal.table(rows)
    terminal.result(result)
    return DONE


def _password_is_given() -> bool:
    return PASSWORD in os.environ


def _protection(context: Context) -> str | None:
    try:
        mode = context.keys.mode
    except StoreError:
        return None
    return None if mode is None else mode.value


def _inside(reader: Reader) -> tuple[str, Contents]:
    return business(reader).name, contents(reader.connection)


def _state_text(state: BookState) -> str:
    return {
        BookState.NONE: _("There is no business here yet."),
        BookState.READY: _("Opens without a question."),
        BookState.LOCKED: _("Locked by a password."),
        BookState.KEY_LOST: _("The key is lost; the recovery sheet opens it."),
        BookState.LOST: _("The data file is gone; restore a backup."),
    }[state]
