"""What binds the journal and the seals to this installation: an ed25519 signature, and digests under a key.

The key is not in the database. Who can change every row there can still forge neither.
"""

import base64
import hashlib
import json
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

DIGEST_BYTES: Final = 16


def canonical(*parts: object) -> bytes:
    """Return values as bytes in one way only, so that a digest of them can be taken again elsewhere."""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def sign(*parts: object) -> str:
    """Return this installation's signature of values (ed25519, RFC 8032), as text."""
    return base64.b64encode(_signer().sign(canonical(*parts))).decode()


def is_signed(signature: object, *parts: object) -> bool:
    """Whether a text is this installation's signature of values."""
    try:
        _signer().public_key().verify(base64.b64decode(str(signature), validate=True), canonical(*parts))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """Return the key with which anybody can examine a signature of this installation."""
    return base64.b64encode(_signer().public_key().public_bytes_raw()).decode()


def seal_key(academy: str) -> bytes:
    """Return the key under which the digests of one academy's audit are made (32 bytes)."""
    return hashlib.blake2b(academy.encode(), key=_secret("seals"), digest_size=32).digest()


def keyed(key: bytes, content: bytes) -> bytes:
    """Return the digest of bytes under a key (BLAKE2b, RFC 7693; 16 bytes)."""
    return hashlib.blake2b(content, key=key, digest_size=DIGEST_BYTES).digest()


def _signer() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_secret("signature"))


def _secret(use: str) -> bytes:
    return hashlib.sha256(f"leerhuis.audit.{use}:{settings.JOURNAL_KEY}".encode()).digest()
