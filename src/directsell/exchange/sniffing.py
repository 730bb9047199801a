"""Guess, by content alone, how a text table is written: encoding, delimiter, quotation mark, header row."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directsell.exchange.errors import ExchangeError
from directsell.exchange.formats import DELIMITERS
from directsell.exchange.headers import is_known

SAMPLE_BYTES = 256 * 1024
_SCAN_BYTES = 32 * 1024 * 1024  # how far to look for the first letter that is not ASCII
_SAMPLE_LINES = 200
_HEADER_WITHIN = 15

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),  # also workbooks with a password
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"SQLite format 3\0", "database"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"{\\rtf", "document"),
)
_MARKUP = re.compile(r"\s*<(!doctype|\?xml|html|table|svg)\b", re.IGNORECASE)
_CARD = re.compile(r"\s*begin\s*:\s*vcard", re.IGNORECASE)
# In cp1250 these bytes are Polish, Czech and Hungarian letters; in cp1252 superscripts, marks and rare capitals.
_CENTRAL_EUROPEAN = re.compile(
    rb"[A-Za-z][\x9c\x9d\x9a\x9e\x9f\xb3\xb9\xbf\xb6\xbe]|[\xb3\x9c\xbf\x9f\xa3\x8c\xaf][a-z]"
)
_CYRILLIC = re.compile(rb"[\xc0-\xff\xa8\xb8]{3,}")
_LATIN = re.compile(rb"[A-Za-z]{3,}")
_CP1252_HOLES = frozenset(b"\x81\x8d\x8f\x90\x9d")
_CP1250_HOLES = frozenset(b"\x81\x83\x88\x90\x98")
_DATA = re.compile(
    r"[-+(]?\s*[€$£¥]?\s*\d[\d.,' \u00a0\u202f]*\s*[%€$£)]?-?"  # numbers and amounts
    r"|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([ T].*)?"  # dates
    r"|[^@\s]+@[^@\s]+\.\w+"  # e-mails
    r"|\+\d[\d ()/.-]{5,}"  # phones
)
_COMMA_IN_NUMBER = re.compile(r"\d,\d")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A detected encoding; `certain` is False when others fit the bytes as well."""

    name: str
    certain: bool


def foreign_kind(head: bytes) -> str:
    """Return what a file is, by its first bytes, when it is certainly no text: "zip", "pdf", ...; else ""."""
    return next((kind for magic, kind in _FOREIGN_KINDS if head.startswith(magic)), "")


def refuse_non_table(text: str, name: str) -> None:
    """Refuse text that is no table.

    Raises:
        ExchangeError: ``file.empty``, ``table.wrong_kind`` (markup, vCard) or ``table.binary``.
    """
    if not text.strip():
        raise ExchangeError("file.empty", name=name)
    if _MARKUP.match(text):
        raise ExchangeError("table.wrong_kind", name=name, kind="markup")
    if _CARD.match(text):
        raise ExchangeError("table.wrong_kind", name=name, kind="vcard")
    controls = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v\x1a")
    if controls > 3 and controls > len(text) * 0.02:
        raise ExchangeError("table.binary", name=name)


def detect_encoding(chunks: Iterator[bytes]) -> Encoding:
    """Find the encoding of a stream, reading on (at most 32 MB) until the first letter that is not ASCII.

    UTF-8 proves itself; among the one-byte encodings the likeliest by letters is taken and marked as uncertain.
    """
    head = next(chunks, b"")
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return Encoding(name, certain=True)
    if wide := _utf16_without_mark(head):
        return Encoding(wide, certain=False)
    seen, chunk = 0, head
    decoder = codecs.getincrementaldecoder("utf-8")()
    while chunk:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return _damaged_utf8(chunk) or _one_byte_encoding(chunk)
        seen += len(chunk)
        if (not chunk.isascii() and not decoder.getstate()[0]) or seen > _SCAN_BYTES:
            return Encoding("utf-8", certain=True)
        chunk = next(chunks, b"")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Encoding("cp1252", certain=False)  # a lone accented letter is the last byte
    return Encoding("utf-8", certain=True)


def _utf16_without_mark(head: bytes) -> str:
    half = len(head) // 2
    if half < 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else ""


def _damaged_utf8(sample: bytes) -> Encoding | None:
    """Return UTF-8 when most letters are well-formed: chance does not make pairs of bytes of other encodings so."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return Encoding("utf-8", certain=False) if whole > broken and whole > 2 else None


def _one_byte_encoding(sample: bytes) -> Encoding:
    high = [byte for byte in sample if byte >= 0x80]
    cyrillic = sum(len(word) for word in _CYRILLIC.findall(sample))
    if cyrillic > 0.6 * len(high) and cyrillic > 0.3 * sum(len(word) for word in _LATIN.findall(sample)):
        return Encoding("cp1251", certain=False)
    has_1250_holes, has_1252_holes = bool(_CP1250_HOLES & set(high)), bool(_CP1252_HOLES & set(high))
    central = len(_CENTRAL_EUROPEAN.findall(sample))
    if not has_1250_holes and (central > 0.3 * len(high) or (has_1252_holes and central)):
        return Encoding("cp1250", certain=False)
    return Encoding("latin-1" if has_1252_holes else "cp1252", certain=False)


def declared_delimiter(line: str) -> str:
    """Return the delimiter that a spreadsheet announces in a first line ``sep=;``, or ""."""
    text = line.strip().strip('"')
    if text[:4].lower() == "sep=" and len(text) <= 5:
        return text[4:] or "\t"  # stripping took a tabulator away
    return ""


def detect_delimiter(lines: Sequence[str]) -> tuple[str, str]:
    """Return delimiter and quotation mark that cut the sample into the most regular columns.

    Args:
        lines: complete lines, at most some hundred are looked at.
    """
    sample = [line for line in lines[:_SAMPLE_LINES] if line.strip()]
    quote = _detect_quote(sample)
    scores = {delimiter: _regularity(sample, delimiter, quote) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    # "58,00;49,90": the commas are regular as well, but they stand inside numbers.
    rivals = [other for other in DELIMITERS[1:] if scores[other] > 0.8]
    if best == "," and rivals:
        commas = sum(line.count(",") for line in sample)
        inside = sum(len(_COMMA_IN_NUMBER.findall(line)) for line in sample)
        if inside >= commas * 0.8:
            best = max(rivals, key=lambda delimiter: scores[delimiter])
    return (best if scores[best] > 0 else ","), quote


def _detect_quote(sample: Sequence[str]) -> str:
    text = "\n".join(sample)
    single = len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|]|$)", text, re.MULTILINE))
    double = text.count('"')
    return "'" if single > 2 and not double else '"'


def _regularity(sample: Sequence[str], delimiter: str, quote: str) -> float:
    try:
        counts = [len(row) for row in csv.reader(sample, delimiter=delimiter, quotechar=quote) if row]
    except csv.Error:
        return 0.0
    usual, times = Counter(counts).most_common(1)[0] if counts else (1, 0)
    if usual == 1:
        # A short file whose rows differ, for instance title lines above, may still be a table.
        several = [count for count in counts if count > 1]
        return 0.3 * len(several) / len(counts) if several else 0.0
    header = 0.2 if counts[0] == usual else 0.0
    return times / len(counts) + header + 0.1 * min(usual, 20) / 20


def detect_header(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the row that names the columns, or -1 when there is none.

    A title above the table is passed over: the header is the first row that fills at least half of the usual number
    of columns, and it holds neither amounts nor dates nor addresses while the rows below do, or its words are known.
    """
    widths = Counter(len(_filled(row)) for row in rows if _filled(row))
    if not widths:
        return -1
    usual = max(widths, key=lambda width: (widths[width], width))
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        filled = _filled(row)
        if not filled or len(filled) < usual * 0.5 or (usual > 1 and len(filled) == 1):
            continue
        if any(map(looks_like_data, filled)):
            return -1
        known = sum(map(is_known, filled))
        if known >= max(1, len(filled) * 0.2) or (len(rows) > index + 1 and _data_below(row, rows[index + 1 :])):
            return index
        return -1
    return -1


def looks_like_data(cell: str) -> bool:
    """Tell whether a cell holds an amount, a date, an e-mail address or a phone number, so is no column's name."""
    return len(cell) <= 64 and _DATA.fullmatch(cell) is not None


def _filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _data_below(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether under some named cell most values are amounts, dates, e-mails or phone numbers."""
    for column, name in enumerate(row):
        cells = [other[column].strip() for other in below if len(other) > column and other[column].strip()]
        if name.strip() and cells and sum(map(looks_like_data, cells)) > len(cells) * 0.6:
            return True
    return False
