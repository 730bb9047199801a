"""Texts with fields: filling in, what is no field, what is refused; whatever users write, nothing fails and nothing leaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.message_texts import (
    NAMES,
    TextField,
    check_template,
    check_text,
    fields_of,
    fill,
    token,
    unknown_fields,
)
from directsell.usecases.sample_templates import SAMPLE_TEMPLATES

GIVEN, FAMILY = TextField.GIVEN, TextField.FAMILY
WORDS = st.text(max_size=60)
PIECES = st.lists(
    st.one_of(
        st.text(alphabet="ab{}|_ é\n", max_size=8),
        st.sampled_from([token(field) for field in TextField]),
        st.sampled_from(["{given|friend}", "{{given}}", "{nobody}", "{", "}}", "{given"]),
    ),
    max_size=8,
).map("".join)


def refusal(text: str) -> str:
    try:
        check_text(text)
    except DomainError as error:
        return error.code
    return "none"


def test_fields_are_filled_in() -> None:
    filled = fill("Dear {given} {FAMILY}, {vorname}!", {GIVEN: "Dana", FAMILY: "Ruiz"})
    assert (filled.text, filled.missing) == ("Dear Dana Ruiz, Dana!", ())


def test_what_lacks_is_told_unless_there_are_words_for_it() -> None:
    filled = fill("Hello {given|friend}, your {last_product} of {last_order_date}{salutation|} {family}", {})
    assert filled.text == "Hello friend, your  of " + ""
    assert filled.missing == (TextField.LAST_PRODUCT, TextField.LAST_ORDER_DATE, FAMILY)


def test_a_blank_goes_with_an_empty_alternative() -> None:
    assert fill("Dear {salutation|} {family}", {FAMILY: "Ruiz"}).text == "Dear Ruiz"
    assert fill("Dear {salutation|} {family}", {FAMILY: "Ruiz", TextField.SALUTATION: "Ms."}).text == "Dear Ms. Ruiz"


@pytest.mark.parametrize(
    "text", ["{", "}", "{}", "{ given }", ":-{", "{1}", "{2026}", "{a b}", "{{", "}}", "{given", "{0.__class__}"]
)
def test_other_braces_are_text(text: str) -> None:
    assert fill(text, {GIVEN: "Dana"}).text == text
    check_text(text)


def test_doubled_braces_give_the_name_in_braces() -> None:
    assert fill("{{given}}", {GIVEN: "Dana"}).text == "{given}"
    assert unknown_fields("{{whatever}}") == ()


@given(st.dictionaries(st.sampled_from(TextField), WORDS))
def test_what_is_filled_in_is_never_looked_at_again(values: dict[TextField, str]) -> None:
    text = " ".join(f"<{token(field)}>" for field in TextField)
    assert fill(text, values).text == " ".join(f"<{values.get(field, '')}>" for field in TextField)


@given(PIECES, st.dictionaries(st.sampled_from(TextField), st.text(alphabet="xyz", min_size=1, max_size=4)))
def test_any_text_can_be_filled_and_no_known_field_is_left(text: str, values: dict[TextField, str]) -> None:
    filled = fill(text, values)
    if "{{" not in text and "}}" not in text:
        assert fields_of(filled.text) == ()
    assert set(filled.missing) <= set(fields_of(text)) - {field for field, value in values.items() if value}


@given(WORDS)
def test_text_without_braces_stays_as_it_is(text: str) -> None:
    plain = text.replace("{", "(").replace("}", ")")
    assert fill(plain, {GIVEN: "Dana"}).text == plain


@given(st.text())
def test_checking_any_text_fails_with_a_sentence_only(text: str) -> None:
    assert refusal(text).startswith(("template.", "none"))


def test_an_unknown_field_is_named_with_what_was_meant() -> None:
    with pytest.raises(DomainError) as caught:
        check_template("Name", "", "Hello {gven}")
    assert (caught.value.code, caught.value.field) == ("template.field_like", "body")
    assert caught.value.params == {"name": "gven", "meant": "given"}
    with pytest.raises(DomainError, match=r"template\.field\b"):
        check_template("Name", "{qqq}", "Hello")
    with pytest.raises(DomainError, match=r"template\.empty"):
        check_template("Name", "", " ")
    with pytest.raises(DomainError, match=r"template\.name"):
        check_template("", "", "Hello")


def test_every_language_names_every_field_once() -> None:
    for names in NAMES.values():
        assert set(names) == set(TextField)
        assert len(set(names.values())) == len(names)
    assert token(GIVEN, "de_AT") == "{vorname}"
    assert token(GIVEN, "pl_PL") == "{given}"


def test_the_texts_that_come_with_the_program_are_right() -> None:
    for samples in SAMPLE_TEMPLATES.values():
        for sample in samples:
            check_template(sample.name, sample.subject, sample.body)
    assert len({len(samples) for samples in SAMPLE_TEMPLATES.values()}) == 1
