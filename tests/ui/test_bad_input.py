"""Every field of every form against what nobody should type: a sentence or a stored value, never a crash, nothing lost."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from directsell import ui
from directsell.store.queries.person_card import person_card
from directsell.store.queries.person_ties import questions
from directsell.ui.dialogs import ScriptedDialogs
from directsell.ui.pages.settings.password_sheet import Task
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.fields import FormField, ParsedField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.states import Banner
from directsell.usecases.profiles import add_questionnaire
from tests.ui.whole import Desk, Field, desk_over_sample, fields_in, open_sheet, text_of, type_into

TEXTS = {
    "empty": "",
    "long": "x" * 10_000,
    "emoji": "\N{WOMAN}\u200d\N{GIRL}\N{COOKING}",
    "combining marks": "Z\u0334\u0322\u031b" * 40,
    "right-to-left override": "\u202egnp.exe",
    "invisible": "\u200b\u200e",
    "markup": "<b>x</b><img src=/etc/passwd>&amp;",
    "formula": "=cmd|'/C calc'!A0",
    "sql": "'; DROP TABLE person; --",
    "search words": '") OR NOT * AND ^:{}',
    "nul": "a\0b",
    "half a character": "a\ud83d",
    "lines": "a\nb\r\nc\u2028d",
    "negative": "-5",
    "exponent": "1e400",
    "not a number": "NaN",
    "comma": "12,5",
    "point": "12.5",
    "thirty nines": "9" * 31,
    "large": "999999999999",
    "precise": "0.0000001",
    "over a hundred": "101 %",
    "31 February": "31.02.2026",
    "29 February": "29.02.2027",
    "year 9999": "12/31/9999",
    "year 1": "1/1/0001",
    "tomorrow": "tomorrow",
    "far away": "+99999",
    "Arabic digits": "\u0661\u0662\u0663",
    "superscript": "+\u00b2",
}  # fmt: skip


Open = Callable[[Any], object]


@dataclass(frozen=True)
class Form:
    """A form: on which page, about which record, opened by which commands; what a right entry of it needs."""

    page: str
    table: str = ""
    commands: tuple[str, ...] = ()
    base: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    open: Open | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, (self.page, self.table, *self.commands, self.sheet)))


def _password(page: Any) -> None:
    page.section("protection").sheet.start(Task.SET)


def _newcomer(page: Any) -> None:
    page.newcomer.ask()


def _prize(page: Any) -> None:
    page.open_slip(page.evening.sitters[-1].id)
    page.take_slip()


def _objection(page: Any) -> None:
    page.board.select_first()
    page.board.command.emit("o")


def _plan(page: Any) -> None:
    page.errands.plan.add_step.click()
    page.errands.plan.add_class.click()


def _invitation(page: Any) -> None:
    page.people.fill(page.evening.sitters[-1], page.evening)
    page.people.edit_invitation()


def _questions(page: Any) -> None:
    """Without any question the sheet has no field: ask some first."""
    session = page._session
    if not session.look(questions):
        session.app.run(add_questionnaire, "household")
    card = session.look(person_card, page._person)
    session.navigation.go("people", str(page._person))
    page.records.profile.ask(card)


PERSON = (("Given name", "Zaphod"),)
FOLLOW_UP = (("What for", "a talk"), ("On", "tomorrow"))
DEMO = (("Title", "Party"), ("Day", "tomorrow"), ("From", "6 PM"))
PRODUCT = (("Code", "Z-1"), ("Name", "Zest"), ("Retail price", "5"))
RATE = (("Name on papers", "Tax"), ("Rate", "5"))
FORMS = (
    Form("today"),
    Form("people"),
    Form("people", "", ("New person",), PERSON, "PersonSheet"),
    Form("people", "person", ("Edit person",), (), "PersonSheet"),
    Form("people", "person", ("Log a call",), (), "ContactSheet"),
    Form("people", "person", ("Plan follow-up",), FOLLOW_UP, "FollowUpSheet"),
    Form("people", "person", ("Note a consent",), (), "ConsentSheet"),
    Form("people", "person", ("Answer the questions of the profile",), (), "ProfileSheet", _questions),
    Form("people", "person", ("Add somebody who belongs to this person",), (), "RelationSheet"),
    Form("people", "person", ("Add a wish",), (), "WishSheet"),
    Form("people", "person", ("Merge with another record",), (), "MergeSheet"),
    Form("people", "person", ("Erase this person's data",), (), "EraseSheet"),
    Form("pipeline"),
    Form("pipeline", "", (), (), "ObjectionSheet", _objection),
    Form("demos"),
    Form("demos", "demo"),
    Form("demos", "", ("New demo",), DEMO, "DemoSheet"),
    Form("desk", "demo"),
    Form("desk", "demo", ("New guest",), (("Name", "Zaphod"),), "GuestSheet"),
    Form("desk", "demo", ("Book the next demo",), (), "BookingSheet"),
    Form("desk", "demo", (), (), "PrizeSheet", _prize),
    Form("desk", "demo", ("How you earn",), (), "EarningsSheet", _plan),
    Form("desk", "demo", (), (), "InvitationSheet", _invitation),
    Form("orders"),
    Form("orders", "", ("New order",)),
    Form("orders", "", ("New quote",)),
    Form("orders", "", (), PERSON, "NewPersonSheet", _newcomer),
    Form("orders", "sales_order", ("Copy to a new order",)),
    Form("orders", "sales_order", ("Deliver",)),
    Form("orders", "sales_order", ("Take payment",)),
    Form("products"),
    Form("products", "", ("New product",), PRODUCT, "ProductSheet"),
    Form("marketing"),
    Form("marketing", "", ("New campaign",), (("Name", "Zest"),), "CampaignSheet"),
    Form("marketing", "", ("New segment",), (("Name", "Zest"),), "SegmentSheet"),
    Form("marketing", "", ("New template",), (("Name", "Zest"), ("Text", "Hello")), "TemplateSheet"),
    Form("documents"),
    Form("history"),
    Form("settings", "", ("My business",)),
    Form("settings", "", ("Taxes",)),
    Form("settings", "", ("Taxes", "Add a tax rate"), RATE, "TaxRateSheet"),
    Form("settings", "", ("Papers",)),
    Form("settings", "", ("Profile questions", "New question"), (("Question", "Pets"),), "QuestionSheet"),
    Form("settings", "", ("Mileage",)),
    Form("settings", "", ("This laptop",)),
    Form("settings", "", ("Protection",)),
    Form("settings", "", ("Protection",), (), "PasswordSheet", _password),
    Form("settings", "", ("Backup",)),
)


@pytest.fixture
def desk(themed: QApplication, qtbot: QtBot, scripted: ScriptedDialogs, tmp_path: Path) -> Iterator[Desk]:
    yield from desk_over_sample(tmp_path / "book", qtbot)


def open_form(desk: Desk, form: Form) -> QWidget:
    """Go to the page afresh, choose the record, run the command; return what shows."""
    sheet = open_sheet(desk.shell)
    if sheet is not None:
        if isinstance(sheet, FormSheet):
            sheet.set_clean()
        sheet.close_sheet()
    desk.go("documents" if form.page != "documents" else "products")
    record = (
        desk.id_of(f"SELECT id FROM {form.table} WHERE deleted_at IS NULL ORDER BY rid LIMIT 1") if form.table else None
    )
    page = desk.go(form.page, record)
    for name in form.commands:
        next(command for command in page.commands() if command.text == name).run()
        desk.settle()
    if form.open is not None:
        form.open(page)
        desk.settle()
    sheet = open_sheet(desk.shell)
    assert form.sheet == ("" if sheet is None else type(sheet).__name__)
    return sheet or page


def save(root: QWidget) -> None:
    """Press what saves the form."""
    if isinstance(root, FormSheet):
        root.save_button.click()
        return
    for button in root.findChildren(Button):
        if getattr(button, "_kind", None) is Kind.PRIMARY and button.isVisible() and button.isEnabled():
            button.click()
            return


def type_base(root: QWidget, form: Form) -> None:
    """Type what a right entry needs."""
    base = dict(form.base)
    for field in fields_in(root):
        if field.accessibleName() in base:
            type_into(field, base[field.accessibleName()])


def says_something(root: QWidget) -> bool:
    """Tell whether a sentence about what is wrong stands in the form."""
    fields = any(field.error() for field in root.findChildren(FormField) if field.isVisible())
    return fields or any(banner.isVisible() for banner in root.findChildren(Banner))


def refused_texts(form_fields: Sequence[Field], text: str) -> set[int]:
    """Type a text into all fields; return those that say it is no value. They keep it as it was typed."""
    typed = [type_into(field, text) for field in form_fields]
    refused = {number for number, field in enumerate(form_fields) if isinstance(field, ParsedField) and field.error()}
    for number in refused:
        assert text_of(form_fields[number]) == typed[number], form_fields[number].accessibleName()
    return refused


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_no_form_is_broken_by_what_is_typed(desk: Desk, form: Form) -> None:
    desk.shell.setUpdatesEnabled(False)  # painting takes half of the time; the last text is painted below
    fields = fields_in(open_form(desk, form))
    refused = {name: refused_texts(fields, text) for name, text in TEXTS.items()}
    for name, text in TEXTS.items():
        root = open_form(desk, form)
        type_base(root, form)
        for number, field in enumerate(fields_in(root)):
            if number not in refused[name] and (text.strip() or field.accessibleName() not in dict(form.base)):
                type_into(field, text)  # perhaps it is right, and comes to be stored
        save(root)
        desk.settle()
        if root.isVisible() and isinstance(root, FormSheet) and root.is_dirty:
            assert says_something(root), name
    desk.shell.setUpdatesEnabled(True)
    assert not desk.shell.grab().isNull()
    assert desk.examine() == []


def test_every_sheet_is_among_the_forms() -> None:
    for module in pkgutil.walk_packages(ui.__path__, "directsell.ui."):
        importlib.import_module(module.name)
    assert {form.sheet for form in FORMS} - {""} == leaves(FormSheet)


def leaves(kind: type) -> set[str]:
    """Return the names of the classes below a class that have none below themselves."""
    below: list[type] = kind.__subclasses__()
    return set().union(*map(leaves, below)) if below else {kind.__name__}
