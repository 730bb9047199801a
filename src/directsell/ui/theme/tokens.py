"""The colour table of both schemes, as plain text values. No Qt objects here; see theme.colour for QColor."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Tokens:
    """One scheme. Values are ``#rrggbb`` or ``#aarrggbb``; both schemes are designed, none is computed from the other."""

    bg: str  # page
    side: str  # navigation column
    surface: str  # cards
    raised: str  # popups, menus, sheets
    field: str  # inside of an editor
    field_border: str
    border: str  # outline of cards and buttons
    hair: str  # lines between rows
    hover: str  # a row or quiet button under the pointer, on surface
    hover_side: str  # the same on bg and side
    selection: str  # chosen row
    text: str
    text2: str  # secondary words
    text3: str  # hints, units, dates
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    accent_text: str  # accent as a text colour
    soft: str  # badge background
    on_soft: str
    goal: str  # coral: goals and urgency only
    goal_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    neutral: str
    neutral_soft: str
    danger: str  # button that destroys
    danger_hover: str
    on_danger: str
    focus: str
    tip: str
    on_tip: str
    bar_quiet: str  # comparison bars
    track: str  # empty part of a ring or progress line
    scroll: str
    scroll_hover: str
    shadow1: str
    shadow2: str
    scrim: str  # over the page while a sheet is open


LIGHT = Tokens(
    bg="#f7f6f3",
    side="#efede7",
    surface="#ffffff",
    raised="#ffffff",
    field="#ffffff",
    field_border="#cfcabf",
    border="#e5e1d9",
    hair="#eeebe5",
    hover="#f6f4f0",
    hover_side="#e7e4dc",
    selection="#ddf0ed",
    text="#1b2224",
    text2="#515d63",
    text3="#626c71",
    accent="#0d7a70",
    accent_hover="#0b6b62",
    accent_press="#095a53",
    on_accent="#ffffff",
    accent_text="#0b6f66",
    soft="#d9eeeb",
    on_soft="#0a5f57",
    goal="#c2451d",
    goal_soft="#fbe7df",
    ok="#14683a",
    ok_soft="#dff3e6",
    warn="#80500a",
    warn_soft="#fbebcb",
    bad="#ab2820",
    bad_soft="#fbe1de",
    info="#2451a8",
    info_soft="#e0eafb",
    neutral="#4d585d",
    neutral_soft="#eceae5",
    danger="#b3261e",
    danger_hover="#9a1f18",
    on_danger="#ffffff",
    focus="#0d7a70",
    tip="#1b2224",
    on_tip="#ffffff",
    bar_quiet="#bfd9d5",
    track="#dbebea",
    scroll="#dcd7cc",
    scroll_hover="#bfb9ab",
    shadow1="#0f1b2224",
    shadow2="#071b2224",
    scrim="#591b2224",
)

DARK = Tokens(
    bg="#121618",
    side="#0d1012",
    surface="#1a1f22",
    raised="#20262a",
    field="#14181a",
    field_border="#3d464b",
    border="#2c3337",
    hair="#262c30",
    hover="#21272b",
    hover_side="#181d20",
    selection="#16403b",
    text="#ecf0f1",
    text2="#a7b1b6",
    text3="#949fa5",
    accent="#35b8a9",
    accent_hover="#47c7b8",
    accent_press="#2aa597",
    on_accent="#06211e",
    accent_text="#4cc9bb",
    soft="#12332f",
    on_soft="#62d6c8",
    goal="#f0805f",
    goal_soft="#44251b",
    ok="#58c98a",
    ok_soft="#15321f",
    warn="#e6b04a",
    warn_soft="#382a0e",
    bad="#f58c82",
    bad_soft="#3b1c1a",
    info="#7fb0f5",
    info_soft="#182b47",
    neutral="#b4bdc2",
    neutral_soft="#2a3034",
    danger="#e5675c",
    danger_hover="#ee7b71",
    on_danger="#2a0806",
    focus="#4cc9bb",
    tip="#ecf0f1",
    on_tip="#14181a",
    bar_quiet="#2b4a47",
    track="#163b3a",
    scroll="#343c41",
    scroll_hover="#4a545a",
    shadow1="#33000000",
    shadow2="#1f000000",
    scrim="#8c000000",
)

# Initials: (background, text) per hue, chosen by name so that a person keeps the colour.
AVATARS_LIGHT: tuple[tuple[str, str], ...] = (
    ("#d7e9e7", "#0b655d"),
    ("#f6e0d8", "#a33f1c"),
    ("#f3e4cf", "#84530d"),
    ("#f4dbe5", "#a02b5c"),
    ("#dfe9d6", "#3f6420"),
    ("#dbe4f6", "#2a51a5"),
    ("#e7dff5", "#5d3ea3"),
)
AVATARS_DARK: tuple[tuple[str, str], ...] = (
    ("#153f3b", "#4fd0c1"),
    ("#4d3026", "#f7a184"),
    ("#44341b", "#ecb65c"),
    ("#472738", "#f394bb"),
    ("#293c25", "#9fd07f"),
    ("#223354", "#93b9f7"),
    ("#352b50", "#bda6f4"),
)

# (text token, background token) pairs that carry words; each must reach 4.5:1 (WCAG 2.2 AA, 1.4.3).
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((t, b) for t in ("text", "text2", "text3") for b in ("bg", "side", "surface", "raised", "field", "hover")),
    ("text", "selection"),
    ("text2", "selection"),
    ("text", "hover_side"),
    ("text2", "hover_side"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent_text", "bg"),
    ("accent_text", "surface"),
    ("accent_text", "raised"),
    ("on_soft", "soft"),
    *((tone, f"{tone}_soft") for tone in ("ok", "warn", "bad", "info", "neutral")),
    ("bad", "surface"),
    ("bad", "bg"),
    ("bad", "raised"),
    ("ok", "surface"),
    ("warn", "surface"),
    ("goal", "surface"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("on_tip", "tip"),
)


def token_names() -> tuple[str, ...]:
    """Names of all tokens, in the order of the table."""
    return tuple(field.name for field in fields(Tokens))
