"""The person as a prospect on their own page: two keys log a contact, findings and objections are stored at once, the form."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from directsell.device import DeviceSettings
from directsell.domain.marketing import Campaign
from directsell.domain.objections import Objection, ObjectionKind
from directsell.domain.people import Channel, ContactEntry, Fit, LostReason, Outcome, Person, Stage
from directsell.domain.qualification import FactorKind
from directsell.ui.navigation import Route
from directsell.ui.pages.people import PeoplePage
from directsell.ui.pages.pipeline import PipelinePage
from directsell.ui.pages.pipeline.page import BOARD, LIST
from directsell.usecases.people import change_stage
from tests.fixtures import books
from tests.ui.conftest import Desk


@pytest.fixture
def gina(desk: Desk) -> UUID:
    """Somebody in the book."""
    with desk.write() as work:
        return books.add_person(work, "Gina", stage=Stage.CONTACTED, stage_on=work.today).id


@pytest.fixture
def page(desk: Desk, gina: UUID) -> PeoplePage:
    """Gina's page."""
    page = desk.show(PeoplePage(desk.session))
    desk.session.navigation.go("people", str(gina))
    page.show_route(Route("people", str(gina)))
    desk.settle()
    return page


def stored(desk: Desk, key: UUID) -> Person:
    """Return somebody as stored."""
    return desk.session.app.read(lambda reader: reader.get(Person, key))


def run(page: PeoplePage, text: str) -> None:
    """Run a command of the page by its words."""
    next(command for command in page.commands() if command.text == text).run()


def test_a_contact_is_logged_in_two_keys(desk: Desk, page: PeoplePage, gina: UUID) -> None:
    run(page, "Log a contact in two keys")
    for key in "e2":
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, key)
        desk.settle()
    (entry,) = desk.session.app.read(lambda reader: reader.find(ContactEntry, person_id=gina))
    assert (entry.channel, entry.outcome) == (Channel.EMAIL, Outcome.NO_ANSWER)
    assert page.prospecting.strip.isHidden()
    assert page.prospecting.qualification.tried.text() == "1 attempt (E-mail 1), reached 0 times"


def test_findings_are_stored_at_once(desk: Desk, page: PeoplePage, gina: UUID) -> None:
    field = page.prospecting.qualification.levels[FactorKind.FIT]
    field.setCurrentIndex(list(Fit).index(Fit.GOOD))
    field.activated.emit(field.currentIndex())
    desk.settle()
    assert stored(desk, gina).fit is Fit.GOOD
    desk.session.undo()
    desk.settle()
    assert field.value() is Fit.UNKNOWN


def test_an_objection_is_noted(desk: Desk, page: PeoplePage, gina: UUID) -> None:
    run(page, "Note an objection")
    form = page.prospecting.form
    assert page.is_covered()
    form.kind.set_value(ObjectionKind.PARTNER)
    form.text.set_value("Must ask her husband")
    QTest.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    (noted,) = desk.session.app.read(lambda reader: reader.find(Objection, person_id=gina))
    assert (noted.kind, noted.text) == (ObjectionKind.PARTNER, "Must ask her husband")
    assert form.isHidden()


def test_the_form_keeps_campaign_and_reason_of_a_loss(desk: Desk, page: PeoplePage, gina: UUID) -> None:
    with desk.write() as work:
        spring = Campaign(id=work.new_id(), name="Spring", starts_on=work.today, created_at=work.now)
        work.save(spring)
    run(page, "Edit person")
    form = page.form
    form.campaign.set_value(str(spring.id))
    assert not form.fields["lost_reason"].isVisible()
    form.stage.set_value(Stage.LOST)
    form.stage.changed.emit()
    assert form.fields["lost_reason"].isVisible()
    form.lost_reason.set_value(LostReason.PRICE)
    form.touch()
    form.save_button.click()
    desk.settle()
    person = stored(desk, gina)
    assert (person.campaign_id, person.stage, person.lost_reason) == (spring.id, Stage.LOST, LostReason.PRICE)


def test_each_laptop_remembers_board_or_list(desk: Desk, tmp_path: Path) -> None:
    device = DeviceSettings(tmp_path / "device.json")
    desk.session.context = SimpleNamespace(device=device)  # type: ignore[assignment]
    page = desk.show(PipelinePage(desk.session))
    assert page.view == BOARD
    page.show_view(LIST)
    desk.settle()
    again = desk.show(PipelinePage(desk.session))
    assert again.view == LIST
    desk.session.context = None


def test_who_is_a_customer_has_the_findings_below_what_happened(desk: Desk, page: PeoplePage, gina: UUID) -> None:
    page.resize(1300, 800)
    desk.settle()
    detail, card = page.detail, page.prospecting.qualification
    assert card.x() == detail.about.x()
    desk.session.run(page, change_stage, gina, Stage.WON)
    desk.settle()
    assert card.x() == detail.timeline.x()
    assert card.y() > detail.timeline.y()
    page.resize(600, 800)
    page.sides.show_detail(True)
    desk.settle()
    assert card.y() > detail.consents.y()
    desk.session.run(page, change_stage, gina, Stage.NEGOTIATING)
    desk.settle()
    assert detail.about.y() < card.y() < detail.buying.y()
