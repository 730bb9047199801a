"""The content of a cancellation notice, frozen with its wording: what is printed, and later proved. No drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directsell.domain.cooling_off.facts import GoodsException
from directsell.domain.cooling_off.rules import Rule
from directsell.domain.cooling_off.texts import LegalText, Part, Style, composed, fill
from directsell.domain.errors import DomainError
from directsell.domain.frozen_json import from_json_text, to_json_text
from directsell.domain.papers import PaperFormat, Sender


class GoodsCount(StrEnum):
    """How the goods come: one piece, several pieces, or one piece in several deliveries."""

    ONE = "one"
    SEVERAL = "several"
    LOTS = "lots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Everything a notice shows; ``check_notice`` refuses one that would not be valid.

    Args:
        text: the wording itself, so that the same notice can be printed again after the law has changed.
        sender: the seller; name, address, telephone and e-mail are printed.
        sale_date: day of the contract.
        last_day: last day for cancelling, where it is known at the contract and the text has room for it.
        days: length of the period.
        copies: how many copies of the form.
        reference: number of the order slip, or empty.
        goods: how the goods come.
        collects: the seller fetches the goods; otherwise the buyer sends them back.
        seller_pays: the seller bears the cost of sending them back.
        return_address: name and address of somebody else to whom goods may be sent; empty: only to the seller.
        exceptions: kinds among the goods that cannot be given back.
        language: language of the paper with its country, for dates ("en_US").
        page_format: the sheet.
    """

    text: LegalText
    sender: Sender
    sale_date: date
    last_day: date | None = None
    days: int
    copies: int = 1
    reference: str = ""
    goods: GoodsCount = GoodsCount.SEVERAL
    collects: bool = False
    seller_pays: bool = False
    return_address: tuple[str, ...] = ()
    exceptions: tuple[GoodsException, ...] = ()
    language: str
    page_format: PaperFormat = PaperFormat.A4

    def to_json(self) -> str:
        """Return the content as canonical JSON."""
        return to_json_text(self)

    @classmethod
    def from_json(cls, text: str) -> Notice:
        """Read back what ``to_json`` wrote.

        Raises:
            DomainError: ``paper.unreadable``.
        """
        return from_json_text(cls, text, code="paper.unreadable")


def notice_of(
    rule: Rule,
    text: LegalText,
    sender: Sender,
    *,
    sale_date: date,
    last_day: date | None,
    days: int,
    language: str,
    page_format: PaperFormat,
    reference: str = "",
    exceptions: tuple[GoodsException, ...] = (),
) -> Notice:
    """Return the notice of a sale; the seller's choices about returns can be set with ``dataclasses.replace``.

    Args:
        rule: the rule that applies.
        text: from ``text_for``.
        sender: the seller.
        sale_date: day of the contract.
        last_day: ``Deadline.last_day``.
        days: ``Deadline.days``.
        language: language of the sale with its country; a text in another language brings its own.
        page_format: the sheet.
        reference: number of the order slip.
        exceptions: kinds among the goods that cannot be given back.

    Raises:
        DomainError: ``paper.no_address`` or ``notice.no_deadline``.
    """
    notice = Notice(
        text=text,
        sender=sender,
        sale_date=sale_date,
        last_day=last_day,
        days=days,
        copies=rule.copies,
        reference=reference,
        exceptions=tuple(kind for kind in exceptions if kind in rule.exceptions),
        language=language if language[:2].lower() == text.language else text.language,
        page_format=page_format,
    )
    check_notice(notice)
    return notice


def check_notice(notice: Notice) -> None:
    """Refuse a notice that would not be valid.

    Raises:
        DomainError: ``paper.no_address`` when the seller's name or address is empty, ``notice.no_deadline`` when the
            text names the last day and there is none.
    """
    sender = notice.sender
    if not sender.name.strip() or not any(line.strip() for line in sender.address):
        raise DomainError("paper.no_address")
    if "last_day" in notice.text.gaps() and notice.last_day is None:
        raise DomainError("notice.no_deadline")


def conditions_of(notice: Notice) -> frozenset[str]:
    """Return the conditions of sentences that hold for a notice."""
    held = {
        notice.goods.value,
        "collects" if notice.collects else "sends_back",
        "seller_pays" if notice.seller_pays else "buyer_pays",
    }
    if any(line.strip() for line in notice.return_address):
        held.add("elsewhere")
    if notice.exceptions:
        held |= {"excepted", *(kind.value for kind in notice.exceptions)}
    return frozenset(held)


def values_of(notice: Notice, dates: Mapping[str, str]) -> dict[str, str]:
    """Return the values of the gaps.

    Args:
        notice: the notice.
        dates: ``sale_date`` and, if there is one, ``last_day``, as written in the language of the paper.
    """
    sender = notice.sender
    address = ", ".join(line.strip() for line in sender.address if line.strip())
    phone = sender.phone.strip().replace(" ", "\u00a0")  # not torn apart at the end of a line
    reach = [part for part in (phone, sender.email.strip()) if part]
    return {
        "last_day": "",
        **dates,
        "seller_name": sender.name,
        "seller_address": address,
        "seller": ", ".join([sender.name, address, *reach]),
        "trader": ", ".join([sender.name, address, *([sender.email] if sender.email.strip() else [])]),
        "return_to": ", ".join(line.strip() for line in notice.return_address if line.strip()),
        **notice.text.days_words(notice.days),
    }


def parts_of(
    notice: Notice, dates: Mapping[str, str]
) -> tuple[tuple[Part, tuple[tuple[Style, tuple[str, ...]], ...]], ...]:
    """Return each part of the notice with its paragraphs, chosen and filled."""
    conditions, values = conditions_of(notice), values_of(notice, dates)
    return tuple((part, composed(part, conditions, values)) for part in notice.text.parts)


def statement_of(text: LegalText, days: int) -> str:
    """Return the sentence that the law wants in bold beside the buyer's signature, or nothing (``Paper.statement``)."""
    return fill(text.statement, text.days_words(days))


def slip_note_of(text: LegalText, days: int) -> str:
    """Return the plain sentence of the order slip that points to the notice, or nothing (``Paper.slip_texts``)."""
    return fill(text.slip_note, text.days_words(days))
