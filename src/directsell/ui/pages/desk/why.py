"""Why the host gets what she gets: every step of the reward in words, to read, to show and to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.domain.host_programmes.trace import Figure, Step, StepCode
from directsell.i18n import _
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.words import FIGURES, gift_words, rights_words, step_sentence
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.sheets import SideSheet

_LADDER = (StepCode.CONDITION_MET, StepCode.CONDITION_UNMET, StepCode.RUNG_REACHED, StepCode.NO_RUNG)


class WhySheet(SideSheet):
    """``WhySheet(session, host)``: ``explain(evening)`` opens it; ``sentences()`` is what it says."""

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Why?"), width=460)
        self._session = session
        self._place = QVBoxLayout()
        self._place.setSpacing(7)
        self.body.addLayout(self._place)
        self._sentences: list[str] = []
        self.copy = Button(_("Copy"), "copy", on_click=self._copy)
        self.add_action(self.copy)

    def explain(self, evening: Evening) -> None:
        """Open it with the steps of the reward as it is now."""
        reward = evening.reward
        if reward is None:
            return
        language, currency = self._session.language, reward.currency
        self.set_subtitle(evening.party.programme.name if evening.party.programme is not None else "")
        while (item := self._place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._sentences = []
        before = ""
        for step in reward.trace:
            heading = _heading(step, before)
            if heading != before:
                self._place.addSpacing(8)
                self._place.addWidget(Label(heading, Role.SECTION))
            before = heading
            sentence = step_sentence(step, language, currency)
            self._sentences.append(sentence)
            self._place.addWidget(Label(sentence, Role.BODY, wrap=True, selectable=True))
        result = [_("{amount} credit").format(amount=language.money(reward.credit, currency))]
        if reward.rights:
            result.append(rights_words(reward.rights, language))
        if reward.gifts:
            result.append(gift_words(reward.gifts, language))
        total = _("Together: {reward}").format(reward=", ".join(result))
        self._sentences.append(total)
        self._place.addSpacing(8)
        self._place.addWidget(Label(total, Role.STRONG, wrap=True, selectable=True))
        self.open_sheet(self.copy)

    def sentences(self) -> list[str]:
        """Return what is said, one step each."""
        return list(self._sentences)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._sentences))
        self._session.say(_("Copied"))


def _heading(step: Step, before: str) -> str:
    """Return under which heading a step stands; one that changes no figure stays where it is."""
    if step.code in _LADDER:
        return _("Conditions and steps")
    return before if step.figure is Figure.NOTHING else _(FIGURES[step.figure])
