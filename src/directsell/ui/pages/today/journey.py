"""The first journey as a card: five steps with marks that follow the data, and the button of the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.i18n import _
from directsell.store.queries.today import Steps
from directsell.ui.routes import NEW
from directsell.ui.session import Session
from directsell.ui.theme import T, font, paint_icon
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.painting import draw_text, fill_round


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    title: str
    text: str
    action: str
    page: str
    view: str | None


def _steps() -> tuple[_Step, ...]:
    return (
        _Step("person", _("Add a prospect"), _("Name, phone, where you met, what they need."), _("Add a prospect"),
              "people", NEW),
        _Step("contact", _("Log a call"), _("What came of it, and when to talk again."), _("Choose whom"),
              "people", None),
        _Step("demo", _("Book a demo"), _("Day, place and guests, at the prospect's home."), _("Book a demo"),
              "demos", NEW),
        _Step("order", _("Take an order"), _("Code and quantity, the payment, and the slip prints."), _("Take an order"),
              "orders", NEW),
        _Step("delivered", _("Deliver it"), _("The invoice prints, and a follow-up is planned for two days later."),
              _("To the orders"), "orders", None),
    )  # fmt: skip


class _Mark(QWidget):
    """A number, or a tick when the step was taken."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._done = False
        self.setFixedSize(30, 30)

    def set_done(self, done: bool) -> None:
        self._done = done
        self.setAccessibleName(_("done") if done else str(self._number))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self._done:
            fill_round(painter, rect, 15, T("accent"))
            paint_icon(painter, "check", rect.adjusted(7, 7, -7, -7), T("on_accent"))
        else:
            fill_round(painter, rect, 15, T("surface"), T("field_border"))
            draw_text(painter, rect, str(self._number), font(13, 600), T("text2"), Qt.AlignmentFlag.AlignCenter)


class JourneyCard(Card):
    """``JourneyCard(session)``: ``show_steps(steps)``; it hides when all were taken."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Your first five steps"), parent=parent)
        self._session = session
        text = _("From a prospect to a delivered order. The marks follow what you do.")
        self.add(Label(text, Role.MUTED, wrap=True))
        self._rows: list[tuple[str, _Mark, Label, Label, Button]] = []
        for number, step in enumerate(_steps(), start=1):
            self._add_row(number, step)

    def _add_row(self, number: int, step: _Step) -> None:
        mark = _Mark(number)
        title, text = Label(step.title, Role.STRONG), Label(step.text, Role.SMALL, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(title)
        words.addWidget(text)
        button = Button(step.action, kind=Kind.PRIMARY, compact=True, on_click=self._go(step))
        row = QHBoxLayout()
        row.setSpacing(14)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self._rows.append((step.name, mark, title, text, button))

    def _go(self, step: _Step) -> Callable[[], object]:
        navigation = self._session.navigation

        def go() -> None:
            navigation.go(step.page, None, step.view)

        return go

    def show_steps(self, steps: Steps) -> None:
        """Set the marks; only the next step has its button."""
        following = True
        for name, mark, title, text, button in self._rows:
            done = bool(getattr(steps, name))
            mark.set_done(done)
            title.set_tone("text2" if done else "text")
            text.setVisible(not done)
            button.setVisible(not done and following)
            following = following and done
        self.setVisible(steps.done < len(self._rows))
