"""Rules joined by "all of" or "one of", with groups inside groups. One rule is rule_row.py."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.segments import MOST_RULES, Group, Match, Rule, RuleKind
from directsell.i18n import _
from directsell.ui.pages.marketing.rule_row import RuleRow
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.fields import CheckBox

_DEEPEST = 2


class RuleGroup(QWidget):
    """``RuleGroup(session, names, depth=0)``: ``value() -> Group``, ``set_value(group)``, ``rows()`` in the order of ``walk``.

    ``names`` collects what products, brands and campaigns are called. Signals: ``changed()``, ``remove_wanted()``.
    """

    changed = Signal()
    remove_wanted = Signal()

    def __init__(self, session: Session, names: dict[str, str], depth: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._names, self._depth = session, names, depth
        self._rules: list[RuleRow] = []
        self._groups: list[RuleGroup] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        place: QVBoxLayout = outer
        if depth:
            card = Card(padding=12)
            outer.addWidget(card)
            place = card.body
        head = QHBoxLayout()
        head.setSpacing(8)
        choices = [(Match.ALL.value, _("All of these")), (Match.ANY.value, _("One of these"))]
        self.match = Segmented(choices, name=_("How the rules are joined"))
        self.match.changed.connect(self.changed)
        self.negated = CheckBox(_("not"))
        self.negated.changed.connect(self.changed)
        self.negated.setVisible(bool(depth))
        head.addWidget(self.negated)
        head.addWidget(self.match)
        head.addStretch(1)
        if depth:
            remove = IconButton("x", _("Remove group"))
            remove.clicked.connect(self.remove_wanted)
            head.addWidget(remove)
        place.addLayout(head)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        place.addLayout(self._column)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.add_rule_button = Button(_("Add rule"), "plus", compact=True, on_click=self._rule_wanted)
        foot.addWidget(self.add_rule_button)
        self.add_group_button = Button(
            _("Add group"), "plus", kind=Kind.QUIET, compact=True, on_click=self._group_wanted
        )
        self.add_group_button.setVisible(depth < _DEEPEST)
        foot.addWidget(self.add_group_button)
        foot.addStretch(1)
        place.addLayout(foot)

    # --- value

    def value(self) -> Group:
        """The filter as it is typed."""
        return Group(
            match=Match(self.match.value()),
            rules=tuple(row.value() for row in self._rules),
            groups=tuple(group.value() for group in self._groups),
            negated=self.negated.value(),
        )

    def set_value(self, group: Group) -> None:
        """Show a filter."""
        for row in list(self._rules):
            self._drop(row)
        for inner in list(self._groups):
            self._drop(inner)
        self.match.set_value(group.match.value)
        self.negated.set_value(group.negated)
        for rule in group.rules:
            self.add_rule(rule)
        for inner_group in group.groups:
            self._add_group(inner_group)

    def rows(self) -> list[RuleRow]:
        """Every rule, also those of inner groups, numbered as in error sentences."""
        return [*self._rules, *(row for group in self._groups for row in group.rows())]

    def add_rule(self, rule: Rule) -> RuleRow:
        """Append a rule."""
        row = RuleRow(self._session, rule, self._names)
        row.changed.connect(self.changed)
        row.remove_wanted.connect(self._remove_sender)
        self._rules.append(row)
        self._column.insertWidget(len(self._rules) - 1, row)
        row.show()
        return row

    # --- inside

    def _rule_wanted(self) -> None:
        if len(self.rows()) < MOST_RULES:
            self.add_rule(Rule(kind=RuleKind.BOUGHT)).focus_first()
            self.changed.emit()

    def _group_wanted(self) -> None:
        match = Match.ANY if self.match.value() == Match.ALL.value else Match.ALL
        group = self._add_group(Group(match=match, rules=(Rule(kind=RuleKind.BOUGHT),)))
        group.rows()[0].focus_first()
        self.changed.emit()

    def _add_group(self, group: Group) -> RuleGroup:
        inner = RuleGroup(self._session, self._names, self._depth + 1)
        inner.set_value(group)
        inner.changed.connect(self.changed)
        inner.remove_wanted.connect(self._remove_sender)
        self._groups.append(inner)
        self._column.addWidget(inner)
        inner.show()
        return inner

    def _remove_sender(self) -> None:
        sender = self.sender()
        if isinstance(sender, RuleRow | RuleGroup):
            self._drop(sender)
            self.add_rule_button.setFocus()
            self.changed.emit()

    def _drop(self, part: RuleRow | RuleGroup) -> None:
        if isinstance(part, RuleRow):
            self._rules.remove(part)
        else:
            self._groups.remove(part)
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()
