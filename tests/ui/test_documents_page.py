"""The Documents page and the window of one paper, driven by clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.orders import Order
from directsell.store.queries.documents import PaperState
from directsell.store.queries.papers import papers_of_order
from directsell.ui import printing
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.documents import DocumentsPage
from directsell.ui.printing import Choice
from directsell.ui.widgets.paper_dialog import PaperDialog, preview_paper, show_paper
from directsell.ui.widgets.paper_view import PaperView
from tests.fixtures import books
from tests.ui.conftest import Desk
from tests.ui.papers import FakeMachine, issued, set_up


@pytest.fixture
def machine() -> Iterator[FakeMachine]:
    made = FakeMachine()
    before = printing.use(made)
    yield made
    printing.use(before)


@pytest.fixture
def papers(desk: Desk) -> list[IssuedPaper]:
    """An invoice for Amy and a slip for Beth."""
    with desk.write() as work:
        set_up(work)
        return [issued(work, "Amy"), issued(work, "Beth", PaperKind.ORDER_SLIP)]


@pytest.fixture
def page(desk: Desk, papers: list[IssuedPaper], scripted: ScriptedDialogs) -> DocumentsPage:
    page = desk.show(DocumentsPage(desk.session))
    page.show_route(Route("documents"))
    desk.settle()
    return page


def listed(page: DocumentsPage) -> list[str]:
    model = page.listing.list.model_
    rows = [model.row(number) for number in range(model.count)]
    return [row.number for row in rows if row is not None]


def stored(desk: Desk, paper: IssuedPaper) -> bytes | None:
    return desk.session.look(lambda reader: reader.file(paper.sha256))


def test_the_newest_paper_is_shown_as_it_was_issued(desk: Desk, page: DocumentsPage) -> None:
    assert listed(page) == ["B-A-2026-0001", "R-A-2026-0001"]
    assert page.detail.row is not None
    assert page.detail.row.number == "B-A-2026-0001"
    assert page.detail.view.drawn
    assert page.detail.view.info is not None
    assert "Beth Ruiz" in page.detail.view.info.text
    assert "B-A-2026-0001" in page.detail.view.accessibleName()
    assert "Beth Ruiz" in page.detail.view.accessibleDescription()


def test_keys_walk_through_the_list(desk: Desk, page: DocumentsPage) -> None:
    page.listing.list.setFocus()
    QTest.keyClick(page.listing.list, Qt.Key.Key_Down)
    desk.settle()
    assert page.detail.row is not None
    assert page.detail.row.number == "R-A-2026-0001"


def test_a_route_shows_a_paper_that_the_filter_hides(
    desk: Desk, page: DocumentsPage, papers: list[IssuedPaper]
) -> None:
    page.listing.search.setText("beth")
    desk.settle()
    assert listed(page) == ["B-A-2026-0001"]
    page.show_route(Route("documents", str(papers[0].id)))
    desk.settle()
    assert listed(page) == ["B-A-2026-0001", "R-A-2026-0001"]
    assert page.detail.row is not None
    assert page.detail.row.number == "R-A-2026-0001"


def test_filters(desk: Desk, page: DocumentsPage) -> None:
    page.listing.kinds.set_value(PaperKind.INVOICE)
    page.listing.refresh()
    desk.settle()
    assert listed(page) == ["R-A-2026-0001"]
    page.listing.kinds.set_value("")
    page.listing.states.set_value(PaperState.CANCELLED)
    page.listing.refresh()
    desk.settle()
    assert listed(page) == []
    page.listing.show_all()
    desk.settle()
    assert len(listed(page)) == 2


def test_a_paper_is_cancelled_with_a_reason(
    desk: Desk, page: DocumentsPage, papers: list[IssuedPaper], scripted: ScriptedDialogs
) -> None:
    page.show_route(Route("documents", str(papers[0].id)))
    desk.settle()
    scripted.answer("Wrong customer")
    page.cancel()
    desk.settle()
    assert desk.said == ["S-A-2026-0001 was issued."]
    assert listed(page) == ["S-A-2026-0001", "B-A-2026-0001", "R-A-2026-0001"]
    assert page.detail.row is not None
    assert page.detail.row.cancels == "R-A-2026-0001"
    assert page.detail.view.info is not None
    assert "Wrong customer" in page.detail.view.info.text
    page.show_route(Route("documents", str(papers[0].id)))
    desk.settle()
    assert not page.detail.can_cancel


def test_no_reason_no_cancelling(
    desk: Desk, page: DocumentsPage, papers: list[IssuedPaper], scripted: ScriptedDialogs
) -> None:
    page.show_route(Route("documents", str(papers[0].id)))
    desk.settle()
    scripted.answer("   ")
    page.cancel()
    desk.settle()
    assert scripted.asked[-1][1] == "Not cancelled"
    assert len(listed(page)) == 2


def test_printing_twice_gives_the_same_bytes(
    desk: Desk, page: DocumentsPage, papers: list[IssuedPaper], machine: FakeMachine, tmp_path: Path
) -> None:
    page.show_route(Route("documents", str(papers[0].id)))
    desk.settle()
    for copy in (tmp_path / "1.pdf", tmp_path / "2.pdf"):
        machine.choice = Choice("", file=copy)
        page.detail.print_button.click()
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes() == stored(desk, papers[0])


def test_verifying_says_that_all_is_well_or_what_is_not(
    desk: Desk, page: DocumentsPage, papers: list[IssuedPaper], scripted: ScriptedDialogs
) -> None:
    page.verify()
    desk.settle()
    assert scripted.asked[-1][1] == "The archive is untouched"
    with desk.session.app.store.exclusive() as connection:
        connection.execute("UPDATE file SET content = x'00' WHERE sha256 = ?", (papers[0].sha256,))
    page.verify()
    desk.settle()
    assert scripted.asked[-1][1] == "The archive is not as it was issued"


def test_a_file_that_is_not_here_is_told(desk: Desk, page: DocumentsPage, papers: list[IssuedPaper]) -> None:
    with desk.session.app.store.exclusive() as connection:
        connection.execute("DELETE FROM file WHERE sha256 = ?", (papers[0].sha256,))
    page.show_route(Route("documents", str(papers[0].id)))
    desk.settle()
    assert "not on this laptop" in page.detail.view.accessibleDescription()
    assert not page.detail.print_button.isEnabled()


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_the_list_is_exported_as_it_is_filtered(
    desk: Desk, page: DocumentsPage, scripted: ScriptedDialogs, tmp_path: Path, name: str
) -> None:
    page.listing.kinds.set_value(PaperKind.INVOICE)
    page.listing.refresh()
    desk.settle()
    scripted.answer(tmp_path / name)
    page.export()
    desk.settle()
    assert desk.said == ["1 document written"]
    content = (tmp_path / name).read_bytes()
    if name.endswith("csv"):
        assert b"R-A-2026-0001,Invoice,2026-06-15,Amy Ruiz," in content
        assert b"B-A-2026" not in content


def test_an_empty_archive_teaches(desk: Desk, scripted: ScriptedDialogs) -> None:
    page = desk.show(DocumentsPage(desk.session))
    page.show_route(Route("documents"))
    desk.settle()
    assert listed(page) == []
    assert any(button.isVisible() for button in page.listing.list.findChildren(QWidget))


def number(dialog: PaperDialog) -> str:
    return dialog.row.number if dialog.row is not None else ""


def test_a_preview_is_issued_and_becomes_the_paper(desk: Desk, machine: FakeMachine) -> None:
    with desk.write() as work:
        set_up(work)
        order = books.add_order(work, person_id=books.add_person(work, "Amy", family="Ruiz").id)
    window = desk.show(QWidget())
    dialog = preview_paper(desk.session, window, order.id, PaperKind.INVOICE)
    desk.settle()
    assert number(dialog) == ""
    assert dialog.view.info is not None
    assert "DRAFT" in dialog.view.info.text.upper()
    numbers: list[str] = []
    dialog.issued.connect(lambda paper: numbers.append(paper.number))
    dialog.issue()
    desk.settle()
    assert numbers == ["R-A-2026-0001"]
    assert number(dialog) == "R-A-2026-0001"
    assert dialog.windowTitle() == "Invoice R-A-2026-0001"
    machine.choice = None
    dialog.print_paper()
    assert machine.asked[0].name == "R-A-2026-0001"
    assert machine.asked[0].data == stored(desk, desk.session.look(papers_of_order, order.id)[0])
    dialog.close()


def test_a_preview_that_cannot_be_issued_says_why(desk: Desk, scripted: ScriptedDialogs) -> None:
    with desk.write() as work:
        order = books.add_order(work, person_id=books.add_person(work).id)
    dialog = preview_paper(desk.session, desk.show(QWidget()), order.id, PaperKind.INVOICE)
    desk.settle()
    dialog.issue()
    desk.settle()
    assert scripted.asked[0][1] == "Not issued"
    assert desk.session.look(lambda reader: reader.find(Order))[0].id == order.id
    assert desk.session.look(papers_of_order, order.id) == []
    dialog.close()


@pytest.fixture
def shown(desk: Desk, papers: list[IssuedPaper]) -> PaperDialog:
    dialog = show_paper(desk.session, desk.show(QWidget()), papers[1].id)
    desk.settle()
    return dialog


def test_zoom_and_pages_by_keyboard(desk: Desk, shown: PaperDialog) -> None:
    view: PaperView = shown.view
    assert view.page_count == 2
    before = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > before
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == pytest.approx(before, abs=0.01)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_page == 2
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current_page == 1
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Beth Ruiz" in QGuiApplication.clipboard().text()
    desk.settle()
    assert view.drawn
    shown.close()


def test_zoom_has_its_ends(desk: Desk, shown: PaperDialog) -> None:
    for _step in range(30):
        shown.view.zoom_in()
    assert shown.view.zoom == 5.0
    for _step in range(40):
        shown.view.zoom_out()
    assert shown.view.zoom == 0.25
    shown.view.fit_page()
    desk.settle()
    shown.close()


def test_what_cannot_be_read_is_told(desk: Desk) -> None:
    view = desk.show(PaperView(desk.session.tasks, "Paper"))
    failures: list[Exception] = []
    view.failed.connect(failures.append)
    view.show_pdf(b"no pdf at all")
    desk.settle()
    assert len(failures) == 1
    assert view.page_count == 0
    assert "cannot be shown" in view.accessibleDescription()
