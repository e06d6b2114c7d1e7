"""Ids made from content: the same file always has the same id, on every machine."""

from __future__ import annotations

import hashlib

# No 0/O, 1/I/L: ids are read out on the telephone.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def short_id(prefix: str, *parts: str, length: int = 10) -> str:
    """``prefix-xxxxxxxxxx`` from a SHA-256 over ``parts``; 31**10 keeps a million ids apart."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return f"{prefix}-{''.join(letters)}"


def fingerprint(content: bytes) -> str:
    """SHA-256 of a file, in hexadecimal (文件指纹)."""
    return hashlib.sha256(content).hexdigest()
