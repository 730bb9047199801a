"""Erasing a person at their wish. What goes and what stays: store/erasures.py; how rows vanish: store/erasing.py."""

from __future__ import annotations

import secrets
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.ids import named_id
from directsell.domain.people import Person
from directsell.i18n import N_, _
from directsell.store import erasing
from directsell.store.erasures import what_goes
from directsell.store.queries.aliases import ids_of
from directsell.store.work import Work
from directsell.usecases.verbs import usecase


@usecase(N_("Erase a person"), barrier=True)
def erase_person(work: Work, person_id: UUID) -> str:
    """Erase a person's data, also those of records merged into it; returns the pseudonym that papers and orders show now.

    It cannot be undone, nor can what was done before it. Papers that the law wants kept stay as they were issued. Call
    ``store.erasing.purge`` afterwards.

    Raises:
        DomainError: ``record.missing``; ``erase.done``; ``erase.open_orders`` (count) while goods or money are open.
    """
    person = work.get(Person, person_id)
    if person.erased_on is not None:
        raise DomainError("erase.done")
    waiting = what_goes(work, person_id).open_orders
    if waiting:
        raise DomainError("erase.open_orders", count=waiting)
    salt = erasing.salt_in_use(work) or secrets.token_hex(16)
    pseudonym = _("Erased person {month}").format(month=f"{work.today:%Y-%m}")
    for key in reversed(ids_of(work, person_id)):
        erasing.erase(work, key, pseudonym=pseudonym, salt=salt, at=work.now, erasure_id=named_id("erasure", key))
    return pseudonym
