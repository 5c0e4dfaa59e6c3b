"""The bundled typeface, Plus Jakarta Sans (SIL Open Font License, see OFL.txt), in its two weights."""

from pathlib import Path
from typing import Final

MEDIUM: Final = Path(__file__).with_name("PlusJakartaSans-Medium.ttf")
BOLD: Final = Path(__file__).with_name("PlusJakartaSans-Bold.ttf")
