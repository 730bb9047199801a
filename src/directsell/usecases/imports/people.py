"""People from address books and tables into the book; whoever is here already is completed, never doubled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from directsell.domain.erasing import keys_of
from directsell.domain.errors import DomainError
from directsell.domain.people import (
    Address,
    Person,
    PersonKind,
    PersonRole,
    PersonTag,
    ReachKind,
    ReachPoint,
    Role,
    check_birthday,
    display_name,
    fold,
    reach_key,
    role_of,
    tag_of,
)
from directsell.exchange import people as drafts
from directsell.i18n import N_, _
from directsell.store.erasing import erased_people
from directsell.store.queries.aliases import former_names
from directsell.store.queries.duplicates import place_key
from directsell.store.work import Work
from directsell.usecases.imports.agreed import country_code
from directsell.usecases.imports.steps import Batch, Cancelled, Progress, check
from directsell.usecases.verbs import usecase

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PeopleImport:
    """What an import of people did: new ones, completed ones (something was added), unchanged ones, and those left out
    because their data was erased at their own wish.
    """

    added: int
    completed: int
    unchanged: int
    erased: int = 0


@usecase(N_("Import people from {file}"), origin="import")
def import_people(
    work: Work,
    people: Iterable[drafts.PersonDraft],
    *,
    file: str = "",
    lead_source: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PeopleImport:
    """Write people; one with the same id, e-mail or phone *and* name as somebody here is that person.

    Nothing that is here is overwritten: empty fields are filled, phones, e-mails, addresses and tags are added. Whoever
    was erased is left out.

    Args:
        work: the transaction; all of it is undone in one step.
        people: what a reader of ``exchange`` read.
        file: name of the file, for the history.
        lead_source: for those who bring none.
        progress: called with (people done, people in all).
        cancelled: asked after every batch.

    Raises:
        ExchangeError: ``exchange.cancelled``.
    """
    work.describe(file=file)
    work.given_up = cancelled  # adding up and indexing come after the last batch
    todo = list(people)
    batch = Batch(work, Person, PersonRole, PersonTag, ReachPoint, Address)
    matcher = _Matcher(work)
    gone = erased_people(work)
    added = completed = unchanged = erased = 0
    for number, draft in enumerate(todo, start=1):
        person, points, addresses, tags = _records(work, draft, lead_source, number)
        known = matcher.find(draft, person, points)
        if gone and known is None and gone.on(_erasure_keys(person, points, addresses)) is not None:
            erased += 1
        elif known is None:
            for record in (person, role_of(person.id, Role.PROSPECT), *points, *addresses, *tags):
                batch.add(record)
            matcher.remember(draft, person, points)
            added += 1
        else:
            batch.flush()
            changed = _complete(work, known, person, points, addresses, tags)
            completed, unchanged = completed + changed, unchanged + (not changed)
        if batch.full:
            batch.flush()
            check(number, len(todo), progress, cancelled)
    batch.flush()
    check(len(todo), len(todo), progress, cancelled)
    return PeopleImport(added, completed, unchanged, erased)


def _records(
    work: Work, draft: drafts.PersonDraft, lead_source: str, number: int
) -> tuple[Person, list[ReachPoint], list[Address], list[PersonTag]]:
    person_id = work.new_id()
    given, family = _names(draft)
    person = Person(
        id=person_id,
        kind=PersonKind.PERSON if given or family else PersonKind.COMPANY,
        salutation=draft.prefix,
        given=given,
        family=family,
        company=draft.company,
        lead_source=draft.lead_source or lead_source,
        birthday=_birthday(draft.birthday),
        language=draft.language if len(draft.language) in (2, 5) else "",
        note=_note(draft, given, family),
        reference=draft.external_id,
        created_at=work.now + number * _MOMENT,  # keeps the order of the file in lists by age
    )
    texts: list[tuple[ReachKind, str, str]] = [
        (
            ReachKind.MOBILE if phone.kind == "mobile" else ReachKind.PHONE,
            phone.label or _label(phone.kind),
            phone.number,
        )
        for phone in sorted(draft.phones, key=lambda item: not item.preferred)
    ]
    texts += [(ReachKind.EMAIL, mail.label or _label(mail.kind), mail.address) for mail in draft.emails]
    texts += [(ReachKind.WEB, "", site) for site in draft.websites]
    points = [
        ReachPoint(id=work.new_id(), person_id=person_id, kind=kind, label=label, value=value, position=place)
        for place, (kind, label, value) in enumerate(texts)
    ]
    addresses = [
        Address(
            id=work.new_id(),
            person_id=person_id,
            label=item.label or _label(item.kind),
            street=item.street.replace("\n", ", "),
            extra=item.po_box,
            postcode=item.postcode,
            city=item.city,
            region=item.region,
            country=country_code(item.country),
            position=place,
        )
        for place, item in enumerate(draft.addresses)
        if item
    ]
    return person, points, addresses, [tag_of(person_id, tag) for tag in dict.fromkeys(draft.tags) if tag.strip()]


def _erasure_keys(person: Person, points: Iterable[ReachPoint], addresses: Iterable[Address]) -> frozenset[str]:
    return keys_of(
        reach=[reach_key(point) for point in points],
        name=display_name(person),
        birthday=person.birthday,
        places=[place_key(item.street, item.postcode, item.city) for item in addresses if item.street],
        reference=person.reference,
    )


def _names(draft: drafts.PersonDraft) -> tuple[str, str]:
    given = " ".join(part for part in (draft.first_name, draft.middle_name) if part)
    family = " ".join(part for part in (draft.last_name, draft.suffix) if part)
    if given or family or not draft.full_name or draft.full_name == draft.company:
        return given or (draft.nickname if not family and not draft.company else ""), family
    first, _space, last = draft.full_name.rpartition(" ")
    return (first, last) if first else (last, "")


def _note(draft: drafts.PersonDraft, given: str, family: str) -> str:
    """Return the note, with what the file says and the book has no field for."""
    nickname = "" if draft.nickname in (given, family) else draft.nickname
    extra = (
        (_("Nickname"), nickname),
        (_("Job title"), draft.job_title),
        (_("Department"), draft.department),
        (_("Anniversary"), str(draft.anniversary or "")),
    )
    return "\n".join((*filter(None, (draft.note,)), *(f"{name}: {value}" for name, value in extra if value)))


def _label(kind: str) -> str:
    return "" if kind in ("other", "mobile") else kind


def _birthday(day: drafts.PartialDate | None) -> str:
    text = str(day) if day is not None else ""
    try:
        if text:
            check_birthday(text)
    except DomainError:
        return ""
    return text


class _Matcher:
    """Says who of the book a draft is: the same outside id, or the same way to reach and the same name.

    Whoever was merged into somebody else is that one. One who comes without any way to be reached is the only person of that name, if there is exactly one.
    """

    def __init__(self, work: Work) -> None:
        self._by_reference: dict[str, UUID] = {}
        self._by_reach: dict[tuple[str, str], UUID] = {}
        self._by_name: dict[str, set[UUID]] = {}
        for reference, person_id in work.rows(
            "SELECT reference, id FROM person WHERE reference <> '' AND deleted_at IS NULL"
        ):
            self._by_reference.setdefault(reference, UUID(bytes=person_id))
        for key, name, person_id in work.rows(
            "SELECT r.reach_key, p.given || ' ' || p.family || ' ' || p.company, p.id FROM reach_point r "
            "JOIN person p ON p.id = r.person_id WHERE r.reach_key <> '' AND r.deleted_at IS NULL AND p.deleted_at IS NULL"
        ):
            self._by_reach.setdefault((key, fold(name)), UUID(bytes=person_id))
        for name, person_id in work.rows(
            "SELECT given || ' ' || family || ' ' || company, id FROM person WHERE deleted_at IS NULL"
        ):
            self._by_name.setdefault(fold(name), set()).add(UUID(bytes=person_id))
        for kept, reference, name in former_names(work):
            if reference:
                self._by_reference.setdefault(reference, kept)
            for (key,) in work.rows(
                "SELECT reach_key FROM reach_point WHERE person_id = ? AND deleted_at IS NULL", (kept,)
            ):
                self._by_reach.setdefault((key, fold(name)), kept)

    def find(self, draft: drafts.PersonDraft, person: Person, points: list[ReachPoint]) -> UUID | None:
        known = self._by_reference.get(draft.external_id) if draft.external_id else None
        if known is not None:
            return known
        name = _name_key(person)
        same = self._by_name.get(name, set())
        if not points and not draft.external_id:
            return next(iter(same)) if len(same) == 1 else None
        return next((self._by_reach[key] for p in points if (key := (reach_key(p), name)) in self._by_reach), None)

    def remember(self, draft: drafts.PersonDraft, person: Person, points: list[ReachPoint]) -> None:
        if draft.external_id:
            self._by_reference[draft.external_id] = person.id
        name = _name_key(person)
        self._by_name.setdefault(name, set()).add(person.id)
        for point in points:
            if reach_key(point):
                self._by_reach.setdefault((reach_key(point), name), person.id)


def _name_key(person: Person) -> str:
    return fold(f"{person.given} {person.family} {person.company}")


def _complete(
    work: Work,
    known_id: UUID,
    person: Person,
    points: list[ReachPoint],
    addresses: list[Address],
    tags: list[PersonTag],
) -> bool:
    """Add to somebody who is here what the file knows and the book does not; says whether anything was added."""
    known = work.get(Person, known_id)
    empty = {
        name: getattr(person, name)
        for name in ("salutation", "company", "lead_source", "birthday", "language", "note", "reference")
        if not getattr(known, name) and getattr(person, name)
    }
    if not display_name(known):
        empty |= {"given": person.given, "family": person.family}
    reached = {(p.kind, reach_key(p)) for p in work.find(ReachPoint, person_id=known_id)}
    lived = {_place(a) for a in work.find(Address, person_id=known_id)}
    tagged = {tag.id for tag in work.find(PersonTag, person_id=known_id)}
    own_tags = [tag_of(known_id, tag.tag) for tag in tags]
    new = [
        *(replace(p, person_id=known_id) for p in points if (p.kind, reach_key(p)) not in reached),
        *(replace(a, person_id=known_id) for a in addresses if _place(a) not in lived),
        *(tag for tag in own_tags if tag.id not in tagged),
    ]
    if empty:
        work.save(replace(known, **empty))
    work.save_many(new)
    return bool(empty or new)


def _place(address: Address) -> str:
    return fold(f"{address.street} {address.postcode} {address.city}")
