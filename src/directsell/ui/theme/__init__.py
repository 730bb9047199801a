"""Look: tokens, palette, style sheet, type and icons. Nothing here knows a page or a widget of the kit.

``theme().install(app, SchemeChoice.SYSTEM)`` once; ``theme().set_choice(SchemeChoice.DARK)``; ``theme().changed``.
``T("accent")`` at paint time; ``font(14, 600, tabular=True)``; ``icon("phone")``; ``paint_icon(painter, name, rect, color)``.
"""

from directsell.ui.theme.fonts import font, metrics
from directsell.ui.theme.icons import app_icon, icon, paint_icon, paint_mark
from directsell.ui.theme.state import Scheme, SchemeChoice, T, Theme, set_property, theme
from directsell.ui.theme.tokens import DARK, LIGHT, TEXT_PAIRS, Tokens, token_names

__all__ = [
    "DARK",
    "LIGHT",
    "TEXT_PAIRS",
    "Scheme",
    "SchemeChoice",
    "T",
    "Theme",
    "Tokens",
    "app_icon",
    "font",
    "icon",
    "metrics",
    "paint_icon",
    "paint_mark",
    "set_property",
    "theme",
    "token_names",
]
