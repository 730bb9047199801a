"""How messages leave: consent, numbers of the world, links that mail and message programs understand."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directsell.domain.contact_choices import Channel
from directsell.domain.message_ways import (
    LONGEST_LINK,
    Obstacle,
    consent_obstacle,
    international,
    mail_link,
    sms_link,
    whatsapp_link,
)

TEXTS = st.text(max_size=80)


@pytest.mark.parametrize(
    ("channel", "word", "obstacle"),
    [
        (Channel.EMAIL, None, Obstacle.NO_CONSENT),
        (Channel.EMAIL, True, None),
        (Channel.EMAIL, False, Obstacle.WITHDRAWN),
        (Channel.MESSAGE, None, Obstacle.NO_CONSENT),
        (Channel.SOCIAL, None, Obstacle.NO_CONSENT),
        (Channel.CALL, None, Obstacle.NO_CONSENT),
        (Channel.POST, None, None),
        (Channel.POST, False, Obstacle.WITHDRAWN),
    ],
)
def test_consent(channel: Channel, word: bool | None, obstacle: Obstacle | None) -> None:
    assert consent_obstacle(channel, {} if word is None else {channel: word}) is obstacle


@pytest.mark.parametrize(
    ("number", "country", "figures"),
    [
        ("+49 (0)171 2345678", "US", "491712345678"),
        ("0171/2345678", "DE", "491712345678"),
        ("0049 171 2345678", "DE", "491712345678"),
        ("(505) 555-0199", "US", "15055550199"),
        ("1-505-555-0199", "US", "15055550199"),
        ("011 49 171 2345678", "US", "491712345678"),
        ("505 555 0199 ext. 12", "US", "15055550199"),
        ("06 12345678", "FR", "33612345678"),
        ("06 1234 5678", "IT", "390612345678"),
        ("333 1234567", "IT", "393331234567"),
        ("06 30 123 4567", "HU", "36301234567"),
        ("0664 1234567", "AT", "436641234567"),
        ("٠٥٠ ١٢٣ ٤٥٦٧", "AE", "971501234567"),
        ("+49 0171 2345678", "DE", "491712345678"),
        ("0049 (0) 171 2345678", "DE", "491712345678"),
        ("49171 2345678", "DE", "491712345678"),
        ("\u202d+49 171 2345678\u202c", "DE", "491712345678"),
        ("Max: 0171 2345678", "DE", "491712345678"),
        ("+44 07700 900123", "GB", "447700900123"),
        ("+39 (0)6 1234567", "IT", "39061234567"),
        ("55 99999-9999", "BR", "5555999999999"),
        ("555-0199", "US", ""),
        ("0171 2345678", "", ""),
        ("0171 2345678", "ZZ", ""),
        ("call me", "DE", ""),
        ("", "DE", ""),
        ("+1", "DE", ""),
        ("+49 171 23456789012345", "DE", ""),
    ],
)
def test_numbers(number: str, country: str, figures: str) -> None:
    assert international(number, country) == figures


@given(st.text(max_size=40), st.sampled_from(["DE", "US", "IT", "", "zz"]))
def test_any_number_gives_figures_or_nothing(number: str, country: str) -> None:
    found = international(number, country)
    assert found == "" or (found.isascii() and found.isdecimal() and 8 <= len(found) <= 15)


def test_a_mail_link() -> None:
    link = mail_link("dana+news@example.com", "Hallo & Grüße?", "Line 1\nLine 2 100 %")
    assert link.url == (
        "mailto:dana%2Bnews@example.com?subject=Hallo%20%26%20Gr%C3%BC%C3%9Fe%3F&body=Line%201%0D%0ALine%202%20100%20%25"
    )
    assert link.whole


@given(TEXTS, TEXTS)
def test_a_mail_link_says_what_was_written(subject: str, body: str) -> None:
    link = mail_link("a@example.com", subject, body)
    if link.whole:
        parts = parse_qs(urlsplit(link.url).query, keep_blank_values=True, strict_parsing=True)
        clean = body.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
        assert parts["body"][0] == clean.replace("\n", "\r\n")
        assert set(parts) == {"subject", "body"}
    assert link.url.isascii()


@given(st.text(max_size=3000))
def test_a_link_is_never_too_long_for_the_shell(body: str) -> None:
    for link in (
        mail_link("a@example.com", "s", body),
        whatsapp_link("491712345678", body),
        sms_link("491712345678", body),
    ):
        assert len(link.url) <= LONGEST_LINK
        assert link.whole or len(body) > 100


def test_an_endless_subject_does_not_hinder_a_mail() -> None:
    link = mail_link("a@example.com", "s" * 5000, "b")
    assert len(link.url) < LONGEST_LINK
    assert not link.whole


def test_links_of_messages() -> None:
    assert whatsapp_link("491712345678", "Hi & bye\n+").url == "https://wa.me/491712345678?text=Hi%20%26%20bye%0A%2B"
    assert sms_link("491712345678", "Hi & bye").url == "sms:+491712345678?body=Hi%20%26%20bye"
    assert unquote(whatsapp_link("1", "ü").url).endswith("ü")
    long = mail_link("a@example.com", "s", "x" * 3000)
    assert (long.url, long.whole) == ("mailto:a@example.com?subject=s", False)
