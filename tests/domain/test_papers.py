"""The archived content of a paper survives the way to text and back, and bad text is refused."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.errors import DomainError
from directsell.domain.papers import (
    Copy,
    Paper,
    PaperFormat,
    PaperKind,
    PaperLine,
    Party,
    PaymentRow,
    Sender,
    TaxSum,
    WindowNorm,
)

PAPER = Paper(
    kind=PaperKind.INVOICE,
    number="R-A-2026-0017",
    paper_date=date(2026, 3, 21),
    delivery_date=date(2026, 3, 21),
    currency="EUR",
    language="de_DE",
    sender=Sender(name="Miriam Albrecht", tax_ids=(("USt-IdNr.", "DE123456788"),), logo=b"\x89PNG\x00\xff"),
    customer=Party(name="Dr. Johanna Szczepańska-Müller", lines=("Goethestraße 7 b", "79104 Freiburg")),
    lines=(PaperLine(position="1", name="Starter-Set", unit_price=Decimal("99.00"), amount=9900),),
    taxes=(TaxSum(label="USt", ppm=190_000, base=8319, tax=1581),),
    payments=(PaymentRow(paid_on=date(2026, 3, 6), method="cash", amount=3594),),
    copies=(Copy.CUSTOMER,),
    page_format=PaperFormat.A4,
    window=WindowNorm.DIN_B,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
lines = st.builds(
    PaperLine,
    name=texts,
    quantity=st.decimals(allow_nan=False, allow_infinity=False, places=6),
    unit_price=st.decimals(allow_nan=False, allow_infinity=False, places=6),
    amount=st.integers(),
    note=texts,
)


@given(st.lists(lines, max_size=4), texts, st.binary(max_size=20) | st.none(), st.dates())
def test_content_comes_back_equal(some: list[PaperLine], text: str, logo: bytes | None, day: date) -> None:
    paper = replace(
        PAPER, lines=tuple(some), intro=text, paper_date=day, sender=replace(PAPER.sender, logo=logo, name=text)
    )
    again = Paper.from_json(paper.to_json())
    assert again == paper
    assert again.to_json() == paper.to_json()


def test_the_text_is_canonical_and_readable() -> None:
    text = PAPER.to_json()
    assert "Szczepańska-Müller" in text
    assert '"unit_price":"99.00"' in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_fields_of_a_newer_program_are_ignored_and_missing_ones_take_their_default() -> None:
    data = json.loads(PAPER.to_json())
    data["hologram"] = True
    del data["closing"]
    assert Paper.from_json(json.dumps(data)) == PAPER


def test_a_lone_surrogate_does_not_stop_the_archive() -> None:
    paper = replace(PAPER, intro="half \ud83d pair")
    assert Paper.from_json(paper.to_json()).intro == "half ? pair"


@pytest.mark.parametrize(
    "change",
    [
        {"total": "1"},
        {"total": True},
        {"total": 1.5},
        {"lines": {}},
        {"kind": "menu"},
        {"paper_date": "yesterday"},
        {"paper_date": None},
        {"lines": [{"name": "x", "quantity": "many"}]},
        {"sender": {"logo": "no base64!"}},
        {"customer": []},
    ],
)
def test_other_content_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(DomainError) as caught:
        Paper.from_json(json.dumps(json.loads(PAPER.to_json()) | change))
    assert caught.value.code == "paper.unreadable"


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "null", "{}", "[" * 100_000])
def test_what_is_no_content_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        Paper.from_json(text)
