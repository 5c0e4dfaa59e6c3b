"""What came out of the virtual printer: each paper's picture, its bytes, and the token in its QR code."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

QR_STORE = bytes((0x31, 0x50, 0x30))
"""GS ( k, function 80: store the symbol's data (cn=49, fn=80, m=48), after its two length bytes."""

GS_K = b"\x1d(k"


class PrintedPaper(Struct, frozen=True):
    """One piece of paper."""

    picture: Path
    raw: Path
    token: str | None


def papers_in(folder: Path) -> tuple[PrintedPaper, ...]:
    """The papers left in `folder` and below, each printer's oldest first."""
    return tuple(_paper(raw) for raw in sorted(folder.rglob("*.escpos")) if raw.with_suffix(".png").exists())


def _paper(raw: Path) -> PrintedPaper:
    return PrintedPaper(raw.with_suffix(".png"), raw, next(qr_data(raw.read_bytes()), None))


def qr_data(page: bytes) -> Iterator[str]:
    """The texts that the page's bytes store into QR symbols."""
    at = page.find(GS_K)
    while at >= 0:
        length = page[at + 3] + page[at + 4] * 256
        body = page[at + 5 : at + 5 + length]
        if body.startswith(QR_STORE):
            yield body[len(QR_STORE) :].decode("ascii")
        at = page.find(GS_K, at + 5 + length)
