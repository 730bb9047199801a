"""The tour as a command: plays every step, says how long it took, and names the folder with pictures and papers."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from directsell.context import Context
from directsell.domain.clock import FixedClock
from directsell.i18n import _, active_language, choose_language
from directsell.messages import sentence
from directsell.store.errors import translate_os
from directsell.store.keys import Cost

if TYPE_CHECKING:
    from directsell.ui.tour.journey import Journey

_EVENING = datetime(2026, 5, 15, 16, 0, tzinfo=UTC)
_QUICK = Cost(memory=1 << 20, passes=1)  # nobody attacks the invented business of the tour


def contexts(folder: Path, language: str, make_context: Callable[..., Context]) -> Callable[[timedelta], Context]:
    """Return what makes the context of a start, so long after the evening of the demo."""

    def make(later: timedelta) -> Context:
        return make_context(folder, language=language, clock=FixedClock(_EVENING + later), cost=_QUICK)

    return make


def play(out: Path, language: str, make_context: Callable[..., Context]) -> int:
    """Play the whole journey; the exit status is 0 when every step went well.

    Args:
        out: where pictures and papers go.
        language: tag of the window, "" for that of the system.
        make_context: ``bootstrap.make_context``.
    """
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the tour leaves no key behind
    from PySide6.QtCore import qInstallMessageHandler

    from directsell.ui.languages import use_language
    from directsell.ui.qt_boot import application
    from directsell.ui.theme import SchemeChoice, theme
    from directsell.ui.tour.journey import STEPS, Journey
    from directsell.ui.tour.player import Player

    app = application(sys.argv[:1])
    before = qInstallMessageHandler(_quiet)
    app.setQuitOnLastWindowClosed(False)
    theme().install(app, SchemeChoice.LIGHT)
    use_language(choose_language(language))
    start = time.perf_counter()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(sentence(translate_os(error)), file=sys.stderr)  # noqa: T201
        return 1
    with tempfile.TemporaryDirectory(prefix="directsell-tour-") as folder:
        journey = Journey(Player(), contexts(Path(folder), language, make_context), out)
        with journey.scripted():
            well = all(_step(journey, name, words) for name, words in STEPS)
    qInstallMessageHandler(before)
    if not well:
        return 1
    count = len(list(out.glob("*.png"))), len(list(out.glob("*.pdf")))
    words = _("{pictures} pictures and {papers} papers are in {folder}").format(
        pictures=count[0], papers=count[1], folder=out
    )
    seconds = active_language().number(round(time.perf_counter() - start))
    print(_("{words} ({seconds} s).").format(words=words, seconds=seconds))  # noqa: T201
    return 0


def _quiet(_kind: object, _context: object, text: str) -> None:
    """Leave out what the platform without a screen cannot do and says each time a dialog opens."""
    if "propagateSizeHints" not in text and "OpenType" not in text:
        print(text, file=sys.stderr)  # noqa: T201


def _step(journey: Journey, name: str, words: str) -> bool:
    """Play one step, say how it went, and whether it went well."""
    begun = time.perf_counter()
    try:
        getattr(journey, name)()
    except Exception as error:  # noqa: BLE001 - whatever it is, the step did not go well
        _say("✗", _(words), begun)
        print(f"  {type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        journey.player.give_up(journey.out / "stuck.png")
        return False
    _say("✓", _(words), begun)
    return True


def _say(mark: str, words: str, begun: float) -> None:
    seconds = time.perf_counter() - begun
    print(f"{mark} {words}  {seconds:.1f} s", flush=True)  # noqa: T201
