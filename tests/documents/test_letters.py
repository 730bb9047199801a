"""Letters and labels: the address in its window, every word on the paper, labels where the sheet has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directsell.documents.address_labels import draw_labels, render_labels
from directsell.documents.letters import draw_letters, render_letters
from directsell.documents.sheet import MM
from directsell.documents.style import WINDOWS
from directsell.domain.errors import DomainError
from directsell.domain.mailings import LABEL_SHEETS, LabelKind, LabelRun, Letter, LetterRun
from directsell.domain.papers import PaperFormat, Party, Sender, WindowNorm

SENDER = Sender(name="Küchenfee Sabine Krüger", address=("Lindenweg 4", "50667 Köln"), phone="+49 221 123456")
BIRGIT = Party(name="Birgit Weiß", lines=("Am Alten Markt 12", "50667 Köln"))
LETTER = Letter(
    party=BIRGIT, subject="Lange nicht gesehen", body="Hallo Birgit,\n\nwie geht es?\n\nGrüße", language="de_DE"
)
RUN = LetterRun(
    sender=SENDER,
    day=date(2026, 3, 6),
    place="Köln",
    signed="Sabine Krüger",
    window=WindowNorm.DIN_B,
    letters=(LETTER,),
)


def words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(document[number].get_textpage().get_text_range().split()) for number in range(len(document))]


def test_a_letter_says_everything() -> None:
    (page,) = words(render_letters(RUN))
    for part in (
        "Birgit Weiß Am Alten Markt 12 50667 Köln",
        "Köln, 6. März 2026",
        "Lange nicht gesehen",
        "Hallo Birgit,",
    ):
        assert part in page
    assert page.count("Sabine Krüger") == 4  # head, return line, signature, foot
    assert "Seite 1 von 1" in page


@pytest.mark.parametrize("norm", list(WindowNorm))
def test_the_address_stands_in_its_window(norm: WindowNorm) -> None:
    for page_format in (PaperFormat.A4, PaperFormat.LETTER):
        drawn = draw_letters(replace(RUN, window=norm, page_format=page_format), record=True)
        window = WINDOWS[norm]
        boxes = [box for box in drawn.boxes if box.zone == "window" and box.text in (BIRGIT.name, *BIRGIT.lines)]
        assert len(boxes) == 3
        for box in boxes:
            assert window.left - 1 <= box.left
            assert box.right <= window.left + window.width + 1
            assert box.bottom <= window.bottom + 4
        others = [box for box in drawn.boxes if box.zone in ("date", "subject", "text")]
        assert min(box.top for box in others) > max(box.bottom for box in boxes)


def test_every_letter_begins_on_a_sheet_of_its_own_and_the_signature_is_never_alone() -> None:
    line = "Ein Satz, der eine Zeile für sich hat.\n"
    for count in range(25, 60):
        long = replace(LETTER, body=line * count)
        drawn = draw_letters(replace(RUN, letters=(long, LETTER)), record=True)
        pages = words(drawn.pdf)
        assert "Hallo Birgit," in pages[-1]
        signed = [box.page for box in drawn.boxes if box.text == "Sabine Krüger"]
        assert len(signed) == 2
        before = [box for box in drawn.boxes if box.page == signed[0] and box.text == line.strip()]
        assert len(before) >= 2
        assert sum(page.count(line.strip()) for page in pages) == count


def test_on_own_paper_neither_head_nor_foot_is_printed() -> None:
    (page,) = words(render_letters(replace(RUN, letterhead=False)))
    assert "Seite" not in page
    assert "Telefon" not in page
    assert "Hallo Birgit," in page


def test_no_letters_give_an_empty_document_only_when_asked_for() -> None:
    assert draw_letters(replace(RUN, letters=())).pages == 0


@pytest.mark.parametrize("kind", list(LabelKind))
def test_labels_lie_on_the_sheet_and_texts_inside_their_labels(kind: LabelKind) -> None:
    form = LABEL_SHEETS[kind]
    last_x, last_y = form.corner(form.count - 1)
    assert last_x + form.width <= form.page_width + 0.01
    assert last_y + form.height <= form.page_height + 0.01
    long = Party(
        name="Dr. Maria-Theresia von und zu Hohenstein-Oranienburg", lines=("x" * 60, "12345 Ort", "ÖSTERREICH")
    )
    run = LabelRun(kind=kind, labels=(long,) * (form.count + 3), day=date(2026, 3, 6), language="de_DE", start=2)
    drawn = draw_labels(run, record=True)
    assert drawn.pages == 2
    corners = [form.corner(place) for place in range(form.count)]
    for box in drawn.boxes:
        assert any(
            x * MM <= box.left and box.right <= (x + form.width) * MM and y * MM <= box.top
            and box.bottom <= (y + form.height) * MM
            for x, y in corners
        ), box  # fmt: skip
    assert sum(page.count("12345 Ort") for page in words(drawn.pdf)) == form.count + 3


def test_the_first_label_is_where_the_user_said() -> None:
    run = LabelRun(kind=LabelKind.LETTER_30, labels=(BIRGIT,), day=date(2026, 3, 6), language="en_US", start=5)
    box = draw_labels(run, record=True).boxes[0]
    x, y = LABEL_SHEETS[LabelKind.LETTER_30].corner(4)
    assert 0 < box.left - x * MM < 20
    assert 0 < box.top - y * MM < 40
    for wrong in (0, 31):
        with pytest.raises(DomainError, match=r"label\.start"):
            render_labels(replace(run, start=wrong))


def test_the_sums_of_the_sheets_are_exact() -> None:
    sheet = LABEL_SHEETS[LabelKind.LETTER_30]
    assert sheet.corner(29) == pytest.approx(((0.1875 + 2 * 2.75) * 25.4, (0.5 + 9) * 25.4))
    assert LABEL_SHEETS[LabelKind.A4_24].count == 24


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.text(max_size=80), st.lists(st.text(max_size=60), max_size=6))
def test_whatever_is_written_is_drawn(body: str, subject: str, lines: list[str]) -> None:
    party = Party(name=subject, lines=tuple(lines))
    letter = Letter(party=party, subject=subject, body=body, language="ar")
    assert draw_letters(replace(RUN, letters=(letter,))).pages >= 1
    run = LabelRun(kind=LabelKind.A4_24, labels=(party,), day=date(2026, 3, 6), language="de_DE")
    assert draw_labels(run).pages == 1
