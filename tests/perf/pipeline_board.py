"""The pipeline with 5,000 cards: read, shown, wheeled through, a card moved by a key. Real widgets, encrypted book."""

from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from directsell.app import App
from directsell.domain.clock import FixedClock
from directsell.domain.followups import FollowUp, Reason
from directsell.domain.people import BudgetLevel, Decider, Fit, NeedLevel, Person, Stage, Timing
from directsell.domain.pipeline import ENDED
from directsell.store.queries.pipeline import PipelineFilter, pipeline
from directsell.store.work import Work
from directsell.ui.navigation import Route
from directsell.ui.pages.pipeline import PipelinePage
from directsell.ui.pages.pipeline.board import Board
from tests.fixtures import books
from tests.perf.desk import open_session, settle, show
from tests.perf.figures import Figure, median, progress, share, spend, tell

CARDS = 5_000
READ, WHEEL, JUMP, KEY = 150, 8, 20, 16
_GIVEN = ("Anna", "Birgit", "Carla", "Dana", "Ella", "Fay", "Gina", "Hana", "Ines", "Jule")
_FAMILY = ("Becker", "Castell", "Duran", "Eriksen", "Falk", "Garcia", "Hoffmann", "Ivanova", "Jansen", "Krause")


def measure(*, quick: bool) -> None:
    """Tell how the board behaves."""
    steps = 100 if quick else 600
    with tempfile.TemporaryDirectory() as folder:
        app = App(books.open_book(books.put_book(Path(folder)), clock=FixedClock(books.NOON)))
        with app.store.write("Prospects") as work:
            _fill(work)
        progress(f"{CARDS:,} prospects")
        ask = partial(app.read, pipeline, PipelineFilter(), currency="USD", today=app.store.clock.today())
        reads = [spend(ask).wall for _ in range(5)]
        tell(Figure("board, cards read", median(reads), "ms", READ, "in a worker, median of 5"))
        with open_session(app) as session:
            page = PipelinePage(session)
            show(page, 1140, 740)
            page.show_route(Route("pipeline"))
            while page.pipeline.count < CARDS:
                settle()
            _tell_moves(page.board, steps)
            page.close()
        app.close()


def _fill(work: Work) -> None:
    dice = random.Random(7)
    people: list[Person] = []
    steps: list[FollowUp] = []
    for number in range(CARDS):
        stage = dice.choice(list(Stage))
        person = Person(
            id=work.new_id(),
            given=dice.choice(_GIVEN),
            family=f"{dice.choice(_FAMILY)} {number}",
            stage=stage,
            stage_on=work.today - timedelta(days=dice.randrange(60)),
            lead_source=dice.choice(("", "Market stall", "Referral", "Website")),
            need=dice.choice(("", "Sharp knives", "Gift for mother", "Storage for a small kitchen")),
            budget=dice.choice(("", "<= 100", "about 250")),
            need_level=dice.choice(list(NeedLevel)),
            budget_level=dice.choice(list(BudgetLevel)),
            fit=dice.choice(list(Fit)),
            decider=dice.choice(list(Decider)),
            timing=dice.choice(list(Timing)),
            created_at=work.now,
        )
        people.append(person)
        if stage not in ENDED and dice.random() < 0.7:
            steps.append(
                FollowUp(
                    id=work.new_id(),
                    person_id=person.id,
                    due_on=work.today + timedelta(days=dice.randrange(-5, 20)),
                    reason=dice.choice(list(Reason)),
                    text=dice.choice(("", "Ask about the catalogue")),
                    created_at=work.now,
                )
            )
    work.save_many(people)
    work.save_many(steps)


def _tell_moves(board: Board, steps: int) -> None:
    dice = random.Random(3)
    settle()
    wheel = [spend(partial(_turn, board, step % 4, -120 if step % 50 < 40 else 120)).wall for step in range(steps)]
    how = f"wall clock, {len(wheel)} steps of the wheel with their painting; median {median(wheel):.1f} ms"
    tell(Figure("board, wheel step p95", share(wheel, 95), "ms", WHEEL, how))
    bar = board.horizontalScrollBar()
    jumps = [spend(partial(_jump, board, dice.randrange(bar.maximum()))).wall for _ in range(steps // 3)]
    how = f"wall clock, {len(jumps)} scrolls across all columns with their painting; median {median(jumps):.1f} ms"
    tell(Figure("board, across p95", share(jumps, 95), "ms", JUMP, how))
    board.setFocus()
    board.select_first()
    keys = [spend(partial(_press, board, Qt.Key.Key_Down)).wall for _ in range(steps // 3)]
    how = f"wall clock, {len(keys)} times to the next card with its painting; median {median(keys):.1f} ms"
    tell(Figure("board, arrow key p95", share(keys, 95), "ms", KEY, how))


def _turn(board: Board, place: int, delta: int) -> None:
    middle = QPointF(board.column_rect(place).center())
    event = QWheelEvent(
        middle,
        board.viewport().mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(board.viewport(), event)
    QApplication.processEvents()


def _jump(board: Board, value: int) -> None:
    board.horizontalScrollBar().setValue(value)
    QApplication.processEvents()


def _press(board: Board, key: Qt.Key) -> None:
    QTest.keyClick(board, key)
    QApplication.processEvents()
