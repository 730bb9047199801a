"""The History page: what was changed, when and on which laptop, and the way to put it back."""

from directsell.ui.pages.history.page import HistoryPage

__all__ = ["HistoryPage"]
