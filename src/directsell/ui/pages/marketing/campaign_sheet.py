"""The sheet of a campaign: name, time, audience, channel, goal, costs. Files are added where the campaign shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from directsell.domain.contact_choices import Channel
from directsell.domain.marketing import Campaign, CampaignCost, CampaignState
from directsell.i18n import _
from directsell.store.queries.products import brands
from directsell.store.queries.segments import segments
from directsell.store.queries.settings import business
from directsell.ui.session import Session
from directsell.ui.terms import term
from directsell.ui.widgets.fields import ChoiceField, MultilineField, RepeatingRows, TextField
from directsell.ui.widgets.form_sheet import FormSheet
from directsell.ui.widgets.kept_words import KeptWords
from directsell.ui.widgets.typed import amount_field, date_field
from directsell.usecases.marketing import save_campaign

_CHANNELS = (Channel.EMAIL, Channel.MESSAGE, Channel.SOCIAL, Channel.POST, Channel.CALL, Channel.VISIT, Channel.MEETING)


class CostRow(QWidget):
    """``CostRow(session, currency)``: what something was for, and how much. Signals as any editor."""

    changed = Signal()
    committed = Signal()
    error_changed = Signal(str)

    def __init__(self, session: Session, currency: str) -> None:
        super().__init__()
        self.key: UUID = session.new_id()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.label = TextField(limit=100, placeholder=_("Flyers, postage, advertisement …"))
        self.label.setAccessibleName(_("What for"))
        self.amount = amount_field(session, currency)
        self.amount.setAccessibleName(_("Amount"))
        self.amount.setMaximumWidth(150)
        row.addWidget(self.label, 1)
        row.addWidget(self.amount)
        self.setFocusProxy(self.label)
        for editor in (self.label, self.amount):
            editor.changed.connect(self.changed)
            editor.committed.connect(self.committed)
            editor.error_changed.connect(self.error_changed)

    def error(self) -> str:
        """Sentence when the amount cannot be read."""
        return self.amount.error() or self.label.error()

    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not self.label.value() and self.amount.is_empty()


class CampaignSheet(FormSheet):
    """``CampaignSheet(session, host)``: ``start()``, ``edit(campaign, costs)``. Signal: ``saved(object id)``."""

    saved = Signal(object)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host, _("Campaign"), width=560)
        self._session = session
        self._campaign: Campaign | None = None
        self._foreign: list[CampaignCost] = []
        self._currency = session.look(business).currency
        self.name = TextField(limit=100, placeholder=_("Spring catalogue"))
        self.field("name", _("Name"), self.name, required=True)
        self.state = ChoiceField([(state, term(state)) for state in CampaignState], CampaignState.PLANNED)
        self.channel = ChoiceField([(channel, term(channel)) for channel in _CHANNELS], Channel.MESSAGE)
        self.pair(
            self.make_field("state", _("Status"), self.state), self.make_field("channel", _("Mainly by"), self.channel)
        )
        self.starts_on = date_field(session, required=True)
        self.ends_on = date_field(session)
        self.pair(
            self.make_field("starts_on", _("From"), self.starts_on, required=True),
            self.make_field("ends_on", _("Until"), self.ends_on),
        )
        self.segment = ChoiceField()
        self.brand = ChoiceField()
        self.pair(
            self.make_field("segment_id", _("Audience"), self.segment),
            self.make_field("brand_id", _("Brand"), self.brand),
        )
        self.goal = TextField(limit=300, placeholder=_("Ten new customers"))
        self.field("goal", _("Goal"), self.goal)
        self.costs = RepeatingRows(self._cost_row, _("Add cost"), least=0)
        self.field("costs", _("Costs"), self.costs)
        self.note = MultilineField(lines=3)
        self.field("note", _("Note"), self.note)
        self._kept = KeptWords(
            session, self, "campaign", self._plain_editors, more=self._typed_costs, take=self._take_costs
        )
        self.save_wanted.connect(self._save_it)

    def _cost_row(self) -> QWidget:
        return CostRow(self._session, self._currency)

    def start(self) -> None:
        """Open the sheet for a new campaign."""
        new = Campaign(
            id=self._session.new_id(), name="", starts_on=self._session.today(), created_at=self._session.now()
        )
        self._open(new, (), _("New campaign"), "new")

    def edit(self, campaign: Campaign, costs: Sequence[CampaignCost]) -> None:
        """Open the sheet for a stored campaign."""
        self._open(campaign, costs, _("Change campaign"), campaign.id)

    def _open(self, campaign: Campaign, costs: Sequence[CampaignCost], title: str, subject: object) -> None:
        if not self.make_way():
            return
        self._campaign = campaign
        self.set_title(title)
        self.name.set_value(campaign.name)
        self.state.set_value(campaign.state)
        self.channel.set_value(campaign.channel)
        self.starts_on.set_value(campaign.starts_on)
        self.ends_on.set_value(campaign.ends_on)
        self.segment.set_choices(
            [(None, _("Nobody in particular")), *((s.id, s.name) for s in self._session.look(segments))]
        )
        self.segment.set_value(campaign.segment_id)
        self.brand.set_choices([(None, _("All brands")), *((b.id, b.name) for b in self._session.look(brands))])
        self.brand.set_value(campaign.brand_id)
        self.goal.set_value(campaign.goal)
        self.note.set_value(campaign.note)
        self.costs.clear_rows()
        self._foreign = [cost for cost in costs if cost.currency != self._currency]
        for cost in costs:
            if cost.currency == self._currency:
                row = CostRow(self._session, self._currency)
                row.key = cost.id
                row.label.set_value(cost.label)
                row.amount.set_value(cost.amount)
                self.costs.add_row(row)
        self.set_clean()
        self._kept.begin(subject)
        self.open_sheet(self.name)

    def _plain_editors(self) -> dict[str, QWidget]:
        return {name: editor for name, editor in self.editors().items() if editor is not self.costs}

    def _typed_costs(self) -> list[list[str]]:
        rows = [row for row in self.costs.rows() if isinstance(row, CostRow)]
        return [[str(row.key), row.label.value(), row.amount.text()] for row in rows if not row.is_empty()]

    def _take_costs(self, costs: list[list[str]]) -> None:
        self.costs.clear_rows()
        for key, label, amount in costs:
            row = CostRow(self._session, self._currency)
            row.key = UUID(key)
            row.label.set_value(label)
            row.amount.show_unread(amount)
            self.costs.add_row(row)

    def _save_it(self) -> None:
        if self._campaign is None or self.first_error():
            return
        campaign = replace(
            self._campaign,
            name=self.name.value(),
            state=self.state.value(),
            channel=self.channel.value(),
            starts_on=self.starts_on.value() or self._campaign.starts_on,
            ends_on=self.ends_on.value(),
            segment_id=self.segment.value(),
            brand_id=self.brand.value(),
            goal=self.goal.value(),
            note=self.note.value(),
        )
        rows = [row for row in self.costs.rows() if isinstance(row, CostRow) and not row.is_empty()]
        costs = [
            CampaignCost(
                id=row.key,
                campaign_id=campaign.id,
                label=row.label.value(),
                amount=row.amount.value() or 0,
                currency=self._currency,
            )
            for row in rows
        ]
        self.busy(True)
        self._session.run(
            self,
            save_campaign,
            campaign,
            [*self._foreign, *costs],
            done=self._done,
            failed=self.refuse,
            said=_("Campaign saved"),
            draft=self._kept.key,
        )

    def _done(self, campaign: Campaign) -> None:
        self.set_clean()
        self.close_sheet()
        self.saved.emit(campaign.id)
