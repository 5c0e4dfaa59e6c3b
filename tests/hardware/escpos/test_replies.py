"""A printer's bytes, mixed and in pieces, are sorted into what they are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.escpos.replies import (
    AutomaticStatus,
    BuffersCleared,
    FullStatus,
    Identity,
    Noise,
    Processed,
    RealtimeAnswer,
    Replies,
    Reply,
    TransmittedStatus,
)
from hardware.escpos.status import from_automatic

WHOLE: list[tuple[bytes, Reply]] = [
    (b"\x12", RealtimeAnswer(0x12)),
    (b"\x7e", RealtimeAnswer(0x7E)),
    (b"\x14\x00\x00\x0f", AutomaticStatus(from_automatic(0x14, 0, 0))),
    (b"\x3c\x08\x0f\x0f", AutomaticStatus(from_automatic(0x3C, 8, 0x0F))),
    (b"\x37\x220042\x00", Processed(b"0042")),
    (b"\x37\x25\x00", BuffersCleared()),
    (b"\x00", TransmittedStatus(0)),
    (b"\x0f", TransmittedStatus(0x0F)),
    (b"\x10\x0f\x20\x00\x00\x00", FullStatus(ticket_waits=True, paper_jam=False)),
    (b"\x10\x0f\x05\x02\x40\x01", FullStatus(ticket_waits=False, paper_jam=True)),
    (b"\x10\x00\x00\x0f", AutomaticStatus(from_automatic(0x10, 0, 0))),
    (b"\x5fTM-T20II\x00", Identity("TM-T20II")),
    (b"\x5f\x00", Identity("")),
    (b"\x13", Noise(b"\x13")),
    (b"\x37\x36231\x00", Noise(b"\x37\x36231\x00")),
]
mixtures = st.lists(st.sampled_from(WHOLE), max_size=12)


@settings(deadline=None)
@given(mixtures, st.lists(st.integers(1, 5), max_size=40))
def test_replies_are_told_apart_whatever_pieces_they_come_in(
    sent: list[tuple[bytes, Reply]], cuts: list[int]
) -> None:
    data, replies, heard = b"".join(bytes_ for bytes_, _ in sent), Replies(), []
    for length in cuts:
        heard += replies.feed(data[:length])
        data = data[length:]
    heard += replies.feed(data)
    assert heard == [reply for _, reply in sent]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_garbage_never_stops_it(garbage: bytes) -> None:
    replies = Replies()
    list(replies.feed(garbage + bytes(100)))
    assert list(replies.feed(b"\x12"))[-1:] == [RealtimeAnswer(0x12)]


def test_a_status_cut_short_by_another_reply_is_noise_and_the_reply_is_heard() -> None:
    heard = list(Replies().feed(b"\x14\x00\x37\x220042\x00"))
    assert heard == [Noise(b"\x14"), TransmittedStatus(0), Processed(b"0042")]
