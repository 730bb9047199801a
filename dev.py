#!/usr/bin/env python3
"""One command for everything a developer does: `python3 dev.py COMMAND`; standard library only, nothing of ours.

    run [...]      start the program; without a display, play the tour instead
    test [...]     run the tests off screen; arguments go to pytest
    check          ruff, formatting, mypy, import contracts
    bench [...]    measure against the floors
    shots [...]    make the screenshots of README
    tour [FOLDER]  play the first journey off screen and keep its pictures and papers
    lock           resolve the requirements anew, for all systems, with hashes
    translations   collect the strings of the program into the catalogues
    formats        write the number and date formats of the shipped languages anew from CLDR

The first start makes a private virtual environment in .venv from the hashed lock file, and asks the system for the
libraries that Qt needs. Later starts only compare a stamp.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEVELOPER_LOCK = ROOT / "requirements-dev.lock"
TRANSLATIONS = ROOT / "resources" / "translations"
FORMATS = ROOT / "resources" / "formats"
WINDOW_TESTS = "tests/ui"  # take about as long as all others together
CANNOT = 3  # exit status: this machine lacks something that a person has to install

# Shared libraries that Qt's own libraries and plugins are linked to -> Debian's package, by what needs them.
LIBRARIES = {
    "core": """
        libEGL.so.1 libegl1, libGL.so.1 libgl1, libX11.so.6 libx11-6, libbrotlidec.so.1 libbrotli1,
        libdbus-1.so.3 libdbus-1-3, libfontconfig.so.1 libfontconfig1, libfreetype.so.6 libfreetype6,
        libglib-2.0.so.0 libglib2.0-0, libgthread-2.0.so.0 libglib2.0-0, libgssapi_krb5.so.2 libgssapi-krb5-2,
        libxkbcommon.so.0 libxkbcommon0, libz.so.1 zlib1g, libzstd.so.1 libzstd1
    """,
    "x11": """
        libX11-xcb.so.1 libx11-xcb1, libxcb-cursor.so.0 libxcb-cursor0, libxcb-glx.so.0 libxcb-glx0,
        libxcb-icccm.so.4 libxcb-icccm4, libxcb-image.so.0 libxcb-image0, libxcb-keysyms.so.1 libxcb-keysyms1,
        libxcb-randr.so.0 libxcb-randr0, libxcb-render-util.so.0 libxcb-render-util0,
        libxcb-render.so.0 libxcb-render0, libxcb-shape.so.0 libxcb-shape0, libxcb-shm.so.0 libxcb-shm0,
        libxcb-sync.so.1 libxcb-sync1, libxcb-util.so.1 libxcb-util1, libxcb-xfixes.so.0 libxcb-xfixes0,
        libxcb-xkb.so.1 libxcb-xkb1, libxcb.so.1 libxcb1, libxkbcommon-x11.so.0 libxkbcommon-x11-0
    """,
    "wayland": """
        libwayland-client.so.0 libwayland-client0, libwayland-cursor.so.0 libwayland-cursor0,
        libwayland-egl.so.1 libwayland-egl1
    """,
    "printing": "libcups.so.2 libcups2",
}


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(text, flush=True)


def stop(text: str, status: int = CANNOT) -> None:
    """Print why it does not go on, and end."""
    print(text, file=sys.stderr, flush=True)
    raise SystemExit(status)


# --- the interpreter --------------------------------------------------------------------------------------------


def check_interpreter() -> None:
    """End with a sentence, or go on under a newer Python of this machine, when this one does not fit."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and not os.environ.get("DIRECTSELL_DEV_AGAIN"):
            environment = dict(os.environ, DIRECTSELL_DEV_AGAIN="1")
            raise SystemExit(subprocess.call([other, str(Path(__file__).resolve()), *sys.argv[1:]], env=environment))
    stop(
        f"DirectSell needs Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}; this is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]} ({sys.executable}). Install a newer one and start again."
    )


def python() -> Path:
    """Return the interpreter of the private environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of children: they may write .pyc files, and see no foreign packages."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DIRECTSELL_DEV_AGAIN")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, **extra}


def call(*arguments: str | Path, **extra: str) -> int:
    """Run the private interpreter in the repository; return its exit status."""
    process = subprocess.Popen([str(python()), *map(str, arguments)], cwd=ROOT, env=environment(**extra))
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the child got it as well and decides how to end
            continue


# --- the private environment ------------------------------------------------------------------------------------


def prepare(lock: Path) -> None:
    """Make or renew .venv so that it holds what `lock` names; nothing happens while the stamp fits."""
    if _stamp(lock).exists() and _stamp(lock).read_text(encoding="ascii") == _fingerprint(lock) and python().exists():
        return
    if not _venv_fits():
        say("Making the private environment in .venv ...")
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)], env=environment()) != 0:
            shutil.rmtree(VENV, ignore_errors=True)
            stop(f"The private environment could not be made in {VENV}. Is the folder writable, and the disk not full?")
    say(f"Installing what {lock.name} names, once; this takes a minute or two ...")
    _pip_install(lock)
    _link_sources()
    for satisfied in (lock, RUNTIME_LOCK):  # the developer's lock holds all of the other
        _stamp(satisfied).write_text(_fingerprint(satisfied), encoding="ascii")


def _stamp(lock: Path) -> Path:
    return VENV / f"{lock.name}.stamp"


def _fingerprint(lock: Path) -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def _venv_fits() -> bool:
    """Tell whether .venv exists and was made by a Python of this version."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    version = next((line.partition("=")[2].strip() for line in lines if line.startswith("version")), "")
    return python().exists() and version.split(".")[:2] == [str(part) for part in sys.version_info[:2]]


def _pip_install(lock: Path) -> None:
    command = [str(python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
    command += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", str(lock)]
    done = subprocess.run(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    if done.returncode == 0:
        return
    print("\n".join(done.stdout.strip().splitlines()[-12:]), file=sys.stderr)
    stop(
        "The requirements could not be installed (pip's last words are above). Without the internet this cannot work "
        "the first time; on Linux, Qt's packages need glibc 2.34 (Debian 12, Ubuntu 22.04, Fedora 35 or later)."
    )


def _link_sources() -> None:
    """Make `import directsell` find src; by a relative path, so that the folder may be moved."""
    depth = (
        ("Lib/site-packages", "../../../src")
        if os.name == "nt"
        else ("lib/python{}.{}/site-packages", "../../../../src")
    )
    folder = VENV / depth[0].format(*sys.version_info[:2])
    (folder / "directsell.pth").write_text(depth[1] + "\n", encoding="ascii")


# --- the system's libraries -------------------------------------------------------------------------------------


def check_libraries() -> None:
    """On Linux: install (Debian, root) or name what Qt lacks; end when it cannot start without."""
    if not sys.platform.startswith("linux"):
        return
    missing = {group: _missing(table) for group, table in LIBRARIES.items()}
    if not VENV.exists() and importlib.util.find_spec("ensurepip") is None:  # Debian packs it separately
        missing["core"]["venv"] = "python3-venv"
    if not any(missing.values()):
        return
    packages = sorted({package for group in missing.values() for package in group.values()})
    if shutil.which("apt-get"):
        line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
        if os.geteuid() == 0:
            _install(line)
            return
        advice = "sudo " + " ".join(line)
    elif shutil.which("dnf") or shutil.which("zypper"):
        tool = "dnf" if shutil.which("dnf") else "zypper"
        advice = f"sudo {tool} install -y " + " ".join(f"'{name}()(64bit)'" for g in missing.values() for name in g)
    else:
        advice = "install the packages of your system that hold: " + " ".join(n for g in missing.values() for n in g)
    wayland, x11 = (bool(os.environ.get(name)) for name in ("WAYLAND_DISPLAY", "DISPLAY"))
    blocked = missing["core"] or (x11 and missing["x11"] and not (wayland and not missing["wayland"]))
    if blocked:
        stop(f"Qt lacks libraries of the system. This line installs them:\n{advice}")
    if missing["printing"] or (x11 and missing["x11"]):
        say(f"Something is missing that the window can do without for now. This line installs it:\n{advice}")


def _missing(table: str) -> dict[str, str]:
    """Return library -> package of those in a table that the loader does not find."""
    known = _loader_cache()
    pairs = (entry.split() for entry in table.split(","))
    return {name: package for name, package in pairs if name not in known and not _loads(name)}


@functools.lru_cache(maxsize=1)
def _loader_cache() -> set[str]:
    for tool in ("/sbin/ldconfig", "/usr/sbin/ldconfig", "ldconfig"):
        try:
            listing = subprocess.run([tool, "-p"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        except OSError:
            continue
        return {line.split()[0] for line in listing.stdout.splitlines()[1:] if line.strip()}
    return set()


def _loads(name: str) -> bool:
    try:
        return bool(ctypes.CDLL(name))
    except OSError:
        return False


def _install(line: list[str]) -> None:
    say("Installing libraries of the system: " + " ".join(line[4:]))
    quiet = dict(environment(), DEBIAN_FRONTEND="noninteractive")
    for command in (line, ["apt-get", "update"], line):
        done = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode == 0 and command is line:
            return
    print("\n".join(done.stdout.strip().splitlines()[-8:]), file=sys.stderr)
    stop("The libraries could not be installed (last words above). The line was:\n" + " ".join(line))


# --- commands ---------------------------------------------------------------------------------------------------


def compile_catalogues() -> None:
    """Compile each .po that is newer than its .mo."""
    for source in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/directsell.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        if pybabel("compile", "--input-file", source, "--output-file", target) != 0:
            stop(f"{source.relative_to(ROOT)} could not be compiled.")


def pybabel(*arguments: str | Path, quiet: bool = True) -> int:
    """Run Babel's catalogue tool."""
    return call("-m", "babel.messages.frontend", *(["--quiet"] if quiet else []), *arguments)


def has_display() -> bool:
    """Tell whether a window can be shown here."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in names)


def names_command(arguments: list[str]) -> bool:
    """Tell whether the program is asked for something that it does without a window."""
    left = list(arguments)
    while left and left[0].partition("=")[0] in ("--data", "--lang"):
        del left[: 1 if "=" in left[0] else 2]
    return bool(left)


def run(arguments: list[str]) -> int:
    """Start the program; without a display and without a command, play the tour."""
    if not names_command(arguments) and not has_display():
        say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be shown.")
        return tour([])
    return call("-m", "directsell", *arguments)


def tour(arguments: list[str]) -> int:
    """Play the first journey through the real widgets off screen."""
    folder = Path(arguments[0] if arguments else ROOT / "tour").resolve()
    say(f"The tour: the first journey through the real widgets, off screen. Pictures and papers go to {folder}")
    return call("-m", "directsell", "tour", "--out", folder, QT_QPA_PLATFORM="offscreen")


def test(arguments: list[str]) -> int:
    """Run pytest off screen: what the arguments say, or everything in two halves side by side, each about as long."""
    platform = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
    if arguments:
        return call("-m", "pytest", *arguments, QT_QPA_PLATFORM=platform)
    with tempfile.TemporaryFile() as kept:
        half = [str(python()), "-m", "pytest", "tests", f"--ignore={WINDOW_TESTS}"]
        env = environment(QT_QPA_PLATFORM=platform)
        other = subprocess.Popen(half, cwd=ROOT, env=env, stdout=kept, stderr=subprocess.STDOUT)
        status = call("-m", "pytest", WINDOW_TESTS, QT_QPA_PLATFORM=platform)
        status = other.wait() or status
        kept.seek(0)
        say(kept.read().decode("utf-8", "replace"))
    return status


def check(_arguments: list[str]) -> int:
    """Run every static check, all of them also when an early one fails."""
    linter = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"
    checks: dict[str, list[str]] = {
        "ruff": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "mypy": ["-m", "mypy"],
        "imports": ["-c", linter],
    }
    failed = []
    for name, command in checks.items():
        say(f"--- {name}")
        if call(*command) != 0:
            failed.append(name)
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure; off screen where there is no display."""
    extra = {} if has_display() else {"QT_QPA_PLATFORM": "offscreen"}
    return call("-m", "tests.perf.bench", *arguments, **extra)


def shots(arguments: list[str]) -> int:
    """Make the screenshots of README."""
    return call("-m", "tests.shots", *arguments, QT_QPA_PLATFORM="offscreen")


def lock(_arguments: list[str]) -> int:
    """Resolve pyproject.toml into the two lock files, newest versions within its ranges, for every system."""
    options = ["--universal", f"--python-version={OLDEST[0]}.{OLDEST[1]}", "--generate-hashes", "--upgrade", "--quiet"]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header", "--no-config"]
    for target, more in ((RUNTIME_LOCK, []), (DEVELOPER_LOCK, ["--group", "dev", "--constraints", str(RUNTIME_LOCK)])):
        status = call("-m", "uv", "pip", "compile", *options, *more, "pyproject.toml", "--output-file", target)
        if status != 0:
            return status
        say(f"wrote {target.name}")
    return 0


def translations(_arguments: list[str]) -> int:
    """Collect the strings of src into every catalogue, then report how much of each is translated."""
    template = VENV / "directsell.pot"
    keywords = [f"--keyword={name}" for name in ("N_", "pgettext:1c,2", "ngettext:1,2")]
    layout = ["--sort-by-file", "--add-location=file", "--width=110"]
    status = pybabel("extract", *keywords, *layout, "--output-file", template, "src")
    for catalogue in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/directsell.po")):
        locale = catalogue.parent.parent.name
        files: list[str | Path] = ["--input-file", template, "--output-file", catalogue, "--locale", locale]
        habits = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--width=110"]
        status |= pybabel("update", *files, *habits)
        status |= pybabel("compile", "--statistics", "-i", catalogue, "-o", catalogue.with_suffix(".mo"), quiet=False)
    return status


def formats(_arguments: list[str]) -> int:
    """Write the formats of the shipped languages."""
    return call("-m", "directsell.i18n.cldr", FORMATS)


COMMANDS = {
    "run": (run, RUNTIME_LOCK),
    "tour": (tour, RUNTIME_LOCK),
    "test": (test, DEVELOPER_LOCK),
    "check": (check, DEVELOPER_LOCK),
    "bench": (bench, DEVELOPER_LOCK),
    "shots": (shots, DEVELOPER_LOCK),
    "lock": (lock, DEVELOPER_LOCK),
    "translations": (translations, DEVELOPER_LOCK),
    "formats": (formats, DEVELOPER_LOCK),
}


def main() -> int:
    """Prepare what the command needs, then do it."""
    check_interpreter()
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(__doc__)
        return 0 if sys.argv[1:] in ([], ["-h"], ["--help"], ["help"]) else 2
    command, requirements = COMMANDS[sys.argv[1]]
    check_libraries()
    prepare(requirements)
    compile_catalogues()
    return command(sys.argv[2:])


if __name__ == "__main__":
    raise SystemExit(main())
