"""The paper of the program: order slips, invoices and credit notes as PDF. The only home of ReportLab.

A paper is a pure function of a frozen value (``domain.papers.Paper``): no query, no sum and no clock here.
"""

from directsell.documents.canvases import warm_up
from directsell.documents.images import clean_logo
from directsell.documents.rendering import TEMPLATE, Drawn, draw, render

__all__ = ["TEMPLATE", "Drawn", "clean_logo", "draw", "render", "warm_up"]
