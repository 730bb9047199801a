"""Line icons: one SVG per name, tinted when drawn, sharp at every scale. No widget lives here."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from directsell.ui.theme import assets
from directsell.ui.theme.state import T

_pixmaps: dict[tuple[str, int, int], QPixmap] = {}
_LIMIT = 600


@cache
def _source(name: str) -> bytes:
    file = assets.icon_file(name)
    if not file.is_file():
        raise KeyError(f"no icon {name!r} in {file.parent.name}")
    return file.read_bytes()


def _tinted(name: str, color: QColor, pixels: int) -> QPixmap:
    """The icon as a square of device pixels."""
    key = (name, color.rgba(), pixels)
    found = _pixmaps.get(key)
    if found is not None:
        return found
    text = _source(name).replace(b"currentColor", color.name().encode())
    renderer = QSvgRenderer(QByteArray(text))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(color.alphaF())
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    if len(_pixmaps) >= _LIMIT:
        _pixmaps.clear()
    _pixmaps[key] = pixmap
    return pixmap


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Draw an icon centred in ``rect`` (its smaller side is the size), at the device's own resolution."""
    device = painter.device()
    ratio = device.devicePixelRatioF()
    side = min(rect.width(), rect.height())
    pixmap = _tinted(name, color, max(1, round(side * ratio)))
    left = rect.x() + (rect.width() - side) / 2
    top = rect.y() + (rect.height() - side) / 2
    # On whole device pixels, otherwise the strokes blur.
    left, top = round(left * ratio) / ratio, round(top * ratio) / ratio
    painter.drawPixmap(QRectF(left, top, side, side), pixmap, QRectF(pixmap.rect()))


class _Engine(QIconEngine):
    """Draws at whatever size and scheme is asked for."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = QColor(T(self._token))
        if mode is QIcon.Mode.Disabled:
            color.setAlphaF(0.45)
        paint_icon(painter, self._name, QRectF(rect), color)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        color = QColor(T(self._token))
        if mode is QIcon.Mode.Disabled:
            color.setAlphaF(0.45)
        return _tinted(self._name, color, max(1, min(size.width(), size.height())))

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)


_icons: dict[tuple[str, str], QIcon] = {}


def icon(name: str, token: str = "text2") -> QIcon:
    """A QIcon for actions, menus and line edits. It follows the scheme by itself.

    Args:
        name: File name in resources/icons without ending. Raises KeyError when there is none.
        token: Colour token.
    """
    _source(name)
    key = (name, token)
    if key not in _icons:
        _icons[key] = QIcon(_Engine(name, token))
    return _icons[key]


def app_icon() -> QIcon:
    """The program's own mark, in its own colours."""
    return QIcon(str(assets.icon_file("app")))


@cache
def _mark() -> QSvgRenderer:
    return QSvgRenderer(str(assets.icon_file("app")))


def paint_mark(painter: QPainter, at: QPointF, side: float) -> None:
    """Draw the program's mark as a square of ``side`` logical pixels."""
    _mark().render(painter, QRectF(at.x(), at.y(), side, side))
