"""From what a scanner sends to the code that it read. Pure."""

import re

LONGEST_SCAN = 200
"""No code of ours comes near."""

_ENDS = b"\r\n"
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
"""AIM's identifier of the kind of code, which many scanners can be set to send before it: `]Q1` for a QR code."""


def code_in(scanned: str, prefix: str, suffix: str) -> str:
    """What was read, without what the scanner put around it."""
    text = "".join(char for char in scanned if char.isprintable()).strip()
    text = text.removeprefix(prefix).removesuffix(suffix)
    found = _SYMBOLOGY.match(text)
    return text[found.end() :] if found else text


class Dropped(Exception):  # noqa: N818 - says what happened
    """What came is no code: too long, or not of printable ASCII. The message says which; never what came."""


class ScanReader:
    """Cuts a scanner's bytes into scans: at CR or LF, or where the scanner fell silent (`quiet`)."""

    def __init__(self) -> None:
        self._held = b""
        self._is_too_long = False

    @property
    def holds(self) -> bool:
        return bool(self._held) or self._is_too_long

    def feed(self, data: bytes) -> list[str | Dropped]:
        """The scans that these bytes complete, in order, and what was none in between."""
        scans: list[str | Dropped] = []
        for byte in data:
            if byte in _ENDS:
                scans += self.quiet()
            elif len(self._held) < LONGEST_SCAN:
                self._held += bytes((byte,))
            else:
                self._is_too_long = True
        return scans

    def quiet(self) -> list[str | Dropped]:
        """No more belongs to what is held."""
        held, is_too_long = self._held, self._is_too_long
        self._held, self._is_too_long = b"", False
        if not held:
            return []
        if is_too_long:
            return [Dropped(f"more than {LONGEST_SCAN} characters")]
        text = held.strip(b"\x02\x03\t ")  # STX and ETX, which some are set to send
        if not all(0x20 <= byte < 0x7F for byte in text):
            return [Dropped(f"{len(text)} bytes that are no text")]
        return [text.decode("ascii")] if text else []
