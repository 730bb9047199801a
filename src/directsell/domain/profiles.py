"""The seller's own questionnaire: what is a fit question, what is a fit answer, how answers are kept as text. No SQL, no sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from directsell.domain.errors import DomainError
from directsell.domain.relations import AnswerKind, ProfileQuestion

YES, NO = "yes", "no"
_CHOOSING = (AnswerKind.CHOICE, AnswerKind.CHOICES)


def choices_of(question: ProfileQuestion) -> tuple[str, ...]:
    """Return the answers to choose from, in the seller's order."""
    return tuple(dict.fromkeys(line.strip() for line in question.choices.splitlines() if line.strip()))


def check_question(question: ProfileQuestion) -> None:
    """Refuse a question without words, or a choice without answers.

    Raises:
        DomainError: ``question.label`` or ``question.choices``.
    """
    if not question.label.strip():
        raise DomainError("question.label", field="label")
    if question.kind in _CHOOSING and len(choices_of(question)) < 2:
        raise DomainError("question.choices", field="choices")


def answer_text(question: ProfileQuestion, value: str) -> str:
    """Return an answer as it is stored: trimmed; several choices in the question's order, one on each line.

    Args:
        question: what was asked.
        value: text; a number with a decimal point; an ISO date; ``yes`` or ``no``; choices separated by newlines. "" is no
            answer.

    Raises:
        DomainError: ``answer.number``, ``answer.date`` or ``answer.choice``; ``field`` is the id of the question.
    """
    text = value.strip()
    if not text:
        return ""
    field = str(question.id)
    match question.kind:
        case AnswerKind.NUMBER:
            try:
                number = Decimal(text)
            except InvalidOperation:
                raise DomainError("answer.number", field=field) from None
            if not number.is_finite():
                raise DomainError("answer.number", field=field)
            return format(number, "f")
        case AnswerKind.DATE:
            try:
                return date.fromisoformat(text).isoformat()
            except ValueError:
                raise DomainError("answer.date", field=field) from None
        case AnswerKind.YES_NO:
            return _among([text], (YES, NO), field)
        case AnswerKind.CHOICE:
            return _among([text], choices_of(question), field)
        case AnswerKind.CHOICES:
            return _among(text.splitlines(), choices_of(question), field)
    return text


def _among(answers: Iterable[str], known: Iterable[str], field: str) -> str:
    wanted = {answer.strip() for answer in answers if answer.strip()}
    found = [choice for choice in known if choice in wanted]
    if len(found) < len(wanted):
        raise DomainError("answer.choice", field=field)
    return "\n".join(found)
