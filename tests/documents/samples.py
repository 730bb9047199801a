"""Papers to draw: invented people, companies and goods."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from directsell.domain.papers import (
    Paper,
    PaperFormat,
    PaperKind,
    PaperLine,
    Party,
    PaymentRow,
    Sender,
    SignedBy,
    TaxSum,
    WindowNorm,
)

SENDER_DE = Sender(
    name="Miriam Albrecht",
    tagline="Unabhängige Beraterin für Küchenfee",
    address=("Lindenallee 14", "79100 Freiburg im Breisgau"),
    phone="+49 761 5550142",
    email="miriam@albrecht-beratung.example",
    web="albrecht-beratung.example",
    tax_ids=(("USt-IdNr.", "DE123456788"),),
    iban="DE02 1203 0000 0000 2020 51",
    bic="BYLADEM1001",
)
SENDER_US = Sender(
    name="Dana Whitfield",
    tagline="Independent consultant, Casa Verde",
    address=("14 Linden Avenue", "Springfield, IL 62704"),
    phone="(217) 555-0142",
    email="dana@whitfield.example",
    web="whitfield.example",
    tax_ids=(("Sales tax permit", "4417-0032"),),
    bank_lines=("Checks payable to Dana Whitfield",),
    accent="#7C2D5E",
)
CUSTOMER_DE = Party(
    name="Dr. Johanna Szczepańska-Müller",
    lines=("Hinterhaus, 3. OG rechts", "Goethestraße 7 b", "79104 Freiburg im Breisgau"),
)
CUSTOMER_US = Party(name="Amy Castellanos-O'Brien", lines=("2208 Walnut Street, Apt 4B", "Springfield, IL 62703"))
GOODS_DE = (
    ("HK-1001", "Edelstahl-Kochtopf 24 cm mit Glasdeckel, 4,2 Liter, Induktion", "1", "59.66", 100_000, "19 %"),
    ("HK-1044", "Silikon-Backmatte 40 × 60 cm", "2", "12.56", 0, "19 %"),
    ("KO-2210", "Tagescreme Calendula 50 ml", "3", "18.45", 0, "19 %"),
    ("KO-2214", "Nachtpflege mit Hyaluron und Jojobaöl, 50 ml Glastiegel, parfümfrei", "1", "24.33", 0, "19 %"),
    ("TE-3001", "Kräutertee „Abendruhe“ 100 g", "2", "6.07", 0, "7 %"),
    ("TE-3007", "Gewürzmischung Ras el Hanout 80 g", "3", "5.51", 0, "7 %"),
    ("DE-4102", "Duftkerze Sandelholz & Vanille, 40 Stunden Brenndauer", "1", "14.24", 0, "19 %"),
    ("DE-4110", "Teelichthalter Messing, 2er-Set", "2", "16.76", 150_000, "19 %"),
    ("HK-1102", "Gemüsehobel mit 5 Einsätzen und Fingerschutz", "3", "33.57", 0, "19 %"),
    ("HK-1109", "Frischhaltedosen-Set 7-teilig, stapelbar, BPA-frei", "1", "29.37", 0, "19 %"),
    ("SM-5003", "Ohrstecker Sterlingsilber 925, Zirkonia", "2", "31.89", 0, "19 %"),
    ("VS-0001", "Versandkostenanteil", "3", "4.96", 0, "19 %"),
)
GOODS_US = (
    ("CV-402", "Chopper with stainless blade and catch cup", "1", "34.00", 0, "7.75%"),
    ("CV-110", "Peeler", "2", "12.50", 0, "7.75%"),
    ("CV-777", "Serving Board, acacia, 18 × 12 in, food-safe oil finish", "1", "88.00", 100_000, "7.75%"),
    ("CV-518", "Spice Trio (smoked paprika, cumin, chili)", "1", "21.00", 0, ""),
)


def goods(count: int, source: tuple[tuple[str, str, str, str, int, str], ...] = GOODS_DE) -> tuple[PaperLine, ...]:
    """Return so many lines, the source over and over."""
    lines = []
    for index in range(count):
        code, name, quantity, price, discount, tax = source[index % len(source)]
        gross = Decimal(quantity) * Decimal(price) * 100 * (1_000_000 - discount) / 1_000_000
        lines.append(
            PaperLine(
                position=str(index + 1), code=code, name=name, quantity=Decimal(quantity), unit="Stk" if source is GOODS_DE else "",
                unit_price=Decimal(price), discount_ppm=discount, tax_label=tax, amount=int(gross.quantize(Decimal(1))),
            )
        )  # fmt: skip
    return tuple(lines)


def invoice_de(count: int = 12) -> Paper:
    """Return a German invoice, prices without tax."""
    lines = goods(count)
    reduced = sum(line.amount for line in lines if line.tax_label == "7 %")
    standard = sum(line.amount for line in lines) - reduced
    taxes = (TaxSum("USt", 70_000, reduced, reduced * 7 // 100), TaxSum("USt", 190_000, standard, standard * 19 // 100))
    total = reduced + standard + sum(tax.tax for tax in taxes)
    return Paper(
        kind=PaperKind.INVOICE,
        number="R-A-2026-0417",
        paper_date=date(2026, 11, 20),
        delivery_date=date(2026, 11, 20),
        due_date=date(2026, 12, 4),
        currency="EUR",
        language="de_DE",
        sender=SENDER_DE,
        customer=CUSTOMER_DE,
        customer_number="K-10482",
        order_reference="B-A-2026-0391",
        demo_date=date(2026, 11, 14),
        demo_host="S. Keller",
        lines=lines,
        goods=reduced + standard,
        net=reduced + standard,
        taxes=taxes,
        total=total,
        balance_due=total,
        closing="Vielen Dank für Ihren Einkauf! Bei Fragen bin ich gern für Sie da.",
        window=WindowNorm.DIN_B,
    )


def invoice_us(count: int = 4) -> Paper:
    """Return an American invoice with sales tax, shipping and a part payment."""
    lines = goods(count, GOODS_US)
    base = sum(line.amount for line in lines if line.tax_label) + 500
    tax = (base * 775 + 5000) // 10_000
    amount = sum(line.amount for line in lines)
    total = amount + 500 + tax
    return Paper(
        kind=PaperKind.INVOICE,
        number="R-A-2026-0017",
        paper_date=date(2026, 2, 27),
        delivery_date=date(2026, 2, 27),
        due_date=date(2026, 3, 13),
        currency="USD",
        language="en_US",
        sender=SENDER_US,
        customer=CUSTOMER_US,
        order_reference="B-A-2026-0012",
        demo_date=date(2026, 2, 13),
        demo_host="Dana Ruiz",
        lines=lines,
        goods=amount,
        shipping=500,
        net=amount + 500,
        taxes=(TaxSum("Sales tax", 77_500, base, tax),),
        total=total,
        payments=(PaymentRow(paid_on=date(2026, 2, 13), method="cash", amount=2000),),
        paid=2000,
        balance_due=total - 2000,
        closing="Thank you for your order!",
        page_format=PaperFormat.LETTER,
        window=WindowNorm.US_10,
    )


def slip_de(count: int = 3) -> Paper:
    """Return a German order slip, prices with tax, a deposit paid."""
    lines = tuple(replace(line, tax_label="") for line in goods(count))
    total = sum(line.amount for line in lines)
    tax = (total * 19 + 60) // 119
    deposit = total * 6 // 10
    return Paper(
        kind=PaperKind.ORDER_SLIP,
        number="B-A-2026-0391",
        paper_date=date(2026, 3, 6),
        delivery_date=date(2026, 3, 21),
        currency="EUR",
        language="de_DE",
        sender=SENDER_DE,
        customer=CUSTOMER_DE,
        customer_number="K-10482",
        demo_date=date(2026, 3, 6),
        demo_host="Sabine Krüger",
        place_of_sale="Wohnung der Gastgeberin",
        lines=lines,
        goods=total,
        taxes=(TaxSum("USt", 190_000, total - tax, tax),),
        net=total - tax,
        total=total,
        prices_include_tax=True,
        payments=(PaymentRow(paid_on=date(2026, 3, 6), method="cash", amount=deposit),),
        paid=deposit,
        balance_due=total - deposit,
        delivery_text="Lieferung nach Hause am Samstag, 21. März 2026",
        slip_texts=(
            "Sie haben das Recht, binnen vierzehn Tagen diesen Vertrag zu widerrufen. Widerrufsbelehrung und Muster liegen bei.",
        ),
        page_format=PaperFormat.A5,
    )


def slip_us(count: int = 4) -> Paper:
    """Return an American order slip with the statement of the cooling-off rule."""
    paper = invoice_us(count)
    return replace(
        paper,
        kind=PaperKind.ORDER_SLIP,
        number="B-A-2026-0012",
        order_reference="",
        due_date=None,
        closing="",
        place_of_sale="Host's home",
        delivery_text="Ships to host, ready about February 27",
        statement="You, the buyer, may cancel this transaction at any time prior to midnight of the third business day after "
        "the date of this transaction. See the attached notice of cancellation form for an explanation of this right.",
        page_format=PaperFormat.HALF_LETTER,
        window=WindowNorm.NONE,
    )


def signed(paper: Paper) -> Paper:
    """Return a slip that the customer signed: two strokes, one of them with a wave."""
    wave = ",".join(f"[{100 + 6 * step},{200 + 60 * (step % 3 - 1)}]" for step in range(80))
    strokes = f"[[{wave}],[[120,300],[560,290]]]"
    return replace(paper, customer_signed=SignedBy(strokes=strokes, signed_on=paper.paper_date))
