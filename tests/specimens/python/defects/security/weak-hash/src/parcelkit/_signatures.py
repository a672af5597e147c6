"""Signatures of callbacks."""

import hashlib


def sign(body: bytes, key: bytes) -> str:
    """Return the signature of a callback."""
    return hashlib.md5(key + body).hexdigest()
