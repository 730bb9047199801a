"""All data of one person as a ZIP file (GDPR art. 15 and 20): JSON for machines, tables and papers to read, a vCard."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from directsell.domain.demos import Demo
from directsell.domain.errors import DomainError
from directsell.domain.invoicing import IssuedPaper
from directsell.domain.merges import Erasure, PersonMerge
from directsell.domain.money import currency_digits
from directsell.domain.orders import Order, OrderLine, Signature, Withdrawal
from directsell.domain.people import Person, display_name
from directsell.domain.records import Record
from directsell.domain.relations import ProfileQuestion, Relation
from directsell.exchange.files import atomic_file
from directsell.exchange.vcards import write_vcards
from directsell.exchange.writers import Column, Value, write_csv
from directsell.i18n import N_, _
from directsell.store.queries import exports
from directsell.store.queries.aliases import ids_of, kept_id
from directsell.store.queries.happenings import HappeningKind, happenings_of
from directsell.store.queries.people import person_name
from directsell.store.reader import Reader
from directsell.usecases.exports import draft_of
from directsell.usecases.merging import references

_NOT_TOLD = (Person, PersonMerge, Erasure)  # the person is told first; merges repeat what other tables say
_EVERYTHING = 1_000_000
_NAME = "person"
_KINDS = {
    HappeningKind.CONTACT: N_("Contact"),
    HappeningKind.ORDER: N_("Order"),
    HappeningKind.PAYMENT: N_("Payment"),
    HappeningKind.DEMO: N_("Host of a demo"),
    HappeningKind.GUEST: N_("Guest at a demo"),
    HappeningKind.FOLLOW_UP: N_("Follow-up"),
    HappeningKind.PAPER: N_("Paper"),
    HappeningKind.CONSENT: N_("Consent"),
    HappeningKind.WITHDRAWAL: N_("Withdrawal"),
    HappeningKind.OBJECTION: N_("Objection"),
}


def suggested_name(reader: Reader, person_id: UUID, today: date) -> str:
    """Return a name for the file that every disk takes."""
    name = "".join(c if c.isalnum() else "-" for c in person_name(reader, person_id)).strip("-") or "person"
    return f"{name[:60]}-{today.isoformat()}.zip"


def write_person(reader: Reader, person_id: UUID, path: Path, *, overwrite: bool = True) -> int:
    """Write everything that is stored about a person into a ZIP file; returns how many files are in it.

    Names of other people (who recommended, who is related) are left out: they are data of those others.

    Args:
        reader: one moment of the book.
        person_id: the person; the id of a merged record leads to the kept one.
        path: the file.
        overwrite: False refuses an existing file.

    Raises:
        DomainError: ``record.missing``.
        ExchangeError: ``file.*``; the file is then as it was.
    """
    person_id = kept_id(reader, person_id)
    if reader.find_one(Person, person_id) is None:
        raise DomainError("record.missing", table="person", id=str(person_id))
    count = 0
    with atomic_file(path, overwrite=overwrite) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(reader, person_id):
            archive.writestr(name, content)
            count += 1
    return count


def _files(reader: Reader, person_id: UUID) -> Iterator[tuple[str, bytes]]:
    person = reader.get(Person, person_id)
    people = ids_of(reader, person_id)
    yield _("read-me.txt"), _words(person).encode()
    yield f"{_NAME}.json", json.dumps(_everything(reader, person, people), ensure_ascii=False, indent=1).encode()
    cards = [draft_of(card) for card in exports.people(reader, only=[person_id])]
    yield f"{_NAME}.vcf", b"".join(write_vcards(cards))
    yield _("what-happened.csv"), _history(reader, person_id)
    for key in people:
        for paper in reader.find(IssuedPaper, person_id=key):
            content = reader.file(paper.sha256)
            if content is not None:
                yield f"{_('papers')}/{paper.number}.pdf", content


def _words(person: Person) -> str:
    lines = (
        _("Everything that is stored about {name}.").format(name=display_name(person)),
        "",
        _("person.json: all records, in a form that programs read."),
        _("person.vcf: the card for an address book."),
        _("The table: what happened, with its days."),
        _("The papers: every slip, invoice and credit note as it was issued."),
    )
    return "\r\n".join((*lines, ""))


def _everything(reader: Reader, person: Person, people: Iterable[UUID]) -> dict[str, Any]:
    told: dict[str, Any] = {"person": _plain(person, without=("referred_by", "merged_into"))}
    for entity, column in references():
        if entity.record not in _NOT_TOLD:
            criteria: list[dict[str, Any]] = [{column: key} for key in people]
            records = [record for some in criteria for record in reader.find(entity.record, **some)]
            if records:
                told.setdefault(entity.table, []).extend(_told(reader, record) for record in records)
    return told


def _told(reader: Reader, record: Record) -> dict[str, Any]:
    match record:
        case Relation():
            return _plain(record, without=("person_id", "other_id"))
        case Demo():
            return _plain(record, without=("note",))
        case Order():
            lines = [_plain(line) for line in reader.find(OrderLine, "position", order_id=record.id)]
            notices = [_plain(notice) for notice in reader.find(Withdrawal, order_id=record.id)]
            signed = [_plain(signature) for signature in reader.find(Signature, order_id=record.id)]
            return {**_plain(record), "lines": lines, "withdrawals": notices, "signatures": signed}
    told = _plain(record)
    if "question_id" in told:
        question = reader.find_one(ProfileQuestion, UUID(told["question_id"]))
        told["question"] = "" if question is None else question.label
    return told


def _plain(record: Record, without: Iterable[str] = ()) -> dict[str, Any]:
    left_out = set(without)
    return {field.name: _json(getattr(record, field.name)) for field in fields(record) if field.name not in left_out}


def _json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def _history(reader: Reader, person_id: UUID) -> bytes:
    columns = (
        Column("day", "date", _("Date")),
        Column("kind", title=_("What")),
        Column("text", title=_("Words")),
        Column("amount", "number", _("Amount")),
        Column("currency", title=_("Currency")),
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        write_csv(path, columns, _rows(reader, person_id))
        return path.read_bytes()


def _rows(reader: Reader, person_id: UUID) -> Iterator[tuple[Value, ...]]:
    for item in happenings_of(reader, person_id, _EVERYTHING):
        amount = None
        if item.amount is not None:
            amount = Decimal(item.amount).scaleb(-currency_digits(item.currency))
        yield item.day, _(_KINDS[item.kind]), item.text, amount, item.currency
