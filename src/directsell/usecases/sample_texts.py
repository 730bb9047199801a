"""Names and goods of the sample business, in English and German. Invented; data only."""

from __future__ import annotations

from dataclasses import dataclass

from directsell.domain.objections import ObjectionKind


@dataclass(frozen=True, slots=True)
class Goods:
    """A product of the sample."""

    code: str
    name: str
    price: str
    category: str
    page: str
    barcode: str = ""
    tax_class: str = "standard"


@dataclass(frozen=True, slots=True)
class Guest:
    """A person of the sample."""

    given: str
    family: str
    phone: str
    street: str
    need: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """All words of one sample business; ``rates`` are (tax class, label, ppm)."""

    country: str
    seller: str
    tagline: str
    street: str
    postcode: str
    city: str
    region: str
    phone: str
    email: str
    brand: str
    rates: tuple[tuple[str, str, int], ...]
    exempt_classes: tuple[str, ...]
    demo_title: str
    slip_terms: str
    terms: str
    happy: str
    sources: tuple[str, ...]
    follow_ups: tuple[str, ...]
    objections: tuple[tuple[ObjectionKind, str, str], ...]
    quote_terms: str
    goods: tuple[Goods, ...]
    guests: tuple[Guest, ...]


_ENGLISH = Sample(
    country="US",
    seller="Willow Carter",
    tagline="Independent consultant for Casa Verde",
    street="814 Alder Street",
    postcode="87501",
    city="Santa Fe",
    region="NM",
    phone="+1 505 555 0100",
    email="willow@example.com",
    brand="Casa Verde",
    rates=(("standard", "Sales tax", 77_500),),
    exempt_classes=("food", "exempt"),
    demo_title="Evening at {name}'s",
    slip_terms="Thank you for your order. Your goods come in about two weeks.",
    terms="Thank you for your order.",
    happy="Happy with everything.",
    sources=("Party", "Referral", "Market stall", "Social media"),
    follow_ups=(
        "Asked for a catalogue at the market",
        "Wants to talk to the family first, call again",
        "Ask whether the sister would like to host",
    ),
    objections=(
        (ObjectionKind.PRICE, "That is too much at once", "Two instalments, the second on delivery"),
        (ObjectionKind.PARTNER, "I have to ask my husband", "Take the catalogue home, I call on Sunday"),
        (ObjectionKind.HAS_ONE, "I have a pan already", "This one goes from the freezer into the oven"),
        (ObjectionKind.PRICE, "Cheaper elsewhere", ""),
    ),
    quote_terms="Two instalments, the second on delivery.",
    goods=(
        Goods("CV-110", "Peeler", "12.50", "Kitchen tools", "8", "4006381333931"),
        Goods("CV-204", "Batter Bowl Set", "46.00", "Bowls", "14", "4006381333948"),
        Goods("CV-315", "Stoneware Pan", "58.00", "Baking", "22", "4006381333955"),
        Goods("CV-402", "Hand Chopper", "34.00", "Kitchen tools", "10", "4006381333962"),
        Goods("CV-518", "Spice Trio", "21.00", "Pantry", "31", "", "food"),
        Goods("CV-777", "Serving Board", "88.00", "Table", "36", "4006381333979"),
        Goods("CV-120", "Citrus Press", "18.90", "Kitchen tools", "9"),
        Goods("CV-231", "Salad Spinner", "39.00", "Bowls", "16"),
        Goods("CV-330", "Loaf Form", "44.50", "Baking", "23"),
        Goods("CV-345", "Muffin Form", "36.00", "Baking", "24"),
        Goods("CV-440", "Knife Set, 3 pieces", "129.00", "Knives", "12"),
        Goods("CV-452", "Knife Block", "74.00", "Knives", "13"),
        Goods("CV-520", "Olive Oil Bottle", "24.00", "Pantry", "32"),
        Goods("CV-610", "Storage Jars, 4 pieces", "52.00", "Storage", "40"),
        Goods("CV-615", "Freezer Boxes, 6 pieces", "41.00", "Storage", "41"),
        Goods("CV-790", "Candle Holder", "27.50", "Table", "37"),
    ),
    guests=(
        Guest("Dana", "Ruiz", "+1 505 555 0142", "12 Juniper Lane", "New bakeware", "Bakes every Sunday", ("VIP",)),
        Guest("Amy", "Okafor", "+1 505 555 0143", "3 Mesa Road", "Quick family meals"),
        Guest("Beth", "Lindqvist", "+1 505 555 0144", "77 Canyon Drive", "Storage", "Best reached after six"),
        Guest("Carla", "Moreno", "+1 505 555 0145", "5 Plaza Court", "Knives", "", ("VIP", "host")),
        Guest("Dee", "Abernathy", "+1 505 555 0146", "41 River Walk"),
        Guest("Ella", "Strand", "+1 505 555 0147", "9 Adobe Way", "Gifts"),
        Guest("Fay", "Petrov", "+1 505 555 0148", "18 Piñon Street", "", "Vegetarian"),
        Guest("Gina", "Castillo", "+1 505 555 0149", "22 Cedar Hill", "Knives, budget up to 100"),
        Guest("Helen", "Baptiste", "+1 505 555 0150", "60 Sage Road", "", "", ("market",)),
        Guest("Ines", "Whitlock", "+1 505 555 0151", "4 Sunset Terrace", "Moving house in spring"),
        Guest("June", "Raman", "+1 505 555 0152", "31 Willow Bend", "Baking with children"),
        Guest("Kira", "Achterberg", "+1 505 555 0153", "15 Mill Street"),
        Guest("Lena", "Fontaine", "+1 505 555 0154", "8 Orchard Row", "Wedding list"),
        Guest("Maya", "Zahra", "+1 505 555 0155", "27 Foothill Road", "", "", ("market",)),
        Guest("Nora", "Herrera", "+1 505 555 0156", "2 Alameda Square", "Spices"),
        Guest("Olive", "Jansen", "+1 505 555 0157", "53 Sandstone Lane", "Would like to host"),
    ),
)

_GERMAN = Sample(
    country="DE",
    seller="Miriam Albers",
    tagline="Selbstständige Beraterin für Küchenfee",
    street="Lindenallee 14",
    postcode="79100",
    city="Freiburg im Breisgau",
    region="",
    phone="+49 761 5550142",
    email="miriam@example.com",
    brand="Küchenfee",
    rates=(("standard", "USt", 190_000), ("reduced", "USt", 70_000)),
    exempt_classes=("exempt",),
    demo_title="Küchenabend bei {name}",
    slip_terms="Vielen Dank für Ihre Bestellung. Die Ware kommt in etwa zwei Wochen.",
    terms="Vielen Dank für Ihren Einkauf.",
    happy="Ist mit allem zufrieden.",
    sources=("Vorführung", "Empfehlung", "Wochenmarkt", "Soziale Medien"),
    follow_ups=(
        "Hat am Markt nach dem Katalog gefragt",
        "Möchte erst mit der Familie sprechen, noch einmal anrufen",
        "Fragen, ob die Schwester Gastgeberin werden möchte",
    ),
    objections=(
        (ObjectionKind.PRICE, "Das ist mir auf einmal zu viel", "Zwei Raten, die zweite bei der Lieferung"),
        (ObjectionKind.PARTNER, "Da muss ich erst meinen Mann fragen", "Katalog mitgeben, am Sonntag anrufen"),
        (ObjectionKind.HAS_ONE, "Eine Pfanne habe ich schon", "Diese geht vom Gefrierfach direkt in den Ofen"),
        (ObjectionKind.PRICE, "Anderswo ist es billiger", ""),
    ),
    quote_terms="Zwei Raten, die zweite bei der Lieferung.",
    goods=(
        Goods("FB-11", "Frischebox", "24.90", "Aufbewahren", "8", "4006381333931"),
        Goods("SW-02", "Schneidwunder", "59.90", "Küchenhelfer", "10", "4006381333948"),
        Goods("BM-30", "Backmatte", "34.90", "Backen", "22", "4006381333955"),
        Goods("TF-75", "Trinkflasche", "14.90", "Unterwegs", "30", "4006381333962"),
        Goods("SET-1", "Starter-Set", "99.00", "Sets", "4"),
        Goods("RS-20", "Rührschüssel", "32.50", "Schüsseln", "14"),
        Goods("SB-12", "Servierbrett", "88.00", "Tisch", "36"),
        Goods("GM-05", "Gemüsehobel", "46.90", "Küchenhelfer", "11"),
        Goods("BF-31", "Brotbackform", "44.50", "Backen", "23"),
        Goods("MF-32", "Muffinform", "36.00", "Backen", "24"),
        Goods("MS-40", "Messerset, 3-teilig", "129.00", "Messer", "12"),
        Goods("GW-51", "Gewürztrio", "21.00", "Vorrat", "31", "", "reduced"),
        Goods("TE-55", "Kräutertee", "9.80", "Vorrat", "32", "", "reduced"),
        Goods("VD-61", "Vorratsdosen, 4-teilig", "52.00", "Aufbewahren", "40"),
        Goods("GD-62", "Gefrierdosen, 6-teilig", "41.00", "Aufbewahren", "41"),
        Goods("TL-79", "Teelichthalter", "27.50", "Tisch", "37"),
    ),
    guests=(
        Guest(
            "Sabine", "Krüger", "+49 761 5550201", "Goethestraße 7b", "Neue Backformen", "Backt jeden Sonntag", ("VIP",)
        ),
        Guest("Anna", "Weiß", "+49 761 5550202", "Am Mühlbach 3", "Schnelle Familienküche"),
        Guest("Birgit", "Sommer", "+49 761 5550203", "Rosenweg 21", "Aufbewahren", "Am besten ab 18 Uhr"),
        Guest("Cem", "Aydın", "+49 761 5550204", "Hauptstraße 112", "Messer", "", ("VIP",)),
        Guest("Doris", "Huber", "+49 761 5550205", "Bergstraße 9"),
        Guest("Elif", "Kaya", "+49 761 5550206", "Schlossplatz 2", "Geschenke"),
        Guest("Franziska", "Öztürk", "+49 761 5550207", "Wiesenweg 40", "", "Vegetarisch"),
        Guest("Gerda", "Szczepańska", "+49 761 5550208", "Talstraße 18", "Messer, bis 100 €"),
        Guest("Heike", "Brandt", "+49 761 5550209", "Kirchgasse 5", "", "", ("Markt",)),
        Guest("Ingrid", "Vogel", "+49 761 5550210", "Uferstraße 66", "Zieht im Frühjahr um"),
        Guest("Jule", "Neumann", "+49 761 5550211", "Gartenstraße 31", "Backen mit Kindern"),
        Guest("Katrin", "Schäfer", "+49 761 5550212", "Mozartweg 15"),
        Guest("Lea", "Winter", "+49 761 5550213", "Obstgarten 8", "Hochzeitsliste"),
        Guest("Monika", "Lang", "+49 761 5550214", "Steinweg 27", "", "", ("Markt",)),
        Guest("Nadja", "Horvat", "+49 761 5550215", "Marktplatz 1", "Gewürze"),
        Guest("Olga", "Peters", "+49 761 5550216", "Ahornallee 53", "Möchte Gastgeberin werden"),
    ),
)

SAMPLES = {"en": _ENGLISH, "de": _GERMAN}
