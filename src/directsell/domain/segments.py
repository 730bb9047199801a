"""Filters over people as values: single rules, joined by "all of" or "any of", with "not". JSON of them; no SQL, no words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directsell.domain.errors import DomainError
from directsell.domain.frozen_json import from_json_text, to_json_text

MOST_RULES: Final = 40
DEEPEST: Final = 4
LONGEST_DAYS: Final = 36_500
_MOST: Final = 10**15  # of minor units: ten million millions, which the database can still compare


class RuleKind(StrEnum):
    """What one rule asks about somebody."""

    BOUGHT = "bought"
    LAPSED = "lapsed"
    SPENT = "spent"
    TIMES = "times"
    WISH = "wish"
    BIRTHDAY = "birthday"
    SOURCE = "source"
    TAG = "tag"
    ROLE = "role"
    STAGE = "stage"
    RANK = "rank"
    PLACE = "place"
    LANGUAGE = "language"
    CONSENT = "consent"
    CAMPAIGN = "campaign"
    CONTACTED = "contacted"
    ATTENDED = "attended"
    HOSTED = "hosted"
    ADDED = "added"


class Goods(StrEnum):
    """Which goods a rule is about; the rule's ``subject`` names them."""

    ANYTHING = "anything"
    PRODUCT = "product"
    CATEGORY = "category"
    BRAND = "brand"


class Match(StrEnum):
    """How rules of a group are joined."""

    ALL = "all"
    ANY = "any"


THIS_MONTH: Final = "this"
NEXT_MONTH: Final = "next"
MONTHS: Final = (THIS_MONTH, NEXT_MONTH, *(str(number) for number in range(1, 13)))
WITH_GOODS: Final = frozenset({RuleKind.BOUGHT, RuleKind.LAPSED, RuleKind.WISH})
WITH_DAYS: Final = frozenset(
    {
        RuleKind.BOUGHT,
        RuleKind.LAPSED,
        RuleKind.SPENT,
        RuleKind.TIMES,
        RuleKind.CONTACTED,
        RuleKind.ATTENDED,
        RuleKind.HOSTED,
        RuleKind.ADDED,
    }
)
NEEDS_DAYS: Final = frozenset({RuleKind.LAPSED, RuleKind.ADDED})
WITH_RANGE: Final = frozenset({RuleKind.SPENT, RuleKind.TIMES})
WITH_SUBJECT: Final = frozenset(RuleKind) - WITH_GOODS - WITH_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One question about somebody; ``negated`` turns the answer round.

    Attributes:
        kind: what is asked.
        negated: whether those are meant to whom it does *not* apply.
        goods: for BOUGHT, LAPSED and WISH: what ``subject`` names.
        subject: id of a product, brand or campaign as text; a category, source, tag, place or language; the value of a role,
            stage, rank or channel; a month "1" to "12", "this" or "next".
        days: only what happened in the last so many days; None = ever. LAPSED: bought, but not in the last so many days.
        low: least value: minor units of the seller's currency (SPENT) or orders (TIMES); None = no bound.
        high: greatest value, likewise.
    """

    kind: RuleKind
    negated: bool = False
    goods: Goods = Goods.ANYTHING
    subject: str = ""
    days: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rules and further groups, joined by ``match``; without any it means everybody."""

    match: Match = Match.ALL
    rules: tuple[Rule, ...] = ()
    groups: tuple[Group, ...] = ()
    negated: bool = False

    def walk(self) -> Iterator[Rule]:
        """Yield every rule, also those of inner groups."""
        yield from self.rules
        for group in self.groups:
            yield from group.walk()

    @property
    def is_empty(self) -> bool:
        """It asks nothing."""
        return next(self.walk(), None) is None


EVERYBODY: Final = Group()


def rules_text(group: Group) -> str:
    """Return a filter as JSON, as it is stored."""
    return to_json_text(group)


def parse_rules(text: str) -> Group:
    """Return a stored filter.

    Raises:
        DomainError: ``segment.unreadable``.
    """
    return from_json_text(Group, text, code="segment.unreadable")


def check_segment(name: str, group: Group) -> None:
    """Refuse a segment without a name, or a filter that cannot be asked.

    Raises:
        DomainError: ``segment.name`` or as ``check_group``.
    """
    if not name.strip():
        raise DomainError("segment.name", field="name")
    check_group(group)


def check_group(group: Group) -> None:
    """Refuse rules that lack something, and filters too large to be understood.

    Raises:
        DomainError: ``segment.subject``, ``segment.days``, ``segment.range``, ``segment.too_many``; ``rule`` is the number of
            the rule, from 1, in the order of ``walk``.
    """
    rules = list(group.walk())
    if len(rules) > MOST_RULES or _depth(group) > DEEPEST:
        raise DomainError("segment.too_many", field="rules", most=MOST_RULES)
    for number, rule in enumerate(rules, start=1):
        _check_rule(rule, number)


def _check_rule(rule: Rule, number: int) -> None:
    needs_goods = rule.kind in WITH_GOODS and rule.goods is not Goods.ANYTHING
    if (needs_goods or rule.kind in WITH_SUBJECT) and not _has_subject(rule):
        raise DomainError("segment.subject", field=f"rule{number}", rule=number)
    if rule.days is None and rule.kind in NEEDS_DAYS:
        raise DomainError("segment.days", field=f"rule{number}", rule=number, most=LONGEST_DAYS)
    if rule.days is not None and not 1 <= rule.days <= LONGEST_DAYS:
        raise DomainError("segment.days", field=f"rule{number}", rule=number, most=LONGEST_DAYS)
    if rule.kind in WITH_RANGE:
        open_ended = rule.low is None and rule.high is None
        turned = rule.low is not None and rule.high is not None and rule.high < rule.low
        negative = (rule.low or 0) < 0 or (rule.high or 0) < 0
        endless = max(rule.low or 0, rule.high or 0) > _MOST
        if open_ended or turned or negative or endless:
            raise DomainError("segment.range", field=f"rule{number}", rule=number)


def _has_subject(rule: Rule) -> bool:
    if rule.kind is RuleKind.BIRTHDAY:
        return rule.subject in MONTHS
    if rule.kind is RuleKind.RANK:
        return True  # "" means no rank
    return bool(rule.subject.strip())


def _depth(group: Group) -> int:
    return 1 + max((_depth(inner) for inner in group.groups), default=0)


def month_of(subject: str, this_month: int) -> int:
    """Return the month (1 to 12) that a birthday rule means, in a month."""
    if subject == THIS_MONTH:
        return this_month
    if subject == NEXT_MONTH:
        return this_month % 12 + 1
    return int(subject)


def place_spellings(place: str) -> tuple[str, ...]:
    """Return how a town may be written: as given, small, capital and with capital initials; compared without ASCII case."""
    plain = " ".join(place.split())
    return tuple(dict.fromkeys((plain, plain.lower(), plain.upper(), plain.title())))


def is_postcode(place: str) -> bool:
    """Say whether a place is the beginning of a postcode: it has a figure in it."""
    return any(character.isdecimal() for character in place)
