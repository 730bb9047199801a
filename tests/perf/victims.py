"""A book in which forked processes work until they are killed, and the check that nothing they told is missing.

Children are forked from one process without threads; what they acknowledge on a pipe, after the commit, is what a
user would have been told.
"""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from directsell.app import App
from directsell.domain.clock import FixedClock
from directsell.domain.ids import IdSource
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, OrderLine, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile
from directsell.store import doctor, marker
from directsell.store.database import Store
from directsell.store.drafts import Drafts
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.orders import OrderForm, save_order
from directsell.usecases.payments import take_payment
from directsell.usecases.settings import set_up_business
from tests.fixtures import books

IGNORED = {"clock.future"}  # the clocks of the victims jump on purpose


@dataclass
class Told:
    """What the victims acknowledged, over all trials, and what was found wrong."""

    ids: set[bytes] = field(default_factory=set)
    numbers: Counter[str] = field(default_factory=Counter)
    draft: int = 0
    wrong: list[str] = field(default_factory=list)

    def hear(self, text: str) -> int:
        """Take in the lines of one victim; a line cut off by the kill was not told."""
        lines = text.split("\n")[:-1]
        for line in lines:
            kind, _, value = line.partition(" ")
            if kind == "row":
                self.ids.add(bytes.fromhex(value))
            elif kind == "number":
                self.numbers[value] += 1
            elif kind == "draft":
                self.draft = max(self.draft, int(value))
            elif kind == "wrong":
                self.wrong.append(value)
        return len(lines)


class Lab:
    """One book in a folder, victims that work in it, and the check afterwards."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self.told = Told()
        self.slowest_open = 0.0
        self.path = books.put_book(folder)
        self.place = folder / "last-seen.json"
        store = self.open()
        app = App(store)
        app.run(set_up_business, Business(name="Kitchen", street="Main 1", city="Springfield"), TaxProfile())
        with store.write("Guests") as work:
            self.people = [books.add_person(work, f"Guest {n}").id for n in range(3)]
        work_a_while(app, random.Random(0), self.people, lambda line: None, 12)  # loads all that the victims will need
        store.close()

    def open(self, at: datetime = books.NOON) -> Store:
        """Open the book."""
        clock = FixedClock(at)
        return Store(self.path, books.KEY, clock=clock, ids=IdSource(clock, random.SystemRandom().getrandbits))

    def child(self, act: Callable[[Callable[[str], None]], None], after: float | None) -> str:
        """Run an act in a forked process, kill it so many seconds after it began; return what it told."""
        listen, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(listen)

            def told(line: str) -> None:
                os.write(tell, line.encode() + b"\n")

            try:
                act(told)
            except BaseException:  # noqa: BLE001 - the parent must hear of whatever it was
                traceback.print_exc()
                told(f"wrong {traceback.format_exc(limit=-3)!r}")
            os._exit(0)
        os.close(tell)
        with os.fdopen(listen, "rb") as pipe:
            first = pipe.readline()
            if after is not None:
                time.sleep(after)
                os.kill(pid, signal.SIGKILL)
            rest = pipe.read()
        os.waitpid(pid, 0)
        return (first + rest).decode()

    def check(self, *, thorough: bool) -> None:
        """Open the book and hold it against everything that was ever told."""
        start = time.perf_counter()
        store = self.open()
        try:
            if marker.regression(self.place, store) is not None:
                self.told.wrong.append("the marker cries without a reason")
            self.slowest_open = max(self.slowest_open, time.perf_counter() - start)
            with store.read() as reader:
                present = {row[0] for t in ("sales_order", "payment") for row in reader.rows(f"SELECT id FROM {t}")}
                numbers = Counter(row[0] for row in reader.rows("SELECT number FROM issued_paper"))
                found = doctor.check_book(reader.connection, now=books.NOON, thorough=thorough)
                if thorough:
                    found += doctor.check_file(reader.connection, encrypted=True)
            draft = Drafts(store).load("order:new")
        finally:
            store.close()
        lost = len(self.told.ids - present) + len(self.told.numbers.keys() - numbers.keys())
        doubled = [number for number, count in (numbers | self.told.numbers).items() if count > 1]
        if lost:
            self.told.wrong.append(f"{lost} acknowledged rows or numbers are lost")
        if doubled:
            self.told.wrong.append(f"numbers twice: {doubled}")
        if (draft.body["n"] if draft else 0) < self.told.draft:
            self.told.wrong.append("a draft is lost")
        self.told.wrong += [f.code for f in found if f.code not in IGNORED]


def work_a_while(
    app: App,
    dice: random.Random,
    people: list[UUID],
    told: Callable[[str], None],
    steps: int,
    drafts: Drafts | None = None,
) -> None:
    """Save orders, take money, issue numbers, undo, type, and set the clock, telling each thing when it is done."""
    clock = app.store.clock
    assert isinstance(clock, FixedClock)
    orders: list[Order] = []
    for step in range(steps):
        what = dice.choice(("order", "order", "change", "paper", "paper", "payment", "undo", "draft", "clock"))
        if what == "order" or not orders:
            orders.append(_new_order(app, dice, dice.choice(people)))
            told(f"row {orders[-1].id.hex}")
        elif what == "change":
            _change(app, dice, dice.choice(orders))
        elif what == "paper":
            order = orders.pop(dice.randrange(len(orders)))
            kind = dice.choice((PaperKind.ORDER_SLIP, PaperKind.INVOICE))
            told(f"number {app.run(issue_paper, order.id, kind, accept_older_date=True).number}")
        elif what == "payment":
            paid = app.run(
                take_payment, dice.choice(orders).id, method=PaymentMethod.CASH, amount=dice.randrange(1, 999)
            )
            told(f"row {paid.id.hex}")
        elif what == "undo" and app.undo_step is not None:
            app.undo()
            orders.clear()  # one of them may just have vanished
        elif what == "draft" and drafts is not None:
            drafts.save("order:new", {"n": step + 1, "typed": "x" * dice.randrange(2000)})
        elif what == "clock":
            clock.advance(hours=dice.choice((-72, -1, 1, 9600 if step % 7 == 0 else 2)))


def _form(dice: random.Random, order: Order) -> OrderForm:
    lines = tuple(
        OrderLine(
            id=UUID(int=dice.getrandbits(128)),
            order_id=order.id,
            position=n,
            name="Peeler",
            quantity=Decimal(dice.randrange(1, 9)),
            unit_price=Decimal(dice.randrange(1, 9999)) / 100,
        )
        for n in range(dice.randrange(1, 6))
    )
    return OrderForm(order=order, lines=lines)


def _new_order(app: App, dice: random.Random, person: UUID) -> Order:
    store = app.store
    order = Order(
        id=store.ids.new(),
        person_id=person,
        state=OrderState.PLACED,
        ordered_on=store.clock.today(),
        currency="USD",
        tax_profile=books.PROFILE,
        created_at=store.clock.now(),
    )
    return app.run(save_order, _form(dice, order))


def _change(app: App, dice: random.Random, order: Order) -> None:
    app.run(save_order, _form(dice, replace(order, note="changed" * dice.randrange(3))))
