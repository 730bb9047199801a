"""``directsell new`` and ``directsell sample``: a business in an empty folder, one's own or an invented one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from directsell.cli.books import create, held
from directsell.cli.terminal import DONE, Terminal
from directsell.context import Context, OpenBook
from directsell.domain.countries import country
from directsell.domain.settings import Business
from directsell.domain.taxes import STANDARD, TaxProfile
from directsell.i18n import _, active_language
from directsell.usecases.samples import make_sample
from directsell.usecases.settings import set_up_business


def new(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Set up a business with the habits of its country."""
    home = country(options.country)
    business = Business(
        name=options.name.strip(),
        street=options.street,
        postcode=options.postcode,
        city=options.city,
        region=options.region,
        country=options.country,
        phone=options.phone,
        email=options.email,
        tax_label=home.tax_label,
        tax_number=options.tax_number,
        currency=home.currency,
        language=home.language,
        zone=home.zone,
        invoice_format=home.invoice_format,
        slip_format=home.slip_format,
        window=home.window,
    )
    profile = _with_rate(home.profile(small_business=options.small_business), options.tax_rate)

    def fill(book: OpenBook) -> None:
        book.app.run(set_up_business, business, profile)

    return _make(options, context, terminal, fill, business.name)


def sample(options: argparse.Namespace, context: Context, terminal: Terminal) -> int:
    """Make the sample business."""
    tag = options.lang or active_language().tag

    def fill(book: OpenBook) -> None:
        book.app.run(make_sample, tag)

    return _make(options, context, terminal, fill, _("Sample business"))


def _with_rate(profile: TaxProfile, ppm: int | None) -> TaxProfile:
    if ppm is None:
        return profile
    rates = tuple(replace(rate, ppm=ppm) if rate.tax_class == STANDARD else rate for rate in profile.rates)
    return replace(profile, rates=rates)


def _make(
    options: argparse.Namespace,
    context: Context,
    terminal: Terminal,
    fill: Callable[[OpenBook], None],
    name: str,
) -> int:
    """Make a book and fill it; when that fails there is none afterwards."""
    with held(context, take_over=options.take_over):
        book = create(context, terminal, options.key)
        try:
            fill(book)
        except BaseException:
            book.close()
            with suppress(OSError):
                context.folders.database.unlink()  # made a moment ago, nothing of anybody is in it
            raise
        book.close()
    terminal.say(_("{name} is set up in {folder}.").format(name=name, folder=context.folders.data))
    mode = context.keys.mode
    protection = "" if mode is None else mode.value
    folder = str(context.folders.data)
    terminal.result({"command": options.command, "folder": folder, "name": name, "protection": protection})
    return DONE
