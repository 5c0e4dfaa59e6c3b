"""Buttons are pressed by finger, mouse and key, show their state at once and are never cut."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.icons import Icon
from ui.theme import Contrast, Ground, Size, TextSize, Theme, kiosk_theme
from ui.widgets.buttons import (
    ConfirmDangerButton,
    DangerButton,
    KremButton,
    OutlineKremButton,
    PlainButton,
    PrimaryButton,
    SecondaryButton,
    WordButton,
)
from ui.widgets.footer import FooterBar, Place
from ui.widgets.key_button import KeyButton, KeyPrimaryButton
from ui.widgets.pressable import Pressable, State
from ui.widgets.row import ChoiceRow, ListRow
from ui.widgets.switch import SwitchRow
from ui.widgets.tile import Tile, TileButton
from ui.widgets.wide_tile import WideTileButton
from ui.window import Window

TILE = Tile("D", "Informasi dan pengaduan", "Belum tahu harus ke mana? Pilih ini", "2", "5–10 menit")

KINDS: dict[str, Callable[[Theme], Pressable]] = {
    "primary": lambda theme: PrimaryButton(theme, "Ambil nomor", Icon.ARROW_RIGHT),
    "secondary": lambda theme: SecondaryButton(theme, "Lihat semua"),
    "plain": lambda theme: PlainButton(theme, "5 lagi", Icon.CHEVRON_DOWN),
    "danger": lambda theme: DangerButton(theme, "Batalkan"),
    "confirm": lambda theme: ConfirmDangerButton(theme, "Ya, batalkan"),
    "krem": lambda theme: KremButton(theme, "Ambil nomor antrean"),
    "outline": lambda theme: OutlineKremButton(theme, "Get a queue number in English"),
    "key": lambda theme: KeyButton(theme, "Panggil ulang", Icon.MEGAPHONE, "F2"),
    "key primary": lambda theme: KeyPrimaryButton(theme, "Panggil berikutnya", Icon.MEGAPHONE, "F4"),
    "wide tile": lambda theme: WideTileButton(theme, TILE),
    "wide tile without facts": lambda theme: WideTileButton(theme, replace(TILE, waiting="", wait="")),
    "tile": lambda theme: TileButton(theme, TILE),
    "list row": lambda theme: ListRow(theme, "Izin Usaha Mikro dan Kecil (IUMK)", "sampai 11.00", "A"),
    "row on paper": lambda theme: ListRow(theme, "Izin Usaha Mikro", "sampai 11.00", ground=Ground.PAGE),
    "choice": lambda theme: ChoiceRow(theme, Icon.PRIORITY_ELDER, "Lansia", "Berusia 60 tahun ke atas"),
    "switch": lambda theme: SwitchRow(
        theme, Icon.LETTERS, "Huruf besar", "Satu setengah kali", "Aktif", "Nonaktif"
    ),
}

each_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


def _show(window: Window, theme: Theme, *buttons: QWidget) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(theme.margin, theme.margin, theme.margin, theme.margin)
    for button in buttons:
        column.addWidget(button)
    column.addStretch()
    window.show_page(page, theme)
    QApplication.processEvents()


@each_kind
def test_a_finger_presses_it(
    window: Window, kiosk: Theme, finger: QPointingDevice, make: Callable[[Theme], Pressable]
) -> None:
    button = make(kiosk)
    _show(window, kiosk, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    at = button.mapTo(window, button.rect().center())
    QTest.touchEvent(window, finger).press(0, at, window).commit()
    assert button.state is State.PRESSED
    QTest.touchEvent(window, finger).release(0, at, window).commit()
    assert pressed == [True]


@each_kind
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_it(
    window: Window, kiosk: Theme, make: Callable[[Theme], Pressable], key: Qt.Key
) -> None:
    button = make(kiosk)
    _show(window, kiosk, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, key)
    assert pressed == [True]


@each_kind
def test_an_unavailable_one_stays_and_says_why(
    window: Window, kiosk: Theme, finger: QPointingDevice, make: Callable[[Theme], Pressable]
) -> None:
    button = make(kiosk)
    _show(window, kiosk, button)
    button.set_unavailable("Tutup 11.00")
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    at = button.mapTo(window, button.rect().center())
    QTest.touchEvent(window, finger).press(0, at, window).commit()
    QTest.touchEvent(window, finger).release(0, at, window).commit()
    assert pressed == []
    assert button.isVisible()
    assert button.accessibleName().endswith("Tutup 11.00")
    button.set_available()
    assert "Tutup" not in button.accessibleName()


@each_kind
@pytest.mark.parametrize("text", TextSize)
@pytest.mark.parametrize("size", [Size(1080, 1920), Size(1366, 768), Size(1024, 600)])
def test_its_words_fit_at_the_height_it_asks_for(
    qtbot: QtBot, make: Callable[[Theme], Pressable], size: Size, text: TextSize
) -> None:
    theme = kiosk_theme(size, Contrast.NORMAL, text)
    button = make(theme)
    qtbot.addWidget(button)
    for width_px in (800, 472) if isinstance(button, WordButton | TileButton) else (800,):
        width = theme.px(width_px)
        button.resize(width, button.heightForWidth(width))
        assert not button.is_cut


@each_kind
def test_every_state_looks_different(qtbot: QtBot, kiosk: Theme, make: Callable[[Theme], Pressable]) -> None:
    button = make(kiosk)
    qtbot.addWidget(button)
    button.resize(600, button.heightForWidth(600))
    rest = button.grab().toImage()
    button.setDown(True)
    pressed = button.grab().toImage()
    button.setDown(False)
    button.setEnabled(False)
    closed = button.grab().toImage()
    assert rest != pressed
    assert rest != closed
    assert pressed != closed


def test_it_is_shown_pressed_before_the_finger_leaves(window: Window, kiosk: Theme) -> None:
    button = PrimaryButton(kiosk, "Ambil nomor")
    _show(window, kiosk, button)
    QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    image = button.grab().toImage()
    assert QColor(image.pixel(image.width() // 2, image.height() - 4)).name().upper() == "#431031"


def test_an_ampersand_in_a_name_is_only_a_letter(kiosk: Theme, qtbot: QtBot) -> None:
    button = PrimaryButton(kiosk, "Hotel & restoran")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Hotel & restoran"


def test_tab_and_arrows_move_the_ring_and_a_finger_leaves_none(
    window: Window, kiosk: Theme, finger: QPointingDevice
) -> None:
    first, second = PrimaryButton(kiosk, "Ambil nomor"), SecondaryButton(kiosk, "Lihat semua")
    _show(window, kiosk, first, second)
    at = first.mapTo(window, first.rect().center())
    QTest.touchEvent(window, finger).press(0, at, window).commit()
    QTest.touchEvent(window, finger).release(0, at, window).commit()
    ringed = [window.ringed]
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Down):
        QTest.keyClick(window.focusWidget() or window, key)
        ringed.append(window.ringed)
    assert ringed[0] is None
    assert set(ringed[1:]) == {first, second}


def test_the_ring_is_kunyit_then_tinta_outside_the_button(window: Window, kiosk: Theme) -> None:
    button = PrimaryButton(kiosk, "Ambil nomor")
    _show(window, kiosk, button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    image = window.grab().toImage()
    corner = button.mapTo(window, button.rect().topLeft())
    middle = corner.x() + button.width() // 2
    colours = [QColor(image.pixel(middle, corner.y() - distance)).name().upper() for distance in (3, 9, 14)]
    assert colours == ["#FFC845", "#241A1F", "#FBF6EE"]


def test_a_counter_s_key_acts_at_once(qtbot: QtBot, counter: Theme, window: Window) -> None:
    button = KeyButton(counter, "Panggil ulang", Icon.MEGAPHONE, "F2")
    _show(window, counter, button)
    with qtbot.waitSignal(button.clicked, timeout=50):
        QTest.keyClick(window, Qt.Key.Key_F2)


def test_a_disabled_counter_button_ignores_its_key(counter: Theme, window: Window) -> None:
    button = KeyButton(counter, "Panggil ulang", Icon.MEGAPHONE, "F2")
    button.setEnabled(False)
    _show(window, counter, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert pressed == []


def test_a_switch_says_whether_it_is_on(qtbot: QtBot, kiosk: Theme) -> None:
    switch = SwitchRow(kiosk, Icon.CONTRAST, "Kontras tinggi", "Putih di atas hitam", "Aktif", "Nonaktif")
    qtbot.addWidget(switch)
    assert switch.accessibleDescription().startswith("Nonaktif")
    switch.click()
    assert switch.accessibleDescription().startswith("Aktif")


def test_a_low_tile_drops_its_description_but_keeps_its_facts(qtbot: QtBot, kiosk: Theme) -> None:
    tile = TileButton(kiosk, TILE)
    qtbot.addWidget(tile)
    tile.resize(484, tile.compact_height_for(484))
    assert not tile.is_cut
    assert "Belum tahu" in tile.accessibleDescription()


def test_the_footer_emits_the_place_that_was_touched(
    qtbot: QtBot, window: Window, kiosk: Theme, finger: QPointingDevice
) -> None:
    footer = FooterBar(kiosk)
    footer.set_place(Place.LANGUAGE, "English")
    _show(window, kiosk, footer)
    button = footer.button(Place.LANGUAGE)
    at = button.mapTo(window, button.rect().center())
    with qtbot.waitSignal(footer.chosen, timeout=15_000) as chosen:
        QTest.touchEvent(window, finger).press(0, at, window).commit()
        QTest.touchEvent(window, finger).release(0, at, window).commit()
    assert chosen.args == [Place.LANGUAGE]


@pytest.mark.parametrize("gone", ["the button", "what holds it", "the page"])
def test_the_ring_goes_with_what_it_is_around(window: Window, kiosk: Theme, qtbot: QtBot, gone: str) -> None:
    page, holder, button = QWidget(), QWidget(), PrimaryButton(kiosk, "Ambil nomor")
    QVBoxLayout(page).addWidget(holder)
    QVBoxLayout(holder).addWidget(button)
    window.show_page(page, kiosk)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.ringed is button
    leaving = {"the button": button, "what holds it": holder, "the page": page}[gone]
    with qtbot.waitSignal(leaving.destroyed, timeout=15_000):
        leaving.deleteLater()
    assert window.ringed is None
