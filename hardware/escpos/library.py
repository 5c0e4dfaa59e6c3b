"""The one door to python-escpos, which leaves things behind when it is imported; they are tidied away here.

It makes a temporary folder for a cache that no later process finds, and installs a root log handler, which is for a
program to decide.
"""

import logging
import os
import shutil

_handlers = list(logging.root.handlers)

from escpos import capabilities  # noqa: E402
from escpos.capabilities import CAPABILITIES  # noqa: E402
from escpos.exceptions import DeviceNotFoundError  # noqa: E402
from escpos.printer import Usb  # noqa: E402

logging.root.handlers[:] = _handlers
if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
    shutil.rmtree(capabilities.pickle_dir)

__all__ = ["CAPABILITIES", "DeviceNotFoundError", "Usb"]
