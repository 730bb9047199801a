"""Measure DirectSell against its floors: `python dev.py bench [NAME ...] [--quick] [--json FILE] [--faults] [--kills]`.

Every benchmark runs in a process of its own (measure.py), ours and its floor in turns. A figure over its budget is told,
never an error: machines differ, and a busy one must not break a build. With --faults the long run of injected faults
follows, with --kills the hour of kills at the party desk; a fault that is not survived is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("start", "save", "search", "lists", "board", "paper", "import", "today", "filters", "people", "desk")
_ABOUT = {
    "start": "from spawn to the readable Today page; memory",
    "save": "a five-line order, durably",
    "search": "search as you type",
    "lists": "a list of 1,000,000 orders",
    "board": "a pipeline of 5,000 prospects",
    "paper": "an invoice",
    "import": "nine months of a real shop",
    "today": "the questions of Today and People",
    "filters": "segments counted, offers found",
    "people": "duplicates, one person's page, the question before an erasure",
    "desk": "keys at the desk of a party of 600 orders",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks; 0 unless a benchmark broke or a fault was not survived."""
    options = _parser().parse_args(arguments)
    unknown = [name for name in options.names if name not in NAMES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    wanted = list(options.names or (() if options.faults or options.kills else NAMES))
    broken = False
    outcomes: list[dict[str, Any]] = []
    for name in wanted:
        print(f"{name}: {_ABOUT[name]}", flush=True)
        found, status = _measure(name, quick=options.quick)
        outcomes += found
        broken |= status != 0
    if outcomes:
        print(_table(outcomes))
    if options.json:
        text = json.dumps({"figures": outcomes, "python": sys.version.split()[0], "cpus": os.cpu_count()}, indent=1)
        Path(options.json).write_text(text + "\n", encoding="utf-8")
    if options.faults:
        broken |= _child("tests.perf.faults", quick=options.quick).wait() != 0
    if options.kills:
        broken |= _child("tests.perf.kill_hour", quick=options.quick).wait() != 0
    return int(broken)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; default: all")
    parser.add_argument("--quick", action="store_true", help="a small book and few rounds: to see that everything runs")
    parser.add_argument("--json", metavar="FILE", help="write the figures to a file")
    parser.add_argument("--faults", action="store_true", help="the long run of injected faults")
    parser.add_argument("--kills", action="store_true", help="120 orders at the party desk, killed 60 times")
    return parser


def _child(module: str, *arguments: str, quick: bool, **more: Any) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", module, *arguments, *(["--quick"] if quick else [])]
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **more)


def _measure(name: str, *, quick: bool) -> tuple[list[dict[str, Any]], int]:
    """Run one benchmark, telling each figure as it comes."""
    found: list[dict[str, Any]] = []
    child = _child("tests.perf.measure", name, quick=quick, stdout=subprocess.PIPE)
    assert child.stdout is not None
    for line in child.stdout:
        try:
            outcome: dict[str, Any] = json.loads(line)
        except ValueError:
            print(line, end="", flush=True)
            continue
        found.append({"benchmark": name, **outcome})
        print("  " + _line(outcome), flush=True)
    status = child.wait()
    if status != 0:
        print(f"  {name} broke with status {status}", flush=True)
    return found, status


def _line(outcome: dict[str, Any]) -> str:
    cells = _cells(outcome)
    words = [f"{cells[0]}: {cells[1]}"]
    words += [f"floor {cells[2]}", f"ratio {cells[3]}"] if cells[2] else []
    words += [f"budget {cells[4]}", cells[5]] if cells[4] else [cells[5]]
    return ", ".join(word for word in words if word) + (f"  [{outcome['how']}]" if "how" in outcome else "")


def _cells(outcome: dict[str, Any]) -> tuple[str, ...]:
    """Return name, ours, floor, ratio, budget, verdict as they are shown."""
    if "why" in outcome:
        return outcome["name"], "-", "", "", "", outcome["why"]
    unit, floor, budget = outcome["unit"], outcome["floor"], outcome["budget"]
    ratio = "" if floor is None else f"{outcome['ratio']:.2f}"
    limit = "" if budget is None else (f"<= {budget:g} x" if floor is not None else f"<= {budget:g} {unit}")
    verdict = {True: "ok", False: "OVER", None: ""}[outcome["within"]]
    ours = f"{_number(outcome['ours'])} {unit}"
    return outcome["name"], ours, "" if floor is None else f"{_number(floor)} {unit}", ratio, limit, verdict


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e6:
        return f"{int(value)}"
    return f"{value:.2f}" if abs(value) < 100 else f"{value:.0f}"


def _table(outcomes: list[dict[str, Any]]) -> str:
    rows = [("figure", "ours", "floor", "ratio", "budget", ""), *map(_cells, outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "  ".join([row[0].ljust(widths[0])] + [row[c].rjust(widths[c]) for c in range(1, 5)] + [row[5]]).rstrip()
        for row in rows
    ]
    return "\n".join(["", lines[0], "-" * len(lines[0]), *lines[1:]])


if __name__ == "__main__":
    raise SystemExit(main())
