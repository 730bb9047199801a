"""Bytes of a vCard file into cards of properties: unfolding, encodings, parameters, limits. No people here.

Own code and not vobject 0.9.9, which was tried on files as address books write them: it decodes quoted-printable line
by line and dies where a soft break cuts a letter in two (every older Android phone), one line without a colon ends the
whole file instead of being reported, pictures of version 4.0 (``data:...;base64,...``) lose their content, and it has
no limits.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from directsell.exchange.errors import ExchangeError, Finding
from directsell.exchange.formats import Cancelled, Progress
from directsell.exchange.streams import byte_chunks, text_chunks

MAX_LINE_BYTES = 8_000_000
MAX_CARD_BYTES = 16_000_000
MAX_PROPERTIES = 2_000
MAX_CARDS = 100_000

_MAX_TEXT_BYTES = 100_000
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})

_BEGIN = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_AGENT = re.compile(rb"\s*(?:[\w-]+\.)?AGENT\b", re.IGNORECASE)
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/=\s]+")
_NAME = re.compile(r"(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)", re.ASCII)
# Only encodings of text that address books use: Python knows others that are slow or change what the text says.
_CHARSET = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|us-ascii|ascii|iso-?8859-?\d{1,2}|(?:windows|cp)-?\d{3,4}|shift[_-]?jis|sjis|"
    r"euc-(?:jp|kr)|iso-2022-jp|gb(?:2312|k|18030)|big5|koi8-[ru]|macintosh",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([\\;,:nN])")
_CARET = {"^n": "\n", "^N": "\n", "^'": '"', "^^": "^"}


class Property(NamedTuple):
    """One property of a card: ``item1.TEL;TYPE=cell:+33 1`` as group, name, parameters, value.

    Attributes:
        line_number: line of the file.
        group, name: in upper case; the group is "" mostly.
        params: values by upper-case name; parameters without a name (version 2.1) are types.
        raw: the value as bytes, unfolded, base64 and quoted-printable undone.
        text: the value as text with its escapes; "" for base64.
    """

    line_number: int
    group: str
    name: str
    params: dict[str, tuple[str, ...]]
    raw: bytes
    text: str

    @property
    def types(self) -> frozenset[str]:
        """The values of TYPE in lower case."""
        return frozenset(value.lower() for value in self.params.get("TYPE", ()))

    def parts(self, separator: str) -> list[str]:
        """Return the value cut at separators that are not escaped, escapes undone."""
        return split_escaped(self.text, separator)


@dataclass(slots=True)
class Card:
    """The properties of one card, and what could not be read in it."""

    line_number: int
    version: str = "3.0"
    properties: list[Property] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Logical:
    """One property over its folded lines."""

    line_number: int
    parts: list[bytes]
    quoted: bool
    base64: bool


def read_cards(
    path: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Iterator[Card | Finding]:
    """Yield the cards of a file; what is outside of cards, or too big to be one, as findings.

    Raises:
        ExchangeError: ``vcard.no_card``, ``vcard.line_too_long``, ``vcard.too_many_cards``, ``file.*``.
    """
    lines = _byte_lines(_utf8_chunks(byte_chunks(path, progress=progress, cancelled=cancelled)))
    count = 0
    for item in _cards(lines, path):
        count += isinstance(item, Card)
        if count > MAX_CARDS:
            raise ExchangeError("vcard.too_many_cards", limit=MAX_CARDS)
        yield item
    if not count:
        raise ExchangeError("vcard.no_card", name=path.name)


def unescape(text: str) -> str:
    r"""Undo the escapes of values: \n, \, and \; and \\; others stay as they are."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def split_escaped(text: str, separator: str) -> list[str]:
    """Cut a value at separators without a backslash before them, and undo the escapes of each part."""
    parts, start, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] == separator:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    parts.append(text[start:])
    return [unescape(part) for part in parts]


def _utf8_chunks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Give UTF-16 files as UTF-8 and take away the byte order mark; other bytes pass as they are."""
    first = next(chunks, b"")
    rest = _chain(first, chunks)
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if first.startswith(mark):
            yield from (text.encode("utf-8", "replace") for text in text_chunks(rest, encoding))
            return
    if first.startswith(b"\xef\xbb\xbf"):
        rest = _chain(first[3:], chunks)
    yield from rest


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _byte_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield lines without their ends, which may be those of any system.

    Raises:
        ExchangeError: ``vcard.line_too_long``.
    """
    rest, number = b"", 0
    for chunk in chunks:
        block = rest + chunk
        held = b"\r" if block.endswith(b"\r") else b""  # its "\n" may come with the next piece
        lines = block[: len(block) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        rest = lines.pop() + held
        number += len(lines)
        if len(rest) > MAX_LINE_BYTES:
            raise ExchangeError("vcard.line_too_long", line=number + 1, limit=MAX_LINE_BYTES)
        yield from lines
    if rest:
        yield rest.rstrip(b"\r")


def _cards(lines: Iterator[bytes], path: Path) -> Iterator[Card | Finding]:
    collected: list[_Logical] = []
    start = size = depth = 0
    outside = False
    for number, line in enumerate(lines, start=1):
        if _BEGIN.fullmatch(line):
            if depth and collected and _AGENT.match(collected[-1].parts[0]):
                depth += 1  # an assistant's card inside the card
            else:
                if depth:
                    yield _finish(start, collected, size, closed=False)
                collected, start, size, depth = [], number, 0, 1
            outside = False
        elif not depth:
            if line.strip() and not outside:
                if not start:
                    raise ExchangeError("vcard.no_card", name=path.name)
                outside = True  # one finding for a run of such lines
                yield Finding(number, "vcard.bad_line", {"text": _shown(line)})
        elif _END.fullmatch(line):
            depth -= 1
            if not depth:
                yield _finish(start, collected, size, closed=True)
                collected = []
        elif depth == 1:
            size += len(line)
            if size <= MAX_CARD_BYTES and len(collected) <= MAX_PROPERTIES:
                _collect(collected, number, line)
    if depth:
        yield _finish(start, collected, size, closed=False)


def _collect(collected: list[_Logical], number: int, line: bytes) -> None:
    """Add a line to the property under way when it continues it, else begin a new one."""
    last = collected[-1] if collected else None
    if last is not None:
        if last.quoted and last.parts[-1].endswith(b"="):
            last.parts[-1] = last.parts[-1][:-1]
            last.parts.append(line)
            return
        if line[:1] in (b" ", b"\t"):
            last.parts.append(line)
            return
        if last.base64 and b":" not in line and _BASE64_LINE.fullmatch(line):
            last.parts.append(line)  # some phones do not indent the lines of a picture
            return
    if not line.strip():
        return
    head = line.partition(b":")[0].upper()
    base64 = b"ENCODING=B" in head or b";BASE64" in head
    collected.append(_Logical(number, [line], b"QUOTED-PRINTABLE" in head, base64))


def _finish(start: int, collected: list[_Logical], size: int, *, closed: bool) -> Card | Finding:
    if size > MAX_CARD_BYTES or len(collected) > MAX_PROPERTIES:
        return Finding(start, "vcard.card_too_long", {"limit": MAX_CARD_BYTES, "properties": MAX_PROPERTIES})
    card = Card(start)
    for item in collected:
        if item.parts[0].strip().upper().startswith(b"VERSION:"):
            card.version = item.parts[0].partition(b":")[2].strip().decode("ascii", "replace")
    for item in collected:
        try:
            card.properties.append(_property(item, card))
        except ExchangeError as error:
            card.findings.append(Finding(item.line_number, error.code, dict(error.params)))
    if not closed:
        card.findings.append(Finding(start, "vcard.not_closed", {}))
    return card


def _property(item: _Logical, card: Card) -> Property:
    line = _unfolded(item, card.version)
    colon = _value_colon(line)
    if colon < 0:
        raise ExchangeError("vcard.bad_line", text=_shown(line))
    head = line[:colon].decode("utf-8", "replace")
    names, *rest = _split_parameters(head)
    match = _NAME.fullmatch(names.strip())
    if match is None:
        raise ExchangeError("vcard.bad_line", text=_shown(line))
    params = _parameters(rest)
    raw = line[colon + 1 :]
    name = match["name"].upper()
    encoding = params.get("ENCODING", ("",))[0].upper()
    if encoding == "QUOTED-PRINTABLE":
        raw = binascii.a2b_qp(raw)
    if len(raw) > _MAX_TEXT_BYTES and name not in _BINARY:
        raise ExchangeError("text.too_long", limit=_MAX_TEXT_BYTES)
    text = "" if encoding in ("B", "BASE64") else _decoded(raw, params, item, card)
    return Property(item.line_number, (match["group"] or "").upper(), name, params, raw, text)


def _unfolded(item: _Logical, version: str) -> bytes:
    if len(item.parts) == 1:
        return item.parts[0]
    if item.quoted:
        return b"".join(item.parts)
    if item.base64:
        return b"".join(part.strip() for part in item.parts)
    # Version 2.1 folds at a space that belongs to the text, later versions insert one.
    first = 0 if version.startswith("2") else 1
    return item.parts[0] + b"".join(part[first:] for part in item.parts[1:])


def _value_colon(line: bytes) -> int:
    """Return the place of the colon before the value; one between quotation marks belongs to a parameter."""
    colon = line.find(b":")
    quote = line.find(b'"')
    if quote < 0 or quote > colon:
        return colon
    inside = False
    for place, byte in enumerate(line[:2_000]):
        if byte == 0x22:
            inside = not inside
        elif byte == 0x3A and not inside:
            return place
    return colon


def _split_parameters(head: str) -> list[str]:
    return re.findall(r'(?:[^;"]|"[^"]*"?)+', head) or [""]


def _parameters(texts: list[str]) -> dict[str, tuple[str, ...]]:
    params: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip().upper()
        if not equals:  # version 2.1: TEL;CELL;QUOTED-PRINTABLE:
            name, value = ("ENCODING" if name in ("QUOTED-PRINTABLE", "BASE64") else "TYPE"), text.strip()
        values = [part.strip().strip('"') for part in re.findall(r'(?:[^,"]|"[^"]*"?)+', value)]
        if name == "TYPE":
            values = [part for joined in values for part in joined.split(",")]  # TYPE="cell,home"
        values = [re.sub(r"\^[nN'^]", lambda match: _CARET[match[0]], part) for part in values]
        params[name] = (*params.get(name, ()), *values)
    return params


def _decoded(raw: bytes, params: dict[str, tuple[str, ...]], item: _Logical, card: Card) -> str:
    charset = params.get("CHARSET", ("",))[0]
    for name in (charset, "utf-8"):
        if name and _CHARSET.fullmatch(name):
            try:
                return raw.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    card.findings.append(Finding(item.line_number, "vcard.encoding_guessed", {"encoding": "cp1252"}))
    return raw.decode("cp1252", "replace")


def _shown(line: bytes) -> str:
    return line[:200].decode("utf-8", "replace").strip()
