"""Today by key, one contact after the other, while its other cards are filled anew at every step."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from directsell.domain.contact_choices import Channel, Reason
from directsell.domain.followups import FollowUp
from directsell.domain.people import Person
from directsell.ui.navigation import Route
from directsell.ui.pages.today import TodayPage
from directsell.ui.pages.today.contact_line import ContactLine
from tests.fixtures import books
from tests.ui.conftest import Desk
from tests.ui.papers import set_up


def test_three_keys_settle_three_contacts(desk: Desk) -> None:
    today = books.NOON.date()
    with desk.write() as work:
        set_up(work)
        for name in ("Amy", "Beth", "Carla", "Dee"):
            person = books.add_person(work, name)
            tomorrow = today + timedelta(days=1)
            work.update(Person, person.id, birthday=f"--{tomorrow.month:02d}-{tomorrow.day:02d}")
            work.save(
                FollowUp(
                    id=work.new_id(),
                    person_id=person.id,
                    due_on=today,
                    reason=Reason.LEAD,
                    channel=Channel.CALL,
                    created_at=books.NOON,
                )
            )
    page = desk.show(TodayPage(desk.session))
    page.show_route(Route("today"))
    desk.settle()
    assert page.birthdays.isVisible()
    page.contacts.lines[0].setFocus()
    for left in (3, 2, 1):
        held = QApplication.focusWidget()
        assert isinstance(held, ContactLine)
        QTest.keyClick(held, Qt.Key.Key_1)
        desk.settle()
        assert len(page.contacts.lines) == left
    assert QApplication.focusWidget() is page.contacts.lines[0]
