"""Where the data, the settings and the log lie, and whether the data folder is a place that a database survives in."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from directsell.files import private_folder

VARIABLE = "DIRECTSELL_DATA"
_NAME = "DirectSell"
_DATABASE = "book.db"

# Files and folders that a sync program puts into its root, and how it calls that root.
_MARKERS = {
    "dropbox": (".dropbox", ".dropbox.cache"),
    "onedrive": (".849C9593-D756-4E56-8D6E-42412F2A707B",),
    "syncthing": (".stfolder", ".stignore"),
    "nextcloud": (".sync_journal.db", ".nextcloudsync.log", ".owncloudsync.log"),
    "google_drive": (".tmp.drivedownload", ".tmp.driveupload"),
}
_MARKER_PATTERNS = {"nextcloud": "._sync_*.db"}
_FOLDER_NAMES = (
    (re.compile(r"^dropbox( \(.+\))?$"), "dropbox"),
    (re.compile(r"^onedrive( - .+)?$"), "onedrive"),
    (re.compile(r"^(mobile documents|com~apple~clouddocs|icloud ?drive)$"), "icloud"),
    (re.compile(r"^(nextcloud|owncloud)$"), "nextcloud"),
    (re.compile(r"^(google ?drive|my drive)$"), "google_drive"),
)
_NETWORK_TYPES = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "fuse.rclone", "davfs", "9p", "afs")
# "book (conflicted copy of ...).db", "book-LAPTOP.db", "book.sync-conflict-...db": copies made by sync programs.
_CONFLICT = re.compile(
    r"^book(?=.*(conflict|konflikt|conflit|copy|kopie| \(\d+\)|-[A-Z0-9]{4,}))[^/]+\.db$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one business: data (the database and its backups), settings of this device, log."""

    data: Path
    config: Path
    logs: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.data / _DATABASE

    @property
    def backups(self) -> Path:
        """The folder of the automatic backups."""
        return self.data / "backups"

    @property
    def key_file(self) -> Path:
        """How the key of the database is kept (see store.keys)."""
        return self.config / "key.json"

    @property
    def marker(self) -> Path:
        """What was last seen of the database, kept outside of it (see store.marker)."""
        return self.config / "last-seen.json"

    @property
    def device_settings(self) -> Path:
        """The settings that stay on this device."""
        return self.config / "device.json"

    def make(self) -> None:
        """Make the folders, for the owner only.

        Raises:
            OSError: a folder cannot be made.
        """
        for folder in (self.data, self.config, self.logs):
            private_folder(folder)


def find_folders(data: Path | str | None = None) -> Folders:
    """Return the folders to use: inside ``data``, else inside ``$DIRECTSELL_DATA``, else where the system wants them.

    Args:
        data: the folder given on the command line; everything then lies inside it.
    """
    chosen = data or os.environ.get(VARIABLE)
    if chosen:
        root = Path(chosen).expanduser().absolute()
        return Folders(root, root, root / "logs")
    import platformdirs

    return Folders(
        Path(platformdirs.user_data_dir(_NAME, appauthor=False)),
        Path(platformdirs.user_config_dir(_NAME, appauthor=False)),
        Path(platformdirs.user_log_dir(_NAME, appauthor=False)),
    )


def synced_by(folder: Path, mounts: str | None = None) -> str | None:
    """Name what copies a folder elsewhere behind the program's back, or None for a good place.

    Args:
        folder: the data folder.
        mounts: text of the system's mount table; default: ``/proc/self/mounts`` where there is one.

    Returns:
        ``dropbox``, ``onedrive``, ``icloud``, ``nextcloud``, ``google_drive``, ``syncthing`` or ``network``.
    """
    folder = folder.absolute()
    for place in (folder, *folder.parents):
        with contextlib.suppress(OSError):
            for name, marks in _MARKERS.items():
                if any((place / mark).exists() for mark in marks):
                    return name
            for name, pattern in _MARKER_PATTERNS.items():
                if next(place.glob(pattern), None) is not None:
                    return name
        named = next((name for pattern, name in _FOLDER_NAMES if pattern.match(place.name.casefold())), None)
        if named is not None:
            return named
    return "network" if _on_network(folder, mounts) else None


def _on_network(folder: Path, mounts: str | None) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        place = parts[1].replace("\\040", " ")
        inside = place == "/" or str(folder) == place or str(folder).startswith(place + "/")
        if inside and len(place) >= len(best):
            best, kind = place, parts[2]
    return kind in _NETWORK_TYPES


def conflict_copies(folder: Path) -> tuple[str, ...]:
    """Return the names of files beside the database that look like a sync program's second copy of it."""
    try:
        return tuple(sorted(entry.name for entry in folder.iterdir() if _CONFLICT.match(entry.name)))
    except OSError:
        return ()
