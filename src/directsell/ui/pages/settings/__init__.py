"""The Settings page: business, taxes, papers, this laptop, protection, backups, exchange, about."""

from directsell.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
