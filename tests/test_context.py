"""The context: what lies in the folder, and every way to open, make, lock, back up and restore it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from directsell import bootstrap
from directsell.context import BookState, Context
from directsell.domain.clock import FixedClock
from directsell.store.backup import backups_in
from directsell.store.errors import Full, Missing, NoKey, NoKeyring, NotOurs, Unproven, WrongCode, WrongPassword
from directsell.store.identity import identity_of
from directsell.store.instance import AlreadyRunning
from directsell.store.keys import Cost, KeyMode
from tests.fixtures import books

CHEAP = Cost(memory=1 << 20, passes=1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(books.NOON)


def make(folder: Path, clock: FixedClock) -> Context:
    return bootstrap.make_context(folder, clock=clock, cost=CHEAP)


@pytest.fixture
def context(tmp_path: Path, clock: FixedClock) -> Context:
    return make(tmp_path / "data", clock)


@pytest.mark.parametrize(
    ("mode", "state"),
    [(KeyMode.FILE, BookState.READY), (KeyMode.PLAIN, BookState.READY), (KeyMode.PASSWORD, BookState.LOCKED)],
)
def test_a_new_book_is_there_at_the_next_start(
    context: Context, clock: FixedClock, mode: KeyMode, state: BookState
) -> None:
    assert context.state() is BookState.NONE
    book = context.create(mode, "pa55")
    books.fill(book.app.store, 2, 1)
    book.close()
    book.close()
    again = make(context.folders.data, clock)
    assert again.state() is state
    opened = again.open("pa55")
    assert opened.notes == ()
    with opened.app.store.read() as reader:
        assert reader.value("SELECT count(*) FROM person") == 2
    opened.close()
    content = context.folders.database.read_bytes()
    assert (b"peelers" in content) == (mode is KeyMode.PLAIN)


def test_without_a_keyring_another_way_must_be_chosen_and_nothing_is_left(context: Context) -> None:
    with pytest.raises(NoKeyring):
        context.create(KeyMode.KEYRING)
    assert context.state() is BookState.NONE
    context.create(KeyMode.FILE).close()


def test_a_wrong_password_opens_nothing(context: Context) -> None:
    context.create(KeyMode.PASSWORD, "right").close()
    before = books.digest(context.folders.database)
    with pytest.raises(WrongPassword):
        context.open("wrong")
    assert books.digest(context.folders.database) == before
    context.open("right").close()


def test_locking_drops_the_key_and_the_password_opens_again(context: Context) -> None:
    book = context.create(KeyMode.PASSWORD, "right")
    book.drafts.save("order:new", {"note": "half"})
    book.close()
    assert book.key is None
    again = context.open("right")
    assert [draft.body for draft in again.drafts.list()] == [{"note": "half"}]
    again.close()


def test_a_second_book_is_never_made_over_the_first(context: Context) -> None:
    context.create(KeyMode.FILE).close()
    before = books.digest(context.folders.database)
    with pytest.raises(FileExistsError):
        context.create(KeyMode.FILE)
    assert books.digest(context.folders.database) == before


def test_the_recovery_sheet_opens_a_book_whose_key_is_lost(context: Context) -> None:
    book = context.create(KeyMode.PASSWORD, "forgotten")
    sheet = context.recovery_sheet(book)
    assert sheet is not None
    book.close()
    with pytest.raises(WrongCode):
        context.open_with_code(sheet.code[:-1] + ("0" if sheet.code[-1] != "0" else "1"), KeyMode.FILE)
    context.keys.path.unlink()
    assert context.state() is BookState.KEY_LOST
    with pytest.raises(NoKey):
        context.open()
    other = "-".join(context.keys.sheet(bytes(32), books.NOON.date()).groups)
    with pytest.raises(WrongCode):
        context.open_with_code(other, KeyMode.FILE)
    assert context.state() is BookState.KEY_LOST
    context.open_with_code(sheet.code.lower(), KeyMode.PASSWORD, "new").close()
    context.open("new").close()


def test_what_a_killed_restore_left_is_removed_by_the_next_start(context: Context) -> None:
    context.create(KeyMode.FILE).close()
    left = [context.folders.data / f".tmp-{name}-0a1b.db" for name in ("candidate", "restored")]
    for file in left:
        file.write_bytes(b"half a copy")
    context.hold().release()
    assert not [file for file in left if file.exists()]
    assert context.folders.database.exists()


def test_a_lost_database_is_not_a_new_beginning(context: Context, clock: FixedClock) -> None:
    book = context.create(KeyMode.FILE)
    books.fill(book.app.store)
    made = context.back_up(book).backup
    book.close()
    context.folders.database.unlink()
    assert context.state() is BookState.LOST
    assert context.backups() == (made,)
    done = context.restore(made.path)
    assert done.identity.series == "B"
    book = context.open()
    assert book.notes == ()
    assert identity_of(book.app.store) == done.identity
    book.close()


def test_a_new_beginning_keeps_the_old_key_aside(context: Context) -> None:
    context.create(KeyMode.FILE).close()
    old = context.keys.path.read_bytes()
    context.folders.database.unlink()
    context.create(KeyMode.FILE).close()
    assert [file.read_bytes() for file in context.folders.config.glob("key-old-*.json")] == [old]
    book = context.open()
    assert book.notes == ()
    book.close()


def test_a_book_that_could_not_be_made_leaves_the_old_key(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **more: object) -> None:
        raise Full("injected")

    monkeypatch.setattr("directsell.store.upgrade.create_store", full)
    with pytest.raises(Full):
        context.create(KeyMode.FILE)
    assert context.state() is BookState.NONE
    monkeypatch.undo()
    context.create(KeyMode.FILE).close()
    old = context.keys.path.read_bytes()
    context.folders.database.unlink()
    monkeypatch.setattr("directsell.store.upgrade.create_store", full)
    with pytest.raises(Full):
        context.create(KeyMode.PASSWORD, "x")
    assert context.keys.path.read_bytes() == old


def test_a_backup_on_a_stick_and_the_sheet_are_enough_on_a_new_laptop(
    context: Context, clock: FixedClock, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    context.device.set(backup_folder=str(tmp_path / "stick" / "book"))
    book = context.create(KeyMode.PASSWORD, "x")
    books.fill(book.app.store)
    sheet = context.recovery_sheet(book)
    assert sheet is not None
    outcome = context.back_up(book)
    assert outcome.second is not None
    book.close()
    new = make(tmp_path / "new laptop", clock)
    assert new.state() is BookState.NONE
    with pytest.raises(NoKey):
        new.restore(outcome.second.path)
    assert new.inspect_backup(outcome.second.path, code=sheet.code).contents.people == 5
    new.restore(outcome.second.path, code=sheet.code, mode=KeyMode.PASSWORD, new_password="y")
    opened = new.open("y")
    assert opened.notes == ()
    assert identity_of(opened.app.store).series == "B"
    opened.close()


def test_a_refused_backup_leaves_book_and_key(context: Context, tmp_path: Path) -> None:
    context.create(KeyMode.FILE).close()
    before = books.digest(context.folders.database), books.digest(context.keys.path)
    for content in (b"", b"x" * 9000, b"SQLite format 3\0" + b"\0" * 9000):
        wrong = tmp_path / "wrong.db"
        wrong.write_bytes(content)
        with pytest.raises((NotOurs, Unproven)):
            context.restore(wrong)
    with pytest.raises(Missing):
        context.restore(tmp_path / "gone.db")
    assert (books.digest(context.folders.database), books.digest(context.keys.path)) == before


def test_a_file_put_back_by_hand_is_told_and_gets_a_new_series(context: Context) -> None:
    book = context.create(KeyMode.FILE)
    book.app.store.fold_log()
    old = context.folders.database.read_bytes()
    books.fill(book.app.store, 3, 2)
    book.close()
    context.folders.database.write_bytes(old)
    book = context.open()
    (note,) = book.notes
    assert (note.code, note.params["missing"]) == ("book.behind", 5)
    assert identity_of(book.app.store).series == "B"  # R-A-2026-0001 and 0002 are in customers' hands
    book.close()
    book = context.open()
    assert book.notes == ()
    book.close()


def test_a_clock_set_back_and_a_synced_folder_are_told(context: Context, clock: FixedClock) -> None:
    context.create(KeyMode.FILE).close()
    clock.advance(days=-2)
    (context.folders.data / ".stfolder").mkdir()
    (context.folders.data / "book (1).db").touch()
    book = context.open()
    assert [note.code for note in book.notes] == [
        "book.clock_back", "book.synced_folder", "book.conflict_copies",
    ]  # fmt: skip
    assert book.notes[1].params == {"by": "syncthing"}
    books.fill(book.app.store, 1, 1)
    book.close()


def test_upkeep_makes_the_backup_of_the_hour_and_shortens_the_log(context: Context, clock: FixedClock) -> None:
    book = context.create(KeyMode.FILE)
    assert context.upkeep(book) is not None
    books.fill(book.app.store, 2)
    assert context.upkeep(book) is None
    clock.advance(hours=1)
    assert context.upkeep(book) is not None
    assert len(backups_in(context.folders.backups)) == 2
    book.close()


def test_one_program_holds_the_folder(context: Context) -> None:
    lock = context.hold()
    with pytest.raises(AlreadyRunning):
        context.hold()
    lock.release()
    context.hold().release()


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "file").touch()
    context = make(tmp_path / "file" / "data", clock)
    assert context.state() is BookState.NONE
    with pytest.raises(Missing):
        context.hold()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], bootstrap.Options()),
        (["--data", "x", "--lang=de"], bootstrap.Options(Path("x"), "de")),
        (["--data=x", "import", "--lang", "de"], bootstrap.Options(Path("x"), rest=("import", "--lang", "de"))),
        (["--help"], bootstrap.Options(rest=("--help",))),
        (["--version", "--lang", "en"], bootstrap.Options(language="en", version=True)),
    ],
)
def test_global_options_stand_before_the_command(arguments: list[str], expected: bootstrap.Options) -> None:
    assert bootstrap.parse(arguments) == expected


@pytest.mark.parametrize("arguments", [["--data"], ["--data="], ["--lang"]])
def test_an_option_without_its_value_ends_with_a_usage_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(arguments) == 2
    assert arguments[0].strip("=") in capsys.readouterr().err


def test_the_start_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\nfrom directsell import bootstrap\n"
        "context = bootstrap.make_context(pathlib.Path(sys.argv[1]))\ncontext.logs.start()\n"
        "book = context.open()\n"
        "heavy = ('sqlalchemy', 'alembic', 'reportlab', 'babel', 'asyncio', 'keyring', 'nacl', 'platformdirs', "
        "'argparse', 'importlib.metadata', 'PySide6', 'openpyxl', 'socket', 'tempfile', 'email')\n"
        "print(*[name for name in heavy if name in sys.modules])\nbook.close()\n"
    )
    bootstrap.make_context(tmp_path).create(KeyMode.FILE).close()
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env=books.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "\n"
