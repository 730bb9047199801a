"""dev.py's table of system libraries against what the installed Qt is really linked to (Linux)."""

from __future__ import annotations

import importlib.util
import struct
import sys
from pathlib import Path

from tests.architecture.sources import ROOT

QT_LIBRARIES = ("Core", "Gui", "Widgets", "Network", "PrintSupport", "DBus", "Svg", "XcbQpa", "WaylandClient", "OpenGL")
PLUGINS = ("platforms/libqxcb", "platforms/libqoffscreen", "platforms/libqwayland", "imageformats/libqsvg",
           "xcbglintegrations/libqxcb-glx-integration", "printsupport/libcupsprintersupport")  # fmt: skip
# glibc and the C++ runtime come with Python; brotlicommon with brotlidec.
ALWAYS_THERE = ("libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "libresolv.so", "libstdc++.so",
                "libgcc_s.so", "ld-linux", "libbrotlicommon.so")  # fmt: skip


def needed(path: Path) -> set[str]:
    """Return the names in DT_NEEDED of a 64-bit little-endian ELF file."""
    data = path.read_bytes()
    offset, _flags, _size, _psize, _pcount, size, count, _names = struct.unpack_from("<QIHHHHHH", data, 40)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, offset + index * size) for index in range(count)]
    dynamic = next(section for section in sections if section[1] == 6)  # SHT_DYNAMIC
    strings = sections[dynamic[6]][4]
    entries = (struct.unpack_from("<QQ", data, dynamic[4] + at) for at in range(0, dynamic[5], 16))
    return {
        data[strings + value : data.index(b"\0", strings + value)].decode() for tag, value in entries if tag == 1
    }  # DT_NEEDED


def test_table_names_every_library_that_qt_needs() -> None:
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(spec.submodule_search_locations[0]) / "Qt"
    if not sys.platform.startswith("linux"):
        return
    files = [folder / "lib" / f"libQt6{name}.so.6" for name in QT_LIBRARIES]
    files += [folder / "plugins" / f"{name}.so" for name in PLUGINS]
    bundled = {path.name for path in (folder / "lib").iterdir()}
    wanted = {name for path in files for name in needed(path)} - bundled
    source = (ROOT / "dev.py").read_text(encoding="utf-8")
    unnamed = {name for name in wanted if not name.startswith(ALWAYS_THERE) and f"{name} " not in source}
    assert not unnamed
