"""Code des Antrags: what a person filled in, as text for a QR code, and back. Only A to Z and digits: any scanner types them."""

import json
import zlib
from base64 import b32decode, b32encode
from binascii import Error
from dataclasses import asdict, dataclass, fields

MARK = "BWA1"
CHECK_DIGITS = 8
#: no application is longer; what unpacks to more is no application
LONGEST = 4000


class CodeUnreadable(ValueError):
    """The text is no code of an application; the German text says why and what to do."""


@dataclass(frozen=True, slots=True)
class ApplicationFields:
    """Angaben im Antrag.

    Attributes:
        ags: Gemeindeschlüssel of the body whose council is elected.
        election_day: ISO day.
        family_name, given_names: names as filled in.
        birth_date: ISO day.
        street, postcode, town: Hauptwohnung.
        ground: name of § 56 Abs. 2 GemO, e.g. "NR2B".
        parent: for NR2D the status of the parent, else "".
        contact: telephone or e-mail, may be empty.
    """

    ags: str
    election_day: str
    family_name: str
    given_names: str
    birth_date: str
    street: str
    postcode: str
    town: str
    ground: str
    parent: str = ""
    contact: str = ""


def encoded(of: ApplicationFields) -> str:
    """Angaben as text: a mark with the version, a check number, the fields."""
    packed = zlib.compress(json.dumps(list(asdict(of).values()), ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return f"{MARK}{zlib.crc32(packed):0{CHECK_DIGITS}X}{b32encode(packed).decode().rstrip('=')}"


def decoded(text: str) -> ApplicationFields:
    """Text of a code as fields.

    Raises:
        CodeUnreadable: it is no such code, of another version, or damaged.
    """
    code = "".join(text.split()).upper()
    if not code.startswith(MARK[:-1]):
        raise CodeUnreadable("Das ist kein Code eines Antrags auf Eintragung. Erfassen Sie den Antrag von Hand.")
    if not code.startswith(MARK):
        raise CodeUnreadable("Der Code stammt aus einer anderen Fassung der Software. Erfassen Sie den Antrag von Hand.")
    check, body = code[len(MARK) : len(MARK) + CHECK_DIGITS], code[len(MARK) + CHECK_DIGITS :]
    try:
        packed = b32decode(body + "=" * (-len(body) % 8))
        if f"{zlib.crc32(packed):0{CHECK_DIGITS}X}" != check:
            raise CodeUnreadable("Der Code ist beschädigt oder unvollständig. Lesen Sie ihn noch einmal ein.")
        values = json.loads(zlib.decompressobj().decompress(packed, LONGEST))
    except (Error, zlib.error, ValueError) as error:
        if isinstance(error, CodeUnreadable):
            raise
        raise CodeUnreadable("Der Code ist beschädigt oder unvollständig. Lesen Sie ihn noch einmal ein.") from error
    if not isinstance(values, list) or len(values) != len(fields(ApplicationFields)) or not all(isinstance(one, str) for one in values):
        raise CodeUnreadable("Der Code enthält nicht die Angaben eines Antrags. Erfassen Sie den Antrag von Hand.")
    return ApplicationFields(*values)
