"""The window: buttons and keys do what hands do, lamps tell how it is, the paper is seen coming out."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from antrean.virtual_printer.app import PrinterProgram
from antrean.virtual_printer.bench import Act, Bench
from antrean.virtual_printer.page import PrinterPage
from tests.support.waiting import PATIENCE_SECONDS
from ui.widgets.fact import Fact
from ui.widgets.label import TextLabel
from ui.widgets.pressable import Pressable
from wording import Language

ROOT = Path(__file__).parents[3]
CUT = b"\x1dV\x42\x00"
Host = Callable[[], socket.socket]
Open = Callable[..., PrinterProgram]


def page_of(program: PrinterProgram) -> PrinterPage:
    page = program.window.page
    assert isinstance(page, PrinterPage)
    return page


def button(program: PrinterProgram, name: str) -> Pressable:
    found = page_of(program).findChild(Pressable, name)
    assert found is not None
    return found


def says(program: PrinterProgram, lamp: str) -> str:
    found = page_of(program).findChild(QWidget, lamp)
    assert found is not None
    return found.accessibleName()


def click(program: PrinterProgram, name: str) -> None:
    QTest.mouseClick(button(program, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("name", "lamp", "before", "after"),
    [
        ("paper", "lamp-paper", "Kertas ada", "Kertas habis"),
        ("near-end", "lamp-paper", "Kertas ada", "Kertas hampir habis"),
        ("cover", "lamp-cover", "Penutup tertutup", "Penutup terbuka"),
        ("heat", "lamp-heat", "Suhu baik", "Terlalu panas"),
        ("power", "lamp-ready", "Siap mencetak", "Mati"),
        ("cable", "lamp-line", "Belum ada program", "Kabel dicabut"),
        ("upside-down", "lamp-paper", "Kertas ada", "Kertas ada"),
    ],
)
def test_a_button_does_it_and_does_it_back_and_a_lamp_tells(
    open_window: Open, name: str, lamp: str, before: str, after: str
) -> None:
    program = open_window()
    do, lamp_before = str(button(program, name).words), says(program, lamp)
    assert lamp_before == before
    click(program, name)
    assert says(program, lamp) == after
    assert button(program, name).isChecked()
    assert button(program, name).words != do
    click(program, name)
    assert says(program, lamp) == before
    assert button(program, name).words == do


@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.TEAR_OFF, Act.ALL_WELL)])
def test_every_act_has_a_key(open_window: Open, bench: Bench, act: Act) -> None:
    program = open_window()
    keys = page_of(program).buttons[act].shortcut()[0]
    QTest.keyClick(program.window, keys.key(), keys.keyboardModifiers())
    assert not bench.look().is_well
    QTest.keyClick(program.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.look().is_well


def test_the_page_for_training_names_every_button_with_its_key(open_window: Open, bench: Bench) -> None:
    page = page_of(open_window(language=Language.EN))
    told = (ROOT / "docs/printers.md").read_text(encoding="utf-8")
    for button in page.buttons.values():
        key = button.shortcut().toString().replace("Return", "Enter")
        assert f"| {button.words} | {key} |" in told


def test_every_button_is_reached_by_tab(open_window: Open, bench: Bench) -> None:
    bench.do(Act.HEAT)
    program = open_window()
    reached = set()
    for _ in range(40):
        QTest.keyClick(program.window, Qt.Key.Key_Tab)
        focused = program.window.focusWidget()
        assert focused is not None
        reached.add(focused.objectName())
    wanted = {button.objectName() for button in page_of(program).buttons.values() if button.isEnabled()}
    assert reached >= wanted | {"language", "zoom-in", "zoom-out"}


def test_the_paper_is_seen_coming_out_and_can_be_torn_off(
    qtbot: QtBot, open_window: Open, bench: Bench, host: Host
) -> None:
    program = open_window()
    assert not button(program, "tear-off").isEnabled()
    host().sendall(b"A\n" * 4)
    strip = page_of(program).paper.strip
    qtbot.waitUntil(lambda: strip.live_height > 0 and button(program, "tear-off").isEnabled())
    qtbot.waitUntil(lambda: bench.look().rows_out == 120)
    click(program, "tear-off")
    qtbot.waitUntil(lambda: strip.live_height == 0)
    assert [piece.image.height for piece in bench.pieces] == [120]


def test_the_view_follows_the_paper_until_somebody_looks_at_older_paper(
    qtbot: QtBot, open_window: Open, bench: Bench, host: Host
) -> None:
    program = open_window()
    line, bar = host(), page_of(program).paper.verticalScrollBar()
    for _ in range(3):
        line.sendall(b"\x1bJ\xff" * 3 + CUT)
    qtbot.waitUntil(lambda: len(bench.pieces) == 3)
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    QTest.keyClick(program.window, Qt.Key.Key_PageUp)
    before = bar.value()
    assert before < bar.maximum()
    line.sendall(b"\x1bJ\xff" * 3 + CUT)
    qtbot.waitUntil(lambda: len(bench.pieces) == 4)
    assert bar.value() == before


def test_the_paper_can_be_zoomed(open_window: Open) -> None:
    program = open_window()
    paper = page_of(program).paper
    QTest.keyClick(program.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert paper.zoom > 1
    click(program, "zoom-out")
    assert paper.zoom == 1
    for _ in range(20):
        click(program, "zoom-in")
    assert paper.strip.width() > paper.viewport().width()
    assert paper.zoom == 3


def test_what_is_not_obeyed_is_listed_with_its_bytes(qtbot: QtBot, open_window: Open, host: Host) -> None:
    program = open_window()
    host().sendall(b"\x1bp\x00\x19\xfa")

    def told() -> list[str]:
        return [label.accessibleName() for label in page_of(program).findChildren(TextLabel)]

    qtbot.waitUntil(lambda: "1B 70 00 19 FA" in told())
    assert "10.08  Perintah tidak dikenal" in told()


def test_it_speaks_both_languages_and_keeps_what_it_shows(
    qtbot: QtBot, open_window: Open, bench: Bench, host: Host
) -> None:
    program = open_window()
    host().sendall(b"A\n" + CUT)
    qtbot.waitUntil(lambda: len(bench.pieces) == 1)
    click(program, "cover")
    click(program, "language")
    assert says(program, "lamp-cover") == "Cover open"
    assert page_of(program).paper.strip.sizeHint().height() > 30
    click(program, "language")
    assert says(program, "lamp-cover") == "Penutup terbuka"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [(1024, 600), (1366, 768), (1920, 1080)])
def test_nothing_is_cut_on_any_screen(
    qtbot: QtBot, open_window: Open, bench: Bench, host: Host, size: tuple[int, int], language: Language
) -> None:
    program = open_window(size, language)
    for act in (None, *(act for act in Act if act not in (Act.TEAR_OFF, Act.ALL_WELL))):
        if act is not None:
            bench.do(act)
        program.window.look()
        QApplication.processEvents()
        page = page_of(program)
        cut = [
            widget.accessibleName()
            for kind in (Pressable, TextLabel, Fact)
            for widget in page.findChildren(kind)
            if widget.isVisible() and widget.is_cut
        ]
        assert cut == []
        assert page.minimumSizeHint().width() <= size[0]
        assert page.minimumSizeHint().height() <= size[1]


@pytest.mark.slow
def test_the_command_opens_it_and_ends_it_in_order(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "antrean",
        "virtual-printer",
        "--window",
        "--port",
        "0",
        "--like",
        "presenter",
    ]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        line = next(line for line in running.stderr if "window is open" in line)
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE_SECONDS) == 0
    assert "127.0.0.1" in line
