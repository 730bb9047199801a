"""Writing to one person or to many: text, preview, one after another, letters and labels."""

from directsell.ui.widgets.writing.sheet import WriteSheet

__all__ = ["WriteSheet"]
