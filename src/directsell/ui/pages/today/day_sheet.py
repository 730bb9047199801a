"""The day on paper and in the telephone: a sheet to tick off, a calendar file, the numbers of whom to call. No widgets."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from directsell.i18n import Language, _
from directsell.store.queries.due import DueContact
from directsell.store.queries.today import Birthday, DueDelivery, NextDemo, TodayLists, today_lists
from directsell.store.reader import Reader
from directsell.ui.terms import term

if TYPE_CHECKING:
    from directsell.documents.figure_sheet import FigureRow, FigureSheet

_MOST = 200  # of each kind; more is no day's work


def day_sheet_pdf(reader: Reader, today: date, language: Language) -> bytes:
    """Return the day as a PDF: whom to contact and why, demos, deliveries with what to collect, birthdays.

    Args:
        reader: one moment of the book.
        today: the day.
        language: that of the window; the sheet is for the seller alone.
    """
    from directsell.documents.figure_sheet import render_figures

    return render_figures(_sheet(reader, today, language))


def contact_summary(contact: DueContact) -> str:
    """Return a contact in one line, for a calendar."""
    reasons = ", ".join(dict.fromkeys(term(reason.reason) for reason in contact.reasons))
    return _("{channel}: {name} ({reasons})").format(channel=term(contact.channel), name=contact.name, reasons=reasons)


def week_file(reader: Reader, today: date, now: datetime) -> bytes:
    """Return the contacts of the week and the demos to come as an iCalendar file."""
    from directsell.usecases.calendars import week_calendar

    return week_calendar(reader, today, now, contact_summary)


def contacts_file(reader: Reader, today: date) -> bytes:
    """Return whom to contact today as vCards, for the telephone."""
    from directsell.exchange.vcards import write_vcards
    from directsell.store.queries.due import due_week
    from directsell.store.queries.exports import people
    from directsell.usecases.exports import draft_of

    wanted = [contact.person_id for contact in due_week(reader, today, shown=_MOST).today.contacts]
    return b"".join(write_vcards(draft_of(person) for person in people(reader, wanted)))


def _sheet(reader: Reader, today: date, language: Language) -> FigureSheet:
    from directsell.documents.figure_sheet import FigureSection, FigureSheet
    from directsell.store.queries.settings import business

    lists = today_lists(reader, today, limit=_MOST, contacts=_MOST, demos=_MOST)
    own = business(reader)
    sections = [
        (_("To contact"), [_contact(one, today, language) for one in lists.week.today.contacts]),
        (_("Demos"), [_demo(one, language) for one in lists.demos if one.day == today]),
        (_("To deliver"), [_delivery(one, lists, language) for one in lists.deliveries]),
        (_("Birthdays"), [_birthday(one) for one in lists.birthdays if one.day == today]),
    ]
    found = tuple(FigureSection(title=title, rows=tuple(rows)) for title, rows in sections)
    return FigureSheet(
        title=language.date(today, "full"),
        subtitle=own.name if any(section.rows for section in found) else _("Nothing is due today."),
        seller=own.name,
        day=today,
        language=language.tag,
        page_format=own.invoice_format,
        accent=own.accent,
        sections=found,
    )


def _contact(contact: DueContact, today: date, language: Language) -> FigureRow:
    from directsell.documents.figure_sheet import FigureRow

    words = [": ".join(part for part in (term(r.reason), r.text) if part) for r in contact.reasons]
    if contact.last_order is not None:
        words.append(_("last order {day}").format(day=language.date(contact.last_order)))
    if contact.owed > 0:
        words.append(_("owes {amount}").format(amount=language.money(contact.owed, contact.currency)))
    late = (today - contact.due_on).days
    name = (
        contact.name
        if late <= 0
        else _("{name} (since {day})").format(name=contact.name, day=language.date(contact.due_on))
    )
    return FigureRow(name, contact.phone or contact.email, note=" · ".join(words), tick=True)


def _demo(demo: NextDemo, language: Language) -> FigureRow:
    from directsell.documents.figure_sheet import FigureRow

    when = language.time(demo.starts) if demo.starts is not None else ""
    note = " · ".join(part for part in (demo.host if demo.title else "", demo.place) if part)
    return FigureRow(demo.title or demo.host or _("Demo"), when, note=note, tick=True)


def _delivery(one: DueDelivery, lists: TodayLists, language: Language) -> FigureRow:
    from directsell.documents.figure_sheet import FigureRow

    owed = next((debt.owed for debt in lists.debts if debt.order_id == one.order_id), 0)
    collect = _("collect {amount}").format(amount=language.money(owed, one.currency)) if owed else _("paid")
    note = " · ".join(part for part in (one.place, _("Hold") if one.on_hold else "") if part)
    return FigureRow(one.name or _("Without a customer"), collect, note=note, tick=True)


def _birthday(one: Birthday) -> FigureRow:
    from directsell.documents.figure_sheet import FigureRow

    return FigureRow(one.name, _("turns {age}").format(age=one.turns) if one.turns is not None else "", tick=True)
