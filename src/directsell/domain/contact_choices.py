"""The choices of a contact: why, how, and what came of it. Words only, so that the first page needs no records.

``people`` and ``followups`` give them on under their own names.
"""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a contact was made or may be made."""

    CALL = "call"
    EMAIL = "email"
    MESSAGE = "message"
    VISIT = "visit"
    SOCIAL = "social"
    MEETING = "meeting"
    POST = "post"
    NOTE = "note"


class Outcome(StrEnum):
    """What came of a contact."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    CALL_BACK = "call_back"
    BOOKED_DEMO = "booked_demo"
    ORDERED = "ordered"
    NOT_INTERESTED = "not_interested"
    WRONG_NUMBER = "wrong_number"
    NONE = ""


class Reason(StrEnum):
    """Why somebody is to be contacted."""

    CALL_BACK = "call_back"
    AFTER_DEMO = "after_demo"
    AFTER_DELIVERY = "after_delivery"
    PAYMENT = "payment"
    BIRTHDAY = "birthday"
    LEAD = "lead"
    BOOKING = "booking"
    COACHING = "coaching"
    QUOTE = "quote"
    WISH = "wish"
    SAMPLE = "sample"
    RUN_OUT = "run_out"
    INTERVAL = "interval"
    DORMANT = "dormant"
    OTHER = "other"
