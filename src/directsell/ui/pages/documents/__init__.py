"""The Documents page: every paper that was issued, looked at, printed again, cancelled, verified."""

from directsell.ui.pages.documents.page import DocumentsPage

__all__ = ["DocumentsPage"]
