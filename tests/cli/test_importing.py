"""``directsell import``: what is recognised, refused, listed, rehearsed, and what a program reads."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from directsell.store.instance import acquire
from directsell.usecases.imports import sales as importer
from tests.cli.conftest import Shell

SALES = "Invoice;Date;Item;Description;Qty;Unit price;Customer no\n" + "".join(
    f"{100 + n // 2};2026-0{1 + n // 4}-05;A-{n % 3};Bowl {n % 3};{1 + n % 3};{n},250;C{n // 4}\n" for n in range(8)
)
BROKEN = "Invoice;Date;Item;Qty;Unit price\n1;2026-01-05;A;1;2,50\n2;soon;B;1;2,50\n3;2026-01-05;C;1;=2+3\n"
COUNT = "SELECT (SELECT count(*) FROM sales_order WHERE deleted_at IS NULL), (SELECT count(*) FROM person)"


def counted(shell: Shell) -> tuple[int, int]:
    book = shell.context().open()
    try:
        with book.app.store.read() as reader:
            row = reader.row(COUNT)
    finally:
        book.close()
    assert row is not None
    return row


def test_sales_are_imported_with_totals_by_month(shop: Shell) -> None:
    done = shop("import", "sales", shop.write("sales.csv", SALES))
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "Recognised: text in utf-8, columns separated by semicolon, header in line 1\n"
        "  Order number     ← Invoice\n"
        "  Date             ← Date  YMD\n"
        "  Product code     ← Item\n"
        "  Description      ← Description\n"
        "  Quantity         ← Qty\n"
        "  Unit price       ← Unit price  ,\n"
        "  Customer number  ← Customer no\n"
        "Imported:\n"
        "  Read          8\n"
        "  Refused       0\n"
        "  Orders        4\n"
        "  Lines         8\n"
        "  Known before  0\n"
        "  New people    2\n"
        "  New products  3\n"
        "Totals in USD:\n"
        "  As the file says  $57.75\n"
        "  As stored         $57.75\n"
        "  Rounding          $0.00\n"
        "  2026-01           $12.75\n"
        "  2026-02           $45.00\n"
    )
    assert counted(shop) == (4, 2)


def test_the_object_for_programs_keeps_its_shape(shop: Shell) -> None:
    done = shop("import", "sales", shop.write("sales.csv", SALES), "--json", "--currency", "eur")
    assert done.status == 0
    found = done.json
    assert list(found) == [
        "command", "target", "file", "dry_run", "format", "columns", "rows", "rejects", "findings", "result", "sums",
    ]  # fmt: skip
    assert (found["command"], found["target"], found["file"], found["dry_run"]) == (
        "import",
        "sales",
        "sales.csv",
        False,
    )
    assert found["format"] == {"kind": "csv", "encoding": "utf-8", "delimiter": ";", "sheet": "", "header_line": 1}
    assert found["columns"][5] == {
        "field": "unit_price", "column": 6, "header": "Unit price", "style": ",", "confidence": 1.0,
    }  # fmt: skip
    assert found["result"] == {"documents": 4, "lines": 8, "known": [], "people": 2, "products": 3, "erased": 0}
    assert found["sums"] == [
        {
            "currency": "EUR",
            "documents": 4,
            "lines": 8,
            "total": "57.750",
            "stored": "57.75",
            "rounding": "0.000",
            "by_month": {"2026-01": "12.750", "2026-02": "45.000"},
        }
    ]


def test_every_refused_line_is_named_with_number_and_reason(shop: Shell) -> None:
    done = shop("import", "sales", shop.write("sales.csv", BROKEN))
    assert done.status == 3
    assert done.err == (
        "line 3: Date “soon”: This is not a date.  [2 | soon | B | 1 | 2,50]\n"
        "line 4: Unit price “=2+3”: This is not a number.  [3 | 2026-01-05 | C | 1 | =2+3]\n"
    )
    assert counted(shop) == (1, 0)


def test_refused_lines_can_be_repaired_in_a_file_and_imported(shop: Shell) -> None:
    done = shop("import", "sales", shop.write("sales.csv", BROKEN), "--rejects", "rejects.csv")
    assert (done.status, done.err) == (3, "")
    with (shop.work / "rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["Line", "Reason", "Invoice", "Date", "Item", "Qty", "Unit price"],
        ["3", "Date “soon”: This is not a date.", "2", "soon", "B", "1", "2,50"],
        ["4", "Unit price “=2+3”: This is not a number.", "3", "2026-01-05", "C", "1", "'=2+3"],
    ]
    repaired = (shop.work / "rejects.csv").read_text(encoding="utf-8-sig").replace("soon", "2026-01-06")
    again = shop("import", "sales", shop.write("repaired.csv", repaired.replace("'=2+3", '"5,00"')))
    assert again.status == 0, again.err
    assert counted(shop)[0] == 3


def test_strict_imports_nothing_when_a_line_is_refused(shop: Shell) -> None:
    done = shop("import", "sales", shop.write("sales.csv", BROKEN), "--strict")
    assert done.status == 1
    assert "2 lines were refused, so nothing was imported." in done.err
    assert counted(shop) == (0, 0)


def test_a_rehearsal_gives_the_figures_and_changes_nothing(shop: Shell) -> None:
    path = shop.write("sales.csv", SALES)
    rehearsed = shop("import", "sales", path, "--dry-run", "--json")
    assert counted(shop) == (0, 0)
    real = shop("import", "sales", path, "--json")
    assert rehearsed.json["result"] == real.json["result"]
    assert (rehearsed.json["dry_run"], rehearsed.json["sums"]) == (True, real.json["sums"])


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("Invoice,Date,Item,Price\n1,03/04/2026,A,2.50\n", (), "Say --dates DMY or --dates MDY."),
        ("Invoice;Date;Item;Price\n1;2026-01-05;A;1.234\n", (), "Say --decimal comma or --decimal point."),
        ("alpha,beta\n2.5,3.5\n", (), "Say --map date=COLUMN; the columns are: alpha, beta"),
        ("Invoice,Date,Price\n1,2026-01-05,2.50\n", ("--map", "colour=Date"), "“colour=Date” is not FIELD=COLUMN."),
        ("Invoice,Date,Price\n1,2026-01-05,2.50\n", ("--map", "code=Nope"), "There is no column “Nope”."),
        ("Invoice,Date,Price\n1,2026-01-05,2.50\n", ("--header", "x"), "“x” is not a number of a line"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_option_that_decides(
    shop: Shell, text: str, options: tuple[str, ...], said: str
) -> None:
    done = shop("import", "sales", shop.write("sales.csv", text), *options)
    assert done.status == 2
    assert said in done.err
    assert counted(shop) == (0, 0)


@pytest.mark.parametrize(("order", "month"), [("DMY", "2026-04"), ("MDY", "2026-03")])
def test_options_decide(shop: Shell, order: str, month: str) -> None:
    path = shop.write("sales.csv", "A|B|C|D\n1|03/04/2026|X|1.234\n", "utf-16")
    done = shop(
        "import", "sales", path, "--dates", order, "--decimal", "comma", "--delimiter", "bar", "--map", "number=A",
        "--map", "date=B", "--map", "code=3", "--map", "unit_price=D", "--header", "1", "--json",
    )  # fmt: skip
    assert done.status == 0, done.err
    assert done.json["sums"][0]["by_month"] == {month: "1234"}


def test_people_and_cards(shop: Shell) -> None:
    people = shop.write("p.csv", "First name,Last name,E-mail\nDana,Ruiz,dana@example.com\n,,\nAmy,Okafor,nope\n")
    done = shop("import", "people", people, "--source", "Fair", "--json")
    assert (done.status, done.json["result"]) == (0, {"added": 2, "completed": 0, "unchanged": 0, "erased": 0})
    assert [(f["line"], f["code"]) for f in done.json["findings"]] == [(4, "people.bad_value")]
    card = shop.write(
        "c.vcf", "BEGIN:VCARD\nVERSION:3.0\nN:Ruiz;Dana\nEMAIL:dana@example.com\nTEL:505 555 1\nEND:VCARD\n"
    )
    done = shop("import", "people", card, "--json")
    assert (done.status, done.json["result"]) == (0, {"added": 0, "completed": 1, "unchanged": 0, "erased": 0})


def test_products(shop: Shell) -> None:
    path = shop.write("p.csv", "Code,Name,Price,Stock\nA-1,Bowl,12.50,3\nA-1,Bowl again,1.00,3\n")
    done = shop("import", "products", path)
    assert done.status == 3
    assert "  Stock (not kept)  ← Stock" in done.out
    assert "line 3: The code “A-1” stands in line 2 already." in done.err


def test_somebody_at_the_terminal_is_asked_and_a_no_changes_nothing(shop: Shell) -> None:
    path = shop.write("sales.csv", SALES)
    done = shop("import", "sales", path, typed="n\n")
    assert done.status == 1
    assert "8 of 8 lines or records can be imported. Go ahead? [y/N]" in done.err
    assert counted(shop) == (0, 0)
    assert shop("import", "sales", path, typed="y\n").status == 0
    assert counted(shop) == (4, 2)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.csv", None, "This file is not there."),
        ("empty.csv", b"", "This file is empty."),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "This kind of file cannot be read here."),
        ("cards.csv", b"BEGIN:VCARD\nEND:VCARD\n", "This kind of file cannot be read here."),
        ("page.csv", b"<!doctype html><table><tr><td>1</td></tr></table>", "This kind of file cannot be read here."),
        ("line.csv", b"x" * 3_000_000, "too long for a table"),
        ("broken.xlsx", b"PK\x03\x04" + bytes(200), "This kind of file cannot be read here."),
    ],
)
def test_files_that_are_none_give_a_sentence(shop: Shell, name: str, content: bytes | None, said: str) -> None:
    path = shop.work / name
    if content is not None:
        path.write_bytes(content)
    done = shop("import", "sales", path)
    assert done.status == 1
    assert said in done.err
    assert "Traceback" not in done.err


def test_nothing_happens_while_the_window_is_open(shop: Shell) -> None:
    lock = acquire(shop.folder)
    try:
        done = shop("import", "sales", shop.write("sales.csv", SALES))
    finally:
        lock.release()
    assert done.status == 4
    assert done.err == (
        "directsell: DirectSell is open with this data. Close the window (or wait for the other command) and try again.\n"
    )


def test_ctrl_c_rolls_everything_back(shop: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importer, "check", interrupted)
    done = shop("import", "sales", shop.write("sales.csv", SALES))
    assert (done.status, done.err) == (130, "directsell: Stopped. Nothing was changed.\n")
    assert counted(shop) == (0, 0)


def _interrupted_process(shop: Shell) -> None:
    """A real process that is interrupted leaves the data whole."""
    big = "Invoice;Date;Item;Qty;Unit price\n" + "".join(f"{n};2026-01-05;A-{n};1;1,00\n" for n in range(60_000))
    command = [sys.executable, "-m", "directsell", "--data", str(shop.folder), "import", "sales"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    # A job in the background is deaf to the interrupt, and so would be its children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [*command, str(shop.write("big.csv", big))],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    assert process.stdout is not None
    process.stdout.readline()  # recognised: now it reads and writes
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=120)
    # On a busy machine the signal may come when all is stored: then all must be there.
    if process.returncode:
        assert (process.returncode, err) == (130, "directsell: Stopped. Nothing was changed.\n")
        assert counted(shop) == (0, 0)
        assert shop("doctor").status == 0
    else:
        assert counted(shop) == (60_000, 0)  # orders, and nobody who is named; written by the clock of this machine


if sys.platform != "win32":  # which has no such signal for other processes
    test_a_real_process_that_is_interrupted_leaves_the_data_whole = _interrupted_process


def test_a_mistake_of_the_program_is_a_sentence_and_a_log_entry(shop: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(importer, "check", broken)
    done = shop("import", "sales", shop.write("sales.csv", SALES))
    log = shop.context().logs.path
    assert (done.status, done.err) == (
        70,
        f"directsell: This is a mistake of the program. Your data is whole; {log} says more.\n",
    )
    assert "ZeroDivisionError" in Path(log).read_text(encoding="utf-8")
    assert counted(shop) == (0, 0)
