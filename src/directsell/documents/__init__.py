"""The paper of the program: order slips, invoices and credit notes as PDF. The only home of ReportLab.

A paper is a pure function of a frozen value (``domain.papers.Paper``): no query, no sum and no clock here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from directsell.documents.canvases import warm_up
    from directsell.documents.images import clean_logo
    from directsell.documents.rendering import TEMPLATE, Drawn, draw, render

__all__ = ["TEMPLATE", "Drawn", "clean_logo", "draw", "render", "warm_up"]

_HOMES = {"warm_up": "canvases", "clean_logo": "images"}


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for.

    Were the modules imported here, two workers that draw their first papers at the same moment would wait for each
    other's half of the package; Python breaks such a knot by showing one of them a half-imported module.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES.get(name, 'rendering')}"), name)
