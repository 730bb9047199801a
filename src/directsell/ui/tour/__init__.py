"""The tour: the first journey played off screen on the real program; pictures and papers stay in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from directsell.context import Context
from directsell.i18n import _

_USAGE_ERROR = 2


def main(argv: list[str], context: Context, make_context: Callable[..., Context]) -> int:
    """Play the tour; 0 when every step went well, 1 when one did not.

    Args:
        argv: ``tour``, then ``--out FOLDER``.
        context: only its language counts: the tour has a business of its own in a temporary folder.
        make_context: ``bootstrap.make_context``, for that folder.
    """
    out = _folder(argv)
    if out is None:
        print(_("Say --out FOLDER: pictures and papers go there."), file=sys.stderr)  # noqa: T201
        return _USAGE_ERROR
    from directsell.ui.tour.show import play

    return play(out, context.language, make_context)


def _folder(argv: list[str]) -> Path | None:
    words = [part for word in argv[1:] for part in word.split("=", 1)]
    if len(words) == 2 and words[0] == "--out" and words[1]:
        return Path(words[1]).absolute()
    return None
