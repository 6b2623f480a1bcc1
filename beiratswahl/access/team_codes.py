"""The code a chair compares: shown on two screens, kept nowhere."""

import hmac
from datetime import datetime

DIGITS = 6


def code_of(key: str, device_id: int, asked_at_utc: datetime) -> str:
    """Code eines Geräts, e.g. "482 913"; only this installation can compute it.

    Args:
        key: secret key of the installation.
        device_id: the device that asked.
        asked_at_utc: when it asked.
    """
    said = f"counting team {device_id} {asked_at_utc.timestamp():.6f}".encode()
    number = int.from_bytes(hmac.digest(key.encode(), said, "sha256")[:8], "big") % 10**DIGITS
    digits = f"{number:0{DIGITS}d}"
    return f"{digits[:3]} {digits[3:]}"
