"""Settings that stay on this device (language, looks, second backup folder): one small JSON file. Nothing of the trade."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from directsell.files import atomic_write

DEFAULTS: dict[str, Any] = {
    "language": "",  # "" = the system's
    "theme": "system",  # "system", "light", "dark"
    "scale": 100,  # per cent
    "lock_minutes": 0,  # idle minutes until the password is asked again; 0 = never
    "backup_folder": "",  # second place of the backups, e.g. a USB stick; "" = none
    "reminders": True,  # messages on the desktop: contacts of the day, demos an hour before
    "reminded_on": "",  # the day (ISO) whose contacts were told last
    "privacy": False,  # hide amounts and other customers on the screen
    "recovery_sheet": "",  # mark of the key whose recovery sheet was printed or saved
}


class DeviceSettings:
    """Reads the file once; every change is written at once, whole or not at all.

    Names that are not in ``DEFAULTS`` may be stored as well (the window keeps column widths here).

    Args:
        path: the JSON file; a missing or unreadable one means defaults.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._values = _load(path)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a setting; one of the wrong type (an edited file) counts as not set."""
        fallback = DEFAULTS.get(name, default)
        value = self._values.get(name, fallback)
        return value if name not in DEFAULTS or type(value) is type(fallback) else fallback

    def set(self, **values: Any) -> bool:
        """Change settings; returns False when they could not be written (they then hold until the program ends)."""
        with self._lock:
            changed = {**self._values, **values}
            if changed == self._values:
                return True
            self._values = changed
            text = json.dumps(changed, ensure_ascii=False, indent=1, sort_keys=True)
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                atomic_write(self._path, text.encode())
            except OSError:
                return False
        return True


def _load(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
