"""Names that sound alike, letters that hide, and whether two records may be one person."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.duplicates import LIKELY, WORTH_A_HINT, Clue, Facts, judge
from directsell.domain.name_sounds import distance, koelner, name_sound, sound, with_visible_marks, without_marks
from directsell.domain.people import PersonKind

_ONE, _OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Müller-Lüdenscheidt", "65752682"),
        ("Wikipedia", "3412"),
        ("Breschnew", "17863"),
        ("Meyer", "67"),
        ("Maier", "67"),
        ("Schmidt", "862"),
        ("Schmitt", "862"),
        ("Philipp", "351"),
        ("Filip", "351"),
        ("Xaver", "4837"),
        ("Axel", "0485"),
        ("Heinz", "068"),
        ("Καλή", ""),
        ("", ""),
    ],
)
def test_koelner_phonetik(word: str, code: str) -> None:
    assert koelner(word) == code


@pytest.mark.parametrize(("one", "other"), [("Knight", "Night"), ("Wright", "Rite"), ("Catherine", "Kathryn")])
def test_silent_letters_of_english_names(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_the_key_does_not_mind_exchanged_names_and_says_nothing_about_too_little() -> None:
    assert name_sound("Birgit", "Weiss", "") == name_sound("Weiß", "Birgitt", "")
    assert name_sound("Birgit Maria", "von Weiss", "") == name_sound("Birgit", "Weiss", "")
    assert name_sound("B.", "Weiss", "") == name_sound("Birgit", "", "") == ""
    assert name_sound("Анна", "Иванова", "") == name_sound("анна", "иванова", "") != ""
    assert name_sound("", "", "Blumen Meier") == name_sound("", "", "Blumen Mayer")


def test_hidden_letters_are_shown_and_do_not_hide_a_double() -> None:
    assert with_visible_marks("An\u200bna\u202eB\u00a0C\n") == "An‹|›na‹202E›B‹␣›C‹↵›"
    assert with_visible_marks("Łucja O’Brien 李") == "Łucja O’Brien 李"
    assert without_marks("\u0410nn\u0430 Ber\u200bg") == "anna berg"  # two letters are Cyrillic


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, other: str) -> None:
    assert distance(one, other, 3) == distance(other, one, 3)
    assert (distance(one, other, 3) == 0) is (one == other)


def test_exchanged_neighbours_are_one_mistake() -> None:
    assert distance("birgit", "brigit", 2) == 1
    assert distance("anna", "annabella", 2) == 3


def _facts(given: str, family: str = "", **more: object) -> Facts:
    return Facts(id=_ONE, given=given, family=family, **more)  # type: ignore[arg-type]


_MOBILE = frozenset({"715550101"})
_MAIL = frozenset({"weiss@example.com"})
_HOME = {"streets": frozenset({"lindenweg 4 34117 kassel"}), "cities": frozenset({"kassel"})}


@pytest.mark.parametrize(
    ("one", "other", "clues"),
    [
        (
            _facts("B.", "Weiss", mobiles=_MOBILE),
            _facts("Birgit", "Weiss", mobiles=_MOBILE),
            (Clue.MOBILE, Clue.INITIAL),
        ),
        (
            _facts("Birgit", "Weiss", mobiles=_MOBILE),
            _facts("Birgit", "Weiß", phones=_MOBILE),
            (Clue.NAME, Clue.PHONE),
        ),
        (_facts("Birgit", "Weiss", emails=_MAIL), _facts("Birgitt", "Weis", emails=_MAIL), (Clue.EMAIL, Clue.SOUND)),
        (_facts("Anna", "Berg", birthday="1980-03-07"), _facts("Berg", "Anna", birthday="--03-07"), None),
        (_facts("Birgit", "Weiss", **_HOME), _facts("Brigit", "Weiss", **_HOME), None),
        (_facts("Birgit", "Weiss", cities=_HOME["cities"]), _facts("Birgit", "Weiss", cities=_HOME["cities"]), None),
        (
            _facts("", "", company="Blumen Meier", kind=PersonKind.COMPANY, tax_id="DE 123"),
            _facts("", "", company="Blumen Mayer", kind=PersonKind.COMPANY, tax_id="de123"),
            (Clue.TAX_ID, Clue.SOUND),
        ),
    ],
)
def test_one_person(one: Facts, other: Facts, clues: tuple[Clue, ...] | None) -> None:
    judgement = judge(one, other)
    assert judgement.score >= LIKELY
    assert judge(other, one) == judgement
    if clues is not None:
        assert judgement.clues == clues


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_facts("Anna", "Berg", phones=_MOBILE, **_HOME), _facts("Peter", "Berg", phones=_MOBILE, **_HOME)),
        (_facts("Anna", "Berg", emails=_MAIL), _facts("Peter", "Berg", emails=_MAIL)),
        (
            _facts("Anna", "Berg", birthday="1950-01-01", **_HOME),
            _facts("Anna", "Berg", birthday="1984-05-06", **_HOME),
        ),
        (_facts("Anna", "Berg"), _facts("Anna", "Berg")),
    ],
)
def test_two_people(one: Facts, other: Facts) -> None:
    assert judge(one, other).score < LIKELY


def test_the_same_name_alone_is_worth_a_hint_only() -> None:
    assert WORTH_A_HINT <= judge(_facts("Anna", "Berg"), _facts("Anna", "Berg")).score < LIKELY


_words = st.sampled_from(["", "Anna", "Ana", "B.", "Birgit", "Berg", "Weiß"])
_some = st.sets(st.sampled_from(["1", "2"])).map(frozenset)
_anyone = st.builds(
    Facts,
    id=st.just(_OTHER),
    kind=st.sampled_from(PersonKind),
    given=_words,
    family=_words,
    company=_words,
    birthday=st.sampled_from(["", "1980-03-07", "--03-07", "--03-08"]),
    mobiles=_some,
    phones=_some,
    emails=_some,
    streets=_some,
    cities=_some,
)


@given(_anyone, _anyone)
def test_a_judgement_is_symmetric_and_within_bounds(one: Facts, other: Facts) -> None:
    assert judge(one, other) == judge(other, one)
    assert 0 <= judge(one, other).score <= 100
