"""Using python-escpos leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path


def test_importing_it_leaves_no_folder_and_no_log_handler(tmp_path: Path) -> None:
    look = "import logging, hardware.escpos.compose; print(logging.root.handlers)"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    environment.pop("ESCPOS_CAPABILITIES_PICKLE_DIR", None)
    said = subprocess.run(
        [sys.executable, "-c", look], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []
