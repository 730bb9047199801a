"""Words, money, numbers and days of languages, literally; which language is chosen; what is loaded for it."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell import i18n
from directsell.domain.errors import DomainError
from directsell.i18n import N_, Language, _, catalogues, ngettext, pgettext
from directsell.i18n.formats import SHIPPED
from directsell.i18n.locales import normalise
from directsell.resources import find_resource

TODAY = dt.date(2026, 11, 22)  # a Sunday
NBSP, NARROW, RLM, LRM = "\u00a0", "\u202f", "\u200f", "\u200e"


@pytest.mark.parametrize(
    ("tag", "minor", "currency", "written"),
    [
        ("en_US", 123450, "USD", "$1,234.50"),
        ("en_US", -123450, "USD", "-$1,234.50"),
        ("en_US", 5, "USD", "$0.05"),
        ("en_US", 0, "EUR", "€0.00"),
        ("en_US", 1200, "CHF", f"CHF{NBSP}12.00"),
        ("en_GB", 1200, "GBP", "£12.00"),
        ("en_IN", 1234567_00, "INR", "₹12,34,567.00"),
        ("en_IN", 999_00, "INR", "₹999.00"),
        ("en_IN", -100000_00, "INR", "-₹1,00,000.00"),
        ("de_DE", -123450, "EUR", f"-1.234,50{NBSP}€"),
        ("de_AT", 123450, "EUR", f"€{NBSP}1.234,50"),
        ("de_CH", 123450, "CHF", f"CHF{NBSP}1’234.50"),
        ("de_CH", -123450, "CHF", "CHF-1’234.50"),
        ("fr_FR", 123450, "EUR", f"1{NARROW}234,50{NBSP}€"),
        ("pt_BR", -123450, "BRL", f"-R${NBSP}1.234,50"),
        ("ja_JP", 1234, "JPY", "￥1,234"),
        ("en_US", 1234567, "KWD", f"KWD{NBSP}1,234.567"),
        ("nl_NL", -1250, "EUR", f"€{NBSP}-12,50"),
        ("pl_PL", 123456789, "PLN", f"1{NBSP}234{NBSP}567,89{NBSP}zł"),
    ],
)
def test_money_is_written(tag: str, minor: int, currency: str, written: str) -> None:
    assert Language.load(tag).money(minor, currency) == written


def test_money_of_an_unknown_currency_is_refused() -> None:
    with pytest.raises(DomainError, match="money.unknown_currency"):
        Language.load("de_DE").money(1, "XXQ")


def test_prices_keep_what_they_have() -> None:
    german = Language.load("de_DE")
    assert german.price(Decimal("0.125500"), "EUR") == f"0,1255{NBSP}€"
    assert german.price(Decimal("12"), "EUR") == f"12,00{NBSP}€"
    assert german.price_amount(Decimal("1234.5"), "EUR") == "1.234,50"
    assert german.price_amount(Decimal("1234"), "JPY") == "1.234"


def test_numbers_are_written() -> None:
    german, english = Language.load("de_DE"), Language.load("en_US")
    assert german.quantity(Decimal("2.500")) == "2,5"
    assert german.quantity(3) == "3"
    assert german.number(Decimal("1234567.125"), 2) == "1.234.567,13"
    assert german.number(Decimal("-0.001"), 2) == "0"
    assert english.number(Decimal("1.5"), 3, 2) == "1.50"
    assert english.percent(77_500) == "7.75%"
    assert german.percent(190_000) == f"19{NBSP}%"
    assert Language.load("tr_TR").percent(200_000) == "%20"
    assert Language.load("sv_SE").number(Decimal(-5)) == "\u22125"
    assert Language.load("ar").number(-5) == f"{LRM}-5"


@pytest.mark.parametrize(
    ("tag", "typed", "value"),
    [
        ("en_US", "1,234.50", "1234.50"),
        ("de_DE", "1.234,50", "1234.50"),
        ("de_DE", "-12,5", "-12.5"),
        ("fr_FR", "1 234,50", "1234.50"),
        ("fr_FR", f"1{NARROW}234,50", "1234.50"),
        ("fr_CH", "12.50", "12.50"),
        ("fr_CH", "12,50", "12.50"),
        ("de_CH", "1'234.50", "1234.50"),
        ("en_IN", "12,34,567", "1234567"),
    ],
)
def test_numbers_are_read(tag: str, typed: str, value: str) -> None:
    assert Language.load(tag).parse_decimal(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("tag", "typed"), [("en_US", "13,75"), ("de_DE", "1,234.50"), ("de_DE", "1e400"), ("en_US", "")]
)
def test_doubtful_numbers_are_refused(tag: str, typed: str) -> None:
    with pytest.raises(DomainError):
        Language.load(tag).parse_decimal(typed)


def test_days_are_written() -> None:
    german, english = Language.load("de_DE"), Language.load("en_US")
    day = dt.date(2026, 3, 2)
    assert [german.date(day, style) for style in ("short", "medium", "long", "full")] == [
        "02.03.26", "02.03.2026", "2. März 2026", "Montag, 2. März 2026",
    ]  # fmt: skip
    assert english.date(day) == "Mar 2, 2026"
    assert english.weekday(day) == "Monday"
    assert german.weekday(day, short=True) == "Mo"
    assert german.month(day) == "März 2026"
    assert german.time(dt.time(19, 5)) == "19:05"
    assert english.time(dt.time(0, 5)) == f"12:05{NARROW}AM"
    assert Language.load("ar").date(day, "short") == f"2{RLM}/3{RLM}/2026"
    instant = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)
    assert german.datetime(instant, ZoneInfo("Europe/Berlin")) == "03.03.2026, 00:30"


@pytest.mark.parametrize(
    ("days", "english", "german"),
    [
        (0, "today", "heute"),
        (1, "tomorrow", "morgen"),
        (-1, "yesterday", "gestern"),
        (3, "in 3 days", "in 3 Tagen"),
        (-2, "2 days ago", "vor 2 Tagen"),
        (1200, "in 1,200 days", "in 1.200 Tagen"),
    ],
)
def test_days_near_today(days: int, english: str, german: str) -> None:
    day = TODAY + dt.timedelta(days=days)
    assert Language.load("en_US").relative_day(day, TODAY) == english
    assert Language.load("de_AT").relative_day(day, TODAY) == german


@pytest.mark.parametrize(
    ("tag", "typed", "day"),
    [
        ("de_DE", "24.12.2026", "2026-12-24"),
        ("de_DE", "24.12.26", "2026-12-24"),
        ("de_DE", "24.12.", "2026-12-24"),
        ("de_DE", "3.1.", "2027-01-03"),  # the nearest, although it lies in another year
        ("de_DE", "24 12", "2026-12-24"),
        ("de_DE", "241226", "2026-12-24"),
        ("de_DE", "24122026", "2026-12-24"),
        ("de_DE", "20261224", "2026-12-24"),
        ("de_DE", "2026-12-24", "2026-12-24"),
        ("de_DE", "24. Dezember 2026", "2026-12-24"),
        ("de_DE", "24. Dez", "2026-12-24"),
        ("de_DE", "Donnerstag, 24. Dezember 2026", "2026-12-24"),
        ("de_DE", "heute", "2026-11-22"),
        ("de_DE", "Morgen", "2026-11-23"),
        ("de_DE", "Mo", "2026-11-23"),
        ("de_DE", "sonntag", "2026-11-29"),  # today is Sunday: the next one
        ("de_DE", "+3", "2026-11-25"),
        ("de_DE", "-1", "2026-11-21"),
        ("de_DE", "1.1.80", "1980-01-01"),
        ("de_DE", "1.1.45", "2045-01-01"),
        ("de_DE", "1.1.46", "1946-01-01"),
        ("de_DE", "29.2.", None),  # no leap year nearby
        ("en_US", "12/24/2026", "2026-12-24"),
        ("en_US", "12/24", "2026-12-24"),
        ("en_US", "Dec 24, 2026", "2026-12-24"),
        ("en_US", "24 dec", "2026-12-24"),
        ("en_US", "tomorrow", "2026-11-23"),
        ("en_US", "24/12/2026", None),
        ("en_GB", "24/12/2026", "2026-12-24"),
        ("en_GB", "12/24/2026", None),
        ("fr_FR", "3 févr. 2026", "2026-02-03"),
        ("fr_FR", "1 mars", "2027-03-01"),
        ("es_ES", "3 de febrero de 2026", "2026-02-03"),
        ("ja_JP", "2026年2月3日", "2026-02-03"),
        ("de_DE", "31.4.2026", None),
        ("de_DE", "24.12.0026", None),
        ("de_DE", "24.12.202", None),
        ("de_DE", "24#12#2026", None),
        ("de_DE", "+99999", None),
        ("de_DE", "", None),
        ("de_DE", "1" * 10_000, None),
        ("de_DE", "=cmd", None),
        ("de_DE", "\u202e24.12.2026", None),
    ],
)
def test_days_are_read(tag: str, typed: str, day: str | None) -> None:
    language = Language.load(tag)
    if day is None:
        with pytest.raises(DomainError, match=r"date\.invalid"):
            language.parse_date(typed, TODAY)
    else:
        assert language.parse_date(typed, TODAY) == dt.date.fromisoformat(day)


@given(st.sampled_from(SHIPPED), st.text(max_size=60))
def test_any_text_is_read_or_refused(tag: str, typed: str) -> None:
    language = Language.load(tag)
    with contextlib.suppress(DomainError):
        assert abs(language.parse_date(typed, TODAY).year - TODAY.year) <= 400
    with contextlib.suppress(DomainError):
        assert language.parse_decimal(typed).is_finite()


def test_words_follow_the_active_language() -> None:
    assert _("Cancel") == "Cancel"
    i18n.activate("de_CH")
    assert i18n.active_language().tag == "de_CH"
    assert _("Cancel") == "Abbrechen"
    assert ngettext("in {n} day", "in {n} days", 2) == "in {n} Tagen"
    assert pgettext("nowhere", "Cancel") == "Cancel"
    assert N_("Cancel") == "Cancel"
    assert _("") == ""
    assert Language.load("fr_FR").translate("Cancel") == "Cancel"  # no words yet: English ones


def test_pseudo_language_shows_what_is_not_translated() -> None:
    pseudo = i18n.activate("qps")
    assert pseudo.rtl
    assert _("Save {name}") == "[Šàvé {name} ···]"
    assert ngettext("in {n} day", "in {n} days", 1) == "[îñ {n} dàý ···]"
    assert pseudo.money(123450, "USD") == "$1,234.50"


@pytest.mark.parametrize(
    ("tag", "form"),
    [
        ("de-AT", "de_AT"),
        ("de_DE.UTF-8", "de_DE"),
        ("ca_ES@euro", "ca_ES"),
        ("C.UTF-8", "en_US"),
        ("POSIX", "en_US"),
        ("", "en_US"),
        ("zh-hans-cn", "zh_Hans_CN"),
        ("iw_IL", "he_IL"),
    ],
)
def test_tags_have_one_form(tag: str, form: str) -> None:
    assert normalise(tag) == form


@pytest.mark.parametrize(
    ("tag", "served_by"),
    [
        ("de_DE", "de_DE"),
        ("de", "de_DE"),
        ("de_LU", "de_LU"),  # no file: from Babel's data
        ("en_DE", "en_DE"),
        ("de_QQ", "de_DE"),
        ("zh_Hans_CN", "zh_Hans_CN"),
        ("he_IL", "he_IL"),
        ("tlh_XX", "en_US"),
        ("../../etc/passwd", "en_US"),
    ],
)
def test_nearest_relative_serves(tag: str, served_by: str) -> None:
    assert Language.load(tag).formats.tag == served_by


def test_one_object_for_one_language() -> None:
    assert Language.load("de-DE.UTF-8") is Language.load("de_DE")


def test_right_to_left_and_week() -> None:
    assert [tag for tag in SHIPPED if Language.load(tag).rtl] == ["ar", "he"]
    assert Language.load("de_DE").week_start == 0
    assert Language.load("en_US").week_start == 6
    assert Language.load("de_AT").name == "Deutsch"
    assert Language.load("de_DE").country_name("CH") == "Schweiz"
    assert Language.load("de_DE").currency_name("CHF") == "Schweizer Franken"
    assert Language.load("en_US").currency_symbol("EUR") == "€"


def test_system_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "de_AT.UTF-8")
    assert i18n.system_language() == "de_AT"
    assert i18n.choose_language("") == "de_AT"
    assert i18n.choose_language("fr_FR") == "fr_FR"
    monkeypatch.setenv("LC_ALL", "C")
    assert i18n.system_language() == "en_US"


def test_start_needs_no_babel() -> None:
    program = (
        "import sys; from directsell.i18n import activate, _; language = activate('de_DE'); "
        "language.money(1, 'EUR'); language.date(__import__('datetime').date(2026, 1, 1)); "
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('babel', 'PySide6', 'sqlalchemy')))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(i18n.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_catalogue_is_read_without_its_compiled_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "translations" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = find_resource("translations", "de", "LC_MESSAGES", "directsell.po")
    (folder / "directsell.po").write_bytes(source.read_bytes())
    monkeypatch.setattr(catalogues, "find_resource", lambda *parts: tmp_path.joinpath(*parts))
    read = catalogues.load_words.__wrapped__
    assert read("de").gettext("Cancel") == "Abbrechen"
    assert read("fr").gettext("Cancel") == "Cancel"
    assert catalogues.translated_languages() == ("en", "de")
