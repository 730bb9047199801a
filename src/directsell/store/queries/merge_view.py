"""Two records side by side, as the question before a merge shows them. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from directsell.domain.duplicates import Judgement, judge
from directsell.domain.people import Person, display_name
from directsell.domain.relations import ProfileAnswer, ProfileQuestion
from directsell.store.queries.duplicates import facts_of
from directsell.store.queries.people import person_name
from directsell.store.reader import Reader

# What is handed over without a question, by the table it stands in.
_JOINED = (
    ("reach_point", "person_id"),
    ("address", "person_id"),
    ("sales_order", "person_id"),
    ("demo", "host_id"),
    ("demo_guest", "person_id"),
    ("contact_entry", "person_id"),
    ("follow_up", "person_id"),
    ("wish", "person_id"),
    ("person_tag", "person_id"),
)


@dataclass(frozen=True, slots=True)
class TwoAnswers:
    """A question that both answered differently."""

    question: ProfileQuestion
    kept: str
    dropped: str


@dataclass(frozen=True, slots=True)
class MergeView:
    """Two records: who would stay, who would go, why they look like one, whom each was recommended by, answers that differ,
    and how many records of each table the second one brings along.
    """

    kept: Person
    dropped: Person
    judgement: Judgement | None
    kept_referrer: str
    dropped_referrer: str
    answers: tuple[TwoAnswers, ...]
    joined: tuple[tuple[str, int], ...]

    @property
    def names(self) -> tuple[str, str]:
        """Both names."""
        return display_name(self.kept), display_name(self.dropped)


def merge_view(reader: Reader, kept_id: UUID, dropped_id: UUID) -> MergeView | None:
    """Return two records side by side; None when one of them is gone."""
    kept, dropped = reader.find_one(Person, kept_id), reader.find_one(Person, dropped_id)
    if kept is None or dropped is None:
        return None
    facts = facts_of(reader, [kept_id.bytes, dropped_id.bytes])
    mine = {answer.question_id: answer.value for answer in reader.find(ProfileAnswer, person_id=kept_id)}
    answers = [
        TwoAnswers(question, mine[answer.question_id], answer.value)
        for answer in reader.find(ProfileAnswer, person_id=dropped_id)
        if mine.get(answer.question_id, answer.value) != answer.value
        and (question := reader.find_one(ProfileQuestion, answer.question_id)) is not None
    ]
    counts = [
        (
            table,
            int(
                reader.value(
                    f"SELECT count(*) FROM {table} WHERE {column} = ? AND deleted_at IS NULL", (dropped_id,), 0
                )
            ),
        )
        for table, column in _JOINED
    ]
    return MergeView(
        kept=kept,
        dropped=dropped,
        judgement=judge(facts[kept_id.bytes], facts[dropped_id.bytes]) if len(facts) == 2 else None,
        kept_referrer=person_name(reader, kept.referred_by),
        dropped_referrer=person_name(reader, dropped.referred_by),
        answers=tuple(answers),
        joined=tuple((table, count) for table, count in counts if count),
    )
