"""Tokens, contrast, type, icons, and the switch of schemes."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from directsell.resources import find_resource
from directsell.ui.theme import DARK, LIGHT, TEXT_PAIRS, Scheme, SchemeChoice, T, Tokens, font, icon, theme, token_names
from directsell.ui.theme.tokens import AVATARS_DARK, AVATARS_LIGHT
from directsell.ui.widgets.buttons import Button, Kind


def luminance(color: str) -> float:
    """WCAG 2.2, relative luminance of ``#rrggbb``."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, contrast ratio."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("tokens", "pair"), list(product((LIGHT, DARK), TEXT_PAIRS)))
def test_words_are_readable(tokens: Tokens, pair: tuple[str, str]) -> None:
    front, back = (getattr(tokens, name) for name in pair)
    assert contrast(front, back) >= 4.5, pair


@pytest.mark.parametrize("table", [AVATARS_LIGHT, AVATARS_DARK])
def test_initials_are_readable(table: tuple[tuple[str, str], ...]) -> None:
    assert all(contrast(back, front) >= 4.5 for back, front in table)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
@pytest.mark.parametrize("back", ["bg", "side", "surface", "raised", "field"])
def test_focus_ring_is_visible(tokens: Tokens, back: str) -> None:
    assert contrast(tokens.focus, getattr(tokens, back)) >= 3.0


def test_every_token_is_a_colour_in_both_schemes() -> None:
    for tokens in (LIGHT, DARK):
        for name in token_names():
            assert re.fullmatch(r"#([0-9a-f]{2})?[0-9a-f]{6}", getattr(tokens, name)), name


def test_bundled_type_is_used(themed: QApplication) -> None:
    assert QFontInfo(font(14)).family() == "Inter"
    assert font(14) is font(14)


def test_figures_of_columns_are_equally_wide(themed: QApplication) -> None:
    from directsell.ui.theme import metrics

    tabular = metrics(14, tabular=True)
    assert len({round(tabular.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1
    assert len({round(metrics(14).horizontalAdvance(digit), 3) for digit in "0123456789"}) > 1


def test_switch_changes_living_widgets(qtbot: QtBot, themed: QApplication) -> None:
    label = QLabel("words")
    label.setProperty("tone", "text2")
    button = Button("Save", kind=Kind.PRIMARY)
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.show()
    with qtbot.waitSignal(theme().changed):
        theme().set_choice(SchemeChoice.DARK)
    assert theme().scheme is Scheme.DARK
    assert T("bg") == QColor(DARK.bg)
    image = button.grab().toImage()
    assert image.pixelColor(8, image.height() // 2) == QColor(DARK.accent)
    assert QApplication.palette().window().color() == QColor(DARK.bg)


def test_icons_are_tinted_by_scheme(themed: QApplication) -> None:
    def color_of(picture: QIcon) -> set[str]:
        image: QImage = picture.pixmap(QSize(32, 32)).toImage()
        points = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}

    picture = icon("plus", "text")
    assert color_of(picture) == {LIGHT.text}
    theme().set_choice(SchemeChoice.DARK)
    assert color_of(icon("plus", "text")) == {DARK.text}


def test_unknown_icon_is_a_mistake_of_ours(themed: QApplication) -> None:
    with pytest.raises(KeyError):
        icon("no-such-icon")


def test_icon_files_have_no_colour_of_their_own() -> None:
    folder = find_resource("icons")
    assert (folder / "LICENSE-lucide.txt").is_file()
    for file in folder.glob("*.svg"):
        if file.stem != "app":
            text = file.read_text(encoding="utf-8")
            assert 'stroke="currentColor"' in text
            assert "#" not in text


def test_qt_is_imported_without_its_import_hook() -> None:
    import builtins

    assert "feature" not in getattr(builtins.__import__, "__module__", "")
    assert type(builtins.__import__).__name__ == "builtin_function_or_method"


def test_no_reference_of_none_is_eaten(qtbot: QtBot, themed: QApplication) -> None:
    import sys

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _number in range(2_000):
        label.setText("x")
        label.resize(10, 10)
    assert sys.getrefcount(None) > before - 500
