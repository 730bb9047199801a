"""Letters and labels made of stored people: addresses, texts filled in for each. Drawing is in documents, noting in messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directsell.domain.mailings import LabelKind, LabelRun, Letter, LetterRun
from directsell.domain.message_texts import fill
from directsell.domain.papers import Party
from directsell.domain.people import display_name
from directsell.domain.settings import Business
from directsell.store.queries.messages import Facts, facts_of
from directsell.store.queries.settings import business
from directsell.store.reader import Reader
from directsell.usecases.messages import text_values
from directsell.usecases.papers import address_lines, sender_of


@dataclass(frozen=True, slots=True)
class MadeLetters:
    """Letters ready to be printed, and what is to be noted for each person."""

    run: LetterRun
    texts: tuple[tuple[UUID, str], ...]


def make_letters(
    reader: Reader,
    people: Sequence[UUID],
    *,
    texts: Mapping[str, tuple[str, str]],
    today: date,
    letterhead: bool = True,
) -> MadeLetters:
    """Return a letter for each person, in the language of the person.

    Args:
        reader: the data.
        people: to whom.
        texts: subject and body, with their fields, by language ("de"); "" for whom no other one is meant.
        today: the date of the letters.
        letterhead: whether the paper has none of its own.
    """
    own = business(reader)
    letters, written = [], []
    for facts in _facts(reader, people, today, own):
        values = text_values(facts, own, today)
        language = facts.person.language or own.language
        subject, body = texts.get(language.replace("-", "_").partition("_")[0]) or texts[""]
        head, text = fill(subject, values).text, fill(body, values).text
        letters.append(Letter(party=_party(facts, own), subject=head, body=text, language=language))
        written.append((facts.person.id, "\n".join(part for part in (head, text) if part)))
    run = LetterRun(
        sender=sender_of(reader, own),
        day=today,
        letters=tuple(letters),
        place=own.city,
        signed=own.name,
        page_format=own.invoice_format,
        window=own.window,
        letterhead=letterhead,
    )
    return MadeLetters(run, tuple(written))


def make_labels(
    reader: Reader, people: Sequence[UUID], *, kind: LabelKind, start: int, today: date, title: str = ""
) -> LabelRun:
    """Return a label for each person."""
    own = business(reader)
    labels = tuple(_party(facts, own) for facts in _facts(reader, people, today, own))
    return LabelRun(kind=kind, labels=labels, day=today, language=own.language, start=start, title=title)


def letters_pdf(
    reader: Reader, people: Sequence[UUID], texts: Mapping[str, tuple[str, str]], today: date, letterhead: bool
) -> bytes:
    """Return the PDF of letters; fit for a worker, where ReportLab may be imported."""
    from directsell.documents.letters import render_letters

    return render_letters(make_letters(reader, people, texts=texts, today=today, letterhead=letterhead).run)


def labels_pdf(reader: Reader, people: Sequence[UUID], kind: LabelKind, start: int, today: date, title: str) -> bytes:
    """Return the PDF of labels; fit for a worker."""
    from directsell.documents.address_labels import render_labels

    return render_labels(make_labels(reader, people, kind=kind, start=start, today=today, title=title))


def letter_texts(
    reader: Reader, people: Sequence[UUID], texts: Mapping[str, tuple[str, str]], today: date
) -> tuple[tuple[UUID, str], ...]:
    """Return what is to be noted for each person to whom a letter was printed."""
    return make_letters(reader, people, texts=texts, today=today).texts


def _facts(reader: Reader, people: Sequence[UUID], today: date, own: Business) -> list[Facts]:
    found = (facts_of(reader, person_id, today, own.currency) for person_id in people)
    return [facts for facts in found if facts is not None]


def _party(facts: Facts, own: Business) -> Party:
    person = facts.person
    name = display_name(person)
    company = (person.company,) if person.company and person.company != name else ()
    return Party(name=name, lines=(*company, *address_lines(facts.address, own)))
