"""What the host has earned so far, live: credit, rights, gifts, the step on the ladder, and what is next. It shows only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.rules import Measure, Rules
from directsell.i18n import Language, _
from directsell.store.queries.rewards import Portion
from directsell.ui.pages.desk.evening import Evening
from directsell.ui.pages.desk.words import gift_words, nudge_words, rights_words
from directsell.ui.session import Session
from directsell.ui.theme import T, font
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import draw_text, fill_round, leading

_NUDGES = 3


class TierBar(QWidget):
    """``TierBar()``: the steps of the first ladder by sales as parts of a bar; ``show_steps(starts, have, labels)``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._starts: Sequence[int] = ()
        self._labels: Sequence[str] = ()
        self._have = 0
        self.setFixedHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, starts: Sequence[int], have: int, labels: Sequence[str]) -> None:
        """Show where the steps begin, what is reached, and what stands at each beginning."""
        self._starts, self._have, self._labels = starts, have, labels
        self.setAccessibleName(", ".join(labels))
        self.update()

    def shares(self) -> list[float]:
        """Return how much of each part is filled, from 0 to 1: the way to the first step, to the second, and so on."""
        ends = list(self._starts)
        begins = [0, *ends][: len(ends)]
        return [
            min(1.0, max(0.0, (self._have - begin) / (end - begin))) if end > begin else 1.0
            for begin, end in zip(begins, ends, strict=True)
        ]

    def sizeHint(self) -> QSize:
        return QSize(200, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        shares = self.shares()
        if not shares:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        direction = self.layoutDirection()
        gap = 3.0
        width = (whole.width() - gap * (len(shares) - 1)) / len(shares)
        for place, share in enumerate(shares):
            part = QRectF(place * (width + gap), 2, width, 8)
            fill_round(painter, leading(direction, whole, part), 4, T("track"))
            if share > 0:
                filled = QRectF(part.x(), part.y(), max(8.0, part.width() * share), part.height())
                fill_round(painter, leading(direction, whole, filled), 4, T("accent" if share >= 1 else "goal"))
            below = QRectF(part.x(), 12, part.width(), 16)
            tone = "text" if share >= 1 else "text3"
            end = (
                Qt.AlignmentFlag.AlignRight
                if direction is Qt.LayoutDirection.LeftToRight
                else Qt.AlignmentFlag.AlignLeft
            )
            words = self._labels[place] if place < len(self._labels) else ""
            spot = leading(direction, whole, below)
            draw_text(painter, spot, words, font(11, 500, tabular=True), T(tone), end | Qt.AlignmentFlag.AlignVCenter)


class NudgeRow(QWidget):
    """``NudgeRow(step, gain)``: what it takes, and what it brings."""

    def __init__(self, step: str, gain: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = _("{step}: {gain}").format(step=step, gain=gain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 3)
        column.setSpacing(1)
        column.addWidget(Label(step, Role.STRONG, wrap=True))
        column.addWidget(Label(gain, Role.SMALL, wrap=True))
        self.setAccessibleName(self.words)


class RewardCard(Card):
    """``RewardCard(session)``: ``show_evening(evening)``. Signals: ``why_wanted()``, ``programme_wanted()``, ``redeem_wanted()``."""

    why_wanted = Signal()
    redeem_wanted = Signal()
    programme_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Host reward"), padding=16, parent=parent)
        self._session = session
        self.choose = IconButton("sliders-horizontal", _("Choose the host programme"))
        self.choose.clicked.connect(self.programme_wanted)
        self.add_header(self.choose)
        self.credit = Label("", Role.BIG)
        self.add(self.credit)
        self.rights = Label("", Role.STRONG)
        self.add(self.rights)
        self.gifts = Label("", Role.BODY, wrap=True)
        self.add(self.gifts)
        self.bar = TierBar()
        self.add(self.bar)
        self.state = Label("", Role.SMALL, wrap=True)
        self.add(self.state)
        foot = QHBoxLayout()
        self._name = Label("", Role.TINY, wrap=True)
        foot.addWidget(self._name, 1)
        self.why = Button(_("Why?"), "circle-help", kind=Kind.QUIET, compact=True)
        self.why.clicked.connect(self.why_wanted)
        foot.addWidget(self.why)
        self.body.addLayout(foot)
        self.redeem = Button(_("Redeem"), "gift", compact=True)
        self.redeem.setToolTip(_("Redeem the reward (Ctrl+R)"))
        self.redeem.clicked.connect(self.redeem_wanted)
        self.used = Label("", Role.SMALL, wrap=True)
        self.add(self.used)
        self.add(self.redeem)

    def show_evening(self, evening: Evening) -> None:
        """Show what is earned now."""
        reward, rules = evening.reward, evening.party.rules
        if reward is None or rules is None:
            return
        language = self._session.language
        words = _("{amount} credit").format(amount=language.money(reward.credit, reward.currency))
        self.credit.setText(words)
        self.rights.setText(rights_words(reward.rights, language))
        self.rights.setVisible(reward.rights > 0)
        self.gifts.setText(gift_words(reward.gifts, language))
        self.gifts.setVisible(bool(reward.gifts))
        self._show_bar(rules, reward)
        self.state.setText("" if reward.qualified else _("Not all conditions of the programme are met yet."))
        self.state.setVisible(not reward.qualified)
        self._name.setText(evening.party.programme.name if evening.party.programme is not None else "")
        self._show_used(evening)

    def _show_used(self, evening: Evening) -> None:
        """Say who gets what where several redeem, who has redeemed, and whether there is something to redeem."""
        parts = evening.portions
        lines = [_share_words(part, self._session.language) for part in parts if len(parts) > 1]
        done = [part.name for part in parts if part.orders]
        if done:
            lines.append(_("Redeemed: {names}").format(names=", ".join(done)))
        self.used.setText("\n".join(lines))
        self.used.setVisible(bool(lines))
        self.redeem.setVisible(any(part.is_something for part in parts))

    def show_waiting(self, waiting: bool) -> None:
        """Say whether a redemption is half-typed."""
        self.redeem.setText(_("Go on redeeming") if waiting else _("Redeem"))

    def _show_bar(self, rules: Rules, reward: Reward) -> None:
        ladder = next((ladder for ladder in rules.ladders if ladder.measure is Measure.SALES), None)
        starts = [rung.start for rung in ladder.rungs] if ladder is not None else []
        self.bar.setVisible(len(starts) > 1)
        labels = [self._whole(start, rules.currency) for start in starts]
        self.bar.show_steps(starts, reward.sales, labels)

    def _whole(self, minor: int, currency: str) -> str:
        """Return an amount without decimals that are zero: a bar has little room."""
        text = self._session.language.amount(minor, currency)
        zeros = self._session.language.amount(0, currency)[1:]
        return text.removesuffix(zeros) if zeros else text


def _share_words(part: Portion, language: Language) -> str:
    """Return what one of several hosts gets."""
    reward = part.reward
    given = [language.money(reward.credit, reward.currency)] if reward.credit else []
    given += [rights_words(reward.rights, language)] if reward.rights else []
    given += [gift_words(reward.gifts, language)] if reward.gifts else []
    words = _("{name}, past host: {reward}") if part.past else _("{name}: {reward}")
    return words.format(name=part.name, reward=", ".join(given) or _("nothing"))


class CoachCard(Card):
    """``CoachCard(session)``: ``show_evening(evening)``: the nearest steps in words; hidden while there are none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Next steps"), padding=16, parent=parent)
        self._session = session
        self.rows: list[NudgeRow] = []
        self._shown: object = None
        self.body.setSpacing(4)

    def show_evening(self, evening: Evening) -> None:
        """Show the nearest steps."""
        shown = (evening.nudges[:_NUDGES], evening.reward)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self.rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        reward = evening.reward
        if reward is not None:
            self.rows = [
                NudgeRow(*nudge_words(nudge, reward, self._session.language)) for nudge in evening.nudges[:_NUDGES]
            ]
        for row in self.rows:
            self.add(row)
        self.setVisible(bool(self.rows))
