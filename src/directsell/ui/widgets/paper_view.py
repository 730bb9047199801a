"""A PDF on the screen: all pages below each other, sharp at every zoom, drawn in a worker. No knowledge of what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from directsell.i18n import _
from directsell.ui.pdf import POINTS_PER_INCH, PdfInfo, draw_page, read_info
from directsell.ui.tasks import Job, Tasks
from directsell.ui.theme import T, font
from directsell.ui.widgets.painting import draw_text, focus_ring

MARGIN = 20
GAP = 16
SMALLEST, LARGEST = 0.25, 5.0
_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)
_SCREEN = 96.0 / POINTS_PER_INCH  # logical pixels of a point at 100 %
_KEPT = 12  # drawn pages that are remembered


@dataclass(frozen=True, slots=True)
class _Read:
    data: bytes

    def __call__(self, job: Job) -> PdfInfo:
        return read_info(self.data)


@dataclass(frozen=True, slots=True)
class _Draw:
    data: bytes
    number: int
    scale: float

    def __call__(self, job: Job) -> tuple[int, float, QImage]:
        return self.number, self.scale, draw_page(self.data, self.number, self.scale)


class PaperView(QAbstractScrollArea):
    """``PaperView(tasks, name="", *, parent=None)``: ``show_pdf(bytes)``, ``clear(message="")``, ``info`` (PdfInfo or None).

    ``zoom`` (1.0 = 100 %), ``set_zoom(factor)``, ``zoom_in()``, ``zoom_out()``, ``fit_width()``, ``fit_page()``; ``page_count``,
    ``current_page`` (from 1). Keys: + - 0 (fit width), Page Up/Down, Home, End, Ctrl+C copies the words.

    Signals: ``loaded()``; ``failed(object error)``; ``moved(int page, int pages)``; ``zoomed(float)``.
    """

    loaded = Signal()
    failed = Signal(object)
    moved = Signal(int, int)
    zoomed = Signal(float)

    def __init__(self, tasks: Tasks, name: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._name = name
        self._data = b""
        self._info: PdfInfo | None = None
        self._message = ""
        self._zoom = 1.0
        self._fit = "width"
        self._pages: dict[int, tuple[float, QImage]] = {}
        self._wanted: dict[int, float] = {}
        self._reading: Job | None = None
        self._told = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name or _("Paper"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    # --- content

    @property
    def info(self) -> PdfInfo | None:
        """Sizes and words, as soon as they were read."""
        return self._info

    @property
    def page_count(self) -> int:
        """Number of pages; 0 while nothing is shown."""
        return len(self._info.sizes) if self._info else 0

    @property
    def current_page(self) -> int:
        """The page in the middle of the view, from 1; 0 while nothing is shown."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        spots = self._spots()
        for number, spot in enumerate(spots, start=1):
            if spot.bottom() + GAP >= middle:
                return number
        return len(spots)

    @property
    def zoom(self) -> float:
        """1.0 is the size of the paper on a screen of 96 dpi."""
        return self._zoom

    @property
    def drawn(self) -> bool:
        """Whether every visible page is sharp."""
        return self._info is not None and not self._wanted

    def show_pdf(self, data: bytes) -> None:
        """Show a PDF from its first page; the zoom stays."""
        self._forget()
        self._data = data
        self._message = ""
        self.verticalScrollBar().setValue(0)
        self._reading = self._tasks.start(_Read(data), done=self._arrived, failed=self._refused, owner=self)
        self.viewport().update()

    def clear(self, message: str = "") -> None:
        """Show nothing but a message."""
        self._forget()
        self._data = b""
        self._message = message
        self._arrange()
        self.setAccessibleDescription(message)
        self.viewport().update()

    def set_name(self, name: str) -> None:
        """Change what a screen reader calls the paper."""
        self._name = name
        self.setAccessibleName(name)

    # --- moving about

    def set_zoom(self, factor: float) -> None:
        """Show at a factor; the middle of the view stays where it is."""
        self._fit = ""
        self._apply(factor)

    def zoom_in(self) -> None:
        """The next larger step."""
        self.set_zoom(next((step for step in _STEPS if step > self._zoom * 1.01), LARGEST))

    def zoom_out(self) -> None:
        """The next smaller step."""
        self.set_zoom(next((step for step in reversed(_STEPS) if step < self._zoom * 0.99), SMALLEST))

    def fit_width(self) -> None:
        """As wide as the view, from now on at every size of the window."""
        self._fit = "width"
        self._refit()

    def fit_page(self) -> None:
        """One whole page in the view, from now on."""
        self._fit = "page"
        self._refit()

    # --- Qt's side

    def sizeHint(self) -> QSize:
        return QSize(560, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
            Qt.Key.Key_Home: self._to_start,
            Qt.Key.Key_End: self._to_end,
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_text()
        elif event.key() in keys:
            keys[event.key()]()
        else:
            super().keyPressEvent(event)

    def copy_text(self) -> None:
        """Put the words of the paper on the clipboard."""
        if self._info is not None:
            QGuiApplication.clipboard().setText(self._info.text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), T("side"))
        whole = QRectF(self.viewport().rect())
        if self._message:
            center = Qt.AlignmentFlag.AlignCenter
            draw_text(painter, whole.adjusted(16, 0, -16, 0), self._message, font(14), T("text2"), center)
        shift = (-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        dirty = QRectF(event.rect())
        for number, spot in enumerate(self._spots()):
            place = spot.translated(*shift)
            if place.adjusted(-3, -3, 3, 3).intersects(dirty):
                self._paint_page(painter, number, place)
        if self.hasFocus():
            focus_ring(painter, whole, 4)

    def _paint_page(self, painter: QPainter, number: int, place: QRectF) -> None:
        for offset, shade in ((2.0, "shadow2"), (1.0, "shadow1")):
            painter.fillRect(place.adjusted(-1, 0, 1, offset), T(shade))
        painter.fillRect(place, Qt.GlobalColor.white)  # paper is white in the dark, too
        drawn = self._pages.get(number)
        if drawn is not None:
            painter.drawImage(place, drawn[1])
        if drawn is None or abs(drawn[0] - self._scale()) > 0.001:
            self._want(number)

    # --- inside

    def _scale(self) -> float:
        """Device pixels of a point."""
        return self._zoom * _SCREEN * self.devicePixelRatioF()

    def _want(self, number: int) -> None:
        scale = self._scale()
        if self._wanted.get(number) == scale or not self._data:
            return
        self._wanted[number] = scale
        job = _Draw(self._data, number, scale)
        self._tasks.start(job, done=self._drawn, failed=self._refused, owner=self)

    def _drawn(self, result: tuple[int, float, QImage]) -> None:
        number, scale, image = result
        if self._wanted.get(number) != scale:
            return  # another paper or another zoom was wanted meanwhile
        del self._wanted[number]
        self._pages.pop(number, None)
        self._pages[number] = scale, image
        while len(self._pages) > _KEPT:
            del self._pages[next(iter(self._pages))]
        self.viewport().update()

    def _arrived(self, info: PdfInfo) -> None:
        self._reading = None
        self._info = info
        self.setAccessibleDescription(info.text[:20_000])
        self._refit()
        self.loaded.emit()
        self._tell()

    def _refused(self, error: Exception) -> None:
        self._reading = None
        self.clear(_("This paper cannot be shown."))
        self.failed.emit(error)

    def _forget(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._info = None
        self._pages.clear()
        self._wanted.clear()

    def _size(self, number: int) -> tuple[float, float]:
        width, height = self._info.sizes[number] if self._info else (0.0, 0.0)
        return width * self._zoom * _SCREEN, height * self._zoom * _SCREEN

    def _spots(self) -> list[QRectF]:
        """Places of the pages in the scrolled area, each in the middle of the line."""
        sizes = [self._size(number) for number in range(self.page_count)]
        room = max([self.viewport().width() - 2 * MARGIN, *(width for width, _height in sizes)])
        spots, top = [], float(MARGIN)
        for width, height in sizes:
            # On whole pixels, otherwise the drawn page blurs.
            spots.append(QRectF(round(MARGIN + (room - width) / 2), round(top), round(width), round(height)))
            top += round(height) + GAP
        return spots

    def _refit(self) -> None:
        if not self._fit or self._info is None or not self._info.sizes:
            self._arrange()
            return
        widest = max(width for width, _height in self._info.sizes) * _SCREEN
        tallest = max(height for _width, height in self._info.sizes) * _SCREEN
        # Room for the bar is kept free even while there is none: else it would come and go with each other.
        bar = self.verticalScrollBar().sizeHint().width()
        across = (self.maximumViewportSize().width() - bar - 2 * MARGIN) / widest
        down = (self.viewport().height() - 2 * MARGIN) / tallest
        # A small slip in a large window is not blown up like a poster.
        self._apply(min(across, down) if self._fit == "page" else min(across, 1.6))

    def _apply(self, factor: float) -> None:
        factor = max(SMALLEST, min(LARGEST, factor))
        bar = self.verticalScrollBar()
        before = (bar.value() + self.viewport().height() / 2) / max(1.0, self._zoom)
        at_top = bar.value() == 0
        changed = abs(factor - self._zoom) > 0.0005
        self._zoom = factor
        self._wanted.clear()
        self._arrange()
        if changed:
            if not at_top:
                bar.setValue(int(before * factor - self.viewport().height() / 2))
            self.zoomed.emit(factor)
        self.viewport().update()

    def _arrange(self) -> None:
        spots = self._spots()
        height = spots[-1].bottom() + MARGIN if spots else 0.0
        width = max((spot.right() + MARGIN for spot in spots), default=0.0)
        view = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(view.height())
        down.setSingleStep(40)
        down.setRange(0, max(0, int(height) - view.height()))
        across.setPageStep(view.width())
        across.setSingleStep(40)
        across.setRange(0, max(0, int(width) - view.width()))

    def _scrolled(self) -> None:
        self.viewport().update()
        self._tell()

    def _tell(self) -> None:
        now = (self.current_page, self.page_count)
        if now != self._told:
            self._told = now
            self.moved.emit(*now)

    def _to_start(self) -> None:
        self.verticalScrollBar().setValue(0)

    def _to_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
