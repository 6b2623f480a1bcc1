"""Schreibweisen: one search form for every spelling of a name."""

import re
import unicodedata

# Letters that Unicode does not take apart. Umlauts lose their dots as all letters lose their marks; then ae, oe, ue and aa follow them.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("əɛǝ", "e"),
        **dict.fromkeys("æǽ", "a"),
        **dict.fromkeys("œøɔ", "o"),
        **{
            "ß": "ss",
            "þ": "th",
            "ł": "l",
            "ħ": "h",
            "ı": "i",
            "ɨ": "i",
            "ŋ": "n",
            "ŧ": "t",
            "ɓ": "b",
            "ƙ": "k",
            "ĸ": "k",
            "ƈ": "c",
            "ʉ": "u",
        },
        **dict.fromkeys("đðɗ", "d"),
        **dict.fromkeys("ǥɣ", "g"),
        **dict.fromkeys("ʒǯ", "z"),
    }
)
_PAIRS = re.compile("([aou])e|aa")
_SILENT = re.compile("['’‘`´ʹʺʻʼʽʾʿˈ.·]")
_BREAKS = re.compile(r"[^a-z0-9]+")


def search_key(name: str) -> str:
    """Suchform eines Namens: the same for every spelling that means the same person.

    Umlauts and å equal their two-letter and their bare spelling (ö, oe, o), ß equals ss, every mark above, below or through a letter is
    dropped, apostrophes and the signs of transliterated names vanish, hyphens part words. The form of a word's beginning is the beginning
    of the word's form, so a search may stop in the middle of a name.

    Args:
        name: any spelling, composed or decomposed, any case.

    Returns:
        Lower-case words of a–z and 0–9 with one blank between them; empty when nothing is left.
    """
    text = unicodedata.normalize("NFKD", name.casefold())
    if not text.isascii():
        text = "".join(sign for sign in text if not unicodedata.combining(sign)).translate(_LETTERS)
        text = unicodedata.normalize("NFKD", text)
    text = _PAIRS.sub(lambda pair: pair[0][0], _SILENT.sub("", text))
    return _BREAKS.sub(" ", text).strip()


def search_words(*names: str) -> str:
    """Suchwörter einer Person: what the roll stores and searches.

    Args:
        names: family name, given names, and further names.

    Returns:
        A blank before every word, so that „blank + beginning“ finds words by their beginning; a name of several words appears a second
        time written together („al hassan“ also as „alhassan“).
    """
    words: list[str] = []
    for name in names:
        key = search_key(name)
        words.append(key)
        if " " in key:
            words.append(key.replace(" ", ""))
    return "".join(" " + word for word in words if word)
