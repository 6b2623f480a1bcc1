"""Namen aus dem Melderegister: composed form, Latin letters, nothing invisible."""

import unicodedata

LETTER_LIKE = frozenset("ʹʺʻʼʽʾʿˈˌ")
MARKS = range(0x0300, 0x0370)
PUNCTUATION = frozenset(" -'’‘`´.,()/·\u2010\u2011")
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cs", "Cn"})
SPACES = {0x00A0: " ", 0x2007: " ", 0x202F: " "}


class InvisibleSigns(ValueError):
    """Raised when a name has control, bidi or other invisible signs; the argument names them."""


def composed(name: str) -> str:
    """Bereinigter Name: NFC, one ordinary blank between words, none at the ends.

    Args:
        name: a name as the file has it.

    Returns:
        The name in the form that is stored.

    Raises:
        InvisibleSigns: the name has a control, bidi, zero-width, private or unassigned sign. They make two names look alike or turn the
            text around them.
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.split()) if "  " in name or name[:1] == " " or name[-1:] == " " else name
    found = sorted({sign for sign in name if unicodedata.category(sign) in INVISIBLE})
    if found:
        raise InvisibleSigns(", ".join(_described(sign) for sign in found))
    return " ".join(unicodedata.normalize("NFC", name).translate(SPACES).split())


def foreign_signs(name: str) -> str:
    """Zeichen, die kein deutsches Register führt: signs that are not Latin letters, marks or punctuation of names (DIN 91379).

    Args:
        name: a composed name.

    Returns:
        The foreign signs, each once and described; empty when there are none.
    """
    if name.isascii() and name.replace("-", "").replace(" ", "").isalpha():
        return ""
    return ", ".join(_described(sign) for sign in sorted({sign for sign in name if not _usual(sign)}))


def _usual(sign: str) -> bool:
    if sign in PUNCTUATION or sign in LETTER_LIKE or ord(sign) in MARKS:
        return True
    return sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN ")


def _described(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    label = unicodedata.name(sign, "Steuerzeichen")
    return f"{code} ({label})" if unicodedata.category(sign) in INVISIBLE else f"{sign} ({code}, {label})"
