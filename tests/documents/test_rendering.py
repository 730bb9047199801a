"""Whole papers: the same bytes everywhere, copies, drafts, codes that scan, logos, what the file says about itself."""

import gc
import hashlib
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from PIL import Image

from directsell.documents import clean_logo, draw, render
from directsell.documents.codes import bar_code, payment_text
from directsell.domain.bank import is_iban
from directsell.domain.errors import DomainError
from directsell.domain.papers import Copy, Paper, PaperFormat, PaperKind
from directsell.i18n import Language
from tests.conftest import ROOT
from tests.documents import samples
from tests.documents.reading import codes_of, squeeze, text_of
from tests.documents.test_scripts import SCRIPTS, in_script

HASHES = """
import hashlib
from directsell.documents import render
from tests.documents import samples
from tests.documents.test_scripts import SCRIPTS, in_script
papers = [samples.invoice_de(), samples.invoice_us(), samples.slip_de(40), samples.slip_us()]
papers += [in_script(samples.invoice_de(2), script) for script in ORDER]
print(*sorted(hashlib.sha256(render(paper)).hexdigest() for paper in papers))
"""


def hashes(seed: str, zone: str, order: str) -> str:
    environment = dict(os.environ, PYTHONHASHSEED=seed, TZ=zone, PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}")
    environment |= {"SOURCE_DATE_EPOCH": seed, "LANG": "de_DE.UTF-8"}
    code = HASHES.replace("ORDER", order)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return done.stdout


def test_bytes_do_not_depend_on_process_zone_or_the_papers_before() -> None:
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(hashes, "1", "Pacific/Auckland", "SCRIPTS")
        two = pool.submit(hashes, "2", "America/Lima", "reversed(SCRIPTS)")
        assert one.result() == two.result()
    papers = [samples.invoice_de(), samples.invoice_us(), samples.slip_de(40), samples.slip_us()]
    papers += [in_script(samples.invoice_de(2), script) for script in SCRIPTS]
    here = sorted(hashlib.sha256(render(paper)).hexdigest() for paper in papers)
    assert here == one.result().split()


def test_papers_drawn_at_the_same_time_do_not_mix() -> None:
    papers = [in_script(samples.slip_de(3), script) for script in SCRIPTS] * 2
    expected = [render(paper) for paper in papers]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, papers)) == expected


def test_memory_does_not_grow_with_the_papers() -> None:
    paper = samples.invoice_de(3)

    def draw_some(first: int) -> int:
        for index in range(first, first + 40):
            render(replace(paper, number=f"R-{index}", closing=f"Danke {index} שלום {index}"))
        gc.collect()
        return len(gc.get_objects())

    draw_some(0)
    before = draw_some(100)
    assert draw_some(200) - before < 1_500


def test_the_file_says_what_it_is() -> None:
    reader: Any = pypdf.PdfReader(io.BytesIO(render(samples.invoice_de())))
    facts = reader.metadata
    assert facts is not None
    assert facts.title == "Rechnung R-A-2026-0417"
    assert facts.author == "Miriam Albrecht"
    assert facts.creator == "DirectSell"
    assert facts.creation_date_raw == "D:20261120000000+00'00'"
    assert reader.trailer["/Root"]["/Lang"] == "de-DE"
    assert reader.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)


@pytest.mark.parametrize("page", list(PaperFormat))
def test_slips_come_in_every_format_with_their_copies(page: PaperFormat) -> None:
    paper = replace(samples.slip_us(), page_format=page)
    pages = [squeeze(text) for text in text_of(render(paper))]
    two_up = page in (PaperFormat.A4_TWO_UP, PaperFormat.LETTER_TWO_UP)
    assert len(pages) == (1 if two_up else 2)
    whole = "".join(pages)
    assert whole.count(squeeze("Customer's copy")) == 1
    assert whole.count(squeeze("Seller's copy")) == 1
    assert whole.count("$175.30") == 2
    assert whole.count(squeeze("You, the buyer, may cancel")) == 2


def test_both_copies_differ_only_in_their_name() -> None:
    customer, seller = text_of(render(samples.slip_de()))
    assert customer.replace("Exemplar für den Kunden", "") == seller.replace("Exemplar für den Verkäufer", "")


@pytest.mark.parametrize("page", list(PaperFormat))
def test_the_hosts_copy_says_who_bought_but_not_where_she_lives(page: PaperFormat) -> None:
    three = (Copy.CUSTOMER, Copy.SELLER, Copy.HOST)
    paper = replace(samples.slip_us(), page_format=page, copies=three)
    street = squeeze(paper.customer.lines[0])
    whole = [squeeze(text) for text in text_of(render(paper))]
    assert "".join(whole).count(street) == 2
    assert squeeze("Host's copy") in whole[-1]
    assert street not in whole[-1]
    assert squeeze(paper.customer.name) in whole[-1]
    assert "$175.30" in whole[-1]


def test_two_up_sheets_hold_the_copies_of_one_page_side_by_side() -> None:
    paper = replace(
        samples.slip_de(25), page_format=PaperFormat.A4_TWO_UP, copies=(Copy.CUSTOMER, Copy.SELLER, Copy.HOST)
    )
    drawn = draw(paper)
    reader = pypdf.PdfReader(io.BytesIO(drawn.pdf))
    assert reader.pages[0].mediabox.width == pytest.approx(841.9, abs=0.1)
    assert reader.pages[0].mediabox.height == pytest.approx(595.3, abs=0.1)
    assert drawn.pages % 2 == 0


def test_one_call_may_choose_another_sheet_and_language() -> None:
    pdf = render(samples.slip_de(), language=Language.load("en_US"), page=PaperFormat.HALF_LETTER)
    assert "Order B-A-2026-0391" in text_of(pdf)[0]
    assert pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width == 396
    invoice = render(samples.invoice_us(), page=PaperFormat.HALF_LETTER)
    assert pypdf.PdfReader(io.BytesIO(invoice)).pages[0].mediabox.width == 612


@pytest.mark.parametrize("make", [samples.invoice_de, samples.slip_de])
def test_a_draft_says_so_and_has_neither_number_nor_codes(make: object) -> None:
    paper: Paper = replace(make(25), number=None)  # type: ignore[operator]
    pdf = render(paper)
    for text in text_of(pdf):
        assert "ENTWURF" in text
    assert codes_of(pdf) == {}
    assert "ENTWURF" not in text_of(render(replace(paper, number="R-1")))[0]


def test_codes_can_be_scanned() -> None:
    paper = samples.invoice_de()
    codes = codes_of(render(paper))
    assert codes["Code 128"] == "R-A-2026-0417"
    lines = codes["QR Code"].split("\n")
    assert lines == [
        "BCD",
        "002",
        "1",
        "SCT",
        "BYLADEM1001",
        "Miriam Albrecht",
        "DE02120300000000202051",
        "EUR518.52",
        "",
        "",
        "R-A-2026-0417",
    ]
    assert set(codes_of(render(samples.slip_de()), dpi=300)) == {"Code 128", "QR Code"}


def test_the_payment_code_needs_an_open_sum_in_euro_and_a_right_iban() -> None:
    paper = samples.invoice_de()
    assert payment_text(paper)
    for change in (
        {"currency": "CHF"},
        {"balance_due": 0},
        {"balance_due": -5},
        {"number": None},
        {"balance_due": 10**11},
    ):
        assert payment_text(replace(paper, **change)) is None
    for iban in ("", "DE02 1203 0000 0000 2020 52", "DE02", "not an iban"):
        assert payment_text(replace(paper, sender=replace(paper.sender, iban=iban))) is None
    assert is_iban("GB82WEST12345698765432")
    assert bar_code("ü") is None
    assert bar_code("") is None


def test_credit_notes_name_their_invoice_and_ask_for_nothing() -> None:
    paper = replace(samples.invoice_de(), kind=PaperKind.CREDIT_NOTE, number="S-A-2026-0001", reference="R-A-2026-0417")
    pdf = render(paper)
    text = text_of(pdf)[0]
    assert "S-A-2026-0001" in text
    assert "R-A-2026-0417" in text
    assert "QR Code" not in codes_of(pdf)


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_has_its_paper(kind: PaperKind) -> None:
    text = text_of(render(replace(samples.slip_us(), kind=kind, number="X-1", reference="B-A-2026-0001")))[0]
    assert "X-1" in text
    assert "B-A-2026-0001" in text
    assert ("cancel this transaction" in text) is (kind is PaperKind.ORDER_SLIP)


def test_currencies_without_and_with_three_decimals() -> None:
    for currency, printed in (("JPY", "51.852"), ("KWD", "51,852")):
        paper = replace(samples.invoice_de(), currency=currency, total=51852, balance_due=51852)
        assert printed in text_of(render(paper))[0]


def picture(kind: str, size: tuple[int, int] = (400, 200), mode: str = "RGBA") -> bytes:
    stream = io.BytesIO()
    image = Image.new(mode, size, (200, 30, 60, 128)[: len(mode)])
    image.save(stream, kind, **({"exif": b"Exif\x00\x00secret"} if kind == "JPEG" else {}))
    return stream.getvalue()


def test_a_logo_is_drawn_and_nothing_else_of_its_file_survives() -> None:
    data = picture("JPEG", mode="RGB") + b"<script>secret</script>"
    clean = clean_logo(data)
    assert clean.startswith(b"\x89PNG")
    assert b"secret" not in clean
    paper = samples.invoice_de()
    pdf = render(replace(paper, sender=replace(paper.sender, logo=data)))
    assert b"/Subtype /Image" in pdf
    assert b"secret" not in pdf
    assert pdf == render(replace(paper, sender=replace(paper.sender, logo=data)))


def test_logos_of_any_shape_stay_in_the_head() -> None:
    for size in ((3000, 30), (30, 3000), (1, 1), (2000, 1500)):
        data = picture("PNG", size)
        paper = samples.invoice_de()
        assert draw(replace(paper, sender=replace(paper.sender, logo=clean_logo(data)))).pages == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "logo.unreadable"),
        (b"<svg onload='x'/>", "logo.unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "logo.unreadable"),
        (b"%PDF-1.4", "logo.unreadable"),
        (b"\x00" * 8_000_001, "logo.too_large"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        clean_logo(data)
    assert caught.value.code == code
    paper = samples.invoice_de(1)
    assert draw(replace(paper, sender=replace(paper.sender, logo=data))).pages == 1


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(DomainError) as caught:
        clean_logo(picture("PNG", (7000, 6000), "L"))
    assert caught.value.code == "logo.too_large"
