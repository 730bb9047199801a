"""The windows the gallery draws: invented people and goods in the kit's widgets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.ui.dialogs import MessageBox, Tone
from directsell.ui.models.spine import Column, ListSource, SpineModel
from directsell.ui.widgets.big_list import RowList, TableList
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Avatar, Card, Chip
from directsell.ui.widgets.charts import BarChart, Legend, Series
from directsell.ui.widgets.choosers import KeyHint, Segmented
from directsell.ui.widgets.fields import (
    CheckBox,
    ChoiceField,
    Completion,
    CompletionField,
    DateField,
    DecimalField,
    FormField,
    MoneyField,
    MultilineField,
    RepeatingRows,
    SearchField,
    Stepper,
    Switch,
    TagField,
    TextField,
    TimeField,
)
from directsell.ui.widgets.fields.dates import MonthPopup
from directsell.ui.widgets.labels import Label, Role, Rule
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.nav_bar import NavBar
from directsell.ui.widgets.page import Page
from directsell.ui.widgets.sheets import SideSheet
from directsell.ui.widgets.sides import ListDetail
from directsell.ui.widgets.states import Banner, EmptyState, ProgressPanel, ToastBar
from directsell.ui.widgets.tiles import KpiTile


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
    left = Page("People", "1,248", scroll=False, margin=16)
    left.add(SearchField("Name, phone, note …"))
    model: SpineModel[Person] = SpineModel((), key=lambda p: p.id, describe=LOOK.words)
    model.reset(ListSource(PEOPLE, key=lambda p: p.id))
    people_list = RowList(model, LOOK, "People")
    model.setParent(people_list)
    left.add(people_list, 1)
    left.add_action(IconButton("user-plus", "New person"))
    right = Page("Maya Castillo", "Santa Fe · customer since May 2024")
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
    return window(ListDetail(left, right))


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


def dashboard() -> QWidget:
    """Tiles, chart, ring, rows."""
    page = Page("Good morning, Dana", "Sunday 22 November · 4 things need you today")
    page.add_action(Button("New person", "user-plus"))
    page.add_action(Button("New order", "plus", kind=Kind.PRIMARY))
    tiles = FlowLayout(gap=16, tile=190)
    rise = (1, 2, 2.2, 1.8, 2.8, 3, 2.9, 4, 4.4, 4.6, 5)
    wave = (1, 3, 2.4, 4, 3.6, 5, 3.2, 4.4, 2)
    tiles.addWidget(KpiTile("Sales this month", "$4,862", chip="▲ 18%", tone="ok", values=rise))
    tiles.addWidget(KpiTile("Profit after costs", "$1,713", chip="▲ 9%", tone="ok", values=rise))
    tiles.addWidget(KpiTile("Orders open", "11", chip="▼ 3", tone="ok", values=wave, line="info"))
    tiles.addWidget(KpiTile("Owed to you", "$284", chip="2 late", tone="bad", values=wave, line="goal"))
    page.add_layout(tiles)
    middle = QHBoxLayout()
    middle.setSpacing(16)
    sales = Card("Sales")
    sales.add_header(Legend([("Last year", "bar_quiet"), ("This year", "accent")]))
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
    now = (2100, 2650, 3100, 2900, 3550, 3050, 2780, 3380, 4000, 4420, 4862)
    before = (1800, 2000, 2500, 2950, 2700, 2850, 2300, 2950, 3300, 3700, 4100)
    chart = BarChart(
        months,
        [Series("Last year", before, "bar_quiet"), Series("This year", now)],
        format=lambda value: f"${value:,.0f}",
        axis=lambda value: f"${value / 1000:g}k" if value else "0",
        goal=4500,
        goal_text="Goal $4.5k",
        name="Sales",
    )
    chart.setMinimumHeight(300)
    sales.add(chart)
    middle.addWidget(sales, 5)
    side = QVBoxLayout()
    side.setSpacing(16)
    goal = Card("Month goal")
    line = QHBoxLayout()
    line.setSpacing(16)
    text = QVBoxLayout()
    text.addStretch(1)
    text.addWidget(Label("$638 to go", Role.SECTION))
    text.addWidget(Label("About 5 orders at your average of $131. 8 days left.", Role.MUTED, wrap=True))
    text.addStretch(1)
    line.addLayout(text, 1)
    goal.body.addLayout(line)
    side.addWidget(goal)
    demo = Card("Next demo")
    demo.add_header(Chip("in 6 days", "info"))
    demo.add(Label("Aisha's autumn evening", Role.STRONG))
    demo.add(Label("Saturday 28 November, 18:30 · 9 of 14 replied", Role.MUTED, wrap=True))
    foot = QHBoxLayout()
    foot.addStretch(1)
    foot.addWidget(Chip("Host credit $42", "ok"))
    demo.body.addLayout(foot)
    side.addWidget(demo, 1)
    middle.addLayout(side, 3)
    page.add_layout(middle)
    return window(page, "today", 1366, 768)


def order() -> QWidget:
    """Typing an order: completion, steppers, a sheet beside it."""
    page = Page("New order", "No. 2058 · everything works from the keyboard")
    page.add_action(Chip("Draft kept · 12 s ago", "ok"))
    page.add_action(Button("Park", "clock", kind=Kind.QUIET))
    page.add_action(Button("Save order", "check", kind=Kind.PRIMARY))
    page.add(Segmented([("open", "Open"), ("paid", "Paid"), ("all", "All")], "open", name="State"))
    card = Card()
    field = CompletionField(_products, placeholder="Add product: type name, code, or scan …", icon="scan-barcode")
    field.setObjectName("find")
    card.add(field)
    for place in range(4):
        row = QHBoxLayout()
        row.addWidget(Label(PEOPLE[place].name, Role.STRONG), 1)
        row.addWidget(Stepper(Decimal, str, name="Quantity", value=Decimal(place + 1), least=Decimal(1)))
        row.addWidget(Label(PEOPLE[place].amount, Role.AMOUNT))
        row.addWidget(IconButton("trash-2", "Remove"))
        card.body.addLayout(row)
        card.add(Rule())
    card.add(FormField("Tags", TagField(("vegan", "unscented", "evening"))))
    page.add(card)
    keys = QHBoxLayout()
    keys.addWidget(KeyHint("Ctrl+K"))
    keys.addWidget(Label("finds everything", Role.SMALL))
    keys.addStretch(1)
    page.add_layout(keys)
    frame = window(page, "orders", 1366, 768)
    frame.show()
    field.setText("ser")
    field._typed("ser")
    return frame


def _products(_text: str) -> list[Completion]:
    return [
        Completion(1, "Serum 30 ml", "SE-030 · 4 in stock", "$52.00", icon="package"),
        Completion(2, "Sample, Serum 5 ml", "free · 31 in stock", "$0.00", icon="package"),
        Completion(3, "Maya Castillo", "Santa Fe", avatar="Maya Castillo"),
    ]


def sheet() -> QWidget:
    """The side sheet over a page, with a date field."""
    frame = people()
    over = SideSheet(frame, "Edit person")
    over.set_subtitle("Maya Castillo")
    over.add(FormField("Name", TextField("Maya Castillo"), required=True))
    day = DateField(dt.date.fromisoformat, dt.date.isoformat, lambda: dt.date(2026, 11, 22))
    day.set_value(dt.date(2026, 11, 24))
    over.add(FormField("Follow up on", day, hint="tomorrow, +3 or a date"))
    over.add(FormField("At", TimeField(dt.time.fromisoformat, lambda t: t.strftime("%H:%M"))))
    over.add(FormField("Phones", RepeatingRows(lambda: TextField("+1 505 555 0142"), "Add phone", least=2)))
    over.add_action(Button("Cancel"))
    over.add_action(Button("Save", "check", kind=Kind.PRIMARY))
    over.open_sheet()
    return frame


def month() -> QWidget:
    """The month popup."""
    field = DateField(dt.date.fromisoformat, dt.date.isoformat, lambda: dt.date(2026, 11, 22))
    popup = MonthPopup(field)
    popup.grid.set_day(dt.date(2026, 11, 24), dt.date(2026, 11, 22))
    popup.setParent(None)
    popup.adjustSize()
    return popup


def message() -> QWidget:
    """A dangerous question."""
    return MessageBox(
        None,
        "Delete this person?",
        "Maya Castillo has 14 orders. They stay; her name disappears from the lists. You can undo this.",
        ["Delete", "Cancel"],
        tone=Tone.WARNING,
        danger=True,
    )


PAGES: dict[str, Callable[[], QWidget]] = {
    "dashboard": dashboard,
    "order": order,
    "sheet": sheet,
    "month": month,
    "message": message,
    "people": people,
    "form": form,
    "empty": empty,
    "small": small,
    "words": words,
}
