"""The virtual printer's character shapes as text files; OFL.txt is their licence."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
