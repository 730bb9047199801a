"""Order slips on a roll of 80 mm: as long as needed, black only, everything in one column; signatures on their lines."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pypdf
import pypdfium2
import pytest
from PIL import Image

from directsell.documents import draw, render
from directsell.documents.rendering import Drawn
from directsell.documents.roll import FOOT, LEAST, MARGIN
from directsell.documents.sheet import MM
from directsell.domain.papers import Copy, Paper, PaperFormat, PaperKind, SignedBy
from tests.documents import samples
from tests.documents.reading import codes_of, overlaps, squeeze, text_of
from tests.documents.test_scripts import SCRIPTS, in_script

WIDTH = 80 * MM


def on_roll(paper: Paper, **changes: Any) -> Paper:
    return replace(paper, page_format=PaperFormat.ROLL_80, **changes)


def pages_of(pdf: bytes) -> list[Any]:
    return list(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in pages_of(pdf)]


def picture(pdf: bytes, page: int = 0, dpi: int = 203) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        seen: Image.Image = document[page].render(scale=dpi / 72).to_pil().convert("L")
        return seen
    finally:
        document.close()


def check(drawn: Drawn) -> None:
    heights = [height for _width, height in sizes_of(drawn.pdf)]
    assert drawn.missing == frozenset()
    assert not list(overlaps(drawn.boxes))
    for box in drawn.boxes:
        assert box.left >= MARGIN - 0.5, box
        assert box.right <= WIDTH - MARGIN + 0.5, box
        assert box.bottom <= heights[box.page], box


@pytest.mark.parametrize("make", [samples.slip_de, samples.slip_us])
@pytest.mark.parametrize("count", [0, 1, 4, 12, 60])
def test_a_slip_is_exactly_as_long_as_it_needs_to_be(make: Any, count: int) -> None:
    drawn = draw(on_roll(make(count)), record=True)
    check(drawn)
    sizes = sizes_of(drawn.pdf)
    assert drawn.pages == len(sizes) == 2
    assert sizes[0][0] == pytest.approx(WIDTH, abs=0.1)
    assert sizes[0] == sizes[1]
    last = max(box.bottom for box in drawn.boxes)
    assert sizes[0][1] - last == pytest.approx(FOOT, abs=6) or sizes[0][1] == pytest.approx(LEAST, abs=0.1)


def test_each_further_line_makes_it_longer() -> None:
    lengths = [sizes_of(render(on_roll(samples.slip_us(count))))[0][1] for count in range(1, 8)]
    assert lengths == sorted(set(lengths))


def test_it_says_everything_that_the_other_sheets_say() -> None:
    paper = samples.slip_us()
    pages = text_of(render(on_roll(paper)))
    assert len(pages) == 2
    for page, copy in zip(pages, ("Customer's copy", "Seller's copy"), strict=True):
        text = squeeze(page)
        wanted = [
            copy,
            "Order B-A-2026-0012",
            "Dana Whitfield",
            "14 Linden Avenue",
            "$175.30",
            "$155.30",
            "Sales tax 7.75%",
        ]
        wanted += [
            "2208 Walnut Street, Apt 4B",
            "Host's home",
            "2 × 12.50",
            "79.20",
            "Discount 10%",
            "Received Feb 13, 2026",
        ]
        wanted += [paper.statement, paper.delivery_text, "Date, customer's signature", "Date, seller's signature"]
        wanted += ["Sales tax permit 4417-0032", *(line.name for line in paper.lines)]
        for words in wanted:
            assert squeeze(words) in text, words


def test_the_statement_of_the_law_is_bold_and_not_small() -> None:
    drawn = draw(on_roll(samples.slip_us()), record=True)
    lines = [box for box in drawn.boxes if box.text in samples.slip_us().statement and len(box.text) > 20]
    assert len(lines) >= 4
    assert all(box.bottom - box.top >= 10 for box in lines)


def test_both_copies_differ_only_in_their_name() -> None:
    customer, seller = text_of(render(on_roll(samples.slip_de())))
    assert customer.replace("Exemplar für den Kunden", "") == seller.replace("Exemplar für den Verkäufer", "")
    assert len(text_of(render(on_roll(samples.slip_de(), copies=tuple(Copy))))) == 3


@pytest.mark.parametrize("script", list(SCRIPTS))
def test_the_text_comes_back_in_every_script(script: str) -> None:
    drawn = draw(on_roll(in_script(samples.slip_de(3), script)), record=True)
    check(drawn)
    seen = squeeze("".join(text_of(drawn.pdf)))
    for text in SCRIPTS[script]:
        assert seen.count(squeeze(text)) >= 2, (text, seen)


@pytest.mark.parametrize("language", ["qps", "ar", "he"])
def test_languages_that_read_from_right_to_left_are_mirrored(language: str) -> None:
    plain = draw(on_roll(samples.slip_de(2)), record=True)
    turned = draw(on_roll(samples.slip_de(2), language=language), record=True)
    check(turned)
    assert next(box.left for box in plain.boxes if box.text == "53,69") > WIDTH / 2
    assert next(box.left for box in turned.boxes if box.text == "53.69") < WIDTH / 2


def test_there_is_black_and_nothing_else() -> None:
    for page in pages_of(render(on_roll(samples.signed(samples.slip_us())))):
        streams = [page.get_contents().get_data()]
        streams += [form.get_object().get_data() for form in page["/Resources"]["/XObject"].values()]
        colours = {found for data in streams for found in re.findall(rb"([\d.]+ [\d.]+ [\d.]+) (?:rg|RG)\b", data)}
        assert {tuple(float(part) for part in colour.split()) for colour in colours} == {(0.0, 0.0, 0.0)}


def test_codes_are_made_of_whole_dots_and_scan_from_a_thermal_head() -> None:
    paper = on_roll(samples.slip_de())
    codes = codes_of(render(paper), dpi=203)
    assert codes["Code 128"] == "B-A-2026-0391"
    assert "EUR53.67" in next(text for kind, text in codes.items() if kind != "Code 128").split("\n")


def test_a_draft_says_so_and_has_neither_number_nor_codes() -> None:
    pdf = render(on_roll(samples.slip_de(), number=None))
    assert all("ENTWURF" in text for text in text_of(pdf))
    assert codes_of(pdf) == {}


def test_a_very_long_order_comes_in_pieces_that_count_themselves() -> None:
    drawn = draw(on_roll(samples.slip_de(300)), record=True)
    check(drawn)
    sizes = sizes_of(drawn.pdf)
    assert len(sizes) == drawn.pages > 2
    assert max(height for _width, height in sizes) <= 2_000 * MM + 1
    assert squeeze("Seite 2 von") in squeeze(text_of(drawn.pdf)[1])


def test_what_takes_an_order_back_grants_no_right() -> None:
    paper = on_roll(samples.slip_us(), kind=PaperKind.SLIP_VOID, number="S-A-2026-0001")
    text = squeeze("".join(text_of(render(paper))))
    assert squeeze("You, the buyer") not in text
    assert squeeze("Ships to host") not in text


def test_invoices_keep_their_sheets() -> None:
    width, height = sizes_of(render(samples.invoice_de(), page=PaperFormat.ROLL_80))[0]
    assert width == pytest.approx(595.28, abs=0.1)
    assert height == pytest.approx(841.89, abs=0.1)


# --- signatures, on every sheet ----------------------------------------------------------------------------------


def ink(paper: Paper, page: int) -> tuple[int, tuple[int, int, int, int] | None]:
    """Return how many dots a signature adds to a page, and where."""
    with_it, without = picture(render(samples.signed(paper)), page), picture(render(paper), page)
    assert with_it.size == without.size
    added = Image.eval(without, lambda value: 255 - value)
    difference = Image.blend(with_it, added, 0.5).point(lambda value: 255 if abs(value - 127) > 20 else 0)
    return sum(difference.histogram()[200:]), difference.getbbox()


@pytest.mark.parametrize("page", [PaperFormat.A5, PaperFormat.HALF_LETTER, PaperFormat.A4, PaperFormat.ROLL_80])
def test_a_signature_stands_on_its_line_on_both_copies(page: PaperFormat) -> None:
    paper = replace(samples.slip_us(), page_format=page)
    drawn = draw(paper, record=True)
    label = next(box for box in drawn.boxes if box.text == "Date, customer's signature")
    for copy in range(2):
        dots, box = ink(paper, copy)
        assert dots > 300
        assert box is not None
        scale = 203 / 72
        assert label.left - 2 <= box[0] / scale
        assert (
            box[2] / scale <= WIDTH if page is PaperFormat.ROLL_80 else box[2] / scale < label.left + 0.55 * WIDTH * 2
        )
        assert label.top - 15 * MM <= box[1] / scale
        assert box[3] / scale <= label.top + 2


@pytest.mark.parametrize("page", [PaperFormat.A5, PaperFormat.ROLL_80])
def test_the_day_of_the_signature_is_printed_before_it(page: PaperFormat) -> None:
    drawn = draw(samples.signed(replace(samples.slip_de(), page_format=page)), record=True)
    days = [box for box in drawn.boxes if box.zone == "signatures" and box.text == "06.03.2026"]
    assert len(days) == 1


@pytest.mark.parametrize("strokes", ["", "rubbish", "[[[0,0]]]", "[[[0,0],[9999,1]]]", "[" * 5_000])
def test_what_is_no_signature_leaves_the_line_empty(strokes: str) -> None:
    paper = samples.slip_us()
    broken = replace(paper, customer_signed=SignedBy(strokes=strokes, signed_on=paper.paper_date))
    assert render(broken) == render(paper)


def test_a_signature_is_not_mirrored() -> None:
    """The hand runs the same way in every language: a stroke that rises to its end does so on paper too."""
    rising = SignedBy(strokes="[[[0,300],[300,290],[600,0]]]")
    for language in ("en_US", "ar"):
        paper = on_roll(samples.slip_us(), language=language, statement="")
        one, other = picture(render(replace(paper, customer_signed=rising))), picture(render(paper))
        columns = [
            min(y for y in range(one.height) if one.getpixel((x, y)) != other.getpixel((x, y)))
            for x in range(one.width)
            if any(one.getpixel((x, y)) != other.getpixel((x, y)) for y in range(one.height))
        ]
        assert columns[0] > columns[-1]
