"""Rules D1 and D10: exact money, rounding, allocation, and numbers as people type them."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.money import (
    CURRENCIES,
    INT64_MAX,
    Money,
    Rounding,
    allocate,
    currency_digits,
    from_micros_decimal,
    from_minor,
    micros,
    parse_decimal,
    percent_of,
    percent_to_ppm,
    ppm_to_percent,
    round_cash,
    round_decimal,
    round_ratio,
    to_minor,
)

D = Decimal
cents = st.integers(-(10**12), 10**12)


# --- Money and currencies


def test_money_adds_within_one_currency_only() -> None:
    assert Money(1250, "USD") + Money(50, "USD") == Money(1300, "USD")
    assert Money(1250, "USD") - Money(2000, "USD") == Money(-750, "USD")
    assert -Money(5, "EUR") == Money(-5, "EUR")
    with pytest.raises(DomainError) as error:
        _ = Money(1, "USD") + Money(1, "EUR")
    assert error.value.code == "money.currency_mismatch"


def test_money_is_ordered_within_one_currency_only() -> None:
    assert Money(1, "USD") < Money(2, "USD") <= Money(2, "USD")
    assert Money(3, "USD") > Money(2, "USD") >= Money(2, "USD")
    assert Money(1, "USD") != Money(1, "EUR")
    with pytest.raises(DomainError, match="currency_mismatch"):
        _ = Money(1, "USD") < Money(2, "EUR")


def test_money_refuses_floats_and_unknown_currencies() -> None:
    with pytest.raises(TypeError):
        Money(1.5, "USD")  # type: ignore[arg-type]
    with pytest.raises(DomainError) as error:
        Money(1, "usd")
    assert error.value.code == "money.unknown_currency"


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        *[("USD", 2), ("EUR", 2), ("ANG", 2), ("HRK", 2), ("JPY", 0), ("ISK", 0), ("XOF", 0)],
        *[("KWD", 3), ("TND", 3), ("CLF", 4), ("UYW", 4)],
    ],
)
def test_digits_of_currencies(code: str, digits: int) -> None:
    assert currency_digits(code) == digits


def test_active_currencies_are_listed_once_in_order() -> None:
    assert list(CURRENCIES) == sorted(set(CURRENCIES))
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CURRENCIES)
    assert {"ZWG", "XCG", "SLE", "VED"} <= set(CURRENCIES)
    assert not {"BGN", "HRK", "XAU", "XXX", "XTS"} & set(CURRENCIES)


def test_every_currency_that_is_tender_somewhere_is_known() -> None:
    tender = {
        code
        for entries in get_global("territory_currencies").values()
        for code, _since, until, is_tender in entries
        if until is None and is_tender
    }
    assert len(tender) > 150
    for code in tender:
        assert currency_digits(code) in (0, 2, 3)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        *[("12.50", "USD", 1250), ("23.405", "USD", 2341), ("1500", "JPY", 1500), ("1499.5", "JPY", 1500)],
        *[("1.2345", "KWD", 1235), ("-0.005", "EUR", -1), ("0", "CLF", 0), ("1.00005", "CLF", 10001)],
    ],
)
def test_amounts_become_minor_units_of_their_currency(amount: str, currency: str, minor: int) -> None:
    assert to_minor(D(amount), currency) == minor


def test_minor_units_become_amounts_with_the_digits_of_the_currency() -> None:
    assert str(from_minor(1250, "USD")) == "12.50"
    assert str(from_minor(-5, "KWD")) == "-0.005"
    assert str(from_minor(1250, "JPY")) == "1250"
    assert str(Money.of(D("2.345"), "EUR", Rounding.HALF_EVEN).amount) == "2.34"


@given(st.integers(-INT64_MAX, INT64_MAX), st.sampled_from(CURRENCIES))
def test_minor_units_survive_the_way_through_decimals(minor: int, currency: str) -> None:
    with localcontext(prec=3):  # a narrow context of somebody else must not touch money
        assert to_minor(from_minor(minor, currency), currency) == minor


# --- Rounding (D1)


@pytest.mark.parametrize(("rounding", "tax"), [(Rounding.HALF_UP, 2341), (Rounding.HALF_EVEN, 2340)])
def test_d1_302_at_7_75_percent(rounding: Rounding, tax: int) -> None:
    assert percent_of(30200, 77_500, rounding) == tax


@pytest.mark.parametrize(
    ("value", "digits", "half_up", "half_even"),
    [
        ("23.405", 2, "23.41", "23.40"),
        ("-23.405", 2, "-23.41", "-23.40"),
        ("0.5", 0, "1", "0"),
        ("1.5", 0, "2", "2"),
        ("-0.004", 2, "0.00", "0.00"),
        ("7", 3, "7.000", "7.000"),
    ],
)
def test_decimals_are_rounded_symmetrically(value: str, digits: int, half_up: str, half_even: str) -> None:
    assert str(round_decimal(D(value), digits)) == half_up
    assert str(round_decimal(D(value), digits, Rounding.HALF_EVEN)) == half_even


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**20), st.sampled_from(Rounding))
def test_integer_rounding_is_the_rounding_of_decimal(numerator: int, denominator: int, rounding: Rounding) -> None:
    result = round_ratio(numerator, denominator, rounding)
    assert abs(2 * (result * denominator - numerator)) <= denominator
    assert round_ratio(-numerator, denominator, rounding) == -result
    if 2 * (result * denominator - numerator) in (denominator, -denominator):
        assert abs(result) * denominator > abs(numerator) if rounding is Rounding.HALF_UP else result % 2 == 0


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_not_finite_is_no_number(value: str) -> None:
    for convert in (micros, lambda v: round_decimal(v, 2), lambda v: to_minor(v, "USD")):
        with pytest.raises(DomainError) as error:
            convert(D(value))
        assert error.value.code == "number.invalid"


@pytest.mark.parametrize("value", ["1e400", "-1e999999", "1e19", "9223372036854775808"])
def test_what_no_column_can_hold_is_refused(value: str) -> None:
    for convert in (micros, lambda v: to_minor(v, "USD")):
        with pytest.raises(DomainError) as error:
            convert(D(value))
        assert error.value.code == "number.too_large"


# --- Micros and percentages


def test_micros_are_exact_or_refused() -> None:
    assert micros(D("2.25")) == 2_250_000
    assert micros(D("-0.000001")) == -1
    assert micros(D("9223372036854.775807")) == INT64_MAX
    assert micros(D("0E+999999")) == 0
    for too_precise in ("0.0000001", "1e-999999", "1.2345678", "1." + "0" * 80 + "1"):
        with pytest.raises(DomainError) as error:
            micros(D(too_precise))
        assert error.value.code == "number.too_precise"
    with pytest.raises(DomainError, match="too_large"):
        micros(D("9223372036854.775808"))


@pytest.mark.parametrize(("value", "text"), [(2_500_000, "2.5"), (3_000_000, "3"), (-1, "-0.000001"), (0, "0")])
def test_micros_read_as_short_decimals(value: int, text: str) -> None:
    assert str(from_micros_decimal(value)) == text


@given(st.integers(-INT64_MAX, INT64_MAX))
def test_micros_survive_the_way_through_decimals(value: int) -> None:
    assert micros(from_micros_decimal(value)) == value


def test_percentages_are_parts_per_million() -> None:
    assert percent_to_ppm(D("7.75")) == 77_500
    assert str(ppm_to_percent(77_500)) == "7.75"
    assert str(ppm_to_percent(99_750)) == "9.975"
    with pytest.raises(DomainError, match="too_precise"):
        percent_to_ppm(D("0.00001"))


# --- Allocation


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (1000, (1, 1, 1), (334, 333, 333)),  # D10: the first host gets the odd cent
        (1560, (1, 1, 1), (520, 520, 520)),  # D10: 20 % of 78.00
        (-1000, (1, 1, 1), (-334, -333, -333)),
        (9900, (2490, 5990, 3490), (2059, 4954, 2887)),  # D18: kit
        (5, (0, 1, 0, 1), (0, 3, 0, 2)),
        (7, (0, 0, 0), (3, 2, 2)),
        (100, (-200, -100), (67, 33)),
        (300, (-5800, 8800), (-580, 880)),  # an exchange: one piece back, a dearer one out
        (0, (), ()),
        (0, (5, -5), (0, 0)),
        (1, (0, 3), (0, 1)),
    ],
)
def test_allocation(amount: int, weights: tuple[int, ...], shares: tuple[int, ...]) -> None:
    assert allocate(amount, weights) == shares


@pytest.mark.parametrize("weights", [(), (5, -5)])
def test_an_amount_cannot_be_spread_over_nothing(weights: tuple[int, ...]) -> None:
    with pytest.raises(DomainError) as error:
        allocate(1, weights)
    assert error.value.code == "money.no_weights"


@given(cents, st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_shares_sum_up_and_stay_within_a_cent_of_their_quota(amount: int, weights: list[int]) -> None:
    shares = allocate(amount, weights)
    assert sum(shares) == amount
    assert allocate(-amount, weights) == tuple(-share for share in shares)
    total = sum(weights)
    if total:
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share * total - amount * weight) < total
            assert weight or not share


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30), st.data())
def test_a_share_never_exceeds_its_weight(weights: list[int], data: st.DataObject) -> None:
    total = sum(weights)
    amount = data.draw(st.integers(0, abs(total)))
    shares = allocate(amount if total > 0 else -amount, weights)
    assert sum(shares) == (amount if total > 0 else -amount)
    assert all(abs(share) <= abs(weight) for share, weight in zip(shares, weights, strict=True))


# --- Cash


@pytest.mark.parametrize(
    ("minor", "increment", "rounded"),
    [(1232, 5, 1230), (1233, 5, 1235), (12350, 100, 12400), (12349, 100, 12300), (-1233, 5, -1235), (7, 1, 7)],
)
def test_cash_is_rounded_to_coins(minor: int, increment: int, rounded: int) -> None:
    assert round_cash(minor, increment) == rounded


def test_coins_have_a_value() -> None:
    with pytest.raises(DomainError) as error:
        round_cash(100, 0)
    assert error.value.code == "money.increment"


# --- Typed numbers

ENGLISH = (".", ",")
GERMAN = (",", ".")
FRENCH = (",", "\u202f")
SWISS = (".", "’")


@pytest.mark.parametrize(
    ("text", "marks", "number"),
    [
        ("13.75", ENGLISH, "13.75"),
        ("1,234.50", ENGLISH, "1234.50"),
        ("1,234", ENGLISH, "1234"),
        ("1234567.5", ENGLISH, "1234567.5"),
        (".5", ENGLISH, "0.5"),
        ("5.", ENGLISH, "5"),
        (" -7 ", ENGLISH, "-7"),
        ("+7", ENGLISH, "7"),
        ("\u22127", ENGLISH, "-7"),
        ("-0", ENGLISH, "0"),
        ("007", ENGLISH, "7"),
        ("13,75", GERMAN, "13.75"),
        ("1.234.567,89", GERMAN, "1234567.89"),
        ("13.750", GERMAN, "13750"),
        ("1 234,5", FRENCH, "1234.5"),
        ("1\u00a0234\u00a0567,5", FRENCH, "1234567.5"),
        ("1\u202f234\u00a0567", FRENCH, "1234567"),
        ("1'234.55", SWISS, "1234.55"),
        ("1’234’567", SWISS, "1234567"),
        ("١٢٣٤٫٥", ENGLISH, "1234.5"),
        ("\u061c-١٬٢٣٤٫٥٠", (",", "."), "-1234.50"),
        ("۱۲۳", ENGLISH, "123"),
        ("9,223,372,036,854.775807", ENGLISH, "9223372036854.775807"),
    ],
)
def test_numbers_as_people_type_them(text: str, marks: tuple[str, str], number: str) -> None:
    assert str(parse_decimal(text, decimal_mark=marks[0], group_marks=marks[1])) == number


@pytest.mark.parametrize(
    ("text", "marks", "code"),
    [
        ("13,75", ENGLISH, "number.grouping"),  # never 1375
        ("0,123", ENGLISH, "number.grouping"),
        (",123", ENGLISH, "number.grouping"),
        ("1,2345", ENGLISH, "number.grouping"),
        ("1,,234", ENGLISH, "number.grouping"),
        ("1234,567", ENGLISH, "number.grouping"),
        ("1,234,", ENGLISH, "number.grouping"),
        ("1.234.5", ENGLISH, "number.grouping"),
        ("1.234,5", ENGLISH, "number.grouping"),
        ("1.234.5", GERMAN, "number.grouping"),
        ("13.75", GERMAN, "number.grouping"),
        ("1,2,3", GERMAN, "number.grouping"),
        ("1 23,5", FRENCH, "number.grouping"),
        ("12,34,567", ENGLISH, "number.grouping"),
        ("13.75", FRENCH, "number.invalid"),
        ("1 234", ENGLISH, "number.invalid"),
        ("", ENGLISH, "number.invalid"),
        ("   ", ENGLISH, "number.invalid"),
        ("-", ENGLISH, "number.invalid"),
        (".", ENGLISH, "number.invalid"),
        (",", ENGLISH, "number.invalid"),
        ("--5", ENGLISH, "number.invalid"),
        ("5-", ENGLISH, "number.invalid"),
        ("nan", ENGLISH, "number.invalid"),
        ("inf", ENGLISH, "number.invalid"),
        ("1e400", ENGLISH, "number.invalid"),
        ("1e5", ENGLISH, "number.invalid"),
        ("0x10", ENGLISH, "number.invalid"),
        ("1_000", ENGLISH, "number.invalid"),
        ("=1+1", ENGLISH, "number.invalid"),
        ("12€", ENGLISH, "number.invalid"),
        ("１２", ENGLISH, "number.invalid"),  # fullwidth
        ("१२", ENGLISH, "number.invalid"),  # Devanagari
        ("²", ENGLISH, "number.invalid"),
        ("1٢", ENGLISH, "number.invalid"),  # two scripts in one number
        ("1\u202e2", ENGLISH, "number.invalid"),
        ("x" * 10_000, ENGLISH, "number.invalid"),
        ("9" * 30, ENGLISH, "number.too_large"),
        ("9" * 10_000, ENGLISH, "number.too_large"),
        ("9" * 29, ENGLISH, "number.too_large"),
        ("9223372036854.775808", ENGLISH, "number.too_large"),
    ],
)
def test_what_is_refused_instead_of_guessed(text: str, marks: tuple[str, str], code: str) -> None:
    with pytest.raises(DomainError) as error:
        parse_decimal(text, decimal_mark=marks[0], group_marks=marks[1])
    assert error.value.code == code
    assert len(str(error.value.params["text"])) <= 40


def test_groups_of_two_where_people_count_in_lakh() -> None:
    for text in ("12,34,567.50", "1,234,567.50"):
        assert parse_decimal(text, decimal_mark=".", group_marks=",", lakh=True) == D("1234567.50")
    for text in ("12,34,56", "123,45,678", "1,23,4567"):
        with pytest.raises(DomainError, match="grouping"):
            parse_decimal(text, decimal_mark=".", group_marks=",", lakh=True)


def test_one_mark_cannot_be_both() -> None:
    with pytest.raises(ValueError):
        parse_decimal("1", decimal_mark=",", group_marks=".,")


@given(st.decimals(-(10**11), 10**11, places=4), st.sampled_from([ENGLISH, GERMAN, FRENCH, SWISS]))
def test_a_printed_number_is_read_back(number: Decimal, marks: tuple[str, str]) -> None:
    printed = f"{number:,}".replace(",", "G").replace(".", marks[0]).replace("G", marks[1])
    assert parse_decimal(printed, decimal_mark=marks[0], group_marks=marks[1]) == number


@given(st.text(max_size=40), st.sampled_from([ENGLISH, GERMAN, FRENCH, SWISS]))
def test_any_text_is_a_number_or_refused(text: str, marks: tuple[str, str]) -> None:
    try:
        number = parse_decimal(text, decimal_mark=marks[0], group_marks=marks[1])
    except DomainError:  # anything else, such as InvalidOperation, would be a bug
        return
    assert number.is_finite()
