"""Messages to people: what is filled into a text for somebody, and what was sent, noted in the contact log at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from directsell.domain.contact_choices import Channel
from directsell.domain.errors import DomainError
from directsell.domain.message_texts import Filled, TextField, fill
from directsell.domain.message_ways import Obstacle, Way, consent_obstacle, international
from directsell.domain.people import ContactEntry, Person, display_name
from directsell.domain.settings import Business
from directsell.i18n import N_, Language
from directsell.store.queries.messages import Facts, Recipient, facts_of, recipients
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.store.work import Work
from directsell.usecases.people import log_contact
from directsell.usecases.verbs import usecase


def text_values(facts: Facts, own: Business, today: date) -> dict[TextField, str]:
    """Return what stands for each field in a text for somebody, in the language of the person."""
    person = facts.person
    language = Language.load(person.language or own.language)

    def day(value: date | None) -> str:
        return "" if value is None else language.date(value, "long")

    return {
        TextField.SALUTATION: person.salutation,
        TextField.GIVEN: person.given,
        TextField.FAMILY: person.family,
        TextField.NAME: display_name(person),
        TextField.COMPANY: person.company,
        TextField.CITY: "" if facts.address is None else facts.address.city,
        TextField.LAST_PRODUCT: facts.last_product,
        TextField.LAST_ORDER_DATE: day(facts.last_order_on),
        TextField.WISH: facts.wish,
        TextField.DEMO_DATE: day(facts.demo_day),
        TextField.DEMO_TIME: "" if facts.demo_start is None else language.time(facts.demo_start),
        TextField.DEMO_PLACE: facts.demo_place,
        TextField.AMOUNT_OWED: language.money(facts.owed, own.currency) if facts.owed > 0 else "",
        TextField.TODAY: day(today),
        TextField.MY_NAME: own.name,
        TextField.MY_BUSINESS: own.tagline or own.name,
        TextField.MY_PHONE: own.phone,
        TextField.MY_EMAIL: own.email,
        TextField.MY_WEB: own.web,
    }


def values_for(reader: Reader, person_id: UUID, today: date) -> dict[TextField, str]:
    """Return what stands for each field in a text for a person; {} when the person is gone."""
    own = business(reader)
    facts = facts_of(reader, person_id, today, own.currency)
    return {} if facts is None else text_values(facts, own, today)


def written_for(reader: Reader, person_id: UUID, subject: str, body: str, today: date) -> tuple[Filled, Filled]:
    """Return subject and body as a person gets them."""
    values = values_for(reader, person_id, today)
    return fill(subject, values), fill(body, values)


def lacking(reader: Reader, people: Sequence[UUID], text: str, today: date) -> list[tuple[str, tuple[TextField, ...]]]:
    """Return those for whom a text has a field without a value: name and fields."""
    found = []
    own = business(reader)
    for person_id in people:
        facts = facts_of(reader, person_id, today, own.currency)
        missing = () if facts is None else fill(text, text_values(facts, own, today)).missing
        if facts is not None and missing:
            found.append((display_name(facts.person), missing))
    return found


def obstacle(recipient: Recipient, way: Way, channel: Channel, home: str) -> Obstacle | None:
    """Return why somebody cannot be written to in a way, or None.

    Args:
        recipient: the person.
        way: the means.
        channel: what the consent must be for.
        home: country of the seller, for numbers without a calling code.
    """
    refusal = consent_obstacle(channel, recipient.consents)
    if refusal is not None:
        return refusal
    if way is Way.MAIL and "@" not in recipient.email:
        return Obstacle.NO_EMAIL
    if way in (Way.WHATSAPP, Way.SMS) and not number_of(recipient, home):
        return Obstacle.NO_NUMBER
    if way in (Way.LETTER, Way.LABEL) and not recipient.has_address:
        return Obstacle.NO_ADDRESS
    return None


def number_of(recipient: Recipient, home: str) -> str:
    """Return the number for messages in international figures, or ""."""
    return international(recipient.number, recipient.country or home)


@usecase(N_("Message to {name}"))
def log_message(
    work: Work,
    person_id: UUID,
    *,
    channel: Channel,
    text: str,
    campaign_id: UUID | None = None,
    template_id: UUID | None = None,
) -> ContactEntry:
    """Note that a message was sent.

    Raises:
        DomainError: ``message.consent`` without the consent that the channel needs.
    """
    found = recipients(work, [person_id])
    if not found or consent_obstacle(channel, found[0].consents) is not None:
        raise DomainError("message.consent", name=found[0].name if found else "")
    entry = log_contact(work, person_id, channel=channel, text=text)
    work.describe(name=display_name(work.get(Person, person_id)))
    return work.save(replace(entry, campaign_id=campaign_id, template_id=template_id))


@usecase(N_("Letters to {count} people"))
def log_letters(
    work: Work,
    letters: Sequence[tuple[UUID, str]],
    *,
    campaign_id: UUID | None = None,
    template_id: UUID | None = None,
) -> int:
    """Note letters that were printed: (person, text) each; returns how many.

    Raises:
        DomainError: ``message.consent`` when one of them refused post.
    """
    for person_id, text in letters:
        log_message(work, person_id, channel=Channel.POST, text=text, campaign_id=campaign_id, template_id=template_id)
    work.params.clear()
    work.describe(count=len(letters))
    return len(letters)
