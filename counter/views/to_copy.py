"""What a citizen photographs or writes down at the counter: a number, its QR code, the code in letters."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from broker.protocol.token import spaced
from ui.theme import Role, Surface, Theme, Tone
from ui.widgets.label import TextLabel
from ui.widgets.plate import NumberPlate
from ui.widgets.qr import QrCode
from wording import Wording


def to_copy(theme: Theme, w: Wording, plate: NumberPlate, token: str, code: str) -> QHBoxLayout | QVBoxLayout:
    """The plate with QR code and code beside it; in the strip, below it."""
    is_strip = theme.surface is Surface.STRIP
    side = theme.px(132 if is_strip else 168)
    qr = QrCode(token)
    qr.setFixedSize(side, side)
    written = QVBoxLayout()
    written.setSpacing(theme.space(4))
    written.addStretch(1)
    written.addWidget(TextLabel(theme, w.t("Code to write down"), Role.BODY, Tone.FAINT))
    written.addWidget(TextLabel(theme, spaced(code), Role.FIGURE))
    written.addStretch(1)
    copy = QHBoxLayout()
    copy.setSpacing(theme.space(16))
    copy.addWidget(qr)
    copy.addLayout(written, 1)
    both: QHBoxLayout | QVBoxLayout = QVBoxLayout() if is_strip else QHBoxLayout()
    both.setSpacing(theme.space(24))
    both.addWidget(plate, 1, Qt.AlignmentFlag.AlignVCenter)
    both.addLayout(copy)
    return both
