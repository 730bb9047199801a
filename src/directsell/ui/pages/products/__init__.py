"""Products: list, detail and the sheet in which they are typed."""

from directsell.ui.pages.products.page import ProductsPage

__all__ = ["ProductsPage"]
