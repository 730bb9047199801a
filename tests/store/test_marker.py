"""The marker outside: a lost log, an older file put back, and mixed generations are noticed; a healthy book is not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from directsell.domain.clock import FixedClock
from directsell.store import marker, upgrade
from directsell.store.database import Store
from directsell.store.identity import identity_of, new_identity, used_series
from tests.fixtures import books


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "last-seen.json"


def test_a_book_that_was_closed_and_opened_lacks_nothing(store: Store, place: Path, path: Path) -> None:
    stop = marker.watch(place, store, store.clock)
    books.fill(store)
    stop()
    store.close()
    again = books.open_book(path)
    assert marker.regression(place, again) is None
    again.close()


def test_a_lost_log_is_noticed_with_the_number_of_lost_changes(place: Path, path: Path) -> None:
    script = (
        "import sys, os, pathlib\n"
        "from tests.fixtures import books\n"
        "from directsell.store import marker\n"
        "path, place = map(pathlib.Path, sys.argv[1:])\n"
        "store = books.open_book(path)\n"
        "marker.watch(place, store, store.clock)\n"
        "books.fill(store, 3, 2)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path), str(place)], env=books.environment(), check=False)
    wal, shm = upgrade.side_files(path)
    assert wal.stat().st_size > 0
    wal.unlink()
    shm.unlink()
    store = books.open_book(path)
    found = marker.regression(place, store)
    assert found is not None
    assert found.missing == 5  # three orders and two papers; papers write the marker at once
    store.close()


def test_an_older_file_put_back_is_noticed(store: Store, place: Path, path: Path) -> None:
    stop = marker.watch(place, store, store.clock)
    store.fold_log()
    old = path.read_bytes()
    books.fill(store, 2, 1)
    stop()
    store.close()
    path.write_bytes(old)
    again = books.open_book(path)
    found = marker.regression(place, again)
    assert found is not None
    assert found.missing == 3
    again.close()


def test_the_file_of_another_laptop_is_noticed_but_not_another_book(store: Store, place: Path, tmp_path: Path) -> None:
    marker.write(place, store)
    copy = tmp_path / "copy.db"
    store.fold_log()
    shutil.copy(store.path, copy)
    clone = books.open_book(copy)
    new_identity(clone, "Other laptop")
    found = marker.regression(place, clone)
    assert found is not None
    assert found.missing == 0
    clone.close()
    other = upgrade.create_store(
        tmp_path / "other.db", None, clock=store.clock, ids=store.ids, device_name="Other business"
    )
    assert marker.regression(place, other) is None
    marker.write(place, other)
    assert marker.regression(place, other) is None
    other.close()


def test_the_marker_follows_each_number_and_each_minute(store: Store, place: Path, clock: FixedClock) -> None:
    stop = marker.watch(place, store, clock)

    def seen() -> int:
        found = marker.load(place)
        assert found is not None
        return found.tx

    start = seen()
    with store.write("Order") as work:
        order = books.add_order(work)
    assert seen() == start
    with store.write("Issue", barrier=True) as work:
        books.issue(work, order)
    assert seen() == start + 2
    clock.advance(seconds=61)
    with store.write("Order") as work:
        books.add_order(work)
    assert seen() == start + 3
    clock.advance(days=-10)
    with store.write("Order") as work:
        books.add_order(work)
    assert seen() == start + 4
    stop()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"tx": "x"}', b"\xff"])
def test_an_unreadable_marker_counts_as_none(store: Store, place: Path, content: bytes) -> None:
    place.write_bytes(content)
    assert marker.load(place) is None
    assert marker.regression(place, store) is None
    marker.write(place, store)
    assert json.loads(place.read_text())["series"] == ["A"]


def test_a_folder_that_cannot_be_written_stops_nobody(store: Store, tmp_path: Path) -> None:
    marker.write(tmp_path / "gone" / "marker.json", store)


def test_series_go_from_a_to_z_and_on_without_letters_that_look_like_digits(store: Store) -> None:
    seen = [identity_of(store).series]
    for _ in range(26):
        seen.append(new_identity(store, "Laptop").series)
    assert seen[:9] == list("ABCDEFGHJ")
    assert seen[23:] == ["Z", "AA", "AB", "AC"]
    assert used_series(store) == set(seen)


def test_series_used_elsewhere_are_passed_over(store: Store) -> None:
    assert new_identity(store, "Laptop", also_used=["B", "C", "E"]).series == "D"
