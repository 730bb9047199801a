"""Every other command: export, slip, invoice, backup, restore, doctor, info, new, sample; help, status, no Qt."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from directsell import i18n
from directsell.cli.options import parser
from directsell.cli.terminal import Refused
from directsell.exchange.tables import open_table
from directsell.exchange.vcards import read_vcards
from directsell.store.backup import backups_in
from tests.cli.conftest import Shell

COMMANDS = ["import", "export", "slip", "invoice", "quote", "backup", "restore", "doctor", "info", "new", "sample"]


def orders(shell: Shell, state: str = "placed") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shell("export", "orders", "--format", "json").out)
    return [order for order in found if order["state"] == state]


# --- making


def test_a_new_business_has_the_habits_of_its_country(shell: Shell) -> None:
    done = shell(
        "new", "Küchenfee", "--country", "de", "--city", "Freiburg", "--small-business", "--json", "--key", "file"
    )
    assert (done.status, done.json["name"], done.json["protection"]) == (0, "Küchenfee", "file")
    again = shell("new", "Other")
    assert again.status == 1
    assert "There is a business in" in again.err
    assert shell("info", "--json").json["business"] == "Küchenfee"


def test_a_sample_without_a_keyring_has_a_key_file(shell: Shell) -> None:
    done = shell("sample", "--lang", "de", "--json")
    assert (done.status, done.json["protection"]) == (0, "file")
    found = shell("info", "--json").json
    assert (found["state"], found["contents"]["people"]) == ("ready", 16)


@pytest.mark.parametrize("rate", ["7,75", "19", "0.5"])
def test_rates_are_percentages(shell: Shell, rate: str) -> None:
    assert shell("new", "A", "--tax-rate", rate, "--key", "plain").status == 0


@pytest.mark.parametrize("rate", ["abc", "1000", "-1", "7.77777"])
def test_other_rates_are_refused(shell: Shell, rate: str) -> None:
    assert shell("new", "A", f"--tax-rate={rate}").status == 2
    assert shell("info", "--json").json["state"] == "none"


def test_a_name_is_needed_and_nothing_is_left_behind(shell: Shell) -> None:
    done = shell("new", "  ", "--key", "plain")
    assert (done.status, done.err) == (1, "directsell: Enter your name as it is to stand on papers.\n")
    assert not (shell.folder / "book.db").exists()


def test_without_a_business_every_command_says_how_to_make_one(shell: Shell) -> None:
    done = shell("export", "people")
    assert done.status == 1
    assert "Make one with “directsell new”" in done.err


# --- the password


def test_a_password_comes_from_the_environment_or_the_terminal_never_from_options(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell("new", "A", "--key", "password").status == 1
    assert shell("new", "A", "--key", "password", DIRECTSELL_NEW_PASSWORD="pa55").status == 0
    locked = shell("export", "people")
    assert (locked.status, "DIRECTSELL_PASSWORD" in locked.err) == (1, True)
    wrong = shell("export", "people", DIRECTSELL_PASSWORD="other")
    assert (wrong.status, wrong.err) == (1, "directsell: This password is wrong.\n")
    assert shell("export", "people", DIRECTSELL_PASSWORD="pa55").status == 0
    typed = iter(["wrong", "pa55"])
    monkeypatch.setattr("getpass.getpass", lambda *_args, **_names: next(typed))
    done = shell("export", "people", typed="")
    assert (done.status, done.err) == (0, "directsell: This password is wrong.\n")
    assert shell("info", "--json").json["state"] == "locked"


# --- export


@pytest.mark.parametrize(
    ("subject", "first"),
    [
        ("people", ["Salutation", "Given name", "Family name"]),
        ("products", ["Code", "Name", "Brand"]),
        ("orders", ["Number", "Date", "State"]),
        ("lines", ["Number", "Date", "State"]),
        ("payments", ["Date", "Number", "Customer"]),
        ("papers", ["Number", "Kind", "Date"]),
    ],
)
def test_tables_go_to_standard_output(sample: Shell, subject: str, first: list[str]) -> None:
    done = sample("export", subject)
    rows = list(csv.reader(io.StringIO(done.out.removeprefix("\ufeff"))))
    assert (done.status, done.err, rows[0][:3]) == (0, "", first)
    found = json.loads(sample("export", subject, "--format", "json").out)
    assert len(found) == len(rows) - 1


def test_all_tables_in_every_format_read_back(sample: Shell) -> None:
    counts = {}
    for form in ("csv", "xlsx", "json"):
        done = sample("export", "all", "--format", form, "--out", "out", "--json")
        assert done.status == 0
        counts[form] = {item["subject"]: item["rows"] for item in done.json["files"]}
    assert counts["csv"] == counts["xlsx"] == counts["json"]
    assert (counts["csv"]["people"], counts["csv"]["orders"], counts["csv"]["lines"]) == (16, 40, 80)
    for path in sorted((sample.work / "out").glob("*.*")):
        if path.suffix in (".csv", ".xlsx") and path.stem != "papers":
            assert len(list(open_table(path).rows())) == counts["csv"][path.stem]


def test_everything_about_one_person_goes_into_a_file(sample: Shell) -> None:
    someone = json.loads(sample("export", "people", "--format", "json").out)[0]
    name = f"{someone['given']} {someone['family']}"
    done = sample("export", "person", "--who", name, "--out", "one.zip", "--json")
    assert (done.status, done.json["files"][0]["file"]) == (0, "one.zip")
    with zipfile.ZipFile(sample.work / "one.zip") as archive:
        assert json.loads(archive.read("person.json"))["person"]["family"] == someone["family"]
    assert sample("export", "person").status == 2
    nobody = sample("export", "person", "--who", "Zaphod")
    assert (nobody.status, "Nobody was found" in nobody.err) == (1, True)
    several = sample("export", "person", "--who", "a")
    assert (several.status, "say which one by its id" in several.err) == (1, True)


def test_amounts_are_exact_decimals(sample: Shell) -> None:
    lines = json.loads(sample("export", "lines", "--format", "json").out)
    found = json.loads(sample("export", "orders", "--format", "json").out)
    assert str(sum(Decimal(line["amount"]) for line in lines)) == "4482.27"
    assert str(sum(Decimal(order["total"]) for order in found)) == "4813.41"
    assert str(sum(Decimal(order["owed"]) for order in found)) == "362.34"


def test_people_as_cards_and_back(sample: Shell) -> None:
    assert sample("export", "people", "--format", "vcard", "--out", "p.vcf").status == 0
    result = read_vcards(sample.work / "p.vcf")
    assert (len(result.people), result.rejects) == (16, ())
    assert sample("export", "orders", "--format", "vcard").status == 2


def test_an_export_comes_back_without_doubling_anybody(sample: Shell) -> None:
    for subject in ("people", "products"):
        sample("export", subject, "--out", f"{subject}.csv")
        done = sample("import", subject, sample.work / f"{subject}.csv", "--json")
        assert (done.status, done.err) == (0, ""), done.out
        assert done.json["result"]["added"] == 0, done.json


def test_text_that_looks_like_a_formula_is_harmless(shop: Shell) -> None:
    path = shop.write("p.csv", "First name,Last name,Notes\n=cmd|' /C calc'!A0,Ruiz,+1\n@SUM(A1),X,-2\n")
    assert shop("import", "people", path).status == 0
    out = shop("export", "people").out
    assert "'=cmd|' /C calc'!A0" in out
    assert "'@SUM(A1)" in out
    assert ",=cmd" not in out


def test_decimal_comma_and_refusing_to_replace(sample: Shell) -> None:
    done = sample("export", "products", "--decimal", "comma", "--out", "p.csv")
    assert done.status == 0
    text = (sample.work / "p.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("Code;Name;Brand")
    again = sample("export", "products", "--out", "p.csv", "--no-overwrite")
    assert (again.status, again.err) == (1, "directsell: There is a file of this name already.\n")


# --- papers


def test_a_slip_is_issued_once_and_written_again_byte_by_byte(sample: Shell) -> None:
    key = orders(sample)[0]["id"]
    first = sample("slip", key, "--json")
    assert (first.status, first.json["number"], first.json["issued_now"]) == (0, "B-A-2026-0001", True)
    again = sample("slip", key, "--out", "again.pdf", "--json")
    assert (again.json["number"], again.json["issued_now"]) == ("B-A-2026-0001", False)
    by_number = sample("slip", "B-A-2026-0001", "--out", "third.pdf", "--json")
    assert by_number.status == 0
    files = [sample.work / name for name in ("B-A-2026-0001.pdf", "again.pdf", "third.pdf")]
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == {first.json["sha256"]}


def test_a_slip_comes_on_the_sheet_that_was_asked_for_and_stays_on_it(sample: Shell) -> None:
    key = orders(sample)[0]["id"]
    assert sample("slip", key, "--preview", "--format", "roll_80", "--out", "draft.pdf").status == 0
    first = sample("slip", key, "--format", "roll_80", "--json")
    assert (first.status, first.err) == (0, "")
    for name in ("draft.pdf", "B-A-2026-0001.pdf"):
        box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", (sample.work / name).read_bytes())
        assert box is not None
        assert (round(float(box[1])), float(box[2]) > 300) == (227, True)
    again = sample("slip", key, "--format", "a5", "--out", "again.pdf", "--json")
    assert again.err == "B-A-2026-0001 was issued on another sheet and stays as it is.\n"
    assert again.json["sha256"] == first.json["sha256"]
    assert sample("slip", key, "--format", "a6").status == 2


def test_an_invoice_is_found_by_the_number_of_the_slip(sample: Shell) -> None:
    sample("slip", orders(sample)[0]["id"])
    draft = sample("invoice", "B-A-2026-0001", "--json")
    assert draft.json["kind"] == "order_slip"  # the number of a paper is that paper
    order = draft.json["order"]
    preview = sample("invoice", order, "--preview", "--json")
    assert (preview.json["number"], preview.json["file"]) == (None, "invoice-draft.pdf")
    assert (sample.work / "invoice-draft.pdf").read_bytes().startswith(b"%PDF")
    done = sample("invoice", order, "--out", ".", "--json")
    assert (done.json["number"], done.json["file"]) == ("R-A-2026-0001", "R-A-2026-0001.pdf")


def test_somebody_at_the_terminal_is_asked_before_a_number_is_used(sample: Shell) -> None:
    key = orders(sample)[0]["id"]
    done = sample("invoice", key, typed="\n")
    assert (done.status, "cannot be undone" in done.err) == (1, True)
    assert json.loads(sample("export", "papers", "--format", "json").out) == []


@pytest.mark.parametrize("order", ["nope", "01a202fd-f0af-70fb-8b97-5abc48331fb8"])
def test_an_unknown_order_is_a_sentence(sample: Shell, order: str) -> None:
    done = sample("invoice", order)
    assert done.status == 1
    assert done.err.startswith("directsell: ")
    assert "Traceback" not in done.err


# --- backup, restore, doctor


def test_backup_and_restore(sample: Shell) -> None:
    made = sample("backup", "--to", sample.work / "stick", "--json")
    assert (made.status, len(made.json["files"])) == (0, 2)
    backup = Path(made.json["files"][1])
    sample("slip", orders(sample)[0]["id"])
    script = sample("restore", backup)
    assert (script.status, script.err) == (2, "directsell: Say --yes to put the backup in the place of the data.\n")
    looked = sample("restore", backup, "--dry-run", "--json")
    assert (looked.json["restored"], looked.json["lacks_papers"]) == (False, ["B-A-2026-0001"])
    assert looked.json["contents"]["orders"] == 40
    done = sample("restore", backup, "--yes", "--json")
    assert (done.status, done.json["restored"]) == (0, True)
    assert Path(done.json["aside"]).exists()
    assert json.loads(sample("export", "papers", "--format", "json").out) == []
    assert sample("doctor").status == 0
    assert len(backups_in(sample.folder / "backups")) == 1


def test_a_file_that_is_no_backup_changes_nothing(sample: Shell) -> None:
    before = (sample.folder / "book.db").read_bytes()
    done = sample("restore", sample.write("no.db", "no database at all"), "--yes")
    assert done.status == 1
    assert done.err.startswith("directsell: ")
    assert (sample.folder / "book.db").read_bytes() == before


def test_an_encrypted_backup_opens_elsewhere_with_its_code_only(shop: Shell, tmp_path: Path) -> None:
    backup = shop("backup", "--json").json["files"][0]
    book = shop.context().open()
    sheet = shop.context().recovery_sheet(book)
    book.close()
    assert sheet is not None
    other = Shell(tmp_path / "other", shop.work, shop.monkeypatch)
    refused = other("restore", backup, "--yes")
    assert (refused.status, "DIRECTSELL_RECOVERY_CODE" in refused.err) == (1, True)
    done = other("restore", backup, "--yes", DIRECTSELL_RECOVERY_CODE=sheet.code)
    assert done.status == 0, done.err
    assert other("info", "--json").json["business"] == "Willow Carter"


def test_the_doctor_finds_and_mends(sample: Shell) -> None:
    assert sample("doctor").out == "Everything is as it should be.\n"
    book = sample.context().open()
    with book.app.store.exclusive() as connection:
        connection.execute("UPDATE sales_order SET total = total + 1")
    book.close()
    found = sample("doctor", "--json")
    assert (found.status, [f["code"] for f in found.json["findings"]], found.json["sound"]) == (
        5,
        ["totals.stale", "index.stale"],
        False,
    )
    mended = sample("doctor", "--mend")
    assert mended.status == 0
    assert mended.out.startswith("Mended: Stored totals of orders differ from their lines.")
    assert sample("doctor", "--quick").status == 0


# --- help, options, streams


@pytest.mark.parametrize("language", ["en_US", "de"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_is_complete(shell: Shell, language: str, command: str) -> None:
    i18n.activate(language)
    done = shell(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Aufruf: " if language == "de" else "usage: ")
    assert "--json" in done.out


def test_general_help_names_every_command_and_status(shell: Shell) -> None:
    done = shell("--help")
    assert done.status == 0
    assert all(f"    {command}" in done.out for command in COMMANDS)
    assert "DIRECTSELL_PASSWORD" in done.out
    assert "130 stopped with Ctrl+C" in done.out


@pytest.mark.parametrize(
    "arguments", [[], ["bogus"], ["import"], ["import", "cats", "x"], ["export", "people", "--colour"]]
)
def test_wrong_options_are_refused_with_status_two(shell: Shell, arguments: list[str]) -> None:
    done = shell(*arguments)
    assert done.status == 2
    assert done.err.startswith("directsell: ")
    assert "--help” shows what it takes." in done.err


def test_no_option_takes_a_password() -> None:
    with pytest.raises(Refused):
        parser().parse_args(["export", "people", "--password", "x"])


def test_errors_are_objects_for_programs_too(shell: Shell) -> None:
    done = shell("doctor", "--json")
    assert (done.status, list(done.json), done.json["status"]) == (1, ["error", "status"], 1)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}


def test_a_real_process_imports_no_qt_and_answers_quickly(shop: Shell) -> None:
    code = (
        "import sys; from directsell.bootstrap import main; status = main(sys.argv[1:]);"
        "print([m for m in sys.modules if m.split('.')[0] in ('PySide6', 'shiboken6')]); sys.exit(status)"
    )
    command = [sys.executable, "-c", code, "--data", str(shop.folder), "--lang", "en_US", "export", "people"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("[]\n")
    assert "Given name" in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error(sample: Shell) -> None:
    command = [sys.executable, "-m", "directsell", "--data", str(sample.folder), "export", "lines", "--format", "json"]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) in (0, 1)
    assert b"Traceback" not in err
