"""Page breaks: nothing overlaps or leaves its zone, carried sums are running sums, totals stay whole and in company."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.documents import draw
from directsell.documents.pages import FEWEST_ROWS, Block, Frame, Table, paginate
from directsell.documents.rendering import Drawn
from directsell.documents.sheet import MM, Box
from directsell.documents.style import SIZES, WINDOWS
from directsell.domain.papers import Paper, PaperFormat, WindowNorm
from tests.documents import samples
from tests.documents.reading import overlaps

NOTHING = Block(0, lambda _sheet, _y: None)


def blocks(heights: list[float]) -> list[Block]:
    return [Block(height, lambda _sheet, _y: None, amount=1) for height in heights]


@given(
    st.lists(st.floats(10, 60), max_size=40),
    st.lists(st.floats(5, 30), max_size=8),
    st.lists(st.floats(5, 30), max_size=30),
    st.floats(20, 150),
    st.integers(250, 400),
)
def test_blocks_keep_to_their_frames(
    rows: list[float], before: list[float], after: list[float], totals: float, first_bottom: int
) -> None:
    carried: list[tuple[int, bool]] = []
    drawn: list[str] = []
    table = Table(
        Block(18, lambda _sheet, _y: drawn.append("header")),
        blocks(rows),
        15,
        lambda _sheet, _y, amount, brought: carried.append((amount, brought)),
    )
    last = Block(totals, lambda _sheet, _y: drawn.append("totals"))
    first, other = Frame(200, first_bottom), Frame(50, 400)
    pages = paginate(blocks(before), table, last, blocks(after), first, other)
    for page in pages:
        assert page.y <= page.frame.bottom + 0.02
        tops = [y for y, _ in page.items]
        assert tops == sorted(tops)
    assert sum(page.rows for page in pages) == len(rows)
    assert sum(len(page.items) for page in pages) >= len(rows) + len(before) + len(after) + 1
    for page in pages:
        for y, action in page.items:
            action(None, y)  # type: ignore[arg-type]
    running = [amount for amount, brought in carried if not brought]
    assert running == [amount for amount, brought in carried if brought]
    assert all(left < right for left, right in pairwise(running))
    with_rows = [page for page in pages if page.rows]
    if len(with_rows) > 1 and len(rows) > 3:
        assert with_rows[-1].rows >= FEWEST_ROWS or totals > 100


def check(paper: Paper, drawn: Drawn) -> None:
    size = SIZES[paper.page_format]
    assert drawn.missing == frozenset()
    assert not list(overlaps(drawn.boxes))
    for box in drawn.boxes:
        assert box.left >= 5 * MM - 0.5, box
        assert box.right <= size.width - 5 * MM, box
        assert box.bottom <= size.height - 4 * MM, box
        if box.zone in ("row", "carry", "sums", "payment", "delivery", "signatures"):
            feet = [other.top for other in drawn.boxes if other.page == box.page and other.zone == "footer"]
            assert box.bottom <= min(feet), box


def rows_and_sums(paper: Paper, drawn: Drawn) -> None:
    """The sum carried from each page is the sum of the amounts printed so far, and comes back on the next."""
    pages = 1 + max(box.page for box in drawn.boxes)
    right = max(box.right for box in drawn.boxes if box.zone == "row")
    running = 0
    for page in range(pages):
        here = [box for box in drawn.boxes if box.page == page]
        carries = sorted(
            (box for box in here if box.zone == "carry" and cents(box) is not None), key=lambda box: box.top
        )
        amounts = [box for box in here if box.zone == "row" and box.right > right - 0.5]
        if page and amounts:
            assert cents(carries.pop(0)) == running
        running += sum(cents(box) or 0 for box in amounts)
        if carries:
            assert cents(carries[-1]) == running
    assert running == sum(line.amount for line in paper.lines)


def cents(box: Box) -> int | None:
    digits = box.text.replace(".", "").replace(",", "").lstrip("-")
    return int(digits) if digits.isdigit() else None


def company(drawn: Drawn) -> None:
    """All sums stand on one page, with at least two rows if there are that many."""
    pages = {box.page for box in drawn.boxes if box.zone == "sums"}
    assert len(pages) == 1
    rows = {round(box.top) for box in drawn.boxes if box.zone == "row" and box.page == max(pages)}
    everything = {(box.page, round(box.top)) for box in drawn.boxes if box.zone == "row"}
    assert len(rows) >= min(FEWEST_ROWS, len(everything))


@pytest.mark.parametrize("start", [1, 16, 31, 46])
def test_invoices_of_one_to_sixty_lines(start: int) -> None:
    for count in range(start, start + 15):
        paper = samples.invoice_de(count)
        drawn = draw(paper, record=True)
        check(paper, drawn)
        rows_and_sums(paper, drawn)
        company(drawn)


@pytest.mark.parametrize("page", [PaperFormat.A5, PaperFormat.HALF_LETTER])
def test_slips_of_one_to_forty_lines(page: PaperFormat) -> None:
    for count in range(1, 41):
        source = samples.slip_de(count) if page is PaperFormat.A5 else samples.slip_us(count)
        paper = replace(source, page_format=page)
        drawn = draw(paper, record=True)
        check(paper, drawn)
        company(drawn)


@pytest.mark.parametrize("page", [PaperFormat.A4, PaperFormat.LETTER])
def test_a_slip_may_be_as_large_as_a_letter(page: PaperFormat) -> None:
    paper = replace(samples.slip_us(9), page_format=page)
    check(paper, draw(paper, record=True))


@pytest.mark.parametrize("norm", list(WindowNorm))
def test_the_address_stays_in_the_window(norm: WindowNorm) -> None:
    window = WINDOWS[norm]
    for lines in (("Street 1", "12345 Town"), ("A very long line of an address that needs to be broken " * 3,) * 6):
        paper = replace(
            samples.invoice_de(),
            window=norm,
            customer=replace(samples.CUSTOMER_DE, lines=lines),
            page_format=PaperFormat.LETTER if norm is WindowNorm.US_10 else PaperFormat.A4,
        )
        drawn = draw(paper, record=True)
        check(paper, drawn)
        address = [box for box in drawn.boxes if box.zone == "window"]
        assert len(address) >= 3
        for box in address:
            assert box.left >= window.left - 0.1
            assert box.right <= window.left + window.width + 0.1
            assert box.bottom <= window.bottom + 4
        rest = [box for box in drawn.boxes if box.zone in ("head", "title", "facts") and box.page == 0]
        assert not [
            box
            for box in rest
            if box.left < window.left + window.width
            and box.right > window.left
            and box.top < window.bottom
            and box.bottom > window.top - 12
            and box.zone != "head"
        ]


@pytest.mark.parametrize("language", ["qps", "ar", "he"])
def test_pages_that_read_from_right_to_left_are_mirrored(language: str) -> None:
    plain = draw(samples.slip_de(5), record=True)
    paper = replace(samples.slip_de(5), language=language)
    turned = draw(paper, record=True)
    check(paper, turned)
    width = SIZES[PaperFormat.A5].width
    assert sum(box.left for box in plain.boxes if box.text == "53,69") > width / 2
    assert sum(box.left for box in turned.boxes if box.text == "53.69") < width / 2
    for count in (1, 12, 25):
        invoice = replace(samples.invoice_de(count), language=language)
        check(invoice, draw(invoice, record=True))


def test_long_texts_flow_over_pages_and_many_payments_are_summed() -> None:
    text = "Ein Absatz mit vielen Worten. " * 120
    payment = samples.slip_de().payments[0]
    paper = replace(
        samples.slip_de(2), intro=text, closing=text, slip_texts=(text, text), statement=text, payments=(payment,) * 40
    )
    drawn = draw(paper, record=True)
    check(paper, drawn)
    company(drawn)
    assert drawn.pages > 6


def test_a_paper_without_lines_has_its_total() -> None:
    paper = replace(samples.invoice_de(0), lines=())
    drawn = draw(paper, record=True)
    check(paper, drawn)
    assert drawn.pages == 1
