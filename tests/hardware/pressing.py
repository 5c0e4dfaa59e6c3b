"""Pages whose bytes a test writes itself, and a press that prints them with a mark where they are repeats."""

from hardware.job import PrintJob
from hardware.page import JobKind, Page
from hardware.profile import Profile

HEAD = b"\x1b2"
"""The beginning of every page: the usual line spacing, which changes nothing."""
MARK = b"CETAK ULANG\n"
CUT = b"\x1dV\x42\x00"
_PICTURE_BYTES = 16 * 40
_PICTURE_HEAD = b"\x1dv0\x00\x10\x00\x28\x00"
PICTURE = _PICTURE_HEAD + b"\xaa" * _PICTURE_BYTES
"""16 bytes wide and 40 rows high: where its end does not arrive, it takes what comes next for its own."""


def page_of(data: bytes, kind: JobKind = JobKind.TICKET) -> Page:
    return Page(kind, {"bytes": data.decode("latin-1")})


def read_by_a_person(data: bytes) -> bytes:
    """What such pages say on paper: all but what a picture has taken for its own."""
    first, *after = data.split(_PICTURE_HEAD, 1)
    return first + read_by_a_person(after[0][_PICTURE_BYTES:]) if after else first


def press(job: PrintJob, profile: Profile) -> bytes:
    text = job.page.fields["bytes"]
    assert isinstance(text, str)
    return HEAD + (MARK if job.is_repeat else b"") + text.encode("latin-1")
