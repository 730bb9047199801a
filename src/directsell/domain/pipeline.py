"""The pipeline: the way of a prospect in stages, which card comes first, why the next contact. No people's records, no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from directsell.domain.contact_choices import Reason
from directsell.domain.people import Stage

STAGES: tuple[Stage, ...] = tuple(Stage)
ENDED = (Stage.WON, Stage.LOST)

# Why somebody in a stage is contacted next, unless the seller says otherwise.
REASON_IN: Mapping[Stage, Reason] = {
    Stage.NEW: Reason.LEAD,
    Stage.CONTACTED: Reason.CALL_BACK,
    Stage.QUALIFIED: Reason.CALL_BACK,
    Stage.DEMO_BOOKED: Reason.BOOKING,
    Stage.DEMO_DONE: Reason.AFTER_DEMO,
    Stage.NEGOTIATING: Reason.QUOTE,
    Stage.WON: Reason.OTHER,
    Stage.LOST: Reason.OTHER,
}


def neighbour(stage: Stage, step: int) -> Stage:
    """Return the stage some steps further on (or back); at an end it stays."""
    place = STAGES.index(stage) + step
    return STAGES[max(0, min(len(STAGES) - 1, place))]


def days_in(since: date, today: date) -> int:
    """Return how many days somebody has been in a stage; a clock that was set back gives none."""
    return max(0, (today - since).days)


def urgency(stage: Stage, since: date, next_on: date | None, score: int, today: date) -> tuple[int, int, int]:
    """Return the sort key of a card within its column, the most urgent first.

    First what is due or overdue, the longest first; then who has no next step, the most promising first; then what is
    planned, the nearest first. In "won" and "lost" the latest come first.
    """
    if stage in ENDED:
        return (0, -since.toordinal(), -score)
    if next_on is None:
        return (1, -score, since.toordinal())
    return (0 if next_on <= today else 2, next_on.toordinal(), -score)
