"""The recovery sheet: what it says, and that a slip of the pen names its group."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.store import recovery
from directsell.store.errors import WrongCode

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEYS = st.binary(min_size=32, max_size=32)


def test_the_code_of_a_known_key_never_changes() -> None:
    sheet = recovery.sheet_of(bytes(range(32)), date(2026, 6, 15))
    assert sheet.code == ("000G4-40R4F-0M30Y-E209X-185GE-R38EY-1W81B-24GK1-2GAHJ-C5RR3-34D18-P70XC-3RFGT-AK72B")
    assert sheet.fingerprint == "Y0467N4X"
    assert [len(row) for row in sheet.rows] == [7, 7]
    assert sum(sheet.rows, ()) == sheet.groups


@given(KEYS)
def test_a_code_gives_back_its_key(key: bytes) -> None:
    assert recovery.decode("-".join(recovery.encode(key))) == key


@given(KEYS)
def test_case_spaces_and_look_alike_letters_do_not_matter(key: bytes) -> None:
    typed = " ".join(recovery.encode(key)).lower().replace("0", "o").replace("1", "l")
    assert recovery.decode(typed) == key


@given(KEYS, st.integers(0, 69), st.sampled_from(LETTERS))
def test_one_wrong_letter_names_its_group(key: bytes, place: int, letter: str) -> None:
    code = list("".join(recovery.encode(key)))
    if code[place] == letter:
        return
    code[place] = letter
    with pytest.raises(WrongCode) as caught:
        recovery.decode("".join(code))
    assert caught.value.params["groups"] == (place // 5 + 1,)


@given(KEYS, st.integers(0, 68))
def test_two_swapped_letters_are_noticed(key: bytes, place: int) -> None:
    code = list("".join(recovery.encode(key)))
    if code[place] == code[place + 1]:
        return
    code[place], code[place + 1] = code[place + 1], code[place]
    with pytest.raises(WrongCode) as caught:
        recovery.decode("".join(code))
    assert place // 5 + 1 in caught.value.params["groups"]


@given(KEYS, st.integers(0, 13), st.integers(0, 13))
def test_two_swapped_groups_are_named(key: bytes, one: int, other: int) -> None:
    groups = list(recovery.encode(key))
    if one == other:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(WrongCode) as caught:
        recovery.decode("".join(groups))
    assert caught.value.params["groups"] == tuple(sorted((one + 1, other + 1)))


@pytest.mark.parametrize("code", ["", "ABC", "-" * 70, "A" * 69, "A" * 71, "\N{ARABIC-INDIC DIGIT ONE}" * 70])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(WrongCode):
        recovery.decode(code)


def test_groups_of_another_sheet_do_not_pass_for_one() -> None:
    mixed = [*recovery.encode(bytes(32))[:7], *recovery.encode(bytes(range(32)))[7:]]
    with pytest.raises(WrongCode) as caught:
        recovery.decode("".join(mixed))
    assert caught.value.params["groups"] == ()
