"""The Pipeline page through real keys and drags: cards move and come back, contacts in two keys, filters, list, objections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from directsell.domain.followups import FollowUp, FollowUpState, Reason
from directsell.domain.marketing import Campaign
from directsell.domain.objections import Objection, ObjectionKind, ObjectionResult
from directsell.domain.orders import OrderState
from directsell.domain.people import (
    BudgetLevel,
    Channel,
    ContactEntry,
    Decider,
    Fit,
    LostReason,
    NeedLevel,
    Outcome,
    Person,
    Role,
    Stage,
    role_of,
    tag_of,
)
from directsell.domain.pipeline import STAGES
from directsell.domain.qualification import FactorKind
from directsell.ui.navigation import Route
from directsell.ui.pages.pipeline import PipelinePage
from directsell.ui.pages.pipeline.page import BOARD, LIST, OBJECTIONS
from tests.fixtures import books
from tests.ui.conftest import Desk

TODAY = books.NOON.date()
CONTROL = Qt.KeyboardModifier.ControlModifier


class Prospects:
    """People made by name, and the page that shows them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.ids: dict[str, UUID] = {}
        self.page: PipelinePage | None = None

    def add(self, name: str, stage: Stage = Stage.NEW, *, due: int | None = None, **fields: object) -> UUID:
        """Put somebody into the book; ``due`` plans a contact so many days from today."""
        fields = {"stage_on": TODAY, **fields}
        with self.desk.write() as work:
            person = books.add_person(work, name, stage=stage, **fields)
            if due is not None:
                work.save(
                    FollowUp(
                        id=work.new_id(),
                        person_id=person.id,
                        due_on=TODAY + timedelta(days=due),
                        reason=Reason.CALL_BACK,
                        created_at=work.now,
                    )
                )
        self.ids[name] = person.id
        return person.id

    def show(self, width: int = 1140, height: int = 740) -> PipelinePage:
        """Show the page and wait for its cards."""
        page = self.page = self.desk.show(PipelinePage(self.desk.session), width, height)
        self.desk.session.navigation.go("pipeline")
        page.show_route(Route("pipeline"))
        self.desk.settle()
        page.board.setFocus()
        return page

    def stored(self, name: str) -> Person:
        """Return somebody as stored."""
        key = self.ids[name]
        return self.desk.session.app.read(lambda reader: reader.get(Person, key))

    def names(self, stage: Stage) -> list[str]:
        """Return the cards of a column, from the top."""
        assert self.page is not None
        return [card.name for card in self.page.board.pipeline.columns[STAGES.index(stage)].cards]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is, and wait."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifier)
        self.desk.settle()

    def letter(self, text: str) -> None:
        """Type letters where the focus is, and wait."""
        for one in text:
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClicks(widget, one)
            self.desk.settle()


@pytest.fixture
def prospects(desk: Desk) -> Prospects:
    """An empty book."""
    return Prospects(desk)


def drag(page: PipelinePage, key: UUID, stage: Stage) -> None:
    """Drag a card to the column of a stage with the pointer."""
    board = page.board
    view = board.viewport()
    start = board.card_rect(*board._places[key]).center()
    end = QPoint(board.column_rect(STAGES.index(stage)).center().x(), 300)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (8, 16, 40):
        QTest.mouseMove(view, start + QPoint(step, 0))
        _move(board, start + QPoint(step, 0))
    _move(board, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def _move(board: object, point: QPoint) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    view = board.viewport()  # type: ignore[attr-defined]
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(view.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, event)


# --- the board


def test_an_empty_pipeline_teaches(prospects: Prospects) -> None:
    page = prospects.show()
    assert page._stack.currentWidget() is page._nothing
    page.new_prospect()
    assert prospects.desk.routes[-1] == Route("people", None, "new")


def test_cards_stand_in_their_columns_the_most_urgent_first(prospects: Prospects) -> None:
    prospects.add("Planned", due=5)
    prospects.add("Promising", need_level=NeedLevel.STRONG)
    prospects.add("Overdue", due=-2)
    prospects.add("Nobody")
    prospects.add("Old", Stage.WON, stage_on=TODAY - timedelta(days=200))
    prospects.add("Recent", Stage.WON, stage_on=TODAY - timedelta(days=20))
    supplier = prospects.add("Supplier")
    with prospects.desk.write() as work:
        work.save(role_of(supplier, Role.SUPPLIER))
    page = prospects.show()
    assert prospects.names(Stage.NEW) == ["Overdue", "Promising", "Nobody", "Planned"]
    assert prospects.names(Stage.WON) == ["Recent"]
    assert page.pipeline.count == 5
    looks = {card.name: page.look.words(card) for card in page.pipeline.columns[0].cards}
    assert (looks["Overdue"].tone, looks["Nobody"].step, looks["Nobody"].tone) == ("bad", "No next step", "warn")


@pytest.mark.parametrize(
    ("key", "modifier", "stage"),
    [
        (Qt.Key.Key_Right, CONTROL, Stage.QUALIFIED),
        (Qt.Key.Key_Left, CONTROL, Stage.NEW),
        (Qt.Key.Key_Greater, Qt.KeyboardModifier.ShiftModifier, Stage.QUALIFIED),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.NoModifier, Stage.NEW),
        (Qt.Key.Key_6, Qt.KeyboardModifier.NoModifier, Stage.NEGOTIATING),
    ],
)
def test_one_key_moves_a_card_and_undo_brings_it_back(
    prospects: Prospects, key: Qt.Key, modifier: Qt.KeyboardModifier, stage: Stage
) -> None:
    prospects.add("Gina", Stage.CONTACTED, stage_on=date(2026, 6, 1))
    page = prospects.show()
    page.board.select(prospects.ids["Gina"])
    prospects.press(key, modifier)
    assert (prospects.stored("Gina").stage, prospects.stored("Gina").stage_on) == (stage, TODAY)
    assert prospects.names(stage) == ["Gina"]
    current = page.board.current()
    assert current is not None
    assert current.name == "Gina"  # it stays in hand
    prospects.desk.session.undo()
    prospects.desk.settle()
    assert prospects.names(Stage.CONTACTED) == ["Gina"]
    assert prospects.stored("Gina").stage_on == date(2026, 6, 1)


def test_customers_and_lost_ones_are_not_counted_as_prospects(prospects: Prospects) -> None:
    for name, stage in (("Gina", Stage.NEW), ("Hana", Stage.QUALIFIED), ("Ida", Stage.WON), ("Jan", Stage.LOST)):
        prospects.add(name, stage)
    page = prospects.show()
    assert page.header.subtitle.text() == "2 prospects"


def test_one_drag_moves_a_card(prospects: Prospects) -> None:
    prospects.add("Gina")
    page = prospects.show()
    drag(page, prospects.ids["Gina"], Stage.QUALIFIED)
    prospects.desk.settle()
    assert prospects.stored("Gina").stage is Stage.QUALIFIED
    assert "Stage: Qualified" in prospects.desk.said


def test_a_drag_that_is_given_up_moves_nothing(prospects: Prospects) -> None:
    prospects.add("Gina")
    page = prospects.show()
    board = page.board
    start = board.card_rect(0, 0).center()
    QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=start)
    _move(board, start + QPoint(300, 0))
    QTest.keyClick(board, Qt.Key.Key_Escape)
    QTest.mouseRelease(board.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(300, 0))
    prospects.desk.settle()
    assert prospects.stored("Gina").stage is Stage.NEW


def test_losing_somebody_asks_why_in_one_key(prospects: Prospects) -> None:
    prospects.add("Gina", Stage.NEGOTIATING)
    page = prospects.show()
    page.board.select(prospects.ids["Gina"])
    prospects.letter("8")
    assert page.strip.isVisible()
    assert prospects.stored("Gina").stage is Stage.NEGOTIATING  # not before the reason is said
    prospects.letter("1")
    gina = prospects.stored("Gina")
    assert (gina.stage, gina.lost_reason) == (Stage.LOST, LostReason.PRICE)
    assert page.strip.isHidden()
    assert page.board.hasFocus()
    prospects.press(Qt.Key.Key_Left, CONTROL)
    assert (prospects.stored("Gina").stage, prospects.stored("Gina").lost_reason) == (Stage.WON, LostReason.NONE)


def test_escape_keeps_who_was_nearly_lost(prospects: Prospects) -> None:
    prospects.add("Gina")
    page = prospects.show()
    page.board.select(prospects.ids["Gina"])
    prospects.letter("8")
    prospects.press(Qt.Key.Key_Escape)
    assert page.strip.isHidden()
    assert prospects.stored("Gina").stage is Stage.NEW


def test_arrows_go_from_card_to_card_over_empty_columns(prospects: Prospects) -> None:
    for name in ("A", "B"):
        prospects.add(name, due=0)
    prospects.add("Far", Stage.NEGOTIATING)
    page = prospects.show()
    page.board.select_first()
    steps = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End):
        prospects.press(key)
        card = page.board.current()
        steps.append(card.name if card is not None else "")
    assert steps[1] == "Far"
    assert {steps[0], steps[3]} == {"A", "B"}
    assert page.board.accessibleDescription().startswith(steps[-1])


def test_right_to_left_the_arrows_follow_the_eye(prospects: Prospects) -> None:
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    prospects.add("Gina", Stage.CONTACTED)
    page = prospects.show()
    first, second = page.board.column_rect(0), page.board.column_rect(1)
    assert first.x() > second.x()
    page.board.select(prospects.ids["Gina"])
    prospects.press(Qt.Key.Key_Left, CONTROL)
    assert prospects.stored("Gina").stage is Stage.QUALIFIED


def test_a_column_scrolls_by_itself(prospects: Prospects) -> None:
    for number in range(20):
        prospects.add(f"N{number}")
    prospects.add("Gina", Stage.CONTACTED)
    page = prospects.show()
    middle = QPointF(page.board.column_rect(0).center())
    event = QWheelEvent(
        middle,
        page.board.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.board.viewport(), event)
    assert (page.board.offset(0), page.board.offset(1)) == (180, 0)
    page.board.select_first()
    prospects.press(Qt.Key.Key_End)
    rect = page.board.card_rect(0, 19)
    assert page.board.viewport().rect().contains(rect)


# --- two keys


def test_a_contact_is_logged_in_three_strokes(prospects: Prospects) -> None:
    prospects.add("Gina", due=-1)
    page = prospects.show()
    page.board.select(prospects.ids["Gina"])
    prospects.letter("lc1")
    key = prospects.ids["Gina"]
    entries = prospects.desk.session.app.read(lambda reader: reader.find(ContactEntry, person_id=key))
    assert [(entry.channel, entry.outcome) for entry in entries] == [(Channel.CALL, Outcome.REACHED)]
    due = prospects.desk.session.app.read(lambda reader: reader.find(FollowUp, person_id=key))
    assert [follow_up.state for follow_up in due] == [FollowUpState.DONE]
    assert prospects.stored("Gina").stage is Stage.CONTACTED
    assert "Contact logged" in prospects.desk.said


def test_the_next_step_is_planned_with_a_digit_and_words(prospects: Prospects) -> None:
    prospects.add("Gina", Stage.DEMO_DONE)
    page = prospects.show()
    page.board.select(prospects.ids["Gina"])
    prospects.letter("n3")
    prospects.letter("Catalogue")
    prospects.press(Qt.Key.Key_Return)
    key = prospects.ids["Gina"]
    (planned,) = prospects.desk.session.app.read(lambda reader: reader.find(FollowUp, person_id=key))
    assert (planned.due_on, planned.reason, planned.text) == (date(2026, 6, 22), Reason.AFTER_DEMO, "Catalogue")
    card = page.board.card(key)
    assert card is not None
    assert card.step is not None


@pytest.mark.parametrize(("letter", "page_key"), [("d", "demos"), ("q", "orders"), ("p", "people")])
def test_letters_lead_on(prospects: Prospects, letter: str, page_key: str) -> None:
    prospects.add("Gina")
    page = prospects.show()
    page.board.select(prospects.ids["Gina"])
    prospects.letter(letter)
    route = prospects.desk.routes[-1]
    assert route.page == page_key
    assert str(prospects.ids["Gina"]) in f"{route.id} {route.view}"


# --- filters


def test_filters_leave_what_fits(prospects: Prospects) -> None:
    with prospects.desk.write() as work:
        campaign = work.save(Campaign(id=work.new_id(), name="Spring", starts_on=TODAY, created_at=work.now))
    prospects.add("Market", lead_source="Market stall", due=-1)
    tagged = prospects.add("Tagged", due=3)
    prospects.add("Spring", campaign_id=campaign.id, due=3)
    prospects.add("Old", stage_on=TODAY - timedelta(days=40), due=3)
    prospects.add("Bare", need="sharp knives")
    with prospects.desk.write() as work:
        work.save(tag_of(tagged, "vip"))
    page = prospects.show()
    filters = page.filters
    found = {}
    changes: dict[str, dict[str, object]] = {
        "source": {"source": "Market stall"},
        "tag": {"tag": "vip"},
        "campaign": {"campaign_id": campaign.id},
        "age": {"days": 30},
        "overdue": {"overdue": True},
        "without": {"without_step": True},
    }
    for name, change in changes.items():
        filters.clear()
        filters._set(**change)
        prospects.desk.settle()
        found[name] = prospects.names(Stage.NEW)
    assert found == {
        "source": ["Market"],
        "tag": ["Tagged"],
        "campaign": ["Spring"],
        "age": ["Old"],
        "overdue": ["Market"],
        "without": ["Bare"],
    }
    filters.clear()
    filters.search.setFocus()
    QTest.keyClicks(filters.search, "knives")
    prospects.desk.qtbot.waitUntil(lambda: prospects.names(Stage.NEW) == ["Bare"], timeout=5000)


def test_nobody_fits(prospects: Prospects) -> None:
    prospects.add("Gina", due=1)
    page = prospects.show()
    page.filters._set(without_step=True)
    prospects.desk.settle()
    assert page._stack.currentWidget() is page._unfit
    page._unfit.action_clicked.emit()
    prospects.desk.settle()
    assert prospects.names(Stage.NEW) == ["Gina"]


# --- list, sheet, objections


def test_the_list_has_the_same_keys(prospects: Prospects) -> None:
    prospects.add("Anna", due=2)
    prospects.add("Gina", Stage.CONTACTED, need_level=NeedLevel.STRONG)
    page = prospects.show()
    page.show_view(LIST)
    prospects.desk.settle()
    page.table.sort_wanted.emit("score", True)
    page.table.select_first()
    assert page.table.current_key() == prospects.ids["Gina"]
    page.table.setFocus()
    prospects.letter("4")
    assert prospects.stored("Gina").stage is Stage.DEMO_BOOKED
    prospects.letter("<")
    assert prospects.stored("Gina").stage is Stage.QUALIFIED
    prospects.letter("lm2")
    assert "Contact logged" in prospects.desk.said
    page.show_view(BOARD)
    assert page.view == BOARD


def test_the_sheet_shows_tries_quotes_and_what_is_planned(prospects: Prospects) -> None:
    gina = prospects.add("Gina", Stage.NEGOTIATING, due=2)
    with prospects.desk.write() as work:
        order = books.add_order(work, person_id=gina)
        work.save(replace(order, state=OrderState.QUOTED, valid_until=TODAY + timedelta(days=9)))
        work.save(ContactEntry(id=work.new_id(), person_id=gina, at=work.now, channel=Channel.CALL))
    page = prospects.show()
    page.board.select(gina)
    card = page.board.card(gina)
    assert card is not None
    assert card.value > 0
    prospects.press(Qt.Key.Key_Return)
    sheet = page.sheet
    assert sheet.isVisible()
    assert sheet.shown is not None
    assert (len(sheet.shown.quotes), sheet.shown.attempts.total, len(sheet.shown.steps)) == (1, 1, 1)
    prospects.press(Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert page.board.hasFocus()


def test_qualification_is_stored_at_each_choice_and_explains_itself(prospects: Prospects) -> None:
    prospects.add("Gina")
    page = prospects.show()
    page._open(prospects.ids["Gina"])
    card = page.sheet.qualification
    assert card.ask.isVisible()
    field = card.levels[FactorKind.NEED]
    field.setCurrentIndex(list(NeedLevel).index(NeedLevel.STRONG))
    field.activated.emit(field.currentIndex())
    prospects.desk.settle()
    assert prospects.stored("Gina").need_level is NeedLevel.STRONG
    assert card.total.text() == "30 of 100 points"
    assert "up to 70 more" in card.open.text()
    card.need.setFocus()
    QTest.keyClicks(card.need, "knives")
    QTest.keyClick(card.need, Qt.Key.Key_Return)
    prospects.desk.settle()
    assert prospects.stored("Gina").need == "knives"
    shown = page.board.card(prospects.ids["Gina"])
    assert shown is not None
    assert shown.score == 30


def test_words_typed_into_the_sheet_survive_its_closing(prospects: Prospects) -> None:
    prospects.add("Gina", budget_level=BudgetLevel.TIGHT, fit=Fit.GOOD, decider=Decider.SELF)
    page = prospects.show()
    page._open(prospects.ids["Gina"])
    page.sheet.qualification.budget.setFocus()
    QTest.keyClicks(page.sheet.qualification.budget, "<= 100")
    page.sheet.ask_close()
    prospects.desk.settle()
    assert prospects.stored("Gina").budget == "<= 100"


def test_an_objection_is_noted_and_the_best_answer_offered(prospects: Prospects) -> None:
    anna, gina = prospects.add("Anna"), prospects.add("Gina")
    with prospects.desk.write() as work:
        work.save(
            Objection(
                id=work.new_id(),
                person_id=anna,
                kind=ObjectionKind.PRICE,
                text="Too much",
                answer="Two instalments",
                result=ObjectionResult.OVERCOME,
                at=work.now,
            )
        )
    page = prospects.show()
    page.board.select(gina)
    prospects.letter("o")
    form = page.form
    assert form.isVisible()
    (offer,) = form.offers()
    offer.click()
    form.text.set_value("Too expensive")
    form.result.set_value(ObjectionResult.OPEN)
    form.save_button.click()
    prospects.desk.settle()
    (noted,) = prospects.desk.session.app.read(lambda reader: reader.find(Objection, person_id=gina))
    assert (noted.text, noted.answer, noted.kind) == ("Too expensive", "Two instalments", ObjectionKind.PRICE)
    page.show_view(OBJECTIONS)
    prospects.desk.settle()
    (bar,) = page.objections.bars
    assert (bar.count.total, bar.count.people, bar.count.overcome) == (2, 2, 1)


def test_what_is_stored_elsewhere_shows_at_once(prospects: Prospects) -> None:
    prospects.add("Gina")
    page = prospects.show()
    page.board.select(prospects.ids["Gina"])
    with prospects.desk.write() as work:
        work.update(Person, prospects.ids["Gina"], stage=Stage.WON, stage_on=TODAY)
    prospects.desk.settle()
    assert prospects.names(Stage.WON) == ["Gina"]
    current = page.board.current()
    assert current is not None
    assert current.stage is Stage.WON
