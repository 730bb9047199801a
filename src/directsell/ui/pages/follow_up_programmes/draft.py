"""A half-typed programme as plain values, and back. When drafts are kept is the page's business."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from directsell.domain.errors import DomainError
from directsell.domain.follow_up_plans.planning import Active
from directsell.domain.follow_up_plans.steps import chain_of, chain_text
from directsell.domain.follow_up_programmes import Anchor, FollowUpProgramme


def draft_body(one: Active) -> dict[str, Any]:
    """Return what is typed, right or wrong."""
    programme = one.programme
    return {
        "name": programme.name,
        "anchor": programme.anchor.value,
        "note": programme.note,
        "brand_id": "" if programme.brand_id is None else str(programme.brand_id),
        "segment_id": "" if programme.segment_id is None else str(programme.segment_id),
        "rank": programme.rank,
        "steps": chain_text(one.chain),
    }


def from_draft(programme: FollowUpProgramme, body: dict[str, Any]) -> Active | None:
    """Return a programme with what was typed the last time; None for a draft of a newer program."""
    try:
        chain = chain_of(body["steps"])
        typed = replace(
            programme,
            name=body["name"],
            anchor=Anchor(body["anchor"]),
            note=body["note"],
            brand_id=UUID(body["brand_id"]) if body["brand_id"] else None,
            segment_id=UUID(body["segment_id"]) if body["segment_id"] else None,
            rank=body["rank"],
        )
    except (DomainError, KeyError, ValueError):
        return None
    return Active(typed, chain)
