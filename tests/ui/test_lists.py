"""The list for a million rows: pages, selection by real id, keyboard, and how little is read."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.ui.models.spine import PAGE, Column, ListSource, SpineModel
from directsell.ui.tasks import Tasks
from directsell.ui.widgets.big_list import RowList, TableList
from directsell.ui.widgets.list_rows import RowLook


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    amount: str


class Source:
    """Rows made on demand; counts what is asked."""

    def __init__(self, count: int, *, offset: int = 0, quick: bool = True) -> None:
        self.count = count
        self.offset = offset
        self.quick = quick
        self.reads = 0

    def make(self, rowid: int) -> Row:
        return Row(f"id{rowid}", f"Person {rowid}", f"{rowid}.00")

    def first_page(self) -> Sequence[tuple[int, Row]]:
        if self.quick:
            return ()
        return [(rowid, self.make(rowid)) for rowid in list(self.ids()[:PAGE])]

    def ids(self) -> array[int]:
        return array("q", range(self.offset, self.offset + self.count))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        self.reads += 1
        return {rowid: self.make(rowid) for rowid in ids}

    def find(self, key: Hashable) -> int | None:
        return int(str(key)[2:])


LOOK: RowLook[Row] = RowLook(
    title=lambda row: row.name, subtitle=lambda row: row.id, avatar=lambda row: row.name, amount=lambda row: row.amount
)
COLUMNS: tuple[Column[Row], ...] = (
    Column("No.", lambda row: row.id, width=90, sort="id"),
    Column("Name", lambda row: row.name, role="strong", sort="name"),
    Column("State", lambda row: "open", width=90, role="chip", tone=lambda row: "info", optional=True),
    Column("Total", lambda row: row.amount, width=110, end=True),
)


def model_of(source: Source, *, tasks: Tasks | None = None) -> SpineModel[Row]:
    model: SpineModel[Row] = SpineModel(COLUMNS, key=lambda row: row.id, tasks=tasks, describe=LOOK.words)
    model.reset(source)
    return model


@pytest.fixture
def view(qtbot: QtBot, themed: QApplication) -> RowList:
    model = model_of(Source(1_000_000))
    made = RowList(model, LOOK, "People")
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(400, 700)
    made.show()
    QApplication.processEvents()
    return made


def test_million_rows_open_with_one_page(view: RowList) -> None:
    source = view.model_._source
    assert isinstance(source, Source)
    assert view.model_.count == 1_000_000
    assert source.reads == 1


def test_jump_reads_only_what_is_visible(view: RowList) -> None:
    source = view.model_._source
    assert isinstance(source, Source)
    before = source.reads
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    QApplication.processEvents()
    assert source.reads - before <= 2
    assert len(view.model_._pages) <= 64


def test_wheel_moves_the_list(view: RowList) -> None:
    spot = QPointF(50, 50)
    wheel = QWheelEvent(
        spot,
        spot,
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.verticalScrollBar().value() > 0


def test_home_end_and_arrows(qtbot: QtBot, view: RowList) -> None:
    view.setFocus()
    view.select_first()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_key() == "id999999"
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.current_key() == "id999998"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current_key() == "id0"


def test_typing_is_handed_to_the_search_box(qtbot: QtBot, view: RowList) -> None:
    with qtbot.waitSignal(view.typed) as heard:
        QTest.keyClicks(view, "m")
    assert heard.args == ["m"]


def test_enter_opens_the_current_record(qtbot: QtBot, view: RowList) -> None:
    view.select_key("id5")
    with qtbot.waitSignal(view.opened) as heard:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert heard.args == ["id5"]


def test_tab_leaves_the_list(view: RowList) -> None:
    assert not view.tabKeyNavigation()


def test_selection_follows_the_record_not_the_row(view: RowList) -> None:
    told: list[object] = []
    view.select_key("id500")
    view.current_changed.connect(told.append)
    view.show_source(Source(1000, offset=300))
    assert view.current_key() == "id500"
    assert view.currentIndex().row() == 200
    assert told == []


def test_vanished_selection_is_told(view: RowList) -> None:
    told: list[object] = []
    view.select_key("id5")
    view.current_changed.connect(told.append)
    view.show_source(Source(10, offset=100))
    assert told == [None]


def test_forget_reads_changed_rows_again(view: RowList) -> None:
    source = view.model_._source
    assert isinstance(source, Source)
    before = source.reads
    view.model_.forget(["id3"])
    assert view.model_.key_at(3) == "id3"
    assert source.reads == before + 1
    view.model_.forget(["id999999"])
    assert source.reads == before + 1


def test_pages_are_bounded(themed: QApplication) -> None:
    model = model_of(Source(1_000_000))
    for row in range(0, 1_000_000, 5_000):
        assert model.key_at(row) == f"id{row}"
    assert len(model._pages) == 64


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    assert made.shutdown()


def test_first_page_shows_before_the_ids_arrive(qtbot: QtBot, tasks: Tasks) -> None:
    model = model_of(Source(500, quick=False), tasks=tasks)
    assert model.count == PAGE
    assert not model.complete
    assert model.key_at(0) == "id0"
    qtbot.waitUntil(lambda: model.complete, timeout=5000)
    assert model.count == 500
    assert model.key_at(499) == "id499"


def test_reset_while_ids_are_on_their_way_keeps_the_newer_source(qtbot: QtBot, tasks: Tasks) -> None:
    model = model_of(Source(5000, quick=False), tasks=tasks)
    model.reset(Source(300, offset=7, quick=False))
    qtbot.waitUntil(lambda: model.complete and tasks.busy == 0, timeout=5000)
    assert model.count == 300
    assert model.key_at(299) == "id306"


def test_model_obeys_qts_rules(qtmodeltester: object, themed: QApplication) -> None:
    model = model_of(Source(300))
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_list_in_memory(themed: QApplication) -> None:
    rows = [Row("b", "Bea", "1"), Row("a", "Ann", "2")]
    model: SpineModel[Row] = SpineModel(COLUMNS, key=lambda row: row.id)
    model.reset(ListSource(rows, key=lambda row: row.id))
    assert [model.key_at(place) for place in range(2)] == ["b", "a"]
    assert model.position("a") == 1
    assert model.position("gone") == -1


def test_screen_reader_hears_the_whole_row(view: RowList) -> None:
    index = view.model_.index(3, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Person 3, id3, 3.00"


@pytest.fixture
def table(qtbot: QtBot, themed: QApplication) -> TableList:
    model = model_of(Source(1000))
    made = TableList(model, "Orders")
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    QApplication.processEvents()
    return made


def test_columns_share_the_width_and_optional_ones_give_way(table: TableList) -> None:
    assert table.columnWidth(1) == table.viewport().width() - 90 - 90 - 110
    table.resize(360, 300)
    QApplication.processEvents()
    assert table.isColumnHidden(2)
    assert not table.isColumnHidden(3)


def test_heading_asks_for_an_order_and_turns_it(qtbot: QtBot, table: TableList) -> None:
    head = table.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(1) + 20, 10)
    with qtbot.waitSignal(table.sort_wanted) as heard:
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args == ["name", False]
    table.set_sorted("name", False)
    with qtbot.waitSignal(table.sort_wanted) as heard:
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args == ["name", True]


def test_order_can_be_changed_from_the_keyboard(qtbot: QtBot, table: TableList) -> None:
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    table.set_sorted("id", False)
    with qtbot.waitSignal(table.sort_wanted) as heard:
        QTest.keyClick(table, Qt.Key.Key_Right, both)
    assert heard.args == ["name", False]
