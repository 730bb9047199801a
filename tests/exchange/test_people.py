"""People out of tables: address books of several makers, doubts told, nobody dropped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.exchange.mapping import Mapping
from directsell.exchange.people import (
    Address,
    Email,
    PartialDate,
    PeopleResult,
    PersonDraft,
    Phone,
    is_email,
    is_phone,
    kind_of_label,
    named,
    partial_date,
    read_people,
    split_tags,
)
from directsell.exchange.suggestions import suggest
from directsell.exchange.tables import open_table
from tests.exchange.samples import GOOGLE_CONTACTS, US_CUSTOMERS, refusal_code, wall, workbook, write

TODAY = date(2026, 11, 22)


def read(tmp_path: Path, content: str | bytes, encoding: str = "utf-8") -> PeopleResult:
    table = open_table(write(tmp_path / "file", content, encoding))
    result = read_people(table, suggest("people", table).mapping, today=TODAY)
    assert result.rows == len(result.people) + len(result.rejects)
    return result


def test_an_american_list(tmp_path: Path) -> None:
    result = read(tmp_path, US_CUSTOMERS)
    dana, amy, beth = result.people
    assert dana == PersonDraft(
        line_number=2,
        full_name="Dana Ruiz",
        first_name="Dana",
        last_name="Ruiz",
        phones=(Phone("(555) 010-4477", "mobile"),),
        emails=(Email("dana@example.org"),),
        addresses=(Address("12 Elm St, Apt 3", "62701", "Springfield", "IL", kind="home"),),
        birthday=PartialDate(12, 24, 1980),
        tags=("Host", "VIP"),
        lead_source="Fair",
        note='Likes "red"\nknives',
    )
    assert (amy.company, amy.birthday) == ("Casa Verde", PartialDate(2, 3, 1975))
    assert (beth.full_name, beth.emails, beth.birthday) == ("Beth", (), None)
    assert [(item.line, item.code) for item in result.findings] == [
        (6, "people.bad_value"),
        (6, "date.does_not_exist"),
    ]
    assert result.findings[0].params["text"] == "not an address"


def test_an_exported_address_book(tmp_path: Path) -> None:
    (zoe,) = read(tmp_path, GOOGLE_CONTACTS).people
    assert zoe.birthday == PartialDate(4, 12)
    assert zoe.tags == ("Hosts",)
    assert zoe.emails == (Email("zoe@example.org", "home", "Home"), Email("z@example.org", "home", "Home"))
    assert zoe.phones == (Phone("+46 70 555 01 02", "mobile", "Mobile"), Phone("+46 8 555 01 00", "work", "Work"))
    assert zoe.addresses == (Address("Storgatan 1", "352 30", "Växjö", country="Sverige"),)


def test_a_german_office_export(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Anrede;Vorname;Nachname;Firma;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;Straße privat;"
        "Ort privat;Postleitzahl privat;Telefon geschäftlich;Fax geschäftlich;Telefon (privat);Mobiltelefon;"
        "E-Mail-Adresse;E-Mail 2: Adresse;Geburtstag;Kategorien\r\n"
        "Frau;Sabine;Krüger;Küchenfee;Hafenstr. 2;Kiel;24103;Ulmenweg 3;Kiel;24105;0431 555010;0431 555019;"
        "0431/555 01-22;0170 5550101;sabine@example.org;s.k@example.org;24.12.80;Gastgeberin;\r\n"
        "Herr;Cem;Öz;;;;;;;;;;;;cem@example.org;;0/0/00;\r\n",
        "cp1252",
    )
    sabine, cem = result.people
    assert sabine.addresses == (
        Address("Ulmenweg 3", "24105", "Kiel", kind="home"),
        Address("Hafenstr. 2", "24103", "Kiel", kind="work"),
    )
    assert [phone.kind for phone in sabine.phones] == ["work", "fax", "home", "mobile"]
    assert [email.address for email in sabine.emails] == ["sabine@example.org", "s.k@example.org"]
    assert sabine.birthday == PartialDate(12, 24, 1980)
    assert (sabine.prefix, sabine.full_name) == ("Frau", "Frau Sabine Krüger")
    assert (cem.birthday, cem.addresses) == (None, ())
    assert result.findings == ()


def test_a_workbook_with_real_dates_and_numbers(tmp_path: Path) -> None:
    def rows(page: object) -> None:
        page.append(["Name", "Phone", "Birthday", "ID"])  # type: ignore[attr-defined]
        page.append(["Ruiz, Dana", 5550104477, wall(1980, 12, 24), 17])  # type: ignore[attr-defined]

    (dana,) = read(tmp_path, workbook(rows)).people
    assert (dana.full_name, dana.first_name, dana.last_name) == ("Dana Ruiz", "Dana", "Ruiz")
    assert (dana.phones, dana.birthday, dana.external_id) == (
        (Phone("5550104477"),), PartialDate(12, 24, 1980), "17",
    )  # fmt: skip


def test_rows_without_a_name_are_listed(tmp_path: Path) -> None:
    result = read(tmp_path, "Name,Phone,E-mail\n,+1 555 010 1111,\n,,ann@example.org\nBob,,\n")
    assert [(item.line, item.code, item.values[1]) for item in result.rejects] == [
        (2, "people.no_name", "+1 555 010 1111")
    ]
    assert [person.full_name for person in result.people] == ["ann@example.org", "Bob"]


def test_the_same_person_twice_is_told_and_kept(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Name,Phone,E-mail\nAnn Lee,+1 555 010 2222,ann@example.org\nBob Roe,,\nA. Lee,,ANN@example.org\n"
        "Ann Lee,555 010 2222,\nbob roe,,\nAnn Lee,555 010 9999,\n",
    )
    assert len(result.people) == 6
    assert [(item.line, item.code, item.params["first"]) for item in result.findings] == [
        (4, "people.duplicate", 2),
        (5, "people.duplicate", 2),
        (6, "people.duplicate", 3),
    ]


def test_two_digit_birthdays_are_past(tmp_path: Path) -> None:
    ann, bob = read(tmp_path, "Name,Birthday\nAnn,13.04.26\nBob,13.04.27\n").people
    assert (ann.birthday, bob.birthday) == (PartialDate(4, 13, 2026), PartialDate(4, 13, 1927))


def test_exported_phones_come_back_without_their_guard(tmp_path: Path) -> None:
    (ann,) = read(tmp_path, "Name,Phone\n'=Ann,'+33 6 12 34 56 78\n").people
    assert (ann.full_name, ann.phones[0].number) == ("=Ann", "+33 6 12 34 56 78")


def test_a_mapping_without_names_is_refused(tmp_path: Path) -> None:
    table = open_table(write(tmp_path / "a", "a,b\n1,2\n"))
    assert refusal_code(read_people, table, Mapping("people"), today=TODAY) == "mapping.missing_field"


@pytest.mark.parametrize(
    ("full_name", "first", "last"),
    [("Dana Ruiz", "Dana", "Ruiz"), ("Ruiz, Dana", "Dana", "Ruiz"), ("Ana Maria Ruiz Soto", "", ""), ("Cher", "", "")],
)
def test_names_are_cut_only_where_that_is_plain(full_name: str, first: str, last: str) -> None:
    person = named(PersonDraft(full_name=full_name))
    assert (person.first_name, person.last_name) == (first, last)


@given(
    st.builds(PersonDraft, full_name=st.text(max_size=20), company=st.text(max_size=9), first_name=st.text(max_size=5))
)
def test_completing_a_name_twice_changes_nothing(person: PersonDraft) -> None:
    if not refusal_code(named, person):
        assert named(named(person)) == named(person)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Mobile", "mobile"),
        ("Handy privat", "mobile"),
        ("Home Fax", "fax"),
        ("Büro", "work"),
        ("domicile", "home"),
        ("Atelier", "other"),
        ("", "other"),
    ],
)
def test_labels(label: str, kind: str) -> None:
    assert kind_of_label(label) == kind


@pytest.mark.parametrize("text", ["a@b.de", "first.last+tag@sub.example.org", "ü@küche.example"])
def test_addresses(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text", ["a@b", "a b@c.de", "@c.de", "a@@c.de", "a@c..de", "a" * 300 + "@b.de", "a@b.de;c@d.de"]
)
def test_no_addresses(text: str) -> None:
    assert not is_email(text)


def test_phones() -> None:
    assert all(map(is_phone, ["112", "+49 (0)30 123-45", "0431/555 01-22", "(555) 010-4477 ext. 12", "555.010.4477"]))
    assert not any(map(is_phone, ["call me", "+", "12", "+49+30", "9" * 70]))


def test_tags_and_days() -> None:
    assert split_tags("a, b;a ::: * c ::: * myContacts|") == ("a", "b", "c")
    assert str(partial_date(4, 12)) == "--04-12"
    assert str(partial_date(4, 12, 1985)) == "1985-04-12"
    assert partial_date(2, 29) == PartialDate(2, 29)
    assert refusal_code(partial_date, 2, 29, 1981) == "date.does_not_exist"
