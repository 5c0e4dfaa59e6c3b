"""Root is not asked by the modes of files. Whoever obeys them here is, as the broker's own user would be."""

import ctypes

VERSION = 0x20080522
WORDS = 2
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2
BOUNDING_SET_DROP = 24
"""From linux/capability.h and linux/prctl.h."""

EFFECTIVE, PERMITTED = 0, 1


def obey_modes() -> None:
    """For this process and all that it starts, for good. Whoever isn't root obeys them already."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(VERSION, 0)
    sets = (ctypes.c_uint32 * 3 * WORDS)()
    _succeed(libc.capget(header, sets))
    for right in (DAC_OVERRIDE, DAC_READ_SEARCH):
        if sets[0][PERMITTED] & 1 << right:
            _succeed(libc.prctl(BOUNDING_SET_DROP, right, 0, 0, 0))
        for each in (EFFECTIVE, PERMITTED):
            sets[0][each] &= ~(1 << right)
    _succeed(libc.capset(header, sets))


def _succeed(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), "the rights could not be given up")
