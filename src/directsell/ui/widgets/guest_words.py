"""What a guest list comes to, in words: how many answered what, came, bring somebody, order without coming."""

from __future__ import annotations

from collections.abc import Sequence

from directsell.domain.contact_choices import Channel
from directsell.domain.demos import DemoGuest, Reply
from directsell.i18n import Language, _, ngettext
from directsell.ui.terms import term

# The ways in which somebody can be invited; what an older book holds otherwise is shown as it is.
CHANNELS = (
    Channel.CALL,
    Channel.MESSAGE,
    Channel.EMAIL,
    Channel.SOCIAL,
    Channel.MEETING,
    Channel.POST,
)


def channel_word(channel: str) -> str:
    """Return how a guest was invited; "" where nobody noted it."""
    return term(Channel(channel)) if channel in set(CHANNELS) else channel


def guest_note(guest: DemoGuest) -> str:
    """Return what is special about an invitation: how it went out, and that the guest orders without coming."""
    parts = [channel_word(guest.channel)]
    if guest.outside:
        parts.append(_("outside order"))
    return " · ".join(part for part in parts if part)


def guest_statistics(guests: Sequence[DemoGuest], language: Language) -> str:
    """Return a line about the whole list; what is nobody's case is left out."""
    if not guests:
        return ""

    def some(words: str, count: int) -> list[str]:
        return [words.format(n=language.number(count))] if count else []

    def replied(reply: Reply) -> int:
        return sum(guest.reply is reply for guest in guests)

    invited = ngettext("{n} invited", "{n} invited", len(guests)).format(n=language.number(len(guests)))
    brought = sum(guest.brings for guest in guests if guest.reply is Reply.ACCEPTED)
    came = sum(guest.attended for guest in guests)
    outside = sum(guest.outside for guest in guests)
    return " · ".join(
        [
            invited,
            *some(_("{n} accepted"), replied(Reply.ACCEPTED)),
            *some(_("{n} with them"), brought),
            *some(_("{n} maybe"), replied(Reply.MAYBE)),
            *some(_("{n} declined"), replied(Reply.DECLINED)),
            *some(_("{n} without an answer"), replied(Reply.INVITED)),
            *some(ngettext("{n} was there", "{n} were there", came), came),
            *some(ngettext("{n} outside order", "{n} outside orders", outside), outside),
        ]
    )
