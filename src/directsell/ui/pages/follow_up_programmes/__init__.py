"""Follow-up programmes: chains of contacts after an event, written, tried on a person, switched on and off."""

from directsell.ui.pages.follow_up_programmes.page import FollowUpProgrammesPage

__all__ = ["FollowUpProgrammesPage"]
