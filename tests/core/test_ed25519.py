"""Signatures by a library of everybody's trust are judged here as there."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core.ed25519 import is_signature

KEYS = st.binary(min_size=32, max_size=32).map(Ed25519PrivateKey.from_private_bytes)


@settings(max_examples=25, deadline=None)
@given(KEYS, st.binary(max_size=200))
def test_a_genuine_signature(key: Ed25519PrivateKey, message: bytes) -> None:
    assert is_signature(key.sign(message), message, key.public_key().public_bytes_raw())


@settings(max_examples=60, deadline=None)
@given(
    KEYS,
    st.binary(min_size=1, max_size=40),
    st.integers(0, 127),
    st.integers(1, 255),
    st.sampled_from(["key", "signature", "message"]),
)
def test_one_changed_byte_anywhere(key: Ed25519PrivateKey, message: bytes, place: int, change: int, where: str) -> None:
    parts = {"signature": key.sign(message), "message": message, "key": key.public_key().public_bytes_raw()}
    changed = bytearray(parts[where])
    changed[place % len(changed)] ^= change
    parts[where] = bytes(changed)
    assert is_signature(parts["signature"], parts["message"], parts["key"]) is by_the_library(**parts)
    assert not is_signature(parts["signature"], parts["message"], parts["key"])


def by_the_library(signature: bytes, message: bytes, key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize(("signature", "key"), [(b"", b"\0" * 32), (b"\0" * 64, b""), (b"\xff" * 64, b"\xff" * 32)])
def test_what_is_no_signature(signature: bytes, key: bytes) -> None:
    assert not is_signature(signature, b"x", key)


def test_the_first_vectors_of_rfc_8032() -> None:
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    commitment = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    scalar = "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    assert is_signature(bytes.fromhex(commitment + scalar), b"", bytes.fromhex(public))
