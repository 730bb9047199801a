"""The Today page: what is due, and how the month goes."""

from directsell.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
