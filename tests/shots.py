"""The screenshots of README from the sample business: ``python -m tests.shots [FOLDER]``; run by ``dev.py shots``."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image
from PySide6.QtCore import Qt

from directsell.app import App
from directsell.bootstrap import make_context
from directsell.domain.clock import FixedClock
from directsell.domain.demos import Demo, DemoState
from directsell.domain.followups import Reason
from directsell.domain.host_programmes.samples import SAMPLES
from directsell.domain.ids import IdSource
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderState
from directsell.domain.people import Fit, NeedLevel, Person, Role, Stage
from directsell.store.keys import KeyMode
from directsell.ui.tour.player import Player
from directsell.usecases.demos import save_demo
from directsell.usecases.followups import plan_follow_up
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.parties import seat_guest, start_programme
from directsell.usecases.people import PersonForm, change_stage, save_person
from directsell.usecases.prospecting import Findings, qualify_person
from directsell.usecases.samples import make_sample

OUT = Path(__file__).resolve().parent.parent / "resources" / "screenshots"
MORNING = datetime(2026, 5, 15, 14, 20, tzinfo=UTC)
WIDTH, HEIGHT = 1366, 768
ENTER = Qt.Key.Key_Return
ORDERED = (("Amy", ("CV-402", "2 CV-110"), "F6"), ("Beth", ("CV-315", "CV-518"), "F7"), ("Carla", ("CV-204",), ""))
PROSPECTS = (
    ("Tessa", "Aldridge", "Referral", "Wants one good pan for two", Stage.NEW, 1, 0),
    ("Rosa", "Villanueva", "Fair", "New kitchen, new knives", Stage.CONTACTED, 4, 1),
    ("Ulla", "Brandt", "Referral", "Cooks for six every day", Stage.QUALIFIED, 6, 3),
    ("Priya", "Nair", "Social media", "Gifts for her team", Stage.DEMO_BOOKED, 2, 4),
    ("Sofia", "Marsh", "Fair", "Loves baking with her children", Stage.DEMO_BOOKED, 9, -1),
    ("Yara", "Haddad", "Referral", "Light pans, for her wrists", Stage.DEMO_DONE, 3, 2),
    ("Wanda", "Kaminski", "Market stall", "Bread knife and board", Stage.NEGOTIATING, 5, 0),
)
TYPING = (("Ella", ("CV-518", "3 CV-110")), ("Fay", ("CV-402", "CV-777")))


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
    lena = _person(book.app, "Lena")
    for days, reason, words in (
        (3, Reason.CALL_BACK, "Asked to be called after work, about an evening with her sisters."),
        (0, Reason.WISH, "Liked the stoneware at Amy's."),
    ):
        due_on = MORNING.date() - timedelta(days=days)
        book.app.run(plan_follow_up, lena, due_on=due_on, reason=reason, text=words)
    for prospect in PROSPECTS:
        _prospect(book.app, clock, *prospect)
    context.back_up(book)
    book.close()
    return clock


def _person(app: App, given: str) -> UUID:
    """Return somebody of the sample business by the first name."""
    found: list[Person] = app.read(lambda reader: reader.find(Person, given=given))
    return found[0].id


def _prospect(
    app: App, clock: FixedClock, given: str, family: str, source: str, need: str, stage: Stage, days: int, due: int
) -> None:
    """Add somebody who came into a stage some days ago and is to be called in some days."""
    clock.advance(days=-days)
    person = Person(
        id=IdSource(clock).new(),
        given=given,
        family=family,
        lead_source=source,
        need=need,
        created_at=clock.now(),
    )
    app.run(save_person, PersonForm(person=person, roles=frozenset({Role.PROSPECT})))
    if stage is not Stage.NEW:
        app.run(change_stage, person.id, stage)
    findings = Findings(need=need, need_level=NeedLevel.STRONG if days > 3 else NeedLevel.SOME, fit=Fit.GOOD)
    app.run(qualify_person, person.id, findings)
    clock.advance(days=days)
    app.run(plan_follow_up, person.id, due_on=clock.today() + timedelta(days=due), reason=Reason.CALL_BACK, text=need)


def today(player: Player) -> None:
    """What is due."""
    player.press("Ctrl+1")
    player.page("today")


def people(player: Player) -> None:
    """A customer with what happened."""
    player.session.navigation.go("people", str(_person(player.app, "Dana")))
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


def pipeline(player: Player) -> None:
    """Prospects on their way."""
    player.press("Ctrl+3")
    player.page("pipeline")


def desk(player: Player) -> None:
    """The middle of a party: some have ordered, two slips are open, the host's reward grows."""
    app = player.app
    demos: list[Demo] = app.read(lambda reader: reader.find(Demo, "day", state=DemoState.CONFIRMED))
    party = app.run(save_demo, replace(demos[0], day=MORNING.date()))
    for name in ("Amy", "Beth", "Carla", "Ella", "Fay", "Lena"):
        app.run(seat_guest, party.id, _person(app, name))
    sample = next(sample for sample in SAMPLES if sample.key == "us-steps")
    app.run(start_programme, party.id, sample.name, sample.rules)
    player.session.navigation.go("desk", str(party.id))
    player.page("desk")
    player.settle()
    for name, goods, paid in ORDERED:
        _slip(player, name, goods)
        if paid:
            player.press(paid)
        player.press("Ctrl+S")
        player.settle()
    for name, goods in TYPING:
        _slip(player, name, goods)


def _slip(player: Player, name: str, goods: tuple[str, ...]) -> None:
    """Take a guest's slip in hand and type goods."""
    player.press("Ctrl+F")
    player.type(name, ENTER)
    for code in goods:
        player.type(code, ENTER)
        if not code[0].isdigit():
            player.type(ENTER)


SHOTS: tuple[tuple[str, Callable[[Player], None]], ...] = (
    ("today", today),
    ("people", people),
    ("demo", demo),
    ("order", order),
    ("documents", documents),
    ("pipeline", pipeline),
    ("desk", desk),
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
