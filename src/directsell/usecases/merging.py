"""Two records of one person made one, and made two again; or told apart for good. What is a double: domain/duplicates.py."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from directsell.domain.demos import CoHost, DemoGuest, Wish, co_host_of, guest_of, wish_of
from directsell.domain.errors import DomainError
from directsell.domain.merges import PersonMerge
from directsell.domain.merging import CHOICES, merged, merged_guest
from directsell.domain.people import (
    Address,
    Person,
    PersonRole,
    PersonTag,
    ReachKind,
    ReachPoint,
    display_name,
    reach_key,
    role_of,
    tag_of,
)
from directsell.domain.records import Record
from directsell.domain.relations import ProfileAnswer, Relation, answer_of, relation_of
from directsell.i18n import N_
from directsell.store import moves
from directsell.store.entities import ENTITIES, Entity
from directsell.store.queries.aliases import ids_of
from directsell.store.queries.duplicates import apart_name, place_key
from directsell.store.work import Work
from directsell.usecases.follow_up_programmes import replan
from directsell.usecases.verbs import usecase

ANSWER = "answer:"
# Written in the ids of both records, or about them: they stay as they are and are read through the alias.
_LEFT = frozenset(
    {("person", "merged_into"), ("person_merge", "kept_id"), ("person_merge", "dropped_id"), ("erasure", "person_id")}
)


@usecase(N_("Merge {dropped} into {name}"))
def merge_people(work: Work, kept_id: UUID, dropped_id: UUID, taken: Collection[str] = ()) -> PersonMerge:
    """Make two records of one person one; the other one vanishes from every list, its id leads to the kept one.

    Everything that is changed is noted in the merge, so that it can be taken back at any time. Payments, consents and
    issued papers keep the id they were written with.

    Args:
        work: the transaction.
        kept_id: who stays.
        dropped_id: who becomes part of it.
        taken: what is taken from the dropped record: keys of ``merging.CHOICES``, and ``answer:<id>`` of questions.

    Raises:
        DomainError: ``merge.same``; ``record.missing``.
    """
    if kept_id == dropped_id:
        raise DomainError("merge.same")
    kept, dropped = work.get(Person, kept_id), work.get(Person, dropped_id)
    work.describe(name=display_name(kept), dropped=display_name(dropped))
    merge = PersonMerge(id=work.new_id(), kept_id=kept_id, dropped_id=dropped_id, moved="[]", at=work.now)
    return _merge(work, merge, taken)


def _merge(work: Work, merge: PersonMerge, taken: Collection[str]) -> PersonMerge:
    kept_id, dropped_id = merge.kept_id, merge.dropped_id
    kept, dropped = work.get(Person, kept_id), work.get(Person, dropped_id)
    since = moves.begin(work)
    for join in _JOINED.values():
        join(work, kept_id, dropped_id, taken)
    for entity, column in references():
        if not (entity.ledger or entity.record in _JOINED or (entity.table, column) in _LEFT):
            change: dict[str, Any] = {column: dropped_id}
            records = work.find(entity.record, **change)
            work.save_many(replace(record, **{column: kept_id}) for record in records)
    moves.redirect(work, ids_of(work, dropped_id)[1:], kept_id)
    work.save(merged(kept, dropped, {key for key in taken if not key.startswith(ANSWER)}))
    gone = work.save(replace(work.get(Person, dropped_id), merged_into=kept_id))
    work.delete(gone)
    replan(work, kept_id)
    return work.save(replace(merge, moved=moves.moves(work, since)))


@usecase(N_("Separate {dropped} from {name}"))
def separate_people(work: Work, merge_id: UUID) -> Person:
    """Make two people of a merged one again, at any time and in any order; what came since stays with the kept one.

    Returns the other one.

    Raises:
        DomainError: ``merge.undone`` already; ``merge.further`` when the kept one was merged into somebody else, which
            has to be taken back first; ``record.missing`` when the kept one was deleted.
    """
    merge = work.get(PersonMerge, merge_id)
    if merge.undone_at is not None:
        raise DomainError("merge.undone")
    further = work.row("SELECT merged_into FROM person WHERE id = ? AND merged_into IS NOT NULL", (merge.kept_id,))
    if further is not None:
        raise DomainError("merge.further")
    kept = work.get(Person, merge.kept_id)
    # What came into the kept record after this one built on it: those merges are taken back first and made anew.
    later = [other for other in _standing_merges(work, merge.kept_id) if (other.at, other.id) > (merge.at, merge.id)]
    taken = [_taken_in(work, other) for other in later]
    for one in (*reversed(later), merge):
        moves.take_back(work, one.moved)
    work.save(replace(merge, undone_at=work.now))
    for other, choices in zip(later, taken, strict=True):
        _merge(work, other, choices)
    dropped = work.get(Person, merge.dropped_id)
    for person in (kept, dropped):
        replan(work, person.id)
    work.describe(name=display_name(kept), dropped=display_name(dropped))
    return dropped


def _standing_merges(work: Work, kept_id: UUID) -> list[PersonMerge]:
    found = [merge for merge in work.find(PersonMerge, kept_id=kept_id) if merge.undone_at is None]
    return sorted(found, key=lambda merge: (merge.at, merge.id))


def _taken_in(work: Work, merge: PersonMerge) -> set[str]:
    """Return what a merge took from the dropped record and nobody changed since."""
    changed = moves.standing(work, merge.moved, "person", merge.kept_id)
    answers = {
        f"{ANSWER}{answer.question_id}"
        for answer in work.find(ProfileAnswer, person_id=merge.kept_id)
        if moves.standing(work, merge.moved, "profile_answer", answer.id)
    }
    return {key for key, names in CHOICES.items() if changed & set(names)} | answers


@usecase(N_("Tell {name} and {other} apart"))
def tell_apart(work: Work, one: UUID, other: UUID) -> None:
    """Note that two records that look like one person are two people; they are not proposed for merging again."""
    work.describe(name=display_name(work.get(Person, one)), other=display_name(work.get(Person, other)))
    work.set_setting(apart_name(one, other), True)


def references() -> Iterator[tuple[Entity, str]]:
    """Yield every column that names a person, whatever tables there are."""
    for entity in ENTITIES:
        for column, table in entity.references.items():
            if table == "person":
                yield entity, column


# --- records that merge instead of doubling: lists, and those whose id follows from the person's


def _join_roles(work: Work, kept: UUID, dropped: UUID, _taken: Collection[str]) -> None:
    _rekey(work, PersonRole, dropped, lambda record: role_of(kept, record.role))


def _join_tags(work: Work, kept: UUID, dropped: UUID, _taken: Collection[str]) -> None:
    _rekey(work, PersonTag, dropped, lambda record: tag_of(kept, record.tag))


def _rekey(work: Work, kind: type[Any], dropped: UUID, of_kept: Callable[[Any], Record]) -> None:
    """Delete the records of the dropped person and make those of the kept one that are missing."""
    for record in work.find(kind, person_id=dropped):
        work.delete(record)
        mine = of_kept(record)
        if work.find_one(kind, mine.id) is None:
            work.save(mine)


def _join_reach(work: Work, kept: UUID, dropped: UUID, _taken: Collection[str]) -> None:
    mine = {(_class(point.kind), reach_key(point)): point for point in work.find(ReachPoint, person_id=kept)}
    place = len(mine)
    for point in work.find(ReachPoint, "position", person_id=dropped):
        known = mine.get((_class(point.kind), reach_key(point)))
        if known is None:
            work.save(replace(point, person_id=kept, position=place))
            place += 1
            continue
        work.delete(point)
        if point.label and not known.label:
            work.save(replace(known, label=point.label))


def _class(kind: ReachKind) -> ReachKind:
    return ReachKind.PHONE if kind is ReachKind.MOBILE else kind


def _join_addresses(work: Work, kept: UUID, dropped: UUID, _taken: Collection[str]) -> None:
    mine = work.find(Address, person_id=kept)
    known = {place_key(address.street, address.postcode, address.city) for address in mine}
    for place, address in enumerate(work.find(Address, "position", person_id=dropped), start=len(mine)):
        if place_key(address.street, address.postcode, address.city) in known:
            work.delete(address)
        else:
            work.save(replace(address, person_id=kept, position=place))


def _join_guests(work: Work, kept: UUID, dropped: UUID, _taken: Collection[str]) -> None:
    for guest in work.find(DemoGuest, person_id=dropped):
        work.delete(guest)
        key = guest_of(guest.demo_id, kept).id
        mine = work.find_one(DemoGuest, key)
        work.save(replace(guest, id=key, person_id=kept) if mine is None else merged_guest(mine, guest))


def _join_co_hosts(work: Work, kept: UUID, dropped: UUID, _taken: Collection[str]) -> None:
    for host in work.find(CoHost, person_id=dropped):
        work.delete(host)
        mine = co_host_of(host.demo_id, kept, host.position)
        if work.find_one(CoHost, mine.id) is None:
            work.save(mine)


def _join_wishes(work: Work, kept: UUID, dropped: UUID, _taken: Collection[str]) -> None:
    _rekey(work, Wish, dropped, lambda record: wish_of(kept, record.product_id, record.demo_id, record.note))


def _join_relations(work: Work, kept: UUID, dropped: UUID, _taken: Collection[str]) -> None:
    for relation in (*work.find(Relation, person_id=dropped), *work.find(Relation, other_id=dropped)):
        work.delete(relation)
        other = relation.other_id if relation.person_id == dropped else relation.person_id
        mine = relation_of(kept, other, relation.kind, relation.note)
        if other != kept and work.find_one(Relation, mine.id) is None:
            work.save(mine)


def _join_answers(work: Work, kept: UUID, dropped: UUID, taken: Collection[str]) -> None:
    for answer in work.find(ProfileAnswer, person_id=dropped):
        work.delete(answer)
        mine = answer_of(kept, answer.question_id, answer.value)
        known = work.find_one(ProfileAnswer, mine.id)
        if known is None or not known.value or f"{ANSWER}{answer.question_id}" in taken:
            work.save(mine)


_Join = Callable[[Work, UUID, UUID, Collection[str]], None]
_JOINED: Mapping[type[Record], _Join] = MappingProxyType(
    {
        PersonRole: _join_roles,
        PersonTag: _join_tags,
        ReachPoint: _join_reach,
        Address: _join_addresses,
        DemoGuest: _join_guests,
        CoHost: _join_co_hosts,
        Wish: _join_wishes,
        Relation: _join_relations,
        ProfileAnswer: _join_answers,
    }
)
