"""Signing: the field with mouse, pen, touch and keys; the window that keeps signatures; where orders say who signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo
from directsell.domain.invoicing import PaperKind
from directsell.domain.orders import Order, Signer
from directsell.domain.papers import Paper
from directsell.domain.signatures import MOST_POINTS, Stroke, checked
from directsell.store.queries.orders import OrderView
from directsell.store.queries.papers import active_papers
from directsell.store.queries.signatures import Signed, signatures_of
from directsell.ui import dialogs
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.navigation import Route
from directsell.ui.pages.desk import DeskPage
from directsell.ui.pages.orders import OrdersPage
from directsell.ui.theme import SchemeChoice, theme
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.labels import ElidedLabel, Label
from directsell.ui.widgets.signature_pad import SignaturePad, SignaturePicture
from directsell.ui.widgets.signing import SignDialog, ask_signature
from directsell.usecases.demos import save_demo
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.orders import OrderForm, delete_order, save_order
from directsell.usecases.parties import seat_guest
from directsell.usecases.signatures import sign_on_paper, sign_order
from tests.ui.counter import Counter

LEFT = Qt.MouseButton.LeftButton
WAY = [(60, 120), (160, 40), (240, 130), (330, 60), (420, 120)]
NAME: tuple[Stroke, ...] = (((100, 100), (300, 40), (600, 200)),)


@pytest.fixture
def counter(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "book", qtbot)
    yield made
    made.close()


@pytest.fixture
def order(counter: Counter) -> OrderView:
    return counter.shop.enter("Amy", ("CV-110", "2"), ("CV-402", "1"))


@pytest.fixture
def pad(themed: QApplication, qtbot: QtBot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(500, 190)
    with qtbot.waitExposed(made):
        made.show()
    return made


def draw(pad: SignaturePad, way: Iterable[tuple[int, int]] = WAY) -> None:
    """Draw one stroke with the mouse."""
    places = [QPoint(*place) for place in way]
    QTest.mousePress(pad, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, LEFT, pos=places[-1])


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())


# --- the field


def test_the_mouse_draws_in_thousandths_of_the_width(pad: SignaturePad) -> None:
    draw(pad)
    assert pad.strokes() == (((120, 240), (320, 80), (480, 260), (660, 120), (840, 240)),)
    assert checked(pad.strokes()) == pad.strokes()
    assert pad.accessibleDescription() == "1 stroke"


def test_strokes_stay_the_same_when_the_field_grows(pad: SignaturePad) -> None:
    draw(pad)
    before = pad.strokes()
    pad.resize(900, 342)
    assert pad.strokes() == before
    draw(pad, [(9, 9), (90, 90)])
    assert pad.strokes()[1] == ((10, 10), (100, 100))


def test_the_pen_leaves_the_field_and_nothing_leaves_the_paper(pad: SignaturePad) -> None:
    draw(pad, [(250, 90), (900, -80), (-300, 4000)])
    (stroke,) = pad.strokes()
    assert stroke == ((500, 180), (1000, 0), (0, 380))


def test_a_tablet_pen_draws(pad: SignaturePad) -> None:
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(WAY) - 2), QEvent.Type.TabletRelease]
    for kind, place in zip(kinds, WAY, strict=True):
        event = QTabletEvent(
            kind, QPointingDevice.primaryPointingDevice(), QPointF(*place), QPointF(*place), 0.7, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, LEFT, LEFT,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)
        assert event.isAccepted()
    assert pad.strokes() == (((120, 240), (320, 80), (480, 260), (660, 120), (840, 240)),)


def test_a_finger_draws_and_a_second_one_does_not(pad: SignaturePad) -> None:
    device = QTest.createTouchDevice()
    first, second = [QPoint(*place) for place in WAY], QPoint(10, 10)
    QTest.touchEvent(pad, device).press(0, first[0], pad).commit()
    for place in first[1:-1]:
        QTest.touchEvent(pad, device).move(0, place, pad).press(1, second, pad).commit()
        second += QPoint(20, 0)
    QTest.touchEvent(pad, device).release(0, first[-1], pad).release(1, second, pad).commit()
    assert len(pad.strokes()) == 1
    assert pad.strokes()[0][0] == (120, 240)
    assert (20, 20) not in pad.strokes()[0]


def test_keys_clear_and_take_strokes_back(pad: SignaturePad, qtbot: QtBot) -> None:
    draw(pad)
    draw(pad, [(10, 10), (60, 60)])
    pad.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(pad.strokes()) == 1
    with qtbot.waitSignal(pad.changed):
        QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.is_empty()
    assert pad.accessibleDescription() == "Empty"


def test_endless_scribbling_stops_at_the_limit(pad: SignaturePad) -> None:
    for row in range(80):
        pad._begin(QPointF(0, row % 190))
        for column in range(0, 500, 2):
            pad._move(QPointF(column, (row + column) % 190))
        pad._end(None)
    assert sum(len(stroke) for stroke in pad.strokes()) <= MOST_POINTS
    assert pad.is_full()
    assert checked(pad.strokes()) == pad.strokes()
    count = len(pad.strokes())
    draw(pad)
    assert len(pad.strokes()) == count


def test_a_slow_hand_leaves_no_more_points_than_a_pen_can_draw(pad: SignaturePad) -> None:
    pad._begin(QPointF(10, 50))
    for step in range(2_000):
        pad._move(QPointF(10 + step * 0.2, 50))
    pad._end(QPointF(410, 50))
    (stroke,) = pad.strokes()
    assert len(stroke) < 300


@pytest.mark.parametrize("scheme", [SchemeChoice.LIGHT, SchemeChoice.DARK])
def test_the_paper_is_light_in_every_scheme(pad: SignaturePad, scheme: SchemeChoice) -> None:
    before = theme().choice
    theme().set_choice(scheme)
    try:
        draw(pad, [(50, 60), (200, 60)])
        seen: QImage = pad.grab().toImage()
        middle = QColor(seen.pixel(seen.width() // 2, seen.height() // 10))
        assert min(middle.red(), middle.green(), middle.blue()) > 240
        ratio = seen.devicePixelRatio()
        assert QColor(seen.pixel(round(125 * ratio), round(60 * ratio))).lightness() < 120
    finally:
        theme().set_choice(before)


def test_a_signature_is_not_mirrored_from_right_to_left(pad: SignaturePad) -> None:
    pad.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    draw(pad, [(50, 60), (100, 60)])
    assert pad.strokes() == (((100, 120), (200, 120)),)
    seen = pad.grab().toImage()
    ratio = seen.devicePixelRatio()
    assert QColor(seen.pixel(round(75 * ratio), round(60 * ratio))).lightness() < 120
    assert QColor(seen.pixel(round(425 * ratio), round(60 * ratio))).lightness() > 240


# --- the window


def signed(counter: Counter, order_id: UUID) -> dict[Signer, Signed]:
    return counter.shop.app.read(signatures_of, counter.shop.view(order_id))


@pytest.fixture
def window(counter: Counter, order: OrderView) -> Iterator[SignDialog]:
    page = counter.show(OrdersPage(counter.session))
    made = ask_signature(counter.session, page, order.order.id)
    assert made is not None
    counter.settle()
    yield made
    made.guard = None


def test_a_signature_is_kept_with_the_order(counter: Counter, window: SignDialog, order: OrderView) -> None:
    assert "Amy" in "\n".join(label.text() for label in window.findChildren(ElidedLabel))
    assert window.total.text() == "$63.57"
    assert not window.save_button.isEnabled()
    assert window.pad.hasFocus()
    draw(window.pad)
    QTest.mouseClick(window.save_button, LEFT)
    counter.settle()
    found = signed(counter, order.order.id)[Signer.CUSTOMER]
    assert found.covers
    assert len(found.drawn) == 1
    assert counter.said == ["Signature kept"]
    counter.session.undo()
    counter.settle()
    assert signed(counter, order.order.id) == {}


def test_clear_and_keys(counter: Counter, window: SignDialog, order: OrderView) -> None:
    draw(window.pad)
    QTest.mouseClick(window.clear_button, LEFT)
    assert window.pad.is_empty()
    assert not window.save_button.isEnabled()
    draw(window.pad)
    QTest.keyClick(window.pad, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    counter.settle()
    assert Signer.CUSTOMER in signed(counter, order.order.id)


def test_the_seller_signs_too(counter: Counter, window: SignDialog, order: OrderView) -> None:
    window.who.set_value(Signer.SELLER.value)
    draw(window.pad)
    window.save_button.click()
    counter.settle()
    assert list(signed(counter, order.order.id)) == [Signer.SELLER]


def test_signed_on_paper_is_noted(counter: Counter, window: SignDialog, order: OrderView) -> None:
    window.paper_button.click()
    counter.settle()
    assert signed(counter, order.order.id)[Signer.CUSTOMER].drawn == ()
    assert counter.said == ["Noted: signed on paper"]


@pytest.mark.parametrize("answer", [True, False])
def test_signing_again_asks_first(
    counter: Counter, order: OrderView, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    first = counter.shop.app.run(sign_order, order.order.id, signer=Signer.CUSTOMER, strokes=NAME)
    scripted = ScriptedDialogs(answer)
    before = dialogs.use(scripted)
    try:
        page = counter.show(OrdersPage(counter.session))
        window = ask_signature(counter.session, page, order.order.id)
        assert window is not None
        assert "Signed already" in texts(window)
        draw(window.pad)
        window.save_button.click()
        counter.settle()
        assert [title for _kind, title, _text in scripted.asked] == ["Sign again?"]
        found = signed(counter, order.order.id)[Signer.CUSTOMER].signature
        assert (found.id != first.id) is answer
        if not answer:
            window.guard = None
            window.reject()
    finally:
        dialogs.use(before)


def test_a_drawn_signature_is_not_thrown_away_unasked(counter: Counter, window: SignDialog) -> None:
    scripted = ScriptedDialogs(False, True)
    before = dialogs.use(scripted)
    try:
        draw(window.pad)
        window.reject()
        assert window.isVisible()
        window.reject()
        assert not window.isVisible()
    finally:
        dialogs.use(before)


def test_what_was_printed_before_is_said(counter: Counter, order: OrderView) -> None:
    counter.shop.app.run(issue_paper, order.order.id, PaperKind.ORDER_SLIP)
    page = counter.show(OrdersPage(counter.session))
    window = ask_signature(counter.session, page, order.order.id)
    assert window is not None
    assert "B-A-2026-0001 was printed before" in texts(window)
    window.reject()


def test_an_order_that_is_gone_is_a_sentence(counter: Counter) -> None:
    page = counter.show(OrdersPage(counter.session))
    assert ask_signature(counter.session, page, counter.shop.ids.new()) is None
    assert len(counter.complained) == 1


@pytest.mark.parametrize(("width", "height"), [(1366, 740), (683, 384)])
def test_the_window_fits_on_small_screens(counter: Counter, order: OrderView, width: int, height: int) -> None:
    page = counter.show(OrdersPage(counter.session), width, height)
    window = ask_signature(counter.session, page, order.order.id)
    assert window is not None
    counter.settle()
    assert window.width() <= page.window().width()
    assert window.sizeHint().height() <= max(page.window().height(), 400)
    assert window.pad.height() >= 110
    window.reject()


# --- where orders say who signed


def test_the_order_shows_its_signature_and_that_it_changed_since(counter: Counter, order: OrderView) -> None:
    page = counter.show(OrdersPage(counter.session))
    page.show_route(Route("orders", str(order.order.id)))
    counter.settle()
    card = page.detail.signature
    assert "Nobody signed" in texts(card)
    assert card.sign_button.caption() == "Sign"
    counter.shop.app.run(sign_order, order.order.id, signer=Signer.CUSTOMER, strokes=NAME)
    counter.settle()
    assert len([one for one in card.findChildren(SignaturePicture) if not one.isHidden()]) == 1
    assert card.sign_button.caption() == "Sign again"
    view = counter.shop.view(order.order.id)
    counter.shop.app.run(save_order, OrderForm(order=replace(view.order, shipping=300), lines=view.lines))
    counter.settle()
    assert "Changed after signing" in texts(card)
    assert not [one for one in card.findChildren(SignaturePicture) if not one.isHidden()]
    counter.shop.app.run(sign_on_paper, order.order.id, signer=Signer.CUSTOMER)
    counter.settle()
    assert "on paper" in "\n".join(label.text() for label in card.findChildren(QWidget) if hasattr(label, "text"))
    assert any(command.text == "Sign" and command.shortcut == "F4" for command in page.commands())


def test_a_draft_is_not_signed(counter: Counter) -> None:
    order = counter.shop.blank("Amy")
    line = counter.shop.line(order, "CV-110")
    counter.shop.app.run(save_order, OrderForm(order=order, lines=(line,)))
    page = counter.show(OrdersPage(counter.session))
    page.show_route(Route("orders", str(order.id)))
    counter.settle()
    assert page.detail.signature.isHidden()
    assert all(command.text != "Sign" for command in page.commands())
    counter.shop.app.run(delete_order, order.id)
    counter.settle()


@pytest.fixture
def desk(counter: Counter) -> DeskPage:
    shop = counter.shop
    demo = Demo(id=shop.ids.new(), title="Dana's party", host_id=shop.person("Dana"), day=date(2026, 2, 13), starts=time(19), created_at=shop.clock.now())  # fmt: skip
    shop.app.run(save_demo, demo)
    shop.app.run(seat_guest, demo.id, shop.person("Amy"))
    page = counter.show(DeskPage(counter.session), 1320, 740)
    page.show_route(Route("desk", str(demo.id)))
    counter.settle()
    return page


def sheet(desk: DeskPage) -> SignDialog:
    (found,) = [one for one in desk.findChildren(SignDialog) if one.isVisible()]
    return found


def run(page: DeskPage, text: str) -> None:
    next(command for command in page.commands() if command.text == text).run()


def test_placing_and_signing_at_the_desk_is_one_key(counter: Counter, desk: DeskPage) -> None:
    desk.guests.list.select_key(counter.shop.person("Amy"))
    desk.guests.list.open_current()
    counter.settle()
    counter.type("CV-110", Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert next(command.shortcut for command in desk.commands() if command.text == "Place & sign") == "F4"
    run(desk, "Place & sign")
    counter.settle()
    window = sheet(desk)
    draw(window.pad)
    window.save_button.click()
    counter.settle()
    (order,) = counter.shop.app.read(lambda reader: reader.find(Order))
    assert signed(counter, order.id)[Signer.CUSTOMER].covers
    assert "Signed Feb 13, 2026" in texts(desk.placed)
    captions = [button.caption() for button in desk.placed.findChildren(Button) if button.isVisible()]
    assert "Sign again" in captions
    desk.errands.issue(order.id)
    counter.settle()
    (paper,) = counter.shop.app.read(active_papers, order.id)
    assert Paper.from_json(paper.content).customer_signed.strokes
    for window_ in QApplication.topLevelWidgets():
        if window_.isVisible() and window_ is not desk:
            window_.close()


def test_a_placed_order_is_signed_by_key_and_says_when_it_changed(counter: Counter, desk: DeskPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"), demo_id=desk.demo_id)
    counter.settle()
    desk.open_person(counter.shop.person("Amy"))
    counter.settle()
    run(desk, "Sign")
    window = sheet(desk)
    draw(window.pad)
    window.save_button.click()
    counter.settle()
    assert "Signed " in texts(desk.placed)
    counter.shop.app.run(save_order, OrderForm(order=replace(view.order, shipping=500), lines=view.lines))
    counter.settle()
    assert "Changed after signing" in texts(desk.placed)


def test_the_closing_list_leads_to_the_field(counter: Counter, desk: DeskPage) -> None:
    view = counter.shop.enter("Amy", ("CV-110", "1"), demo_id=desk.demo_id)
    counter.settle()
    run(desk, "Close the party")
    counter.settle()
    closing = desk.closing.sheet
    assert closing is not None
    QTest.mouseClick(next(b for b in closing.findChildren(Button) if b.isVisible() and b.caption() == "Sign"), LEFT)
    counter.settle()
    (window,) = [one for one in closing.findChildren(SignDialog) if one.isVisible()]
    draw(window.pad)
    window.save_button.click()
    counter.settle()
    assert Signer.CUSTOMER in signed(counter, view.order.id)
    assert "Sign" not in [b.caption() for b in closing.findChildren(Button) if b.isVisible()]
