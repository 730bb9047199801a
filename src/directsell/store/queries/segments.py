"""Who is in a segment: a filter (domain/segments.py) as one SQL condition with bound parameters; counts, names, saved segments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from directsell.domain.clock import to_micros
from directsell.domain.segments import (
    EVERYBODY,
    Goods,
    Group,
    Match,
    Rule,
    RuleKind,
    is_postcode,
    month_of,
    parse_rules,
    place_spellings,
)
from directsell.store.buyers import day_number
from directsell.store.queries.aliases import kept_sql
from directsell.store.queries.names import name_of
from directsell.store.queries.settings import business
from directsell.store.reader import Reader

Condition = tuple[str, list[Any]]
LIVING = "t.deleted_at IS NULL AND t.erased_on IS NULL"
_ID = "t.id IN (SELECT {what})"
_ROW = "t.rid IN (SELECT {what})"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a filter is seen against: the day, and the currency and language of the seller."""

    today: date
    currency: str
    language: str

    def since(self, days: int) -> date:
        """Return the first of the last so many days."""
        return self.today - timedelta(days=min(days, self.today.toordinal() - 1))


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A saved segment with what it asks; ``group`` is None when its rules cannot be read."""

    id: UUID
    name: str
    note: str
    group: Group | None


@dataclass(frozen=True, slots=True)
class Found:
    """How many people a filter finds, and the names of the first ones."""

    count: int
    names: tuple[str, ...]


def ground(reader: Reader, today: date) -> Ground:
    """Return what filters are seen against on a day."""
    own = business(reader)
    return Ground(today, own.currency, own.language)


def condition(group: Group, seen: Ground) -> Condition:
    """Return the SQL condition on ``person t`` and its parameters, of a checked filter; everybody gives ``1``."""
    parts = [_rule(rule, seen) for rule in group.rules] + [condition(inner, seen) for inner in group.groups]
    if not parts:
        return "0" if group.negated else "1", []
    joint = " AND " if group.match is Match.ALL else " OR "
    sql = f"({joint.join(sql for sql, _ in parts)})"
    return f"NOT {sql}" if group.negated else sql, [value for _, values in parts for value in values]


def find_people(reader: Reader, group: Group, today: date, *, names: int = 12) -> Found:
    """Return how many people a filter finds and the names of the first ones."""
    sql, params = condition(group, ground(reader, today))
    rows = reader.rows(
        f"WITH found AS MATERIALIZED (SELECT t.rid FROM person t WHERE {LIVING} AND {sql}) "
        "SELECT (SELECT count(*) FROM found), t.given, t.family, t.company FROM person t "
        "WHERE t.deleted_at IS NULL AND t.rid IN found ORDER BY t.sort_key, t.rid LIMIT ?",
        [*params, names],
    )
    return Found(rows[0][0] if rows else 0, tuple(name_of(*row[1:]) for row in rows))


def people_in(reader: Reader, group: Group, today: date) -> list[UUID]:
    """Return the ids of everybody whom a filter finds, by name."""
    sql, params = condition(group, ground(reader, today))
    rows = reader.rows(f"SELECT t.id FROM person t WHERE {LIVING} AND {sql} ORDER BY t.sort_key, t.rid", params)
    return [UUID(bytes=row[0]) for row in rows]


def is_in(reader: Reader, person_id: UUID, group: Group, today: date) -> bool:
    """Say whether a filter finds somebody."""
    sql, params = condition(group, ground(reader, today))
    return reader.row(f"SELECT 1 FROM person t WHERE t.id = ? AND {LIVING} AND {sql}", [person_id, *params]) is not None


def segments(reader: Reader) -> list[SegmentRow]:
    """Return the saved segments by name."""
    rows = reader.rows(
        "SELECT id, name, note, rules FROM segment WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE, rid"
    )
    return [SegmentRow(UUID(bytes=key), name, note, _readable(rules)) for key, name, note, rules in rows]


def segment_group(reader: Reader, segment_id: UUID | None) -> Group:
    """Return the filter of a saved segment; none means everybody.

    Raises:
        DomainError: ``segment.unreadable``.
    """
    rules = reader.value("SELECT rules FROM segment WHERE id = ? AND deleted_at IS NULL", (segment_id,))
    return EVERYBODY if rules is None else parse_rules(rules)


def segment_uses(reader: Reader, segment_id: UUID) -> list[str]:
    """Return the names of campaigns and follow-up programmes that name a segment."""
    rows = reader.rows(
        "SELECT name FROM campaign WHERE segment_id = :key AND deleted_at IS NULL UNION ALL "
        "SELECT name FROM follow_up_programme WHERE segment_id = :key AND deleted_at IS NULL",
        {"key": segment_id},
    )
    return [row[0] for row in rows]


def subject_names(reader: Reader, group: Group) -> dict[str, str]:
    """Return what products, brands and campaigns of a filter are called, by their id as text."""
    names: dict[str, str] = {}
    for rule in group.walk():
        table = _NAMED.get(rule.goods) if rule.kind is not RuleKind.CAMPAIGN else "campaign"
        key = _key(rule.subject)
        if table is not None and key is not None:
            names[rule.subject] = reader.value(f"SELECT name FROM {table} WHERE id = ?", (key,), "")
    return names


def towns(reader: Reader, text: str, limit: int = 8) -> list[str]:
    """Return towns of people that begin with a text, the most frequent first."""
    rows = reader.rows(
        "SELECT city FROM address WHERE deleted_at IS NULL AND city <> '' AND city LIKE ? || '%' "
        "GROUP BY city ORDER BY count(*) DESC, city LIMIT ?",
        (text.replace("%", "").replace("_", ""), limit),
    )
    return [row[0] for row in rows]


_NAMED = {Goods.PRODUCT: "product", Goods.BRAND: "brand"}


def _readable(rules: str) -> Group | None:
    from directsell.domain.errors import DomainError

    try:
        return parse_rules(rules)
    except DomainError:
        return None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_NOBODY = UUID(int=0)


def _id(text: str) -> UUID:
    return _key(text) or _NOBODY


def _rule(rule: Rule, seen: Ground) -> Condition:
    sql, params = _ASKED[rule.kind](rule, seen)
    return f"NOT ({sql})" if rule.negated else sql, params


def _bought(rule: Rule, seen: Ground) -> Condition:
    day = None if rule.days is None else day_number(seen.since(rule.days))
    if rule.goods is Goods.ANYTHING:
        recent, params = ("", []) if day is None else (" AND last_day >= ?", [day])
        return _ROW.format(what=f"person FROM buyer WHERE orders > 0{recent}"), params
    which, params = _products(rule)
    recent = "" if day is None else " AND day >= ?"
    what = f"buyer FROM order_line WHERE product_id {which} AND buyer <> 0{recent} AND deleted_at IS NULL"
    return _ROW.format(what=what), params if day is None else [*params, day]


def _products(rule: Rule) -> Condition:
    if rule.goods is Goods.PRODUCT:
        return "= ?", [_id(rule.subject)]
    if rule.goods is Goods.BRAND:
        return "IN (SELECT id FROM product WHERE brand_id = ?)", [_id(rule.subject)]
    return "IN (SELECT id FROM product WHERE category = ?)", [rule.subject]


def _lapsed(rule: Rule, seen: Ground) -> Condition:
    ever, ever_params = _bought(_ever(rule), seen)
    lately, lately_params = _bought(rule, seen)
    return f"({ever} AND NOT ({lately}))", [*ever_params, *lately_params]


def _ever(rule: Rule) -> Rule:
    return Rule(kind=RuleKind.BOUGHT, goods=rule.goods, subject=rule.subject)


def _spent(rule: Rule, seen: Ground) -> Condition:
    if rule.days is None:
        return _between(rule, "person FROM buyer WHERE currency = ?", [seen.currency], "spent")
    what = (
        "buyer FROM sales_order WHERE ordered_on >= ? AND +state IN ('placed', 'delivered') AND +currency = ? "
        "AND +buyer <> 0 AND deleted_at IS NULL GROUP BY +buyer HAVING 1"
    )
    return _between(rule, what, [seen.since(rule.days).isoformat(), seen.currency], "sum(total)")


def _times(rule: Rule, seen: Ground) -> Condition:
    if rule.days is None:
        return _between(rule, "person FROM buyer GROUP BY person HAVING 1", [], "sum(orders)")
    what = (
        "buyer FROM sales_order WHERE ordered_on >= ? AND +state IN ('placed', 'delivered') AND +buyer <> 0 "
        "AND deleted_at IS NULL GROUP BY +buyer HAVING 1"
    )
    return _between(rule, what, [seen.since(rule.days).isoformat()], "sum(total >= 0)")


def _between(rule: Rule, what: str, params: list[Any], value: str) -> Condition:
    """Compare a sum over somebody's orders; whoever has none has 0."""
    if rule.low is None or rule.low <= 0:
        return f"NOT {_ROW.format(what=f'{what} AND {value} > ?')}", [*params, rule.high]
    if rule.high is None:
        return _ROW.format(what=f"{what} AND {value} >= ?"), [*params, rule.low]
    return _ROW.format(what=f"{what} AND {value} BETWEEN ? AND ?"), [*params, rule.low, rule.high]


def _wish(rule: Rule, _seen: Ground) -> Condition:
    if rule.goods is Goods.ANYTHING:
        return _ID.format(what="person_id FROM wish WHERE deleted_at IS NULL"), []
    which, params = _products(rule)
    return _ID.format(what=f"person_id FROM wish WHERE product_id {which} AND deleted_at IS NULL"), params


def _birthday(rule: Rule, seen: Ground) -> Condition:
    return "substr(t.birthday, -5, 2) = ?", [f"{month_of(rule.subject, seen.today.month):02d}"]


def _place(rule: Rule, _seen: Ground) -> Condition:
    if is_postcode(rule.subject):
        start = rule.subject.strip().upper()
        what = "person_id FROM address WHERE upper(substr(postcode, 1, ?)) = ? AND deleted_at IS NULL"
        return _ID.format(what=what), [len(start), start]
    spellings = place_spellings(rule.subject)
    marks = ", ".join("?" * len(spellings))
    what = f"person_id FROM address WHERE city COLLATE NOCASE IN ({marks}) AND deleted_at IS NULL"
    return _ID.format(what=what), list(spellings)


def _language(rule: Rule, seen: Ground) -> Condition:
    wanted = rule.subject.partition("_")[0]
    ours = seen.language.replace("-", "_").partition("_")[0] == wanted
    sql = "(t.language = ? OR substr(t.language, 1, ?) IN (?, ?) OR (t.language = '' AND ?))"
    return sql, [wanted, len(wanted) + 1, f"{wanted}_", f"{wanted}-", int(ours)]


# An entry counts unless an odd number of rows cancels it, each the one before (undo, redo; domain.records.standing).
_CANCELLED = (
    "WITH RECURSIVE chain(root, id, person_id, n) AS (SELECT o.id, r.id, r.person_id, 1 FROM consent r "
    "JOIN consent o ON o.id = r.reverses_id AND o.reverses_id IS NULL UNION ALL "
    "SELECT root, c.id, c.person_id, n + 1 FROM chain JOIN consent c "
    "ON c.person_id = chain.person_id AND c.reverses_id = chain.id) SELECT root FROM chain GROUP BY root HAVING max(n) % 2"
)
CONSENTING = (
    "kept FROM (SELECT kept, given, row_number() OVER (PARTITION BY kept ORDER BY at DESC, rid DESC) AS n "
    f"FROM (SELECT {kept_sql('person_id')} AS kept, given, at, rid FROM consent "
    f"WHERE channel = ? AND reverses_id IS NULL AND id NOT IN ({_CANCELLED}))) WHERE n = 1 AND given"
)


def _consent(rule: Rule, _seen: Ground) -> Condition:
    return _ID.format(what=CONSENTING), [rule.subject]


def _campaign(rule: Rule, _seen: Ground) -> Condition:
    contacted = "person_id FROM contact_entry WHERE campaign_id = ? AND deleted_at IS NULL"
    return f"(t.campaign_id IS ? OR {_ID.format(what=contacted)})", [_id(rule.subject), _id(rule.subject)]


def _contacted(rule: Rule, seen: Ground) -> Condition:
    """Any entry of the log but a note; days end at midnight UTC."""
    recent, params = ("", []) if rule.days is None else (" AND e.at >= ?", [_instant(seen.since(rule.days))])
    what = f"e.person_id FROM contact_entry e WHERE e.channel <> 'note'{recent} AND e.deleted_at IS NULL"
    return _ID.format(what=what), params


def _attended(rule: Rule, seen: Ground) -> Condition:
    recent, params = ("", []) if rule.days is None else (" AND d.day >= ?", [seen.since(rule.days).isoformat()])
    what = (
        "g.person_id FROM demo_guest g JOIN demo d ON d.id = g.demo_id "
        f"WHERE g.attended AND g.deleted_at IS NULL AND d.deleted_at IS NULL{recent}"
    )
    return _ID.format(what=what), params


def _hosted(rule: Rule, seen: Ground) -> Condition:
    """Hosts and co-hosts of demos that took place."""
    since = date.min if rule.days is None else seen.since(rule.days)
    held = "d.state NOT IN ('cancelled', 'postponed') AND d.day BETWEEN ? AND ? AND d.deleted_at IS NULL"
    what = (
        f"d.host_id FROM demo d WHERE d.host_id IS NOT NULL AND {held} UNION "
        f"SELECT c.person_id FROM co_host c JOIN demo d ON d.id = c.demo_id WHERE c.deleted_at IS NULL AND {held}"
    )
    days = [since.isoformat(), seen.today.isoformat()]
    return _ID.format(what=what), [*days, *days]


def _added(rule: Rule, seen: Ground) -> Condition:
    return "t.created_at >= ?", [_instant(seen.since(rule.days or 1))]


def _instant(day: date) -> int:
    return to_micros(datetime.combine(day, time.min, UTC))


def _column(name: str) -> Callable[[Rule, Ground], Condition]:
    return lambda rule, _seen: (f"t.{name} = ?", [rule.subject])


def _member(table: str, name: str) -> Callable[[Rule, Ground], Condition]:
    what = f"person_id FROM {table} WHERE {name} = ? AND deleted_at IS NULL"
    return lambda rule, _seen: (_ID.format(what=what), [rule.subject])


_ASKED: dict[RuleKind, Callable[[Rule, Ground], Condition]] = {
    RuleKind.BOUGHT: _bought,
    RuleKind.LAPSED: _lapsed,
    RuleKind.SPENT: _spent,
    RuleKind.TIMES: _times,
    RuleKind.WISH: _wish,
    RuleKind.BIRTHDAY: _birthday,
    RuleKind.SOURCE: _column("lead_source"),
    RuleKind.TAG: _member("person_tag", "tag"),
    RuleKind.ROLE: _member("person_role", "role"),
    RuleKind.STAGE: _column("stage"),
    RuleKind.RANK: _column("rank"),
    RuleKind.PLACE: _place,
    RuleKind.LANGUAGE: _language,
    RuleKind.CONSENT: _consent,
    RuleKind.CAMPAIGN: _campaign,
    RuleKind.CONTACTED: _contacted,
    RuleKind.ATTENDED: _attended,
    RuleKind.HOSTED: _hosted,
    RuleKind.ADDED: _added,
}
