"""Orders: list, detail and the form in which they are typed."""

from directsell.ui.pages.orders.page import OrdersPage

__all__ = ["OrdersPage"]
