"""Writing from the People page: to one person with a template, to everybody whom the list shows; consent decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from directsell.domain.contact_choices import Channel
from directsell.domain.marketing import Campaign, CampaignState
from directsell.domain.message_ways import Way
from directsell.domain.people import Address, ContactEntry, Person, ReachKind, ReachPoint, Role, role_of
from directsell.ui import opening
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.people import PeoplePage
from directsell.usecases.marketing import add_sample_templates, save_campaign
from directsell.usecases.people import record_consent
from tests.fixtures import books
from tests.ui.conftest import Desk


class Links:
    """Keeps what would have been opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def link(self, url: str) -> bool:
        self.opened.append(url)
        return True

    def file(self, _path: object) -> bool:
        return True

    def copy(self, _text: str) -> None:
        """Nothing is pasted here."""


@pytest.fixture
def links() -> Iterator[Links]:
    made = Links()
    before = opening.use(made)
    yield made
    opening.use(before)


@pytest.fixture
def dana(desk: Desk) -> Person:
    with desk.write() as work:
        person = books.add_person(work, "Dana", family="Ruiz")
        work.save(ReachPoint(id=work.new_id(), person_id=person.id, kind=ReachKind.MOBILE, value="+1 505 555 0142"))
        work.save(Address(id=work.new_id(), person_id=person.id, street="814 Alder St", city="Santa Fe", country="US"))
        for given in ("Amy", "Beth"):
            other = books.add_person(work, given, family="Stone")
            work.save(role_of(other.id, Role.CUSTOMER))
            work.save(ReachPoint(id=work.new_id(), person_id=other.id, kind=ReachKind.EMAIL, value="x@example.com"))
    return person


@pytest.fixture
def page(desk: Desk, dana: Person, scripted: ScriptedDialogs) -> PeoplePage:
    desk.session.app.run(add_sample_templates, "en_US")
    shown = desk.show(PeoplePage(desk.session))
    shown.show_route(Route("people", str(dana.id)))
    desk.settle()
    return shown


def test_one_person_is_written_to_with_a_template(desk: Desk, page: PeoplePage, dana: Person, links: Links) -> None:
    desk.session.app.run(record_consent, dana.id, channel=Channel.MESSAGE, given=True, wording="Yes")
    desk.settle()
    QTest.mouseClick(page.detail.write, Qt.MouseButton.LeftButton)
    desk.settle()
    compose = page.writing.compose
    assert compose.way.value() is Way.WHATSAPP
    names = [compose.template.itemText(number) for number in range(compose.template.count())]
    assert names[0] == "No template"
    compose.template.setCurrentIndex(names.index("Happy birthday (English)"))
    compose.template.activated.emit(compose.template.currentIndex())
    assert compose.preview_text.text().startswith("Dear Dana, happy birthday!")
    QTest.mouseClick(page.writing.go, Qt.MouseButton.LeftButton)
    QTest.keyClick(page.writing.steps.open_button, Qt.Key.Key_Space)
    assert links.opened[0].startswith("https://wa.me/15055550142?text=Dear%20Dana%2C%20happy")
    QTest.keyClick(page.writing.steps.yes, Qt.Key.Key_Space)
    desk.settle()
    (entry,) = desk.session.app.read(lambda reader: reader.find(ContactEntry))
    assert entry.template_id is not None
    assert entry.text.startswith("Dear Dana, happy birthday!")
    assert page.writing.isHidden()


def test_without_consent_only_a_letter_is_open(desk: Desk, page: PeoplePage) -> None:
    page.detail.write.click()
    desk.settle()
    sheet = page.writing
    assert sheet.compose.way.value() is Way.LETTER
    assert sheet.go.isEnabled()
    sheet.compose.way.set_value(Way.WHATSAPP)
    sheet.compose.way.changed.emit()
    assert sheet.compose.refused.text() == "This way is not open: no consent."
    assert not sheet.go.isEnabled()
    assert page.is_covered()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not page.is_covered()


def test_everybody_of_the_list_is_written_to(desk: Desk, page: PeoplePage) -> None:
    page.listing.search.setFocus()
    QTest.keyClicks(page.listing.search, "stone")
    desk.settle()
    next(command for command in page.commands() if command.text == "Write to the people of this list").run()
    desk.settle()
    sheet = page.writing
    assert [one.name for one, _why in sheet.compose.left_out] == ["Amy Stone", "Beth Stone"]
    assert "2 people are left out" in sheet.compose.refused.text()
    sheet.close_sheet()
    for _ in "stone":
        QTest.keyClick(page.listing.search, Qt.Key.Key_Backspace)
    desk.settle()
    page.listing.write_wanted.emit()
    desk.settle()
    assert len(sheet.compose.left_out) + len(sheet.compose.reachable) == 3


def test_nobody_in_the_list_is_said(desk: Desk, page: PeoplePage) -> None:
    QTest.keyClicks(page.listing.search, "zzzz")
    desk.settle()
    page.listing.write_wanted.emit()
    desk.settle()
    assert desk.said[-1] == "There is nobody to write to."
    assert page.writing.isHidden()


def test_a_call_is_logged_within_a_running_campaign(desk: Desk, page: PeoplePage, dana: Person) -> None:
    sheet = page.contact
    page.detail.call.click()
    assert not sheet.fields["campaign"].isVisibleTo(sheet)
    sheet.close_sheet()
    session = desk.session
    campaign = Campaign(
        id=session.new_id(),
        name="Calls",
        state=CampaignState.RUNNING,
        starts_on=session.today(),
        created_at=session.now(),
    )
    session.app.run(save_campaign, campaign, [])
    page.detail.call.click()
    assert sheet.fields["campaign"].isVisibleTo(sheet)
    sheet.campaign.set_value(campaign.id)
    QTest.keyClick(sheet.outcomes, Qt.Key.Key_1)
    sheet.save_button.click()
    desk.settle()
    (entry,) = session.app.read(lambda reader: reader.find(ContactEntry))
    assert (entry.person_id, entry.campaign_id) == (dana.id, campaign.id)
    assert session.app.undo() is not None
    assert session.app.read(lambda reader: reader.find(ContactEntry)) == []
