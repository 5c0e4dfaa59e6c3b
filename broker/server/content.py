"""What a command asks for, as a hash: by it a repeated command is told from another one under the same id.

A field at its default is left out, so that one which a later version adds changes no hash: a device that asks again
after an upgrade gets its answer. Release 0.1.0 left nothing out; its hashes are known again.
"""

import hashlib

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from broker.protocol.codec import encode
from broker.protocol.messages import SendCommand

_BYTES = 16


class Content(Struct, frozen=True):
    """One command's. Its hash is kept with its answer."""

    message: SendCommand

    @property
    def digest(self) -> bytes:
        """The hash to keep."""
        return _digest(encode(self.message))

    def was(self, kept: bytes) -> bool:
        """Whether a hash kept earlier, by this release or the first, is this content's."""
        return kept in (self.digest, _digest(_in_full(self.message)))


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_BYTES).digest()


def _in_full(message: SendCommand) -> bytes:
    """The message as release 0.1.0 wrote it, every field in its place."""
    whole = {str(message.__struct_config__.tag_field): message.__struct_config__.tag} | asdict(message)
    command = message.command
    whole["command"] = {str(command.__struct_config__.tag_field): command.__struct_config__.tag} | asdict(
        command
    )
    return msgspec.msgpack.encode(whole)
