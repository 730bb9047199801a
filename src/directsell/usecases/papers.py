"""The content of a paper for an order: everything it shows, in the customer's language, already computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from directsell.domain.demos import Demo
from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.orders import Handover, Order, OrderKind, Signer
from directsell.domain.papers import Copy, Paper, PaperLine, Party, PaymentRow, Sender, SignedBy, TaxSum, WindowNorm
from directsell.domain.payments import Payment
from directsell.domain.people import Address, Person, display_name
from directsell.domain.pricing import profile_from
from directsell.domain.records import standing
from directsell.domain.settings import Business
from directsell.i18n import N_, Language
from directsell.store.queries.orders import OrderView, order_view
from directsell.store.queries.papers import active_papers
from directsell.store.queries.settings import business
from directsell.store.queries.signatures import Signed, signatures_of
from directsell.store.reader import Reader
from directsell.usecases.cooling_off import slip_words

_HANDOVER = {
    Handover.TAKE_NOW: N_("Goods were handed over at once."),
    Handover.TO_CUSTOMER: N_("Delivery to the customer."),
    Handover.TO_HOST: N_("Delivery to the host."),
}
_ON_DAY = {
    Handover.TAKE_NOW: N_("Goods were handed over at once."),
    Handover.TO_CUSTOMER: N_("Delivery to the customer, planned for {day}."),
    Handover.TO_HOST: N_("Delivery to the host, planned for {day}."),
}
# Customary notes of small businesses; documents of record stay with the seller's adviser.
_EXEMPT = {
    "exempt.DE": "Umsatzsteuerfrei: Steuerbefreiung für Kleinunternehmer nach § 19 UStG.",
    "exempt.AT": "Umsatzsteuerbefreit – Kleinunternehmer gemäß § 6 Abs. 1 Z 27 UStG.",
    "exempt.FR": "TVA non applicable, art. 293 B du CGI",
    "exempt.IT": "Operazione senza applicazione dell'IVA ai sensi dell'art. 1, commi 54-89, L. 190/2014",
    "exempt.PL": "zwolnienie z VAT art. 113 ust. 1",
}
_UNITS = {
    "piece": N_("pcs"),
    "set": N_("set"),
    "pack": N_("pack"),
    "kg": N_("kg"),
    "g": N_("g"),
    "l": N_("l"),
    "ml": N_("ml"),
    "m": N_("m"),
    "hour": N_("h"),
}
_NIL = UUID(int=0)
_OFFER = N_("Thank you for your interest. This is what I can offer you:")
_HOLDS_UNTIL = N_("This offer holds until {day}. It is not an invoice: nothing is to be paid yet.")
_TAX_INSIDE = N_("All prices include tax.")
_TAX_ON_TOP = N_("Prices are without tax; the tax is added below the table.")
_TOWN_FIRST = frozenset({"US", "CA", "AU"})
_SMALL_BUSINESS = N_("No tax is charged: small business.")


def paper_language(reader: Reader, person: Person | None) -> str:
    """Return the language tag of papers for a person: the person's own, else the seller's."""
    return (person.language if person else "") or business(reader).language


def town_line(address: Address | Demo, home_country: str) -> str:
    """Return the line of an address with its town, in the order of its country (ISO code; none: the seller's)."""
    if (address.country or home_country) in _TOWN_FIRST:
        comma = "," if address.city and address.region else ""
        return " ".join(part for part in (f"{address.city}{comma}", address.region, address.postcode) if part)
    return " ".join(part for part in (address.postcode, address.city) if part)


def address_lines(address: Address | None, seller: Business) -> tuple[str, ...]:
    """Return the lines of a postal address as they stand on an envelope that the seller sends.

    The country stands there only abroad: in capitals and in the language of the country where the letter is posted, as
    the Universal Postal Union wants it.
    """
    if address is None:
        return ()
    place = town_line(address, seller.country)
    abroad = ""
    if address.country and address.country != seller.country:
        abroad = Language.load(seller.language).country_name(address.country).upper()
    return tuple(line for line in (address.extra, address.street, place, abroad) if line)


def sender_of(reader: Reader, seller: Business) -> Sender:
    """Return the seller as papers name them."""
    return sender_from(seller, reader.file(seller.logo) if seller.logo else None)


def sender_from(seller: Business, logo: bytes | None) -> Sender:
    """Return a seller as papers would name them, stored or not."""
    own = Address(
        id=_NIL,
        person_id=_NIL,
        street=seller.street,
        extra=seller.extra,
        postcode=seller.postcode,
        city=seller.city,
        region=seller.region,
    )
    return Sender(
        name=seller.name,
        tagline=seller.tagline,
        address=address_lines(own, seller),
        phone=seller.phone,
        email=seller.email,
        web=seller.web,
        tax_ids=((seller.tax_label, seller.tax_number),) if seller.tax_number else (),
        bank_lines=(seller.bank,) if seller.bank else (),
        iban=seller.iban,
        bic=seller.bic,
        logo=logo,
        accent=seller.accent,
    )


def order_paper(reader: Reader, view: OrderView, kind: PaperKind, day: date) -> Paper:
    """Return the unnumbered paper of an order: a draft until ``issue_paper`` gives it a number.

    Args:
        reader: where seller, customer and files are read.
        view: the order.
        kind: order slip, invoice or quote.
        day: the date printed on it.
    """
    if kind is PaperKind.QUOTE:
        return _quote_paper(reader, view, day)
    seller = business(reader)
    tag = paper_language(reader, view.person)
    language = Language.load(tag)
    slip = kind is PaperKind.ORDER_SLIP
    totals = view.totals
    order = view.order
    host = reader.find_one(Person, view.demo.host_id) if view.demo else None
    slips = active_papers(reader, order.id, PaperKind.ORDER_SLIP)
    statement, note = slip_words(reader, view) if slip else ("", "")
    signed = signatures_of(reader, view) if slip else {}
    return Paper(
        kind=kind,
        paper_date=day,
        delivery_date=order.delivered_on or (order.ordered_on if order.handover is Handover.TAKE_NOW else None),
        due_date=None if slip or view.balance <= 0 else day + timedelta(days=seller.due_days),
        currency=order.currency,
        language=tag,
        sender=sender_of(reader, seller),
        customer=_customer(reader, view.person, seller),
        customer_number=view.person.customer_number if view.person else "",
        order_reference="" if slip or not slips else slips[-1].number,
        demo_date=view.demo.day if view.demo else None,
        demo_host=display_name(host) if host else "",
        lines=_lines(view, language),
        goods=totals.amount - totals.line_discount,
        discount=totals.customer_discount + totals.order_discount,
        host_credit=totals.host_credit,
        shipping=totals.shipping,
        taxes=tuple(TaxSum(label=t.label, ppm=t.ppm, base=t.base, tax=t.tax) for t in totals.taxes),
        net=totals.net,
        total=totals.total,
        prices_include_tax=profile_from(order.tax_profile).prices_include_tax,
        payments=tuple(_payment_row(p) for p in standing(view.payments)),
        paid=view.paid,
        balance_due=view.balance,
        closing=seller.terms if not slip else "",
        exemption_note=exemption_note(totals.exemption_note, language),
        statement=statement,
        slip_texts=tuple(text for text in (note, seller.slip_terms if slip else "") if text),
        place_of_sale=_place(view.demo, seller),
        delivery_text=_delivery(order, language),
        customer_signed=_signed_by(signed.get(Signer.CUSTOMER)),
        seller_signed=_signed_by(signed.get(Signer.SELLER)),
        copies=_copies(view, host),
        page_format=seller.slip_format if slip else seller.invoice_format,
        window=WindowNorm.NONE if slip else seller.window,
    )


def _copies(view: OrderView, host: Person | None) -> tuple[Copy, ...]:
    """Return for whom a slip is drawn: what a guest orders at a demo concerns its host, too."""
    guest = host is not None and view.order.kind is OrderKind.SALE and view.order.person_id != host.id
    return (Copy.CUSTOMER, Copy.SELLER, *((Copy.HOST,) if guest else ()))


def _quote_paper(reader: Reader, view: OrderView, day: date) -> Paper:
    """Return the paper of a quote: an invoice's goods and sums, with an end and a line to accept it, and nothing due."""
    order = view.order
    paper = order_paper(reader, replace(view, payments=(), paid=view.totals.total), PaperKind.INVOICE, day)
    language = Language.load(paper.language)
    end = "" if order.valid_until is None else language.date(order.valid_until, "long")
    inside = _TAX_INSIDE if paper.prices_include_tax else _TAX_ON_TOP
    texts = [
        language.translate(_HOLDS_UNTIL).format(day=end) if end else "",
        language.translate(inside) if paper.taxes else "",
    ]
    return replace(
        paper,
        kind=PaperKind.QUOTE,
        delivery_date=None,
        due_date=None,
        valid_until=order.valid_until,
        order_reference="",
        paid=0,
        balance_due=0,
        intro=language.translate(_OFFER),
        closing=order.terms,
        slip_texts=tuple(text for text in texts if text),
        delivery_text="" if order.handover is Handover.TAKE_NOW else paper.delivery_text,
    )


def same_offer(issued: IssuedPaper, paper: Paper) -> bool:
    """Say whether a printed quote still says what a new one would: customer, goods, sums, end and terms."""
    before = Paper.from_json(issued.content)
    now = replace(paper, number=before.number, paper_date=before.paper_date, sender=before.sender)
    return before.to_json() == now.to_json()


def credit_paper(reader: Reader, original: IssuedPaper, day: date, reason: str) -> Paper:
    """Return the unnumbered paper that takes an issued one back entirely: every amount with the opposite sign."""
    paper = Paper.from_json(original.content)
    invoice = original.kind is PaperKind.INVOICE
    return replace(
        paper,
        kind=PaperKind.CREDIT_NOTE if invoice else PaperKind.SLIP_VOID,
        number=None,
        paper_date=day,
        due_date=None,
        reference=original.number,
        reference_date=original.issued_on,
        sender=sender_of(reader, business(reader)),
        lines=tuple(replace(line, quantity=-line.quantity, amount=-line.amount) for line in paper.lines),
        goods=-paper.goods,
        discount=-paper.discount,
        host_credit=-paper.host_credit,
        shipping=-paper.shipping,
        taxes=tuple(replace(tax, base=-tax.base, tax=-tax.tax) for tax in paper.taxes),
        net=-paper.net,
        rounding=-paper.rounding,
        total=-paper.total,
        payments=(),
        paid=0,
        balance_due=-paper.total,
        intro=reason,
        closing="",
        statement="",
        slip_texts=(),
        customer_signed=SignedBy(),
        seller_signed=SignedBy(),
    )


def preview_of(reader: Reader, order_id: UUID, kind: PaperKind, day: date) -> Paper:
    """Return what ``issue_paper`` would issue for a stored order, without a number, for the preview."""
    return order_paper(reader, order_view(reader, order_id), kind, day)


def exemption_note(key: str, language: Language) -> str:
    """Return the sentence that says why no tax is shown: the customary one of the country, or a general one."""
    return "" if not key else _EXEMPT.get(key) or language.translate(_SMALL_BUSINESS)


def _customer(reader: Reader, person: Person | None, seller: Business) -> Party:
    if person is None:
        return Party()
    address = next(iter(reader.find(Address, "position", person_id=person.id)), None)
    name = display_name(person)
    company = (person.company,) if person.company and person.company != name else ()
    return Party(name=name, lines=(*company, *address_lines(address, seller)))


def _lines(view: OrderView, language: Language) -> tuple[PaperLine, ...]:
    profile = profile_from(view.order.tax_profile)
    printed = []
    for place, (line, sums) in enumerate(zip(view.lines, view.totals.lines, strict=True), start=1):
        rates = profile.components(line.tax_class)
        printed.append(
            PaperLine(
                position=str(place),
                code=line.code,
                name=line.name,
                quantity=line.quantity,
                unit=language.translate(_UNITS[line.unit]) if line.unit in _UNITS else line.unit,
                unit_price=line.unit_price,
                discount_ppm=line.discount_ppm,
                discount=line.discount,
                tax_label=" + ".join(language.percent(rate.ppm) for rate in rates),
                amount=sums.amount - sums.discount,
                kind=line.kind,
                note=line.note,
            )
        )
    return tuple(printed)


def _payment_row(payment: Payment) -> PaymentRow:
    return PaymentRow(
        paid_on=payment.paid_on, method=payment.method.value, amount=payment.amount, detail=payment.detail
    )


def _signed_by(signed: Signed | None) -> SignedBy:
    """Return a drawn signature that covers the order as it stands; an older one is not printed below other figures."""
    if signed is None or not signed.covers or not signed.drawn:
        return SignedBy()
    return SignedBy(strokes=signed.signature.strokes, signed_on=signed.signature.at.astimezone().date())


def _place(demo: Demo | None, seller: Business) -> str:
    if demo is None:
        return ""
    return ", ".join(part for part in (demo.street, town_line(demo, seller.country)) if part)


def _delivery(order: Order, language: Language) -> str:
    if order.delivered_on is not None:
        return ""
    if order.deliver_on is None:
        return language.translate(_HANDOVER[order.handover])
    return language.translate(_ON_DAY[order.handover]).format(day=language.date(order.deliver_on, "long"))
