"""Folders, device settings and small files: where things lie, what copies them elsewhere, and writing them whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from directsell import files
from directsell.device import DeviceSettings
from directsell.folders import conflict_copies, find_folders, synced_by
from tests.fixtures.books import is_private


def test_a_given_folder_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = find_folders(tmp_path / "mine")
    folders.make()
    for place in (
        folders.database,
        folders.backups,
        folders.key_file,
        folders.marker,
        folders.device_settings,
        folders.logs,
    ):
        assert place.is_relative_to(tmp_path / "mine")
    assert is_private(folders.data)
    monkeypatch.setenv("DIRECTSELL_DATA", str(tmp_path / "other"))
    assert find_folders().data == tmp_path / "other"
    assert find_folders(tmp_path / "mine") == folders


def test_otherwise_the_system_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DIRECTSELL_DATA", raising=False)
    folders = find_folders()
    assert folders.data.name == "DirectSell"
    assert folders.database.name == "book.db"


@pytest.mark.parametrize(
    ("place", "marker", "name"),
    [
        ("Dropbox/business", None, "dropbox"),
        ("Dropbox (Personal)/x", None, "dropbox"),
        ("stuff/x", "stuff/.dropbox", "dropbox"),
        ("OneDrive/Documents/x", None, "onedrive"),
        ("OneDrive - Contoso/x", None, "onedrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", None, "icloud"),
        ("Nextcloud/x", None, "nextcloud"),
        ("files/x", "files/._sync_0a1b.db", "nextcloud"),
        ("files/x", "files/.sync_journal.db", "nextcloud"),
        ("shared/deep/er/x", "shared/.stfolder", "syncthing"),
        ("Google Drive/x", None, "google_drive"),
        ("documents/x", None, None),
        ("my dropbox notes/x", None, None),
    ],
)
def test_a_folder_that_a_sync_program_copies_is_named(
    tmp_path: Path, place: str, marker: str | None, name: str | None
) -> None:
    folder = tmp_path / place
    folder.mkdir(parents=True)
    if marker is not None:
        (tmp_path / marker).touch()
    assert synced_by(folder, mounts="/dev/sda1 / ext4 rw 0 0\n") == name


def test_a_network_drive_is_named_by_the_innermost_mount() -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nserver:/export /home nfs4 rw 0 0\n/dev/sdb1 /home/dana/local ext4 rw 0 0\n"
        "//nas/data /media/my\\040nas cifs rw 0 0\nbroken\n"
    )
    assert synced_by(Path("/home/dana/data"), mounts) == "network"
    assert synced_by(Path("/home/dana/local/data"), mounts) is None
    assert synced_by(Path("/media/my nas/data"), mounts) == "network"
    assert synced_by(Path("/homestead"), mounts) is None


def test_second_copies_of_sync_programs_are_listed(tmp_path: Path) -> None:
    conflicts = [
        "book (Dana's conflicted copy 2026-06-15).db",
        "book (1).db",
        "book.sync-conflict-20260615-120000-ABCDEFG.db",
        "book-LAPTOP7.db",
        "book (conflicted copy 2026-06-15 120000).db",
        "book_conflict-20260615.db",
        "book - Kopie.db",
        "book (in Konflikt stehende Kopie).db",
    ]
    for name in [*conflicts, "book.db", "book.db-wal", "book.db-shm", "bookings.db", "notes.txt", "other copy.db"]:
        (tmp_path / name).touch()
    assert set(conflict_copies(tmp_path)) == set(conflicts)
    assert conflict_copies(tmp_path / "gone") == ()


def test_device_settings_are_kept_and_a_damaged_file_means_defaults(tmp_path: Path) -> None:
    path = tmp_path / "config" / "device.json"
    settings = DeviceSettings(path)
    assert settings.get("theme") == "system"
    assert settings.get("columns.people", [1]) == [1]
    assert settings.set(theme="dark", **{"columns.people": [80, 120]})
    again = DeviceSettings(path)
    assert (again.get("theme"), again.get("columns.people")) == ("dark", [80, 120])
    assert is_private(path)
    for content in (b"", b"{", b"[]", b"\xff\xfe", json.dumps({"theme": 7, "scale": "x"}).encode()):
        path.write_bytes(content)
        damaged = DeviceSettings(path)
        assert (damaged.get("theme"), damaged.get("scale")) == ("system", 100)


def test_settings_that_cannot_be_written_hold_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = DeviceSettings(tmp_path / "file" / "device.json")
    assert not settings.set(theme="dark")
    assert settings.get("theme") == "dark"


@pytest.mark.parametrize("step", ["write_synced", "sync_file", "replace"])
def test_a_small_file_is_old_or_new_never_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "a.json"
    files.atomic_write(path, b"old")

    def fail(*args: object, **more: object) -> None:
        raise OSError(28, "injected")

    monkeypatch.setattr(files, step, fail)
    with pytest.raises(OSError, match="injected"):
        files.atomic_write(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]
    files.atomic_write(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_long_name_in_any_script_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("\u8336" * 80 + ".pdf")  # 244 bytes, nearly all that a name may have
    files.atomic_write(path, b"new")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_no_file_takes_the_place_of_a_pipe_or_folder(tmp_path: Path) -> None:
    names = ["folder"]
    (tmp_path / "folder").mkdir()
    if hasattr(os, "mkfifo"):  # Windows has no pipes in folders
        os.mkfifo(tmp_path / "pipe")
        names.append("pipe")
    for name in names:
        with pytest.raises(PermissionError):
            files.atomic_write(tmp_path / name, b"new")
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    assert not (tmp_path / names[-1]).is_file()
