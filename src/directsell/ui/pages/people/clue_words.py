"""What makes two records look like one person, in words. No judging."""

from __future__ import annotations

from directsell.domain.duplicates import Clue, Judgement
from directsell.i18n import N_, _

_WORDS = {
    Clue.TAX_ID: N_("same tax id"),
    Clue.MOBILE: N_("same mobile"),
    Clue.EMAIL: N_("same e-mail"),
    Clue.PHONE: N_("same phone"),
    Clue.NAME: N_("same name"),
    Clue.SOUND: N_("name sounds alike"),
    Clue.SIMILAR: N_("similar name"),
    Clue.INITIAL: N_("initial fits"),
    Clue.PART: N_("part of the name fits"),
    Clue.BIRTHDAY: N_("same birthday"),
    Clue.ADDRESS: N_("same address"),
    Clue.CITY: N_("same city"),
    Clue.OTHER_GIVEN: N_("another given name"),
    Clue.OTHER_BIRTHDAY: N_("another birthday"),
}
_VERY = 80


def clue_text(judgement: Judgement) -> str:
    """Return the reasons of a judgement as one line."""
    return " · ".join(_(_WORDS[clue]) for clue in judgement.clues)


def likelihood(judgement: Judgement) -> tuple[str, str]:
    """Return how likely it is, as a word and the tone of its chip."""
    return (_("very likely"), "warn") if judgement.score >= _VERY else (_("likely"), "info")
