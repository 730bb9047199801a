"""From what was typed to what is done, and from what went wrong to a sentence and an exit status."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from directsell.cli import exporting, importing, keeping, making, papers
from directsell.cli.options import parser
from directsell.cli.terminal import BUG, INTERRUPTED, REFUSED, USAGE, Refused, Terminal
from directsell.context import Context
from directsell.i18n import _
from directsell.messages import sentence
from directsell.store.errors import translate_os

Command = Callable[[argparse.Namespace, Context, Terminal], int]
_COMMANDS: dict[str, Command] = {
    "import": importing.run,
    "export": exporting.run,
    "slip": papers.run,
    "invoice": papers.run,
    "quote": papers.run,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "doctor": keeping.doctor,
    "info": keeping.info,
    "new": making.new,
    "sample": making.sample,
}


def run(argv: list[str], context: Context) -> int:
    """Run one command; every expected error is printed as a sentence, an unexpected one goes to the log."""
    terminal = Terminal(as_json="--json" in argv)
    try:
        options = parser().parse_args(argv)
        command = _COMMANDS.get(options.command)
        if command is None:
            raise Refused(_("“{name}” needs a window and cannot be used here.").format(name=options.command), USAGE)
        return command(options, context, terminal)
    except SystemExit as leaving:  # argparse after --help
        return int(leaving.code or 0)
    except KeyboardInterrupt:
        terminal.error(_("Stopped. Nothing was changed."))
        return INTERRUPTED
    except Refused as error:
        terminal.error(error.sentence)
        terminal.result({"error": error.sentence, "status": error.status})
        return error.status
    except BrokenPipeError:
        raise
    except OSError as error:
        return _failed(translate_os(error), context, terminal)
    except Exception as error:  # noqa: BLE001 - a command line shows sentences, never traces; the log has the trace
        return _failed(error, context, terminal)


def _failed(error: Exception, context: Context, terminal: Terminal) -> int:
    words = sentence(error)
    if words is not None:
        terminal.error(words)
        terminal.result({"error": words, "code": getattr(error, "code", ""), "status": REFUSED})
        return REFUSED
    context.logs.report_error(error, "on the command line")
    words = _("This is a mistake of the program. Your data is whole; {file} says more.").format(file=context.logs.path)
    terminal.error(words)
    terminal.result({"error": words, "status": BUG})
    return BUG
