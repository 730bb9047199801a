"""Host programmes: what a host earns, in dated versions, with a tester."""

from directsell.ui.pages.programmes.page import ProgrammesPage

__all__ = ["ProgrammesPage"]
