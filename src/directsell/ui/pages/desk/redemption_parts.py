"""The upper and the middle part of a redemption: what the host may have, what is used of it, what she pays. They show only."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.redeem import Redemption
from directsell.domain.host_programmes.rules import Gift, Rules, UnspentFate, rights_needed
from directsell.domain.money import to_minor
from directsell.domain.orders import OrderLine
from directsell.domain.totals import LineKind, OrderTotals
from directsell.i18n import N_, Language, _, ngettext
from directsell.store.queries.rewards import Portion
from directsell.ui.pages.desk.words import gift_words, rights_words
from directsell.ui.session import Session
from directsell.ui.widgets.buttons import Button, IconButton, Kind
from directsell.ui.widgets.cards import Avatar, Card
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.labels import ElidedLabel, Label, Role
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.order_form.summary import SumLine
from directsell.ui.widgets.tiles import KpiTile
from directsell.ui.widgets.typed import amount_field

_FATES = {
    UnspentFate.LOST: N_(
        "{amount} of the credit is not used. Under this programme it is lost when the demo is closed."
    ),
    UnspentFate.POOLED: N_("{amount} of the credit is not used. Under this programme it goes to the host's next demo."),
}


class RedemptionHead(QWidget):
    """``RedemptionHead()``: ``show_hosts(portions, person_id, name)``; ``who`` goes from one host to the other.

    Signals: ``person_wanted(str person_id)``; ``closed()``.
    """

    person_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar("", 36)
        self._name = ElidedLabel("", Role.HEADING)
        self._what = ElidedLabel("", Role.SMALL)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._what)
        self._place = QHBoxLayout()
        self.who: Segmented | None = None
        self._hosts: tuple[tuple[str, str], ...] = ()
        close = IconButton("x", _("Put this order away (Ctrl+W)"), kind=Kind.SECONDARY, size=40)
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._avatar)
        row.addLayout(words, 1)
        row.addLayout(self._place)
        row.addWidget(close)

    def show_hosts(self, portions: Sequence[Portion], person_id: UUID, name: str) -> None:
        """Show whose order it is, and where several share, the way to the others."""
        self._name.setText(name)
        self._avatar.set_name(name)
        past = any(part.past for part in portions if part.person_id == person_id)
        shared = sum(not part.past for part in portions) > 1
        words = _("Redeems a share of the reward") if shared else _("Redeems the reward")
        self._what.setText(_("Redeems the reward of a past host") if past else words)
        hosts = tuple((str(part.person_id), part.name) for part in portions)
        if hosts != self._hosts:
            self._hosts = hosts
            self._renew(hosts)
        if self.who is not None:
            self.who.set_value(str(person_id))

    def _renew(self, hosts: tuple[tuple[str, str], ...]) -> None:
        if self.who is not None:
            self._place.removeWidget(self.who)
            self.who.hide()
            self.who.deleteLater()
            self.who = None
        if len(hosts) > 1:
            self.who = Segmented(list(hosts), name=_("Whose reward"))
            self.who.chosen.connect(self.person_wanted)
            self._place.addWidget(self.who)


def tiles_in_a_row(*tiles: KpiTile, tile: int = 150) -> QWidget:
    """Return tiles beside each other; they wrap."""
    box = QWidget()
    flow = FlowLayout(box, gap=10, tile=tile)
    for one in tiles:
        flow.addWidget(one)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    return box


class RewardStrip(QWidget):
    """``RewardStrip(session)``: ``show_reward(rules, reward, used)``: what is left of credit, rights and gifts.

    Signal: ``gift_wanted(str name)``.
    """

    gift_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = session.language
        self.credit = KpiTile(_("Credit left"))
        self.rights = KpiTile(_("Half-price rights left"))
        self.gifts = KpiTile(_("Gifts left"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(tiles_in_a_row(self.credit, self.rights, self.gifts))
        self.rule = Label("", Role.SMALL, wrap=True)
        column.addWidget(self.rule)
        self._gifts = QWidget()
        self._flow = FlowLayout(self._gifts, gap=6)
        column.addWidget(self._gifts)
        self._offered: tuple[Gift, ...] | None = None
        self.gift_buttons: list[Button] = []

    def show_reward(self, rules: Rules, reward: Reward, used: tuple[int, int, int], *, chosen: bool = False) -> None:
        """Show a reward, and what the lines use of it: credit in minor units, rights, gifts.

        ``chosen`` says that something was chosen: what is left then is warned of.
        """
        language, (credit, rights, gifts) = self._language, used
        whole = _("of {whole}")
        self.credit.set(
            value=language.money(reward.credit - credit, reward.currency),
            note=whole.format(whole=language.money(reward.credit, reward.currency)),
            chip=_("not used") if chosen and reward.credit > credit else "",
            tone="warn",
        )
        left = reward.rights - rights
        self.rights.set(
            value=language.number(left),
            note=whole.format(whole=language.number(reward.rights)),
            chip=(_("not used") if left > 0 else _("too many") if left < 0 else "") if chosen else "",
            tone="bad" if left < 0 else "warn",
        )
        pieces = sum(gift.quantity for gift in reward.gifts)
        self.gifts.set(value=language.number(pieces - gifts), note=gift_words(reward.gifts, language))
        self.gifts.setVisible(bool(pieces))
        words = rule_words(rules, reward, language)
        self.rule.setText(words)
        self.rule.setVisible(bool(words))
        self._offer(reward.gifts)

    def _offer(self, gifts: tuple[Gift, ...]) -> None:
        """Offer each gift as one click."""
        if gifts == self._offered:
            return
        self._offered = gifts
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.gift_buttons = []
        for gift in gifts:
            button = Button(gift.name, "gift", kind=Kind.QUIET, compact=True)
            button.setToolTip(_("Put the gift {name} on the order").format(name=gift.name))
            button.setProperty("gift", gift.name)
            button.clicked.connect(self._wanted)
            self._flow.addWidget(button)
            self.gift_buttons.append(button)
        self._gifts.setVisible(bool(gifts))
        self._gifts.updateGeometry()

    def _wanted(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.gift_wanted.emit(str(button.property("gift")))


class RedemptionSums(Card):
    """``RedemptionSums(session)``: ``load(currency, shipping)``, ``shipping()``, ``show(lines, totals, inclusive)``.

    Signal: ``changed()`` another shipping was typed.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Summary"), parent=parent)
        self._session = session
        self._currency = "USD"
        self._freight_place = QVBoxLayout()
        self.body.addLayout(self._freight_place)
        self._place = QVBoxLayout()
        self._place.setSpacing(7)
        self.body.addLayout(self._place)
        self._lines: list[SumLine] = []
        self.figures: dict[str, str] = {}
        self._problem = Label("", Role.ERROR, wrap=True)
        self._problem.hide()
        self.add(self._problem)
        self._make_freight(self._currency)

    def load(self, currency: str, shipping: int) -> None:
        """Show the shipping of an order."""
        if currency != self._currency:
            self._currency = currency
            self._make_freight(currency)
        self.freight.set_value(shipping or None)

    def shipping(self) -> int:
        """Shipping in minor units."""
        return self.freight.value() or 0

    def error(self) -> str:
        """Judge the field; show and return the sentence."""
        return self.freight.check()

    def show_sums(self, lines: Sequence[OrderLine], totals: OrderTotals, *, inclusive: bool) -> None:
        """Show these sums instead of those before."""
        language, currency = self._session.language, totals.currency
        rows = [
            (words, language.money(minor, currency), "") for words, minor in _sums(lines, totals) if minor
        ]  # what is nothing is left out
        for tax in totals.taxes:
            words = _("incl. {label} {rate}") if inclusive else _("{label} {rate}")
            words = words.format(label=tax.label, rate=language.percent(tax.ppm))
            tip = _("on {base}").format(base=language.money(tax.base, currency))
            rows.append((words, language.money(tax.tax, currency), tip))
        while len(self._lines) > len(rows):
            line = self._lines.pop()
            self._place.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self._lines) < len(rows):
            self._lines.append(SumLine(""))
            self._place.addWidget(self._lines[-1])
        for line, shown in zip(self._lines, rows, strict=True):
            line.show_sum(*shown)
        self.figures = {words: amount for words, amount, _tip in rows}

    def _show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _make_freight(self, currency: str) -> None:
        """Lay the field out; it holds the decimals and the sign of one currency."""
        while (item := self._freight_place.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.freight = amount_field(self._session, currency)
        self.freight.setFixedWidth(124)
        self.freight.setAccessibleName(_("Shipping"))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        label = Label(_("Shipping"), Role.MUTED)
        label.setBuddy(self.freight)
        row.addWidget(label, 1)
        row.addWidget(self.freight)
        self._freight_place.addWidget(line)
        self.freight.changed.connect(self.changed)
        self.freight.error_changed.connect(self._show_problem)


def _sums(lines: Sequence[OrderLine], totals: OrderTotals) -> list[tuple[str, int]]:
    """Return what the goods come to and who pays it; the sums go up to the goods that are paid."""
    saved = given = overage = 0
    for line, part in zip(lines, totals.lines, strict=True):
        if line.kind == LineKind.HALF_PRICE:
            saved += part.retail - part.amount
        elif line.kind == LineKind.GIFT:
            given += part.retail - part.amount
        elif line.kind == LineKind.HOST_CREDIT:
            overage += part.net
    return [
        (_("Goods at full price"), sum(part.retail for part in totals.lines)),
        (_("Host credit"), -totals.host_credit),
        (_("Saved at half price"), -saved),
        (_("Gifts"), -given),
        (_("Goods to pay"), totals.goods),
        (_("thereof beyond the credit"), overage),
    ]


def used_of(rules: Rules, lines: Sequence[OrderLine], totals: OrderTotals | None) -> tuple[int, int, int]:
    """Return what lines use of a reward, also where it is too much: credit, rights, gifts."""
    rights = gifts = 0
    for line in lines:
        if line.kind == LineKind.HALF_PRICE:
            rights += right_weight(rules, line)
        elif line.kind == LineKind.GIFT:
            gifts += int(line.quantity)
    return (0 if totals is None else totals.host_credit), rights, gifts


def right_weight(rules: Rules, line: OrderLine) -> int:
    """Return how many rights a line uses at half price."""
    pieces = max(int(line.quantity), 0) if line.quantity < Decimal(10_000) else 0
    return rights_needed(rules, to_minor(line.unit_price, rules.currency)) * pieces


def rule_words(rules: Rules, reward: Reward, language: Language) -> str:
    """Return how dear pieces weigh, and until when the reward can be redeemed."""
    parts = [
        ngettext(
            "a piece from {price} on uses {n} right", "a piece from {price} on uses {n} rights", band.rights
        ).format(price=language.money(band.start, rules.currency), n=language.number(band.rights))
        for band in rules.weights
    ]
    sentences = []
    if parts and reward.rights:
        sentences.append(_("At half price {weights}.").format(weights=", ".join(parts)))
    if reward.expires_on is not None:
        sentences.append(_("To be redeemed until {day}.").format(day=language.date(reward.expires_on)))
    return " ".join(sentences)


def unused_words(redemption: Redemption, language: Language) -> str:
    """Return what is not used, with what the programme does with it; "" when all is used."""
    unspent, parts = redemption.unspent, []
    if unspent.amount:
        amount = language.money(unspent.amount, redemption.reward.currency)
        if unspent.fate is UnspentFate.KEPT and unspent.until is not None:
            words = _("{amount} of the credit is not used. Under this programme it is kept until {day}.")
            parts.append(words.format(amount=amount, day=language.date(unspent.until)))
        else:
            parts.append(_(_FATES.get(unspent.fate, N_("{amount} of the credit is not used."))).format(amount=amount))
    if redemption.rights_left:
        words = _("Not used: {rights}.")
        parts.append(words.format(rights=rights_words(redemption.rights_left, language)))
    if redemption.gifts_left:
        parts.append(_("A gift is not chosen yet."))
    return " ".join(parts)
