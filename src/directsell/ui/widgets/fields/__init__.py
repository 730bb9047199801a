"""Editors and the labelled field around them; every editor has ``changed``, ``committed``, ``error_changed``, ``error()``."""

from directsell.ui.widgets.fields.base import Editor, FormField, InlineEdit, InputError, focus_target
from directsell.ui.widgets.fields.choice import CheckBox, ChoiceField, Switch
from directsell.ui.widgets.fields.completion import Completion, CompletionField
from directsell.ui.widgets.fields.dates import DateField, TimeField, relative_day
from directsell.ui.widgets.fields.parsed import DecimalField, MoneyField, ParsedField, PercentField
from directsell.ui.widgets.fields.rows import RepeatingRows, Stepper, TagField
from directsell.ui.widgets.fields.text import MultilineField, SearchField, TextField

__all__ = [
    "CheckBox",
    "ChoiceField",
    "Completion",
    "CompletionField",
    "DateField",
    "DecimalField",
    "Editor",
    "FormField",
    "InlineEdit",
    "InputError",
    "MoneyField",
    "MultilineField",
    "ParsedField",
    "PercentField",
    "RepeatingRows",
    "SearchField",
    "Stepper",
    "Switch",
    "TagField",
    "TextField",
    "TimeField",
    "focus_target",
    "relative_day",
]
