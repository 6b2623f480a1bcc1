"""Passwords: Argon2id, and no password that stands in public texts."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 13
#: the published password of the demo's accounts
DEMO = "demo-beirat-musterstadt"
KNOWN = frozenset({DEMO, "passwort12345", "password12345", "beiratswahl2029", "musterstadt2029", "1234567890123"})

_hasher = PasswordHasher()


class UnfitPassword(Exception):
    """The password is too short or publicly known; the text is German."""


def hash_of(password: str, *, demo: bool = False) -> str:
    """Argon2id hash of a fit password.

    Raises:
        UnfitPassword: shorter than 13 characters, or publicly known (the demo's own password outside a demo).
    """
    if len(password) < SHORTEST:
        raise UnfitPassword(f"Das Passwort hat weniger als {SHORTEST} Zeichen. Wählen Sie zum Beispiel vier zufällige Wörter.")
    if password.lower() in KNOWN and not (demo and password == DEMO):
        raise UnfitPassword("Dieses Passwort ist allgemein bekannt. Wählen Sie ein anderes.")
    return _hasher.hash(password)


def fits(password_hash: str, password: str) -> bool:
    """True when the password belongs to the hash."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def waste_time(password: str) -> None:
    """Take as long as a real check, so that the answer does not tell which accounts exist."""
    fits(_hash_of_nobody(), password)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash("nobody has this password")
