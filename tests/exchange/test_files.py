"""Names, guarded reading, atomic writing."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directsell.exchange import files
from directsell.exchange.errors import ExchangeError
from directsell.exchange.files import atomic_file, atomic_write, open_for_reading, safe_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Müller", "Müller"),
        ("Mu\u0308ller", "Müller"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("/absolute", "_absolute"),
        ("C:\\Windows\\x", "C__Windows_x"),
        ("\\\\server\\share", "__server_share"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Com1", "_Com1"),
        ("LPT9 .x", "_LPT9 .x"),
        ("COM10", "COM10"),
        ("a\0b\x1fc", "abc"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("trailing dots...", "trailing dots"),
        ("   ", "_"),
        ("", "_"),
        ("..", "_"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("lone \ud800 surrogate", "lone surrogate"),
    ],
)
def test_names_stay_inside_the_folder_and_are_legal(text: str, expected: str) -> None:
    assert safe_name(text) == expected


def test_a_name_is_cut_to_whole_letters_and_keeps_its_suffix() -> None:
    name = safe_name("ü" * 300, suffix=".pdf")
    assert name.endswith("ü.pdf")
    assert len(name.encode()) <= 120


@given(st.text())
@example("a" * 119 + " b")
@example(".\u0301")
def test_every_name_is_legal_and_stable(text: str) -> None:
    name = safe_name(text, suffix=".csv")
    assert name == unicodedata.normalize("NFC", name)
    assert len(name.encode()) <= 120
    assert not set(name) & set('<>:"/\\|?*')
    assert Path(name).name == name
    assert safe_name(name.removesuffix(".csv"), suffix=".csv") == name


def test_what_is_no_file_is_refused_before_it_blocks(tmp_path: Path) -> None:
    cases = [(tmp_path, "file.not_regular", "folder")]
    if hasattr(os, "mkfifo"):  # Windows has no pipes in folders
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        cases += [(pipe, "file.not_regular", "pipe"), (Path(os.devnull), "file.not_regular", "device")]
    for path, code, kind in cases:
        with pytest.raises(ExchangeError) as caught:
            open_for_reading(path)
        assert (caught.value.code, caught.value.params["kind"]) == (code, kind)
        with pytest.raises(ExchangeError, match="not_regular"):
            atomic_write(path, b"new")
        assert not path.is_file()


@pytest.mark.parametrize("name", ["nothing", "a/b", "a\0b"])
def test_missing_files_are_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        open_for_reading(tmp_path / name)
    assert caught.value.code == "file.missing"


def test_a_written_file_replaces_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    atomic_write(path, b"old")
    atomic_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert [item.name for item in tmp_path.iterdir()] == ["a"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    atomic_write(path, b"old")

    def write_half(file_path: Path) -> None:
        with atomic_file(file_path) as file:
            file.write(b"half")
            raise KeyError("the rows failed")

    with pytest.raises(KeyError):
        write_half(path)
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a"]


def test_overwriting_can_be_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "a"
    atomic_write(path, b"first", overwrite=False)
    with pytest.raises(ExchangeError) as caught:
        atomic_write(path, b"second", overwrite=False)
    assert caught.value.code == "file.exists"
    assert path.read_bytes() == b"first"
    assert [item.name for item in tmp_path.iterdir()] == ["a"]


def test_the_database_and_its_backups_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "directsell.lock").touch()
    for path in (tmp_path / "book.db", tmp_path / "backups" / "old.db"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"a business")
        with pytest.raises(ExchangeError, match="no_permission"):
            atomic_write(path, b"name;phone")
        assert path.read_bytes() == b"a business"
    atomic_write(tmp_path / "people.csv", b"name;phone")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError) as caught:
        atomic_write(tmp_path / "no" / "a", b"")
    assert caught.value.code == "file.missing"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "file.disk_full"),
        (errno.EROFS, "file.no_permission"),
        (errno.EACCES, "file.no_permission"),
        (errno.EIO, "file.unwritable"),
    ],
)
def test_the_systems_complaints_get_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "a"
    atomic_write(path, b"old")

    def fail(_: int) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files, "_synchronise", fail)
    with pytest.raises(ExchangeError) as caught:
        atomic_write(path, b"new")
    assert caught.value.code == code
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a"]


class SharingViolation(PermissionError):
    """What Windows answers while a scanner holds a file."""

    winerror = 32


def test_a_scanner_that_holds_the_file_is_waited_for() -> None:
    answers: list[Exception | None] = [SharingViolation(), SharingViolation(), None]
    waits: list[float] = []

    def rename(_: Path, __: Path) -> None:
        if (error := answers.pop(0)) is not None:
            raise error

    files._replace(Path("a"), Path("b"), rename, waits.append)
    assert waits == [0.05, 0.1]


def test_the_wait_ends_after_two_and_a_half_seconds() -> None:
    waits: list[float] = []

    def rename(_: Path, __: Path) -> None:
        raise SharingViolation

    with pytest.raises(PermissionError):
        files._replace(Path("a"), Path("b"), rename, waits.append)
    assert sum(waits) == pytest.approx(2.5)


def test_a_missing_right_is_not_waited_for() -> None:
    waits: list[float] = []

    def rename(_: Path, __: Path) -> None:
        raise PermissionError(errno.EACCES, "denied")

    with pytest.raises(PermissionError):
        files._replace(Path("a"), Path("b"), rename, waits.append)
    assert waits == []
