"""How large a QR code is printed, and its picture for printers that draw none themselves. Pure."""

from dataclasses import dataclass, replace
from typing import Final, Self

import qrcode
from PIL import Image
from qrcode.util import QRData

QUIET_MODULES = 4
"""The white that the standard asks for on all sides."""

_BYTE_BY_BYTE: Final = 4  # qrcode.util.MODE_8BIT_BYTE, whose type its own parameter does not take


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code of `modules` either way, each `module` dots large, at level Q: nearly any fold across it is forgiven, of
    which level M does not forgive one in four, and level L one in two.
    """

    data: bytes
    version: int
    module: int

    @classmethod
    def fitting(cls, data: bytes, module: int, width: int) -> Self:
        """With modules of this size and the white around it in `width` dots, or smaller where they do not fit.

        For modules of 6 dots, paper 58 mm wide has room for 130 bytes. qrcode's DataOverflowError beyond 1,663.
        """
        code = cls(data, _version(data), module)
        return code if code.breadth <= width else replace(code, module=max(1, width * module // code.breadth))

    @property
    def modules(self) -> int:
        """At most: printers pack digits and capitals more or less tightly."""
        return 17 + 4 * self.version

    @property
    def breadth(self) -> int:
        """In dots, with the white at both sides."""
        return (self.modules + 2 * QUIET_MODULES) * self.module

    def to_double(self, width: int) -> Self:
        """With modules of an even size, one dot larger where there is room: printers can draw them from half of it."""
        even = replace(self, module=self.module + self.module % 2)
        return even if even.breadth <= width else self

    def picture(self) -> Image.Image:
        """One dot a module, without the white around it; 0 is ink. Smaller than `modules` where the text packs well."""
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=0)
        code.add_data(self.data)
        matrix = code.get_matrix()
        dark = bytes(0 if module else 255 for row in matrix for module in row)
        return Image.frombytes("L", (len(matrix), len(matrix)), dark).convert("1")


def _version(data: bytes) -> int:
    """The least that holds the data byte by byte, as any printer can set it."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q)
    code.add_data(QRData(data, mode=_BYTE_BY_BYTE))
    return int(code.best_fit())
