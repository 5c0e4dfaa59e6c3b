"""Commands as an older release's client sends them, run in a process of its own with that release first on the path.

Standard input is one JSON line: commands in hex. Standard output is one: for each the request in hex, or null where the
release does not know the command.
"""

import json
import sys

import msgspec

from broker.domain.commands import AnyCommand
from broker.domain.values import CommandId, Instant
from broker.protocol.codec import encode
from broker.protocol.messages import SendCommand

COMMANDS = msgspec.msgpack.Decoder(AnyCommand)


def request(body: bytes) -> str | None:
    """The command under an id, as it happened while the device was cut off."""
    try:
        command = COMMANDS.decode(body)
    except msgspec.DecodeError:
        return None
    return encode(SendCommand(CommandId("1"), command, Instant(7))).hex()


if __name__ == "__main__":
    sys.stdout.write(json.dumps([request(bytes.fromhex(each)) for each in json.loads(sys.stdin.readline())]))
