"""The import window and the export window through real clicks and keys."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from directsell.domain.orders import Order
from directsell.domain.people import Person
from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import Cancelled, Progress
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.widgets.export_dialog import ExportDialog, open_export
from directsell.ui.widgets.import_dialog import ImportDialog, open_import
from directsell.usecases.imports import sales as importer
from tests.ui.conftest import Desk

CLEAR = "Invoice;Date;Item;Description;Qty;Unit price;Customer\n" + "".join(
    f"{n};2026-0{1 + n % 3}-05;A-{n % 2};Bowl;2;1,25;Guest {n % 4}\n" for n in range(12)
)
UNCLEAR = "No.;Day;Item;Amount paid;Shop\n1;03/04/2026;A;1.234;North\n2;05/06/2026;B;2.345;North\n"
BROKEN = "Invoice;Date;Item;Qty;Unit price\n1;2026-01-05;A;1;2,50\n2;soon;B;1;2,50\n3;2026-01-05;C;1;abc\n"


@pytest.fixture
def opened(desk: Desk, tmp_path: Path) -> Iterator[ImportDialog]:
    """The import of sales over a page."""
    host = desk.show(QWidget(), 1366, 740)
    dialog = open_import(desk.session, host, "sales")
    desk.qtbot.waitExposed(dialog)
    yield dialog
    if shiboken6.isValid(dialog):
        dialog._job = None
        dialog.close()
    desk.settle()


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def at(dialog: ImportDialog, step: QWidget) -> bool:
    return dialog.step is step


def click(dialog: QWidget, button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def orders(desk: Desk) -> list[Order]:
    return desk.session.look(lambda reader: reader.find(Order))


def until_cancelled(done: int, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
    """Stand in for an import that takes long."""
    assert cancelled is not None
    pause = threading.Event()
    while not cancelled():
        pause.wait(0.005)
    raise ExchangeError("exchange.cancelled")


def choose(dialog: ImportDialog, column: int, name: str) -> None:
    """Assign a column through its menu, by keyboard."""
    table = dialog.columns_step.table
    table.setFocus()
    table.setCurrentIndex(table.preview.index(0, column))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.menu is not None
    action = next(a for a in table.menu.actions() if a.text().partition(" (now")[0] == name)
    table.menu.setActiveAction(action)
    QTest.keyClick(table.menu, Qt.Key.Key_Return)


def test_a_clear_file_takes_three_steps_and_one_undo(
    opened: ImportDialog, desk: Desk, scripted: ScriptedDialogs, tmp_path: Path
) -> None:
    scripted.answer(write(tmp_path, "sales.csv", CLEAR))
    click(opened, opened.file_step.choose_button)
    desk.settle()
    assert at(opened, opened.columns_step)
    assert opened.columns_step.cards == []
    assert opened.forward.caption() == "Check the file"
    click(opened, opened.forward)
    desk.settle()
    assert at(opened, opened.review_step)
    assert opened.forward.caption() == "Import 12 orders"
    click(opened, opened.forward)
    desk.settle()
    assert at(opened, opened.result_step)
    assert len(orders(desk)) == 12
    assert desk.session.app.undo_step is not None
    click(opened, opened.result_step.undo_button)
    desk.settle()
    assert orders(desk) == []
    assert desk.said == ["The import was taken back."]
    assert not shiboken6.isValid(opened)


def test_what_is_not_clear_is_asked_with_the_values_of_the_file(
    opened: ImportDialog, desk: Desk, tmp_path: Path
) -> None:
    opened.take(write(tmp_path, "unclear.csv", UNCLEAR))
    desk.settle()
    step = opened.columns_step
    choose(opened, 3, "Unit price")
    choose(opened, 0, "Order number")
    choose(opened, 1, "Date")
    assert [card.question.kind for card in step.cards] == ["date_order", "decimal_mark"]
    assert not opened.forward.isEnabled()
    table = step.table.preview
    assert table.data(table.index(0, 1), Qt.ItemDataRole.DisplayRole) == "03/04/2026"
    for card in step.cards:
        QTest.mouseClick(card.choice._segments[0], Qt.MouseButton.LeftButton)
    assert opened.forward.isEnabled()
    assert table.data(table.index(0, 1), Qt.ItemDataRole.DisplayRole) == "Apr 3, 2026"
    assert table.data(table.index(0, 3), Qt.ItemDataRole.DisplayRole) == "1.234"
    QTest.mouseClick(step.cards[1].choice._segments[1], Qt.MouseButton.LeftButton)
    assert table.data(table.index(0, 3), Qt.ItemDataRole.DisplayRole) == "1,234"
    click(opened, opened.forward)
    desk.settle()
    click(opened, opened.forward)
    desk.settle()
    assert sorted(order.ordered_on.isoformat() for order in orders(desk)) == ["2026-04-03", "2026-06-05"]
    assert desk.session.look(lambda r: r.value("SELECT sum(total) FROM sales_order")) == 123400 + 234500


def test_the_same_header_is_assigned_as_the_last_time(opened: ImportDialog, desk: Desk, tmp_path: Path) -> None:
    test_what_is_not_clear_is_asked_with_the_values_of_the_file(opened, desk, tmp_path)
    again = open_import(desk.session, desk._pages[0], "sales")
    again.take(write(tmp_path, "next.csv", UNCLEAR.replace("1;03/04", "7;04/04")))
    desk.settle()
    assert again.columns_step.is_ready
    assert again.columns_step.cards == []
    assert again._recognised is not None
    assert again._recognised.remembered
    again.reject()
    desk.settle()


def test_a_needed_column_must_be_named_and_one_can_be_left_out(
    opened: ImportDialog, desk: Desk, tmp_path: Path
) -> None:
    opened.take(write(tmp_path, "sales.csv", CLEAR))
    desk.settle()
    choose(opened, 1, "Leave out")
    assert not opened.forward.isEnabled()
    assert opened.columns_step.missing.isVisible()
    choose(opened, 1, "Date")
    assert opened.forward.isEnabled()
    assert not opened.columns_step.missing.isVisible()


def test_refused_lines_are_listed_with_number_reason_and_values_and_can_be_saved(
    opened: ImportDialog, desk: Desk, scripted: ScriptedDialogs, tmp_path: Path
) -> None:
    opened.take(write(tmp_path, "broken.csv", BROKEN))
    desk.settle()
    click(opened, opened.forward)
    desk.settle()
    rows = opened.review_step.table.rows
    shown = [[rows.data(rows.index(row, column)) for column in range(3)] for row in range(rows.rowCount())]
    assert shown == [
        ["3", "Date “soon”: This is not a date.", "2 | soon | B | 1 | 2,50"],
        ["4", "Unit price “abc”: This is not a number.", "3 | 2026-01-05 | C | 1 | abc"],
    ]
    scripted.answer(tmp_path / "list.csv")
    click(opened, opened.review_step.save_button)
    desk.settle()
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["Line", "3", "4"]
    assert opened.forward.caption() == "Import 1 order"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "This kind of file cannot be read here. Choose a CSV, TSV or XLSX file."),
        (b"x" * 3_000_000, "Line 1 is too long for a table. Is this the right file?"),
        (b"PK\x03\x04" + bytes(100), "This kind of file cannot be read here. Choose a CSV, TSV or XLSX file."),
    ],
)
def test_a_file_that_is_none_gives_a_sentence_and_another_can_be_chosen(
    opened: ImportDialog, desk: Desk, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    opened.take(path)
    desk.settle()
    assert at(opened, opened.file_step)
    assert opened.file_step._banner is not None
    assert opened.file_step._banner.accessibleName() == said
    opened.take(write(tmp_path, "good.csv", CLEAR))
    desk.settle()
    assert at(opened, opened.columns_step)


def test_one_file_can_be_dropped(opened: ImportDialog, desk: Desk, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(tmp_path, "sales.csv", CLEAR)))])
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(9, 9), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    opened.file_step.area.dropEvent(event)
    desk.settle()
    assert at(opened, opened.columns_step)


def test_the_format_can_be_corrected(
    opened: ImportDialog, desk: Desk, scripted: ScriptedDialogs, tmp_path: Path
) -> None:
    path = write(tmp_path, "sales.csv", "Title above\n" + CLEAR)
    opened.take(path)
    desk.settle()
    step = opened.columns_step
    assert step.header.value() == 2
    step.header.setCurrentIndex(0)
    step.header.activated.emit(0)
    desk.settle()
    assert step.mapping is not None
    assert step.table.preview.header(0) == ""
    path.unlink()  # somebody pulled the stick
    step.encoding.set_value("utf-16-le")
    step.encoding.activated.emit(0)
    desk.settle()
    assert at(opened, step)
    assert [asked[1] for asked in scripted.asked] == ["The file cannot be read like this"]
    assert scripted.asked[0][2] == "This file is not there."
    assert step.encoding.value() == "utf-8"


def test_cancelling_rolls_back_and_the_import_can_be_tried_again(
    opened: ImportDialog, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.take(write(tmp_path, "sales.csv", CLEAR))
    desk.settle()
    click(opened, opened.forward)
    desk.settle()
    with monkeypatch.context() as patch:
        patch.setattr(importer, "check", until_cancelled)
        click(opened, opened.forward)
        opened.review_step.progress.cancelled.emit()
        assert not opened.forward.isEnabled()  # until the writer has rolled back
        desk.settle()
    assert at(opened, opened.review_step)
    assert opened.forward.isEnabled()
    assert orders(desk) == []
    click(opened, opened.forward)
    desk.settle()
    assert len(orders(desk)) == 12


def test_cards_skip_the_columns(opened: ImportDialog, desk: Desk, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Ruiz;Dana\nTEL:505 555 0142\nEND:VCARD\n"
    opened.file_step.kinds._choose(opened.file_step.kinds._segments[1])
    opened.take(write(tmp_path, "c.vcf", card))
    desk.settle()
    assert at(opened, opened.review_step)
    assert opened.forward.caption() == "Import 1 person"
    click(opened, opened.forward)
    desk.settle()
    assert [p.given for p in desk.session.look(lambda r: r.find(Person))] == ["Dana"]
    assert opened.back.caption() == "Show them"
    click(opened, opened.back)
    assert [route.page for route in desk.routes] == ["people"]


def test_escape_closes_and_a_running_import_asks_first(
    opened: ImportDialog, desk: Desk, scripted: ScriptedDialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.take(write(tmp_path, "sales.csv", CLEAR))
    desk.settle()
    click(opened, opened.forward)
    desk.settle()
    scripted.answer(False)
    with monkeypatch.context() as patch:
        patch.setattr(importer, "check", until_cancelled)
        click(opened, opened.forward)
        QTest.keyClick(opened, Qt.Key.Key_Escape)
        assert scripted.asked[-1][:2] == ("confirm", "Stop the import?")
        assert opened.isVisible()
        scripted.answer(True)
        QTest.keyClick(opened, Qt.Key.Key_Escape)
        desk.settle()
    assert orders(desk) == []
    assert not shiboken6.isValid(opened) or not opened.isVisible()


# --- export


@pytest.fixture
def exporter(desk: Desk, tmp_path: Path) -> Iterator[ExportDialog]:
    """The export window, with a folder of its own."""
    host = desk.show(QWidget(), 1366, 740)
    dialog = open_export(desk.session, host)
    dialog.folder.set_value(str(tmp_path / "out"))
    yield dialog
    dialog.close()
    desk.settle()


def test_tables_are_written_and_formulas_made_harmless(exporter: ExportDialog, desk: Desk, tmp_path: Path) -> None:
    with desk.write() as work:
        work.save(Person(id=work.new_id(), given="=cmd|' /C calc'!A0", created_at=work.now))
    click(exporter, exporter.export_button)
    desk.settle()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "lines.csv", "orders.csv", "papers.csv", "payments.csv", "people.csv", "products.csv",
    ]  # fmt: skip
    assert "'=cmd|" in (tmp_path / "out" / "people.csv").read_text(encoding="utf-8-sig")


def test_what_and_how_are_chosen_and_files_are_not_replaced_unasked(
    exporter: ExportDialog, desk: Desk, scripted: ScriptedDialogs, tmp_path: Path
) -> None:
    for key, tick in exporter.subjects.items():
        if key != "people":
            QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    exporter.formats._choose(exporter.formats._segments[2])
    click(exporter, exporter.export_button)
    desk.settle()
    assert json.loads((tmp_path / "out" / "people.json").read_text(encoding="utf-8")) == []
    scripted.answer(False)
    click(exporter, exporter.export_button)
    assert scripted.asked[-1] == ("confirm", "Replace files?", "people.json")


def test_a_folder_that_cannot_be_written_gives_a_sentence(exporter: ExportDialog, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    exporter.folder.set_value(str(tmp_path / "file"))
    click(exporter, exporter.export_button)
    desk.settle()
    assert exporter._banner is not None
    assert exporter._banner.accessibleName()
    assert exporter.export_button.isEnabled()


def test_nothing_chosen_cannot_be_exported(exporter: ExportDialog) -> None:
    for tick in exporter.subjects.values():
        QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert not exporter.export_button.isEnabled()
    exporter.formats._choose(exporter.formats._segments[3])
    assert exporter.export_button.isEnabled()
    assert exporter.chosen() == ("people",)
