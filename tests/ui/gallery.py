"""Pictures of every widget of the kit: ``python tests/ui/gallery.py FOLDER [1|2]`` (light, dark, right to left)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# ruff: noqa: E402 - the path and the platform come first
from directsell.ui import qt_boot

qt_boot.import_qt()

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from directsell.ui.theme import SchemeChoice, theme
from tests.ui import gallery_pages


def shoot(folder: Path, app: QApplication, name: str, widget: QWidget) -> None:
    """Save one picture."""
    widget.show()
    app.processEvents()
    gallery_pages.settle(widget)
    app.processEvents()
    widget.grab().save(str(folder / f"{name}.png"))


def main() -> None:
    """Draw all pages in both schemes and mirrored."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    only = sys.argv[3:]
    os.environ["QT_SCALE_FACTOR"] = sys.argv[2] if len(sys.argv) > 2 else "1"
    suffix = f"@{os.environ['QT_SCALE_FACTOR']}x"
    app = qt_boot.application()
    theme().install(app, SchemeChoice.LIGHT)
    for mood in ("light", "dark", "rtl"):
        theme().set_choice(SchemeChoice.DARK if mood == "dark" else SchemeChoice.LIGHT)
        mirrored = mood == "rtl"
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
        for name, make in gallery_pages.PAGES.items():
            if only and name not in only:
                continue
            window = make()
            shoot(folder, app, f"{name}-{mood}{suffix}", window)
            window.close()
            window.deleteLater()
            app.processEvents()


if __name__ == "__main__":
    main()
