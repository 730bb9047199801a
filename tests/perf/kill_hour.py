"""Two orders a minute for an hour at the party desk, with a kill -9 every minute: nothing lost, nothing doubled.

`python dev.py bench --kills` or `python -m tests.perf.kill_hour [--orders 120] [--kills 60] [--seed N]`. The time is compressed:
keys come as fast as they are kept, the kills at random moments, so that two orders lie between two kills as in the hour.
Every run of the program is a process of its own over the same data folder (desk_typist.py); after every kill a copy of
the folder is held against all that the window ever acknowledged, and the next run against what was typed.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from directsell.domain.clock import SystemClock  # noqa: E402
from directsell.domain.invoicing import IssuedPaper  # noqa: E402
from directsell.domain.orders import Order, OrderLine, OrderState  # noqa: E402
from directsell.domain.payments import Payment  # noqa: E402
from directsell.domain.people import Person, display_name  # noqa: E402
from directsell.store import doctor  # noqa: E402
from directsell.store.keys import KeyMode, Keys  # noqa: E402
from directsell.store.reader import Reader  # noqa: E402
from tests.fixtures import books  # noqa: E402
from tests.perf.big_party import BigParty, put_party  # noqa: E402

GUESTS = 12
_SECONDS_AN_ORDER = 1.0  # the first guess; measured from then on
_PATIENCE_S = 60.0
_METHODS = ("cash", "card", "transfer")
Slip = dict[str, Any] | None


@dataclass
class Told:
    """What the window showed over all runs, and what was found wrong."""

    placed: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    slips: dict[str, list[Slip]] = field(default_factory=dict)
    placing: dict[str, Any] | None = None
    kept: int = 0
    ended: bool = False
    wrong: list[str] = field(default_factory=list)

    def hear(self, line: dict[str, Any], plan: dict[str, dict[str, Any]]) -> None:
        """Take in what the window showed."""
        kind = line["kind"]
        if kind == "kept":
            self.slips[line["guest"]] = [line["slip"]]
            self.kept += 1
        elif kind == "shown":
            self.slips.setdefault(line["guest"], [None]).append(line["slip"])
        elif kind == "placing":
            self.placing = plan[line["note"]]
        elif kind == "placed" and self.placing is not None:
            if self.placing["note"] in self.placed:
                self.wrong.append(f"{self.placing['note']} placed twice")
            self.placed[self.placing["note"]] = self.placing
            self.slips[self.placing["guest"]] = [None]
            self.placing = None
        elif kind == "number":
            self.numbers.append(line["number"])
        elif kind == "restored":
            self._compare(line["slips"])
        elif kind == "wrong":
            self.wrong.append(line["text"])
        elif kind == "end":
            self.ended = True

    def _compare(self, found: dict[str, Slip]) -> None:
        """Hold the slips on the desk after a start against what was typed; only the key on its way may be missing."""
        for guest in {*self.slips, *found}:
            allowed = self.slips.get(guest, [None])
            if found.get(guest) not in allowed:
                self.wrong.append(f"slip of {guest}: {found.get(guest)} came back, typed was {allowed}")
            self.slips[guest] = [found.get(guest)]


@dataclass(frozen=True)
class Outcome:
    """What the hour came to."""

    seed: int
    orders: int
    kills: int
    numbers: int
    kept: int
    in_flight: int
    seconds: float
    wrong: tuple[str, ...]


class Hour:
    """A data folder with a party, the plan of its orders, and the runs of the program over it."""

    def __init__(self, folder: Path, orders: int, seed: int) -> None:
        self._dice = random.Random(seed)
        self._seed = seed
        self._folder = folder / "data"
        _path, self._party = put_party(self._folder, GUESTS, 0)
        Keys(self._folder / "key.json", clock=SystemClock()).keep(books.KEY, KeyMode.FILE)
        self._plan = {order["note"]: order for order in _orders(self._party, orders, self._dice)}
        self._told = Told()
        self._pace = _SECONDS_AN_ORDER
        self._in_flight = 0

    def run(self, kills: int, progress: bool = True) -> Outcome:
        """Type all orders, killed so many times; then once to the end."""
        began = time.perf_counter()
        done = 0
        for kill in range(kills):
            left = len(self._plan) - len(self._told.placed)
            orders = left / (kills - kill)
            early = self._dice.random() < 0.15  # while it starts
            self._start(None if early else self._dice.uniform(0, 2) * orders * self._pace, early=early)
            done += 1
            self._check(thorough=kill % 10 == 9)
            if progress and kill % 5 == 4:
                print(f"  {kill + 1} kills, {len(self._told.placed)} orders", file=sys.stderr, flush=True)
            if self._told.wrong:
                break
        if not self._told.wrong:
            self._start(None, early=False)
            if not self._told.ended:
                self._told.wrong.append("the last run did not come to its end")
            self._check(thorough=True)
        told = self._told
        if not told.wrong and len(told.placed) != len(self._plan):
            told.wrong.append(f"{len(self._plan) - len(told.placed)} orders were never placed")
        return Outcome(
            seed=self._seed,
            orders=len(told.placed),
            kills=done,
            numbers=len(set(told.numbers)),
            kept=told.kept,
            in_flight=self._in_flight,
            seconds=time.perf_counter() - began,
            wrong=tuple(told.wrong),
        )

    # --- a run of the program

    def _start(self, kill_after: float | None, *, early: bool) -> None:
        """Start the program and kill it so long after its desk was ready; without a time, at its end or while it starts."""
        todo = [order for note, order in self._plan.items() if note not in self._told.placed]
        command = [sys.executable, "-m", "tests.perf.desk_typist", str(self._folder), str(self._party.demo_id)]
        child = subprocess.Popen([*command, json.dumps(todo)], cwd=ROOT, env=_environment(), stdout=subprocess.PIPE)
        lines: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        reader = threading.Thread(target=_read, args=(child, lines), daemon=True)
        reader.start()
        placed = len(self._told.placed)
        ready = 0.0
        end = time.monotonic() + (self._dice.uniform(0.05, 1.5) if early else _PATIENCE_S)
        while True:
            try:
                line = lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                if kill_after is None and not early:
                    self._told.wrong.append("the program stood still")
                break
            if line is None:
                break
            if line["kind"] == "ready":
                ready = time.monotonic()
            if not early:
                more = _PATIENCE_S if not ready or kill_after is None else kill_after - (time.monotonic() - ready)
                end = time.monotonic() + more
            self._told.hear(line, self._plan)
        if child.poll() is None and not self._told.ended:
            child.kill()
        child.wait()
        reader.join()
        while not lines.empty():  # what it told before the kill
            line = lines.get()
            if line is not None:
                self._told.hear(line, self._plan)
        if ready and len(self._told.placed) - placed >= 2:
            self._pace = (time.monotonic() - ready) / (len(self._told.placed) - placed)

    # --- the check

    def _check(self, *, thorough: bool) -> None:
        """Hold a copy of the folder against all that was acknowledged."""
        with tempfile.TemporaryDirectory(prefix="kill-hour-") as name:
            copy = Path(name) / "copy"
            shutil.copytree(self._folder, copy, ignore=shutil.ignore_patterns("backups", "logs"))
            store = books.open_book(copy / "book.db", clock=SystemClock())
            try:
                with store.read() as reader:
                    self._compare(reader)
                    found = doctor.check_book(reader.connection, now=store.clock.now(), thorough=thorough)
            finally:
                store.close()
        self._told.wrong += [f"doctor: {finding.code}" for finding in found]

    def _compare(self, reader: Reader) -> None:
        told = self._told
        stored = [_stored(reader, order) for order in reader.find(Order)]
        counts = Counter(order["note"] for order in stored)
        told.wrong += [f"{note} is there {count} times" for note, count in counts.items() if count > 1]
        flying = told.placing
        if flying is not None and flying["note"] in counts:  # stored, and killed before the window said so
            told.placed[flying["note"]] = flying
            told.slips[flying["guest"]] = [None]  # its slip must not be there as well
            self._in_flight += 1
        told.placing = None
        expected = {note: _wanted(order) for note, order in told.placed.items()}
        found = {order["note"]: order for order in stored}
        told.wrong += [f"{note} is lost" for note in expected.keys() - found.keys()]
        told.wrong += [f"{note} was never placed" for note in found.keys() - expected.keys()]
        for note in expected.keys() & found.keys():
            if expected[note] != found[note]:
                told.wrong.append(f"{note} was {expected[note]} and is {found[note]}")
        numbers = Counter(paper.number for paper in reader.find(IssuedPaper))
        told.wrong += [f"number {number} twice" for number, count in numbers.items() if count > 1]
        told.wrong += [f"number {number} is lost" for number in set(told.numbers) - numbers.keys()]
        told.wrong += [f"number {number} told twice" for number, n in Counter(told.numbers).items() if n > 1]


def _orders(party: BigParty, count: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the plan: every order has a note of its own, its guests take turns, some slips are begun one order early."""
    made: list[dict[str, Any]] = []
    for number in range(count):
        codes = dice.sample(party.codes, dice.randrange(1, 4))
        made.append(
            {
                "note": f"no. {number + 1}",
                "guest": party.names[number % len(party.names)],
                "lines": [[code, str(dice.choice((1, 1, 2, 3, 12)))] for code in codes],
                "method": dice.choice(_METHODS),
                "print": number % 3 == 0,
                "aside": None,
            }
        )
    for number in range(0, count - 1, 4):
        following = made[number + 1]
        made[number]["aside"] = {"guest": following["guest"], "lines": following["lines"][:1]}
    return iter(made)


def _wanted(order: dict[str, Any]) -> dict[str, Any]:
    return {name: order[name] for name in ("note", "guest", "lines", "method")} | {"state": OrderState.PLACED.value}


def _stored(reader: Reader, order: Order) -> dict[str, Any]:
    """Return an order of the book as the plan writes it; its money is one payment."""
    person = reader.find_one(Person, order.person_id)
    lines = reader.find(OrderLine, "position", order_id=order.id)
    return {
        "note": order.note,
        "guest": "" if person is None else display_name(person),
        "lines": [[line.code, str(line.quantity.normalize())] for line in lines],
        "method": "+".join(payment.method.value for payment in reader.find(Payment, order_id=order.id)),
        "state": order.state.value,
    }


def _environment() -> dict[str, str]:
    more = {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }
    return {**os.environ, **more}


def _read(child: subprocess.Popen[bytes], lines: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    """Hand over what a child tells; a line cut off by the kill was not told."""
    assert child.stdout is not None
    with child.stdout as told:
        for line in told:
            if line.startswith(b"{") and line.endswith(b"}\n"):
                lines.put(json.loads(line))
    lines.put(None)


def hour(orders: int, kills: int, seed: int | None = None, *, progress: bool = True) -> Outcome:
    """Play the hour in a folder of its own."""
    seed = random.SystemRandom().getrandbits(32) if seed is None else seed
    with tempfile.TemporaryDirectory(prefix="kill-hour-") as name:
        return Hour(Path(name), orders, seed).run(kills, progress)


def main(arguments: list[str] | None = None) -> int:
    """Play it and tell; the exit status says whether nothing was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--orders", type=int, default=120)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--quick", action="store_true", help="6 orders, 3 kills")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    orders, kills = (6, 3) if options.quick else (options.orders, options.kills)
    outcome = hour(orders, kills, options.seed)
    print(
        f"{outcome.orders} of {orders} orders placed and there once, {outcome.kills} kills, {outcome.numbers} numbers "
        f"issued, {outcome.kept} keys kept, {outcome.in_flight} orders stored before the window could say so; "
        f"wrong {len(outcome.wrong)}; {outcome.seconds:.0f} s; seed {outcome.seed}"
    )
    for text in outcome.wrong[:20]:
        print(text, file=sys.stderr)
    return int(bool(outcome.wrong))


if __name__ == "__main__":
    raise SystemExit(main())
