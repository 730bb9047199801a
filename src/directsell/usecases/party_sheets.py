"""What stands on the host's sheet and on the settlement of a party, and the company order as rows for a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from directsell.documents.figure_sheet import FigureRow, FigureSection, FigureSheet
from directsell.domain.demos import Demo
from directsell.domain.host_programmes.evaluate import Reward
from directsell.domain.host_programmes.rules import UnspentFate
from directsell.domain.money import from_minor
from directsell.domain.orders import OrderKind, OrderState
from directsell.domain.payments import PaymentMethod
from directsell.domain.people import display_name
from directsell.domain.totals import LineKind
from directsell.exchange.writers import Column, ColumnKind, write_csv
from directsell.i18n import N_, Language
from directsell.store.queries.orders import OrderView
from directsell.store.queries.rewards import portions
from directsell.store.queries.settings import business
from directsell.store.queries.settlements import PartyAccount, company_rows, party_account
from directsell.store.reader import Reader
from directsell.usecases.reward_words import gift_words, rights_words, trace_groups

_BINDING = (OrderState.PLACED, OrderState.DELIVERED)
_METHODS = {
    PaymentMethod.CASH: N_("Cash"),
    PaymentMethod.CARD: N_("Card"),
    PaymentMethod.CHECK: N_("Check"),
    PaymentMethod.TRANSFER: N_("Bank transfer"),
    PaymentMethod.GIFT_CERTIFICATE: N_("Gift certificate"),
    PaymentMethod.HOST_CREDIT: N_("Host credit"),
    PaymentMethod.ROUNDING: N_("Rounding"),
}
_KINDS = {
    LineKind.HOST_CREDIT: N_("paid with host credit"),
    LineKind.HALF_PRICE: N_("half price"),
    LineKind.GIFT: N_("gift"),
}
_FATES = {
    UnspentFate.LOST: N_("What is left of the credit is lost when the demo closes."),
    UnspentFate.KEPT: N_("What is left of the credit is kept for some days."),
    UnspentFate.POOLED: N_("What is left of the credit is added to the next demo."),
}
HEADS = (N_("Code"), N_("Name"), N_("Quantity"), N_("Retail price"), N_("Wholesale price"))


def host_sheet(reader: Reader, demo_id: UUID, day: date) -> FigureSheet:
    """Return the sheet for the host: sales by guest (names only, never an address), reward with its reasons, own order.

    Args:
        reader: where the party is read.
        demo_id: the demo.
        day: the date of the sheet.

    Raises:
        DomainError: ``record.missing``, ``programme.unreadable``.
    """
    account = party_account(reader, demo_id)
    host = account.party.host
    writer = SheetWriter(reader, account, (host.language if host else "") or business(reader).language)
    sections = (
        writer.guests(),
        writer.reward(),
        writer.why(),
        writer.own_order(),
        writer.bookings(),
    )
    return writer.sheet(N_("For the host"), day, sections)


def settlement_sheet(reader: Reader, demo_id: UUID, day: date) -> FigureSheet:
    """Return the sheet for the seller: tally, company order, what is owed, costs, and what is left.

    Raises:
        DomainError: ``record.missing``, ``programme.unreadable``.
    """
    account = party_account(reader, demo_id)
    writer = SheetWriter(reader, account, business(reader).language)
    sections = (writer.tally(), writer.company(), writer.owed(), writer.result())
    return writer.sheet(N_("Settlement"), day, sections)


def host_sheet_pdf(reader: Reader, demo_id: UUID, day: date) -> bytes:
    """Return the host's sheet as a PDF; errors as ``host_sheet``."""
    from directsell.documents.figure_sheet import render_figures

    return render_figures(host_sheet(reader, demo_id, day))


def settlement_pdf(reader: Reader, demo_id: UUID, day: date) -> bytes:
    """Return the settlement as a PDF; errors as ``settlement_sheet``."""
    from directsell.documents.figure_sheet import render_figures

    return render_figures(settlement_sheet(reader, demo_id, day))


def company_table(account: PartyAccount) -> list[tuple[str, str, Decimal, Decimal, Decimal]]:
    """Return the company order by product: code, name, quantity, retail and wholesale price in major units."""
    share = Decimal(1_000_000 - account.terms.commission_ppm) / 1_000_000
    rows = []
    for code, name, quantity, retail in company_rows(account):
        price = from_minor(retail, account.currency)
        wholesale = (price * share).quantize(from_minor(1, account.currency))
        rows.append((code, name, quantity, price, wholesale))
    return rows


def write_company_order(path: Path, *, account: PartyAccount, language: Language) -> int:
    """Write the company order as CSV, numbers as the language's spreadsheets read them; returns the number of products.

    Raises:
        ExchangeError: ``file.*``; the file is then as it was.
    """
    kinds: tuple[ColumnKind, ...] = ("text", "text", "number", "number", "number")
    columns = [Column(head, kind, language.translate(head)) for head, kind in zip(HEADS, kinds, strict=True)]
    comma = language.formats.decimal == ","
    return write_csv(
        path,
        columns,
        company_table(account),
        delimiter=";" if comma else ",",
        decimal_mark="," if comma else ".",
    )


class SheetWriter:
    """Writes the parts of a sheet in one language."""

    def __init__(self, reader: Reader, account: PartyAccount, tag: str) -> None:
        self._reader = reader
        self._account = account
        self._language = Language.load(tag)
        self._views = [view for view in account.party.orders if view.order.state in _BINDING]

    def say(self, message: str) -> str:
        """Return a label in the language of the sheet."""
        return self._language.translate(message)

    def sheet(self, title: str, day: date, sections: Sequence[FigureSection]) -> FigureSheet:
        """Return the whole sheet."""
        seller = business(self._reader)
        return FigureSheet(
            title=self.say(title),
            subtitle=" · ".join(part for part in (_name(self._account), self._when(self._account.party.demo)) if part),
            seller=seller.name,
            day=day,
            language=self._language.tag,
            page_format=seller.invoice_format,
            accent=seller.accent,
            sections=tuple(section for section in sections if section.rows),
            foot=" · ".join(part for part in (seller.name, seller.phone, seller.email) if part),
        )

    def _when(self, demo: Demo) -> str:
        return self._language.date(demo.day, "full")

    def _money(self, minor: int) -> str:
        return self._language.money(minor, self._account.currency)

    def _row(self, label: str, minor: int, *, strong: bool = False) -> FigureRow:
        return FigureRow(self.say(label), self._money(minor), strong=strong)

    # --- the host's sheet

    def guests(self) -> FigureSection:
        """Sales by guest: the name and the goods, nothing else about them."""
        rows, together = [], 0
        for view in self._views:
            if view.order.kind is OrderKind.SALE:
                goods = sum(line.net for line in view.totals.lines)
                together += goods
                rows.append(FigureRow(display_name(view.person) if view.person else "", self._money(goods)))
        if rows:
            rows.append(self._row(N_("Goods of all guests"), together, strong=True))
        return FigureSection(title=self.say(N_("Orders")), rows=tuple(rows))

    def reward(self) -> FigureSection:
        """Credit, rights, gifts, and until when."""
        reward, rules = self._account.reward, self._account.party.rules
        if reward is None or rules is None:
            return FigureSection(title="", rows=())
        number = self._language.number
        rows = [self._row(N_("Qualifying sales"), reward.sales), self._row(N_("Credit"), reward.credit, strong=True)]
        rows.append(FigureRow(self.say(N_("Half-price rights")), number(reward.rights), strong=True))
        rows += [FigureRow(gift.name, number(gift.quantity), strong=True) for gift in reward.gifts]
        rows += self._shares(reward)
        if reward.expires_on is not None:
            day = self._language.date(reward.expires_on)
            rows.append(FigureRow(self.say(N_("To be redeemed until")), day))
        rows.append(FigureRow(self.say(_FATES[rules.unspent])))
        return FigureSection(title=self.say(N_("Your reward")), rows=tuple(rows))

    def _shares(self, reward: Reward) -> list[FigureRow]:
        """Who gets what of it, where several do."""
        parts = portions(self._reader, self._account.party, reward)
        if all(part.reward == reward for part in parts):
            return []
        rows = []
        for part in parts:
            extra = [rights_words(part.reward.rights, self._language)] if part.reward.rights else []
            extra += [gift_words(part.reward.gifts, self._language)] if part.reward.gifts else []
            rows.append(FigureRow(part.name, self._money(part.reward.credit), note=", ".join(extra)))
        return rows

    def why(self) -> FigureSection:
        """Every figure of the reward explained, in the language of the sheet."""
        reward = self._account.reward
        groups = trace_groups(reward, self._language) if reward is not None else []
        rows = [FigureRow(sentence) for heading, sentences in groups if heading for sentence in sentences]
        return FigureSection(title=self.say(N_("Why")), rows=tuple(rows))

    def own_order(self) -> FigureSection:
        """What the host ordered with the reward."""
        own = [view for view in self._views if view.order.kind is OrderKind.HOST]
        rows = []
        for view in own:
            if len(own) > 1 and view.person is not None:
                rows.append(FigureRow(display_name(view.person), strong=True))
            rows += self._order_rows(view)
        return FigureSection(title=self.say(N_("Your order")), rows=tuple(rows))

    def _order_rows(self, view: OrderView) -> list[FigureRow]:
        rows = []
        for line, sums in zip(view.lines, view.totals.lines, strict=True):
            kind = _KINDS.get(LineKind(line.kind))
            words = f"{self._language.quantity(line.quantity)} × {line.name}"
            rows.append(FigureRow(words, self._money(sums.net), note=self.say(kind) if kind else ""))
        rows.append(self._row(N_("Shipping"), view.totals.shipping))
        if view.totals.tax:
            rows.append(self._row(N_("Tax"), view.totals.tax))
        rows.append(self._row(N_("Total"), view.totals.total, strong=True))
        if view.balance:
            rows.append(self._row(N_("Still to be paid"), view.balance))
        return rows

    def bookings(self) -> FigureSection:
        """The demos that were booked here, by day."""
        rows = [FigureRow(self._when(child), "") for child in self._account.party.bookings]
        return FigureSection(title=self.say(N_("Booked at your demo")), rows=tuple(rows))

    # --- the settlement

    def tally(self) -> FigureSection:
        """All slips added up, and how they were paid."""
        sums = self._account.tally
        rows = [self._row(N_("Goods"), sums.goods)]
        optional = (
            (N_("Half-price goods"), sums.half_price),
            (N_("Host goods beyond the credit"), sums.host_goods),
            (N_("Shipping"), sums.shipping),
            (N_("Tax"), sums.tax_added),
        )
        rows += [self._row(label, amount) for label, amount in optional if amount]
        rows.append(self._row(N_("All slips"), sums.total, strong=True))
        rows += [self._row(_METHODS[method], amount) for method, amount in sums.by_method]
        if sums.open:
            rows.append(self._row(N_("Still open"), sums.open))
        return FigureSection(title=self.say(N_("Slips and payments")), rows=tuple(rows))

    def company(self) -> FigureSection:
        """The order to the company by product."""
        rows = [
            FigureRow(_product(code, name, self._language.quantity(quantity)), self._money(retail))
            for code, name, quantity, retail in company_rows(self._account)
        ]
        return FigureSection(title=self.say(N_("Order to the company, at retail")), rows=tuple(rows))

    def owed(self) -> FigureSection:
        """What the company gets."""
        order = self._account.company
        rows = [
            self._row(N_("Goods at retail"), order.retail),
            self._row(N_("Your commission"), -order.commission),
        ]
        optional = (
            (N_("Half-price goods"), order.half_price),
            (N_("Host goods beyond the credit"), order.overage),
            (N_("Shipping charged"), order.shipping),
            (N_("Tax charged in advance"), order.tax),
        )
        rows += [self._row(label, amount) for label, amount in optional if amount]
        rows.append(self._row(N_("Owed to the company"), order.owed, strong=True))
        return FigureSection(title=self.say(N_("Owed")), rows=tuple(rows))

    def result(self) -> FigureSection:
        """What is left, in all and per hour."""
        found = self._account.settlement
        rows = [self._row(N_("Commission"), found.commission)]
        optional = (
            (N_("Discounts given"), found.discounts),
            (N_("Half-price goods"), found.half_price),
            (N_("Host goods"), found.host_goods),
            (N_("Shipping, collected less charged"), found.shipping),
            (N_("Tax, collected less charged"), found.tax),
            (N_("Rounding"), -found.rounding),
        )
        rows += [self._row(label, amount) for label, amount in optional if amount]
        rows.append(self._row(N_("Result"), found.result, strong=True))
        costs = found.costs
        spent = (
            (N_("Gifts"), costs.gifts),
            (N_("Samples"), costs.samples),
            (N_("Door prizes"), costs.door_prizes),
            (N_("Card fees"), costs.card_fees),
            (N_("Mileage"), costs.mileage),
            (N_("Other costs"), costs.other),
        )
        rows += [self._row(label, -amount) for label, amount in spent if amount]
        rows.append(self._row(N_("Net"), found.net, strong=True))
        if found.per_hour is not None and found.hours is not None:
            label = self.say(N_("Per hour, for {hours} hours")).format(hours=self._language.number(found.hours))
            rows.append(FigureRow(label, self._money(found.per_hour), strong=True))
        return FigureSection(title=self.say(N_("What is left")), rows=tuple(rows))


def _name(account: PartyAccount) -> str:
    host = account.party.host
    return account.party.demo.title or (display_name(host) if host else "")


def _product(code: str, name: str, quantity: str) -> str:
    return f"{code} · {quantity} × {name}" if name and name != code else f"{quantity} × {code}"
