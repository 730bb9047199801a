"""Find anything by what was typed so far: people, products, orders, papers, demos. What was worked on last: recent.py.

Full-text matches are taken by row number, never by rank over all of them: ranking the thousands of rows that begin with one or
two letters costs more than a frame. What was taken is put in order here, by how well the title fits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from directsell.domain.catalog import product_key
from directsell.domain.people import ReachKind, ReachPoint, fold, reach_key
from directsell.store.queries.names import name_of
from directsell.store.queries.phone_numbers import people_with_number
from directsell.store.reader import Reader

_TAKEN = 32  # rows looked at per kind
_WORDS, _LETTERS = 8, 40  # more cannot be meant by a search
_RELATED = 3  # people whose orders, papers and demos are offered with them
_SHORT = 3  # a word of so few letters begins too many names to look at all
_END = "\U0010ffff"


class HitKind(StrEnum):
    """What was found."""

    PERSON = "person"
    PRODUCT = "product"
    ORDER = "order"
    PAPER = "paper"
    DEMO = "demo"


PAGES = {
    HitKind.PERSON: "people",
    HitKind.PRODUCT: "products",
    HitKind.ORDER: "orders",
    HitKind.PAPER: "documents",
    HitKind.DEMO: "demos",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, as data: the window writes day and amount (minor units of ``currency``) in its own language.

    ``title`` and ``detail`` are the user's own words and numbers, ``page`` the key of the page that shows it, ``score`` how well
    it fits (0 to 100).
    """

    kind: HitKind
    id: UUID
    title: str
    detail: str
    page: str
    day: date | None = None
    amount: int | None = None
    currency: str = ""
    state: str = ""
    score: int = 0


def typed_words(text: str) -> list[str]:
    """Return the words of a search; signs that the index does not know are no words of their own."""
    words = (_bare(word[:_LETTERS]) for word in text[:400].replace('"', " ").replace("\0", " ").split())
    return [word for word in words if word][:_WORDS]


def _bare(word: str) -> str:
    """Return a word from its first letter or digit to its last one, with the accents that follow it."""
    places = [place for place, letter in enumerate(word) if letter.isalnum()]
    if not places:
        return ""
    end = places[-1] + 1
    while end < len(word) and unicodedata.category(word[end])[0] == "M":
        end += 1
    return word[places[0] : end]


def fts_words(text: str) -> str:
    """Return a full-text expression for typed words (each begins a word of the row), or "" when there are none.

    Every word is a quoted string, in which FTS5 knows no operators.
    """
    return " AND ".join(f'"{word}"*' for word in typed_words(text))


def search(reader: Reader, text: str, *, limit: int = 24) -> list[Hit]:
    """Return what fits, kind by kind, the kind with the best hit first; "" or mere signs find nothing.

    Args:
        reader: one moment of the database.
        text: what was typed so far; anything is allowed.
        limit: most hits altogether.
    """
    words = typed_words(text)
    if not words:
        return []
    wanted = _Wanted(text, words)
    people = _people(reader, wanted)
    near = [hit.id for hit in people[:_RELATED] if hit.score >= GOOD and wanted.letters > _SHORT]
    groups = [
        people[:6],
        _products(reader, wanted)[:6],
        _orders(reader, wanted, near)[:6],
        _papers(reader, wanted, near)[:5],
        _demos(reader, wanted, near)[:5],
    ]
    groups.sort(key=lambda hits: -hits[0].score if hits else 0)
    return [hit for hits in groups for hit in hits][:limit]


_EXACT, _BEGINS, GOOD, _WEAK, _RELATED_SCORE = 100, 80, 60, 30, 40


class _Wanted:
    """What was typed, in the forms the queries need."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        self.raw = " ".join(words)
        self.folded = fold(self.raw)
        self.parts = self.folded.split()
        self.match = fts_words(text)
        self.key = product_key(self.raw)
        self.letters = len(self.folded)
        nobody = UUID(int=0)
        bare = text.strip()
        only_digits = not any(letter.isalpha() for letter in bare)
        phone = ReachPoint(id=nobody, person_id=nobody, kind=ReachKind.PHONE, value=bare[:60])
        self.digits = reach_key(phone) if only_digits else ""

    def score(self, title: str) -> int:
        """How well a title fits: the same, begins so, each word begins one of its words, or only its other texts."""
        name = fold(title)
        if name == self.folded:
            return _EXACT
        if name.startswith(self.folded):
            return _BEGINS
        words = name.split()
        if all(any(word.startswith(part) for word in words) for part in self.parts):
            return GOOD
        return _WEAK


def _taken(reader: Reader, kind: str, match: str, *, limit: int = _TAKEN) -> list[int]:
    """Return the newest rows that match, without ranking them."""
    sql = f"SELECT rowid FROM {kind}_fts WHERE {kind}_fts MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [row[0] for row in reader.rows(sql, (match, limit))]


def _range(reader: Reader, table: str, column: str, start: str, limit: int) -> list[int]:
    """Return the rows whose indexed column begins with a text, in its order."""
    sql = (
        f"SELECT rid FROM {table} WHERE {column} >= ? AND {column} < ? AND deleted_at IS NULL ORDER BY {column} LIMIT ?"
    )
    return [row[0] for row in reader.rows(sql, (start, start + _END, limit))]


def _marks(rids: Iterable[int]) -> str:
    return ",".join(map(str, dict.fromkeys(rids)))


def _best(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: -hit.score)


def _people(reader: Reader, wanted: _Wanted) -> list[Hit]:
    rids = _by_number(reader, wanted) if wanted.digits else _by_name(reader, wanted)
    rows = reader.rows(
        "SELECT t.id, t.given, t.family, t.company, t.stage, t.rid FROM person t "
        f"WHERE t.rid IN ({_marks(rids)}) AND t.deleted_at IS NULL AND t.merged_into IS NULL"
    )
    found = []
    for key, given, family, company, stage, rid in rows:
        score = max(wanted.score(name_of(given, family, company)), wanted.score(f"{family} {given}"))
        found.append((score, rid, key, name_of(given, family, company), stage))
    found.sort(key=lambda one: (-one[0], fold(one[3])))
    details = reach_of(reader, [one[2] for one in found[:8]])
    return [
        Hit(HitKind.PERSON, UUID(bytes=key), name, details.get(key, ""), "people", state=stage, score=score)
        for score, _rid, key, name, stage in found[:8]
    ]


def _by_name(reader: Reader, wanted: _Wanted) -> list[int]:
    rids = _range(reader, "person", "sort_key", wanted.folded, 12)
    rids += _taken(reader, "person", f"name : ({wanted.match})")
    if wanted.letters > _SHORT and len(rids) < _TAKEN:
        rids += _taken(reader, "person", wanted.match)
    return rids


def _by_number(reader: Reader, wanted: _Wanted) -> list[int]:
    """Return who has a customer number, or a phone number with these digits.

    Nearly everybody's phone number has words that begin with a given digit, so the full-text index is no help here.
    """
    rids = _range(reader, "person", "customer_number", wanted.raw, 8)
    keys = people_with_number(reader, wanted.raw)
    marks = ", ".join("?" * len(keys))
    return rids + [row[0] for row in reader.rows(f"SELECT rid FROM person WHERE id IN ({marks})", keys)]


def reach_of(reader: Reader, keys: Sequence[bytes]) -> dict[bytes, str]:
    """Return phone or e-mail and town of people, by the bytes of their ids."""
    details = {}
    for key in keys:
        reach = reader.value(
            "SELECT value FROM reach_point WHERE person_id = ? AND deleted_at IS NULL ORDER BY position, rid LIMIT 1",
            (key,),
            "",
        )
        city = reader.value(
            "SELECT city FROM address WHERE person_id = ? AND deleted_at IS NULL ORDER BY position, rid LIMIT 1",
            (key,),
            "",
        )
        details[key] = " · ".join(part for part in (reach, city) if part)
    return details


def _products(reader: Reader, wanted: _Wanted) -> list[Hit]:
    rids = _range(reader, "product", "code_key", wanted.key, 8) if wanted.key else []
    rids += _range(reader, "product", "sort_key", wanted.folded, 8)
    rids += _taken(reader, "product", wanted.match)
    rows = reader.rows(
        f"SELECT id, name, code, code_key, barcode FROM product WHERE rid IN ({_marks(rids)}) AND deleted_at IS NULL"
    )
    hits = []
    for key, name, code, code_key, barcode in rows:
        score = wanted.score(name)
        if (wanted.key and code_key == wanted.key) or (barcode and barcode == wanted.folded):
            score = _EXACT
        elif wanted.key and code_key.startswith(wanted.key):
            score = max(score, _BEGINS)
        hits.append(Hit(HitKind.PRODUCT, UUID(bytes=key), name, code, "products", score=score))
    return _best(hits)


ORDER_ROWS = (
    "SELECT t.id, t.ordered_on, t.total, t.currency, t.state, t.reference, p.given, p.family, p.company, "
    "(SELECT group_concat(number, ' ') FROM issued_paper WHERE order_id = t.id), t.rid "
    "FROM sales_order t LEFT JOIN person p ON p.id = t.person_id "
)


def _orders(reader: Reader, wanted: _Wanted, near: Sequence[UUID]) -> list[Hit]:
    rids = _range(reader, "sales_order", "reference", wanted.raw, 8)
    rids += _taken(reader, "order", wanted.match, limit=12)
    if wanted.digits:
        rids += _taken(reader, "order", f'numbers : "{wanted.digits.zfill(4)}"', limit=8)
    related: list[int] = []
    for person in near:
        related += _of_person(reader, "sales_order", "person_id", "ordered_on", person)
    hits = []
    for row in reader.rows(f"{ORDER_ROWS} WHERE t.rid IN ({_marks([*rids, *related])}) AND t.deleted_at IS NULL"):
        key, day, total, currency, state, reference, given, family, company, numbers, rid = row
        name = name_of(given or "", family or "", company or "")
        marks = " ".join(part for part in (numbers or "", reference) if part)
        # Somebody's order is worth less than what was asked for by its number.
        score = max(wanted.score(reference), wanted.score(numbers or "")) if rid in rids else _RELATED_SCORE
        hits.append(
            Hit(
                HitKind.ORDER,
                UUID(bytes=key),
                name,
                marks,
                "orders",
                day=date.fromisoformat(day),
                amount=total,
                currency=currency,
                state=state,
                score=score,
            )
        )
    return sorted(hits, key=lambda hit: (-hit.score, -(hit.day or date.min).toordinal()))


def _of_person(reader: Reader, table: str, column: str, order: str, person: UUID) -> list[int]:
    sql = f"SELECT rid FROM {table} WHERE {column} = ? AND deleted_at IS NULL ORDER BY {order} DESC LIMIT 2"
    return [row[0] for row in reader.rows(sql, (person,))]


def _papers(reader: Reader, wanted: _Wanted, near: Sequence[UUID]) -> list[Hit]:
    rids = _taken(reader, "paper", wanted.match, limit=12)
    if wanted.digits:
        rids += _taken(reader, "paper", f'"{wanted.digits.zfill(4)}"', limit=8)
    related: list[int] = []
    for person in near:
        sql = "SELECT rid FROM issued_paper WHERE person_id = ? ORDER BY rid DESC LIMIT 2"
        related += [row[0] for row in reader.rows(sql, (person,))]
    hits = []
    for key, kind, number, day, total, currency, name, rid in reader.rows(
        "SELECT id, kind, number, issued_on, total, currency, json_extract(content, '$.customer.name'), rid "
        f"FROM issued_paper WHERE rid IN ({_marks([*rids, *related])})"
    ):
        score = wanted.score(number) if rid in rids else _RELATED_SCORE - 1
        if rid in rids and wanted.digits and number.endswith(wanted.digits.zfill(4)):
            score = GOOD
        hits.append(
            Hit(
                HitKind.PAPER,
                UUID(bytes=key),
                number,
                name or "",
                "documents",
                day=date.fromisoformat(day),
                amount=total,
                currency=currency,
                state=kind,
                score=score,
            )
        )
    return sorted(hits, key=lambda hit: (-hit.score, -(hit.day or date.min).toordinal()))


DEMO_ROWS = (
    "SELECT t.id, t.day, t.title, t.city, t.state, p.given, p.family, p.company, t.rid "
    "FROM demo t LEFT JOIN person p ON p.id = t.host_id "
)


def _demos(reader: Reader, wanted: _Wanted, near: Sequence[UUID]) -> list[Hit]:
    rids = _taken(reader, "demo", wanted.match)
    related: list[int] = []
    for person in near:
        related += _of_person(reader, "demo", "host_id", "day", person)
    hits = []
    for row in reader.rows(f"{DEMO_ROWS} WHERE t.rid IN ({_marks([*rids, *related])}) AND t.deleted_at IS NULL"):
        key, day, title, city, state, given, family, company, rid = row
        host = name_of(given or "", family or "", company or "")
        score = wanted.score(title) if rid in rids else _RELATED_SCORE - 2
        detail = " · ".join(part for part in (host if title else "", city) if part)
        when = date.fromisoformat(day)
        hits.append(
            Hit(HitKind.DEMO, UUID(bytes=key), title or host, detail, "demos", day=when, state=state, score=score)
        )
    return sorted(hits, key=lambda hit: (-hit.score, -(hit.day or date.min).toordinal()))
