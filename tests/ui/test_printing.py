"""The ways out of the program: the spooler's command, pictures in exact size, files, the viewer, and what is said."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget

from directsell.documents.rendering import render
from directsell.domain.papers import Paper, PaperFormat, PaperKind, Party
from directsell.ui import pdf, printing
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.printing import Choice, Leaf, lp_command, media_name
from tests.fixtures import books
from tests.ui.conftest import Desk
from tests.ui.papers import FakeMachine


@pytest.fixture
def machine() -> Iterator[FakeMachine]:
    made = FakeMachine()
    before = printing.use(made)
    yield made
    printing.use(before)


@pytest.fixture
def window(desk: Desk) -> QWidget:
    return desk.show(QWidget())


@pytest.fixture(scope="module")
def leaf() -> Leaf:
    paper = Paper(
        kind=PaperKind.INVOICE,
        number="R-A-2026-0017",
        paper_date=books.NOON.date(),
        currency="USD",
        language="en_US",
        customer=Party(name="Amy Ruiz"),
        page_format=PaperFormat.A4,
    )
    data = render(paper)
    return Leaf("R-A-2026-0017", data, pdf.read_info(data).sizes)


@pytest.mark.parametrize(
    ("width", "height", "name"),
    [
        (595.28, 841.89, "iso_a4_210x297mm"),
        (841.89, 595.28, "iso_a4_210x297mm"),
        (419.53, 595.28, "iso_a5_148x210mm"),
        (612, 792, "na_letter_8.5x11in"),
        (396, 612, "na_invoice_5.5x8.5in"),
        (226.77, 400, "Custom.80.0x141.1mm"),
    ],
)
def test_sheets_have_the_names_of_the_standard(width: float, height: float, name: str) -> None:
    assert media_name(width, height) == name


def test_the_spooler_prints_in_the_size_of_the_paper(leaf: Leaf) -> None:
    choice = Choice("Kitchen", copies=2, pages=(1, 1), two_sided="two-sided-long-edge")
    command = lp_command("/usr/bin/lp", choice, leaf, Path("/tmp/-odd.pdf"))
    assert command == [
        "/usr/bin/lp", "-d", "Kitchen", "-n", "2", "-t", "R-A-2026-0017",
        "-o", "media=iso_a4_210x297mm", "-o", "fit-to-page=false", "-o", "print-scaling=none",
        "-o", "sides=two-sided-long-edge", "-P", "1-1", "--", "/tmp/-odd.pdf",
    ]  # fmt: skip


def test_a_roll_is_printed_as_long_as_it_is(leaf: Leaf, tmp_path: Path) -> None:
    paper = Paper(kind=PaperKind.ORDER_SLIP, paper_date=books.NOON.date(), currency="USD", language="en_US")
    data = render(paper, page=PaperFormat.ROLL_80)
    roll = Leaf("B-1", data, pdf.read_info(data).sizes)
    width, height = roll.sizes[0]
    assert (round(width * 25.4 / 72), height > width) == (80, True)
    media = f"media=Custom.80.0x{height * 25.4 / 72:.1f}mm"
    assert media in lp_command("lp", Choice("Roll"), roll, tmp_path / "a.pdf")
    pieces = Leaf("B-1", data, ((width, 900.0), (width, 1200.0)))
    assert f"media=Custom.80.0x{1200 * 25.4 / 72:.1f}mm" in lp_command("lp", Choice("Roll"), pieces, tmp_path / "a.pdf")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    target = tmp_path / "roll.pdf"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printing.prepare(printer, roll)
    printing.print_pictures(printer, roll)
    printed = pdf.read_info(target.read_bytes()).sizes
    assert [(round(w), round(h)) for w, h in printed] == [(round(width), round(height))] * 2
    printing.prepare(printer, leaf)
    assert printer.pageLayout().fullRectPoints().width() == round(leaf.sizes[0][0])


def test_the_spooler_gets_the_bytes_unchanged(
    desk: Desk, window: QWidget, machine: FakeMachine, leaf: Leaf, tmp_path: Path
) -> None:
    kept = tmp_path / "printed.pdf"
    program = tmp_path / "lp"
    program.write_text(f"#!{sys.executable}\nimport shutil, sys\nshutil.copy(sys.argv[-1], {str(kept)!r})\n")
    program.chmod(0o755)
    machine.lp, machine.choice = str(program), Choice("Kitchen printer")
    printed: list[bool] = []
    printing.print_leaf(desk.session, window, leaf, done=lambda: printed.append(True))
    desk.settle()
    assert kept.read_bytes() == leaf.data
    assert desk.said == ["Sent to Kitchen printer"]
    assert printed == [True]


def test_a_refusing_spooler_is_told_with_its_words(
    desk: Desk, window: QWidget, machine: FakeMachine, leaf: Leaf, tmp_path: Path, scripted: ScriptedDialogs
) -> None:
    program = tmp_path / "lp"
    program.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('lp: The printer is on fire')\n")
    program.chmod(0o755)
    machine.lp, machine.choice = str(program), Choice("Kitchen printer")
    printing.print_leaf(desk.session, window, leaf)
    desk.settle()
    assert [title for _kind, title, _text in scripted.asked] == ["Not printed"]
    assert desk.said == []


def test_without_a_printer_there_is_a_sentence_and_no_dialog(
    desk: Desk, window: QWidget, machine: FakeMachine, leaf: Leaf, scripted: ScriptedDialogs
) -> None:
    machine.names = ()
    printing.print_leaf(desk.session, window, leaf)
    assert machine.asked == []
    assert scripted.asked[0][1] == "No printer"


def test_giving_up_in_the_print_dialog_prints_nothing(
    desk: Desk, window: QWidget, machine: FakeMachine, leaf: Leaf
) -> None:
    printing.print_leaf(desk.session, window, leaf)
    assert machine.asked == [leaf]
    assert desk.said == []


def test_print_to_file_keeps_the_bytes(
    desk: Desk, window: QWidget, machine: FakeMachine, leaf: Leaf, tmp_path: Path
) -> None:
    machine.choice = Choice("", file=tmp_path / "out.pdf")
    printing.print_leaf(desk.session, window, leaf)
    assert (tmp_path / "out.pdf").read_bytes() == leaf.data


def test_pictures_have_the_exact_size_and_place(themed: QApplication, leaf: Leaf, tmp_path: Path) -> None:
    target = tmp_path / "pictures.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printing.prepare(printer, leaf)
    printing.print_pictures(printer, leaf)
    data = target.read_bytes()
    info = pdf.read_info(data)
    assert [(round(w), round(h)) for w, h in info.sizes] == [(round(w), round(h)) for w, h in leaf.sizes]
    wanted, found = pdf.draw_page(leaf.data, 0, 1.0), pdf.draw_page(data, 0, 1.0)
    width, height = min(wanted.width(), found.width()), min(wanted.height(), found.height())
    different = sum(
        abs(wanted.pixelColor(x, y).lightness() - found.pixelColor(x, y).lightness()) > 110
        for x in range(0, width, 2)
        for y in range(0, height, 2)
    )
    assert different < width * height / 4 * 0.01


def test_saving_suggests_the_number_and_adds_the_ending(
    desk: Desk, window: QWidget, leaf: Leaf, tmp_path: Path, scripted: ScriptedDialogs
) -> None:
    scripted.answer(tmp_path / "my invoice")
    saved = printing.save_leaf(desk.session, window, leaf)
    assert saved == tmp_path / "my invoice.pdf"
    assert saved.read_bytes() == leaf.data
    assert desk.said == ["Saved: my invoice.pdf"]


def test_a_folder_that_refuses_is_told_and_nothing_is_left(
    desk: Desk, window: QWidget, leaf: Leaf, tmp_path: Path, scripted: ScriptedDialogs
) -> None:
    scripted.answer(tmp_path / "gone" / "x.pdf")
    assert printing.save_leaf(desk.session, window, leaf) is None
    assert scripted.asked[-1][1] == "Not saved"
    assert list(tmp_path.iterdir()) == [tmp_path / "book"]


def test_the_viewer_gets_a_file_with_the_number(window: QWidget, machine: FakeMachine, leaf: Leaf) -> None:
    printing.open_leaf(window, Leaf("R/A: 17", leaf.data, leaf.sizes))
    assert machine.opened[0].name == "R_A_ 17.pdf"
    assert machine.opened[0].read_bytes() == leaf.data


def test_without_a_viewer_there_is_a_sentence(
    window: QWidget, machine: FakeMachine, leaf: Leaf, scripted: ScriptedDialogs
) -> None:
    machine.opens = False
    printing.open_leaf(window, leaf)
    assert scripted.asked[0][1] == "Cannot be opened"


def test_a_full_disk_is_told_when_a_paper_is_opened(
    window: QWidget, machine: FakeMachine, leaf: Leaf, scripted: ScriptedDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    printing.open_leaf(window, leaf)
    assert scripted.asked[0][1:] == ("Cannot be opened", f"The file {leaf.name}.pdf could not be written.")
    assert machine.opened == []


def test_what_is_no_pdf_is_refused() -> None:
    for data in (b"", b"not a pdf", b"%PDF-1.7\n"):
        with pytest.raises(pdf.UnreadablePdf):
            pdf.read_info(data)
