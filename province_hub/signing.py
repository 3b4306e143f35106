"""The hub's Ed25519 key: the private one in a file of its state folder alone, the public ones in the database for all to see."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_pem_private_key

from commune_planning_plugin.core.errors import InvalidData
from province_hub.database import HubConnection

FILE = "audit_key.pem"
NEXT = f"{FILE}.next"
"""A key that is made and not taken up yet: it waits for the commit of what the database says of it."""


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
    return _loaded(state / FILE)


def _loaded(path: Path) -> SigningKey | None:
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
    return _made(state / FILE)


def make_next(state: Path) -> SigningKey:
    """A new key beside the present one. One that was never taken up, and that the database doesn't know, gives way to it."""
    (state / NEXT).unlink(missing_ok=True)
    return _made(state / NEXT)


def take_up(state: Path) -> None:
    """The next key is the present one from now on; the former stays beside it under the time's name."""
    if (state / NEXT).exists():
        if (state / FILE).exists():
            (state / FILE).rename(state / f"{FILE}.{datetime.now(timezone.utc):%Y%m%d%H%M%S%f}")
        (state / NEXT).rename(state / FILE)


def _made(path: Path) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return SigningKey(private)


def lock(conn: HubConnection) -> None:
    """One at a time decides which key is the hub's, until the transaction ends."""
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended('hub.audit_key', 0))")


def add(conn: HubConnection, public: str) -> None:
    """A key that the hub signs with from now on."""
    conn.execute("INSERT INTO hub.audit_key (public_key) VALUES (%s) ON CONFLICT DO NOTHING", (public,))


def ready(conn: HubConnection, state: Path) -> SigningKey | None:
    """The hub's key; a hub that never had one gets it. None where it had one that isn't in ``state`` any more: then heads aren't
    signed until it is brought back from its backup, or another one takes its place (`key_chain`).
    """
    lock(conn)
    known = public_keys(conn)
    following = _loaded(state / NEXT)
    if following is not None and following.public in known:  # renewing it was interrupted
        take_up(state)
    key = load(state)
    if key is None and not known:
        key = make(state)
    if key is None or (known and key.public not in known):
        return None
    add(conn, key.public)
    return key


def missing(conn: HubConnection, state: Path) -> bool:
    """Whether the hub has signed before, and the key isn't in ``state`` any more. Raises as `load`."""
    key, known = load(state), public_keys(conn)
    return bool(known) and (key is None or key.public not in known)


def public_keys(conn: HubConnection) -> list[str]:
    """All that the hub has ever signed with, the newest last."""
    return [row["public_key"] for row in conn.execute("SELECT public_key FROM hub.audit_key ORDER BY since")]
