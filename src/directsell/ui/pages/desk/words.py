"""What the desk says about a reward: the shared words, under the name by which the desk's parts know them."""

from directsell.usecases.reward_words import (
    FIGURES,
    MEASURES,
    STEPS,
    gift_words,
    need_words,
    nudge_words,
    rights_words,
    step_sentence,
    window_words,
)

__all__ = [
    "FIGURES",
    "MEASURES",
    "STEPS",
    "gift_words",
    "need_words",
    "nudge_words",
    "rights_words",
    "step_sentence",
    "window_words",
]
