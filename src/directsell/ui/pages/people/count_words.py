"""How many records of a kind there are, as words: for what is merged, exported or erased."""

from __future__ import annotations

from directsell.i18n import Language, ngettext


def counted(table: str, count: int, language: Language) -> str:
    """Return "3 orders" for a table and a number; "" for a table that needs no words."""
    words = {
        "reach_point": ngettext("{n} phone number or e-mail", "{n} phone numbers and e-mails", count),
        "address": ngettext("{n} address", "{n} addresses", count),
        "sales_order": ngettext("{n} order", "{n} orders", count),
        "demo": ngettext("{n} hosted demo", "{n} hosted demos", count),
        "demo_guest": ngettext("guest at {n} demo", "guest at {n} demos", count),
        "contact_entry": ngettext("{n} entry of the contact log", "{n} entries of the contact log", count),
        "follow_up": ngettext("{n} follow-up", "{n} follow-ups", count),
        "wish": ngettext("{n} wish", "{n} wishes", count),
        "person_tag": ngettext("{n} tag", "{n} tags", count),
        "consent": ngettext("{n} consent", "{n} consents", count),
        "objection": ngettext("{n} objection", "{n} objections", count),
        "relation": ngettext("{n} relation", "{n} relations", count),
        "profile_answer": ngettext("{n} answer of the profile", "{n} answers of the profile", count),
    }.get(table, "")
    return words.format(n=language.number(count))
