"""What would this party earn? Figures to try a programme with, the reward, and every figure explained. Saves nothing."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout

from directsell.domain.host_programmes.checks import problems
from directsell.domain.host_programmes.evaluate import Counted, Reward, award
from directsell.domain.host_programmes.rules import Rules
from directsell.domain.host_programmes.trace import Step
from directsell.domain.money import PPM, round_ratio, to_minor
from directsell.domain.taxes import STANDARD
from directsell.i18n import _
from directsell.store.queries.settings import tax_profile
from directsell.ui.pages.programmes.fields import columns, whole_field
from directsell.ui.session import Session
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.fields import CheckBox, FormField
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.tiles import KpiTile
from directsell.ui.widgets.typed import amount_field
from directsell.usecases.reward_words import gift_words, step_sentence


class Tester(Card):
    """``Tester(session)``: ``show_rules(rules)``; ``sales``, ``buyers``, ``bookings``, ``guests``, ``kept``, ``lines()``."""

    def __init__(self, session: Session, currency: str) -> None:
        super().__init__(_("What would this party earn?"))
        self._session = session
        self._rules: Rules | None = None
        profile = session.look(tax_profile, session.today())
        inside = profile.prices_include_tax and not profile.small_business
        self._tax = sum(rate.ppm for rate in profile.components(STANDARD)) if inside else 0
        self.sales = amount_field(session, currency)
        self.buyers, self.bookings, self.guests = whole_field(session), whole_field(session), whole_field(session)
        self.kept = CheckBox(_("The agreed day was kept"), checked=True)
        self.add(
            columns(
                FormField(_("Qualifying sales"), self.sales),
                FormField(_("Buyers"), self.buyers),
                FormField(_("Bookings"), self.bookings),
                FormField(_("Guests who came"), self.guests),
                tile=140,
            )
        )
        self.add(self.kept)
        self.credit, self.rights, self.gifts = (
            KpiTile(_("Credit")),
            KpiTile(_("Half-price rights")),
            KpiTile(_("Gifts")),
        )
        self.add(columns(self.credit, self.rights, self.gifts, tile=150))
        self._why = QVBoxLayout()
        self._why.setSpacing(4)
        self.body.addLayout(self._why)
        self._lines: list[Label] = []
        for editor in (self.sales, self.buyers, self.bookings, self.guests, self.kept):
            editor.changed.connect(self._compute)
        self.sales.set_value(to_minor(Decimal(350), currency))
        self.buyers.set_value(6)
        self.bookings.set_value(1)
        self.guests.set_value(9)

    def show_rules(self, rules: Rules) -> None:
        """Compute with other rules."""
        self._rules = rules
        self._compute()

    def lines(self) -> list[str]:
        """Return the explanation, sentence by sentence."""
        return [line.text() for line in self._lines]

    def _compute(self) -> None:
        rules = self._rules
        if rules is None:
            return
        if any(True for _problem in problems(rules)):
            self._show(None, [_("The programme is not complete yet; its marked rows say what is missing.")])
            return
        sales = max(self.sales.value() or 0, 0)
        net = round_ratio(sales * PPM, PPM + self._tax) if rules.qualifying.strip_tax else sales
        buyers, bookings, guests = (max(f.value() or 0, 0) for f in (self.buyers, self.bookings, self.guests))
        trace: list[Step] = []
        reward = award(
            rules,
            Counted(sales, net, buyers, bookings, guests, self.kept.value()),
            trace,
            closed_on=self._session.today(),
        )
        language = self._session.language
        self._show(reward, [step_sentence(step, language, rules.currency) for step in trace])

    def _show(self, reward: Reward | None, sentences: list[str]) -> None:
        language = self._session.language
        if reward is None:
            for tile in (self.credit, self.rights, self.gifts):
                tile.set(value="–", note="")
        else:
            self.credit.set(value=language.money(reward.credit, reward.currency), note="")
            self.rights.set(value=language.number(reward.rights), note="")
            self.gifts.set(value=language.number(sum(g.quantity for g in reward.gifts)),
                           note=gift_words(reward.gifts, language))  # fmt: skip
        for label in self._lines[len(sentences) :]:
            self._why.removeWidget(label)
            label.hide()
            label.deleteLater()
        del self._lines[len(sentences) :]
        for place, text in enumerate(sentences):
            if place == len(self._lines):
                label = Label("", Role.SMALL, wrap=True, selectable=True)
                self._lines.append(label)
                self._why.addWidget(label)
            self._lines[place].setText(text)
