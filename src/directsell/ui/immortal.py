"""Keeps the constants of old interpreters alive; no Qt import may live here.

One PySide6 release built for newer interpreters consumes references of ``None`` and ``True`` on Python 3.11 until
the interpreter aborts. Adding a very large count makes that harmless; from Python 3.12 on they are immortal anyway.
"""

from __future__ import annotations

import ctypes
import sys

_MANY = 1 << 60
_done = False


def pin() -> bool:
    """Make None, True, False, NotImplemented and Ellipsis undying on Python < 3.12.

    Returns:
        True when the counts were raised now, False when nothing was necessary.
    """
    global _done
    if _done or sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return False
    for constant in (None, True, False, NotImplemented, Ellipsis):
        counter = ctypes.c_ssize_t.from_address(id(constant))
        counter.value += _MANY
    _done = True
    return True
