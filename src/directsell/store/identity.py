"""Who this installation is: a new device code and the next free series letter, when a database came back from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from directsell.domain.ids import named_id
from directsell.domain.settings import Device
from directsell.store.database import Store
from directsell.store.upgrade import device_code

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I, O: they look like digits in a paper's number


@dataclass(frozen=True, slots=True)
class Identity:
    """The device code that signs changes and the series of its paper numbers."""

    code: str
    series: str


def identity_of(store: Store) -> Identity:
    """Return the identity under which this installation writes."""
    with store.read() as reader:
        return Identity(*reader.rows("SELECT dev, series FROM sync_state")[0])


def used_series(store: Store) -> frozenset[str]:
    """Return every series that a device or a paper of this book ever had."""
    with store.read() as reader:
        return frozenset(
            row[0] for row in reader.rows("SELECT series FROM device UNION SELECT series FROM issued_paper")
        )


def new_identity(store: Store, device_name: str, *, also_used: Iterable[str] = ()) -> Identity:
    """Give this installation a new device code and the next free series, and retire the old one.

    A restored or copied database would otherwise issue numbers that its later self has issued already.

    Args:
        store: the database.
        device_name: what the user calls this laptop.
        also_used: series known from elsewhere (the database that was replaced, the marker outside).
    """
    taken = used_series(store) | set(also_used)
    series = next(letters for letters in _series() if letters not in taken)
    code = device_code(store.ids)
    with store.write("This laptop", origin="system") as work:
        old = work.find_one(Device, named_id("device", work.device))
        if old is not None:
            work.save(replace(old, retired_at=work.now))
        work.connection.execute("UPDATE sync_state SET dev = ?, series = ?", (code, series))
        work.save(Device(id=named_id("device", code), code=code, name=device_name, series=series, created_at=work.now))
    return Identity(code, series)


def _series() -> Iterator[str]:
    """Yield A ... Z, AA ... ZZ, AAA ..."""
    for length in count(1):
        yield from _of_length(length)


def _of_length(length: int) -> Iterator[str]:
    for letter in _LETTERS:
        if length == 1:
            yield letter
        else:
            yield from (letter + rest for rest in _of_length(length - 1))
