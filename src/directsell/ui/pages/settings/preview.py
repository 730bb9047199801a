"""A card that shows an invented paper drawn with the settings, also with those that are only typed yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import PaperKind
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile
from directsell.i18n import _
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.ui.tasks import Job
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.paper_view import PaperView

_PAUSE_MS = 250
_HEIGHT = 420


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws the sample in a worker, where ReportLab may be imported."""

    seller: Business
    logo: bytes | None
    profile: TaxProfile
    kind: PaperKind
    day: date

    def __call__(self, job: Job) -> bytes:
        from directsell.documents.rendering import render
        from directsell.usecases.sample_papers import sample_paper

        return render(sample_paper(self.seller, self.logo, self.profile, self.kind, self.day))


class PaperPreview(Card):
    """``PaperPreview(session)``: ``show_sample(business, logo, profile)``, drawn a moment after the last call."""

    def __init__(self, session: Session, *, kind: PaperKind = PaperKind.INVOICE, parent: QWidget | None = None) -> None:
        super().__init__(_("How it will look"), parent=parent)
        self._session = session
        self._wanted: tuple[Business, bytes | None, TaxProfile] | None = None
        self._job: Job | None = None
        self.kind = Segmented(
            [(PaperKind.INVOICE.value, _("Invoice")), (PaperKind.ORDER_SLIP.value, _("Order slip"))],
            kind.value,
            name=_("Paper"),
        )
        self.kind.changed.connect(self._draw)
        self.add_header(self.kind)
        self.view = PaperView(session.tasks, _("Sample of a paper"))
        self.view.setFixedHeight(_HEIGHT)
        self.add(self.view)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._draw)

    def show_sample(self, seller: Business, logo: bytes | None, profile: TaxProfile) -> None:
        """Draw a sample with these settings, soon."""
        self._wanted = seller, logo, profile
        self._timer.start()

    def stop(self) -> None:
        """Draw nothing more (the window closes)."""
        self._timer.stop()

    def _draw(self) -> None:
        if self._wanted is None:
            return
        if self._job is not None:
            self._job.cancel()
        seller, logo, profile = self._wanted
        drawing = _Drawing(seller, logo, profile, PaperKind(self.kind.value()), self._session.today())
        self._job = self._session.tasks.start(drawing, done=self.view.show_pdf, failed=self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        words = sentence(error) if isinstance(error, DomainError) else None
        if words is None:
            raise error
        self.view.clear(words)
