"""Issuing a paper of an order from a page: asks when the clock stands before the last paper. It shows nothing itself."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.i18n import _
from directsell.ui.dialogs import dialogs
from directsell.ui.messages import sentence
from directsell.ui.session import Session
from directsell.usecases.invoicing import issue_paper


class Issuer(QObject):
    """``Issuer(session, widget)``: ``issue(order_id, kind)``. Signal: ``issued(object paper_id)``."""

    issued = Signal(object)

    def __init__(self, session: Session, widget: QWidget) -> None:
        super().__init__(widget)
        self._session = session
        self._widget = widget

    def issue(self, order_id: UUID, kind: PaperKind, *, older: bool = False) -> None:
        """Issue a paper of an order; ``older`` accepts a date before the last paper."""
        self._session.run(
            self,
            issue_paper,
            order_id,
            kind,
            accept_older_date=older,
            done=self._done,
            failed=_Refused(self, order_id, kind),
        )

    def refused(self, order_id: UUID, kind: PaperKind, error: Exception) -> None:
        """Ask about an older date, or say why the paper was refused."""
        if accepts_older_date(self._widget, error):
            self.issue(order_id, kind, older=True)
        else:
            self._session.complain(error)

    def _done(self, paper: IssuedPaper) -> None:
        self.issued.emit(paper.id)


class _Refused:
    """Remembers which paper was refused."""

    def __init__(self, issuer: Issuer, order_id: UUID, kind: PaperKind) -> None:
        self._issuer = issuer
        self._order_id = order_id
        self._kind = kind

    def __call__(self, error: Exception) -> None:
        self._issuer.refused(self._order_id, self._kind, error)


def accepts_older_date(widget: QWidget, error: Exception) -> bool:
    """Ask whether a paper may carry a date before the last one; False for any other error."""
    if not isinstance(error, DomainError) or error.code != "paper.date_back":
        return False
    title = _("Issue with an earlier date?")
    return dialogs().confirm(widget, title, sentence(error) or "", yes=_("Issue anyway"), danger=True)
