"""Faults for real: processes killed at random moments, full disks, cut logs; then everything acknowledged must be there.

`dev.py bench --faults` runs it long (thousands of trials, half an hour), the test suite shortly. Every trial goes on with the same book, so that damage
would add up.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from directsell.app import App  # noqa: E402
from directsell.domain.clock import FixedClock  # noqa: E402
from directsell.domain.ids import IdSource  # noqa: E402
from directsell.store import backup, doctor, marker, restore, upgrade  # noqa: E402
from directsell.store.database import Store  # noqa: E402
from directsell.store.drafts import Drafts  # noqa: E402
from directsell.store.errors import Full, StoreError  # noqa: E402
from tests.fixtures import books  # noqa: E402
from tests.perf.power import power_cuts  # noqa: E402
from tests.perf.victims import IGNORED, Lab, Told, work_a_while  # noqa: E402

_MIGRATION = '''"""A second version, for the trials."""
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    op.execute("ALTER TABLE person ADD COLUMN colour TEXT NOT NULL DEFAULT 'x'")
    op.execute("UPDATE person SET note = note || '!'")
    op.execute("CREATE TABLE wish AS SELECT * FROM order_line")
    op.execute("CREATE INDEX ix_wish ON wish(name)")
'''


# --- the faults -------------------------------------------------------------------------------------------------


def kills(lab: Lab, trials: int) -> int:
    """Kill a process that works, at a random moment, again and again; return how much was acknowledged."""
    heard = 0
    for trial in range(trials):
        seed = lab.dice.getrandbits(40)

        def act(told: Callable[[str], None], seed: int = seed) -> None:
            store = lab.open(books.NOON + timedelta(minutes=seed % 100_000))
            marker.watch(lab.place, store, store.clock)
            told("ready")
            work_a_while(App(store), random.Random(seed), lab.people, told, 10_000, Drafts(store))

        heard += lab.told.hear(lab.child(act, lab.dice.uniform(0, 0.15))) - 1
        lab.check(thorough=trial % 20 == 19)
    lab.check(thorough=True)
    return heard


def full_disks(lab: Lab, trials: int) -> int:
    """Let the files grow only so far; the work must fail with `Full`, keep what it told, and go on after."""
    heard = 0
    for _ in range(trials):
        seed, room = lab.dice.getrandbits(40), lab.dice.randrange(0, 400_000)

        def act(told: Callable[[str], None], seed: int = seed, room: int = room) -> None:
            told("ready")
            store = lab.open()
            app, dice = App(store), random.Random(seed)
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
            try:
                work_a_while(app, dice, lab.people, told, 500, Drafts(store))
            except Full:
                pass
            except StoreError as error:
                told(f"wrong said {error.code}: {error.detail}")
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            work_a_while(app, dice, lab.people, told, 8, Drafts(store))
            store.close()

        heard += lab.told.hear(lab.child(act, None)) - 1
        lab.check(thorough=True)
    return heard


def full_medium(lab: Lab, trials: int) -> int:
    """The same on a real file system that is really full, where this process may mount one (root on Linux)."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        return 0
    heard = 0
    for _ in range(trials):
        small = lab.folder / "small"
        small.mkdir(exist_ok=True)
        size = lab.path.stat().st_size // 1024 + lab.dice.randrange(200, 900)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k,mode=700", "tmpfs", str(small)]
        if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            return heard
        try:
            inner = Lab.__new__(Lab)
            inner.__dict__.update(lab.__dict__, folder=small, path=small / "book.db", told=Told(), place=small / "seen")
            shutil.copy(lab.path, inner.path)
            seed = lab.dice.getrandbits(40)

            def act(told: Callable[[str], None], inner: Lab = inner, seed: int = seed, size: int = size) -> None:
                told("ready")
                store = inner.open()
                app, dice = App(store), random.Random(seed)
                try:
                    work_a_while(app, dice, inner.people, told, 2000, Drafts(store))
                except Full:
                    pass
                except StoreError as error:
                    told(f"wrong said {error.code}: {error.detail}")
                more = ["mount", "-o", f"remount,size={size * 4}k", str(inner.folder)]
                subprocess.run(more, capture_output=True, check=True)
                work_a_while(app, dice, inner.people, told, 20, Drafts(store))
                store.close()

            heard += inner.told.hear(inner.child(act, None)) - 1
            inner.check(thorough=True)
            lab.told.wrong += inner.told.wrong
        finally:
            subprocess.run(["umount", str(small)], check=True)
    return heard


def cut_logs(lab: Lab, trials: int) -> int:
    """After a kill, cut the log anywhere: an earlier moment must open whole, and the marker must tell what is gone."""
    noticed = 0
    for _ in range(trials):
        side = lab.folder / "cut"
        shutil.rmtree(side, ignore_errors=True)
        side.mkdir()
        copy, seed = side / "book.db", lab.dice.getrandbits(40)
        shutil.copy(lab.path, copy)

        def act(told: Callable[[str], None], copy: Path = copy, seed: int = seed) -> None:
            clock = FixedClock(books.NOON)
            store = Store(copy, books.KEY, clock=clock, ids=IdSource(clock))
            marker.watch(copy.with_name("seen"), store, clock)
            told("ready")
            work_a_while(App(store), random.Random(seed), lab.people, told, 10_000)

        lab.child(act, lab.dice.uniform(0.02, 0.08))
        wal, shm = upgrade.side_files(copy)
        shm.unlink(missing_ok=True)
        if wal.exists():
            os.truncate(wal, lab.dice.randrange(wal.stat().st_size + 1))
        before = marker.load(copy.with_name("seen"))
        store = Store(copy, books.KEY, clock=FixedClock(books.NOON), ids=IdSource(FixedClock(books.NOON)))
        with store.read() as reader:
            found = doctor.check_book(reader.connection, now=books.NOON)
            newest = reader.value("SELECT max(tx) FROM journal_tx")
        behind = marker.regression(copy.with_name("seen"), store) is not None
        store.close()
        lab.told.wrong += [f"cut log: {f.code}" for f in found if f.code not in IGNORED]
        if before is not None and behind != (newest < before.tx):
            lab.told.wrong.append("the marker did not notice a cut log")
        noticed += behind
    return noticed


def killed_jobs(lab: Lab, trials: int) -> int:
    """Kill migrations, backups and restores: the old or the new book, and every file named a backup is one."""
    scripts = lab.folder / "migrations"
    if not scripts.exists():
        shutil.copytree(Path(upgrade.__file__).parent / "migrations", scripts)
        (scripts / "versions" / "v0002_second.py").write_text(_MIGRATION)
    folder, clock = lab.folder / "backups", FixedClock(datetime.now(UTC))
    good = backup.back_up(lab.path, books.KEY, folder, clock=clock).backup
    done = 0
    for trial in range(trials):
        copy = lab.folder / "job" / "book.db"
        shutil.rmtree(copy.parent, ignore_errors=True)
        copy.parent.mkdir()
        shutil.copy(lab.path, copy)
        before = _rows(copy)

        def migrate(told: Callable[[str], None], copy: Path = copy) -> None:
            told("ready")
            upgrade.migrate(copy, books.KEY, folder=scripts, version=2)
            told("done")

        def bring_back(told: Callable[[str], None], copy: Path = copy) -> None:
            told("ready")
            more = {"aside": copy.parent / "aside", "clock": clock, "ids": IdSource(clock), "device_name": "L"}
            restore.restore(copy, books.KEY, good.path, books.KEY, **more)  # type: ignore[arg-type]
            told("done")

        def save(told: Callable[[str], None], copy: Path = copy) -> None:
            told("ready")
            backup.back_up(copy, books.KEY, copy.parent / "backups", clock=clock)
            told("done")

        act = (migrate, bring_back, save)[trial % 3]
        said = lab.child(act, lab.dice.uniform(0, (0.15, 0.35, 0.06)[trial % 3]))
        finished = "done\n" in said
        done += finished
        after = _rows(copy)
        if finished and act is not save and after == before:
            lab.told.wrong.append(f"{act.__name__} was told done and is not")
        if act is migrate and after != before and after["version"] != [(2,)]:
            lab.told.wrong.append("half a migration")
        if act is bring_back and after != before and after["series"] == before["series"]:
            lab.told.wrong.append("half a restore")
        for made in backup.backups_in(copy.parent / "backups"):
            backup.prove(made.path, books.KEY)
    return done


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    store = Store(path, books.KEY, clock=FixedClock(books.NOON), ids=IdSource(FixedClock(books.NOON)))
    try:
        with store.read() as reader:
            rows = {
                t: reader.rows(f"SELECT * FROM {t}") for t in ("person", "order_line", "issued_paper", "journal_tx")
            }
            rows["schema"] = reader.rows("SELECT type, name, sql FROM sqlite_master ORDER BY name")
            rows["series"] = reader.rows("SELECT dev, series FROM sync_state")
            rows["version"] = reader.rows("PRAGMA user_version")
    finally:
        store.close()
    return rows


def power(lab: Lab, trials: int) -> int:
    """Rebuild the disk as power cuts could have left it, 200 for each recorded run; return how many were tried."""
    tried = 0
    while tried < trials:
        states, wrong = power_cuts(lab.path, min(200, trials - tried), lab.dice)
        lab.told.wrong += wrong
        if not states:
            return tried
        tried += states
    return tried


FAULTS: dict[str, tuple[Callable[[Lab, int], int], int, str]] = {
    "kill": (kills, 10_000, "kill -9 while saving and numbering: things acknowledged"),
    "full": (full_disks, 500, "file size limit reached: things acknowledged"),
    "medium": (full_medium, 100, "disk full, then freed: things acknowledged"),
    "cut": (cut_logs, 500, "log cut anywhere: losses noticed"),
    "power": (power, 10_000, "power cut, the disk rebuilt from the system calls: states"),
    "jobs": (killed_jobs, 900, "migration, restore, backup killed: finished before"),
}


def main() -> int:
    """Run the trials asked for; the exit status says whether everything held."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, (_, long, _) in FAULTS.items():
        parser.add_argument(f"--{name}", type=int, default=None, help=f"trials (long run: {long})")
    parser.add_argument("--quick", action="store_true", help="all faults, a fiftieth of the trials")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    asked = {name: getattr(options, name) for name in FAULTS}
    if all(count is None for count in asked.values()):
        asked = {name: long // 50 if options.quick else long for name, (_, long, _) in FAULTS.items()}
    seed = options.seed if options.seed is not None else random.SystemRandom().getrandbits(32)
    results: dict[str, object] = {"seed": seed}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        for name, count in asked.items():
            if not count:
                continue
            lab = Lab(Path(folder) / name, seed)
            start = time.perf_counter()
            result = FAULTS[name][0](lab, count)
            wrong += [f"{name}: {text}" for text in lab.told.wrong]
            results[name] = {"trials": count, "result": result, "wrong": lab.told.wrong}
            if not options.json:
                print(
                    f"{count:6} x {FAULTS[name][2]} {result}; wrong {len(lab.told.wrong)}; "
                    f"slowest opening {lab.slowest_open * 1000:.0f} ms; {time.perf_counter() - start:.0f} s"
                )
    if options.json:
        print(json.dumps(results))
    for text in wrong[:20]:
        print(text, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
