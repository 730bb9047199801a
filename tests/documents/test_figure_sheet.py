"""Sheets of figures (host sheet, settlement, why): what stays together when a sheet has several pages."""

from __future__ import annotations

from datetime import date

import pytest

from directsell.documents.figure_sheet import FigureRow, FigureSection, FigureSheet, render_figures
from directsell.domain.papers import PaperFormat
from tests.documents.reading import text_of


def sheet(*sections: FigureSection, page: PaperFormat = PaperFormat.LETTER) -> FigureSheet:
    return FigureSheet(
        title="For the host",
        subtitle="Dana",
        seller="Willow Carter",
        day=date(2026, 2, 13),
        language="en_US",
        page_format=page,
        accent="",
        sections=sections,
    )


def section(name: str, rows: int, *, sums: int = 1) -> FigureSection:
    found = [FigureRow(f"{name} row {number}.", f"{number}.00") for number in range(rows)]
    found += [FigureRow(f"{name} sum {number}.", "9.99", strong=True) for number in range(sums)]
    return FigureSection(title=f"{name} heading", rows=tuple(found))


@pytest.mark.parametrize("page", [PaperFormat.LETTER, PaperFormat.A4])
@pytest.mark.parametrize("rows", range(36, 52))
def test_a_sum_is_never_alone_on_a_page_and_nothing_is_lost(rows: int, page: PaperFormat) -> None:
    pages = text_of(render_figures(sheet(section("A", rows), section("B", 3, sums=2), page=page)))
    for name, last in (("A", rows - 1), ("B", 2)):
        (holder,) = [text for text in pages if f"{name} sum 0." in text]
        assert f"{name} row {last}." in holder
    (holder,) = [text for text in pages if "B heading" in text]
    assert "B row 0." in holder
    whole = "".join(pages)
    assert [whole.count(f"A row {number}.") for number in range(rows)] == [1] * rows
    assert all("Willow Carter" in text for text in pages)


def test_more_sums_than_a_page_holds_still_come_out() -> None:
    pages = text_of(render_figures(sheet(section("A", 1, sums=120))))
    assert len(pages) > 2
    whole = "".join(pages)
    assert [whole.count(f"A sum {number}.") for number in range(120)] == [1] * 120
