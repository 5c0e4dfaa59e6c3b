"""A row's own checksum: SQLite has none, and a bit that turns in a number is a well-formed number.

For rows whose content can't be made again. Rows from before there were checksums have none.
"""

import zlib


def checksum(head: str, *bodies: bytes) -> int:
    """CRC-32 of the row: whatever names it as one text, then its bytes."""
    crc = zlib.crc32(head.encode())
    for body in bodies:
        crc = zlib.crc32(body, crc)
    return crc


def is_right(kept: int | None, head: str, *bodies: object) -> bool:
    """Whether the row is as it was written, as far as anybody can tell.

    In SQLite each value carries its own type, and a bit that turns there makes a number of what were bytes.
    """
    whole = [body for body in bodies if isinstance(body, bytes)]
    return len(whole) == len(bodies) and (kept is None or kept == checksum(head, *whole))
