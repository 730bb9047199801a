"""Domain errors: a code and parameters, never a sentence (ui.messages and cli turn codes into sentences)."""

from __future__ import annotations


class DomainError(Exception):
    """A rule of the trade was broken by what the user asked for.

    Args:
        code: stable dotted name, e.g. ``"order.empty"``; one translated sentence exists for each.
        field: name of the form field the sentence belongs to, or "" when it concerns the whole.
        params: values for the placeholders of the sentence.
    """

    def __init__(self, code: str, *, field: str = "", **params: object) -> None:
        super().__init__(code, field, params)
        self.code = code
        self.field = field
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value!r}" for key, value in self.params.items())
        return f"{self.code}({details})"
