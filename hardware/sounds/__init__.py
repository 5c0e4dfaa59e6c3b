"""Sounds that ship with Antrean."""

from pathlib import Path
from typing import Final

CHIME: Final = Path(__file__).with_name("chime.wav")
