"""The Pipeline page: prospects as a board and as a list, and the objections they raise."""

from directsell.ui.pages.pipeline.page import PipelinePage

__all__ = ["PipelinePage"]
