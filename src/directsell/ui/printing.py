"""The ways a PDF leaves the program: printer, file, viewer. Tests replace the machine's side with ``use``.

Linux and macOS hand the PDF itself to CUPS, so it stays sharp, small and exactly as large as it was drawn. Elsewhere each page
goes through QPrinter as a picture of 300 dpi, placed from the corner of the sheet and never scaled to "fit".
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QRectF, QSizeF, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from directsell.exchange.files import atomic_write, safe_name
from directsell.i18n import _
from directsell.ui import pdf
from directsell.ui.dialogs import Tone, dialogs
from directsell.ui.tasks import Job

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from directsell.ui.session import Session

DPI = 300
_MM_PER_POINT = 25.4 / 72.0
# Names of PWG 5101.1, understood by every CUPS; (width, height) in millimetres, upright.
_MEDIA: tuple[tuple[str, float, float], ...] = (
    ("iso_a4_210x297mm", 210.0, 297.0),
    ("iso_a5_148x210mm", 148.0, 210.0),
    ("iso_a6_105x148mm", 105.0, 148.0),
    ("na_letter_8.5x11in", 215.9, 279.4),
    ("na_invoice_5.5x8.5in", 139.7, 215.9),
    ("na_legal_8.5x14in", 215.9, 355.6),
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A PDF to give out: ``name`` without ending for files and print queues, its bytes, its page sizes in points."""

    name: str
    data: bytes
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen in the print dialog.

    Attributes:
        printer: name of the queue; empty when ``file`` is set.
        copies: how many.
        pages: first and last page, or None for all.
        two_sided: CUPS value of ``sides``, or "".
        file: "print to file" of the system's dialog.
        device: the QPrinter of the dialog, for systems without CUPS.
    """

    printer: str
    copies: int = 1
    pages: tuple[int, int] | None = None
    two_sided: str = ""
    file: Path | None = None
    device: QPrinter | None = field(default=None, compare=False)


class Machine(Protocol):
    """What the operating system does for us."""

    def printers(self) -> Sequence[str]:
        """Names of the printers."""
        ...

    def choose(self, parent: QWidget | None, leaf: Leaf) -> Choice | None:
        """Ask for printer and copies; None when given up."""
        ...

    def spooler(self) -> str:
        """Path of CUPS' ``lp``, or "" where pictures must be printed."""
        ...

    def open(self, file: Path) -> bool:
        """Open a file in the viewer of the system."""
        ...


class System:
    """The real machine."""

    def printers(self) -> Sequence[str]:
        """See Machine."""
        from PySide6.QtPrintSupport import QPrinterInfo

        return QPrinterInfo.availablePrinterNames()

    def choose(self, parent: QWidget | None, leaf: Leaf) -> Choice | None:
        """See Machine."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, leaf)
        dialog = QPrintDialog(printer, parent)
        dialog.setMinMax(1, len(leaf.sizes))
        accepted = dialog.exec()
        dialog.deleteLater()
        if not accepted:
            return None
        some = printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage() > 0
        sides = {
            QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
            QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
        }
        target = printer.outputFileName()
        return Choice(
            printer=printer.printerName(),
            copies=max(1, printer.copyCount()),
            pages=(printer.fromPage(), printer.toPage()) if some else None,
            two_sided=sides.get(printer.duplex(), ""),
            file=Path(target) if target else None,
            device=printer,
        )

    def spooler(self) -> str:
        """See Machine."""
        return "" if sys.platform == "win32" else shutil.which("lp") or ""

    def open(self, file: Path) -> bool:
        """See Machine."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


_machine: Machine = System()
_shown: tempfile.TemporaryDirectory[str] | None = None


def use(machine: Machine) -> Machine:
    """Replace the machine of the process (tests); returns the one before."""
    global _machine
    before, _machine = _machine, machine
    return before


def media_name(width: float, height: float) -> str:
    """Return the name of a sheet given in points, upright or turned; an unknown size as ``Custom`` in millimetres."""
    short, long = sorted((width * _MM_PER_POINT, height * _MM_PER_POINT))
    for name, known_short, known_long in _MEDIA:
        if abs(short - known_short) < 1.0 and abs(long - known_long) < 1.0:
            return name
    return f"Custom.{short:.1f}x{long:.1f}mm"


def lp_command(spooler: str, choice: Choice, leaf: Leaf, file: Path) -> list[str]:
    """Return the command line that prints a PDF file in its own size."""
    command = [spooler, "-d", choice.printer, "-n", str(choice.copies), "-t", leaf.name[:120]]
    largest = max(leaf.sizes, key=lambda size: size[0] * size[1])  # pieces of a roll may differ in length
    options = [f"media={media_name(*largest)}", "fit-to-page=false", "print-scaling=none"]
    if choice.two_sided:
        options.append(f"sides={choice.two_sided}")
    for option in options:
        command += ["-o", option]
    if choice.pages is not None:
        command += ["-P", f"{choice.pages[0]}-{choice.pages[1]}"]
    return [*command, "--", str(file)]


def print_leaf(session: Session, parent: QWidget, leaf: Leaf, *, done: Callable[[], object] | None = None) -> None:
    """Ask for a printer and print; every outcome is told to the user.

    Args:
        session: whose tasks spool in the background.
        parent: window of the dialog; callbacks end with it.
        leaf: what to print.
        done: called when the paper is on its way.
    """
    if not _machine.printers():
        text = _("This computer has no printer. Save the paper as a PDF, or add a printer in the system's settings.")
        dialogs().message(parent, _("No printer"), text, tone=Tone.WARNING)
        return
    choice = _machine.choose(parent, leaf)
    if choice is None:
        return
    after = _Printed(session, parent, choice, done)
    if choice.file is not None:
        write_pdf(session, parent, leaf, choice.file)
        return
    spooler = _machine.spooler()
    if spooler:
        session.tasks.start(_Spool(spooler, choice, leaf), done=after.tell, failed=after.complain, owner=parent)
    elif choice.device is not None:
        print_pictures(choice.device, leaf, choice.pages)
        after.tell(None)


@dataclass(frozen=True, slots=True)
class _Spool:
    """Hands a file to CUPS in a worker."""

    spooler: str
    choice: Choice
    leaf: Leaf

    def __call__(self, job: Job) -> None:
        with tempfile.TemporaryDirectory(prefix="directsell-") as folder:
            file = Path(folder) / safe_name(self.leaf.name, suffix=".pdf")
            file.write_bytes(self.leaf.data)
            command = lp_command(self.spooler, self.choice, self.leaf, file)
            answer = subprocess.run(command, capture_output=True, timeout=60, check=False)
        if answer.returncode:
            raise PrintFailed(answer.stderr.decode(errors="replace").strip())


class PrintFailed(Exception):
    """The print queue refused; the text is the queue's own."""


@dataclass(frozen=True, slots=True)
class _Printed:
    session: Session
    parent: QWidget
    choice: Choice
    done: Callable[[], object] | None

    def tell(self, _nothing: None) -> None:
        self.session.say(_("Sent to {printer}").format(printer=self.choice.printer))
        if self.done is not None:
            self.done()

    def complain(self, error: Exception) -> None:
        if not isinstance(error, PrintFailed | OSError | subprocess.SubprocessError):
            raise error
        text = _("The printer {printer} did not take the paper. Is it switched on and connected?")
        dialogs().message(
            self.parent,
            _("Not printed"),
            text.format(printer=self.choice.printer),
            details=str(error),
            tone=Tone.ERROR,
        )


def prepare(printer: QPrinter, leaf: Leaf) -> None:
    """Set resolution, sheet and orientation of a printer to those of a PDF, without margins of our own."""
    printer.setResolution(DPI)
    printer.setFullPage(True)
    _set_sheet(printer, leaf.sizes[0])
    printer.setDocName(leaf.name)


def _set_sheet(printer: QPrinter, size: tuple[float, float]) -> None:
    width, height = size
    printer.setPageSize(QPageSize(QSizeF(min(size), max(size)), QPageSize.Unit.Point))
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turned)


def print_pictures(printer: QPrinter, leaf: Leaf, pages: tuple[int, int] | None = None) -> None:
    """Print pages as pictures of 300 dpi in their exact size, from the corner of the sheet."""
    first, last = pages or (1, len(leaf.sizes))
    painter = QPainter(printer)
    # With a full page the origin is the corner of the sheet; drivers that keep a margin say so in the painted rectangle.
    corner = -printer.pageLayout().paintRectPixels(printer.resolution()).topLeft()
    for place, number in enumerate(range(first - 1, min(last, len(leaf.sizes)))):
        if place:
            if leaf.sizes[number] != leaf.sizes[number - 1]:
                _set_sheet(printer, leaf.sizes[number])
            printer.newPage()
        image = pdf.draw_page(leaf.data, number, DPI / pdf.POINTS_PER_INCH)
        _draw(painter, image, corner, leaf.sizes[number], printer.resolution())
    painter.end()


def _draw(painter: QPainter, image: QImage, corner: QPoint, size: tuple[float, float], dpi: int) -> None:
    scale = dpi / pdf.POINTS_PER_INCH
    painter.drawImage(QRectF(corner.x(), corner.y(), size[0] * scale, size[1] * scale), image)


def save_leaf(session: Session, parent: QWidget, leaf: Leaf, *, folder: Path | None = None) -> Path | None:
    """Ask for a place and save the PDF there; returns it, or None."""
    suggested = (folder or Path.home()) / safe_name(leaf.name, suffix=".pdf")
    target = dialogs().save_file(parent, _("Save as PDF"), _("PDF files (*.pdf)"), suggested=suggested)
    if target is None:
        return None
    if target.suffix.lower() != ".pdf":
        target = target.with_name(target.name + ".pdf")
    return target if write_pdf(session, parent, leaf, target) else None


def write_pdf(session: Session, parent: QWidget, leaf: Leaf, target: Path) -> bool:
    """Write the PDF and say so; a refusal of the system is told in a sentence."""
    from directsell.exchange.errors import ExchangeError

    try:
        atomic_write(target, leaf.data)
    except ExchangeError as error:
        from directsell.ui.messages import sentence

        text = sentence(error) or _("The file {name} could not be written.").format(name=target.name)
        dialogs().message(parent, _("Not saved"), text, details=str(target), tone=Tone.ERROR)
        return False
    session.say(_("Saved: {name}").format(name=target.name))
    return True


def open_leaf(parent: QWidget, leaf: Leaf) -> None:
    """Show the PDF in the viewer of the system; the copy it reads vanishes when the program ends."""
    global _shown
    name = safe_name(leaf.name, suffix=".pdf")
    try:
        if _shown is None:
            _shown = tempfile.TemporaryDirectory(prefix="directsell-", ignore_cleanup_errors=True)
        file = Path(_shown.name) / name
        file.write_bytes(leaf.data)
    except OSError as error:
        text = _("The file {name} could not be written.").format(name=name)
        dialogs().message(parent, _("Cannot be opened"), text, details=error.strerror or "", tone=Tone.ERROR)
        return
    if not _machine.open(file):
        text = _("No program for PDF files was found. Save the paper and open it yourself.")
        dialogs().message(parent, _("Cannot be opened"), text, tone=Tone.WARNING)
