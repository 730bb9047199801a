"""The rest of the kit: buttons, pages, sheets, toasts, charts; names for screen readers, size for fingers, mirroring."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from directsell.ui.dialogs import MessageBox, ScriptedDialogs, dialogs
from directsell.ui.navigation import Navigation, Route
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import initials
from directsell.ui.widgets.charts import BarChart, Series, nice_top
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields import FormField, RepeatingRows, TextField
from directsell.ui.widgets.labels import Label
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.nav_bar import NARROW, NavBar
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.sheets import SideSheet
from directsell.ui.widgets.sides import ListDetail
from directsell.ui.widgets.states import Banner, EmptyState, ToastBar
from directsell.ui.widgets.tiles import spark_points
from tests.ui.gallery_pages import PAGES

pytestmark = pytest.mark.usefixtures("themed")


def show(qtbot: QtBot, widget: QWidget, width: int = 800, height: int = 600) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()


# --- every widget of the gallery


def tab_stops(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    found = [widget for widget in window.findChildren(QWidget) if isinstance(widget, kinds)]
    tab = Qt.FocusPolicy.TabFocus
    return [widget for widget in found if widget.isVisible() and widget.focusPolicy() & tab == tab]


@pytest.mark.parametrize("name", list(PAGES))
def test_everything_has_a_name_and_is_big_enough_for_a_finger(qtbot: QtBot, name: str) -> None:
    window = PAGES[name]()
    qtbot.addWidget(window)
    window.show()
    QApplication.processEvents()
    nameless = [type(stop).__name__ for stop in tab_stops(window) if not _name(stop)]
    assert nameless == []
    small = [
        (type(button).__name__, _name(button), button.width(), button.height())
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and (button.width() < 36 or button.height() < 36)
    ]
    assert small == []


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


@pytest.mark.parametrize("name", list(PAGES))
def test_everything_paints_mirrored(qtbot: QtBot, name: str, themed: QApplication) -> None:
    themed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window = PAGES[name]()
    qtbot.addWidget(window)
    window.show()
    QApplication.processEvents()
    assert not window.grab().isNull()


# --- words and buttons


def test_labels_never_read_markup(qtbot: QtBot) -> None:
    label = Label("<b>Ann</b> & Co")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.sizeHint().width() > Label("Ann & Co").sizeHint().width()


@pytest.mark.parametrize(("name", "mirrored"), [("arrow-left", "arrow-right"), ("chevron-right", "chevron-left")])
def test_what_points_back_points_right_where_one_reads_leftwards(qtbot: QtBot, name: str, mirrored: str) -> None:
    arrow, other = IconButton(name, "Back"), IconButton(mirrored, "Back")
    show(qtbot, arrow, 40, 40)
    before = arrow.grab().toImage()
    arrow.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    show(qtbot, other, 40, 40)
    assert arrow.grab().toImage() == other.grab().toImage() != before


def test_ampersand_in_a_button_is_an_ampersand(qtbot: QtBot) -> None:
    button = Button("Smith & Sons", on_click=None)
    qtbot.addWidget(button)
    assert button.caption() == "Smith & Sons"
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Smith & Sons"


def test_focus_ring_only_for_the_keyboard(qtbot: QtBot) -> None:
    first, second = Button("One"), Button("Two")
    host = QWidget()
    row = FlowLayout(host)
    row.addWidget(first)
    row.addWidget(second)
    show(qtbot, host)
    with qtbot.waitActive(host):
        host.activateWindow()
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert not first._ring
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second._ring


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maya Castillo", "MC"),
        ("Cher", "CH"),
        ("", "?"),
        ("  ", "?"),
        ("李 小龙", "李小"),
        ("é b c", "ÉC"),
        ("-- x", "X"),
        ("🎈", "🎈"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


# --- navigation


def test_nav_bar_chooses_by_mouse_and_keys(qtbot: QtBot) -> None:
    bar = NavBar()
    for key in ("today", "people"):
        bar.add(key, key.title(), "sun")
    bar.set_badge("people", 3)
    show(qtbot, bar, 224, 600)
    with qtbot.waitSignal(bar.chosen) as heard:
        QTest.mouseClick(bar.item("people"), Qt.MouseButton.LeftButton)
    assert heard.args == ["people"]
    assert bar.item("people").isChecked()
    assert not bar.item("today").isChecked()
    assert bar.item("people").accessibleName() == "People, 3 waiting"
    bar.adapt(900)
    assert bar.width() == NARROW


def test_history_of_places(qapp: object) -> None:
    places = Navigation()
    seen: list[Route] = []
    places.changed.connect(seen.append)
    places.go("today")
    places.go("people", "1")
    places.replace("people", "2")
    places.go("people", "2")
    places.go("orders")
    places.back()
    assert places.current == Route("people", "2")
    places.back()
    assert places.current == Route("today")
    assert not places.can_go_back
    places.forward()
    assert places.current == Route("people", "2")
    places.go("settings")
    assert not places.can_go_forward
    places.forget("people", "2")
    places.back()
    assert places.current == Route("today")
    assert [route.page for route in seen] == [
        "today", "people", "people", "orders", "people", "today", "people", "settings", "today",
    ]  # fmt: skip


# --- places


def test_page_fits_a_small_window(qtbot: QtBot) -> None:
    page = Page("A title that is rather long for its place", "and a subtitle")
    for text in ("Call", "Message", "New order"):
        page.add_action(Button(text, "plus"))
    page.add(FormField("Name", TextField()))
    show(qtbot, page, 320, 384)
    assert page.width() == 320
    assert all(button.geometry().right() <= 320 for button in page.findChildren(Button) if button.isVisible())


def test_list_and_detail_take_turns_when_narrow(qtbot: QtBot) -> None:
    left, right = QWidget(), QWidget()
    both = ListDetail(left, right)
    show(qtbot, both, 1000)
    assert left.isVisible()
    assert right.isVisible()
    both.resize(500, 400)
    QApplication.processEvents()
    assert left.isVisible()
    assert not right.isVisible()
    both.show_detail(True)
    assert not left.isVisible()
    assert right.isVisible()


def test_tiles_share_the_line_equally(qtbot: QtBot) -> None:
    host = QWidget()
    flow = FlowLayout(host, gap=10, tile=100)
    tiles = [QWidget() for _number in range(4)]
    for tile in tiles:
        flow.addWidget(tile)
    show(qtbot, host, 430, 300)
    assert [tile.width() for tile in tiles] == [100] * 4
    host.resize(215, 300)
    QApplication.processEvents()
    assert tiles[2].y() > tiles[0].y()
    assert tiles[2].x() == tiles[0].x()


def sheet_over(qtbot: QtBot) -> tuple[QWidget, SideSheet, list[TextField]]:
    host = QWidget()
    outside = TextField("outside")
    FlowLayout(host).addWidget(outside)
    sheet = SideSheet(host, "Edit")
    fields = [TextField(), TextField()]
    for field in fields:
        sheet.add(FormField("Name", field))
    sheet.add_action(Button("Save", kind=Kind.PRIMARY))
    show(qtbot, host)
    with qtbot.waitActive(host):
        host.activateWindow()
    outside.setFocus()
    sheet.open_sheet()
    QApplication.processEvents()
    return host, sheet, fields


def test_sheet_holds_the_focus_and_gives_it_back(qtbot: QtBot) -> None:
    host, sheet, fields = sheet_over(qtbot)
    assert fields[0].hasFocus()
    for _time in range(7):
        focus = host.focusWidget()
        assert focus is not None
        assert sheet.isAncestorOf(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(fields[0], Qt.Key.Key_Escape)
    focus = host.focusWidget()
    assert isinstance(focus, TextField)
    assert focus.text() == "outside"


def test_sheet_goes_from_top_to_bottom_and_to_rows_that_came_later(qtbot: QtBot) -> None:
    host, sheet, fields = sheet_over(qtbot)
    later, last = RepeatingRows(TextField, "Add"), TextField()
    sheet.add(later)
    sheet.add(last)
    row = later.add_row()
    QApplication.processEvents()
    seen = []
    for _time in range(12):
        focus = host.focusWidget()
        assert focus is not None
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    first, second = later.rows()
    assert row is second
    order = [seen.index(widget) for widget in (*fields, first, second, last)]
    assert order == sorted(order)


def test_sheet_outlives_what_had_the_focus_before(qtbot: QtBot) -> None:
    host, sheet, _fields = sheet_over(qtbot)
    before = next(field for field in host.findChildren(TextField) if field.text() == "outside")
    shiboken6.delete(before)
    sheet.ask_close()
    assert not sheet.isVisible()


def test_sheet_asks_its_guard_before_closing(qtbot: QtBot) -> None:
    host, sheet, _fields = sheet_over(qtbot)
    answers = [False, True]
    sheet.guard = lambda: answers.pop(0)
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(20, 300))
    assert sheet.isVisible()
    sheet.ask_close()
    assert not sheet.isVisible()
    assert host.isVisible()


def test_toast_offers_undo_once(qtbot: QtBot) -> None:
    host = QWidget()
    toast = ToastBar(host)
    show(qtbot, host)
    undone: list[bool] = []
    toast.say("Order saved", "Undo", lambda: undone.append(True))
    assert toast.text() == "Order saved"
    QTest.mouseClick(toast._button, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert toast.text() == ""


def test_banner_and_empty_place_offer_an_action(qtbot: QtBot) -> None:
    done: list[str] = []
    banner = Banner("Changed elsewhere.", "warn", action="Show", on_action=lambda: done.append("banner"))
    empty = EmptyState("users", "No one yet", "People you meet.", "Add", on_action=lambda: done.append("empty"))
    for widget in (banner, empty):
        show(qtbot, widget)
        next(b for b in widget.findChildren(Button) if not isinstance(b, IconButton)).click()
    assert done == ["banner", "empty"]


def test_segments_move_by_arrows_and_are_one_tab_stop(qtbot: QtBot) -> None:
    control = Segmented([("a", "A"), ("b", "B"), ("c", "C")], "a", name="State")
    show(qtbot, control)
    heard: list[str] = []
    control.chosen.connect(heard.append)
    QTest.keyClick(control, Qt.Key.Key_Right)
    QTest.keyClick(control, Qt.Key.Key_Right)
    QTest.keyClick(control, Qt.Key.Key_Right)
    assert heard == ["b", "c"]
    assert len(tab_stops(control)) == 1


# --- figures


@pytest.mark.parametrize(
    ("highest", "top", "step"),
    [(4862, 6000, 1500), (0, 1, 0.25), (1, 1, 0.25), (99, 100, 25), (7, 8, 2), (float("inf"), 1, 0.25)],
)
def test_axis_carries_round_numbers(highest: float, top: float, step: float) -> None:
    assert nice_top(highest) == pytest.approx((top, step))


def test_flat_spark_line_lies_in_the_middle() -> None:
    points = spark_points((5, 5, 5), QRectF(0, 0, 100, 20))
    assert [(point.x(), point.y()) for point in points] == [(0, 10), (50, 10), (100, 10)]
    assert spark_points((), QRectF()) == []


def test_chart_reads_itself_out_and_moves_by_keys(qtbot: QtBot) -> None:
    chart = BarChart(("Jan", "Feb"), [Series("This year", (10, 20))], format=lambda v: f"${v:.0f}", name="Sales")
    show(qtbot, chart)
    assert chart.accessibleName() == "Sales, Feb: This year $20"
    assert chart.accessibleDescription() == "Jan: This year $10; Feb: This year $20"
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleName() == "Sales, Jan: This year $10"
    chart.set_data((), ())
    chart.grab()


# --- questions


def test_dangerous_question_is_not_one_enter_away(qtbot: QtBot) -> None:
    box = MessageBox(None, "Delete?", "For good.", ["Delete", "Cancel"], danger=True)
    qtbot.addWidget(box)
    box.show()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.answer == 1


def test_scripted_dialogs_answer_in_order(scripted: ScriptedDialogs) -> None:
    scripted.answer(True, "Ann")
    assert dialogs().confirm(None, "Delete?", "x", yes="Delete")
    assert dialogs().ask_text(None, "Name", "Your name") == "Ann"
    with pytest.raises(AssertionError):
        dialogs().open_folder(None, "Where")
    assert [kind for kind, _title, _text in scripted.asked] == ["confirm", "ask_text", "open_folder"]


def test_question_with_a_line_of_text(qtbot: QtBot) -> None:
    box = MessageBox(None, "Rename", "", ["OK", "Cancel"])
    qtbot.addWidget(box)
    edit = box.add_line("Name", "old")
    assert edit.accessibleName() == "Name"
    click: Callable[[], None] = next(b for b in box.findChildren(QAbstractButton) if b.text() == "OK").click
    click()
    assert box.answer == 0
