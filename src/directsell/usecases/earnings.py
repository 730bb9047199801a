"""How a company pays the seller, written down: one plan for all, or one for each host programme's company."""

from __future__ import annotations

from uuid import UUID

from directsell.domain.catalog import HostProgramme
from directsell.domain.earnings import EarningPlan, check_plan, plan_text
from directsell.domain.errors import DomainError
from directsell.i18n import N_
from directsell.store.queries.earnings import plan_setting
from directsell.store.work import Work
from directsell.usecases.verbs import usecase


@usecase(N_("Your earnings"))
def save_earning_plan(work: Work, plan: EarningPlan, family_id: UUID | None = None) -> EarningPlan:
    """Store a plan for the company of a host programme, or with None the one for all.

    Raises:
        DomainError: as ``check_plan``; ``record.missing`` for an unknown programme.
    """
    if family_id is not None and not work.find(HostProgramme, family_id=family_id):
        raise DomainError("record.missing", table="host_programme", id=str(family_id))
    check_plan(plan)
    work.set_setting(plan_setting(family_id), plan_text(plan))
    return plan


@usecase(N_("Your earnings"))
def forget_earning_plan(work: Work, family_id: UUID | None = None) -> None:
    """Go back to the plan for all, or to the flat share of the terms."""
    work.set_setting(plan_setting(family_id), None)
