"""All widgets in all states, in both palettes, on one picture: `python -m ui.gallery OUT.png`. To look at."""

import sys

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.icons import Icon
from ui.text import Span
from ui.theme import Contrast, Ground, Hex, Role, Size, Surface, TextSize, Theme, Tone, kiosk_theme, palette
from ui.widgets.badge import Badge
from ui.widgets.box import Box, paint_box
from ui.widgets.buttons import (
    ConfirmDangerButton,
    DangerButton,
    KremButton,
    OutlineKremButton,
    PlainButton,
    PrimaryButton,
    SecondaryButton,
)
from ui.widgets.card import Card, Field, Rule
from ui.widgets.chip import Chip, ChipKind
from ui.widgets.edge import Edge
from ui.widgets.fact import Fact, StatFact
from ui.widgets.field import TextField
from ui.widgets.focus import paint_focus_ring
from ui.widgets.footer import Arrangement, FooterBar, Place
from ui.widgets.header import Header
from ui.widgets.key_button import KeyButton, KeyPrimaryButton
from ui.widgets.label import TextLabel
from ui.widgets.plate import NumberPlate, PlateForm
from ui.widgets.pressable import Pressable
from ui.widgets.qr import QrCode
from ui.widgets.row import ChoiceRow, ListRow
from ui.widgets.switch import SwitchRow
from ui.widgets.tile import Tile, TileButton

WIDTH_PX = 1600
_FOOTER_WORDS = ("Kembali", "Mulai dari awal", "English", "Huruf dan kontras", "Tombol rendah", "Suara")


class Swatch(QWidget):
    def __init__(self, theme: Theme, colour: Hex) -> None:
        super().__init__()
        self._theme = theme
        self._colour = colour
        self.setFixedHeight(72)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = Box(self._colour, self._colour, self._theme.palette.hairline, 2)
        paint_box(painter, QRectF(self.rect()), self._theme.key_radius, box, self._theme)
        painter.end()


class Focused(QWidget):
    """A button with the ring that the keyboard gives it."""

    def __init__(self, button: Pressable) -> None:
        super().__init__()
        self._button = button
        inside = QVBoxLayout(self)
        inside.setContentsMargins(11, 11, 11, 11)
        inside.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self._button.geometry())
        paint_focus_ring(painter, rect, self._button.radius, self._button.theme)
        painter.end()


class Gallery(QWidget):
    """One palette's column."""

    def __init__(self, contrast: Contrast) -> None:
        super().__init__()
        self._theme = kiosk_theme(Size(1080, 1920), contrast, TextSize.NORMAL)
        self._counter = Theme(Surface.COUNTER, 1.0, palette(contrast))
        self.setFixedWidth(WIDTH_PX)
        self.setAutoFillBackground(True)
        colours = self.palette()
        colours.setColor(colours.ColorRole.Window, QColor(self._theme.palette.page))
        self.setPalette(colours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Edge(self._theme))
        self._content = QVBoxLayout()
        self._content.setContentsMargins(64, 24, 64, 24)
        self._content.setSpacing(20)
        column.addLayout(self._content)
        column.addWidget(self._footer(Arrangement.ROW_STACKED))
        column.addWidget(self._footer(Arrangement.GRID))
        self._fill()

    def _fill(self) -> None:
        header = Header(self._theme)
        header.set_outlet("PTSP Kecamatan Tebet")
        header.set_time("10.08", "Selasa, 14 Juli 2026")
        self._content.addWidget(header)
        self._section("Warna", self._swatches())
        self._section("Huruf antrean", self._badges())
        self._section("Tombol utama", self._primary())
        self._section("Tombol lain", self._others())
        self._section("Pelat nomor", self._plates())
        self._section("Ubin", self._tiles())
        self._section("Baris", self._rows())
        self._section("Loket", self._counter_buttons())
        self._section("Fakta", self._facts())

    def _section(self, title: str, layout: QLayout) -> None:
        self._content.addSpacing(12)
        self._content.addWidget(TextLabel(self._theme, title, Role.NAME))
        self._content.addLayout(layout)

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(24)
        for widget in widgets:
            row.addWidget(widget, 1)
        return row

    def _swatches(self) -> QLayout:
        shades = self._theme.palette
        names = "accent pressed night krem page card quiet chosen hairline control faint ink now danger match"
        grid = QGridLayout()
        for index, name in enumerate(names.split()):
            cell = QVBoxLayout()
            cell.addWidget(Swatch(self._theme, getattr(shades, name)))
            cell.addWidget(TextLabel(self._theme, name, Role.LEAST, Tone.FAINT))
            grid.addLayout(cell, index // 8, index % 8)
        return grid

    def _badges(self) -> QLayout:
        row = QHBoxLayout()
        for letter in "ABCDEFGHJK":
            row.addWidget(Badge(self._theme, letter, 104))
        return row

    def _primary(self) -> QLayout:
        pressed, closed = (PrimaryButton(self._theme, "Ambil nomor", Icon.ARROW_RIGHT) for _ in range(2))
        pressed.setDown(True)
        closed.set_unavailable("Tutup 11.00")
        focused = Focused(PrimaryButton(self._theme, "Ambil nomor", Icon.ARROW_RIGHT))
        first = PrimaryButton(self._theme, "Ambil nomor", Icon.ARROW_RIGHT)
        return self._row(first, pressed, focused, closed)

    def _others(self) -> QLayout:
        chosen = SecondaryButton(self._theme, "Terpilih")
        chosen.setCheckable(True)
        chosen.setChecked(True)
        both = QVBoxLayout()
        both.addLayout(
            self._row(
                SecondaryButton(self._theme, "Lihat semua", Icon.ARROW_RIGHT),
                chosen,
                DangerButton(self._theme, "Batalkan"),
                ConfirmDangerButton(self._theme, "Ya, batalkan"),
            )
        )
        field = Field(self._theme, Ground.PANEL)
        inside = QHBoxLayout(field)
        inside.setContentsMargins(24, 24, 24, 24)
        inside.addWidget(KremButton(self._theme, "Ambil nomor antrean", Icon.ARROW_RIGHT))
        inside.addWidget(OutlineKremButton(self._theme, "Get a queue number in English"))
        inside.addWidget(PlainButton(self._theme, "5 lagi", Icon.CHEVRON_DOWN))
        both.addWidget(field)
        both.addWidget(Edge(self._theme, self._theme.palette.edge))
        return both

    def _plates(self) -> QLayout:
        row = QHBoxLayout()
        for ground, letter, digits in (
            (Ground.CARD, "A", "019"),
            (Ground.PANEL, "B", "1014"),
            (Ground.NOW, "C", "10010"),
        ):
            field = Field(self._theme, ground)
            inside = QVBoxLayout(field)
            hero = NumberPlate(self._theme, 130, PlateForm.HERO, ground)
            small = NumberPlate(self._theme, 76, PlateForm.ROW, ground)
            least = NumberPlate(self._theme, 40, PlateForm.SMALL, ground)
            for plate in (hero, small, least):
                plate.set_number(letter, digits)
                inside.addWidget(plate)
            row.addWidget(field)
        return row

    def _tiles(self) -> QLayout:
        tile = Tile("B", "Perizinan", "Izin usaha, bangunan,\ndan praktik profesi", "6", "15–25 menit")
        long = Tile("D", "Informasi dan pengaduan", "Belum tahu harus\nke mana? Pilih ini", "2", "5–10 menit")
        closed = TileButton(self._theme, long)
        closed.set_unavailable("Tutup 11.00")
        compact = TileButton(self._theme, Tile("E", "Ambil berkas", "", "1 orang", "0–5 menit"))
        compact.setFixedHeight(198)
        return self._row(TileButton(self._theme, tile), closed, compact)

    def _rows(self) -> QLayout:
        marked = Span("Praktik Dokter", mark=self._theme.palette.match)
        words = (Span("Izin "), marked, Span(" Umum"))
        grid = QGridLayout()
        grid.addWidget(ListRow(self._theme, words, "Praktik perorangan", "B"), 0, 0)
        closed = ListRow(self._theme, "Izin Usaha Mikro", "sampai 11.00")
        closed.set_unavailable("Tutup 11.00")
        grid.addWidget(closed, 0, 1)
        elder = ChoiceRow(self._theme, Icon.PRIORITY_ELDER, "Lansia", "Berusia 60 tahun ke atas")
        grid.addWidget(elder, 1, 0)
        switch = SwitchRow(
            self._theme, Icon.LETTERS, "Huruf besar", "Satu setengah kali", "Aktif", "Nonaktif"
        )
        switch.setChecked(True)
        grid.addWidget(switch, 1, 1)
        grid.addWidget(TextField(self._theme, "Cari, misalnya “buka warung”", Icon.SEARCH), 2, 0, 1, 2)
        return grid

    def _counter_buttons(self) -> QLayout:
        disabled = KeyButton(self._counter, "Panggil ulang", Icon.MEGAPHONE, "F2")
        disabled.setEnabled(False)
        return self._row(
            KeyPrimaryButton(self._counter, "Selesai", Icon.CHECK, "F4"),
            KeyButton(self._counter, "Tahan", Icon.PAUSE, "F3"),
            disabled,
            Chip(self._counter, "Sedang dilayani", Icon.USER_CHECK, ChipKind.FILLED),
            Chip(self._counter, "Prioritas lansia", Icon.PRIORITY_ELDER),
            Chip(self._counter, "2 lewat janji", Icon.ALERT, ChipKind.DANGER),
        )

    def _facts(self) -> QLayout:
        card = Card(self._theme)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 32, 32, 32)
        inside.addWidget(StatFact(self._theme, "8 orang", "sebelum Anda", Icon.USERS))
        inside.addWidget(Rule(self._theme))
        inside.addWidget(Fact(self._theme, Icon.CLOCK, "20–30 menit", icon_tone=Tone.ACCENT))
        return self._row(card, QrCode("https://antrean.example/t/abc"))

    def _footer(self, arrangement: Arrangement) -> FooterBar:
        footer = FooterBar(self._theme, arrangement)
        for place, words in zip(Place, _FOOTER_WORDS, strict=True):
            footer.set_place(place, words)
        footer.set_on(Place.VIEW, True)
        return footer


def draw() -> QPixmap:
    """Both palettes beside each other. Needs a prepared QApplication."""
    columns = [Gallery(contrast) for contrast in Contrast]
    for column in columns:
        column.setFixedHeight(column.heightForWidth(WIDTH_PX))
    picture = QPixmap(WIDTH_PX * len(columns), max(column.height() for column in columns))
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    for index, column in enumerate(columns):
        painter.drawPixmap(index * WIDTH_PX, 0, column.grab())
    painter.end()
    return picture


if __name__ == "__main__":
    from ui.window import prepare

    application = QApplication(sys.argv)
    prepare(application)
    draw().save(sys.argv[1])
