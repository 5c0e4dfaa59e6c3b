"""The code on the screen can be read back by another's reader."""

import zxingcpp
from PIL import Image
from pytestqt.qtbot import QtBot

from ui.widgets.qr import QrCode

TOKEN = "https://antrean.example/t/AQEBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzA"


def _picture(code: QrCode) -> Image.Image:
    image = code.grab().toImage()
    shades = bytes(
        image.pixelColor(x, y).lightness() for y in range(image.height()) for x in range(image.width())
    )
    return Image.frombytes("L", (image.width(), image.height()), shades)


def test_a_reader_reads_what_was_put_in(qtbot: QtBot) -> None:
    code = QrCode(TOKEN)
    qtbot.addWidget(code)
    code.resize(300, 300)
    (found,) = zxingcpp.read_barcodes(_picture(code))
    assert found.text == TOKEN


def test_another_text_replaces_it(qtbot: QtBot) -> None:
    code = QrCode(TOKEN)
    qtbot.addWidget(code)
    code.resize(300, 300)
    code.set_text("satu")
    (found,) = zxingcpp.read_barcodes(_picture(code))
    assert found.text == "satu"


def test_four_modules_around_it_stay_white(qtbot: QtBot) -> None:
    code = QrCode("satu")  # version 1: 21 modules, 29 with the quiet zone
    qtbot.addWidget(code)
    code.resize(290, 290)
    image = code.grab().toImage()
    edge = [image.pixelColor(x, y).name() for x in range(290) for y in (0, 39, 250, 289)]
    assert set(edge) == {"#ffffff"}
