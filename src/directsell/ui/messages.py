"""The sentences of errors, as pages know them; the table is shared with the command line (directsell.messages)."""

from directsell.messages import sentence

__all__ = ["sentence"]
