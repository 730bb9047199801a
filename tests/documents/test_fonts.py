"""Which font draws what: bundled fonts first, then the system's, and never a box in silence."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from directsell.documents import draw, fonts, text
from directsell.documents.fonts import bundled_face, face_for
from directsell.resources import find_resource, resource_folder
from tests.documents import samples
from tests.documents.reading import fonts_of

GEORGIAN = "\u10d0"


def forget() -> None:
    face_for.cache_clear()
    text.compose.cache_clear()
    fonts._system_faces.cache_clear()


@pytest.fixture
def system_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine whose only fonts are those that the test puts into this folder."""
    names = ("letters.ttf", "broken.ttf", "outlines.otf", "none.ttf")
    monkeypatch.setitem(fonts._SYSTEM_FONTS, sys.platform, (("", str(tmp_path)), names))
    forget()
    yield tmp_path
    forget()


def test_each_family_draws_its_script() -> None:
    drawn_by = {char: face_for(char, "Regular") for char in "aЖΩ₹ابאक฿漢あ한✓💚"}
    names = {char: face.name for char, face in drawn_by.items() if face}
    assert names == {
        "a": "NotoSans-Regular",
        "Ж": "NotoSans-Regular",
        "Ω": "NotoSans-Regular",
        "₹": "NotoSans-Regular",
        "ا": "NotoSansArabic-Regular",
        "ب": "NotoSansArabic-Regular",
        "א": "NotoSansHebrew-Regular",
        "क": "NotoSansDevanagari-Regular",
        "฿": "NotoSansThai-Regular",
        "漢": "NotoSansSC-Regular",
        "あ": "NotoSansSC-Regular",
        "한": "NotoSansKR-Regular",
        "✓": "DejaVuSans-Regular",
        "💚": "NotoEmoji-Regular",
    }


def test_figures_are_of_one_width_so_that_columns_stand_straight() -> None:
    for weight in ("Regular", "SemiBold", "Bold"):
        face = bundled_face("NotoSans", weight)
        assert len({face.width(digit) for digit in "0123456789"}) == 1


def test_a_script_that_is_not_bundled_is_drawn_with_a_font_of_the_system(system_fonts: Path) -> None:
    (system_fonts / "broken.ttf").write_bytes(b"\x00\x01\x00\x00 no font")
    (system_fonts / "outlines.otf").write_bytes(b"OTTO" + bytes(40))
    borrowed = TTFont(find_resource("fonts", "NotoSansHebrew-Regular.ttf"))
    for table in borrowed["cmap"].tables:
        table.cmap = {ord(GEORGIAN): table.cmap[0x05D0]} if 0x05D0 in table.cmap else {}
    borrowed.save(system_fonts / "letters.ttf")
    borrowed.close()
    paper = samples.invoice_de(1)
    drawn = draw(replace(paper, closing=GEORGIAN * 3))
    assert drawn.missing == frozenset()
    assert len(fonts_of(drawn.pdf)) == 4


def test_without_such_a_font_it_is_reported(system_fonts: Path) -> None:
    assert not list(system_fonts.iterdir())
    paper = samples.invoice_de(1)
    drawn = draw(replace(paper, closing=GEORGIAN * 3))
    assert drawn.missing == {GEORGIAN}


def test_fonts_are_shipped_with_their_licences_and_can_be_embedded() -> None:
    folder = resource_folder() / "fonts"
    assert {path.name for path in folder.glob("LICENSE-*.txt")} == {
        "LICENSE-Inter.txt",
        "LICENSE-Noto.txt",
        "LICENSE-DejaVu.txt",
    }
    for path in folder.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            assert "glyf" in font, path.name
            assert font["OS/2"].fsType in (0, 8), path.name  # installable or editable: may be embedded
    assert sum(path.stat().st_size for path in folder.iterdir()) < 8_000_000
