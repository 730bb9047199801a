"""Power loss, replayed: every system call of a working process is recorded, and the disk is rebuilt as a power cut
after any of them could have left it. Needs strace (Linux); without it nothing is tried.

A written byte may or may not have reached the disk until its file was flushed; a new name until its folder was. Three
kinds of disks are rebuilt: one that lost everything not flushed, one that kept a random part of it in sectors of 512
bytes, and one that kept all (the process was killed).
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from directsell.domain.clock import FixedClock
from directsell.domain.ids import IdSource
from directsell.store import doctor, marker
from directsell.store.database import Store
from directsell.store.drafts import Drafts
from tests.fixtures import books

_SECTOR = 512
_CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,link,linkat"
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?")
_FD = re.compile(r"^\d+<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

_SCRIPT = """
import os, pathlib, random, sys
from tests.fixtures import books
from directsell.app import App
from directsell.store import marker
from directsell.store.drafts import Drafts
from tests.perf.victims import work_a_while
folder = pathlib.Path(sys.argv[1])
ack = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT)
store = books.open_book(folder / "book.db")
with store.read() as reader:
    from directsell.domain.people import Person
    people = [person.id for person in reader.find(Person)]
stop = marker.watch(folder / "last-seen.json", store, store.clock)
work_a_while(App(store), random.Random(int(sys.argv[3])), people, lambda line: os.write(ack, line.encode() + b"\\n"),
             int(sys.argv[4]), Drafts(store))
stop()
store.close()
"""


@dataclass
class _File:
    """A file: what the platters surely hold, and the changes since the last flush, in order."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # (offset, bytes) or (length, None)

    def content(self, dice: random.Random | None, *, everything: bool) -> bytes:
        """Return the content after a power cut: all changes, none, or (with dice) a random part, torn at sectors."""
        now = bytearray(self.durable)
        for offset, data in self.pending:
            if data is None:
                if everything or (dice and dice.random() < 0.5):
                    now = now[:offset] + bytes(max(0, offset - len(now)))
            elif everything:
                _put(now, offset, data)
            elif dice:
                for start in range(0, len(data), _SECTOR):
                    if dice.random() < 0.5:
                        _put(now, offset + start, data[start : start + _SECTOR])
        return bytes(now)


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class _Disk:
    """The files of one folder; ``names`` as the program sees them, ``safe`` as they surely are after a power cut."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.names = {str(file): _File(file.read_bytes()) for file in folder.iterdir() if file.is_file()}
        self.safe = dict(self.names)

    def apply(self, call: _Call) -> None:
        """Take in one successful system call."""
        file = self.names.get(call.path)
        if call.name == "openat":
            self.names.setdefault(call.path, _File())
        elif call.name in ("fsync", "fdatasync"):
            if file is not None:
                file.durable, file.pending = file.content(None, everything=True), []
            elif call.path == self.folder:
                self.safe = dict(self.names)
        elif call.name.startswith(("rename", "link")):
            old, new = (text.decode() for text in call.texts[:2])
            self.names[new] = self.names[old] if call.name.startswith("link") else self.names.pop(old)
        elif call.name.startswith("unlink"):
            self.names.pop(call.texts[0].decode(), None)
        elif file is not None:
            if call.name == "ftruncate":
                file.pending.append((call.number, None))
            else:
                end = len(file.content(None, everything=True)) if call.name == "write" else call.number
                file.pending.append((end, call.texts[0]))

    def rebuild(self, target: Path, dice: random.Random | None, *, everything: bool, strict: bool) -> None:
        """Write the disk after a power cut into a folder.

        Args:
            target: an empty folder.
            dice: for a disk that kept a part.
            everything: nothing was lost.
            strict: names made since their folder was flushed are lost too (no journaling file system).
        """
        for name, file in (self.safe if strict else self.names).items():
            (target / Path(name).name).write_bytes(file.content(dice, everything=everything))


def power_cuts(path: Path, states: int, dice: random.Random, steps: int = 25) -> tuple[int, list[str]]:
    """Record a working process and rebuild the disk after its system calls; return how many states, and what is wrong.

    Args:
        path: a book with some people in it; it is copied.
        states: how many power cuts to try, spread over all calls and kinds of disks.
        dice: chance.
        steps: how much the process does.
    """
    strace = shutil.which("strace")
    if strace is None:
        return 0, []
    with tempfile.TemporaryDirectory(prefix="power-") as name:
        root = Path(name).resolve()
        folder, log, ack, target = root / "data", root / "calls", root / "told", root / "after"
        folder.mkdir()
        shutil.copy(path, folder / "book.db")
        disk = _Disk(folder)
        command = [strace, "-f", "-y", "-xx", "-s", "9999999", "-e", f"trace={_CALLS}", "-o", str(log), sys.executable]
        command += ["-c", _SCRIPT, str(folder), str(ack), str(dice.getrandbits(30)), str(steps)]
        subprocess.run(command, env=books.environment(), check=True)
        calls = [call for call in _calls(log) if call.concerns(str(folder)) or call.concerns(str(ack))]
        chosen = Counter(dice.randrange(len(calls)) for _ in range(states))
        wrong: list[str] = []
        told: list[str] = []
        for place, call in enumerate(calls):
            if not call.concerns(str(ack)):
                disk.apply(call)
            elif call.name == "write":
                told += call.texts[0].decode().splitlines()
            for _ in range(chosen[place]):
                kind = dice.choice(("lost", "lost, strict names", "torn", "torn, strict names", "kept"))
                shutil.rmtree(target, ignore_errors=True)
                target.mkdir()
                part = dice if kind.startswith("torn") else None
                disk.rebuild(target, part, everything=kind == "kept", strict=kind.endswith("strict names"))
                wrong += [
                    f"after call {place} of {len(calls)} ({call.name}), {kind}: {text}" for text in _check(target, told)
                ]
    return states, wrong


@dataclass(frozen=True)
class _Call:
    """One successful system call: its name, the file of its descriptor, its texts, its last number."""

    name: str
    path: str
    texts: tuple[bytes, ...]
    number: int

    def concerns(self, place: str) -> bool:
        """Say whether it changes or flushes something below a path."""
        named = self.name.startswith(("rename", "link", "unlink"))
        return any(text.startswith(place.encode()) for text in self.texts) if named else self.path.startswith(place)


def _calls(log: Path) -> Iterator[_Call]:
    unfinished: dict[str, str] = {}
    for line in log.read_text().splitlines():
        pid, _, rest = line.partition(" ")
        if rest.endswith("<unfinished ...>"):
            unfinished[pid] = rest.removesuffix("<unfinished ...>")
            continue
        resumed = re.match(r"^ *<\.\.\. \w+ resumed>(.*)$", rest)
        found = _LINE.match((unfinished.pop(pid, "") + resumed[1]) if resumed else rest.strip())
        if not found or int(found[3]) < 0:
            continue
        name, arguments = found[1], found[2]
        if name == "openat" and "O_CREAT" not in arguments:
            continue
        at = _FD.match(arguments)
        path = found[4] if name == "openat" else at[1] if at else ""
        texts = tuple(_bytes(text) for text in _TEXT.findall(arguments)) if name != "openat" else ()
        last = arguments.rsplit(",", 1)[-1].strip()
        yield _Call(name, _bytes(path or "").decode(), texts, int(last) if last.isdigit() else 0)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _check(folder: Path, told: list[str]) -> list[str]:
    """Open the book as the program would after the power is back; say what is missing or broken."""
    clock = FixedClock(books.NOON)
    try:
        store = Store(folder / "book.db", books.KEY, clock=clock, ids=IdSource(clock))
    except Exception as error:  # noqa: BLE001 - whatever it is, the book does not open
        return [f"does not open: {error!r}"]
    wrong = []
    try:
        if marker.regression(folder / "last-seen.json", store) is not None:
            wrong.append("the marker knows more than the book")
        wrong += [finding.code for finding in doctor.examine(store) if finding.code != "clock.future"]
        with store.read() as reader:
            ids = {row[0] for table in ("sales_order", "payment") for row in reader.rows(f"SELECT id FROM {table}")}
            numbers = {row[0] for row in reader.rows("SELECT number FROM issued_paper")}
        draft = Drafts(store).load("order:new")
        for line in told:
            kind, _, value = line.partition(" ")
            if (kind == "row" and bytes.fromhex(value) not in ids) or (kind == "number" and value not in numbers):
                wrong.append(f"lost {line}")
            if kind == "draft" and (draft is None or draft.body["n"] < int(value)):
                wrong.append(f"lost {line}")
    finally:
        store.close()
    return wrong
