"""Search as you type: 200 things that people look for, typed letter by letter, in the query and in the real box."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from directsell.app import App
from directsell.store.queries.search import search
from directsell.store.reader import Reader
from directsell.ui.session import Command
from directsell.ui.widgets.search_popup import SearchPopup
from tests.perf.big_book import BIG, SMALL, cached
from tests.perf.desk import open_app, open_session, settle, show
from tests.perf.figures import Figure, median, share, spend, tell

ROWS_BUDGET, PAINT_BUDGET = 16, 30


def measure(*, quick: bool) -> None:
    """Tell how long a key takes."""
    with open_app(cached(SMALL if quick else BIG)) as app:
        queries = app.read(_queries, 20 if quick else 200)
        _tell_query(app, queries)
        _tell_box(app, queries[:: 1 if quick else 4])


def _queries(reader: Reader, count: int) -> list[str]:
    """Return what could be looked for: names, parts of names, goods, codes, numbers, places."""
    dice = random.Random(5)
    people = reader.rows(
        "SELECT p.given, p.family, r.value, a.city FROM person p JOIN reach_point r ON r.person_id = p.id "
        "AND r.position = 0 JOIN address a ON a.person_id = p.id WHERE p.rid % 997 = 3 LIMIT 100"
    )
    goods = reader.rows("SELECT name, code, barcode FROM product WHERE rid % 97 = 3 LIMIT 100")
    orders = reader.rows("SELECT reference FROM sales_order WHERE rid % 9973 = 5 LIMIT 50")
    found: list[str] = []
    while len(found) < count:
        given, family, phone, city = dice.choice(people)
        name, code, barcode = dice.choice(goods)
        found += [
            f"{given} {family}",
            f"{family}",
            f"{given[:3]} {family[:4]}",
            phone,
            f"{family[:5]} {city}",
            name,
            " ".join(reversed(name.split()[:3])),
            dice.choice((code, barcode)),
            dice.choice((dice.choice(orders)[0], code.replace("-", ""))),
            f"{given[:4]}{dice.choice('qxz')}",  # nothing begins so
        ]
    return found[:count]


def _prefixes(text: str) -> Iterator[str]:
    """Yield what stands in the box after each key."""
    for end in range(1, len(text) + 1):
        yield text[:end]


def _tell_query(app: App, queries: list[str]) -> None:
    for text in queries[:10]:
        app.read(search, text)
    typing = [typed for text in queries for typed in _prefixes(text)]
    spent = [(spend(partial(app.read, search, typed)), typed) for typed in typing]
    wall = [one.wall for one, _ in spent]
    worst, typed = max((one.wall, typed) for one, typed in spent)
    how = f"wall clock, {len(wall)} keys of {len(queries)} searches; worst {worst:.1f} ms"
    tell(Figure("search, key to rows, p95", share(wall, 95), "ms", ROWS_BUDGET, how))
    tell(Figure("search, key to rows, p50", median(wall), "ms", None, f"the same; worst was {typed!r}"))
    cpu = [one.cpu for one, _ in spent]
    tell(Figure("search, key to rows, p95 cpu", share(cpu, 95), "ms", None, "processor time of the same"))


def _tell_box(app: App, queries: list[str]) -> None:
    host = QWidget()
    with open_session(app) as session:
        commands = [Command("Undo", _nothing), Command("New order", _nothing)]
        box = SearchPopup(session, lambda: commands, host)
        show(host)
        box.open()
        settle()
        wall = []
        for text in queries:
            box.field.clear()
            settle()
            for letter in text:
                wall.append(spend(partial(_press, box, letter)).wall)
        box.close_popup()
        host.close()
    how = f"wall clock, {len(wall)} keys in the real box, key event to painted rows"
    tell(Figure("search, key to painted rows, p95", share(wall, 95), "ms", PAINT_BUDGET, how))
    tell(Figure("search, key to painted rows, p50", median(wall), "ms", None, "the same"))


def _press(box: SearchPopup, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(box.field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    settle(2)


def _nothing() -> None:
    return None
