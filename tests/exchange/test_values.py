"""Numbers, dates and text: inference with evidence, strict parsing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.exchange.values import (
    DateOrder,
    DecimalMark,
    clean_text,
    infer_date_order,
    infer_decimal_mark,
    parse_date,
    parse_number,
)
from tests.exchange.samples import refusal_code, wall


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("13,75", ",", "13.75"),
        ("13.75", ".", "13.75"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("1'234.50", ".", "1234.50"),
        ("1 234,5", ",", "1234.5"),
        ("1\u00a0234,5", ",", "1234.5"),
        ("12,34,567.8", ".", "1234567.8"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("0.125", ".", "0.125"),
        (".5", ".", "0.5"),
        ("5.", ".", "5"),
        ("-5", ".", "-5"),
        ("5-", ".", "-5"),
        ("\u22125", ".", "-5"),
        ("(5.00)", ".", "-5.00"),
        ("+5", ".", "5"),
        ("€ 1.234,00", ",", "1234.00"),
        ("24,90 €", ",", "24.90"),
        ("US$ 5.00", ".", "5.00"),
        ("-$5.00", ".", "-5.00"),
        ("$-5.00", ".", "-5.00"),
        ("CHF 1'200.50", ".", "1200.50"),
        ("199 kr", ",", "199"),
        ("49,99zł", ",", "49.99"),
        ("2.5500000000000003", ".", "2.55"),
        ("1000", "", "1000"),
        ("13,75", "", "13.75"),
        ("1.234,56", "", "1234.56"),
        ("1.234.567", "", "1234567"),
        ("'-5", ".", "-5"),
    ],
)
def test_numbers_are_exact(text: str, mark: DecimalMark, number: str) -> None:
    assert parse_number(text, mark) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "mark", "code"),
    [
        ("13,75", ".", "number.wrong_mark"),  # never 1375
        ("1,2345", ".", "number.wrong_mark"),
        ("1.23,45", ".", "number.wrong_mark"),
        ("1.2.3", ".", "number.wrong_mark"),
        ("0,125", ".", "number.wrong_mark"),  # no group starts with a zero
        ("1.234", "", "number.ambiguous"),
        ("1,234", "", "number.ambiguous"),
        ("1e999", ".", "number.scientific"),
        ("4,00638E+12", ",", "number.scientific"),
        ("nan", ".", "number.not_a_number"),
        ("inf", ".", "number.not_a_number"),
        ("９９", ".", "number.not_a_number"),
        ("0x10", ".", "number.not_a_number"),
        ("1_000", ".", "number.not_a_number"),
        ("--5", ".", "number.not_a_number"),
        ("(-5)", ".", "number.not_a_number"),
        ("12 apples", ".", "number.not_a_number"),
        ("", ".", "number.not_a_number"),
        ("9" * 13, ".", "number.too_large"),
        ("9" * 5_000, ".", "number.too_large"),
        ("0.1234567", ".", "number.too_precise"),
        ("19 %", ".", "number.percent"),
        ("3/4", ".", "number.not_a_number"),
    ],
)
def test_what_is_doubtful_is_refused(text: str, mark: DecimalMark, code: str) -> None:
    assert refusal_code(parse_number, text, mark) == code


def test_percents() -> None:
    assert parse_number("19 %", ",", percent=True) == 19
    assert parse_number("7,75%", ",", percent=True) == Decimal("7.75")
    assert parse_number("%19", ".", percent=True) == 19


def test_typed_numbers_pass() -> None:
    assert parse_number(Decimal("13.75"), ",") == Decimal("13.75")
    assert refusal_code(parse_number, True, ".") == "number.not_a_number"
    assert refusal_code(parse_number, None, ".") == "number.not_a_number"
    assert refusal_code(parse_number, Decimal("1e20"), ".") == "number.too_large"
    assert refusal_code(parse_number, Decimal("NaN"), ".") == "number.not_a_number"


@given(
    st.decimals(min_value=-999_999_999, max_value=999_999_999, places=3, allow_nan=False),
    st.sampled_from([(".", ","), (",", "."), (".", "'"), (",", " "), (",", "\u00a0")]),
    st.sampled_from(["{}", "€ {}", "{} EUR", " {} "]),
)
def test_a_written_number_is_read_back(number: Decimal, marks: tuple[DecimalMark, str], frame: str) -> None:
    mark, group = marks
    text = f"{number:,}".replace(",", "g").replace(".", mark).replace("g", group)
    assert parse_number(frame.format(text), mark) == number


@given(st.text(max_size=80), st.sampled_from([".", ",", ""]))
def test_no_text_does_anything_but_parse_or_refuse(text: str, mark: DecimalMark) -> None:
    for percent in (True, False):
        assert refusal_code(parse_number, text, mark, percent=percent).split(".")[0] in ("number", "")


@pytest.mark.parametrize(
    ("values", "mark", "ambiguous"),
    [
        (["1.234", "13,75"], ",", False),
        (["1.234", "13.75"], ".", False),
        (["1,234.50", "2"], ".", False),
        (["1.234.567"], ",", False),
        (["1.234", "2.500"], "", True),
        (["1,5", "2.5"], "", True),
        (["1", "20", "300"], "", False),
        (["€ 24,90", "-", "n/a"], ",", False),
        ([], "", False),
    ],
)
def test_the_mark_of_a_column(values: list[str], mark: str, ambiguous: bool) -> None:
    style = infer_decimal_mark(values)
    assert (style.mark, style.ambiguous) == (mark, ambiguous)


def test_the_evidence_is_told() -> None:
    style = infer_decimal_mark(["1,5", "2.5", "1.234"])
    assert (style.for_point, style.for_comma, style.undecided) == (1, 1, 1)
    assert set(style.examples) == {"1,5", "2.5"}
    assert infer_decimal_mark(["1.234"]).examples == ("1.234",)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("03/04/2026", "DMY", "2026-04-03"),
        ("03/04/2026", "MDY", "2026-03-04"),
        ("2026-04-03", "DMY", "2026-04-03"),
        ("2026/4/3", "", "2026-04-03"),
        ("20260403", "", "2026-04-03"),
        ("3.4.26", "DMY", "2026-04-03"),
        ("3. 4. 2026", "", "2026-04-03"),
        ("13/04/2026", "", "2026-04-13"),
        ("04/13/2026", "", "2026-04-13"),
        ("05/05/2026", "", "2026-05-05"),
        ("3 April 2026", "", "2026-04-03"),
        ("Apr 3, 2026", "", "2026-04-03"),
        ("Friday, 3 April 2026", "", "2026-04-03"),
        ("3. März 2026", "", "2026-03-03"),
        ("12 de mayo de 2026", "", "2026-05-12"),
        ("1er janvier 2026", "", "2026-01-01"),
        ("3 kwietnia 2026", "", "2026-04-03"),
        ("29.02.2028", "", "2028-02-29"),
        ("03/04/70", "DMY", "1970-04-03"),
        ("03/04/68", "DMY", "2068-04-03"),
    ],
)
def test_days(text: str, order: DateOrder, expected: str) -> None:
    assert parse_date(text, order).date().isoformat() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2010-12-01 08:26:00", wall(2010, 12, 1, 8, 26)),
        ("2026-04-03T19:30:05.25", wall(2026, 4, 3, 19, 30, 5, 250_000)),
        ("2026-04-03T19:30:00Z", datetime(2026, 4, 3, 19, 30, tzinfo=UTC)),
        ("03.04.2026, 19:30", wall(2026, 4, 3, 19, 30)),
        ("3.4.2026 7:05 pm", wall(2026, 4, 3, 19, 5)),
        ("3.4.2026 12:05 AM", wall(2026, 4, 3, 0, 5)),
    ],
)
def test_times(text: str, expected: datetime) -> None:
    assert parse_date(text, "DMY") == expected


def test_zones_are_kept() -> None:
    assert parse_date("2026-04-03 19:30:00 +0200", "").utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("text", "order", "code"),
    [
        ("03/04/2026", "", "date.ambiguous"),
        ("03/04/2026", "YMD", "date.ambiguous"),
        ("13/04/2026", "MDY", "date.wrong_order"),
        ("29.02.2027", "DMY", "date.does_not_exist"),
        ("31/04/2026", "DMY", "date.does_not_exist"),
        ("2026-13-01", "", "date.does_not_exist"),
        ("00.00.0000", "DMY", "date.does_not_exist"),
        ("32/13/2026", "DMY", "date.does_not_exist"),
        ("3.4.2026 25:00", "DMY", "date.does_not_exist"),
        ("40512", "DMY", "date.not_a_date"),  # counts days in a sheet, means nothing in a text
        ("3.4.126", "DMY", "date.not_a_date"),
        ("٣/٤/٢٠٢٦", "DMY", "date.not_a_date"),
        ("3 Smarch 2026", "DMY", "date.not_a_date"),
        ("soon", "DMY", "date.not_a_date"),
        ("", "DMY", "date.not_a_date"),
        ("9" * 500, "DMY", "date.not_a_date"),
    ],
)
def test_no_day_is_guessed(text: str, order: DateOrder, code: str) -> None:
    assert refusal_code(parse_date, text, order) == code


def test_two_digit_years_are_not_in_the_future() -> None:
    assert parse_date("03.04.26", "DMY", latest_year=2026).year == 2026
    assert parse_date("03.04.27", "DMY", latest_year=2026).year == 1927


@pytest.mark.parametrize(
    ("serial", "from_1904", "expected"),
    [
        ("1", False, wall(1900, 1, 1)),
        ("59", False, wall(1900, 2, 28)),
        ("61", False, wall(1900, 3, 1)),
        ("46082.8125", False, wall(2026, 3, 1, 19, 30)),
        ("44620", True, wall(2026, 3, 1)),
    ],
)
def test_numbers_of_a_sheet(serial: str, from_1904: bool, expected: datetime) -> None:
    assert parse_date(Decimal(serial), "DMY", serial_1904=from_1904) == expected


def test_the_day_that_never_was() -> None:
    assert refusal_code(parse_date, Decimal(60), "") == "date.does_not_exist"
    assert refusal_code(parse_date, Decimal("3e9"), "") == "date.does_not_exist"
    assert refusal_code(parse_date, Decimal(-1), "") == "date.does_not_exist"


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["DMY", "MDY"]), st.sampled_from("/-"))
def test_a_written_day_is_read_back(day: date, order: DateOrder, mark: str) -> None:
    parts = {"D": f"{day.day:02d}", "M": f"{day.month:02d}", "Y": f"{day.year:04d}"}
    assert parse_date(mark.join(parts[part] for part in order), order).date() == day
    assert parse_date(day.isoformat(), order).date() == day


@given(st.text(max_size=80), st.sampled_from(["DMY", "MDY", "YMD", ""]))
def test_no_text_does_anything_but_be_a_day_or_not(text: str, order: DateOrder) -> None:
    assert refusal_code(parse_date, text, order).split(".")[0] in ("date", "")


@pytest.mark.parametrize(
    ("values", "order", "ambiguous"),
    [
        (["03/04/2026", "13/04/2026"], "DMY", False),
        (["03/04/2026", "04/13/2026"], "MDY", False),
        (["03.04.2026"], "DMY", False),
        (["2026-04-03", "2026-05-05"], "YMD", False),
        (["2026-04-03", "13/04/2026"], "DMY", False),
        (["03/04/2026"], "", True),
        (["13/04/2026", "04/13/2026"], "", True),
        (["3 April 2026"], "", False),
        (["05/05/2026"], "", False),
        (["n/a", ""], "", False),
    ],
)
def test_the_order_of_a_column(values: list[str], order: str, ambiguous: bool) -> None:
    style = infer_date_order(values)
    assert (style.order, style.ambiguous) == (order, ambiguous)


def test_times_are_noticed() -> None:
    assert infer_date_order(["2010-12-01 08:26:00"]).has_time
    assert not infer_date_order(["2010-12-01"]).has_time


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  two   spaces ", "two spaces"),
        ("a\nb", "a b"),
        ("Mu\u0308ller", "Müller"),
        ("in\u202evoice\x00\ud800", "invoice"),
        ("'=1+1", "=1+1"),
        ("'+33 612", "+33 612"),
        ("'s Hertogenbosch", "'s Hertogenbosch"),
        ("''=x", "'=x"),
        ("\u3000wide\u3000", "wide"),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_lines_are_kept_where_wanted() -> None:
    assert clean_text("a \r\nb\rc\x00\n", multiline=True) == "a\nb\nc"
    assert refusal_code(clean_text, "x" * 10_001) == "text.too_long"
