"""Bytes and text of a file as a stream: decompression, decoding, lines, limits, progress. Nothing about tables."""

from __future__ import annotations

import codecs
import io
import lzma
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from directsell.exchange.errors import ExchangeError
from directsell.exchange.files import open_for_reading, translated_errors
from directsell.exchange.formats import MAX_LINE_CHARS, MAX_TEXT_BYTES, Cancelled, Progress

CHUNK_BYTES = 128 * 1024
_XZ_MEMORY = 100_000_000  # the highest preset needs 65 MB to unpack; a forged header may ask for 4 GB

# Stands for each byte that the encoding does not know: it cannot come out of well-formed input of any encoding.
UNDECODABLE = "\udcff"
_DECODE_ERRORS = "directsell-undecodable"


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return UNDECODABLE, error.end


codecs.register_error(_DECODE_ERRORS, _mark_undecodable)


def compression_of(head: bytes) -> str:
    """Return "xz", "gz" or "" by the first bytes of a file."""
    if head.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    return "gz" if head.startswith(b"\x1f\x8b\x08") else ""


def byte_chunks(
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    limit: int = MAX_TEXT_BYTES,
) -> Iterator[bytes]:
    """Yield the content of a file, unpacked when it is an xz or gzip archive, in pieces of at most 128 KB.

    Args:
        path: an ordinary file.
        progress: called with (bytes of the file read so far, size of the file).
        cancelled: asked between pieces.
        limit: most bytes, after unpacking.

    Raises:
        ExchangeError: ``file.*``, ``table.too_large`` or ``exchange.cancelled``.
    """
    with open_for_reading(path) as file:
        raw = _raw_chunks(path, file, progress, cancelled)
        first = next(raw, b"")
        compression = compression_of(first)
        chunks = _chain(first, raw)
        if compression == "xz":
            chunks = _unpack_xz(path, chunks)
        elif compression == "gz":
            chunks = _unpack_gz(path, chunks)
        total = 0
        for chunk in chunks:
            total += len(chunk)
            if total > limit:
                raise ExchangeError("table.too_large", name=path.name, limit=limit)
            yield chunk


def text_chunks(chunks: Iterator[bytes], encoding: str) -> Iterator[str]:
    r"""Decode a stream; line ends of every system become "\n", a byte order mark goes, broken bytes are marked.

    Args:
        chunks: the bytes.
        encoding: a name of `formats.ENCODINGS`.
    """
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(_DECODE_ERRORS), translate=True)
    first = True
    for chunk in chunks:
        text = decoder.decode(chunk)
        if first and text:
            text = text.removeprefix("\ufeff")
            first = False
        if text:
            yield text
    if tail := decoder.decode(b"", final=True):
        yield tail


def text_lines(chunks: Iterator[str], limit: int = MAX_LINE_CHARS) -> Iterator[str]:
    r"""Yield lines, each with its "\n" (the last one perhaps without).

    Raises:
        ExchangeError: ``table.line_too_long`` as soon as more than `limit` characters came without a line end.
    """
    number, rest = 0, ""
    for chunk in chunks:
        lines = (rest + chunk).split("\n")
        rest = lines.pop()
        number += len(lines)
        if len(rest) > limit or (lines and len(lines[0]) > limit):
            raise ExchangeError("table.line_too_long", line=number + 1, limit=limit)
        for line in lines:
            yield line + "\n"
    if rest:
        yield rest


def _raw_chunks(path: Path, file: BinaryIO, progress: Progress | None, cancelled: Cancelled | None) -> Iterator[bytes]:
    done, size = 0, os.fstat(file.fileno()).st_size
    while True:
        if cancelled is not None and cancelled():
            raise ExchangeError("exchange.cancelled", name=path.name)
        with translated_errors(path, "file.unreadable"):
            chunk = file.read(CHUNK_BYTES)
        if not chunk:
            return
        done += len(chunk)
        yield chunk
        if progress is not None:
            progress(done, max(size, done))


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _unpack_xz(path: Path, chunks: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    fresh = True
    try:
        for chunk in chunks:
            data = chunk
            while True:
                if fresh:
                    data = data.lstrip(b"\0")  # streams may be padded with zeros in between
                    if not data:
                        break
                    fresh = False
                if out := unpacker.decompress(data, CHUNK_BYTES):
                    yield out
                data = b""
                if unpacker.eof:
                    data = unpacker.unused_data
                    unpacker, fresh = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY), True
                elif unpacker.needs_input:
                    break
    except lzma.LZMAError as error:
        raise ExchangeError("file.damaged_archive", name=path.name) from error
    if not fresh:
        raise ExchangeError("file.truncated", name=path.name)


def _unpack_gz(path: Path, chunks: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    fresh = True
    try:
        for chunk in chunks:
            data = chunk
            while data:
                if fresh:
                    data = data.lstrip(b"\0")
                    if not data:
                        break
                    fresh = False
                if out := unpacker.decompress(data, CHUNK_BYTES):
                    yield out
                data = unpacker.unconsumed_tail
                if unpacker.eof:
                    data = unpacker.unused_data
                    unpacker, fresh = zlib.decompressobj(wbits=31), True
    except zlib.error as error:
        raise ExchangeError("file.damaged_archive", name=path.name) from error
    if not fresh:
        raise ExchangeError("file.truncated", name=path.name)
