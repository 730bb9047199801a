"""Why the host gets what she gets: every step of the reward in words, to read, to show, to copy and to print."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.sheets import SideSheet
from directsell.usecases.reward_words import share_sentences, trace_groups


class WhySheet(SideSheet):
    """``WhySheet(session, host)``: ``explain(evening)`` opens it; ``sentences()`` is what it says."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Why?"), width=520)
        self._session = session
        self._demo_id: UUID | None = None
        self._place = QVBoxLayout()
        self._place.setSpacing(7)
        self.body.addLayout(self._place)
        self._sentences: list[str] = []
        self.copy = IconButton("copy", _("Copy"), on_click=self._copy, kind=Kind.SECONDARY, size=40)
        self.print_earnings = Button(_("With my earnings"), "printer", on_click=self._print_earnings)
        self.print_earnings.setToolTip(_("Print it with what you earn, for your own file"))
        self.print_host = Button(_("For the host"), "printer", on_click=self._print_host)
        self.print_host.setToolTip(_("Print it in the language of the host"))
        for button in (self.copy, self.print_earnings, self.print_host):
            self.add_action(button)

    def explain(self, evening: Evening) -> None:
        """Open it with the steps of the reward as it is now, and of each share of it where several redeem."""
        reward = evening.reward
        if reward is None:
            return
        language = self._session.language
        self._demo_id = evening.party.demo.id
        self.set_subtitle(evening.party.programme.name if evening.party.programme is not None else "")
        while (item := self._place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._sentences = []
        for heading, sentences in trace_groups(reward, language):
            self._group(heading, sentences)
        if any(part.reward != reward for part in evening.portions):
            for part in evening.portions:
                shared = part.reward.trace[: len(reward.trace)] == reward.trace
                said = share_sentences(part.reward, language, len(reward.trace) if shared else 0)
                lines = [sentence for sentence, _last in said]
                self._group(_("Share of {name}").format(name=part.name), lines)
        self.open_sheet(self.copy)

    def sentences(self) -> list[str]:
        """Return what is said, one step each."""
        return list(self._sentences)

    def _group(self, heading: str, sentences: list[str]) -> None:
        self._place.addSpacing(8)
        if heading:
            self._place.addWidget(Label(heading, Role.SECTION))
        for sentence in sentences:
            role = Role.BODY if heading else Role.STRONG
            self._place.addWidget(Label(sentence, role, wrap=True, selectable=True))
        self._sentences += sentences

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._sentences))
        self._session.say(_("Copied"))

    def _print_host(self) -> None:
        self._print(earnings=False)

    def _print_earnings(self) -> None:
        self._print(earnings=True)

    def _print(self, *, earnings: bool) -> None:
        from directsell.ui.widgets.paper_dialog import show_drawn  # the PDF engine loads with the first paper
        from directsell.usecases.why_sheets import why_pdf

        if self._demo_id is not None:
            day = self._session.today()
            show_drawn(self._session, self.window(), _("Why this reward"), why_pdf, self._demo_id, day, earnings)
