"""Campaigns: what was done for whom, what it cost, and what came of it. The rule of counting stands on the screen."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy, QWidget

from directsell.domain.campaign_results import WINDOW
from directsell.domain.marketing import CampaignState
from directsell.i18n import _, ngettext, pgettext
from directsell.store.queries.campaigns import CampaignCard, CampaignRow, campaign_card, campaigns
from directsell.store.queries.segments import people_in, segment_group
from directsell.store.queries.settings import business
from directsell.ui.pages.marketing.campaign_files import FilesCard
from directsell.ui.pages.marketing.campaign_sheet import CampaignSheet
from directsell.ui.pages.marketing.side_list import SideList
from directsell.ui.pages.marketing.view import Detail, MarketingView
from directsell.ui.session import Command, Session
from directsell.ui.tasks import Job
from directsell.ui.terms import term, tone_of
from directsell.ui.widgets.buttons import Button, IconButton, Kind, Menu
from directsell.ui.widgets.cards import Card
from directsell.ui.widgets.charts import BarChart, Series
from directsell.ui.widgets.labels import Label, Role, muted
from directsell.ui.widgets.layouts import FlowLayout
from directsell.ui.widgets.list_rows import RowLook
from directsell.ui.widgets.states import EmptyState
from directsell.ui.widgets.tiles import KpiTile
from directsell.ui.widgets.writing import WriteSheet
from directsell.usecases.marketing import delete_campaign


class CampaignsView(MarketingView):
    """``CampaignsView(session, make_sheet, writing)``: ``tiles`` by name, ``files``, ``chart``."""

    KEY = "campaigns"
    TABLES = (
        "campaign", "campaign_cost", "campaign_file", "segment", "person", "contact_entry", "sales_order", "order_line",
        "demo", "brand",
    )  # fmt: skip

    def __init__(
        self, session: Session, make_sheet: Callable[[], CampaignSheet], writing: Callable[[], WriteSheet]
    ) -> None:
        self._job: Job | None = None
        self._card: CampaignCard | None = None
        self._make_sheet = make_sheet
        self._sheet: CampaignSheet | None = None
        self._writing = writing
        self._currency = session.look(business).currency
        look: RowLook[CampaignRow] = RowLook(
            title=lambda row: row.name,
            subtitle=self._days,
            icon=lambda row: "megaphone",
            chips=lambda row: ((term(row.state), tone_of(row.state)),),
        )
        listing: SideList[CampaignRow] = SideList(
            look,
            _("Campaigns"),
            words=lambda row: row.name,
            empty=self._empty,
            nothing=lambda: EmptyState("search", _("Nothing found"), _("No campaign is called so."), action_icon=None),
            placeholder=_("Find a campaign …"),
        )
        self.write_button = Button(_("Write to the audience"), "mail", kind=Kind.PRIMARY, on_click=self._write)
        self.edit_button = Button(_("Change"), "pencil", on_click=self.edit)
        self._more = IconButton("ellipsis", _("More"), on_click=self._open_more)
        detail = Detail([self.write_button, self.edit_button, self._more])
        self._more_menu = Menu(detail)
        self._more_menu.add(_("Delete"), "trash-2", self.delete, danger=True)
        self._session = session
        self._build(detail)
        text = _("What it cost and what came of it is shown here.")
        nobody = EmptyState("megaphone", _("Choose a campaign"), text, action_icon=None)
        super().__init__(session, listing, detail, nobody, _("Back to the list"))
        self.listing: SideList[CampaignRow] = listing
        self.reload()

    @property
    def sheet(self) -> CampaignSheet:
        """The form, made when it is first needed."""
        if self._sheet is None:
            self._sheet = self._make_sheet()
            self._sheet.saved.connect(self._saved)
        return self._sheet

    def _build(self, detail: Detail) -> None:
        self.tiles = {
            "leads": KpiTile(_("Leads")),
            "contacts": KpiTile(_("Contacts made")),
            "demos": KpiTile(_("Demos")),
            "orders": KpiTile(_("Orders")),
            "revenue": KpiTile(_("Revenue")),
            "cost": KpiTile(_("Cost")),
            "cost_per_lead": KpiTile(_("Cost per lead")),
            "return": KpiTile(_("Return on costs")),
        }
        box = QWidget()
        flow = FlowLayout(box, gap=10, tile=150)
        for tile in self.tiles.values():
            flow.addWidget(tile)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        detail.add(box)
        self._months = Card(_("Revenue by month"))
        self.chart = BarChart(
            (), (), format=lambda value: self._session.language.money(round(value), self._currency), name=_("Revenue")
        )
        self.chart.setMinimumHeight(190)
        self._months.add(self.chart)
        detail.add(self._months)
        about = Card(pgettext("card", "About"))
        self.about = Label("", Role.BODY, wrap=True)
        self.costs = muted("", wrap=True)
        about.add(self.about)
        about.add(self.costs)
        detail.add(about)
        self.files = FilesCard(self._session)
        detail.add(self.files)
        rule = Card(_("How this is counted"))
        rule.add(
            muted(
                _(
                    "Leads are the people whose campaign this is. An order counts for one campaign only: that of the last "
                    "contact within a campaign in the {days} days before it, otherwise the campaign that won the buyer. "
                    "Revenue is what customers paid. Your share is the goods after discounts times the commission of their "
                    "brand; the return is what is left of it after the costs, in percent of the costs."
                ).format(days=WINDOW.days),
                wrap=True,
            )
        )
        detail.add(rule)

    def _empty(self) -> EmptyState:
        text = _("A fair, a flyer, a week of calls: note what it costs and whom you reach, and see what comes back.")
        return EmptyState("megaphone", _("No campaign yet"), text, _("New campaign"), self.new)

    # --- the view

    def reload(self) -> None:
        """Read the campaigns."""
        self.listing.show_rows(self._session.look(campaigns))

    def _days(self, row: CampaignRow) -> str:
        language = self._session.language
        starts = language.date(row.starts_on, "short")
        if row.ends_on is None:
            return _("from {day}").format(day=starts)
        return _("{first} to {last}").format(first=starts, last=language.date(row.ends_on, "short"))

    def show_record(self, key: UUID) -> None:
        """Read a campaign with its results."""
        row = self.listing.row(key)
        if row is None:
            return
        self.detail.name.setText(row.name)
        self.detail.below.setText(" · ".join((term(row.state), self._days(row), term(row.channel))))
        if self._job is not None:
            self._job.cancel()
        self._job = self._session.read(self, campaign_card, key, done=self._show_card)

    def _show_card(self, card: CampaignCard | None) -> None:
        self._job = None
        self._card = card
        if card is None:
            return
        language, result = self._session.language, card.result
        number = language.number

        def money(amount: int | None) -> str:
            return "–" if amount is None else language.money(amount, result.currency)

        reached = ngettext("{n} person", "{n} people", result.reached).format(n=number(result.reached))
        buyers = ngettext("{n} buyer", "{n} buyers", result.buyers).format(n=number(result.buyers))
        share = "" if result.share is None else _("your share {amount}").format(amount=money(result.share))
        gain = "" if result.gain is None else _("left {amount}").format(amount=money(result.gain))
        rate = "–" if result.return_ppm is None else language.percent(result.return_ppm // 10_000 * 10_000)
        self.tiles["leads"].set(value=number(result.leads))
        self.tiles["contacts"].set(value=number(result.contacts), note=reached if result.contacts else "")
        self.tiles["demos"].set(value=number(result.demos))
        self.tiles["orders"].set(value=number(result.orders), note=buyers if result.orders else "")
        self.tiles["revenue"].set(value=money(result.revenue), note=share if result.revenue else "")
        self.tiles["cost"].set(value=money(result.cost))
        self.tiles["cost_per_lead"].set(value=money(result.cost_per_lead))
        self.tiles["return"].set(value=rate, note=gain if result.cost else "")
        self._show_chart(card)
        self._show_about(card)
        self.files.show_files(card.campaign.id, card.files)
        self.write_button.setEnabled(card.campaign.state is not CampaignState.FINISHED)

    def _show_chart(self, card: CampaignCard) -> None:
        months = card.months[-12:]
        self._months.setVisible(len(months) > 1)
        labels = [self._session.language.month(month.first) for month in months]
        self.chart.set_data(labels, (Series(_("Revenue"), [float(month.revenue) for month in months]),))

    def _show_about(self, card: CampaignCard) -> None:
        language, campaign = self._session.language, card.campaign
        lines = [
            _("Audience: {name}").format(name=card.segment) if card.segment else "",
            _("Brand: {name}").format(name=card.brand) if card.brand else "",
            _("Goal: {text}").format(text=campaign.goal) if campaign.goal else "",
            campaign.note,
        ]
        words = "\n".join(line for line in lines if line)
        self.about.setText(words or _("Neither audience nor goal is noted."))
        costs = [
            _("{label}: {amount}").format(label=cost.label, amount=language.money(cost.amount, cost.currency))
            for cost in card.costs
        ]
        self.costs.setText("\n".join(costs))
        self.costs.setVisible(bool(costs))

    def new(self) -> None:
        """Begin a new campaign."""
        self.sheet.start()

    def edit(self) -> None:
        """Change the campaign that shows."""
        if self._card is not None and self._card.campaign.id == self.listing.current():
            self.sheet.edit(self._card.campaign, self._card.costs)

    def delete(self) -> None:
        """Delete the campaign that shows."""
        row = self.listing.row(self.listing.current())
        if row is not None and (self._sheet is None or self._sheet.isHidden()):
            said = _("{name} deleted").format(name=row.name)
            self._session.run(self, delete_campaign, row.id, said=said)

    def commands(self) -> list[Command]:
        """Return what can be done here."""
        found = [Command(_("New campaign"), self.new, "plus", "Ctrl+N")]
        if self.listing.current() is not None:
            found += [
                Command(_("Change campaign"), self.edit, "pencil", "Ctrl+E"),
                Command(_("Write to the audience of this campaign"), self._write, "mail", "Ctrl+Shift+M"),
                Command(_("Add file to this campaign"), self.files.add_file, "upload"),
                Command(_("Delete campaign"), self.delete, "trash-2"),
            ]
        return found

    # --- inside

    def _write(self) -> None:
        card = self._card
        if card is None or card.campaign.id != self.listing.current():
            return
        if card.campaign.segment_id is None:
            self._session.say(_("Choose an audience for the campaign first."))
            self.edit()
            return
        group = self._session.look(segment_group, card.campaign.segment_id)
        self._writing().write_found(
            people_in, group, self._session.today(), title=card.campaign.name, campaign_id=card.campaign.id
        )

    def _open_more(self) -> None:
        self._more_menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _saved(self, key: object) -> None:
        if isinstance(key, UUID):
            self.reload()
            self.open_record(key)
            self.show_record(key)
