"""What happens to a whole book in a worker: made, opened, restored, warmed up. No windows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from directsell.context import Context, OpenBook
from directsell.store.errors import NoKey, NoKeyring, StoreError
from directsell.store.keys import KeyMode
from directsell.ui.tasks import Job

if TYPE_CHECKING:
    from directsell.app import App
    from directsell.domain.settings import Business
    from directsell.domain.taxes import TaxProfile
    from directsell.store.restore import Proof, Restored

_AT_ONCE = 40  # people planned in one transaction


class Creation:
    """Makes the book that was asked for; when something fails there is none afterwards, and all can be tried again.

    Args:
        context: where it is made.
        protection: value of a KeyMode.
        password: for ``KeyMode.PASSWORD``.
        tag: language of the sample.
        business: who sells, or None for the sample business.
        profile: the tax rules, with the rates.
        logo: a cleaned picture, or nothing.
    """

    def __init__(
        self,
        context: Context,
        protection: str,
        password: str,
        tag: str,
        *,
        business: Business | None = None,
        profile: TaxProfile | None = None,
        logo: bytes | None = None,
    ) -> None:
        self._context = context
        self._mode = KeyMode(protection)
        self._password = password
        self._tag = tag
        self._business = business
        self._profile = profile
        self._logo = logo

    def __call__(self, job: Job) -> OpenBook:
        book = self._context.create(self._mode, self._password)
        try:
            self._fill(book)
        except BaseException:
            book.close()
            with suppress(OSError):
                self._context.folders.database.unlink()  # made a moment ago, nothing of anybody is in it
            raise
        book.app.forget_steps()
        return book

    def _fill(self, book: OpenBook) -> None:
        from directsell.domain.taxes import TaxProfile
        from directsell.usecases.samples import make_sample
        from directsell.usecases.settings import save_logo, set_up_business

        if self._business is None:
            book.app.run(make_sample, self._tag)
            return
        book.app.run(set_up_business, self._business, self._profile or TaxProfile())
        if self._logo:
            book.app.run(save_logo, self._logo)


class Opening:
    """Opens the book with a password."""

    def __init__(self, context: Context, password: str) -> None:
        self._context = context
        self._password = password

    def __call__(self, job: Job) -> OpenBook:
        return self._context.open(self._password)


class Recovery:
    """Opens the book with the code of the recovery sheet, and keeps the key anew: under a password, else as well as it goes."""

    def __init__(self, context: Context, code: str, password: str = "") -> None:
        self._context = context
        self._code = code
        self._password = password

    def __call__(self, job: Job) -> OpenBook:
        if self._password:
            return self._context.open_with_code(self._code, KeyMode.PASSWORD, self._password)
        try:
            return self._context.open_with_code(self._code, KeyMode.KEYRING)
        except NoKeyring:
            return self._context.open_with_code(self._code, KeyMode.FILE)


@dataclass(frozen=True, slots=True)
class Wish:
    """A backup that shall come back, and what was typed to open it."""

    backup: Path
    password: str = ""
    code: str = ""


class Proving:
    """Proves a backup; nothing is changed."""

    def __init__(self, context: Context, wish: Wish) -> None:
        self._context = context
        self._wish = wish

    def __call__(self, job: Job) -> Proof:
        return self._context.inspect_backup(self._wish.backup, password=self._wish.password, code=self._wish.code)


class Restoring:
    """Puts a backup in place; a laptop without a key keeps it in the keyring, or else in a file."""

    def __init__(self, context: Context, wish: Wish) -> None:
        self._context = context
        self._wish = wish

    def __call__(self, job: Job) -> Restored:
        wish = self._wish
        if key_mode(self._context) is None and wish.code:
            try:
                return self._context.restore(wish.backup, code=wish.code, mode=KeyMode.KEYRING)
            except NoKeyring:
                return self._context.restore(wish.backup, code=wish.code, mode=KeyMode.FILE)
        return self._context.restore(wish.backup, password=wish.password, code=wish.code)


class DayPlans:
    """Plans once a day what the day itself makes due (birthdays, silence, goods that run out), in small transactions."""

    def __init__(self) -> None:
        self._planned: dict[Path, date] = {}

    def make(self, app: App, job: Job) -> None:
        """Plan what was not planned today; saves of the user find a gap between the transactions."""
        from directsell.store.queries.follow_up_reach import due_by_the_day
        from directsell.usecases.follow_up_programmes import plan_the_day

        today = app.store.clock.today()
        if self._planned.get(app.store.path) == today:
            return
        with app.store.read(job.is_cancelled) as reader:
            people = due_by_the_day(reader, today)
        for start in range(0, len(people), _AT_ONCE):
            job.check()
            app.run(plan_the_day, people[start : start + _AT_ONCE])
        self._planned[app.store.path] = today


class Upkeep:
    """What is due now and then: the backup, and the plans of the day."""

    def __init__(self, context: Context, book: OpenBook, plans: DayPlans) -> None:
        self._context = context
        self._book = book
        self._plans = plans

    def __call__(self, job: Job) -> object:
        kept = self._context.upkeep(self._book)
        with suppress(StoreError):  # a full disk is told by the backup and by the next save; the plans are made later
            self._plans.make(self._book.app, job)
        return kept


class WarmUp:
    """Imports SQLAlchemy and ReportLab, so that the first save and the first paper are quick."""

    def __init__(self, book: OpenBook) -> None:
        self._book = book

    def __call__(self, job: Job) -> None:
        self._book.app.store.warm_up()
        job.check()
        from directsell.documents import warm_up

        warm_up()


def key_mode(context: Context) -> KeyMode | None:
    """Return how the key is kept; None without one, and when its file cannot be read."""
    try:
        return context.keys.mode
    except NoKey:
        return None


def lacks_recovery_sheet(context: Context) -> bool:
    """Say whether the data is encrypted and nobody has made the recovery sheet of its key on this laptop."""
    try:
        mark = context.keys.fingerprint
    except NoKey:
        return False
    return bool(mark) and context.device.get("recovery_sheet") != mark


def clean_logo(content: bytes) -> bytes:
    """Return a picture as a small PNG without metadata.

    Raises:
        DomainError: ``logo.too_large``, ``logo.unreadable``.
    """
    from directsell.documents.images import clean_logo as clean

    return clean(content)


def keyring_answers(_job: Job) -> bool:
    """Say whether the system keeps keys; it may take seconds to answer."""
    from directsell.store.system_keyring import SystemKeyring

    return SystemKeyring().available()
