"""Whole businesses on a temporary disk, as the program finds them: folders, device settings, key, database."""

from __future__ import annotations

from pathlib import Path

from directsell.bootstrap import make_context
from directsell.context import Context, OpenBook
from directsell.domain.clock import FixedClock
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile, TaxRate
from directsell.store.errors import NoKeyring
from directsell.store.keys import Cost, KeyMode
from directsell.usecases.settings import set_up_business
from tests.fixtures import books

PASSWORD = "several good words"
CHEAP = Cost(memory=1 << 20, passes=1)
SELLER = Business(name="Dana Whitfield", city="Springfield", country="US", currency="USD", tax_label="Permit")
PROFILE = TaxProfile(rates=(TaxRate("Sales tax", 77_500),), exempt_classes=("exempt",))


class Ring:
    """A keyring in memory that can be switched off."""

    def __init__(self, *, works: bool = True) -> None:
        self.kept: dict[str, bytes] = {}
        self.works = works

    def get(self, entry: str) -> bytes | None:
        self._check()
        return self.kept.get(entry)

    def put(self, entry: str, key: bytes) -> None:
        self._check()
        self.kept[entry] = key

    def remove(self, entry: str) -> None:
        self._check()
        self.kept.pop(entry, None)

    def _check(self) -> None:
        if not self.works:
            raise NoKeyring("off")


def home(folder: Path, *, keyring: Ring | None = None, clock: FixedClock | None = None) -> Context:
    """Return the context of a data folder in which there is nothing yet."""
    return make_context(folder, clock=clock or FixedClock(books.NOON), keyring=keyring or Ring(works=False), cost=CHEAP)


def settle_in(context: Context, mode: KeyMode = KeyMode.FILE, password: str = "") -> OpenBook:
    """Make the business of Dana and leave it open."""
    book = context.create(mode, password)
    book.app.run(set_up_business, SELLER, PROFILE)
    book.app.forget_steps()
    return book
