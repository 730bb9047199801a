"""The seller's own questionnaire and what people answered; questions to begin with, offered in the user's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from directsell.domain.people import Person, display_name
from directsell.domain.profiles import answer_text, check_question, choices_of
from directsell.domain.relations import AnswerKind, ProfileAnswer, ProfileQuestion, answer_of
from directsell.i18n import N_, _
from directsell.store.work import Work
from directsell.usecases.verbs import usecase


@usecase(N_("Question “{label}”"))
def save_question(work: Work, question: ProfileQuestion) -> ProfileQuestion:
    """Store a question, new or changed; a new one comes last.

    Raises:
        DomainError: ``question.label``, ``question.choices``.
    """
    check_question(question)
    work.describe(label=question.label.strip())
    position = question.position
    if work.find_one(ProfileQuestion, question.id) is None:
        position = 1 + max((known.position for known in work.find(ProfileQuestion)), default=-1)
    choices = "\n".join(choices_of(question)) if question.kind in (AnswerKind.CHOICE, AnswerKind.CHOICES) else ""
    return work.save(replace(question, label=question.label.strip(), choices=choices, position=position))


@usecase(N_("Order of the questions"))
def order_questions(work: Work, questions: Sequence[UUID]) -> None:
    """Put the questions of the profile into an order."""
    for position, key in enumerate(questions):
        work.update(ProfileQuestion, key, position=position)


@usecase(N_("Delete question “{label}”"))
def delete_question(work: Work, question_id: UUID) -> None:
    """Remove a question with all its answers."""
    question = work.get(ProfileQuestion, question_id)
    work.describe(label=question.label)
    work.delete(question, *work.find(ProfileAnswer, question_id=question_id))


@usecase(N_("Profile of {name}"))
def save_answers(work: Work, person_id: UUID, answers: Mapping[UUID, str]) -> None:
    """Store what a person answered, by question; an empty answer takes the old one away. Others stay.

    Raises:
        DomainError: ``answer.number``, ``answer.date``, ``answer.choice``; ``field`` is the id of the question.
    """
    work.describe(name=display_name(work.get(Person, person_id)))
    for question_id, value in answers.items():
        answer = answer_of(person_id, question_id, answer_text(work.get(ProfileQuestion, question_id), value))
        known = work.find_one(ProfileAnswer, answer.id)
        if answer.value:
            work.save(answer)
        elif known is not None:
            work.delete(known)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions to begin with."""

    key: str
    name: str
    questions: tuple[tuple[str, AnswerKind, tuple[str, ...]], ...]


def starting_questionnaires() -> tuple[Questionnaire, ...]:
    """Return the questionnaires that are offered while there are no questions, in the language of the program."""
    choice, choices, text, number, yes_no = (
        AnswerKind.CHOICE,
        AnswerKind.CHOICES,
        AnswerKind.TEXT,
        AnswerKind.NUMBER,
        AnswerKind.YES_NO,
    )
    skin = (
        (_("Skin type"), choice, (_("dry"), _("normal"), _("combination"), _("oily"), _("sensitive"))),
        (_("Skin tone"), choice, (_("light"), _("medium"), _("olive"), _("dark"))),
        (
            _("What the skin needs"),
            choices,
            (_("moisture"), _("against wrinkles"), _("against spots"), _("sun protection")),
        ),
        (_("Allergies"), text, ()),
        (_("Favourite scents"), text, ()),
    )
    sizes = (
        (_("Clothing size"), text, ()),
        (_("Shoe size"), text, ()),
        (_("Ring size"), text, ()),
        (_("Favourite colours"), text, ()),
        (_("Metal"), choice, (_("gold"), _("silver"), _("rose gold"), _("both"))),
    )
    household = (
        (_("People in the household"), number, ()),
        (_("Children (names, ages)"), text, ()),
        (_("Pets"), text, ()),
        (_("Cooker"), choice, (_("induction"), _("electric"), _("gas"))),
        (_("Dishwasher"), yes_no, ()),
        (_("Eats"), choices, (_("everything"), _("vegetarian"), _("vegan"), _("gluten-free"), _("lactose-free"))),
        (_("Best time to call"), text, ()),
    )
    return (
        Questionnaire("skin", _("Skin and beauty"), skin),
        Questionnaire("sizes", _("Sizes and jewellery"), sizes),
        Questionnaire("household", _("Household and kitchen"), household),
    )


@usecase(N_("Questions “{label}”"))
def add_questionnaire(work: Work, key: str, brand_id: UUID | None = None) -> int:
    """Store the questions of a questionnaire that are not there yet; returns how many were added."""
    found = next(item for item in starting_questionnaires() if item.key == key)
    work.describe(label=found.name)
    known = {question.label for question in work.find(ProfileQuestion)}
    new = [item for item in found.questions if item[0] not in known]
    first = 1 + max((question.position for question in work.find(ProfileQuestion)), default=-1)
    for position, (label, kind, answers) in enumerate(new, start=first):
        work.save(
            ProfileQuestion(
                id=work.new_id(),
                brand_id=brand_id,
                label=label,
                kind=kind,
                choices="\n".join(answers),
                position=position,
            )
        )
    return len(new)
