"""Pages whose bytes a test writes itself, and a press that prints them with a mark where they are repeats."""

from hardware.job import PrintJob
from hardware.page import JobKind, Page
from hardware.profile import Profile

HEAD = b"\x1b2"
"""The beginning of every page: the usual line spacing, which changes nothing."""
MARK = b"CETAK ULANG\n"
CUT = b"\x1dV\x42\x00"


def page_of(data: bytes, kind: JobKind = JobKind.TICKET) -> Page:
    return Page(kind, {"bytes": data.decode("latin-1")})


def press(job: PrintJob, profile: Profile) -> bytes:
    text = job.page.fields["bytes"]
    assert isinstance(text, str)
    return HEAD + (MARK if job.is_repeat else b"") + text.encode("latin-1")
