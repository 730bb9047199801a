"""The first step: what the file holds, and which file. It may be dropped here. Nothing is read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from directsell.exchange.headers import Target
from directsell.i18n import _
from directsell.ui.dialogs import dialogs
from directsell.ui.theme import T, paint_icon
from directsell.ui.widgets.buttons import Button, Kind
from directsell.ui.widgets.choosers import Segmented
from directsell.ui.widgets.labels import Label, Role
from directsell.ui.widgets.states import Banner, ProgressPanel
from directsell.usecases.imports.words import TARGETS


class FileStep(QWidget):
    """``FileStep(target)``: ``kinds`` (what the file holds), ``choose_button``, ``busy(on)``, ``fail(sentence)``.

    Signals: ``chosen(object Path)``; ``cancelled()`` while the file is recognised.
    """

    chosen = Signal(object)
    cancelled = Signal()

    def __init__(self, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self.kinds = Segmented([(key, _(name)) for key, name in TARGETS.items()], target, name=_("What the file holds"))
        self.kinds.changed.connect(self._explain)
        self._column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeading)
        self._words = Label("", Role.MUTED, wrap=True)
        self._column.addWidget(self._words)
        self.area = DropArea()
        self.area.dropped.connect(self.chosen)
        self.choose_button = Button(_("Choose a file …"), "folder-open", kind=Kind.PRIMARY, on_click=self.choose)
        self.area.column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.area.column.addStretch(1)
        self._column.addWidget(self.area, 1)
        self.progress = ProgressPanel(_("Looking at the file …"))
        self.progress.cancelled.connect(self.cancelled)
        self.progress.hide()
        self._column.addWidget(self.progress)
        self._explain()

    def target(self) -> Target:
        """Return what the file holds, as chosen."""
        return next(key for key in TARGETS if key == self.kinds.value())

    def choose(self) -> None:
        """Ask for a file."""
        tables = "*.csv *.tsv *.txt *.xlsx *.csv.gz *.csv.xz"
        cards = " *.vcf" if self.target() == "people" else ""
        filters = ";;".join((_("Tables and contacts ({patterns})").format(patterns=tables + cards), _("All files (*)")))
        path = dialogs().open_file(self, _("Choose a file"), filters, folder=self._folder)
        if path is not None:
            self._folder = path.parent
            self.chosen.emit(path)

    def busy(self, on: bool) -> None:
        """Show that the file is being looked at."""
        self.progress.restart(_("Looking at the file …"))
        self.progress.setVisible(on)
        self.area.setEnabled(not on)
        self.kinds.setEnabled(not on)
        if on:
            self.fail("")

    def fail(self, sentence: str) -> None:
        """Say why a file cannot be used; "" takes it back."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if sentence:
            self._banner = Banner(sentence, "bad")
            self._column.insertWidget(2, self._banner)

    def _explain(self) -> None:
        words = {
            "sales": _(
                "Past sales of another program, one line for each product. They become delivered orders whose money was "
                "settled elsewhere; customers and products that are not here yet are made."
            ),
            "people": _(
                "Lists of people, or contacts as phones and mail programs save them (vCard). Who is here already is "
                "completed, never doubled."
            ),
            "products": _(
                "A price list. New products are added, changed prices hold from today on, nothing is removed."
            ),
        }
        self._words.setText(words[self.target()])


class DropArea(QWidget):
    """A place that takes one dropped file. Signal: ``dropped(object Path)``; ``column`` holds what stands in it."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.setMinimumHeight(210)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 92, 24, 20)
        self.column.setSpacing(10)
        words = Label(_("Drop the file here: CSV, TSV, XLSX or vCard"), Role.MUTED, wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen = QPen(T("accent" if self._over else "field_border"), 1.6, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(T("soft") if self._over else T("bg"))
        painter.drawRoundedRect(rect, 14, 14)
        paint_icon(painter, "upload", QRectF(rect.center().x() - 20, 38, 40, 40), T("accent_text"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event) is not None:
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _set_over(self, on: bool) -> None:
        self._over = on
        self.update()


def _file_of(event: QDropEvent) -> Path | None:
    """Return the one local file that is dragged."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None
