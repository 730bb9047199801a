"""Run one benchmark in this process and tell its figures; bench.py starts it."""

from __future__ import annotations

import importlib
import sys

MODULES = {
    "start": "start",
    "save": "saving",
    "search": "searching",
    "lists": "long_lists",
    "board": "pipeline_board",
    "paper": "papers",
    "import": "importing",
    "today": "questions",
    "filters": "filters",
    "people": "duplicates",
    "desk": "party_desk",
}


def main(name: str, *options: str) -> int:
    """Measure; the status is 0 unless the benchmark itself breaks."""
    importlib.import_module(f"tests.perf.{MODULES[name]}").measure(quick="--quick" in options)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
