"""The card "Consent": by which ways somebody may be written to or called, since when, and in which words it was asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.people import Consent
from directsell.i18n import _
from directsell.store.queries.person_card import PersonCard
from directsell.ui.pages.people.card_rows import empty
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import Card, Chip
from directsell.ui.widgets.labels import Label, Role


class ConsentCard(Card):
    """``ConsentCard(session)``: ``show_person(card)``. Signal: ``consent_wanted()``."""

    consent_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Consent"), parent=parent)
        self._session = session
        self.body.setSpacing(8)
        self.add_header(IconButton("plus", _("Note a consent"), on_click=self._consent))

    def show_person(self, card: PersonCard) -> None:
        """Show another person."""
        empty(self)
        if not card.consents:
            self.add(Label(_("Nobody asked yet whether offers may be sent."), Role.SMALL, wrap=True))
        for consent in card.consents:
            self._one_consent(consent)

    def _one_consent(self, consent: Consent) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        words = _("{channel}: yes") if consent.given else _("{channel}: no")
        row.addWidget(Chip(words.format(channel=term(consent.channel)), "ok" if consent.given else "bad"))
        row.addStretch(1)
        row.addWidget(Label(self._session.language.date(consent.at.astimezone().date()), Role.TINY))
        self.add(box)
        detail = _("“{wording}”").format(wording=consent.wording) if consent.wording else ""
        text = "\n".join(part for part in (detail, consent.source) if part)
        if text:
            self.add(Label(text, Role.SMALL, wrap=True))

    def _consent(self) -> None:
        self.consent_wanted.emit()
