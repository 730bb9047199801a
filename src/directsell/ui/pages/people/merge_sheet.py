"""The sheet in which two records are merged: side by side, one choice for each field in which they differ."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from directsell.domain.duplicates import Judgement
from directsell.domain.merging import differing, proposed
from directsell.domain.name_sounds import with_visible_marks
from directsell.domain.people import Person
from directsell.i18n import N_, Language, _, ngettext
from directsell.store.queries.duplicates import doubles_of, facts_of
from directsell.store.queries.merge_view import MergeView, merge_view
from directsell.store.reader import Reader
from directsell.ui.pages.people.about import birthday_text
from directsell.ui.pages.people.card_rows import LinkRow
from directsell.ui.pages.people.clue_words import clue_text
from directsell.ui.pages.people.count_words import counted
from directsell.ui.pages.people.profile import answer_words
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.theme import T, font
from directsell.ui.widgets.alive import Alive
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.labels import Label, Role, section
from directsell.ui.widgets.painting import aligned, draw_text, fill_round, focus_ring, leading
from directsell.ui.widgets.person_picker import PersonPicker
from directsell.usecases.merging import ANSWER, merge_people

_NAMES = {
    "name": N_("Name"),
    "company": N_("Company"),
    "birthday": N_("Birthday"),
    "stage": N_("Stage"),
    "lead_source": N_("Lead source"),
    "referred_by": N_("Referred by"),
    "met_at": N_("Met at"),
    "need": N_("Need"),
    "budget": N_("Budget"),
    "decider": N_("Who decides"),
    "fit": N_("Fit"),
    "timing": N_("When"),
    "objection": N_("Objection"),
    "rank": N_("Rank"),
    "contact_days": N_("In touch every"),
    "discount": N_("Standing discount"),
    "birthday_discount": N_("Birthday discount"),
    "language": N_("Language of papers"),
    "customer_number": N_("Customer number"),
    "tax_id": N_("Tax id"),
    "reference": N_("Number in the other program"),
}


class Side(Alive, QAbstractButton):
    """``Side(text, name)``: one of two values; the chosen one is filled and marked."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = text or "–"
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._words)
        self.setToolTip(f"\u200b{self._words}" if len(self._words) > 28 else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def words(self) -> str:
        """The value."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(180, 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, on, direction = (
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5),
            self.isChecked(),
            self.layoutDirection(),
        )
        back = T("soft") if on else T("hover") if self._hover else None
        fill_round(painter, rect, 9, back, T("accent_text") if on else T("border"))
        spot = leading(direction, rect, QRectF(rect.x() + 12, rect.center().y() - 7, 14, 14))
        fill_round(painter, spot, 7, None, T("on_soft" if on else "text3"))
        if on:
            fill_round(painter, spot.adjusted(4, 4, -4, -4), 3, T("on_soft"))
        words = leading(direction, rect, QRectF(rect.x() + 36, rect.y(), rect.width() - 46, rect.height()))
        tone = T("on_soft" if on else "text")
        draw_text(painter, words, self._words, font(14, 600 if on else 400), tone, aligned(direction))
        if self._ring:
            focus_ring(painter, rect, 9)


def _doubles(reader: Reader, person_id: UUID) -> list[tuple[UUID, str, Judgement]]:
    facts = facts_of(reader, [person_id.bytes]).get(person_id.bytes)
    found = [] if facts is None else doubles_of(reader, facts, most=5)
    return [(double.person.id, double.person.name, double.judgement) for double in found]


class MergeSheet(FormSheet):
    """``MergeSheet(session, host)``: ``start(person_id, name)`` asks for the other record, ``compare(kept, dropped)`` shows both.

    ``sides`` maps each choice to its two buttons (kept, dropped). Signal: ``merged(object kept_id)``.
    """

    merged = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Merge two records"), save_text=_("Merge"), width=720)
        self._session = session
        self._view: MergeView | None = None
        self._first: UUID | None = None
        self.sides: dict[str, tuple[Side, Side]] = {}
        self.picker = PersonPicker(session, _("The other record"), create=False)
        self.picker.chosen.connect(self._chosen)
        self.field("other", _("The other record of this person"), self.picker)
        self._content: QWidget | None = None
        self.save_wanted.connect(self._merge)

    # --- opening

    def start(self, person_id: UUID, name: str) -> None:
        """Ask for the other record of a person; likely ones are offered."""
        if not self.make_way():
            return
        self._first, self._view = person_id, None
        self.set_subtitle(name)
        self.picker.set_person(None)
        self.fields["other"].show()
        proposals = QWidget()
        grid = QGridLayout(proposals)
        grid.setContentsMargins(0, 0, 0, 0)
        found = self._session.look(_doubles, person_id)
        if found:
            grid.addWidget(section(_("May be the same person")), 0, 0)
        for row, (key, other, judgement) in enumerate(found, start=1):
            words = clue_text(judgement)
            grid.addWidget(LinkRow(other, words, avatar=True, on_open=_Compare(self, key)), row, 0)
        self._put(proposals)
        self.save_button.setEnabled(False)
        self.set_subtitle(name)
        self.is_dirty = False
        self.open_sheet(self.picker)

    def compare(self, kept: UUID, dropped: UUID) -> None:
        """Show two records side by side."""
        if not self.isHidden() and self._view is not None and not self.make_way():
            return
        self._first = kept
        self._show(kept, dropped)
        if self.isHidden():
            self.open_sheet(self.save_button)
        else:
            self.save_button.setFocus()

    def _chosen(self, person_id: object) -> None:
        if isinstance(person_id, UUID) and self._first is not None and person_id != self._first:
            self.compare(self._first, person_id)

    # --- content

    def _put(self, content: QWidget) -> None:
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self.add(content)

    def _show(self, kept: UUID, dropped: UUID) -> None:
        view = self._session.look(merge_view, kept, dropped)
        if view is None:
            self.close_sheet()
            return
        self._view = view
        self.fields["other"].hide()
        self.set_subtitle("" if view.judgement is None else clue_text(view.judgement))
        self.sides = {}
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._heads(grid, view)
        row = 2
        taken = proposed(view.kept, view.dropped)
        for key in differing(view.kept, view.dropped):
            words = _value(view, view.kept, key, self._session), _value(view, view.dropped, key, self._session)
            if words[0] != words[1]:
                self._choice(grid, row, key, _(_NAMES[key]), words, second=key in taken)
                row += 1
        for answer in view.answers:
            language = self._session.language
            both = (
                answer_words(answer.question, answer.kept, language),
                answer_words(answer.question, answer.dropped, language),
            )
            self._choice(grid, row, f"{ANSWER}{answer.question.id}", answer.question.label, both, second=False)
            row += 1
        grid.addWidget(Label(_joined(view, self._session.language), Role.SMALL, wrap=True), row, 0, 1, 3)
        self._put(box)
        self.set_clean()

    def _heads(self, grid: QGridLayout, view: MergeView) -> None:
        language = self._session.language
        for column, person, name, role in (
            (1, view.kept, view.names[0], _("This record stays")),
            (2, view.dropped, view.names[1], _("This one becomes part of it")),
        ):
            since = _("since {day}").format(day=language.date(person.created_at.astimezone().date(), "short"))
            grid.addWidget(Label(with_visible_marks(name), Role.STRONG, wrap=True), 0, column)
            grid.addWidget(Label(f"{role} · {since}", Role.TINY, wrap=True), 1, column)
        swap = Button(_("Swap"), "arrow-up-down", kind=Kind.QUIET, compact=True, on_click=self._swap)
        swap.setToolTip(_("Keep the other record"))
        grid.addWidget(swap, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)

    def _choice(
        self, grid: QGridLayout, row: int, key: str, name: str, words: tuple[str, str], *, second: bool
    ) -> None:
        label = Label(name, Role.FIELD, wrap=True)
        label.setMinimumWidth(96)
        grid.addWidget(label, row, 0)
        group = QButtonGroup(grid.parent())
        left, right = Side(words[0], name), Side(words[1], name)
        for column, side in ((1, left), (2, right)):
            group.addButton(side)
            side.clicked.connect(self.touch)
            grid.addWidget(side, row, column)
        (right if second else left).setChecked(True)
        self.sides[key] = (left, right)

    # --- what the user does

    def _swap(self) -> None:
        if self._view is not None:
            self._show(self._view.dropped.id, self._view.kept.id)

    def taken(self) -> set[str]:
        """Return the choices that are taken from the record that goes."""
        return {key for key, (_left, right) in self.sides.items() if right.isChecked()}

    def _merge(self) -> None:
        if self._view is None:
            return
        self.busy(True)
        kept, dropped = self._view.kept.id, self._view.dropped.id
        said = _("{dropped} is part of {name} now").format(dropped=self._view.names[1], name=self._view.names[0])
        self._session.run(
            self, merge_people, kept, dropped, self.taken(), done=self._merged, failed=self.refuse, said=said
        )

    def _merged(self, _merge: object) -> None:
        kept = None if self._view is None else self._view.kept.id
        self.set_clean()
        self.close_sheet()
        self.merged.emit(kept)


class _Compare:
    """Shows the chosen person with another one; a callable that can be kept by a row."""

    def __init__(self, sheet: MergeSheet, other: UUID) -> None:
        self._sheet = sheet
        self._other = other

    def __call__(self, _checked: bool = False) -> None:
        self._sheet._chosen(self._other)


def _joined(view: MergeView, language: Language) -> str:
    parts = [counted(table, count, language) for table, count in view.joined]
    words = _("Lists are joined without doubling, both notes are kept, nothing is lost. It can be separated again.")
    if not parts:
        return words
    return "\n".join((_("The second record brings along: {things}.").format(things=", ".join(parts)), words))


def _value(view: MergeView, person: Person, key: str, session: Session) -> str:
    """Return what a record says about a choice, as the user reads it."""
    language = session.language
    match key:
        case "name":
            name = " ".join(part for part in (person.salutation, person.given, person.family) if part)
            return with_visible_marks(name)
        case "birthday":
            return birthday_text(person.birthday, language, session.today()) if person.birthday else ""
        case "stage":
            return term(person.stage)
        case "referred_by":
            return view.kept_referrer if person is view.kept else view.dropped_referrer
        case "need":
            return _both(person.need, term(person.need_level) if person.need_level else "")
        case "budget":
            return _both(person.budget, term(person.budget_level) if person.budget_level else "")
        case "rank" | "decider" | "fit" | "timing":
            level = getattr(person, key)
            return term(level) if level else ""
        case "contact_days":
            days = person.contact_days
            return ngettext("{n} day", "{n} days", days).format(n=language.number(days)) if days else ""
        case "discount" | "birthday_discount":
            ppm = person.discount_ppm if key == "discount" else person.birthday_discount_ppm
            return language.percent(ppm) if ppm else ""
        case "language":
            return Language.load(person.language).name if person.language else ""
    return with_visible_marks(str(getattr(person, key)))


def _both(words: str, level: str) -> str:
    return " · ".join(part for part in (words, level) if part)
