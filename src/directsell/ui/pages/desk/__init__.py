"""The party desk: the one screen on which a seller runs a whole evening."""

from directsell.ui.pages.desk.page import DeskPage

__all__ = ["DeskPage"]
