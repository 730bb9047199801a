"""A quiet line of suggestions below the goods: wishes, what is due again, what others bought with it. It covers nothing.

What to suggest is worked out in a worker after a pause, once for each composition of an order; typing never waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from directsell.domain.suggestions import MOST_SHOWN, Why
from directsell.i18n import _
from directsell.store.queries.suggestions import Offer, offers
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.layouts import FlowLayout

_PAUSE_MS = 300
_KEPT = 64
_ICONS = {Why.WISH: "heart", Why.DUE: "clock", Why.TOGETHER: "plus", Why.USUAL: "plus"}

_Key = tuple[UUID | None, frozenset[UUID], date]


class SuggestionLine(QWidget):
    """``SuggestionLine(session, *, wishes=True)``: ``consider(person, products, day)``, ``take(place)``, ``offers`` shown.

    Alt+1 to Alt+3 inside ``keys_in(widget)`` take one. Signal: ``wanted(object product_id)``.
    """

    wanted = Signal(object)

    def __init__(self, session: Session, *, wishes: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wishes = wishes
        self._key: _Key | None = None
        self._job: Job | None = None
        self._known: dict[_Key, tuple[Offer, ...]] = {}
        self.offers: tuple[Offer, ...] = ()
        flow = FlowLayout(self, gap=4)
        self._words = Label(_("Perhaps also:"), Role.SMALL)
        self._words.setMinimumHeight(30)
        flow.addWidget(self._words)
        self.buttons: list[Button] = []
        for place in range(MOST_SHOWN):
            button = Button("", "plus", kind=Kind.QUIET, compact=True, on_click=self._clicked)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("place", place)
            button.hide()
            self.buttons.append(button)
            flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.hide()

    def keys_in(self, widget: QWidget) -> None:
        """Let Alt+1 to Alt+3 work while the focus is inside a widget."""
        for place in range(MOST_SHOWN):
            key = QShortcut(QKeySequence(f"Alt+{place + 1}"), widget)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setProperty("place", place)
            key.activated.connect(self._key_pressed)

    def forget(self) -> None:
        """Forget what was worked out: another order is typed, others may have come in."""
        self._known.clear()
        self._key = None

    def consider(self, person: UUID | None, products: Iterable[UUID | None], day: date) -> None:
        """Suggest for an order; quick, also when it is asked at each key."""
        key = (person, frozenset(product for product in products if product is not None), day)
        if key == self._key:
            return
        self._key = key
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if key in self._known:
            self._pause.stop()
            self._show(self._known[key])
        else:
            kept = tuple(offer for offer in self.offers if offer.product_id not in key[1])
            if kept != self.offers:
                self._show(kept)
            self._pause.start()

    def settle(self) -> None:
        """Stop the clock; what it would have asked is asked again at the next change."""
        if self._pause.isActive():
            self._pause.stop()
            self._key = None

    def take(self, place: int) -> None:
        """Put a suggestion into the order."""
        if 0 <= place < len(self.offers):
            self.wanted.emit(self.offers[place].product_id)

    def _ask(self) -> None:
        key = self._key
        if key is None or (key[0] is None and not key[1]):
            self._show(())
            return
        self._job = self._session.read(
            self, offers, key[0], sorted(key[1]), key[2], wishes=self._wishes, done=_Answer(self, key)
        )

    def arrived(self, key: _Key, found: tuple[Offer, ...]) -> None:
        """Take what a worker found."""
        self._known[key] = found
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        if key == self._key:
            self._job = None
            self._show(found)

    def _show(self, found: tuple[Offer, ...]) -> None:
        if found == self.offers and self.isHidden() is not bool(found):
            return
        self.offers = found
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(found))
            if place < len(found):
                offer = found[place]
                button.setText(offer.name)
                button.set_icon(_ICONS[offer.why])
                key = QKeySequence(f"Alt+{place + 1}").toString(QKeySequence.SequenceFormat.NativeText)
                button.setToolTip(_("{reason}  ({key})").format(reason=self._reason(offer), key=key))
                button.setAccessibleName(_("Add {name}: {reason}").format(name=offer.name, reason=self._reason(offer)))
        self.setVisible(bool(found))

    def _reason(self, offer: Offer) -> str:
        if offer.why is Why.WISH:
            return _("on the wish list")
        if offer.why is Why.TOGETHER:
            return _("often bought together with {name}").format(name=offer.about)
        day = "" if offer.last_on is None else self._session.language.date(offer.last_on)
        if offer.why is Why.DUE:
            return _("usually takes it, last on {day}: due again").format(day=day)
        return _("usually takes it, last on {day}").format(day=day)

    def _clicked(self) -> None:
        self.take(int(self.sender().property("place")))

    def _key_pressed(self) -> None:
        if not self.isHidden():
            self.take(int(self.sender().property("place")))


class _Answer:
    """Hands what a worker found back, with what it was asked for."""

    def __init__(self, line: SuggestionLine, key: _Key) -> None:
        self._line, self._key = line, key

    def __call__(self, found: tuple[Offer, ...]) -> None:
        self._line.arrived(self._key, found)
