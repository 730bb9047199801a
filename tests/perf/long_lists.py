"""The list of a million orders as the Orders page shows it: first rows, wheel, jumps, memory. Real widgets, encrypted book."""

from __future__ import annotations

import gc
import random
import time
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from directsell.app import App
from directsell.store.queries.order_lists import order_list
from directsell.ui.pages.orders.listing import OrderListing
from directsell.ui.widgets.list_view import BigList
from tests.perf.big_book import BIG, SMALL, cached
from tests.perf.desk import open_app, open_session, settle, show
from tests.perf.figures import Figure, median, progress, pss, share, spend, tell

FIRST_ROWS, WHEEL, JUMP, STALL, GROWTH = 100, 8, 20, 50, 60


def measure(*, quick: bool) -> None:
    """Tell how the list behaves."""
    steps = 100 if quick else 600
    with open_app(cached(SMALL if quick else BIG)) as app, open_session(app) as session:
        app.read(order_list(today=session.today()).first_page)
        settle()
        gc.collect()
        before = pss()
        page = OrderListing(session)
        show(page, 1200, 900)
        _wait_for_ids(page)
        _tell_opening(page, rounds=3 if quick else 7)
        listing = page.list
        progress(f"{listing.model_.count:,} rows")
        _tell_moves(listing, steps)
        gc.collect()
        growth = pss() - before
        page.close()
    how = "proportional memory, the page with its list and all that was scrolled through, cache of the readers included"
    tell(Figure("lists, memory growth", growth, "MB", GROWTH, how))
    with open_app(cached(SMALL if quick else BIG)) as app:
        _tell_pages(app)


def _wait_for_ids(page: OrderListing) -> list[float]:
    """Let events happen until all row numbers are here; return how long each round of events took (ms)."""
    gaps = []
    while not page.list.model_.complete:
        began = time.perf_counter()
        QApplication.processEvents()
        time.sleep(0.001)
        gaps.append((time.perf_counter() - began) * 1e3 - 1)
    return gaps


def _tell_opening(page: OrderListing, rounds: int) -> None:
    first, whole, gaps = [], [], [0.0]
    for _ in range(rounds):
        began = time.perf_counter()
        first.append(spend(partial(_reopen, page)).wall)
        gaps += _wait_for_ids(page)
        whole.append((time.perf_counter() - began) * 1e3)
    how = f"wall clock, median of {rounds}, from asking for the list to painted rows"
    tell(Figure("lists, first rows", median(first), "ms", FIRST_ROWS, how))
    tell(Figure("lists, all row numbers", median(whole), "ms", None, "in a worker, rows can be looked at meanwhile"))
    tell(Figure("lists, longest stall", max(gaps), "ms", STALL, "window not answering while the numbers are read"))


def _reopen(page: OrderListing) -> None:
    page.refresh()
    settle(2)


def _tell_moves(listing: BigList, steps: int) -> None:
    dice = random.Random(3)
    bar = listing.verticalScrollBar()
    bar.setValue(0)
    settle()
    wheel = [spend(partial(_turn, listing, -120 if step % 50 < 40 else 120)).wall for step in range(steps)]
    jumps = [spend(partial(_jump, listing, dice.randrange(bar.maximum()))).wall for _ in range(steps // 3)]
    how = f"wall clock, {len(wheel)} steps of the wheel with their painting; median {median(wheel):.1f} ms"
    tell(Figure("lists, wheel step p95", share(wheel, 95), "ms", WHEEL, how))
    how = f"wall clock, {len(jumps)} jumps to anywhere with their painting; median {median(jumps):.1f} ms"
    tell(Figure("lists, jump p95", share(jumps, 95), "ms", JUMP, how))


def _turn(listing: BigList, delta: int) -> None:
    middle = QPointF(400, 300)
    event = QWheelEvent(
        middle,
        listing.viewport().mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(listing.viewport(), event)
    QApplication.processEvents()


def _jump(listing: BigList, value: int) -> None:
    listing.verticalScrollBar().setValue(value)
    QApplication.processEvents()


def _tell_pages(app: App) -> None:
    """What the pages of rows cost without any painting."""
    query = order_list(today=app.store.clock.today())
    ids = app.read(query.ids)
    dice = random.Random(4)
    starts = [dice.randrange(0, max(1, len(ids) - 128)) for _ in range(100)]
    wall = [spend(partial(app.read, query.rows, ids[start : start + 128])).wall for start in starts]
    tell(
        Figure("lists, page of 128 rows p95", share(wall, 95), "ms", None, f"no painting; median {median(wall):.1f} ms")
    )
