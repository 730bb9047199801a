"""People as foreign files know them: drafts, and rows of a table into drafts. vCards are next door."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from directsell.exchange.cells import CodeCell, DateCell, TextCell
from directsell.exchange.errors import ExchangeError, Finding
from directsell.exchange.formats import BadRow, Cancelled, Progress, Row
from directsell.exchange.headers import normalised
from directsell.exchange.mapping import Assignment, Mapping
from directsell.exchange.tables import Table
from directsell.exchange.texts import clean_text

ContactKind = Literal["mobile", "home", "work", "fax", "main", "other"]

MAX_VALUES = 50  # phones, e-mails, addresses, tags of one person
_PARTIAL_DATE = re.compile(r"\s*--(\d{2})-?(\d{2})\s*", re.ASCII)
_NO_DATE = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}")  # an empty date as written by an address book
_PHONE = re.compile(
    r"\+?\(?[0-9][0-9 ()/.\u00a0\u2010-\u2015-]{2,30}(?:\s*(?:ext|x|durchwahl|poste|w)\.?\s*\d{1,8})?", re.IGNORECASE
)
_EMAIL = re.compile(r"[^@\s<>,;:\"]{1,64}@(?:[^@\s<>,;:\".]+\.)+[^@\s<>,;:\".]{2,}")
_SEPARATORS = {
    "phone": re.compile(r":::|[;\n|]"),
    "email": re.compile(r":::|[;,\n|]"),
    "tag": re.compile(r":::|[;,\n|]"),
}
_SYSTEM_TAGS = frozenset({"mycontacts", "my contacts", "starred", "meine kontakte"})
_KIND_WORDS: dict[ContactKind, tuple[str, ...]] = {
    "fax": ("fax", "telecopie", "faks"),
    "mobile": ("mobil", "cell", "handy", "portable", "movil", "celular", "cellulare", "komork", "iphone", "gsm"),
    "work": ("work", "business", "office", "arbeit", "geschaft", "dienst", "buero", "buro", "bureau", "travail"),
    "home": ("home", "privat", "personal", "domicile", "casa", "dom", "particular", "abitazione"),
    "main": ("main", "haupt", "principal", "zentrale"),
}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day of the year, with its year where that is known."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}" if self.year else f"--{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number as written; `label` is the file's own word for it."""

    number: str
    kind: ContactKind = "other"
    label: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address as written; `label` is the file's own word for it."""

    address: str
    kind: ContactKind = "other"
    label: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `street` may have several lines."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    po_box: str = ""
    kind: ContactKind = "home"
    label: str = ""

    def __bool__(self) -> bool:
        return any((self.street, self.postcode, self.city, self.region, self.country, self.po_box))


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as read from a file, before anything is compared with the database.

    Attributes:
        line_number: where the person starts in the file.
        full_name: the name as a whole; the other name fields are its parts where they are known.
        tags: each once, in the order of the file.
        language: as written, mostly an ISO code.
        external_id: the other program's id.
        photo, photo_type: bytes of a picture and "jpeg", "png", "gif", "webp" or "" when the file does not say.
    """

    line_number: int = 0
    full_name: str = ""
    prefix: str = ""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    suffix: str = ""
    nickname: str = ""
    company: str = ""
    department: str = ""
    job_title: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    addresses: tuple[Address, ...] = ()
    websites: tuple[str, ...] = ()
    birthday: PartialDate | None = None
    anniversary: PartialDate | None = None
    tags: tuple[str, ...] = ()
    lead_source: str = ""
    language: str = ""
    note: str = ""
    external_id: str = ""
    photo: bytes = b""
    photo_type: str = ""


@dataclass(frozen=True, slots=True)
class PeopleResult:
    """Everything that was in a file of people.

    Attributes:
        people: in the order of the file.
        rejects: rows or cards that could not be read.
        findings: doubts and left-out values of those that were read, also ``people.duplicate`` (line, first).
        rows: rows or cards in all: `people` + `rejects`.
    """

    people: tuple[PersonDraft, ...]
    rejects: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    rows: int


def read_people(
    table: Table,
    mapping: Mapping,
    *,
    today: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PeopleResult:
    """Read a whole table of people.

    Args:
        table: the opened table.
        mapping: columns of the target "people".
        today: two-digit years of birthdays are not after it.
        progress: called with (bytes read, bytes in all).
        cancelled: asked now and then.

    Raises:
        ExchangeError: ``mapping.missing_field``, ``exchange.cancelled``, or what makes the file unreadable.
    """
    if missing := mapping.missing():
        raise ExchangeError("mapping.missing_field", fields=missing)
    findings: list[Finding] = []
    rejects: list[Finding] = []
    people: list[PersonDraft] = []
    read = _row_reader(table, mapping, today, findings)
    count = 0
    for row in table.rows(progress=progress, cancelled=cancelled):
        count += 1
        if isinstance(row, BadRow):
            rejects.append(Finding(row.line_number, row.code, row.params, row.values))
            continue
        try:
            people.append(read(row))
        except ExchangeError as error:
            rejects.append(Finding(row.line_number, error.code, dict(error.params), row.values))
    findings.extend(duplicates(people))
    return PeopleResult(tuple(people), tuple(rejects), tuple(findings), count)


def duplicates(people: Iterable[PersonDraft]) -> Iterator[Finding]:
    """Yield a finding for each person that the file has already: same e-mail, or same name and phone or no phone."""
    seen: dict[tuple[str, ...], int] = {}
    for person in people:
        name = person.full_name.casefold()
        keys: list[tuple[str, ...]] = [("email", email.address.casefold()) for email in person.emails]
        keys += [("phone", name, re.sub(r"\D", "", phone.number)[-9:]) for phone in person.phones]
        if not keys:
            keys = [("name", name, person.company.casefold())]
        first = next((seen[key] for key in keys if key in seen), None)
        if first is not None:
            yield Finding(person.line_number, "people.duplicate", {"first": first, "name": person.full_name})
        for key in keys:
            seen.setdefault(key, person.line_number)


def named(person: PersonDraft) -> PersonDraft:
    """Complete the name of a person: the whole from its parts, or, where that is plain, the parts from the whole.

    Raises:
        ExchangeError: ``people.no_name`` when there is no name, no company and no e-mail.
    """
    parts = [person.prefix, person.first_name, person.middle_name, person.last_name, person.suffix]
    if any(parts):
        return person if person.full_name else replace(person, full_name=" ".join(filter(None, parts)))
    whole = person.full_name
    last, comma, first = map(str.strip, whole.partition(","))
    words = whole.split()
    if comma and first and last:
        return replace(person, full_name=f"{first} {last}", first_name=first, last_name=last)
    if len(words) == 2 and whole != person.company:  # more words are not cut: nobody knows which belong together
        return replace(person, first_name=words[0], last_name=words[1])
    if not whole:
        addresses = [email.address for email in person.emails]
        whole = next(filter(None, (person.company, person.nickname, *addresses)), "")
    if not whole:
        raise ExchangeError("people.no_name")
    return replace(person, full_name=whole)


def kind_of_label(label: str) -> ContactKind:
    """Return what a label in one of six languages means."""
    word = normalised(label).replace(" ", "")
    for kind, words in _KIND_WORDS.items():
        if any(known in word for known in words):
            return kind
    return "other"


def split_tags(text: str) -> tuple[str, ...]:
    """Cut a list of tags, without the marks and groups that address books add on their own."""
    tags = (clean_text(tag).removeprefix("* ").strip() for tag in _SEPARATORS["tag"].split(text))
    return tuple(dict.fromkeys(tag for tag in tags if tag and tag.casefold() not in _SYSTEM_TAGS))[:MAX_VALUES]


def is_email(text: str) -> bool:
    """Tell whether a text has the form of an e-mail address."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Tell whether a text has the form of a phone number."""
    return len(text) <= 64 and _PHONE.fullmatch(text) is not None


_PLAIN_TEXTS = (
    "full_name", "prefix", "first_name", "middle_name", "last_name", "suffix", "nickname", "company", "department",
    "job_title", "lead_source", "language",
)  # fmt: skip


def _row_reader(table: Table, mapping: Mapping, today: date, findings: list[Finding]) -> Callable[[Row], PersonDraft]:
    texts = {name: TextCell(mapping, name) for name in _PLAIN_TEXTS}
    external_id = CodeCell(mapping, "external_id")
    streets = TextCell(mapping, "street", multiline=True), TextCell(mapping, "street2")
    home = {name: TextCell(mapping, name) for name in ("postcode", "city", "region", "country")}
    work = {name: TextCell(mapping, f"work_{name}") for name in ("street", "postcode", "city", "region", "country")}
    days = {
        name: DateCell(mapping, name, latest_year=today.year, serial_1904=table.format.dates_from_1904)
        for name in ("birthday", "anniversary")
    }
    phones, emails = _contacts(mapping, table, "phone"), _contacts(mapping, table, "email")
    repeated = {name: [item.column for item in mapping.of(name)] for name in ("website", "note", "tags")}

    def read(row: Row) -> PersonDraft:
        street = "\n".join(filter(None, (cell(row) for cell in streets)))
        addresses = (
            Address(street=street, **{name: cell(row) for name, cell in home.items()}, kind="home"),
            Address(**{name: cell(row) for name, cell in work.items()}, kind="work"),
        )
        lists = {name: [_raw(row, column) for column in columns] for name, columns in repeated.items()}
        tags = [tag for text in lists["tags"] for tag in split_tags(text)]
        notes = (clean_text(text, multiline=True) for text in lists["note"])
        person = PersonDraft(
            line_number=row.line_number,
            external_id=external_id(row),
            phones=tuple(Phone(*value) for value in _values(row, phones, "phone", findings)),
            emails=tuple(Email(*value) for value in _values(row, emails, "email", findings)),
            addresses=tuple(filter(None, addresses)),
            websites=tuple(filter(None, map(clean_text, lists["website"]))),
            birthday=_day(row, mapping, days["birthday"], "birthday", findings),
            anniversary=_day(row, mapping, days["anniversary"], "anniversary", findings),
            tags=tuple(dict.fromkeys(tags))[:MAX_VALUES],
            note="\n".join(filter(None, notes)),
        )
        plain: dict[str, Any] = {name: cell(row) for name, cell in texts.items()}
        return named(replace(person, **plain))

    return read


@dataclass(frozen=True, slots=True)
class _Contact:
    """A column of phones or e-mails: what its field or its header says, and the column that labels each value."""

    column: int
    kind: ContactKind
    label_column: int | None


def _contacts(mapping: Mapping, table: Table, field: Literal["phone", "email"]) -> list[_Contact]:
    names = [normalised(name) for name in table.header]

    def contact(item: Assignment) -> _Contact:
        kind: ContactKind = kind_of_label(item.field.removeprefix(field) or item.header)
        stem = normalised(item.header).removesuffix("value").strip()
        labels = [names.index(f"{stem} {word}") for word in ("label", "type") if f"{stem} {word}" in names]
        return _Contact(item.column, kind, labels[0] if stem and labels else None)

    return [contact(item) for item in mapping.assignments if item.field.partition("_")[0] == field]


def _values(
    row: Row, contacts: list[_Contact], field: Literal["phone", "email"], findings: list[Finding]
) -> list[tuple[str, ContactKind, str]]:
    """Return the valid values of a row, each once; what is none goes to the findings, with its text."""
    valid = is_phone if field == "phone" else is_email
    found: dict[str, tuple[str, ContactKind, str]] = {}
    for contact in contacts:
        raw = _raw(row, contact.column)
        label = "" if contact.label_column is None else clean_text(_raw(row, contact.label_column)).removeprefix("* ")
        kind = kind_of_label(label) if label else contact.kind
        for part in _SEPARATORS[field].split(raw):
            text = clean_text(part)
            if text and not valid(text):
                findings.append(Finding(row.line_number, "people.bad_value", {"column": field, "text": text[:200]}))
            elif text:
                found.setdefault(text, (text, kind, label))
    return list(found.values())[:MAX_VALUES]


def _day(row: Row, mapping: Mapping, cell: DateCell, name: str, findings: list[Finding]) -> PartialDate | None:
    column = mapping.column(name)
    raw = "" if column is None else clean_text(_raw(row, column))
    if not raw or _NO_DATE.fullmatch(raw):
        return None
    try:
        if match := _PARTIAL_DATE.fullmatch(raw):
            return partial_date(int(match[1]), int(match[2]))
        moment = cell(row)
    except ExchangeError as error:
        findings.append(Finding(row.line_number, error.code, {**error.params, "column": name}))
        return None
    return None if moment is None else PartialDate(moment.month, moment.day, moment.year)


def partial_date(month: int, day: int, year: int | None = None) -> PartialDate:
    """Return a checked day; 29 February is fine without a year.

    Raises:
        ExchangeError: ``date.does_not_exist``.
    """
    try:
        date(year or 2000, month, day)
    except ValueError as error:
        raise ExchangeError("date.does_not_exist", text=f"{year or ''}-{month}-{day}") from error
    return PartialDate(month, day, year or None)


def _raw(row: Row, column: int) -> str:
    return row.values[column] if column < len(row.values) else ""
