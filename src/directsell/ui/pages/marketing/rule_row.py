"""One rule of a segment: what is asked, and the editors that belong to it. No groups, no counting."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from directsell.domain.contact_choices import Channel
from directsell.domain.people import Rank, Role, Stage
from directsell.domain.segments import (
    LONGEST_DAYS,
    MONTHS,
    NEEDS_DAYS,
    WITH_DAYS,
    WITH_GOODS,
    WITH_RANGE,
    Goods,
    Rule,
    RuleKind,
)
from directsell.i18n import Language, _, translated_languages
from directsell.store.queries.campaigns import campaign_choices
from directsell.store.queries.people import lead_sources, tags_in_use
from directsell.store.queries.products import brands, categories, match_products
from directsell.store.queries.segments import towns
from directsell.store.queries.settings import business
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.buttons import IconButton
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import CheckBox, ChoiceField, Completion, CompletionField, ParsedField
from directsell.ui.widgets.labels import Label
from directsell.ui.widgets.labels import Role as TextRole
from directsell.ui.widgets.marketing_words import GOODS, KINDS, month_name
from directsell.ui.widgets.typed import amount_field, understand

_CHANNELS = (Channel.EMAIL, Channel.MESSAGE, Channel.SOCIAL, Channel.POST, Channel.CALL, Channel.VISIT)


class RuleRow(Card):
    """``RuleRow(session, rule, names)``: ``value() -> Rule``, ``names`` of what was picked, ``set_error(sentence)``.

    Signals: ``changed()``, ``remove_wanted()``.
    """

    changed = Signal()
    remove_wanted = Signal()

    def __init__(self, session: Session, rule: Rule, names: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(padding=12, parent=parent)
        self._session = session
        self.names = names
        self.kind = ChoiceField([(kind, _(text)) for kind, text in KINDS.items()], rule.kind)
        self.kind.setAccessibleName(_("What is asked"))
        self.kind.changed.connect(self._kind_chosen)
        self.negated = CheckBox(_("not"), rule.negated)
        self.negated.setToolTip(_("Those to whom this does not apply"))
        self.negated.changed.connect(self.changed)
        self.remove = IconButton("x", _("Remove rule"))
        self.remove.clicked.connect(self.remove_wanted)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.negated)
        line.addWidget(self.kind, 1)
        line.addWidget(self.remove)
        self.body.addLayout(line)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.add(self._inner)
        self._error = Label("", TextRole.SMALL, wrap=True)
        self._error.set_tone("bad")
        self._error.hide()
        self.add(self._error)
        self._build(rule)

    # --- value

    def value(self) -> Rule:
        """The rule as it is typed; what lacks is found by ``check_group``."""
        kind = self.kind.value()
        low = high = None
        if kind in WITH_RANGE:
            low, high = self.low.value(), self.high.value()
        return Rule(
            kind=kind,
            negated=self.negated.value(),
            goods=self.goods.value() if kind in WITH_GOODS else Goods.ANYTHING,
            subject=self._subject_value(),
            days=self.days.value() if kind in WITH_DAYS else None,
            low=None if low is None else int(low),
            high=None if high is None else int(high),
        )

    def typing_error(self) -> str:
        """The sentence of an editor in which something cannot be read; "" when all can."""
        editors = [self.low, self.high] if self.kind.value() in WITH_RANGE else []
        editors += [self.days] if self.kind.value() in WITH_DAYS else []
        return next((editor.error() for editor in editors if editor.error()), "")

    def set_error(self, sentence: str) -> None:
        """Show a sentence below the rule; "" takes it away."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def focus_first(self) -> None:
        """Put the focus into the rule."""
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- building

    def _kind_chosen(self) -> None:
        kind = self.kind.value()
        days = 90 if kind in NEEDS_DAYS else None
        subject = {RuleKind.BIRTHDAY: "this", RuleKind.CONSENT: Channel.EMAIL.value}.get(kind, "")
        self._build(Rule(kind=kind, negated=self.negated.value(), days=days, subject=subject))
        self.changed.emit()

    def _build(self, rule: Rule) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.set_error("")
        self.subject: ChoiceField | CompletionField | None = None
        own = self._session.look(business).currency
        self.low: ParsedField[int] = amount_field(self._session, own) if rule.kind is RuleKind.SPENT else self._count()
        self.high: ParsedField[int] = amount_field(self._session, own) if rule.kind is RuleKind.SPENT else self._count()
        self.days = self._count(_("days"), LONGEST_DAYS)
        self.goods = ChoiceField([(goods, _(text)) for goods, text in GOODS.items()], rule.goods)
        self.goods.setAccessibleName(_("Which goods"))
        if rule.kind in WITH_GOODS:
            self._add_goods(rule)
        elif rule.kind in WITH_RANGE:
            self.low.set_value(rule.low)
            self.high.set_value(rule.high)
            self._add_line((_("from"), self.low), (_("to"), self.high))
        elif rule.kind not in WITH_DAYS:
            self.subject = self._subject(rule)
            self._column.addWidget(self.subject)
        if rule.kind in WITH_DAYS:
            self.days.set_value(rule.days)
            needed = rule.kind in NEEDS_DAYS
            self.days.setPlaceholderText("" if needed else _("ever"))
            before = _("but not in the last") if rule.kind is RuleKind.LAPSED else _("in the last")
            self._add_line((before, self.days))
        for editor in (self.low, self.high, self.days):
            if editor.parent() is None:
                editor.setParent(self)
                editor.hide()
            editor.changed.connect(self.changed)
        if self.goods.parent() is None:
            self.goods.setParent(self)
            self.goods.hide()

    def _add_goods(self, rule: Rule) -> None:
        self.goods.changed.connect(self._goods_chosen)
        self._goods_line = QHBoxLayout()
        self._goods_line.setSpacing(8)
        self._goods_line.addWidget(self.goods, 1)
        box = QWidget()
        box.setLayout(self._goods_line)
        self._goods_line.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(box)
        if rule.goods is not Goods.ANYTHING:
            self.subject = self._subject(rule)
            self._goods_line.addWidget(self.subject, 2)

    def _goods_chosen(self) -> None:
        if self.subject is not None:
            self.subject.hide()
            self.subject.deleteLater()
            self.subject = None
        if self.goods.value() is not Goods.ANYTHING:
            self.subject = self._subject(Rule(kind=self.kind.value(), goods=self.goods.value()))
            self._goods_line.addWidget(self.subject, 2)
            self.subject.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _add_line(self, *parts: tuple[str, QWidget]) -> None:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for words, editor in parts:
            label = Label(words, TextRole.MUTED)
            label.setBuddy(editor)
            editor.setAccessibleName(words)
            line.addWidget(label)
            line.addWidget(editor, 1)
        self._column.addWidget(box)

    def _count(self, unit: str = "", most: int = 1_000_000) -> ParsedField[int]:
        language = self._session.language

        def parse(text: str) -> int:
            number = language.parse_decimal(text)
            if number != number.to_integral_value() or not 0 <= number <= most:
                raise ValueError(text)
            return int(number)

        wrong = _("Enter a whole number up to {most}.").format(most=language.number(Decimal(most)))
        return ParsedField(understand(parse), lambda number: str(number), wrong=wrong, unit=unit)

    # --- what a rule is about

    def _subject(self, rule: Rule) -> ChoiceField | CompletionField:
        if rule.kind is RuleKind.PLACE:
            place = CompletionField(self._towns, placeholder=_("Town, or the beginning of a postcode"), icon="map-pin")
            place.setText(rule.subject)
            place.setCursorPosition(0)
            place.changed.connect(self.changed)
            place.picked.connect(self._picked)
            return place
        if rule.goods is Goods.PRODUCT and rule.kind in WITH_GOODS:
            product = CompletionField(self._products, placeholder=_("Code or name"), icon="package")
            product.set_value(rule.subject or None, self.names.get(rule.subject, ""))
            product.changed.connect(self.changed)
            product.picked.connect(self._picked)
            return product
        choices = self._choices(rule)
        if rule.subject not in [value for value, _text in choices] and rule.subject:
            choices.append((rule.subject, self.names.get(rule.subject) or rule.subject))
        field = ChoiceField(choices, rule.subject if rule.subject or rule.kind is RuleKind.RANK else None)
        field.setPlaceholderText(_("Choose …"))
        field.setAccessibleName(_(KINDS[rule.kind]))
        field.changed.connect(self._choice_made)
        return field

    def _choices(self, rule: Rule) -> list[tuple[str, str]]:
        look = self._session.look
        if rule.kind in WITH_GOODS:
            if rule.goods is Goods.BRAND:
                return [(str(brand.id), brand.name) for brand in look(brands)]
            return [(name, name) for name in look(categories)]
        match rule.kind:
            case RuleKind.BIRTHDAY:
                return [(month, month_name(month, self._session.language)) for month in MONTHS]
            case RuleKind.SOURCE:
                return [(name, name) for name in look(lead_sources)]
            case RuleKind.TAG:
                return [(name, name) for name in look(tags_in_use)]
            case RuleKind.ROLE:
                return _terms(list(Role))
            case RuleKind.STAGE:
                return _terms(list(Stage))
            case RuleKind.RANK:
                return _terms(list(Rank))
            case RuleKind.CONSENT:
                return _terms(_CHANNELS)
            case RuleKind.CAMPAIGN:
                return [(str(key), name) for key, name in look(campaign_choices)]
            case _:
                tags = dict.fromkeys(tag.partition("_")[0] for tag in translated_languages())
                return [(code, Language.load(code).name) for code in tags]

    def _subject_value(self) -> str:
        if self.subject is None:
            return ""
        if isinstance(self.subject, CompletionField):
            if self.kind.value() is RuleKind.PLACE:
                return self.subject.text().strip()
            value = self.subject.value()
            return "" if value is None else str(value)
        return str(self.subject.value() or "")

    def _choice_made(self) -> None:
        field = self.sender()
        if isinstance(field, ChoiceField) and field.value():
            self.names[str(field.value())] = field.currentText()
        self.changed.emit()

    def _picked(self, value: object) -> None:
        if isinstance(self.subject, CompletionField) and isinstance(value, UUID | str):
            self.names[str(value)] = self.subject.text()
        self.changed.emit()

    def _towns(self, text: str) -> Sequence[Completion]:
        return [Completion(town, town, icon="map-pin") for town in self._session.look(towns, text) if town != text]

    def _products(self, text: str) -> Sequence[Completion]:
        found = self._session.look(match_products, text, self._session.look(business).currency, self._session.today())
        return [Completion(str(hit.id), hit.name, hit.code, icon="package") for hit in found.rows]


def _terms(choices: Sequence[Role] | Sequence[Stage] | Sequence[Rank] | Sequence[Channel]) -> list[tuple[str, str]]:
    return [(choice.value, term(choice)) for choice in choices]
