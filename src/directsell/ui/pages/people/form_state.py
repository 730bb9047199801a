"""The person form as plain values: for drafts, and between records and fields. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from directsell.domain.people import Address, LostReason, PersonKind, Rank, ReachKind, ReachPoint, Role, Stage
from directsell.store.queries.person_card import PersonCard

TEXTS: Final = (
    "salutation",
    "given",
    "family",
    "company",
    "met_at",
    "need",
    "budget",
    "objection",
    "customer_number",
    "tax_id",
    "note",
)
BLANK: Final[dict[str, Any]] = {
    **dict.fromkeys(TEXTS, ""),
    "kind": str(PersonKind.PERSON),
    "stage": str(Stage.NEW),
    "lead_source": "",
    "referred_by": "",
    "campaign": "",
    "lost_reason": "",
    "language": "",
    "birthday": "",
    "rank": "",
    "contact_days": None,
    "discount": 0,
    "birthday_discount": 0,
    "tags": [],
    "roles": [str(Role.PROSPECT)],
    "reach": [],
    "addresses": [],
}


def of_card(card: PersonCard) -> dict[str, Any]:
    """Return a stored person as the form shows it."""
    person = card.person
    return {
        **{name: getattr(person, name) for name in TEXTS},
        "kind": str(person.kind),
        "stage": str(person.stage),
        "lead_source": person.lead_source,
        "referred_by": str(person.referred_by or ""),
        "campaign": str(person.campaign_id or ""),
        "lost_reason": str(person.lost_reason),
        "language": person.language,
        "birthday": person.birthday,
        "rank": str(person.rank),
        "contact_days": person.contact_days,
        "discount": person.discount_ppm,
        "birthday_discount": person.birthday_discount_ppm,
        "tags": list(card.tags),
        "roles": [str(role) for role in card.roles],
        "reach": [plain(point) for point in card.reach],
        "addresses": [plain(address) for address in card.addresses],
    }


def person_values(state: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the person record from the form's state."""
    return {
        **{name: state[name] for name in TEXTS},
        "kind": PersonKind(state["kind"]),
        "stage": Stage(state["stage"]),
        "lead_source": state["lead_source"],
        "referred_by": UUID(state["referred_by"]) if state["referred_by"] else None,
        "campaign_id": UUID(state["campaign"]) if state["campaign"] else None,
        "lost_reason": LostReason(state["lost_reason"]),
        "language": state["language"],
        "birthday": state["birthday"],
        "rank": Rank(state["rank"]),
        "contact_days": state["contact_days"] or None,
        "discount_ppm": state["discount"],
        "birthday_discount_ppm": state["birthday_discount"],
    }


def plain(record: ReachPoint | Address) -> dict[str, Any]:
    """Return a child record as values that JSON can hold."""
    return {name: str(value) if isinstance(value, UUID) else value for name, value in asdict(record).items()}


def reach_points(values: Sequence[dict[str, Any]], person_id: UUID) -> list[ReachPoint]:
    """Return the ways of reaching somebody from plain values."""
    return [
        ReachPoint(**{**value, "id": UUID(value["id"]), "person_id": person_id, "kind": ReachKind(value["kind"])})
        for value in values
    ]


def addresses(values: Sequence[dict[str, Any]], person_id: UUID) -> list[Address]:
    """Return the addresses from plain values."""
    return [Address(**{**value, "id": UUID(value["id"]), "person_id": person_id}) for value in values]
