"""The sheet of possible duplicates: pairs with their reasons, to be compared or told apart. Found in a worker."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.duplicates import Facts
from directsell.domain.name_sounds import with_visible_marks
from directsell.i18n import _, ngettext
from directsell.store.queries.duplicates import Pair, possible_duplicates
from directsell.ui.pages.people.clue_words import clue_text, likelihood
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Avatar, Card, Chip
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.sheets import SideSheet
from directsell.ui.widgets.states import EmptyState
from directsell.usecases.merging import tell_apart

_SHOWN = 25


class DuplicatesSheet(SideSheet):
    """``DuplicatesSheet(session, host)``: ``look()`` opens it; ``pairs`` is what was found, ``again()`` looks anew.

    Signals: ``compare_wanted(object kept_id, object dropped_id)``, ``open_wanted(object person_id)``.
    """

    compare_wanted = Signal(object, object)
    open_wanted = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Possible duplicates"), width=600)
        self._session = session
        self.pairs: list[Pair] = []
        self.cards: list[PairCard] = []
        self._shown = _SHOWN
        self._content: QWidget | None = None

    def look(self) -> None:
        """Open the sheet and look for pairs."""
        self._shown = _SHOWN
        self.set_subtitle(_("Looking through everybody …"))
        self.open_sheet()
        self.again()

    def again(self) -> None:
        """Look anew, after something changed."""
        if not self.isHidden():
            self._session.read(self, possible_duplicates, done=self._found)

    def _found(self, pairs: list[Pair]) -> None:
        self.pairs = pairs
        count = len(pairs)
        words = ngettext("{n} pair looks like one person", "{n} pairs look like one person", count)
        self.set_subtitle(words.format(n=self._session.language.number(count)) if pairs else "")
        self._show()

    def _show(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.cards = []
        for pair in self.pairs[: self._shown]:
            card = PairCard(pair)
            card.compare_wanted.connect(self.compare_wanted)
            card.open_wanted.connect(self.open_wanted)
            card.apart_wanted.connect(self._apart)
            self.cards.append(card)
            column.addWidget(card)
        if len(self.pairs) > self._shown:
            column.addWidget(Button(_("Show more"), kind=Kind.QUIET, on_click=self._more))
        if not self.pairs:
            text = _(
                "Same numbers, mail addresses and birthdays, names that sound alike: nothing of the kind was found."
            )
            column.addWidget(EmptyState("circle-check", _("Everybody is here once"), text, action_icon=None))
        column.addStretch(1)
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = box
        self.add(box)
        if self.cards:
            self.cards[0].compare.setFocus()

    def _more(self) -> None:
        self._shown += _SHOWN
        self._show()

    def _apart(self, one: object, other: object) -> None:
        said = _("Noted as two people")
        self._session.run(self, tell_apart, one, other, done=self._told, said=said)

    def _told(self, _nothing: object) -> None:
        self.again()


class PairCard(Card):
    """``PairCard(pair)``: two people, why they look like one, and what to do.

    Signals: ``compare_wanted(object, object)``, ``apart_wanted(object, object)``, ``open_wanted(object id)``.
    """

    compare_wanted = Signal(object, object)
    apart_wanted = Signal(object, object)
    open_wanted = Signal(object)

    def __init__(self, pair: Pair, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, padding=14)
        self._pair = pair
        self.body.setSpacing(6)
        for facts in (pair.one, pair.other):
            self.add(_person(facts))
        word, tone = likelihood(pair.judgement)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(Chip(word, tone))
        row.addWidget(Label(clue_text(pair.judgement), Role.SMALL, wrap=True), 1)
        self.add(foot)
        self.compare = Button(_("Compare and merge"), "users", compact=True, on_click=self._compare)
        self.apart = Button(_("Two people"), kind=Kind.QUIET, compact=True, on_click=self._apart)
        actions = QWidget()
        line = QHBoxLayout(actions)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self.apart)
        line.addWidget(self.compare)
        self.add(actions)

    def _compare(self) -> None:
        self.compare_wanted.emit(self._pair.one.id, self._pair.other.id)

    def _apart(self) -> None:
        self.apart_wanted.emit(self._pair.one.id, self._pair.other.id)


def _person(facts: Facts) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(Avatar(facts.name, 32), 0, Qt.AlignmentFlag.AlignVCenter)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(ElidedLabel(with_visible_marks(facts.name), Role.STRONG))
    words.addWidget(ElidedLabel(with_visible_marks(" · ".join(facts.shown)), Role.SMALL))
    row.addLayout(words, 1)
    return box
