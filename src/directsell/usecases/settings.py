"""What a seller sets once: the business, the tax rules, the logo."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from directsell.domain.catalog import TaxRateEntry
from directsell.domain.ids import named_id
from directsell.domain.settings import Business, Device, check_business, check_device
from directsell.domain.taxes import TaxProfile
from directsell.i18n import N_
from directsell.store.queries.settings import business as stored_business
from directsell.store.work import Work
from directsell.usecases.catalog import default_price_list
from directsell.usecases.ready_programmes import begin_follow_ups
from directsell.usecases.verbs import usecase

_ALWAYS = date(2000, 1, 1)


@usecase(N_("Set up the business"))
def set_up_business(work: Work, business: Business, profile: TaxProfile) -> Business:
    """Store the business and its tax rules at the first start, with the rates of the profile and the first programme.

    Raises:
        DomainError: ``business.name``.
    """
    save_business(work, business)
    save_tax_profile(work, profile)
    default_price_list(work, business.currency)
    begin_follow_ups(work)
    for position, rate in enumerate(profile.rates):
        work.save(
            TaxRateEntry(
                id=named_id("tax_rate", rate.tax_class, rate.label, "0"),
                tax_class=rate.tax_class,
                label=rate.label,
                ppm=rate.ppm,
                position=position,
                valid_from=_ALWAYS,
            )
        )
    return business


@usecase(N_("Change the business"))
def save_business(work: Work, business: Business) -> Business:
    """Store who sells and the defaults of papers; each field is a setting of its own.

    Raises:
        DomainError: ``business.name``.
    """
    check_business(business)
    work.set_settings("business", asdict(business))
    return business


@usecase(N_("Change the business"))
def change_business(work: Work, /, *, new_logo: bytes | None = None, **changes: Any) -> Business:
    """Change single fields of the business; what another window or laptop changed meanwhile stays.

    Args:
        work: the transaction.
        new_logo: bytes of a checked and re-encoded picture; empty removes it, None leaves it.
        **changes: fields of ``Business``. Another currency forgets the usual shipping charge, unless that is among
            them: 5.00 dollars are not 500 yen.

    Raises:
        DomainError: as ``check_business``.
    """
    if new_logo is not None:
        changes = {**changes, "logo": work.put_file(new_logo, "image/png") if new_logo else ""}
    before = stored_business(work)
    if changes.get("currency", before.currency) != before.currency:
        changes = {"shipping": 0, **changes}
    business = replace(before, **changes)
    check_business(business)
    work.set_settings("business", {name: getattr(business, name) for name in changes})
    return business


@usecase(N_("Change the logo"))
def save_logo(work: Work, content: bytes | None, mime: str = "image/png") -> None:
    """Keep the bytes of the logo (already checked and re-encoded) and use it on papers, or remove it."""
    logo = work.put_file(content, mime) if content else ""
    save_business(work, replace(stored_business(work), logo=logo))


@usecase(N_("Change the tax rules"))
def save_tax_profile(work: Work, profile: TaxProfile) -> None:
    """Store how tax is calculated for orders made from now on; rates are kept apart, with their dates."""
    values = {name: value for name, value in asdict(profile).items() if name != "rates"}
    work.set_settings("tax", values)


@usecase(N_("Change the tax rules"))
def change_tax_rules(work: Work, /, **changes: Any) -> None:
    """Change single rules for orders made from now on; names as in ``TaxProfile``, without the rates."""
    work.set_settings("tax", changes)


@usecase(N_("Name this laptop {name}"))
def rename_device(work: Work, device_id: UUID, name: str) -> None:
    """Change what a laptop is called in the list of laptops.

    Raises:
        DomainError: ``device.name``.
    """
    device = replace(work.get(Device, device_id), name=name.strip())
    check_device(device)
    work.describe(name=device.name)
    work.save(device)
