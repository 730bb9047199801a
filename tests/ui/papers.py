"""Machines and papers for the tests of what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget

from directsell.domain.invoicing import IssuedPaper, PaperKind
from directsell.domain.people import Address
from directsell.domain.settings import Business
from directsell.domain.taxes import TaxProfile
from directsell.store.work import Work
from directsell.ui.printing import Choice, Leaf
from directsell.usecases.invoicing import issue_paper
from directsell.usecases.settings import set_up_business
from tests.fixtures import books


@dataclass
class FakeMachine:
    """A computer with one printer whose spooler is a given program; notes what it was asked for."""

    names: Sequence[str] = ("Kitchen printer",)
    choice: Choice | None = None
    lp: str = ""
    opens: bool = True
    opened: list[Path] = field(default_factory=list)
    asked: list[Leaf] = field(default_factory=list)

    def printers(self) -> Sequence[str]:
        return self.names

    def choose(self, parent: QWidget | None, leaf: Leaf) -> Choice | None:
        self.asked.append(leaf)
        return self.choice

    def spooler(self) -> str:
        return self.lp

    def open(self, file: Path) -> bool:
        self.opened.append(file)
        return self.opens


def set_up(work: Work) -> None:
    """Give the business a name and an address, without which nothing is issued."""
    business = Business(name="Dana Whitlock", street="12 Acequia Road", city="Santa Fe", region="NM", postcode="87501")
    set_up_business(work, business, TaxProfile())


def issued(work: Work, name: str = "Amy", kind: PaperKind = PaperKind.INVOICE) -> IssuedPaper:
    """Issue a real paper for a new order of somebody."""
    person = books.add_person(work, name, family="Ruiz")
    work.save(Address(id=work.new_id(), person_id=person.id, street="814 Alder St", city="Taos", country="US"))
    order = books.add_order(work, lines=2, person_id=person.id)
    return issue_paper(work, order.id, kind)
