"""Any bytes at all: a file is read or refused with a code, and nothing else happens."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.exchange.errors import CODES, ExchangeError
from directsell.exchange.formats import ENCODINGS
from directsell.exchange.headers import Target
from directsell.exchange.people import read_people
from directsell.exchange.products import read_products
from directsell.exchange.sales import read_sales
from directsell.exchange.suggestions import suggest
from directsell.exchange.tables import file_kind, open_table
from directsell.exchange.vcards import read_vcards
from tests.exchange.samples import (
    ANDROID_CARD,
    APPLE_CARD,
    GERMAN_PRICES,
    GOOGLE_CARD,
    GOOGLE_CONTACTS,
    MODERN_CARD,
    OUTLOOK_CARD,
    US_CUSTOMERS,
    odd_sales,
    workbook,
)


def _rows(page: object) -> None:
    for row in (["Name", "Price", "Date"], ["Pan", 1.5, date(2026, 4, 3)], ["Pot", "1,5", None]):
        page.append(row)  # type: ignore[attr-defined]


TABLES = [text.encode() for text in (GERMAN_PRICES, US_CUSTOMERS, GOOGLE_CONTACTS, odd_sales(30)[0])]
SEEDS = [*TABLES, GERMAN_PRICES.encode("cp1252"), US_CUSTOMERS.encode("utf-16"), workbook(_rows)]
SEEDS += [gzip.compress(TABLES[0]), lzma.compress(TABLES[1])]
CARDS = [text.encode() for text in (GOOGLE_CARD, APPLE_CARD, ANDROID_CARD, MODERN_CARD, OUTLOOK_CARD)]

# What breaks parsers, put anywhere.
NASTY = [
    b"\0", b'"', b"'", b"\n", b"\r", b";", b",", b"\t", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x85",
    b"\xe2\x80\xa8", b"\xe2\x80\xae", b"1e999", b"nan", b"-", b"9" * 5_000, b"x" * 140_000, b"=cmd|'!A0", b"29.02.2027",
    b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"=\r\n", b"\\", b":", b"sep=;\n", b"%", b"(", b"\x1a", b"^n", b";TYPE=",
    b";ENCODING=BASE64:", b";ENCODING=QUOTED-PRINTABLE:", b";CHARSET=utf-7:", b";CHARSET=idna:", b"--0230", b"\r\n ",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Draw a real file with cuts, swaps and insertions."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 6))):
        place, other = (draw(st.integers(0, len(data))) for _ in range(2))
        action = draw(st.sampled_from(["insert", "cut", "truncate", "flip", "repeat"]))
        low, high = min(place, other), max(place, other)
        match action:
            case "insert":
                data = data[:place] + draw(st.sampled_from(NASTY)) + data[place:]
            case "cut":
                data = data[:low] + data[high:]
            case "truncate":
                data = data[:place]
            case "flip" if place < len(data):
                data = data[:place] + bytes([data[place] ^ draw(st.integers(1, 255))]) + data[place + 1 :]
            case "repeat":
                data = data[:high] + data[low:high] + data[high:]
    return data


def survives(call: Callable[[], object]) -> None:
    try:
        call()
    except ExchangeError as error:
        if error.code not in CODES:
            raise


def read_everything(path: Path, target: Target, encoding: str | None = None) -> None:
    table = open_table(path, encoding=encoding)
    suggestion = suggest(target, table)
    mapping = suggestion.mapping
    for question in suggestion.questions:
        mapping = mapping.with_style(question.column, question.choices[0])
    if mapping.missing():
        names = {"sales": ("date", "unit_price"), "people": ("full_name",), "products": ("name",)}[target]
        for column, name in enumerate(names):
            mapping = mapping.assign(name, column)
    match target:
        case "sales":
            sales = read_sales(table, mapping)
            assert sales.rows == sum(len(document.lines) for document in sales.documents) + len(sales.rejects)
            assert {item.code for item in sales.rejects + sales.findings} <= CODES
        case "people":
            people = read_people(table, mapping, today=date(2026, 11, 22))
            assert people.rows == len(people.people) + len(people.rejects)
            assert {item.code for item in people.rejects + people.findings} <= CODES
        case "products":
            products = read_products(table, mapping)
            assert products.rows == len(products.products) + len(products.rejects)
            assert {item.code for item in products.rejects + products.findings} <= CODES


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "file"


TARGETS: st.SearchStrategy[Target] = st.sampled_from(["sales", "people", "products"])


@given(st.binary(max_size=2_000) | damaged(SEEDS + CARDS), TARGETS, st.none() | st.sampled_from(ENCODINGS))
def test_any_bytes_as_a_table(place: Path, data: bytes, target: Target, encoding: str | None) -> None:
    place.write_bytes(data)
    survives(lambda: file_kind(place))
    survives(lambda: read_everything(place, target, encoding))


@given(st.text(max_size=500), TARGETS)
def test_any_text_as_a_table(place: Path, text: str, target: Target) -> None:
    place.write_bytes(("Date,Name,Price,E-mail,Phone,Birthday\n" + text).encode("utf-8", "surrogatepass"))
    survives(lambda: read_everything(place, target))


@given(st.binary(max_size=500).map(lambda data: b"BEGIN:VCARD\n" + data) | damaged(CARDS))
def test_any_bytes_as_cards(place: Path, data: bytes) -> None:
    place.write_bytes(data)

    def read() -> None:
        result = read_vcards(place)
        assert result.rows == len(result.people) + len(result.rejects)
        assert {item.code for item in result.rejects + result.findings} <= CODES

    survives(read)


@given(st.data())
def test_any_damage_inside_a_workbook(place: Path, data: st.DataObject) -> None:
    source = workbook(_rows)
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    members[name] = data.draw(damaged([members[name]]))
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    survives(lambda: read_everything(place, "products"))
