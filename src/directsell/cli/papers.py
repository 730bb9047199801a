"""``directsell slip``, ``invoice`` and ``quote``: issue a paper, write an issued one again, or draw a draft."""

from __future__ import annotations

import argparse
from pathlib import Path
from uuid import UUID

from directsell.app import App
from directsell.cli.books import opened
from directsell.cli.terminal import DONE, REFUSED, Refused, Terminal
from directsell.context import Context
from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.orders import Order
from directsell.domain.papers import Paper, PaperFormat
from directsell.exchange.files import atomic_write, safe_name
from directsell.i18n import _
from directsell.store.queries.exports import order_by_number
from directsell.store.queries.papers import active_papers, paper_bytes
from directsell.store.reader import Reader
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.papers import preview_of, same_offer

_KINDS = {"slip": PaperKind.ORDER_SLIP, "invoice": PaperKind.INVOICE, "quote": PaperKind.QUOTE}


def run(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Write one paper as a PDF file."""
    kind = _KINDS[options.command]
    with opened(context, terminal, take_over=options.take_over) as book:
        app = book.app
        paper = None if options.preview else app.read(_named, options.order.strip())
        if paper is None:
            order_id = app.read(_order, options.order.strip())
            if options.preview:
                return _preview(app, order_id, kind, context, options, terminal)
            paper = _present(app, order_id, kind)
            issued = paper is None
            if paper is None:
                paper = _issue(app, order_id, kind, options, terminal)
        else:
            issued = False
        wanted = _sheet(options)
        if wanted is not None and wanted is not Paper.from_json(paper.content).page_format:
            terminal.note(_("{number} was issued on another sheet and stays as it is.").format(number=paper.number))
        content = app.read(_bytes, paper)
        path = _path(options.out, paper.number)
        atomic_write(path, content)
    words = _("{number} was issued: {file}") if issued else _("{number}, as it was issued on {day}: {file}")
    terminal.say(words.format(number=paper.number, file=path, day=paper.issued_on.isoformat()))
    terminal.result(
        {
            "command": options.command,
            "number": paper.number,
            "kind": paper.kind.value,
            "issued_on": paper.issued_on.isoformat(),
            "order": "" if paper.order_id is None else str(paper.order_id),
            "file": str(path),
            "sha256": paper.sha256,
            "issued_now": issued,
        }
    )
    return DONE


def _named(reader: Reader, number: str) -> IssuedPaper | None:
    """Return the paper of a number, also one that was cancelled."""
    return next(iter(reader.find(IssuedPaper, number=number)), None)


def _order(reader: Reader, text: str) -> UUID:
    try:
        order_id = UUID(text)
    except ValueError:
        found = order_by_number(reader, text)
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(map(str, found))
            words = _("Several orders have the number “{number}”. Say the id of one of them: {ids}")
            raise Refused(words.format(number=text, ids=ids)) from None
        words = _("There is no order “{number}”. “directsell export orders” lists them with their ids.")
        raise Refused(words.format(number=text)) from None
    reader.get(Order, order_id)
    return order_id


def _present(app: App, order_id: UUID, kind: PaperKind) -> IssuedPaper | None:
    """Return the paper that holds; a quote that was changed since is to be printed anew."""
    papers = app.read(active_papers, order_id, kind)
    if not papers or kind is not PaperKind.QUOTE:
        return papers[-1] if papers else None
    paper = app.read(preview_of, order_id, kind, papers[-1].issued_on)
    return papers[-1] if same_offer(papers[-1], paper) else None


def _issue(app: App, order_id: UUID, kind: PaperKind, options: argparse.Namespace, terminal: Terminal) -> IssuedPaper:
    question = _("Issuing gives a number and cannot be undone. Issue the paper?")
    if terminal.asks and not options.yes and not terminal.confirm(question):
        raise Refused(_("Nothing was issued."), REFUSED)
    return app.run(
        issue_paper, order_id, kind, accept_older_date=options.accept_older_date, page_format=_sheet(options)
    )


def _sheet(options: argparse.Namespace) -> PaperFormat | None:
    """Return the sheet that was asked for; invoices have that of the settings."""
    found: PaperFormat | None = getattr(options, "format", None)
    return found


def _bytes(reader: Reader, paper: IssuedPaper) -> bytes:
    try:
        return paper_bytes(reader, paper)
    except LookupError as error:
        raise DomainError("paper.file_missing") from error


def _preview(
    app: App, order_id: UUID, kind: PaperKind, context: Context, options: argparse.Namespace, terminal: Terminal
) -> int:
    from directsell.documents.rendering import render

    paper = app.read(preview_of, order_id, kind, context.clock.today())
    path = _path(options.out, f"{options.command}-draft")
    atomic_write(path, render(paper, page=_sheet(options)))
    terminal.say(_("A draft, without a number: {file}").format(file=path))
    terminal.result(
        {"command": options.command, "number": None, "order": str(order_id), "file": str(path), "issued_now": False}
    )
    return DONE


def _path(out: Path | None, name: str) -> Path:
    file = safe_name(name, suffix=".pdf")
    if out is None:
        return Path(file)
    return out / file if out.is_dir() else out
