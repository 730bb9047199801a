"""The sentence that no money may be taken yet, where the law forbids it, and the host's consent that lifts it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.demos import Demo
from directsell.domain.orders import Order
from directsell.i18n import _
from directsell.store.changes import ChangeSet
from directsell.store.reader import Reader
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.labels import Label, Role
from directsell.usecases.cooling_off import agree_visit
from directsell.usecases.payment_bans import Ban, ban_on, can_be_banned


class BanNote(QWidget):
    """``BanNote(session)``: ``judge(order, total)`` shows whether money may be taken; ``words()`` "" when it may.

    Signal: ``outdated()`` something changed that the law looks at: the order is to be judged again.
    """

    outdated = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._order: Order | None = None
        self._about: object = None
        self._possible = False
        self._ban: Ban | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._words = Label("", Role.BODY, wrap=True)
        self._words.set_tone("bad")
        column.addWidget(self._words)
        self.consent = Button(_("The host agreed in advance"), "check", compact=True, on_click=self._agreed)
        column.addWidget(self.consent, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()
        session.changed.connect(self._changed)

    def words(self) -> str:
        """The sentence, or "" where money may be taken."""
        return "" if self._ban is None else sentence(self._ban.error()) or ""

    def judge(self, order: Order, total: int) -> None:
        """Ask the law about an order as it is typed; countries without such a law are asked once only."""
        self._order = order
        about = (order.id, order.demo_id, order.kind)
        if about != self._about:
            self._about = about
            self._possible = self._session.look(can_be_banned, order)
        self._ban = self._session.look(ban_on, order, total, self._session.today()) if self._possible else None
        self._words.setText(self.words())
        self.consent.setVisible(self._ban is not None and self._ban.consent_helps)
        self.setVisible(self._ban is not None)

    def _agreed(self) -> None:
        demo_id = None if self._order is None else self._order.demo_id
        demo = None if demo_id is None else self._session.look(_demo, demo_id)
        if demo is not None:
            said = _("Noted: the host agreed in advance")
            self._session.run(
                self, agree_visit, demo.id, visit=demo.visit, host_consent=True, done=self._lifted, said=said
            )

    def _lifted(self, _demo: object) -> None:
        self.outdated.emit()

    def _changed(self, changes: object) -> None:
        """The host's consent, the country or the place may have changed elsewhere."""
        if isinstance(changes, ChangeSet) and changes.touches("demo", "setting") and self._order is not None:
            self._about = None
            self.outdated.emit()


def _demo(reader: Reader, demo_id: UUID) -> Demo | None:
    return reader.find_one(Demo, demo_id)
