"""Secrets of links that are handed out on paper: drawn by the operating system, kept by the archive as SHA-256 only."""

import secrets
from hashlib import sha256

#: letters and digits that cannot be taken for one another; 16 of them are 79 bits
LINK_SIGNS, LINK_LENGTH = "23456789abcdefghjkmnpqrstuvwxyz", 16


def digest(secret: str) -> str:
    """What the archive keeps of a secret."""
    return sha256(secret.encode()).hexdigest()


def drawn_link() -> str:
    """A fresh secret for a link, short enough to be typed."""
    return "".join(secrets.choice(LINK_SIGNS) for _ in range(LINK_LENGTH))
