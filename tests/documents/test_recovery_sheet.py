"""The recovery sheet: the code can be read, scanned and typed back, whatever the business is called."""

from datetime import date

import pytest

from directsell.documents.recovery_sheet import MARGIN, draw_recovery, render_recovery
from directsell.domain.papers import PaperFormat
from directsell.domain.recovery import RecoveryPage
from directsell.store import recovery
from tests.documents.reading import codes_of, overlaps, squeeze, text_of

KEY = bytes(range(200, 232))
SHEET = recovery.sheet_of(KEY, date(2026, 11, 22))


def page(
    business: str = "Dana Whitfield", language: str = "en_US", paper: PaperFormat = PaperFormat.LETTER
) -> RecoveryPage:
    return RecoveryPage(
        business=business,
        groups=SHEET.groups,
        fingerprint=SHEET.fingerprint,
        made_on=SHEET.made_on,
        language=language,
        page_format=paper,
    )


def test_the_words_of_the_sheet_open_the_business() -> None:
    (text,) = text_of(render_recovery(page()))
    assert all(group in text for group in SHEET.groups)
    assert SHEET.fingerprint in text
    assert "Dana Whitfield" in text
    assert "November 22, 2026" in text


def test_the_square_code_holds_the_same_code() -> None:
    (scanned,) = codes_of(render_recovery(page())).values()
    assert recovery.decode(scanned) == KEY


def test_every_group_stands_below_its_number_in_two_rows_of_seven() -> None:
    boxes = [box for box in draw_recovery(page(), record=True).boxes if box.zone == "code"]
    places = {box.text: box for box in boxes}
    for number, group in enumerate(SHEET.groups, start=1):
        below, above = places[group], places[str(number)]
        assert above.bottom <= below.top + 3
        assert abs((above.left + above.right) - (below.left + below.right)) < 0.5
    rows = sorted({round(places[group].top) for group in SHEET.groups})
    assert len(rows) == 2
    assert [round(places[group].top) for group in SHEET.groups] == [rows[0]] * 7 + [rows[1]] * 7


@pytest.mark.parametrize("language", ["en_US", "de_DE", "qps", "ar"])
@pytest.mark.parametrize("paper", [PaperFormat.A4, PaperFormat.LETTER])
@pytest.mark.parametrize("business", ["", "Küche & <b>Söhne</b> {day}", "דנה לוי", "W" * 2000])
def test_nothing_overlaps_or_leaves_the_sheet(language: str, paper: PaperFormat, business: str) -> None:
    drawn = draw_recovery(page(business, language, paper), record=True)
    assert list(overlaps(drawn.boxes)) == []
    assert not drawn.missing
    width = 612 if paper is PaperFormat.LETTER else 595.28
    assert all(box.left >= MARGIN - 1 and box.right <= width - MARGIN + 1 for box in drawn.boxes)


def test_the_code_is_read_from_left_to_right_also_in_a_mirrored_language() -> None:
    boxes = {box.text: box for box in draw_recovery(page(language="ar"), record=True).boxes}
    lefts = [boxes[group].left for group in SHEET.groups[:7]]
    assert lefts == sorted(lefts)


def test_german_and_the_same_bytes_again() -> None:
    (text,) = text_of(render_recovery(page(language="de_DE")))
    assert squeeze("22. November 2026") in squeeze(text)
    assert render_recovery(page()) == render_recovery(page())


def test_marks_in_the_name_are_text() -> None:
    (text,) = text_of(render_recovery(page("<img src=x> {fingerprint} %s")))
    assert squeeze("<img src=x> {fingerprint} %s") in squeeze(text)
