"""One prospect at the side of the board: next step, attempts, quotes, qualification, objections. It stores nothing itself."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from directsell.domain.people import Stage
from directsell.domain.pipeline import ENDED, STAGES, days_in
from directsell.domain.quotes import QuoteState, quote_state
from directsell.i18n import _, ngettext, pgettext
from directsell.store.queries.objections import objections_of
from directsell.store.queries.pipeline import Prospect, QuoteRow, prospect
from directsell.ui.session import Session
from directsell.ui.terms import icon_of, term
from directsell.ui.widgets.attempt_words import attempt_words
from directsell.ui.widgets.buttons import Button, Call, Kind, Menu
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.clearing import clear
from directsell.ui.widgets.icon_line import IconLine
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.objections_card import ObjectionsCard
from directsell.ui.widgets.qualification_card import QualificationCard
from directsell.ui.widgets.sheets import SideSheet

_QUOTE_WORDS = {
    QuoteState.EXPIRED: ("warn", "clock"),
    QuoteState.OPEN: ("accent", "file-text"),
    QuoteState.ACCEPTED: ("ok", "check"),
    QuoteState.DECLINED: ("neutral", "x"),
}


class ProspectSheet(SideSheet):
    """``ProspectSheet(session, host)``: ``open_for(person_id)``, ``refresh()``, ``person_id`` (None while closed).

    Signals: ``command(str letter)`` as the board's; ``move_wanted(object id, object Stage)``; ``quote_wanted(object id)`` go
    to a quote; ``objection_wanted(object Objection)`` change one.
    """

    command = Signal(str)
    move_wanted = Signal(object, object)
    quote_wanted = Signal(object)
    objection_wanted = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, "", width=480)
        self._session = session
        self.person_id: UUID | None = None
        self.shown: Prospect | None = None
        self._stages = Menu(self)
        self.stage = Button("", compact=True, menu=self._stages, tip=_("Change the stage"))
        self.head = _flow(_("Stage"), gap=8)
        self.stage.setParent(self.head)  # never a window of its own
        self.add(self.head)
        self.steps_box = _flow(_("Actions"), gap=8)
        for text, icon, letter, kind in (
            (_("Log contact"), "phone", "l", Kind.PRIMARY),
            (_("Next step"), "clock", "n", Kind.SECONDARY),
            (_("Book demo"), "calendar-days", "d", Kind.SECONDARY),
            (_("Make quote"), "file-text", "q", Kind.SECONDARY),
            (_("Open person"), "user", "p", Kind.QUIET),
        ):
            button = Button(text, icon, kind=kind, compact=True, on_click=_Letter(self, letter))
            layout = self.steps_box.layout()
            if layout is not None:
                layout.addWidget(button)
        self.add(self.steps_box)
        self.next = Card(_("Next step"), padding=16)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(6)
        self.next.body.addLayout(self._steps)
        self.add(self.next)
        self.quotes = Card(_("Quotes"), padding=16)
        self._offers = QVBoxLayout()
        self.quotes.body.addLayout(self._offers)
        self.add(self.quotes)
        self.qualification = QualificationCard(session)
        self.add(self.qualification)
        self.objections = ObjectionsCard()
        self.objections.add_wanted.connect(_Letter(self, "o"))
        self.objections.edit_wanted.connect(self.objection_wanted)
        self.add(self.objections)
        self.closed.connect(self._left)

    def open_for(self, person_id: UUID) -> None:
        """Show a prospect."""
        self.person_id = person_id
        self.refresh()
        if self.shown is not None:
            self.open_sheet()

    def refresh(self) -> None:
        """Read again what changed; what is being typed stays."""
        if self.person_id is None:
            return
        self.shown = self._session.look(prospect, self.person_id, self._session.today())
        if self.shown is None:
            self.close_sheet()
            return
        person = self.shown.person
        self.set_title(self.shown.name)
        days = days_in(person.stage_on or person.created_at.date(), self._session.today())
        age = ngettext("{n} day in this stage", "{n} days in this stage", days)
        words = age.format(n=self._session.language.number(days)) if days else _("In this stage since today")
        self.set_subtitle(words)
        self._show_head(self.shown)
        self._show_steps(self.shown)
        self._show_quotes(self.shown.quotes)
        self.qualification.show_person(person)
        self.objections.show_objections(self._session.look(objections_of, person.id))

    def settle(self) -> None:
        """Store what was typed into the cards."""
        if not self.isHidden():
            self.qualification.settle()

    # --- inside

    def _show_head(self, shown: Prospect) -> None:
        person = shown.person
        layout = self.head.layout()
        assert isinstance(layout, FlowLayout)
        clear(layout, keep=self.stage)
        self.stage.setText(term(person.stage))
        self.stage.setAccessibleName(_("Stage: {stage}").format(stage=term(person.stage)))
        self._stages.clear()
        for stage in STAGES:
            self._stages.add_choice(term(stage), stage is person.stage, self._move, stage)
        layout.addWidget(self.stage)
        if person.stage is Stage.LOST:
            layout.addWidget(Chip(term(person.lost_reason), "neutral"))
        for text, icon in ((person.lead_source, "globe"), (person.met_at, "map-pin"), (shown.referrer, "users")):
            if text:
                layout.addWidget(Chip(text, "neutral", icon=icon))
        self.head.updateGeometry()

    def _show_steps(self, shown: Prospect) -> None:
        clear(self._steps)
        language, today = self._session.language, self._session.today()
        for step in shown.steps[:4]:
            day = language.relative_day(step.due_on, today)
            words = _("{day}: {reason}").format(day=day, reason=term(step.reason))
            if step.text:
                words = _("{step} – {text}").format(step=words, text=step.text)
            self._steps.addWidget(IconLine(icon_of(step.channel), words, term(step.channel)))
        if not shown.steps and shown.person.stage not in ENDED:
            warning = Label(_("No next step: who is not asked again is lost."), Role.BODY, wrap=True)
            warning.set_tone("warn")
            self._steps.addWidget(warning)
        elif not shown.steps:
            self._steps.addWidget(Label(_("Nothing planned"), Role.MUTED))
        self._steps.addWidget(IconLine("history", attempt_words(shown.attempts, language), _("Contact attempts")))

    def _show_quotes(self, quotes: tuple[QuoteRow, ...]) -> None:
        clear(self._offers)
        self.quotes.setVisible(bool(quotes))
        language, today = self._session.language, self._session.today()
        for row in quotes[:4]:
            state = quote_state(row.order, today)
            tone, icon = _QUOTE_WORDS.get(state, ("neutral", "file-text"))
            amount = language.money(row.total, row.order.currency)
            end = language.date(row.order.valid_until, "short") if row.order.valid_until else ""
            words = _("{amount} · until {day}").format(amount=amount, day=end)
            line = _flow(words, gap=8)
            layout = line.layout()
            assert layout is not None
            button = Button(words, icon, kind=Kind.QUIET, compact=True)
            button.clicked.connect(Call(self.quote_wanted.emit, row.order.id))
            layout.addWidget(button)
            layout.addWidget(Chip(_quote_word(state), tone))
            self._offers.addWidget(line)

    def _move(self, stage: object) -> None:
        if self.person_id is not None:
            self.move_wanted.emit(self.person_id, stage)

    def _left(self) -> None:
        self.qualification.settle()
        self.person_id = None


def _quote_word(state: QuoteState) -> str:
    words = {
        QuoteState.OPEN: pgettext("quote", "Open"),
        QuoteState.EXPIRED: pgettext("quote", "Ended"),
        QuoteState.ACCEPTED: pgettext("quote", "Accepted"),
        QuoteState.DECLINED: pgettext("quote", "Declined"),
        QuoteState.NONE: "",
    }
    return words[state]


def _flow(name: str, *, gap: int) -> QWidget:
    """Return a box whose content wraps."""
    box = QWidget()
    box.setAccessibleName(name)
    FlowLayout(box, gap=gap)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    return box


class _Letter:
    """Says a letter, as if its key was pressed."""

    def __init__(self, sheet: ProspectSheet, letter: str) -> None:
        self._sheet = sheet
        self._letter = letter

    def __call__(self, *_sent: object) -> None:
        self._sheet.command.emit(self._letter)
