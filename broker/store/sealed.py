"""The broker's secret keys in a sealed file: whoever makes the backup can't open it, the recovery key alone does.

A CURVE key pair is a Curve25519 pair, as libsodium's sealed boxes take it (NaCl crypto_box_seal).
"""

from collections.abc import Mapping

import msgspec
from msgspec import Struct
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from zmq.utils import z85

from broker.store.registry import Purpose, SigningKey


class SealBrokenError(Exception):
    """The sealed keys can't be opened with this recovery key, or they are damaged."""


class SecretKeys(Struct, frozen=True):
    """What a restored broker needs to be known again: its own CURVE pair and what it signs with."""

    public: str
    secret: str
    signing: Mapping[Purpose, tuple[SigningKey, ...]]


def seal(keys: SecretKeys, recovery_public: str) -> bytes:
    """The keys for the holder of the recovery key. ValueError: it is no public key in Z85."""
    box = SealedBox(PublicKey(z85.decode(recovery_public)))
    return box.encrypt(msgspec.msgpack.encode(keys))


def unseal(sealed: bytes, recovery_secret: str) -> SecretKeys:
    """What was sealed. Raises SealBrokenError."""
    try:
        box = SealedBox(PrivateKey(z85.decode(recovery_secret)))
        return msgspec.msgpack.decode(box.decrypt(sealed), type=SecretKeys)
    except (CryptoError, ValueError, msgspec.DecodeError) as error:
        raise SealBrokenError(str(error)) from error
