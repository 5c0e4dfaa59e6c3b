"""Words are wrapped, balanced, shrunk and only then cut."""

from ui.text import Paragraph, Span, fitted, plain
from ui.theme import Type, Weight

BODY = Type(32, Weight.MEDIUM)


def test_words_that_fit_stand_on_one_line() -> None:
    paragraph = Paragraph("Ambil nomor", BODY, 600)
    assert paragraph.line_count == 1
    assert not paragraph.is_cut


def test_words_wrap_at_words() -> None:
    paragraph = Paragraph("Izin usaha, bangunan, dan praktik profesi", BODY, 330)
    assert paragraph.line_count == 2
    assert paragraph.width <= 330
    assert not paragraph.is_cut


def test_too_many_lines_end_with_an_ellipsis_and_say_so() -> None:
    paragraph = Paragraph("Surat Izin Usaha Perdagangan Mikro dan Kecil", BODY, 200, max_lines=2)
    assert paragraph.line_count == 2
    assert paragraph.is_cut


def test_a_word_wider_than_its_room_is_broken_and_says_so() -> None:
    paragraph = Paragraph("pertanggungjawaban", BODY, 120)
    assert paragraph.width <= 120.5
    assert paragraph.is_cut


def test_a_range_is_never_torn_apart() -> None:
    whole = Paragraph("20–30", BODY).width
    assert Paragraph("sekitar 20–30 menit", BODY, whole + 4).width <= whole + 24
    assert Paragraph("a 20–30", BODY, whole + 4).line_count == 2


def test_two_lines_are_balanced() -> None:
    loose = Paragraph("Mulai dari awal", BODY, 180)
    balanced = fitted("Mulai dari awal", BODY, 180)
    assert balanced.line_count == loose.line_count == 2
    assert balanced.width < loose.width


def test_words_that_do_not_fit_are_set_smaller_rather_than_cut() -> None:
    paragraph = fitted("Informasi dan pengaduan", BODY, 150, max_lines=2)
    assert not paragraph.is_cut
    assert paragraph.height < 2 * BODY.px * BODY.line_em


def test_a_bold_part_makes_the_line_wider() -> None:
    parts = (Span("8 "), Span("menunggu", Weight.BOLD))
    assert Paragraph(parts, BODY).width > Paragraph("8 menunggu", BODY).width
    assert plain(parts) == "8 menunggu"


def test_a_line_break_is_kept() -> None:
    assert Paragraph("Selasa,\n14 Juli 2026", BODY, 600).line_count == 2
