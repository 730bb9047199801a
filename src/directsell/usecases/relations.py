"""Who belongs to whom, who recommended whom, and what somebody wishes for. The records: domain/relations, domain/demos."""

from __future__ import annotations

from uuid import UUID

from directsell.domain.demos import Wish, wish_of
from directsell.domain.errors import DomainError
from directsell.domain.people import Person, display_name
from directsell.domain.relations import Relation, RelationKind, relation_of
from directsell.i18n import N_
from directsell.store.work import Work
from directsell.usecases.verbs import usecase
from directsell.usecases.wish_follow_ups import follow_wishes


@usecase(N_("Relation of {name}"))
def relate_people(work: Work, person_id: UUID, other_id: UUID, kind: RelationKind, note: str = "") -> Relation:
    """Note that two people belong together; there is one relation of two people, a new one takes the place of the old.

    Raises:
        DomainError: ``relation.self``; ``record.missing``.
    """
    if person_id == other_id:
        raise DomainError("relation.self", field="other")
    work.get(Person, other_id)
    work.describe(name=display_name(work.get(Person, person_id)))
    return work.save(relation_of(person_id, other_id, kind, note.strip()))


@usecase(N_("Remove a relation of {name}"))
def remove_relation(work: Work, relation_id: UUID) -> None:
    """Forget that two people belong together."""
    relation = work.get(Relation, relation_id)
    person = work.find_one(Person, relation.person_id)
    work.describe(name="" if person is None else display_name(person))
    work.delete(relation)


@usecase(N_("Referrer of {name}"))
def set_referrer(work: Work, person_id: UUID, referrer_id: UUID | None) -> Person:
    """Note by whom a person was recommended, or that nobody is known to have done it.

    Raises:
        DomainError: ``relation.self``; ``record.missing``.
    """
    if person_id == referrer_id:
        raise DomainError("relation.self", field="other")
    if referrer_id is not None:
        work.get(Person, referrer_id)
    person = work.update(Person, person_id, referred_by=referrer_id)
    work.describe(name=display_name(person))
    return person


@usecase(N_("Wish of {name}"))
def add_wish(work: Work, person_id: UUID, product_id: UUID, note: str = "") -> Wish:
    """Note that a person wishes for a product; a wish that is there keeps the demo at which it was told."""
    work.describe(name=display_name(work.get(Person, person_id)))
    wish = wish_of(person_id, product_id, None, note.strip())
    known = work.find_one(Wish, wish.id)
    if known is not None:
        wish = wish_of(person_id, product_id, known.demo_id, note.strip() or known.note)
    return work.save(wish)


@usecase(N_("Wish of {name} fulfilled or given up"))
def remove_wish(work: Work, wish_id: UUID) -> None:
    """Take a product from the wishes of a person."""
    wish = work.get(Wish, wish_id)
    person = work.find_one(Person, wish.person_id)
    work.describe(name="" if person is None else display_name(person))
    work.delete(wish)
    follow_wishes(work, wish.person_id, wish.demo_id)
