"""A QR code in whole pixels, with the quiet zone that the standard asks for."""

import qrcode
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from qrcode.constants import ERROR_CORRECT_M

from ui.theme import PUTIH, TINTA

QUIET_MODULES = 4


class QrCode(QWidget):
    """Always dark on white, in every palette. As large as whole modules allow in its room."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: list[list[bool]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
        code.add_data(text)
        code.make(fit=True)
        self._modules = [[bool(module) for module in row] for row in code.get_matrix()]
        self.update()

    def sizeHint(self) -> QSize:
        side = (len(self._modules) + 2 * QUIET_MODULES) * 8
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        side = (len(self._modules) + 2 * QUIET_MODULES) * 3
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        across = len(self._modules) + 2 * QUIET_MODULES
        module = min(self.width(), self.height()) // across
        if module < 1:
            return
        painter = QPainter(self)
        side = across * module
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.fillRect(QRect(left, top, side, side), QColor(PUTIH))
        painter.setPen(Qt.PenStyle.NoPen)
        for row, line in enumerate(self._modules):
            for column, dark in enumerate(line):
                if dark:
                    x = left + (column + QUIET_MODULES) * module
                    y = top + (row + QUIET_MODULES) * module
                    painter.fillRect(QRect(x, y, module, module), QColor(TINTA))
        painter.end()
