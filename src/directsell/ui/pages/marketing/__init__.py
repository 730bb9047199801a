"""The Marketing page: campaigns, segments, templates."""

from directsell.ui.pages.marketing.page import MarketingPage

__all__ = ["MarketingPage"]
