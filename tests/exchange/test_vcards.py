"""vCards of several makers and versions, damaged ones, limits, and our own."""

from __future__ import annotations

import base64
import string
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.exchange.people import (
    Address,
    ContactKind,
    Email,
    PartialDate,
    PeopleResult,
    PersonDraft,
    Phone,
    named,
)
from directsell.exchange.texts import clean_text
from directsell.exchange.vcard_lines import MAX_LINE_BYTES
from directsell.exchange.vcards import MAX_PHOTO_BYTES, read_vcards, write_vcards
from tests.exchange.samples import (
    ANDROID_CARD,
    APPLE_CARD,
    GOOGLE_CARD,
    MODERN_CARD,
    OUTLOOK_CARD,
    refusal_code,
    write,
)

JPEG = base64.b64decode("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQEC")


def read(tmp_path: Path, content: bytes | str, encoding: str = "utf-8") -> PeopleResult:
    result = read_vcards(write(tmp_path / "cards.vcf", content, encoding))
    assert result.rows == len(result.people) + len(result.rejects)
    return result


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def test_a_card_of_a_web_address_book(tmp_path: Path) -> None:
    result = read(tmp_path, GOOGLE_CARD)
    assert result.findings == ()
    assert result.people == (
        PersonDraft(
            line_number=1,
            full_name="Zoë Lindqvist",
            first_name="Zoë",
            last_name="Lindqvist",
            company="Linden & Co",
            department="Sales",
            job_title="Owner",
            phones=(Phone("+46 70 555 01 02", "mobile"), Phone("+46 8 555 01 00", "other", "Atelier")),
            emails=(Email("zoe@example.org", "home"),),
            addresses=(Address("Storgatan 1", "352 30", "Växjö", country="Sverige", kind="home"),),
            birthday=PartialDate(4, 12),
            tags=("Hosts", "Spring 2026"),
            note="first line\nsecond, with comma; and \\ backslash",
        ),
    )


def test_a_card_of_a_phone_with_groups_and_labels(tmp_path: Path) -> None:
    (person,) = read(tmp_path, APPLE_CARD).people
    assert person.full_name == "Dr. Ngozi A. Okafor"
    assert (person.prefix, person.first_name, person.middle_name, person.last_name) == ("Dr.", "Ngozi", "A.", "Okafor")
    assert person.emails == (Email("ngozi@example.org", "work", "", True),)
    assert person.phones == (Phone("+44 7700 900123", "mobile", "Mobile", True), Phone("+44 20 7946 0000", "fax"))
    assert person.addresses == (
        Address("Flat 2\n10 High Street", "LS1 1AA", "Leeds", "West Yorkshire", "United Kingdom", kind="home"),
    )
    assert person.birthday == PartialDate(4, 12)
    assert person.anniversary == PartialDate(6, 20, 2009)
    assert (person.photo, person.photo_type) == (JPEG, "jpeg")
    assert person.note == "A long note that is folded by the phone in the middle of a word, and goes on."


def test_a_card_of_an_office_program(tmp_path: Path) -> None:
    result = read(tmp_path, OUTLOOK_CARD, "cp1252")
    (person,) = result.people
    assert (person.full_name, person.prefix, person.company) == ("Jürgen Müller", "Herr", "Müller & Söhne")
    assert [(phone.number, phone.kind) for phone in person.phones] == [
        ("+49 (30) 555-0100", "work"),
        ("0170 5550101", "mobile"),
        ("+49 30 5550199", "fax"),
    ]
    assert person.addresses == (
        Address("Hauptstraße 5\nHinterhaus", "10115", "Berlin", country="Deutschland", kind="work"),
    )
    assert person.note == "Zeile eins\nZeile zwei"
    assert person.photo == JPEG
    # 31 November does not exist, and two values do not name their encoding: told, not guessed in silence.
    assert sorted(finding.code for finding in result.findings) == [
        "date.does_not_exist", "vcard.encoding_guessed", "vcard.encoding_guessed",
    ]  # fmt: skip


def test_a_card_of_an_older_phone_with_letters_cut_in_two(tmp_path: Path) -> None:
    result = read(tmp_path, ANDROID_CARD)
    (person,) = result.people
    assert (person.full_name, person.first_name, person.last_name) == ("Ольга Иванова", "Ольга", "Иванова")
    assert (person.nickname, person.birthday) == ("Оля", PartialDate(5, 6, 1979))
    assert person.phones == (Phone("+7 900 555-01-02", "mobile", "", True),)
    assert person.photo == JPEG
    assert result.findings == ()


def test_a_card_of_version_four(tmp_path: Path) -> None:
    (person,) = read(tmp_path, MODERN_CARD).people
    assert person.phones == (Phone("+1-555-010-2222 ext. 12", "mobile", "", True),)
    assert person.emails == (Email("ann@example.org", "work"),)
    assert (person.birthday, person.anniversary) == (PartialDate(4, 12, 1985), PartialDate(11, 20, 2009))
    assert (person.language, person.photo_type) == ("fr", "png")
    assert person.external_id == "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
    assert person.addresses == (Address("1 Pine Rd", "89501", "Reno", "NV", "USA", kind="home"),)


def test_several_cards_with_line_ends_of_any_system(tmp_path: Path) -> None:
    text = GOOGLE_CARD + "\r\n" + APPLE_CARD.replace("\r\n", "\n") + MODERN_CARD.replace("\n", "\r")
    assert [person.line_number for person in read(tmp_path, text).people] == [1, 17, 36]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_the_file(tmp_path: Path, encoding: str) -> None:
    (person,) = read(tmp_path, GOOGLE_CARD, encoding).people
    assert person.full_name == "Zoë Lindqvist"


def test_text_of_version_two_keeps_the_space_it_is_folded_at(tmp_path: Path) -> None:
    old = card("FN:Ann Lee", "NOTE:two", " words", version="2.1")
    new = card("FN:Ann Lee", "NOTE:one wo", " rd")
    assert [person.note for person in read(tmp_path, old + new).people] == ["two words", "one word"]


def test_a_letter_folded_in_the_middle(tmp_path: Path) -> None:
    data = card("FN:Zo@ Lindqvist").encode().replace(b"@", b"\xc3\r\n \xab")
    assert read(tmp_path, data).people[0].full_name == "Zoë Lindqvist"


@pytest.mark.parametrize(
    ("line", "birthday", "finding"),
    [
        ("BDAY:19850412", PartialDate(4, 12, 1985), ""),
        ("BDAY:1985-04-12", PartialDate(4, 12, 1985), ""),
        ("BDAY;VALUE=date:1985-04-12", PartialDate(4, 12, 1985), ""),
        ("BDAY:1985-04-12T00:00:00Z", PartialDate(4, 12, 1985), ""),
        ("BDAY:--0412", PartialDate(4, 12), ""),
        ("BDAY:--04-12", PartialDate(4, 12), ""),
        ("BDAY:--0229", PartialDate(2, 29), ""),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", PartialDate(2, 29), ""),
        ("BDAY:1604-02-29", PartialDate(2, 29, 1604), ""),
        ("BDAY:", None, ""),
        ("BDAY;VALUE=text:circa 1800", None, "vcard.birthday_unread"),
        ("BDAY:1985", None, "vcard.birthday_unread"),
        ("BDAY:1985-02-30", None, "date.does_not_exist"),
    ],
)
def test_birthdays(tmp_path: Path, line: str, birthday: PartialDate | None, finding: str) -> None:
    result = read(tmp_path, card("FN:Ann Lee", line))
    assert result.people[0].birthday == birthday
    assert [item.code for item in result.findings] == ([finding] if finding else [])


def test_names_from_whatever_there_is(tmp_path: Path) -> None:
    text = (
        card("N:Lee;Ann;;;") + card("FN:Ann Lee") + card("ORG:Casa Verde;") + card("EMAIL:ann@example.org")
        + card("N:;;;;", "FN:") + card("N:de la Cruz\\, Soto;Ana;;;", "FN:Ana") + card("NICKNAME:Annie")
    )  # fmt: skip
    result = read(tmp_path, text)
    assert [person.full_name for person in result.people] == [
        "Ann Lee", "Ann Lee", "Casa Verde", "ann@example.org", "Ana", "Annie",
    ]  # fmt: skip
    assert result.people[4].last_name == "de la Cruz, Soto"
    assert [(item.line, item.code) for item in result.rejects] == [(17, "people.no_name")]


def test_values_that_are_none_are_told(tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Ann Lee", "TEL:call my mother", "EMAIL:nobody", "garbage", "X Y:1", "TEL:112"))
    assert [(item.line, item.code) for item in result.findings] == [
        (6, "vcard.bad_line"),
        (7, "vcard.bad_line"),
        (4, "people.bad_value"),
        (5, "people.bad_value"),
    ]
    assert [phone.number for phone in result.people[0].phones] == ["112"]


def test_cards_without_end_and_lines_between_cards(tmp_path: Path) -> None:
    text = card("FN:Ann").replace("END:VCARD\r\n", "") + card("FN:Bob") + "stray\r\nlines\r\n" + card("FN:Cem")
    result = read(tmp_path, text + "BEGIN:VCARD\r\nFN:Dee\r\nTEL:112")
    assert [person.full_name for person in result.people] == ["Ann", "Bob", "Cem", "Dee"]
    assert [(item.line, item.code) for item in result.findings] == [
        (1, "vcard.not_closed"),
        (8, "vcard.bad_line"),
        (14, "vcard.not_closed"),
    ]


def test_a_card_inside_a_card_is_its_own_business(tmp_path: Path) -> None:
    text = card("FN:Ann", "AGENT:", "BEGIN:VCARD", "FN:Assistant", "END:VCARD", "TEL:112", version="2.1")
    (person,) = read(tmp_path, text).people
    assert (person.full_name, person.phones) == ("Ann", (Phone("112"),))


def test_lists_of_people_are_no_person(tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Friends", "KIND:group", "MEMBER:urn:uuid:1", version="4.0") + card("FN:Ann"))
    assert [(item.code, item.params) for item in result.rejects] == [("vcard.group_skipped", {"name": "Friends"})]


def test_duplicates_are_told(tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Ann", "EMAIL:a@b.de") + card("FN:Anna", "EMAIL:A@b.de"))
    assert [(item.code, item.line, item.params["first"]) for item in result.findings] == [("people.duplicate", 6, 1)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("PHOTO;ENCODING=b:" + "A" * (MAX_PHOTO_BYTES * 4 // 3 + 8), "vcard.photo_too_large"),
        ("PHOTO;ENCODING=b:not!base64", "vcard.photo_damaged"),
        ("PHOTO;ENCODING=b:A", "vcard.photo_damaged"),
        ("PHOTO;VALUE=uri:http://127.0.0.1/ann.jpg", "vcard.photo_linked"),
        ("PHOTO:data:image/png;base64,iVBO!", "vcard.photo_damaged"),
    ],
)
def test_pictures_that_cannot_be_kept(tmp_path: Path, line: str, code: str) -> None:
    result = read(tmp_path, card("FN:Ann", line))
    assert [item.code for item in result.findings] == [code]
    assert result.people[0].photo == b""


def test_pictures_are_left_out_on_request_and_beyond_a_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a", APPLE_CARD + APPLE_CARD.replace("Ngozi", "Obi").replace("ngozi@", "obi@"))
    assert [person.photo for person in read_vcards(path, keep_photos=False).people] == [b"", b""]
    monkeypatch.setattr("directsell.exchange.vcards.MAX_ALL_PHOTOS_BYTES", len(JPEG) + 5)
    result = read_vcards(path)
    assert [person.photo for person in result.people] == [JPEG, b""]
    assert [item.code for item in result.findings] == ["vcard.photo_too_large"]


@pytest.mark.parametrize(
    "content", [b"", b"name,price\nPan,1\n", b"\x00\xff" * 100, b"\n\n", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"]
)
def test_other_files_hold_no_cards(tmp_path: Path, content: bytes) -> None:
    assert refusal_code(read_vcards, write(tmp_path / "a", content)) == "vcard.no_card"
    assert refusal_code(read_vcards, tmp_path) == "file.not_regular"


def test_an_endless_line_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.vcf"
    with path.open("wb") as file:
        file.write(b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nNOTE:")
        for _ in range(40):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    assert refusal_code(read_vcards, path) == "vcard.line_too_long"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * MAX_LINE_BYTES


def test_a_million_properties_are_one_reject(tmp_path: Path) -> None:
    text = card("FN:Ann", *["TEL:112"] * 20_000) + card("FN:Bob")
    result = read(tmp_path, text)
    assert [person.full_name for person in result.people] == ["Bob"]
    assert [(item.line, item.code) for item in result.rejects] == [(1, "vcard.card_too_long")]


def test_long_values_are_left_out_and_told(tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Ann", "NOTE:" + "x" * 10_001, "TITLE:" + "y" * 200_000))
    assert [item.code for item in result.findings] == ["text.too_long", "text.too_long"]
    assert result.people[0].note == ""


def test_progress_and_stop(tmp_path: Path) -> None:
    path = write(tmp_path / "a", GOOGLE_CARD * 2_000)
    seen: list[tuple[int, int]] = []
    read_vcards(path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (path.stat().st_size,) * 2
    assert refusal_code(read_vcards, path, cancelled=lambda: True) == "exchange.cancelled"


# --- our own ------------------------------------------------------------------------------------------------------


def test_a_written_card_in_full() -> None:
    person = PersonDraft(
        full_name="Zoë, Lee",
        last_name="Lee",
        first_name="Zoë",
        company="A;B",
        phones=(Phone("+46 70 555 01 02", "mobile", "", True), Phone("112", "other", "Atelier")),
        addresses=(Address("1 Pine Rd\nUnit 4", "89501", "Reno"),),
        birthday=PartialDate(4, 12),
        tags=("a,b", "c"),
        note="ü" * 60,
    )
    assert b"".join(write_vcards([person])).decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:Zoë\\, Lee",
        "N:Lee;Zoë;;;",
        "ORG:A\\;B",
        "TEL;TYPE=cell;PREF=1:+46 70 555 01 02",
        "item1.TEL;TYPE=other:112",
        "item1.X-ABLabel:Atelier",
        "ADR;TYPE=home:;;1 Pine Rd\\nUnit 4;Reno;;89501;",
        "BDAY:--0412",
        "CATEGORIES:a\\,b,c",
        "NOTE:" + "ü" * 35,
        " " + "ü" * 25,
        "END:VCARD",
        "",
    ]


def _clean(text: str) -> str:
    return clean_text(text)


WORDS = st.text(max_size=30).map(_clean)
LINES = st.text(max_size=200).map(lambda text: clean_text(text, multiline=True))
KINDS: st.SearchStrategy[ContactKind] = st.sampled_from(["mobile", "home", "work", "fax", "main", "other"])
LABELS = st.sampled_from(["", "Atelier", "Küche, hinten"])
DIGITS = st.text(string.digits, min_size=3, max_size=12)
DAYS = st.dates().map(lambda day: PartialDate(day.month, day.day, day.year))
PEOPLE = st.builds(
    PersonDraft,
    full_name=WORDS,
    prefix=WORDS,
    first_name=WORDS,
    last_name=WORDS,
    nickname=WORDS,
    company=WORDS,
    job_title=WORDS,
    phones=st.lists(
        st.builds(Phone, DIGITS, KINDS, LABELS, st.booleans()), max_size=4, unique_by=lambda phone: phone.number
    ).map(tuple),
    emails=st.lists(
        st.builds(Email, DIGITS.map(lambda text: f"{text}@example.org"), KINDS, LABELS, st.booleans()),
        max_size=3, unique_by=lambda email: email.address,
    ).map(tuple),
    addresses=st.lists(st.builds(Address, LINES, WORDS, WORDS, WORDS, WORDS, WORDS, KINDS, LABELS).filter(bool), max_size=2, unique=True).map(tuple),
    birthday=st.none() | DAYS | st.just(PartialDate(2, 29)),
    tags=st.lists(st.sampled_from(["Host", "VIP", "two words", "Größe"]), max_size=3, unique=True).map(tuple),
    lead_source=WORDS,
    language=st.sampled_from(["", "de", "en-US"]),
    note=LINES,
    external_id=st.sampled_from(["", "17", "4fbe8971"]),
    photo=st.sampled_from([b"", JPEG]),
)  # fmt: skip


def _labelled_kinds(person: PersonDraft) -> PersonDraft:
    """Return the person as a reader of our own cards sees it: a picture has a type, a line where the person starts."""
    return replace(person, line_number=1, photo_type="jpeg" if person.photo else "")


@given(PEOPLE)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, person: PersonDraft) -> None:
    if refusal_code(named, person):
        return
    person = _labelled_kinds(named(person))
    path = tmp_path_factory.getbasetemp() / "own.vcf"
    path.write_bytes(b"".join(write_vcards([person])))
    result = read_vcards(path)
    assert result.findings == ()
    assert result.people == (person,)
    assert max(map(len, path.read_bytes().split(b"\r\n"))) <= 75
