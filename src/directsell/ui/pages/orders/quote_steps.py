"""What can be done with a quote: print, accept, decline with a reason, take up again. Other orders: operations.py."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.orders import OrderState
from directsell.domain.people import LostReason
from directsell.domain.quotes import QuoteState, quote_state
from directsell.i18n import _
from directsell.store.queries.orders import OrderView
from directsell.store.queries.papers import active_papers
from directsell.ui.pages.orders.parts import AskCard
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.key_chips import KeyChips
from directsell.usecases.papers import preview_of, same_offer
from directsell.usecases.quotes import accept_quote, decline_quote, quote_order

REASONS = tuple(reason for reason in LostReason if reason is not LostReason.NONE)


class DeclineCard(AskCard):
    """``DeclineCard()``: why a quote was turned down, by one key; ``reason()``. Enter without a choice says no reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        text = _("Choose a reason with its number. The quote stays in the list and can be taken up again.")
        super().__init__(_("Quote declined"), text, _("Decline quote"), icon_name="x", parent=parent)
        self.chips = KeyChips([(reason, term(reason)) for reason in REASONS], _("Reason"))
        self.chips.chosen.connect(self._chosen)
        self._place.addWidget(self.chips)

    def focus(self) -> None:
        """Put the focus on the reasons."""
        self.chips.setFocus()

    def reason(self) -> LostReason:
        """Return what was chosen; NONE when nothing was."""
        return LostReason(self.chips.value())

    def _chosen(self, _value: str) -> None:
        self.accepted.emit()


class QuoteSteps(QObject):
    """``QuoteSteps(session, widget)``: ``show(view)``, ``steps()``, ``more()``; an order that is no quote has none.

    Signals: ``asked(object AskCard, object accepted)``; ``edit_wanted()``; ``delete_wanted()``; ``issue_wanted()``;
    ``show_wanted(object paper_id)``; ``preview_wanted()``; ``closed()`` the question is answered.
    """

    asked = Signal(object, object)
    edit_wanted = Signal()
    delete_wanted = Signal()
    issue_wanted = Signal()
    show_wanted = Signal(object)
    preview_wanted = Signal()
    closed = Signal()

    def __init__(self, session: Session, widget: QWidget) -> None:
        super().__init__(widget)
        self._session = session
        self._view: OrderView | None = None
        self._card: DeclineCard | None = None
        self._paper: IssuedPaper | None = None

    def show(self, view: OrderView | None) -> None:
        """Work on another order."""
        self._view = view
        self._paper = None
        if view is not None and view.order.state is OrderState.QUOTED and view.lines:
            papers = self._session.look(active_papers, view.order.id, PaperKind.QUOTE)
            if papers:
                now = self._session.look(preview_of, view.order.id, PaperKind.QUOTE, papers[-1].issued_on)
                self._paper = papers[-1] if same_offer(papers[-1], now) else None

    @property
    def state(self) -> QuoteState:
        """What became of the quote."""
        return QuoteState.NONE if self._view is None else quote_state(self._view.order, self._session.today())

    def steps(self) -> list[tuple[str, str, Callable[[], object]]]:
        """Return the next steps: (words, icon, what to run)."""
        if self.state is QuoteState.DECLINED:
            return [(_("Take up again"), "undo-2", self.renew)]
        if self.state not in (QuoteState.OPEN, QuoteState.EXPIRED):
            return []
        paper = (
            (_("Print quote"), "printer", self._issue)
            if self._paper is None
            else (_("Show quote"), "file-text", self._show_paper)
        )
        again = [(_("Two more weeks"), "clock", self.renew)] if self.state is QuoteState.EXPIRED else []
        return [
            *again,
            (_("Customer accepts"), "check", self.accept),
            paper,
            (_("Customer declines"), "x", self.ask_decline),
            (_("Change"), "pencil", self._edit),
        ]

    def more(self) -> list[tuple[str, str, Callable[[], object], bool]]:
        """Return what is rarer: (words, icon, what to run, dangerous)."""
        view = self._view
        if view is None:
            return []
        if view.order.state is OrderState.DRAFT and view.lines and view.order.person_id is not None:
            return [(_("Make it a quote"), "file-text", self.renew, False)]
        if view.order.state is not OrderState.QUOTED:
            return []
        found: list[tuple[str, str, Callable[[], object], bool]] = []
        if self._paper is None:
            found.append((_("Preview of the quote"), "eye", self._preview, False))
        if not view.papers:
            found.append((_("Delete quote"), "trash-2", self._delete, True))
        return found

    def accept(self) -> None:
        """Place the order of the quote."""
        if self._view is not None:
            self._session.run(self, accept_quote, self._view.order.id, said=_("Quote accepted: the order is placed"))

    def renew(self) -> None:
        """Offer it anew, for two weeks."""
        if self._view is not None:
            self._session.run(self, quote_order, self._view.order.id, said=_("Quote saved"))

    def ask_decline(self) -> None:
        """Ask for the reason in place."""
        self._card = DeclineCard()
        self.asked.emit(self._card, self._decline)

    def _decline(self) -> None:
        if self._view is None or self._card is None:
            return
        self._session.run(
            self,
            decline_quote,
            self._view.order.id,
            reason=self._card.reason(),
            done=self._declined,
            said=_("Quote declined"),
        )

    def _declined(self, _order: object) -> None:
        self._card = None
        self.closed.emit()

    def _issue(self) -> None:
        self.issue_wanted.emit()

    def _show_paper(self) -> None:
        if self._paper is not None:
            self.show_wanted.emit(self._paper.id)

    def _preview(self) -> None:
        self.preview_wanted.emit()

    def _edit(self) -> None:
        self.edit_wanted.emit()

    def _delete(self) -> None:
        self.delete_wanted.emit()
