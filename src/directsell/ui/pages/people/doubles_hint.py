"""The line in the person form that tells, while somebody is typed, who in the book may be the same person. It saves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.duplicates import Facts
from directsell.domain.erasing import keys_of
from directsell.domain.name_sounds import with_visible_marks
from directsell.domain.people import PersonKind, ReachKind, ReachPoint, fold, reach_key
from directsell.i18n import _
from directsell.store.erasing import erased_people
from directsell.store.queries.duplicates import Double, doubles_of, place_key
from directsell.store.reader import Reader
from directsell.ui.pages.people.clue_words import clue_text
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role

_PAUSE_MS = 180


class DoublesHint(Card):
    """``DoublesHint(session, typed)``: ``typed()`` gives the Facts of the form. ``look_soon()`` after each key, ``look()`` at once,
    ``clear()``.

    Signals: ``open_wanted(object person_id)``, ``merge_wanted(object person_id)``.
    """

    open_wanted = Signal(object)
    merge_wanted = Signal(object)

    def __init__(self, session: Session, typed: Callable[[], Facts], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, padding=14)
        self._session = session
        self._typed = typed
        self._found: UUID | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.words = Label("", Role.STRONG, wrap=True)
        self.words.set_tone("warn")
        self.reasons = Label("", Role.SMALL, wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.words)
        texts.addWidget(self.reasons)
        self.body.addLayout(texts)
        self._actions = QWidget()
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self.open = Button(_("Open"), kind=Kind.QUIET, compact=True, on_click=self._open)
        self.merge = Button(_("Save and merge …"), "users", compact=True, on_click=self._merge)
        row.addWidget(self.open)
        row.addWidget(self.merge)
        self.body.addWidget(self._actions)
        self.hide()

    def look_soon(self) -> None:
        """Look after the next short pause."""
        self._pause.start()

    def settle(self) -> None:
        """Do not look any more; what is said stays."""
        self._pause.stop()

    def clear(self) -> None:
        """Say nothing."""
        self._pause.stop()
        self._found = None
        self.hide()

    def look(self) -> None:
        """Look for whoever is typed; some milliseconds at most."""
        self._pause.stop()
        facts = self._typed()
        double, gone = self._session.look(_known, facts)
        if double is not None:
            self._found = double.person.id
            name = with_visible_marks(double.person.name)
            self.words.setText(_("{name} is in the book already").format(name=name))
            self.reasons.setText(clue_text(double.judgement))
        elif gone is not None:
            self._found = None
            day = self._session.language.date(gone)
            self.words.setText(
                _("The data of somebody like this was erased at their own wish on {day}.").format(day=day)
            )
            self.reasons.setText(_("Store it again only if they ask for it."))
        self._actions.setVisible(double is not None)
        self.setVisible(double is not None or gone is not None)

    def _open(self) -> None:
        if self._found is not None:
            self.open_wanted.emit(self._found)

    def _merge(self) -> None:
        if self._found is not None:
            self.merge_wanted.emit(self._found)


def _known(reader: Reader, facts: Facts) -> tuple[Double | None, date | None]:
    found = doubles_of(reader, facts, most=1)
    if found:
        return found[0], None
    gone = erased_people(reader)
    keys = keys_of(
        reach=facts.mobiles | facts.phones | facts.emails,
        name=facts.name,
        birthday=facts.birthday,
        places=facts.streets,
    )
    return None, gone.on(keys) if gone and keys else None


def facts_of_state(person_id: UUID, state: dict[str, Any]) -> Facts:
    """Return what the state of the person form says, for comparing."""
    keys: dict[str, set[str]] = {}
    for point in state["reach"]:
        kind = ReachKind(point["kind"])
        key = reach_key(ReachPoint(id=person_id, person_id=person_id, kind=kind, value=point["value"]))
        keys.setdefault(kind, set()).add(key)
    places = [(place["street"], place["postcode"], place["city"]) for place in state["addresses"]]
    return Facts(
        id=person_id,
        kind=PersonKind(state["kind"]),
        given=state["given"],
        family=state["family"],
        company=state["company"],
        birthday=state["birthday"],
        tax_id=state["tax_id"],
        mobiles=frozenset(key for key in keys.get(ReachKind.MOBILE, ()) if len(key) > 5),
        phones=frozenset(key for key in keys.get(ReachKind.PHONE, ()) if len(key) > 5),
        emails=frozenset(key for key in keys.get(ReachKind.EMAIL, ()) if "@" in key),
        streets=frozenset(place_key(*place) for place in places if place[0]),
        cities=frozenset(fold(place[2]) for place in places if place[2]),
    )
