"""Editors and the labelled field around them; every editor has ``changed``, ``committed``, ``error_changed``, ``error()``."""

from directsell.ui.widgets.fields.base import Editor, FormField, InlineEdit, InputError, focus_target
from directsell.ui.widgets.fields.choice import CheckBox, ChoiceField, Switch
from directsell.ui.widgets.fields.parsed import DecimalField, MoneyField, ParsedField, PercentField
from directsell.ui.widgets.fields.text import MultilineField, SearchField, TextField

__all__ = [
    "CheckBox",
    "ChoiceField",
    "DecimalField",
    "Editor",
    "FormField",
    "InlineEdit",
    "InputError",
    "MoneyField",
    "MultilineField",
    "ParsedField",
    "PercentField",
    "SearchField",
    "Switch",
    "TextField",
    "focus_target",
]
