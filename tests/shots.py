"""The screenshots of README from the sample business: ``python -m tests.shots [FOLDER]``; run by ``dev.py shots``."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import Qt

from directsell.bootstrap import make_context
from directsell.domain.clock import FixedClock
from directsell.domain.demos import Demo, DemoState
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderState
from directsell.domain.people import Person
from directsell.store.keys import KeyMode
from directsell.ui.tour.player import Player
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.samples import make_sample

OUT = Path(__file__).resolve().parent.parent / "resources" / "screenshots"
MORNING = datetime(2026, 5, 15, 14, 20, tzinfo=UTC)
WIDTH, HEIGHT = 1366, 768
ENTER = Qt.Key.Key_Return


def prepare(folder: Path) -> FixedClock:
    """Make the sample business, with some papers."""
    clock = FixedClock(MORNING)
    context = make_context(folder, clock=clock)
    book = context.create(KeyMode.PLAIN)
    book.app.run(make_sample, "en_US")
    orders: list[Order] = book.app.read(lambda reader: reader.find(Order, "ordered_on", state=OrderState.DELIVERED))
    for order in orders[-6:]:
        book.app.run(issue_paper, order.id, PaperKind.ORDER_SLIP)
        book.app.run(issue_paper, order.id, PaperKind.INVOICE)
    context.back_up(book)
    book.close()
    return clock


def today(player: Player) -> None:
    """What is due."""
    player.press("Ctrl+1")
    player.page("today")


def people(player: Player) -> None:
    """A customer with what happened."""
    found: list[Person] = player.app.read(lambda reader: reader.find(Person, given="Dana"))
    player.session.navigation.go("people", str(found[0].id))
    player.page("people")


def order(player: Player) -> None:
    """An order being typed at a party."""
    player.press("Ctrl+5")
    page: Any = player.page("orders")
    if not page.is_typing:
        player.press("Ctrl+N")
        player.wait(lambda: page.is_typing, "the form of the order")
        player.type("Dana Ruiz", ENTER)
        player.press("F2")
        for typed in ("2 CV-110", "CV-402", "stoneware", "salad"):
            player.type(typed, ENTER)
            if not typed[0].isdigit():
                player.type(ENTER)
        player.fill(page.editor.lines.rows()[1].off, "10%")
        player.fill(page.editor.summary.freight, "5")
        player.press("F6")
        player.type("200")


def demo(player: Player) -> None:
    """A party with its guests."""
    found: list[Demo] = player.app.read(lambda reader: reader.find(Demo, "day", state=DemoState.CONFIRMED))
    player.session.navigation.go("demos", str(found[0].id))
    player.page("demos")


def documents(player: Player) -> None:
    """An invoice as it was issued."""
    player.press("Ctrl+8")
    page: Any = player.page("documents")
    page.listing.list.select_first()


SHOTS: tuple[tuple[str, Callable[[Player], None]], ...] = (
    ("today", today),
    ("people", people),
    ("demo", demo),
    ("order", order),
    ("documents", documents),
)


def main(arguments: list[str]) -> int:
    """Make every picture, light and dark."""
    out = Path(arguments[0]) if arguments else OUT
    out.mkdir(parents=True, exist_ok=True)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    from directsell.ui.languages import use_language
    from directsell.ui.qt_boot import application
    from directsell.ui.theme import SchemeChoice, theme

    app = application()
    app.setQuitOnLastWindowClosed(False)
    theme().install(app, SchemeChoice.LIGHT)
    use_language("en_US")
    with tempfile.TemporaryDirectory() as folder:
        clock = prepare(Path(folder))
        player = Player(WIDTH, HEIGHT)
        player.start(make_context(Path(folder), language="en_US", clock=clock))
        for name, show in SHOTS:
            show(player)
            player.shell.toast.dismiss()
            player.settle()
            for scheme in (SchemeChoice.LIGHT, SchemeChoice.DARK):
                theme().set_choice(scheme)
                player.settle()
                path = out / f"{name}-{scheme.value}.png"
                player.picture(path)
                shrink(path)
                print(f"{path.name}: {path.stat().st_size // 1024} KiB")
            theme().set_choice(SchemeChoice.LIGHT)
        player.close()
    return 0


def shrink(path: Path) -> None:
    """Write a picture again with at most 256 colours: a fifth of the size, and no eye sees it."""
    with Image.open(path) as picture:
        reduced = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
