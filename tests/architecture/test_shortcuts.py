"""Keys of commands: a field that is typed in takes its own editing keys first, on some system or other."""

from __future__ import annotations

import re

from tests.architecture.sources import SOURCE

# Select all, copy, paste, cut, redo on Windows, delete the line on X11. Undo is told apart by the window itself.
_OF_FIELDS = {"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+U"}


def test_no_command_has_an_editing_key_of_fields() -> None:
    keys = {
        key: path.name
        for path in (SOURCE / "ui").rglob("*.py")
        for key in re.findall(r'"((?:Ctrl|Alt|Shift)\+[^"{}\s]+)"', path.read_text(encoding="utf-8"))
    }
    assert "Ctrl+K" in keys, "the keys are found"
    assert {key: name for key, name in keys.items() if key in _OF_FIELDS} == {}
