"""The Demos page: list, calendar of a month, one demo with its guests and orders, the form."""

from directsell.ui.pages.demos.page import DemosPage

__all__ = ["DemosPage"]
