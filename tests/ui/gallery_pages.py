"""The windows the gallery draws: invented people and goods in the kit's widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.ui.models.spine import Column, ListSource, SpineModel
from directsell.ui.widgets.big_list import RowList, TableList
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Avatar, AvatarRow, Card, Chip
from directsell.ui.widgets.fields import (
    CheckBox,
    ChoiceField,
    DecimalField,
    FormField,
    MoneyField,
    MultilineField,
    SearchField,
    Switch,
    TextField,
)
from directsell.ui.widgets.labels import Label, Role, Rule
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.nav_bar import NavBar
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.states import Banner, EmptyState, ProgressPanel, ToastBar


@dataclass(frozen=True)
class Person:
    """An invented customer."""

    id: str
    name: str
    note: str
    amount: str
    when: str


PEOPLE = [
    Person("1", "Maya Castillo", "VIP · skincare, candles", "$1,284.50", "2d"),
    Person("2", "Ruth Abernathy", "Follow-up today", "$642.00", "5d"),
    Person("3", "Aisha Okafor", "Hostess · demo on Sat 28", "$938.20", "1w"),
    Person("4", "Helen Strand", "New lead from the market", "–", "1w"),
    Person("5", "Grace Lindqvist", "Reorders every 6 weeks", "$2,210.75", "2w"),
    Person("6", "Priya Raman", "Prefers a call in the evening, never before six", "$418.90", "2w"),
    Person("7", "Tomás Herrera", "Owes $36.00", "$276.00", "3w"),
    Person("8", "Jolene Baptiste", "Birthday on Friday", "$815.40", "3w"),
    Person("9", "Nadia Petrov", "Team · joined March", "$3,120.00", "1m"),
    Person("10", "مريم حداد", "العناية بالبشرة", "$540.10", "1m"),
    Person("11", "Fatima Zahra", "Sensitive skin", "$388.00", "1m"),
    Person("12", "Wendy Achterberg", "Gift baskets", "$92.00", "2m"),
]
LOOK: RowLook[Person] = RowLook(
    title=lambda p: p.name,
    subtitle=lambda p: p.note,
    avatar=lambda p: p.name,
    amount=lambda p: p.amount,
    detail=lambda p: p.when,
)


def settle(widget: QWidget) -> None:
    """Choose a row so that the selection shows."""
    for view in widget.findChildren(RowList):
        view.select_first()


def nav() -> NavBar:
    """The column with badges."""
    bar = NavBar()
    for key, text, icon in (
        ("today", "Today", "sun"),
        ("people", "People", "users"),
        ("demos", "Demos", "calendar-days"),
        ("orders", "Orders", "shopping-bag"),
        ("products", "Products", "package"),
        ("documents", "Documents", "file-text"),
        ("history", "History", "history"),
    ):
        bar.add(key, text, icon)
    bar.add_bottom("dark", "Dark mode", "moon")
    bar.add_bottom("settings", "Settings", "settings", checkable=True)
    bar.set_user("Dana Whitlock", "Backup 2 min ago")
    bar.set_badge("today", 4)
    bar.set_badge("orders", 11)
    return bar


def window(page: QWidget, current: str = "people", width: int = 1360, height: int = 760) -> QWidget:
    """Navigation beside a page."""
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    bar = nav()
    bar.set_current(current)
    bar.adapt(width)
    row.addWidget(bar)
    row.addWidget(page, 1)
    frame.resize(width, height)
    return frame


def people() -> QWidget:
    """List column and a detail page."""
    page = QWidget()
    page.setObjectName("page")
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    left = Page("People", "1,248", scroll=False, margin=16)
    left.setFixedWidth(340)
    left.add(SearchField("Name, phone, note …"))
    model: SpineModel[Person] = SpineModel((), key=lambda p: p.id, describe=LOOK.words)
    model.reset(ListSource(PEOPLE, key=lambda p: p.id))
    people_list = RowList(model, LOOK, "People")
    model.setParent(people_list)
    left.add(people_list, 1)
    left.add_action(IconButton("user-plus", "New person"))
    right = Page("Maya Castillo", "Santa Fe · customer since May 2024", fill=True)
    right.add_action(Button("Call", "phone"))
    right.add_action(Button("Message", "message-circle"))
    right.add_action(Button("New order", "plus", kind=Kind.PRIMARY))
    chips = QHBoxLayout()
    for text, tone in (
        ("VIP", "ok"),
        ("Skincare", "info"),
        ("Reorder due", "warn"),
        ("Owes", "bad"),
        ("Old", "neutral"),
    ):
        chips.addWidget(Chip(text, tone))
    chips.addStretch(1)
    right.add_layout(chips)
    card = Card("Orders")
    table: SpineModel[Person] = SpineModel(
        (
            Column("Order", lambda p: "20" + p.id.zfill(2), width=90, sort="number"),
            Column("Customer", lambda p: p.name, role="strong", sort="name"),
            Column("What", lambda p: p.note),
            Column(
                "State", lambda p: "Open" if len(p.id) == 1 else "Paid", width=90, role="chip", tone=lambda p: "info"
            ),
            Column("When", lambda p: p.when, width=70, role="muted", optional=True),
            Column("Total", lambda p: p.amount, width=110, end=True, role="strong", sort="total"),
        ),
        key=lambda p: p.id,
    )
    table.reset(ListSource(PEOPLE, key=lambda p: p.id))
    view = TableList(table, "Orders")
    view.set_sorted("total", True)
    table.setParent(view)
    view.setMinimumHeight(300)
    card.add(view)
    right.add(card, 1)
    row.addWidget(left)
    row.addWidget(right, 1)
    return window(page)


def _money(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def form() -> QWidget:
    """Fields in their states."""
    page = Page("New person", "everything works from the keyboard")
    page.add_action(Button("Cancel", kind=Kind.QUIET))
    page.add_action(Button("Delete", "trash-2", kind=Kind.DANGER))
    page.add_action(Button("Save & print", "printer"))
    page.add_action(Button("Save", "check", kind=Kind.PRIMARY))
    page.set_banner(Banner("This person was changed on the other laptop.", "warn", action="Show"))
    columns = QHBoxLayout()
    columns.setSpacing(16)
    first, second = Card("Name and contact"), Card("Money")
    first.add(FormField("Name", TextField("Maya Castillo"), required=True))
    first.add(FormField("E-mail", TextField(placeholder="name@example.com"), hint="Used for slips only with consent."))
    wrong = FormField("Phone", TextField("12"))
    wrong.set_error("This number is too short.")
    first.add(wrong)
    first.add(FormField("Lead source", ChoiceField([(1, "Market stall"), (2, "Recommended by a friend")], 1)))
    first.add(FormField("Note", MultilineField("Sister wants to host in spring.\nAsk after the holidays.")))
    first.add(FormField("Short code", TextField("ABCDEFGHIJ", limit=12)))
    second.add(FormField("Price", MoneyField(_money, lambda v: f"{v:,.2f}", unit="$")))
    amount = MoneyField(_money, lambda v: f"{v:,.2f}", unit="$")
    amount.set_value(Decimal("1234.50"))
    second.add(FormField("Paid", amount))
    second.add(FormField("Weight", DecimalField(Decimal, str, unit="kg")))
    second.add(CheckBox("May be e-mailed", True))
    second.add(CheckBox("May be called"))
    second.add(Switch("Remind me", True))
    second.add(Switch("Holiday mode"))
    second.add(Rule())
    line = QHBoxLayout()
    line.addWidget(Avatar("Dana Whitlock"))
    line.addWidget(AvatarRow([p.name for p in PEOPLE]))
    line.addStretch(1)
    second.body.addLayout(line)
    disabled = Button("Not now", "lock")
    disabled.setEnabled(False)
    second.add(disabled)
    second.body.addStretch(1)
    columns.addWidget(first, 3)
    columns.addWidget(second, 2)
    page.add_layout(columns)
    panel = Card()
    progress = ProgressPanel("Importing sales.csv")
    progress.set_progress(120_000, 320_705)
    panel.add(progress)
    page.add(panel)
    frame = window(page, "people", 1360, 860)
    toast = ToastBar(frame)
    toast.say("Order 2058 saved", "Undo", seconds=600)
    return frame


def empty() -> QWidget:
    """A page that teaches."""
    page = Page("Demos", scroll=False)
    page.add(
        EmptyState(
            "calendar-days",
            "No demo yet",
            "A demo is an evening at a prospect's home. Book one, add the guests, and type their orders there.",
            "Book a demo",
        ),
        1,
    )
    return window(page, "demos", 1000, 600)


def small() -> QWidget:
    """1366x768 at 200 %."""
    return _resized(people(), 683, 384)


def _resized(widget: QWidget, width: int, height: int) -> QWidget:
    widget.findChild(NavBar).adapt(width)  # type: ignore[union-attr]
    widget.resize(width, height)
    return widget


def words() -> QWidget:
    """All roles of text."""
    box = Card("Type")
    for role in Role:
        box.add(Label(f"{role.name.lower()}  1,284.50  The quick brown fox", role))
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(box)
    page.resize(520, 560)
    return page


PAGES: dict[str, Callable[[], QWidget]] = {
    "people": people,
    "form": form,
    "empty": empty,
    "small": small,
    "words": words,
}
