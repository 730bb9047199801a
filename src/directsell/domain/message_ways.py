"""How a message leaves: whether somebody may be written to, phone numbers of the world, addresses of mail and message programs.

Nothing is sent here: a link (RFC 6068 for mail, RFC 5724 for SMS) is opened in the user's own program at the user's click.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from directsell.domain.contact_choices import Channel


class Way(StrEnum):
    """By which means a message is sent."""

    MAIL = "mail"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    CLIPBOARD = "clipboard"
    LETTER = "letter"
    LABEL = "label"


CHANNELS: Final = {
    Way.MAIL: Channel.EMAIL,
    Way.WHATSAPP: Channel.MESSAGE,
    Way.SMS: Channel.MESSAGE,
    Way.CLIPBOARD: Channel.SOCIAL,
    Way.LETTER: Channel.POST,
    Way.LABEL: Channel.POST,
}


class Obstacle(StrEnum):
    """Why somebody is left out."""

    NO_CONSENT = "no_consent"
    WITHDRAWN = "withdrawn"
    NO_ADDRESS = "no_address"
    NO_NUMBER = "no_number"
    NO_EMAIL = "no_email"
    DONE_BEFORE = "done_before"


_FREE: Final = frozenset({Channel.POST, Channel.VISIT, Channel.MEETING, Channel.NOTE})


def consent_obstacle(channel: Channel, consents: Mapping[Channel, bool]) -> Obstacle | None:
    """Return why somebody may not be written to by a channel, or None.

    E-mail, message, social network and call need a consent that was given and not withdrawn. A letter needs none (the European
    rules on electronic messages, directive 2002/58/EC article 13, do not cover post), but a refusal of post counts.

    Args:
        channel: the channel.
        consents: the latest word on each channel: given or withdrawn.
    """
    word = consents.get(channel)
    if word is False:
        return Obstacle.WITHDRAWN
    return None if word or channel in _FREE else Obstacle.NO_CONSENT


# Country calling codes (ITU-T E.164) and trunk prefixes, which are not dialled from abroad.
_CALLING: Final[dict[str, tuple[str, str]]] = {
    code: (calling, trunk)
    for code, calling, trunk in (
        ("US", "1", "1"), ("CA", "1", "1"), ("MX", "52", ""), ("BR", "55", "0"), ("AR", "54", "0"), ("CL", "56", ""),
        ("CO", "57", ""), ("PE", "51", "0"), ("DE", "49", "0"), ("AT", "43", "0"), ("CH", "41", "0"), ("LI", "423", ""),
        ("LU", "352", ""), ("GB", "44", "0"), ("IE", "353", "0"), ("FR", "33", "0"), ("BE", "32", "0"), ("NL", "31", "0"),
        ("ES", "34", ""), ("PT", "351", ""), ("IT", "39", ""), ("PL", "48", ""), ("CZ", "420", ""), ("SK", "421", "0"),
        ("HU", "36", "06"), ("RO", "40", "0"), ("BG", "359", "0"), ("GR", "30", ""), ("HR", "385", "0"),
        ("SI", "386", "0"), ("RS", "381", "0"), ("BA", "387", "0"), ("DK", "45", ""), ("SE", "46", "0"), ("NO", "47", ""),
        ("FI", "358", "0"), ("IS", "354", ""), ("EE", "372", ""), ("LV", "371", ""), ("LT", "370", "0"),
        ("UA", "380", "0"), ("TR", "90", "0"), ("IL", "972", "0"), ("AE", "971", "0"), ("SA", "966", "0"),
        ("EG", "20", "0"), ("MA", "212", "0"), ("ZA", "27", "0"), ("NG", "234", "0"), ("KE", "254", "0"),
        ("IN", "91", "0"), ("CN", "86", "0"), ("JP", "81", "0"), ("KR", "82", "0"), ("PH", "63", "0"), ("TH", "66", "0"),
        ("MY", "60", "0"), ("SG", "65", ""), ("ID", "62", "0"), ("VN", "84", "0"), ("AU", "61", "0"), ("NZ", "64", "0"),
    )
}  # fmt: skip
_ABROAD: Final = {"US": "011", "CA": "011", "AU": "0011", "JP": "010"}
_TRUNKS: Final = {calling: trunk for calling, trunk in _CALLING.values() if trunk and calling != "1"}
_LEAST_DIGITS, _MOST_DIGITS = 8, 15
_LEAST_WHOLE = 11  # figures of a mobile number with its calling code; in Brazil 11 are one without


def international(number: str, country: str) -> str:
    """Return a phone number as figures with the country's calling code and nothing before it, or "" when it cannot be one.

    Args:
        number: as typed: "+49 (0)171 2345678", "0171/2345678", "(505) 555-0199".
        country: ISO code of the country in which a number without calling code is at home.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKC", number) if unicodedata.category(c) not in ("Cf", "Cc"))
    plain = re.split(r"(?i)(?<=[\d)])\s*(?:ext|x|;|,|#)", plain.strip(), maxsplit=1)[0]
    calling, trunk = _CALLING.get(country.upper(), ("", "0"))
    plus = plain.startswith(("+", "(+"))
    figures = "".join(str(unicodedata.decimal(c)) for c in plain if c.isdecimal())
    abroad = _ABROAD.get(country.upper(), "00")
    if not plus and figures.startswith(abroad):
        plus, figures = True, figures.removeprefix(abroad)
    elif (
        not plus
        and trunk not in ("", calling)
        and len(figures) >= _LEAST_WHOLE + (country.upper() == "BR")
        and not figures.startswith(trunk)
    ):
        plus = bool(calling) and figures.startswith(calling)  # 49171..., the plus was left out
    if plus:
        figures = _without_trunk(figures)
    else:
        if not calling or not figures:
            return ""
        home = figures.removeprefix(trunk) if trunk else figures
        if calling == "1" and len(home) != 10:
            return ""
        figures = calling + home
    return figures if _LEAST_DIGITS <= len(figures) <= _MOST_DIGITS and figures[0] != "0" else ""


def _without_trunk(figures: str) -> str:
    """Take the figure that is dialled at home only out of a number with calling code: +49 (0)171, +44 07700."""
    for calling, trunk in _TRUNKS.items():
        if figures.startswith(calling + trunk):
            return calling + figures[len(calling) + len(trunk) :]
    return figures


# What every mail program and every shell passes on: Windows hands over at most 2,083 characters of a link.
LONGEST_LINK: Final = 1_900
_LONGEST_SUBJECT = 120  # twelve bytes of a link for a character at the most


@dataclass(frozen=True, slots=True)
class Link:
    """An address to be opened; ``whole`` is False when the text did not fit and has to go by the clipboard."""

    url: str
    whole: bool = True


def mail_link(address: str, subject: str, body: str) -> Link:
    """Return the link that opens a new mail in the user's mail program, with line ends as CRLF (RFC 6068)."""
    to = _escape(address.strip(), safe="@")
    line = _one_line(subject)
    head = f"mailto:{to}?subject={_escape(line[:_LONGEST_SUBJECT])}"
    link = _fitting(head, f"&body={_escape(_crlf(body))}")
    return link if len(line) <= _LONGEST_SUBJECT else Link(link.url, whole=False)


def whatsapp_link(figures: str, text: str) -> Link:
    """Return the link that opens a chat with a number (international, figures only) and a text that is still to be sent."""
    return _fitting(f"https://wa.me/{figures}", f"?text={_escape(_lf(text))}")


def sms_link(figures: str, text: str) -> Link:
    """Return the link that opens a short message to a number (RFC 5724)."""
    return _fitting(f"sms:+{figures}", f"?body={_escape(_crlf(text))}")


def _fitting(head: str, tail: str) -> Link:
    return Link(head + tail) if len(head) + len(tail) <= LONGEST_LINK else Link(head, whole=False)


def _escape(text: str, safe: str = "") -> str:
    return quote(text.encode("utf-8", "replace"), safe=safe)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _crlf(text: str) -> str:
    return _lf(text).replace("\n", "\r\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())
