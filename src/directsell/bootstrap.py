"""The composition root: options, folders, settings, log, language, then the window or the command line."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from directsell import __version__, i18n
from directsell.context import Context
from directsell.device import DeviceSettings
from directsell.domain.clock import Clock, SystemClock
from directsell.domain.ids import IdSource
from directsell.folders import find_folders
from directsell.logs import Logs
from directsell.store.keys import Cost, Keys
from directsell.store.system_keyring import Keyring

_USAGE_ERROR = 2


@dataclass(frozen=True, slots=True)
class Options:
    """What stands before the command: ``--data DIR``, ``--lang TAG``, ``--version``; ``rest`` is for the command."""

    data: Path | None = None
    language: str = ""
    version: bool = False
    rest: tuple[str, ...] = ()


def parse(arguments: Sequence[str]) -> Options:
    """Read the global options; argparse would cost the window 10 ms.

    Raises:
        ValueError: an option lacks its value; the message names it.
    """
    data, language, version = None, "", False
    left = list(arguments)
    while left and left[0].startswith("-"):
        name, equals, value = left[0].partition("=")
        if name not in ("--data", "--lang", "--version"):
            break
        left.pop(0)
        if name == "--version":
            version = True
            continue
        if not equals:
            if not left:
                raise ValueError(name)
            value = left.pop(0)
        if not value:
            raise ValueError(name)
        data, language = (Path(value), language) if name == "--data" else (data, value)
    return Options(data, language, version, tuple(left))


def make_context(
    data: Path | None = None,
    *,
    language: str = "",
    clock: Clock | None = None,
    keyring: Keyring | None = None,
    cost: Cost | None = None,
) -> Context:
    """Build the context; nothing is opened, and nothing is written but the folders.

    Args:
        data: the folder in which everything lies; default: ``$DIRECTSELL_DATA``, else the system's places.
        language: the tag to use instead of the one in the settings.
        clock: another clock, for samples and tests.
        keyring: another keyring, for tests.
        cost: another cost of passwords, for tests.
    """
    clock = clock or SystemClock()
    folders = find_folders(data)
    device = DeviceSettings(folders.device_settings)
    try:
        folders.make()
    except OSError:
        pass  # opening or creating the database says it in a sentence
    return Context(
        folders=folders,
        device=device,
        clock=clock,
        ids=IdSource(clock),
        language=language or device.get("language"),
        logs=Logs(folders.logs),
        keys=Keys(folders.key_file, clock=clock, keyring=keyring, cost=cost),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
    except ValueError as error:
        print(f"directsell: {error} needs a value", file=sys.stderr)  # noqa: T201
        return _USAGE_ERROR
    if options.version:
        print(f"DirectSell {__version__}")  # noqa: T201
        return 0
    context = make_context(options.data, language=options.language)
    i18n.activate(i18n.choose_language(context.language))
    context.logs.start()
    try:
        if options.rest[:1] == ("tour",) and "--help" not in options.rest:
            from directsell.ui.tour import main as play

            return play(list(options.rest), context, make_context)
        if options.rest:
            from directsell import cli

            return cli.main(list(options.rest), context)
        gc.disable()  # nothing that is loaded now is garbage; the window's own collector takes over
        from directsell.ui.application import main as show_window

        return show_window(context)
    finally:
        context.logs.stop()
