"""The same use-cases without a window: one command per process, a sentence for every error, no Qt anywhere."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from directsell.context import Context


def main(argv: list[str], context: Context) -> int:
    """Run one command and return its exit status (see ``directsell --help``); it never shows a traceback.

    Args:
        argv: the command with its options.
        context: folders, settings, keys; nothing is open yet.
    """
    from directsell.cli.commands import run
    from directsell.cli.terminal import REFUSED

    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that lacks letters must not stop us
    try:
        return run(argv, context)
    except BrokenPipeError:  # "directsell export people | head": the reader has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
