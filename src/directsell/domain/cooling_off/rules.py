"""The right to cancel as dated data: rules of countries and states, and the pack that holds them. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directsell.domain.cooling_off.facts import GoodsException, SalePlace, Visit
from directsell.domain.cooling_off.holidays import HolidayTable
from directsell.domain.cooling_off.texts import LegalText


class Trigger(StrEnum):
    """The event that starts the period: contract, possession of the last goods, copy received, contract and goods."""

    CONTRACT = "contract"
    POSSESSION = "possession"
    COPY = "copy"
    CONTRACT_AND_POSSESSION = "contract_and_possession"


class Unit(StrEnum):
    """What is counted."""

    CALENDAR = "calendar"
    BUSINESS = "business"


class Certainty(StrEnum):
    """How sure a rule or text is: taken from the statute, or to be checked by an adviser before it is relied on."""

    STATUTE = "statute"
    CHECK = "check"


class Check(StrEnum):
    """What in particular an adviser should look at."""

    PERIOD = "period"
    START = "start"
    THRESHOLD = "threshold"
    PLACES = "places"
    HOST_HOME = "host_home"
    SATURDAY = "saturday"
    SENIORS = "seniors"
    COLLECTIVE = "collective"
    EXTENSION = "extension"
    HOLIDAYS = "holidays"
    STATE_LAW = "state_law"
    PROVINCE_LAW = "province_law"
    INVITED = "invited"
    WORDING = "wording"
    REFUND = "refund"
    DATES = "dates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The price from which the right exists, at these places (none named: everywhere else).

    Args:
        places: where it counts.
        amount: minor units of the rule's currency.
        above: only a higher price counts, not this one.
        settled_only: the threshold only matters when goods and money changed hands on the spot.
        instead_of: what the letter of the law asks at these places, when the rule is more careful; 0 for the same.
    """

    places: tuple[SalePlace, ...] = ()
    amount: int
    above: bool = False
    settled_only: bool = False
    instead_of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentBan:
    """No payment of any kind may be taken for so many days after the contract.

    Args:
        days: how many; the day of the contract is not counted.
        unit: what is counted.
        exempt_home_party: not at parties in the seller's home, nor in a host's who agreed expressly beforehand.
        source: where it stands.
    """

    days: int
    unit: Unit = Unit.CALENDAR
    exempt_home_party: bool = False
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One right to cancel, as the law stood in a period.

    Args:
        id: short name, the same for all versions ("us", "us-ak").
        country: ISO 3166 code; ``region`` the state it is limited to, or empty.
        valid_from: first day of contracts under it; ``valid_until`` the last one, None while it is in force.
        trigger: what starts the period; ``unit`` what is counted and ``days`` how many.
        days_unsolicited: period after a visit that nobody asked for, where it differs.
        days_senior: period for buyers of 65 or older, where it differs.
        collective_is_unsolicited: a party counts as a visit that nobody asked for.
        count_first_day: the day of the trigger is day one.
        saturday_is_business: Saturdays are counted among business days.
        extend_to_working_day: an end on a weekend or holiday moves to the next working day.
        holidays: name of the table of holidays; empty for none.
        currency: of the thresholds; ``thresholds`` the first whose place fits decides.
        places: where the right exists; ``visits`` after which visits (none named: all).
        not_if_buyer_asked: no right for a buyer who asked for the visit.
        exceptions: goods that cannot be given back.
        refund_days: within which the money goes back, None if the law names no number; ``refund_unit`` their kind.
        payment_ban: days on which no payment may be taken.
        texts: ids of the texts of the notice, the country's own first.
        copies: how many copies of the notice the buyer gets.
        tell_orally: the buyer must also be told in words.
        certainty: how sure it all is; ``checks`` what in particular is not.
        source: where the law stands; ``as_of`` the day on which it was looked at; ``language`` of the country.
    """

    id: str
    country: str
    region: str = ""
    valid_from: date
    valid_until: date | None = None
    trigger: Trigger
    unit: Unit
    days: int
    days_unsolicited: int | None = None
    days_senior: int | None = None
    collective_is_unsolicited: bool = False
    count_first_day: bool = False
    saturday_is_business: bool = False
    extend_to_working_day: bool = False
    holidays: str = ""
    currency: str = ""
    thresholds: tuple[Threshold, ...] = ()
    places: tuple[SalePlace, ...]
    visits: tuple[Visit, ...] = ()
    not_if_buyer_asked: bool = False
    exceptions: tuple[GoodsException, ...] = ()
    refund_days: int | None = None
    refund_unit: Unit = Unit.CALENDAR
    payment_ban: PaymentBan | None = None
    texts: tuple[str, ...] = ()
    copies: int = 1
    tell_orally: bool = False
    certainty: Certainty
    checks: tuple[Check, ...] = ()
    source: str
    as_of: date
    language: str

    @property
    def stamp(self) -> str:
        """What is stored with an order: the rule and the version of it ("us@2015-03-13")."""
        return f"{self.id}@{self.valid_from.isoformat()}"

    def holds_on(self, day: date) -> bool:
        """Tell whether contracts of this day are under this version."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All rules, tables of holidays, texts, and the names by which regions are known (country, name, code)."""

    rules: tuple[Rule, ...]
    tables: tuple[HolidayTable, ...]
    texts: tuple[LegalText, ...]
    regions: tuple[tuple[str, str, str], ...] = ()

    def rule(self, stamp: str) -> Rule | None:
        """Return the version of a rule that was stored with an order, or None when it is not in this pack."""
        return next((rule for rule in self.rules if rule.stamp == stamp), None)

    def table(self, name: str) -> HolidayTable:
        """Return a table of holidays; an unknown or empty name gives one without holidays."""
        return next((table for table in self.tables if table.id == name), HolidayTable(id=name))

    def text(self, id: str) -> LegalText | None:
        """Return a text by its id."""
        return next((text for text in self.texts if text.id == id), None)

    def region_code(self, country: str, region: str) -> str:
        """Return the code of a region that was typed as name or code; one that is not known comes back in capitals."""
        typed = region.strip().casefold()
        return next(
            (code for place, name, code in self.regions if place == country and typed in (name, code.casefold())),
            typed.upper(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the screen says where a rule is chosen, beside "not legal advice": whence it comes and how sure it is.

    ``text_official`` tells whether the wording of the notice is the law's own; None when there is no text at all.
    ``in_language`` tells whether that text is in the language of the sale.
    """

    source: str
    as_of: date
    certainty: Certainty
    checks: tuple[Check, ...]
    text_source: str = ""
    text_official: bool | None = None
    in_language: bool = False
