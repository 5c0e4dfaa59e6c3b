"""The running text moves in whole pixels; under less motion it turns pages."""

from pytestqt.qtbot import QtBot

from ui.text import Paragraph
from ui.theme import Motion, Role, Size, display_theme
from ui.widgets.running import PIXELS_PER_SECOND, RunningText, paged

THEME = display_theme(Size(1920, 1080))
SENTENCES = (
    "Nomor antrean diberikan sampai pukul 13.30. Istirahat 12.00–13.00. "
    "Pengambilan berkas sampai pukul 16.00. Silakan siapkan KTP asli. Layanan ini tidak dipungut biaya."
)


def _running(qtbot: QtBot, motion: Motion, text: str) -> RunningText:
    running = RunningText(THEME, motion)
    qtbot.addWidget(running)
    running.resize(1920, 96)
    running.set_text(text)
    running.show()
    return running


def test_a_long_text_moves_at_its_pace(qtbot: QtBot) -> None:
    running = _running(qtbot, Motion.FULL, SENTENCES)
    qtbot.waitUntil(lambda: running.offset >= PIXELS_PER_SECOND // 3, timeout=15_000)


def test_a_short_text_stands_still(qtbot: QtBot) -> None:
    running = _running(qtbot, Motion.FULL, "Selamat datang")
    assert not running.is_running


def test_under_less_motion_the_text_turns_pages(qtbot: QtBot) -> None:
    running = _running(qtbot, Motion.LESS, SENTENCES)
    assert not running.is_running
    assert running.shown_page
    assert SENTENCES.startswith(running.shown_page)


def test_pages_hold_every_word_and_fit() -> None:
    body = THEME.type(Role.BODY)
    pages = paged(SENTENCES, body, 1700)
    assert " ".join(pages) == SENTENCES
    assert len(pages) > 1
    assert all(Paragraph(page, body).width <= 1700 for page in pages)
    assert all(page.endswith(".") for page in pages)


def test_a_sentence_wider_than_a_page_is_cut_between_words() -> None:
    body = THEME.type(Role.BODY)
    pages = paged(SENTENCES, body, 400)
    assert " ".join(pages) == SENTENCES
    assert all(Paragraph(page, body).width <= 400 for page in pages)


def test_it_stops_while_hidden(qtbot: QtBot) -> None:
    running = _running(qtbot, Motion.FULL, SENTENCES)
    assert running.is_running
    running.hide()
    assert not running.is_running


def test_a_text_of_any_length_is_drawn_to_its_end(qtbot: QtBot) -> None:
    running = _running(qtbot, Motion.FULL, " ".join([SENTENCES] * 20))
    assert running.is_running
    image = running.grab().toImage()
    assert image.pixelColor(1900, 10).name() == "#2c0b20"
