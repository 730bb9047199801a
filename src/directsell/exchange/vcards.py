"""vCards (2.1, 3.0, 4.0 as phones and address books write them) into people, and people into vCard 4.0.

The syntax is in `vcard_lines`, which also says why it is our own.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from directsell.exchange.errors import ExchangeError, Finding
from directsell.exchange.formats import Cancelled, Progress
from directsell.exchange.people import (
    MAX_VALUES,
    Address,
    ContactKind,
    Email,
    PartialDate,
    PeopleResult,
    PersonDraft,
    Phone,
    duplicates,
    is_email,
    is_phone,
    kind_of_label,
    named,
    partial_date,
    split_tags,
)
from directsell.exchange.texts import clean_text
from directsell.exchange.vcard_lines import Card, Property, read_cards, unescape

MAX_PHOTO_BYTES = 2_000_000
MAX_ALL_PHOTOS_BYTES = 100_000_000  # all pictures of a file together stay in memory until the import is done

_DAY = re.compile(r"(?:(?P<year>\d{4})-?|--)(?P<month>\d{2})-?(?P<day>\d{2})(?:[T ].*)?", re.ASCII)
_BUILT_IN_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_DATA_ADDRESS = re.compile(rb"data:[^,]{0,100};base64\\?,", re.IGNORECASE)
_PICTURES = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF8", "gif"))
_TYPES: tuple[tuple[str, ContactKind], ...] = (
    ("fax", "fax"),
    ("cell", "mobile"),
    ("mobile", "mobile"),
    ("iphone", "mobile"),
    ("work", "work"),
    ("home", "home"),
    ("main", "main"),
    ("other", "other"),
)


def read_vcards(
    path: Path,
    *,
    keep_photos: bool = True,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PeopleResult:
    """Read all cards of a file.

    Args:
        path: the file.
        keep_photos: False leaves the pictures out without a finding.
        progress: called with (bytes read, bytes in all).
        cancelled: asked now and then.

    Raises:
        ExchangeError: ``vcard.*``, ``file.*``, ``exchange.cancelled``: what makes the whole file unreadable.
    """
    people: list[PersonDraft] = []
    rejects: list[Finding] = []
    findings: list[Finding] = []
    photos = count = 0
    for item in read_cards(path, progress=progress, cancelled=cancelled):
        if isinstance(item, Finding):
            (rejects if item.code == "vcard.card_too_long" else findings).append(item)
            count += item.code == "vcard.card_too_long"
            continue
        count += 1
        try:
            person = person_of(item)
        except ExchangeError as error:
            rejects.append(Finding(item.line_number, error.code, dict(error.params)))
            continue
        photos += len(person.photo)
        if person.photo and (not keep_photos or photos > MAX_ALL_PHOTOS_BYTES):
            if keep_photos:
                item.findings.append(
                    Finding(item.line_number, "vcard.photo_too_large", {"limit": MAX_ALL_PHOTOS_BYTES})
                )
            person = replace(person, photo=b"", photo_type="")
        findings.extend(item.findings)
        people.append(person)
    findings.extend(duplicates(people))
    return PeopleResult(tuple(people), tuple(rejects), tuple(findings), count)


def person_of(card: Card) -> PersonDraft:
    """Return the person on a card; values that cannot be read are added to the card's findings.

    Raises:
        ExchangeError: ``vcard.group_skipped`` for lists of people, ``people.no_name``.
    """
    labels = {item.group: _label(item) for item in card.properties if item.name == "X-ABLABEL" and item.group}
    person = PersonDraft(line_number=card.line_number)
    for item in card.properties:
        try:
            person = _with_property(person, item, labels.get(item.group, ""), card)
        except ExchangeError as error:
            if error.code == "vcard.group_skipped":
                raise
            params = {"property": item.name, **error.params}
            card.findings.append(Finding(item.line_number, error.code, params))
    return named(person)


def _with_property(person: PersonDraft, item: Property, label: str, card: Card) -> PersonDraft:
    """Return the person with one more property; the first of several single-valued ones counts."""
    match item.name:
        case "FN":
            return replace(person, full_name=person.full_name or _text(item))
        case "N":
            return _with_name(person, item)
        case "NICKNAME":
            return replace(
                person, nickname=person.nickname or ", ".join(filter(None, map(clean_text, item.parts(","))))
            )
        case "ORG":
            parts = [clean_text(part) for part in item.parts(";")]
            department = ", ".join(filter(None, parts[1:]))
            return replace(person, company=person.company or parts[0], department=person.department or department)
        case "TITLE" | "ROLE":
            return replace(person, job_title=person.job_title or _text(item))
        case "TEL" | "EMAIL" | "ADR":
            return _with_contact(person, item, label)
        case "URL":
            return replace(person, websites=_more(person.websites, _text(item)))
        case "BDAY":
            return replace(person, birthday=person.birthday or _day(item))
        case "ANNIVERSARY" | "X-ANNIVERSARY":
            return replace(person, anniversary=person.anniversary or _day(item))
        case "X-ABDATE" if label.casefold() in ("anniversary", "jahrestag", "anniversaire", "aniversario"):
            return replace(person, anniversary=person.anniversary or _day(item))
        case "NOTE":
            note = clean_text(unescape(item.text), multiline=True)
            return replace(person, note="\n".join(filter(None, (person.note, note))))
        case "CATEGORIES":
            tags = tuple(tag for part in item.parts(",") for tag in split_tags(part))
            return replace(person, tags=tuple(dict.fromkeys(person.tags + tags))[:MAX_VALUES])
        case "LANG" | "X-LANGUAGE":
            return replace(person, language=person.language or _text(item))
        case "X-LEAD-SOURCE":
            return replace(person, lead_source=person.lead_source or _text(item))
        case "UID":
            return replace(person, external_id=person.external_id or _text(item).removeprefix("urn:uuid:"))
        case "X-ANDROID-CUSTOM":
            return _with_android(person, item)
        case "PHOTO":
            return person if person.photo else _with_photo(person, item)
        case "KIND" | "X-ADDRESSBOOKSERVER-KIND" if _text(item).casefold() == "group":
            raise ExchangeError("vcard.group_skipped", name=_name_of(card))
        case _:
            return person


def _name_of(card: Card) -> str:
    return next((_text(item) for item in card.properties if item.name == "FN"), "")


def _text(item: Property) -> str:
    return clean_text(unescape(item.text))


def _label(item: Property) -> str:
    text = _text(item) if len(item.text) < 1_000 else ""
    match = _BUILT_IN_LABEL.fullmatch(text)
    return match[1] if match else text


def _more(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return values if not value or value in values or len(values) >= MAX_VALUES else (*values, value)


def _with_name(person: PersonDraft, item: Property) -> PersonDraft:
    if person.last_name or person.first_name:
        return person
    parts = [clean_text(part) for part in item.parts(";")]
    last, first, middle, prefix, suffix = (parts + [""] * 5)[:5]
    return replace(person, last_name=last, first_name=first, middle_name=middle, prefix=prefix, suffix=suffix)


def _with_contact(person: PersonDraft, item: Property, label: str) -> PersonDraft:
    kind: ContactKind | None = next((kind for word, kind in _TYPES if word in item.types), None)
    if kind is None:
        kind = kind_of_label(label)
    preferred = "pref" in item.types or item.params.get("PREF") == ("1",)
    if item.name == "ADR":
        address = replace(_address(item), kind=kind, label=label)
        if not address or address in person.addresses or len(person.addresses) >= MAX_VALUES:
            return person
        return replace(person, addresses=(*person.addresses, address))
    if item.name == "EMAIL":
        text = re.sub(r"(?i)^mailto:", "", _text(item))
        if text and not is_email(text):
            raise ExchangeError("people.bad_value", column="email", text=text[:200])
        if not text or any(email.address == text for email in person.emails) or len(person.emails) >= MAX_VALUES:
            return person
        return replace(person, emails=(*person.emails, Email(text, kind, label, preferred)))
    text = re.sub(r";ext=(\d{1,8})$", r" ext. \1", re.sub(r"(?i)^tel:", "", _text(item)))
    if text and not is_phone(text):
        raise ExchangeError("people.bad_value", column="phone", text=text[:200])
    if not text or any(phone.number == text for phone in person.phones) or len(person.phones) >= MAX_VALUES:
        return person
    return replace(person, phones=(*person.phones, Phone(text, kind, label, preferred)))


def _address(item: Property) -> Address:
    parts = [clean_text(part, multiline=True) for part in item.parts(";")]
    po_box, extended, street, city, region, postcode, country = (parts + [""] * 7)[:7]
    street = "\n".join(filter(None, (street, extended)))
    if not any(parts) and item.params.get("LABEL"):
        street = clean_text(unescape(item.params["LABEL"][0]), multiline=True)
    po_box, city, region, postcode, country = (
        " ".join(part.split()) for part in (po_box, city, region, postcode, country)
    )
    return Address(street, postcode, city, region, country, po_box)


def _day(item: Property) -> PartialDate | None:
    text = _text(item)
    if not text:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise ExchangeError("vcard.birthday_unread", text=text[:64])
    year = match["year"]
    if year and year in item.params.get("X-APPLE-OMIT-YEAR", ()):
        year = None
    return partial_date(int(match["month"]), int(match["day"]), int(year) if year else None)


def _with_android(person: PersonDraft, item: Property) -> PersonDraft:
    """Read the phone's own additions: nickname, and events (1 anniversary, 3 birthday)."""
    parts = [clean_text(part) for part in item.parts(";")]
    if len(parts) > 1 and parts[0].endswith("/nickname"):
        return replace(person, nickname=person.nickname or parts[1])
    if len(parts) > 2 and parts[0].endswith("/contact_event") and parts[2] in ("1", "3"):
        day = _day(item._replace(text=parts[1]))
        if parts[2] == "1":
            return replace(person, anniversary=person.anniversary or day)
        return replace(person, birthday=person.birthday or day)
    return person


def _with_photo(person: PersonDraft, item: Property) -> PersonDraft:
    data = item.raw
    if match := _DATA_ADDRESS.match(data):
        data = data[match.end() :]
    elif item.text:
        if item.text.strip():
            raise ExchangeError("vcard.photo_linked", text=item.text[:200])
        return person
    data = b"".join(data.split())
    if len(data) * 3 // 4 > MAX_PHOTO_BYTES:
        raise ExchangeError("vcard.photo_too_large", limit=MAX_PHOTO_BYTES)
    try:
        photo = binascii.a2b_base64(data + b"=" * (-len(data) % 4), strict_mode=True)
    except binascii.Error:
        raise ExchangeError("vcard.photo_damaged") from None
    kind = next((name for magic, name in _PICTURES if photo.startswith(magic)), "")
    if photo[:4] == b"RIFF" and photo[8:12] == b"WEBP":
        kind = "webp"
    return replace(person, photo=photo, photo_type=kind)


def write_vcards(people: Iterable[PersonDraft]) -> Iterator[bytes]:
    """Yield one vCard 4.0 (RFC 6350) for each person, UTF-8, folded at 75 bytes, with CR LF line ends."""
    for person in people:
        lines = [*_head_lines(person), *_contact_lines(person), *_tail_lines(person)]
        yield b"".join(map(_folded, ["BEGIN:VCARD", "VERSION:4.0", *lines, "END:VCARD"]))


def _head_lines(person: PersonDraft) -> Iterator[str]:
    yield f"FN:{_escaped(person.full_name)}"
    names = (person.last_name, person.first_name, person.middle_name, person.prefix, person.suffix)
    if any(names):
        yield f"N:{';'.join(map(_escaped, names))}"
    if person.nickname:
        yield f"NICKNAME:{_escaped(person.nickname)}"
    if person.company or person.department:
        parts = (person.company, person.department) if person.department else (person.company,)
        yield f"ORG:{';'.join(map(_escaped, parts))}"
    if person.job_title:
        yield f"TITLE:{_escaped(person.job_title)}"


_WRITTEN_TYPES: dict[ContactKind, str] = {
    "mobile": ";TYPE=cell", "home": ";TYPE=home", "work": ";TYPE=work", "fax": ";TYPE=fax", "main": ";TYPE=main",
}  # fmt: skip


def _contact_lines(person: PersonDraft) -> Iterator[str]:
    group = 0
    entries: list[tuple[str, ContactKind, str, bool, str]] = [
        ("TEL", phone.kind, phone.label, phone.preferred, _escaped(phone.number)) for phone in person.phones
    ]
    entries += [("EMAIL", mail.kind, mail.label, mail.preferred, _escaped(mail.address)) for mail in person.emails]
    for place in person.addresses:
        parts = (place.po_box, "", place.street, place.city, place.region, place.postcode, place.country)
        entries.append(("ADR", place.kind, place.label, False, ";".join(map(_escaped, parts))))
    for name, kind, label, preferred, value in entries:
        kind_type = _WRITTEN_TYPES.get(kind, ";TYPE=other" if label else "")
        text = f"{name}{kind_type}{';PREF=1' if preferred else ''}:{value}"
        if label:
            group += 1
            yield f"item{group}.{text}"
            yield f"item{group}.X-ABLabel:{_escaped(label)}"
        else:
            yield text


def _tail_lines(person: PersonDraft) -> Iterator[str]:
    for website in person.websites:
        yield f"URL:{_escaped(website)}"
    for name, day in (("BDAY", person.birthday), ("ANNIVERSARY", person.anniversary)):
        if day is not None:
            yield f"{name}:{str(day).replace('-', '') if day.year else f'--{day.month:02d}{day.day:02d}'}"
    if person.tags:
        yield f"CATEGORIES:{','.join(map(_escaped, person.tags))}"
    pairs = (("LANG", person.language), ("X-LEAD-SOURCE", person.lead_source), ("NOTE", person.note))
    for name, text in (*pairs, ("UID", person.external_id)):
        if text:
            yield f"{name}:{_escaped(text)}"
    if person.photo:
        kind = person.photo_type or "jpeg"
        yield f"PHOTO:data:image/{kind};base64,{binascii.b2a_base64(person.photo, newline=False).decode()}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line cut into pieces of at most 75 bytes, never inside a letter (RFC 6350 3.2)."""
    data = line.encode("utf-8", "replace")
    pieces, start, room = [], 0, 75
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, room = end, 74  # the space that marks a continuation counts
    pieces.append(data[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
