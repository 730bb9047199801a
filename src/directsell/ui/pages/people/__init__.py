"""The People page: list, filters, one person with everything about them, the forms for both."""

from directsell.ui.pages.people.page import PeoplePage

__all__ = ["PeoplePage"]
