"""Single lines: what is stripped, in which order letters come, what is reported as missing, where lines break."""

import unicodedata

import pytest
from bidi.algorithm import get_display
from hypothesis import given
from hypothesis import strategies as st

from directsell.documents.bidi import is_rtl, levels_of, visual_order
from directsell.documents.text import clean, compose, is_simple, measure
from directsell.documents.wrapping import shorten, wrap

LETTERS = st.text(st.sampled_from("abc אבג دعم 123 .,:/-()€%+ "), max_size=24)


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("plain", "plain"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("price \u202e00.1 EUR\u202c", "price 00.1 EUR"),
        ("\u2066isolated\u2069", "isolated"),
        ("half \ud83d pair", "half  pair"),
        ("tab\there", "tab here"),
        ("a\r\nb\u2028c\x0bd", "a\nb\nc\nd"),
        ("Zoe\u0308", "Zoë"),
        ("soft\u00adhyphen\ufeff\u200b", "softhyphen"),
        ("❤️ 👍🏽", "❤ 👍"),
    ],
)
def test_clean_keeps_what_can_be_printed(raw: str, printed: str) -> None:
    assert clean(raw) == printed


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in cleaned.replace("\n", ""))
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(LETTERS, st.booleans())
def test_the_order_on_paper_is_that_of_unicode(text: str, rtl: bool) -> None:
    levels = levels_of(text, rtl)
    seen = "".join(visual_order(levels, list(text)))
    expected = get_display(text, base_dir="R" if rtl else "L")
    # The reference also turns the brackets of right-to-left runs around; here the shaping does that.
    assert seen.replace("(", ")") == str(expected).replace("(", ")")


@pytest.mark.parametrize(
    ("text", "rtl"), [("abc", False), ("12 שלום", True), ("مرحبا abc", True), ("123", False), ("abc שלום", False)]
)
def test_the_first_letter_decides_the_direction(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


@pytest.mark.parametrize(
    "text",
    [
        "Zażółć gęślą jaźń – 14,99 €",
        "Ελληνικά",
        "Кириллица",
        "فاتورة ضريبية (شامل الضريبة) ١٢٣",
        "חשבונית מס ₪",
        "स्त्री क्षेत्र ₹",
        "ใบเสร็จรับเงิน ฿",
        "发票号码：合计金额（含税）",
        "請求書、合計金額ヴァ",
        "한국어 이름",
        "✓ → ☎ ★ 💚 🎉",
        "Nguyễn Thị Ánh",
        "q̃ x́",
    ],
)
@pytest.mark.parametrize("weight", ["Regular", "SemiBold", "Bold"])
def test_bundled_fonts_have_these(text: str, weight: str) -> None:
    line = compose(clean(text), weight, is_rtl(text))
    assert line.missing == frozenset()
    assert line.width > 0
    assert not any(run.face.name.startswith("System") for run in line.runs)


def test_what_no_font_has_is_reported_and_printed_as_a_question_mark() -> None:
    line = compose("a\U0001fbffb\U000f0042", "Regular", False)
    assert line.missing == {"\U0001fbff", "\U000f0042"}
    assert "".join(run.text for run in line.runs) == "a?b?"


def test_shaping_joins_letters_and_places_marks() -> None:
    joined = compose("بيت", "Regular", True)
    assert [glyph.text for run in joined.runs for glyph in run.glyphs] == ["ت", "ي", "ب"]
    conjunct = compose("क्ष", "Regular", False)
    assert sum(len(run.glyphs) for run in conjunct.runs) == 1


def test_brackets_look_the_other_way_from_right_to_left() -> None:
    line = compose("(א)", "Regular", True)
    assert "".join(glyph.text for run in line.runs for glyph in run.glyphs) == "(א)"
    assert line.runs[0].glyphs[0].gid != line.runs[-1].glyphs[-1].gid


@given(st.text(st.sampled_from("abcdefgh ijkl-/mnop äöü אבג क्षि ที่น้ำ 漢字、。（） "), max_size=80), st.integers(20, 200))
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    wrapped = wrap(text, "Regular", 9, width)
    assert "".join(wrapped.lines).replace(" ", "") == clean(text).replace(" ", "").replace("\n", "")
    for line in wrapped.lines:
        assert measure(line, "Regular", 9) <= width + 0.01 or len(line) <= 4


def test_words_stay_whole_where_they_can() -> None:
    lines = wrap("Edelstahl-Kochtopf 24\u00a0cm mit Glasdeckel", "Regular", 9, 90).lines
    assert lines == ("Edelstahl-Kochtopf", "24\u00a0cm mit Glasdeckel")


def test_ideographs_break_anywhere_but_not_before_punctuation() -> None:
    lines = wrap("合計金額、合計金額。合計金額", "Regular", 10, 40).lines
    assert lines == ("合計金", "額、合計", "金額。合", "計金額")


def test_a_long_word_breaks_behind_a_slash_or_between_letters() -> None:
    assert wrap("https://shop.example/path/to/a/page", "Regular", 9, 90).lines[0] == "https://shop."
    assert all(wrap("W" * 50, "Regular", 9, 60).lines)


def test_what_does_not_fit_in_the_lines_ends_with_an_ellipsis() -> None:
    wrapped = wrap("one two three four five six seven", "Regular", 9, 50, most=2)
    assert len(wrapped.lines) == 2
    assert wrapped.lines[1].endswith("…")
    assert shorten("Donaudampfschifffahrt", "Regular", 9, 40).endswith("…")
    assert shorten("short", "Regular", 9, 40) == "short"


def test_simple_text_is_told_from_the_rest() -> None:
    assert is_simple("Müller & Söhne – 14,99 € №5 Ж Ω")
    assert not is_simple("e\u0301")
    assert not is_simple("a\nb")
    assert not is_simple("שלום")
