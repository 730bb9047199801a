"""What the desk has done elsewhere: papers, payments, programmes, other pages. It runs use-cases and goes places."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from directsell.domain.host_programmes.samples import Sample
from directsell.domain.invoicing import PaperKind
from directsell.i18n import _
from directsell.store.queries.orders import OrderView
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.placed import active_slips
from directsell.ui.pages.desk.slip_state import PRINT, SIGN
from directsell.ui.pages.desk.why import WhySheet
from directsell.ui.session import Session
from directsell.ui.widgets.earnings_sheet import EarningsSheet
from directsell.ui.widgets.order_form.issuing import Issuer
from directsell.ui.widgets.paper_dialog import show_paper
from directsell.ui.widgets.signing import ask_signature
from directsell.usecases.parties import choose_programme, start_programme


class Errands(QObject):
    """``Errands(session, widget)``: ``demo_id`` is the party; ``paper(view)``, ``issue(order_id)``, ``pay(view)`` ..."""

    def __init__(self, session: Session, widget: QWidget) -> None:
        super().__init__(widget)
        self._session = session
        self._widget = widget
        self.demo_id: UUID | None = None
        self.why: WhySheet | None = None
        self.plan: EarningsSheet | None = None
        self._issuer = Issuer(session, widget)
        self._issuer.issued.connect(self.show_paper)

    def paper(self, view: object) -> None:
        """Show the slip of an order; one that has none is issued first."""
        if not isinstance(view, OrderView):
            return
        slips = active_slips(view)
        if slips:
            self.show_paper(slips[0].id)
        else:
            self.issue(view.order.id)

    def issue(self, order_id: UUID) -> None:
        """Issue the slip of an order and show it."""
        self._issuer.issue(order_id, PaperKind.ORDER_SLIP)

    def go_on(self, order_id: UUID, then: str) -> None:
        """Go on after an order was placed: print its slip, have it signed, or nothing."""
        if then == PRINT:
            self.issue(order_id)
        elif then == SIGN:
            ask_signature(self._session, self._widget, order_id)

    def sign(self, view: object) -> None:
        """Have a placed order signed."""
        if isinstance(view, OrderView):
            ask_signature(self._session, self._widget, view.order.id)

    def show_paper(self, paper_id: UUID) -> None:
        """Show an issued paper."""
        show_paper(self._session, self._widget, paper_id)

    def pay(self, view: object) -> None:
        """Take money for a placed order, where orders are at home."""
        if isinstance(view, OrderView):
            self._session.navigation.go("orders", str(view.order.id), "pay")

    def correct(self, view: OrderView) -> None:
        """Correct an order that has a paper, where orders are at home."""
        self._session.navigation.go("orders", str(view.order.id), "edit")

    def explain(self, evening: Evening) -> None:
        """Say why the host gets what she gets."""
        if evening.reward is not None:
            if self.why is None:
                self.why = WhySheet(self._session, self._widget)
            self.why.explain(evening)

    def edit_plan(self, evening: Evening) -> None:
        """Write down how the company of this evening's programme pays the seller."""
        if self.plan is None:
            self.plan = EarningsSheet(self._session, self._widget)
        programme = evening.party.programme
        family = programme.family_id if programme is not None else None
        self.plan.ask(family, programme.name if programme is not None else "")

    def open_demo(self, demo_id: object) -> None:
        """Go to a demo."""
        self._session.navigation.go("demos", str(demo_id))

    def choose_programme(self, family_id: object) -> None:
        """Reward the host by a programme of the seller's, or by none."""
        family = family_id if isinstance(family_id, UUID) else None
        self._session.run(self, choose_programme, self.demo_id, family, said=_("Host programme chosen"))

    def start_sample(self, sample: object) -> None:
        """Reward the host by a sample, which becomes the seller's own."""
        if isinstance(sample, Sample):
            said = _("Host programme chosen")
            self._session.run(self, start_programme, self.demo_id, sample.name, sample.rules, said=said)
