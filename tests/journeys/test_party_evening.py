"""Scenario A, steps 1 to 9, at the real window: every figure read from what the seller sees; papers from their PDFs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from directsell.domain.demos import Demo
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.orders import Order, OrderState, Withdrawal
from directsell.domain.people import Person, Stage
from directsell.store.doctor import examine
from directsell.store.queries.orders import order_view
from directsell.store.queries.settlements import party_account
from directsell.ui.languages import use_language
from directsell.ui.theme import SchemeChoice, theme
from tests.documents.reading import squeeze, text_of
from tests.journeys.evening import STREET, Evening
from tests.journeys.hands import PARTY, row_of, seen

GUESTS = (
    ("Beth Lindqvist", "505 555 0150"),
    ("Carla Moreno", "505 555 0151"),
    ("Dee Novak", "505 555 0152"),
    ("Ella Brandt", "505 555 0153"),
    ("Fay Tanaka", "505 555 0154"),
    ("Gina Castillo", "505 555 0155"),
)
IN_TIME, TOO_LATE, BOUNCED = date(2026, 2, 17), date(2026, 2, 19), date(2026, 2, 20)
HUSBAND = "must ask husband"


@pytest.fixture
def evening(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Evening]:
    qapp.setStyle("Fusion")
    qapp.setQuitOnLastWindowClosed(False)
    theme().install(qapp, SchemeChoice.LIGHT)
    use_language("en_US")
    (tmp_path / "out").mkdir()
    made = Evening(tmp_path / "data", tmp_path / "out")
    with made.journey.scripted():
        yield made
    for one in (made, *made.branches):
        one.player.give_up(tmp_path / "stuck.png")
    qapp.setQuitOnLastWindowClosed(True)


def test_dana_s_party(evening: Evening) -> None:
    evening.prepare()
    step_1_order_by_keyboard(evening)
    step_3_power_cut(evening)
    step_2_reward_and_coach(evening)
    step_4_booking_and_slip(evening)
    step_5_redemption(evening)
    step_6_tally(evening)
    step_7_settlement(evening)
    evening.player.close()
    for ending in (step_8_bounce, step_9_charged, step_9_absorbed, step_9_too_late):
        branch = evening.branch(ending.__name__)
        ending(branch)
        assert {finding.code for finding in examine(branch.player.app.store)} <= {"clock.future"}
        branch.player.close()


def paper(pdf: bytes) -> list[str]:
    """Return the letters of each page."""
    return [squeeze(page) for page in text_of(pdf)]


def says(pdf: bytes, *words: str) -> None:
    """Each of these stands on the paper, in this order."""
    whole, place = "".join(paper(pdf)), 0
    for word in words:
        assert squeeze(word) in whole[place:], (word, whole)
        place = whole.index(squeeze(word), place)


def party(evening: Evening, first: str) -> str:
    """Return what stands behind some words at the right of the desk."""
    return row_of(evening.page.party, first)


def placed(evening: Evening) -> list[str]:
    """Return what the desk says of the order that was placed last."""
    return seen(evening.page.placed)


# --- the evening


def step_1_order_by_keyboard(evening: Evening) -> None:
    evening.guest("Amy Okafor")
    for name, phone in GUESTS:
        evening.guest(name, phone)
    assert "7 guests, 7 without an order" in seen(evening.page.guests)
    begun = time.monotonic()
    slip = evening.order_1()
    assert time.monotonic() - begun < 20
    assert placed(evening)[:4] == ["Amy Okafor", "Another slip", "$68.96", "Paid"]
    copies = paper(slip)
    assert len(copies) == 3
    for copy, whose in zip(copies, ("Customer's copy", "Seller's copy", "Host's copy"), strict=True):
        assert squeeze(whose) in copy
        assert "B-A-2026-0001" in copy
        for figure in ("AmyOkafor", "CV-402", "34.00", "25.00", "$59.00", "$5.00", "7.75%", "$4.96", "$68.96"):
            assert figure in copy
        assert squeeze("You, the buyer, may cancel this transaction") in copy
    assert [squeeze(STREET) in copy for copy in copies] == [True, True, False]

    evening.order_2()
    words = placed(evening)
    assert words[:4] == ["Beth Lindqvist", "Another slip", "$88.88", "Paid"]
    assert "To the host · Card $88.88" in words
    evening.order_3()
    words = placed(evening)
    assert words[:4] == ["Carla Moreno", "Another slip", "$90.73", "Paid"]
    assert "To the host · Check $90.73" in words


def step_3_power_cut(evening: Evening) -> None:
    """The lights go out while line 2 of order 4 is typed."""
    evening.order_4_begun()
    before = seen(evening.page.party)
    evening.lights_out()
    evening.start()
    evening.open_desk()
    assert seen(evening.page.party) == before
    assert party(evening, "Party") == "$248.57"
    assert "3 orders" in before
    evening.take("dee")
    editor: Any = evening.page.editor
    words = seen(editor)
    assert any(text.endswith("restored. Nothing typed was lost.") for text in words)
    assert "Peeler" in words
    assert (editor.lines.rows()[0].sum.text(), editor.entry.text()) == ("37.50", "CV-2")
    assert editor.total_text() == "$45.79"
    evening.order_4()
    assert placed(evening)[:4] == ["Dee Novak", "Another slip", "$45.79", "Paid"]


def step_2_reward_and_coach(evening: Evening) -> None:
    evening.order_5()
    words = placed(evening)
    assert words[:4] == ["Ella Brandt", "Another slip", "$75.95", "$55.95 to pay"]
    assert "To the host · Cash $20.00" in words
    assert party(evening, "Qualifying sales") == "$321.70"
    words = seen(evening.page.party)
    assert "$32.17 credit" in words
    assert "2 half-price rights" in words
    assert party(evening, "$78.30 more") == "credit $60.00 instead of $32.17, 3 half-price rights"

    evening.order_6()
    words = placed(evening)
    assert words[:4] == ["Fay Tanaka", "Another slip", "$108.83", "Paid"]
    assert "To the customer · Card $108.83" in words
    assert party(evening, "Qualifying sales") == "$413.70"
    words = seen(evening.page.party)
    assert "$62.06 credit" in words
    assert "3 half-price rights" in words
    why = evening.why()
    assert [text for text in why if "count as sales" in text] == [
        "Amy Okafor: $59.00 count as sales.",
        "Beth Lindqvist: $79.00 count as sales.",
        "Carla Moreno: $79.20 count as sales.",
        "Dee Novak: $37.50 count as sales.",
        "Ella Brandt: $67.00 count as sales.",
        "Fay Tanaka: $92.00 count as sales.",
    ]
    assert "15% of $413.70: credit $62.06" in why
    assert "Together: $62.06 credit, 3 half-price rights" in why


def step_4_booking_and_slip(evening: Evening) -> None:
    words = evening.book()
    assert "Friday, March 20, 2026" in words
    assert "day 35" in words
    words = seen(evening.page.party.bookings)
    assert words[words.index("Beth Lindqvist") :] == ["Beth Lindqvist", "Mar 20, 2026", "day 35"]
    assert evening.prize_slip() == "2/15/26"  # the Sunday after the party
    assert "7 guests, 1 without an order" in seen(evening.page.guests)

    gina = seen(evening.person("Gina Castillo"))
    for expected in ("knives", "<= 100", HUSBAND):
        assert any(expected in text for text in gina), (expected, gina)
    assert gina[gina.index("Met at") + 1] == "Demo at Dana's"
    assert any("Feb 15" in text for text in gina), gina
    assert {"New", "Prospect"} <= set(gina)
    child = evening.demo("Beth Lindqvist")
    assert "Friday, March 20, 2026 · 7:30\u202fPM · in 35 days" in seen(child)
    assert child.chain.isVisible()
    assert "booked at Dana Ruiz's" in child.chain.tree.accessibleDescription()  # the tree is painted
    evening.open_desk()


def step_5_redemption(evening: Evening) -> None:
    pane = evening.redemption()
    words = seen(pane)
    first = words.index("Batter Bowls")
    assert words[first : first + 12] == [
        *("Batter Bowls", "CV-204", "0.00", "Peeler", "CV-110", "0.00"),
        *("Serving Board", "CV-777", "44.00", "Stoneware Pan", "CV-315", "29.00"),
    ]
    assert [row.way.currentText() for row in pane.goods.rows()] == [
        *("Free from credit", "Free from credit", "Half price, 2 rights", "Half price, 1 right")
    ]
    assert (row_of(pane, "Host credit"), row_of(pane, "Goods to pay")) == ("-$58.50", "$73.00")
    assert row_of(pane, "Sales tax 7.75%") == "$10.58"
    assert pane.sums._lines[-1].toolTip() == "on $136.50"
    assert row_of(pane, "To pay") == "$88.58"
    assert any(text.startswith("$3.56 of the credit is not used.") and "lost" in text for text in words)
    assert evening.a_fourth_right(pane) == (
        "Line 5 takes 1 of the half-price rights, but 3 of 3 are used. "
        "Sales of $413.70 reach the step from $400.00, which gives 3."
    )
    evening.redeemed()
    words = placed(evening)
    assert words[:4] == ["Dana Ruiz", "Another slip", "$88.58", "Paid"]
    assert "To the host · Card $88.58" in words
    assert "Redeemed: Dana Ruiz" in seen(evening.page.party)


def step_6_tally(evening: Evening) -> None:
    assert (party(evening, "Party"), party(evening, "$567.72")) == ("$567.72", "7 orders")
    assert (party(evening, "Cash"), party(evening, "Check"), party(evening, "Card")) == ("$134.75", "$90.73", "$286.29")
    assert party(evening, "Open") == "$55.95"
    sheet = evening.closing({2000: 8, 1000: 1, 500: 2, 100: 4, 50: 1, 25: 1}, "50")
    words = seen(sheet)
    assert "Ella Brandt: $55.95 still open" in words
    assert "Dana Ruiz: $3.56 of the credit unused" in words
    assert "The cash was not counted yet: $134.75 by the ledger" in words
    assert "Counted $184.75; by the ledger $184.75. It fits." in words
    evening.close_party()
    words = seen(evening.page.detail.closing)
    assert "Ella Brandt: $55.95 still open" in words
    assert not [text for text in words if "not counted" in text]


def step_7_settlement(evening: Evening) -> None:
    card = evening.settle()
    shown = [
        ("Goods", "$413.70"),
        ("Half-price goods", "$73.00"),
        ("Shipping", "$39.00"),
        ("Tax", "$42.02"),
        ("All slips", "$567.72"),
        ("Owed to the company", "-$446.86"),
        ("Result", "$120.86"),
        ("of it shipping, collected less charged", "$6.00"),
        ("of it tax", "-$0.22"),
        ("Card fees", "-$7.74"),
        ("Mileage", "-$17.40"),
        ("Net", "$85.07"),
        ("Net per hour", "$18.90"),
    ]
    assert [(words, row_of(card, words)) for words, _amount in shown] == shown
    words = seen(card)
    for pair in (["Samples", "-$6.40"], ["Door prizes", "-$4.25"], ["Samples", "$6.40"], ["Door prize", "$4.25"]):
        assert pair in [words[place : place + 2] for place in range(len(words))]
    assert evening.company_order().splitlines() == [
        "Code,Name,Quantity,Retail price,Wholesale price",
        "CV-110,Peeler,6,75.00,56.25",
        "CV-204,Batter Bowls,2,92.00,69.00",
        "CV-315,Stoneware Pan,3,174.00,130.50",
        "CV-402,Chopper,2,68.00,51.00",
        "CV-518,Spice Trio,2,42.00,31.50",
        "CV-777,Serving Board,2,176.00,132.00",
    ]
    says(
        evening.sheet(card.sheet_button, "settlement"),
        *("Goods", "$413.70", "Half-price goods", "$73.00", "Shipping", "$39.00", "Tax", "$42.02", "$567.72"),
        *("Goods at retail", "$422.50", "-$105.63", "Half-price goods", "$54.75", "Shipping charged", "$33.00"),
        *("Tax charged in advance", "$42.24", "Owed to the company", "$446.86", "$6.00", "-$0.22", "$120.86"),
        *("-$6.40", "-$4.25", "-$7.74", "-$17.40", "Net", "$85.07", "4.5 hours", "$18.90"),
    )
    host = evening.sheet(evening.page.detail.closing.host_button, "host-sheet")
    says(host, "Amy Okafor", "$59.00", "Fay Tanaka", "$92.00", "$413.70", "$62.06", "Half-price rights", "3")
    says(host, "Batter Bowls", "Serving Board", "$44.00", "Stoneware Pan", "$29.00", "$10.58", "$88.58")
    assert not [page for page in paper(host) if squeeze(STREET) in page or "Taos" in page]
    assert [evening.step() for _each in range(3)] == ["Submitted", "Delivered", "Settled"]
    the_book_agrees(evening)


def the_book_agrees(evening: Evening) -> None:
    """The only look behind the window: what the steps stored, once."""
    app = evening.player.app
    (demo,) = app.read(lambda reader: reader.find(Demo, day=PARTY))
    account = app.read(party_account, demo.id)
    assert (account.tally.total, account.company.owed, account.settlement.net) == (56772, 44686, 8507)
    assert (account.settlement.per_hour, account.cash is not None and account.cash.difference) == (1890, 0)
    (child,) = app.read(lambda reader: reader.find(Demo, parent_id=demo.id))
    assert (child.day, child.booked_on) == (date(2026, 3, 20), PARTY)
    (gina,) = app.read(lambda reader: reader.find(Person, given="Gina"))
    assert (gina.met_at, gina.stage, gina.need, gina.budget, gina.objection) == (
        "Demo at Dana's",
        Stage.NEW,
        "knives",
        "<= 100",
        HUSBAND,
    )
    assert len(app.read(lambda reader: reader.find(Order))) == 7
    assert [one.number for one in app.read(lambda reader: reader.find(IssuedPaper))] == ["B-A-2026-0001"]


# --- afterwards


def step_8_bounce(evening: Evening) -> None:
    evening.start(BOUNCED)
    detail = evening.show_order("Carla Moreno")
    evening.check_came_back(detail, "15")
    words = seen(detail)
    assert "Hold" in words
    assert "Hold – do not hand over: a payment came back, and $105.73 is open." in words
    assert row_of(detail, "Feb 20, 2026 · 1188 · Check came back · cancels an entry") == "-$90.73"
    assert row_of(detail, "Feb 20, 2026 · 1188 · Fee for the check") == "-$15.00"
    assert words[len(words) - words[::-1].index("Open") :][0] == "$105.73"
    evening.open_desk()
    words = seen(evening.page.party)
    assert "$62.06 credit" in words
    assert "3 half-price rights" in words
    evening.take("carla")
    assert placed(evening)[:4] == ["Carla Moreno", "Another slip", "$90.73", "Hold"]


def step_9_notice_in_time(evening: Evening) -> Any:
    evening.start(IN_TIME)
    detail = evening.show_order("Fay Tanaka")
    assert "Until Wednesday, February 18, 2026, midnight." in seen(detail.right)
    words = seen(evening.notice(detail, IN_TIME))
    assert (
        "In time; the last day is Wednesday, February 18, 2026. Give $108.83 back by Saturday, February 28, 2026. "
        "The host's credit falls from $62.06 to $32.17. The half-price rights fall from 3 to 2."
    ) in words
    assert (
        "If you bear it, the order of Dana Ruiz stays at $88.58.\n"
        "If Dana Ruiz pays it, the order costs $146.16: $57.58 more.\n"
        "Goods beyond the credit: $26.33.\n"
        "At full price: Stoneware Pan $58.00.\n"
        "Tax on $165.50: $12.83."
    ) in words
    return detail


def fay_gets_her_money(evening: Evening, detail: Any) -> None:
    words = seen(detail)
    assert "Give $108.83 back by Saturday, February 28, 2026." in words
    assert "Cancelled in time" in words
    assert row_of(detail, "To give back") == "$108.83"
    (row,) = evening.go("today").refunds.lines
    assert (row.isVisible(), row.line.title, row.line.amount) == (True, "Fay Tanaka", "$108.83")
    assert "February 28, 2026" in row.line.detail


def step_9_charged(evening: Evening) -> None:
    detail = step_9_notice_in_time(evening)
    evening.take_up(detail, charge_host=True)
    fay_gets_her_money(evening, detail)
    words = seen(evening.show_order("Dana Ruiz"))
    assert words[words.index("Total") + 1] == "$146.16"
    assert words[len(words) - words[::-1].index("Open") :][0] == "$57.58"
    evening.open_desk()
    assert party(evening, "Qualifying sales") == "$321.70"
    assert {"$32.17 credit", "2 half-price rights"} <= set(seen(evening.page.party))


def step_9_absorbed(evening: Evening) -> None:
    detail = step_9_notice_in_time(evening)
    evening.take_up(detail)
    fay_gets_her_money(evening, detail)
    words = seen(evening.show_order("Dana Ruiz"))
    assert words[words.index("Total") + 1] == "$88.58"
    assert "All paid" in words


def step_9_too_late(evening: Evening) -> None:
    evening.start(TOO_LATE)
    detail = evening.show_order("Fay Tanaka")
    words = seen(evening.notice(detail, TOO_LATE))
    assert (
        "Too late: the last day was Wednesday, February 18, 2026. You may refuse, or take the goods back as goodwill."
    ) in words
    assert "Refuse the notice" in words
    evening.take_up(detail)
    words = seen(detail)
    assert "Cancelled too late" in words
    assert "Placed" in words
    app = evening.player.app
    (fay,) = app.read(lambda reader: reader.find(Order, person_id=evening.journey.person("Fay")))
    assert fay.state is OrderState.PLACED
    evening.notice(detail, TOO_LATE)
    evening.take_up(detail, goodwill=True)
    assert app.read(order_view, fay.id).order.state is OrderState.CANCELLED
    assert len(app.read(lambda reader: reader.find(Withdrawal))) == 2
    assert not app.read(lambda reader: reader.find(IssuedPaper, kind=PaperKind.INVOICE))
