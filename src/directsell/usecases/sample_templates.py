"""Texts that come with the program, in English and German. Data only; the seller adds and changes them."""

from __future__ import annotations

from dataclasses import dataclass

from directsell.domain.contact_choices import Channel


@dataclass(frozen=True, slots=True)
class SampleTemplate:
    """One text; its fields are those of ``domain.message_texts``."""

    key: str
    channel: Channel
    name: str
    subject: str
    body: str


SAMPLE_TEMPLATES: dict[str, tuple[SampleTemplate, ...]] = {
    "en": (
        SampleTemplate(
            "thanks",
            Channel.MESSAGE,
            "Thank you after an order",
            "",
            "Hello {given|there}, thank you for your order! I hope you enjoy {last_product|it}. "
            "If anything is not as it should be, just write to me.\n{my_name}",
        ),
        SampleTemplate(
            "two_weeks",
            Channel.MESSAGE,
            "How do you like it?",
            "",
            "Hello {given|there}, how do you like {last_product|your order}? "
            "I have a few tips for you, if you like. Best wishes, {my_name}",
        ),
        SampleTemplate(
            "birthday",
            Channel.MESSAGE,
            "Happy birthday",
            "",
            "Dear {given|friend}, happy birthday! I wish you a wonderful day and a healthy year. {my_name}",
        ),
        SampleTemplate(
            "invitation",
            Channel.EMAIL,
            "Invitation to a demo",
            "You are invited: {demo_date}",
            "Hello {given|there},\n\nI would love to see you on {demo_date} at {demo_time}, {demo_place}. "
            "There is a lot to try out and to taste, and nobody has to buy anything.\n\n"
            "Will you come? Bring a friend if you like.\n\nBest wishes\n{my_name}\n{my_phone}",
        ),
        SampleTemplate(
            "news",
            Channel.EMAIL,
            "News and offers",
            "Something new for you",
            "Hello {given|there},\n\nthe new catalogue is here. As you liked {last_product|our goods}, "
            "I thought of you at once and have put something aside.\n\n"
            "If you would rather not get such mails, a short answer is enough.\n\nBest wishes\n{my_name}\n{my_phone}",
        ),
        SampleTemplate(
            "back",
            Channel.POST,
            "We have not met for a while",
            "We have not met for a while",
            "Dear {name},\n\nyour last order was on {last_order_date|a day long ago}, and I would like to know how you are. "
            "Are you still happy with {last_product|everything}?\n\n"
            "The new catalogue is enclosed. Call me when something catches your eye: {my_phone}.\n\nBest wishes",
        ),
        SampleTemplate(
            "owed",
            Channel.POST,
            "Friendly reminder of payment",
            "A friendly reminder",
            "Dear {name},\n\nperhaps it slipped your mind: {amount_owed} are still open. "
            "Please pay within the next days; if you have paid meanwhile, this letter is settled.\n\nBest wishes",
        ),
    ),
    "de": (
        SampleTemplate(
            "thanks",
            Channel.MESSAGE,
            "Danke nach der Bestellung",
            "",
            "Hallo {vorname}, danke für deine Bestellung! Viel Freude mit {letztes_produkt|den Sachen}. "
            "Wenn etwas nicht passt, schreib mir einfach.\n{mein_name}",
        ),
        SampleTemplate(
            "two_weeks",
            Channel.MESSAGE,
            "Wie gefällt es dir?",
            "",
            "Hallo {vorname}, wie gefällt dir {letztes_produkt|deine Bestellung}? "
            "Wenn du magst, habe ich ein paar Tipps für dich. Liebe Grüße, {mein_name}",
        ),
        SampleTemplate(
            "birthday",
            Channel.MESSAGE,
            "Alles Gute zum Geburtstag",
            "",
            "Hallo {vorname}, alles Gute zum Geburtstag! Hab einen wunderschönen Tag und ein gesundes neues Lebensjahr. "
            "{mein_name}",
        ),
        SampleTemplate(
            "invitation",
            Channel.EMAIL,
            "Einladung zur Vorführung",
            "Einladung für {termin}",
            "Hallo {vorname},\n\nich würde mich freuen, dich am {termin} um {uhrzeit} zu sehen: {treffpunkt}. "
            "Es gibt viel zum Ausprobieren und Probieren, und niemand muss etwas kaufen.\n\n"
            "Kommst du? Bring gern jemanden mit.\n\nLiebe Grüße\n{mein_name}\n{mein_telefon}",
        ),
        SampleTemplate(
            "news",
            Channel.EMAIL,
            "Neuigkeiten und Angebote",
            "Etwas Neues für dich",
            "Hallo {vorname},\n\nder neue Katalog ist da. Weil dir {letztes_produkt|unser Angebot} gefallen hat, "
            "habe ich gleich an dich gedacht und etwas zurückgelegt.\n\n"
            "Wenn du solche E-Mails nicht mehr möchtest, genügt eine kurze Antwort.\n\n"
            "Liebe Grüße\n{mein_name}\n{mein_telefon}",
        ),
        SampleTemplate(
            "back",
            Channel.POST,
            "Lange nicht gesehen",
            "Lange nicht gesehen",
            "Guten Tag {anrede|} {ganzer_name},\n\nseit Ihrer letzten Bestellung ({letzte_bestellung|schon eine Weile her}) "
            "ist etwas Zeit vergangen. Sind Sie mit {letztes_produkt|allem} noch zufrieden?\n\n"
            "Den neuen Katalog lege ich bei. Rufen Sie mich an, wenn Ihnen etwas gefällt: {mein_telefon}.\n\n"
            "Herzliche Grüße",
        ),
        SampleTemplate(
            "owed",
            Channel.POST,
            "Freundliche Zahlungserinnerung",
            "Freundliche Erinnerung",
            "Guten Tag {anrede|} {ganzer_name},\n\nsicher ist es im Alltag untergegangen: Es sind noch {offener_betrag} offen. "
            "Bitte begleichen Sie den Betrag in den nächsten Tagen. Wenn Sie inzwischen gezahlt haben, ist dieser Brief "
            "erledigt.\n\nHerzliche Grüße",
        ),
    ),
}
