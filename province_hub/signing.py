"""The hub's Ed25519 key: the private one in a file of its state folder alone, the public ones in the database for all to see."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_pem_private_key

from commune_planning_plugin.core.errors import InvalidData
from province_hub.database import HubConnection

FILE = "audit_key.pem"


class SigningKey:
    """A private key; ``public`` is the public one in hex."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, message: bytes) -> str:
        return self._private.sign(message).hex()

    @property
    def public_pem(self) -> str:
        """As openssl reads it."""
        return self._private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def load(state: Path) -> SigningKey | None:
    """The key in the folder ``state``, None where there is none. Raises ``InvalidData('key.unreadable')``."""
    path = state / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InvalidData("key.unreadable", path=str(path), reason=str(error.strerror)) from error
    try:
        private = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InvalidData("key.unreadable", path=str(path), reason=str(error)) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise InvalidData("key.unreadable", path=str(path), reason="it isn't an Ed25519 key")
    return SigningKey(private)


def make(state: Path) -> SigningKey:
    """A new key in the folder ``state``, readable by its owner alone. Raises ``FileExistsError`` where there is one."""
    private = Ed25519PrivateKey.generate()
    state.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(state / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return SigningKey(private)


def ready(conn: HubConnection, state: Path, anew: bool = False) -> SigningKey | None:
    """The hub's key; a hub that never had one gets it. None where it had one that isn't in ``state`` any more: then heads aren't
    signed until it is brought back from its backup, or ``anew`` makes another.
    """
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('hub.audit_key', 0))")
    key, known = load(state), public_keys(conn)
    if key is None and (anew or not known):
        key = make(state)
    if key is None or (known and key.public not in known and not anew):
        return None
    conn.execute("INSERT INTO hub.audit_key (public_key) VALUES (%s) ON CONFLICT DO NOTHING", (key.public,))
    return key


def missing(conn: HubConnection, state: Path) -> bool:
    """Whether the hub has signed before, and the key isn't in ``state`` any more. Raises as `load`."""
    key, known = load(state), public_keys(conn)
    return bool(known) and (key is None or key.public not in known)


def public_keys(conn: HubConnection) -> list[str]:
    """All that the hub has ever signed with, the newest last."""
    return [row["public_key"] for row in conn.execute("SELECT public_key FROM hub.audit_key ORDER BY since")]
