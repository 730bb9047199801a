"""Which language the machine speaks. Asks the system, without Qt; decides nothing about words or formats."""

from __future__ import annotations

import os
import subprocess
import sys

from directsell.i18n.locales import normalise


def system_language() -> str:
    """Return the tag of the machine's language, e.g. ``"de_DE"``; ``"en_US"`` where the machine does not say."""
    return normalise(_from_environment() or _from_windows() or _from_mac())


def _from_environment() -> str:
    """Return what POSIX says about messages: the first of these variables that is set decides."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return value
    return ""


def _from_windows() -> str:
    if sys.platform == "win32":
        import ctypes

        longest = 85  # LOCALE_NAME_MAX_LENGTH
        buffer = ctypes.create_unicode_buffer(longest)
        if ctypes.windll.kernel32.GetUserDefaultLocaleName(buffer, longest):
            return buffer.value
    return ""


def _from_mac() -> str:
    if sys.platform == "darwin":
        command = ["/usr/bin/defaults", "read", "-g", "AppleLocale"]
        try:
            return subprocess.run(command, capture_output=True, text=True, timeout=2, check=False).stdout.strip()
        except (OSError, subprocess.TimeoutExpired):
            return ""
    return ""
