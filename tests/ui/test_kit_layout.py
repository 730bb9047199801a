"""How the kit lays things out: even rows of tiles, margins that mirror, keys that stay in sight, one empty state at a time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from directsell.ui.widgets.buttons import Button, IconButton, Kind, fit_words
from directsell.ui.widgets.fields import ChoiceField
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.page import Page, ScrollArea
from directsell.ui.widgets.sheets import SideSheet
from directsell.ui.widgets.sides import ListDetail
from directsell.ui.widgets.states import EmptyState, ToastBar
from tests.ui.test_kit_widgets import show

pytestmark = pytest.mark.usefixtures("themed")


def tiles_in(qtbot: QtBot, flow_host: QWidget, flow: FlowLayout, count: int, width: int) -> list[QWidget]:
    tiles = [QWidget() for _number in range(count)]
    for tile in tiles:
        flow.addWidget(tile)
    show(qtbot, flow_host, width, 300)
    return tiles


def test_four_tiles_where_three_have_room_stand_two_by_two(qtbot: QtBot) -> None:
    host = QWidget()
    tiles = tiles_in(qtbot, host, FlowLayout(host, gap=10, tile=100), 4, 330)
    assert [tile.y() == tiles[0].y() for tile in tiles] == [True, True, False, False]
    assert [tile.width() for tile in tiles] == [160] * 4


def test_short_lists_of_a_grid_keep_its_columns(qtbot: QtBot) -> None:
    host = QWidget()
    tiles = tiles_in(qtbot, host, FlowLayout(host, gap=10, tile=100, grid=True), 2, 330)
    assert [(tile.x(), tile.width()) for tile in tiles] == [(0, 103), (113, 103)]


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_bar_takes_its_room_from_the_margin_at_its_own_side(qtbot: QtBot, mirrored: bool) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(28, 0, 28, 0)
    tall = QWidget()
    tall.setMinimumHeight(2000)
    column.addWidget(tall)
    area = ScrollArea(content)
    area.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    show(qtbot, area, 400, 300)
    bar = area.verticalScrollBar().sizeHint().width()
    margins = column.contentsMargins()
    assert (margins.left(), margins.right()) == ((28 - bar, 28) if mirrored else (28, 28 - bar))


def test_uneven_margins_stay_while_nothing_scrolls_beside_them(qtbot: QtBot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(12, 0, 13, 0)
    tall = QWidget()
    tall.setMinimumHeight(2000)
    column.addWidget(tall)
    area = ScrollArea(content)
    show(qtbot, area, 400, 300)
    assert (column.contentsMargins().left(), column.contentsMargins().right()) == (12, 13)


def test_the_keys_go_to_the_side_that_stays(qtbot: QtBot) -> None:
    first, detail = QWidget(), QWidget()
    row, back = Button("Row", parent=first), IconButton("arrow-left", "Back", parent=detail)
    both = ListDetail(first, detail, narrow_below=700)
    show(qtbot, both, 500)
    with qtbot.waitActive(both):
        both.activateWindow()
    row.setFocus()
    both.show_detail(True)
    assert QApplication.focusWidget() is back
    assert not back._ring  # nobody pressed the tab key


def test_a_head_keeps_its_line_where_its_icons_have_room(qtbot: QtBot) -> None:
    page = Page("Demonstrations", scroll=False)
    icons = [IconButton("plus", f"Add {number}") for number in range(2)]
    for icon in icons:
        page.add_action(icon)
    words = page.header.title.sizeHint().width()
    show(qtbot, page, 56 + words + 24 + 2 * (36 + 8), 300)
    middle = page.header.title.mapTo(page, page.header.title.rect().center()).y()
    assert abs(icons[0].mapTo(page, icons[0].rect().center()).y() - middle) < 12


def test_a_drop_down_elides_what_it_cannot_show(qtbot: QtBot) -> None:
    field = ChoiceField([(1, "Bought before, but nothing in the last month")], 1)
    show(qtbot, field, 180, 40)
    assert field._shown(field.currentText()).endswith("…")
    field.resize(600, 40)
    assert field._shown(field.currentText()) == field.currentText()


def test_the_place_beside_an_empty_list_stays_blank(qtbot: QtBot) -> None:
    empty = EmptyState("users", "Choose a person", "Shown here.")
    show(qtbot, empty)
    empty.show_words(False)
    assert not empty._title.isVisible()
    empty.show_words(True)
    assert empty._title.isVisible()
    assert empty._text.isVisible()


def test_a_message_at_the_top_of_a_narrow_window_makes_way_for_a_sheet(qtbot: QtBot) -> None:
    host = QWidget()
    toast = ToastBar(host)
    toast.set_on_top(True)
    sheet = SideSheet(host, "Close the party")
    show(qtbot, host, 683)
    toast.say("Order placed", "Undo")
    sheet.open_sheet()
    assert toast.text() == ""
    sheet.close_sheet()
    host.resize(1300, 700)
    toast.say("Order placed", "Undo")
    sheet.open_sheet()
    assert toast.text() == "Order placed"


def test_the_main_action_keeps_its_words_the_longest() -> None:
    call, order = Button("Log a call", "phone"), Button("New order", "plus", kind=Kind.PRIMARY)
    more = IconButton("ellipsis", "More")
    shown = [call, order, more]
    whole = call.full_width() + order.full_width() + more.sizeHint().width() + 24
    fit_words(shown, whole)
    assert (call.sizeHint().width(), order.sizeHint().width()) == (call.full_width(), order.full_width())
    fit_words(shown, whole - 1)
    assert call.sizeHint().width() == call.width_without_words() < call.full_width()
    assert order.sizeHint().width() == order.full_width()
    fit_words(shown, 100)
    assert order.sizeHint().width() == order.width_without_words()
