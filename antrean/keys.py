"""Key files: a device's CURVE key pair and its broker's public key, readable by their owner only."""

import os
import tomllib
from pathlib import Path

import msgspec

from antrean.problem import Problem
from broker.client import DeviceKeys
from wording import Wording

OWNER_ONLY = 0o600
NOTE = "# A device's keys. Whoever has the secret is the device: keep this file to its owner.\n"


def write(path: Path, keys: DeviceKeys) -> None:
    """Write a new key file. OSError when it is there already or can't be written."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(NOTE)
        for name, value in msgspec.structs.asdict(keys).items():
            file.write(f"{name} = '{value}'\n")  # Z85 has no apostrophe, but does have $ and the like


def read(path: Path, wording: Wording) -> DeviceKeys:
    """The keys in a file. Raises Problem when they can't be read."""
    todo = wording.t("Copy this device's key file from the folder that `antrean init` made.")
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), DeviceKeys)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(
            wording.t("The key file can't be read: {reason}", reason=reason), str(path), todo
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Problem(
            wording.t("The key file is damaged: {reason}", reason=str(error)), str(path), todo
        ) from error
