"""Which shipped files the look needs: icons, fonts, the style sheet. Nothing here draws."""

from __future__ import annotations

from pathlib import Path

from directsell.resources import find_resource


def icon_file(name: str) -> Path:
    """Path of one icon's SVG file; it need not exist."""
    return find_resource("icons", f"{name}.svg")


def font_files() -> list[Path]:
    """The bundled faces in a fixed order; empty when none are installed."""
    return sorted(find_resource("fonts").glob("Inter-*.ttf"))


def style_template() -> str:
    """The style sheet with ``$token`` places."""
    return find_resource("theme", "style.qss").read_text(encoding="utf-8")
