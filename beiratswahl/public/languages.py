"""Sprachen der öffentlichen Seiten: which ones there are, which one a page is in, its texts and its addresses.

German is the language of the sources and the binding one. The texts of every other language stand in a catalogue
`translations/<code>.po`; a language with a missing or doubtful text is not offered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, current_app, has_request_context, request, url_for
from flask_babel import Babel, Domain  # type: ignore[import-untyped]

from beiratswahl.paths import PACKAGE

FOLDER = PACKAGE / "translations"
_OFFERED = "beiratswahl.languages"


@dataclass(frozen=True, slots=True)
class Language:
    """Sprache.

    Attributes:
        code: first part of its addresses and name of its catalogue; German addresses have none.
        tag: BCP 47, for people's devices.
        locale: whose numbers and dates Babel writes.
        name: what it calls itself.
    """

    code: str
    tag: str
    locale: str
    name: str

    @property
    def prefix(self) -> str:
        """What its addresses begin with."""
        return "" if self == GERMAN else f"/{self.code}"

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return Locale.parse(self.locale).text_direction

    @property
    def binding(self) -> bool:
        """The official text; all others are translations of it."""
        return self == GERMAN


GERMAN = Language("de", "de", "de_DE", "Deutsch")
#: "simple" is registered for simplified forms of a language
KNOWN = (GERMAN, Language("leicht", "de-simple", "de_DE", "Leichte Sprache"), Language("en", "en", "en_GB", "English"))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Texte einer Sprache; `complete`: every text is there and none is marked as doubtful."""

    texts: NullTranslations
    complete: bool


class _Texts(Domain):  # type: ignore[misc]  # untyped package
    def get_translations(self) -> NullTranslations:
        return texts_of(current())


def hang_up(app: Flask) -> None:
    """Let the templates of an application speak the languages that are offered."""
    app.extensions[_OFFERED] = {language.code: language for language in offered()}
    babel = Babel(app, default_locale=GERMAN.locale, locale_selector=lambda: current().locale)
    babel.domain_instance = _Texts()
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(language=current, page_in_languages=page_in_languages)


def offered() -> tuple[Language, ...]:
    """German, and every language whose catalogue is complete."""
    return tuple(language for language in KNOWN if language.binding or catalogue(FOLDER / f"{language.code}.po").complete)


@cache
def catalogue(path: Path) -> Catalogue:
    """Read a catalogue."""
    if not path.is_file():
        return Catalogue(NullTranslations(), complete=False)
    with path.open("rb") as file:
        content = read_po(file)
    messages = [message for message in content if message.id]
    complete = all(message.string and all(_forms(message.string)) and not message.fuzzy for message in messages)
    compiled = BytesIO()
    write_mo(compiled, content)
    compiled.seek(0)
    return Catalogue(Translations(compiled), complete=complete and bool(messages))


def texts_of(language: Language) -> NullTranslations:
    """The texts of a language; those of German are the sources themselves."""
    return _SOURCES if language.binding else catalogue(FOLDER / f"{language.code}.po").texts


def gettext(text: str) -> str:
    """A text in the language of the page."""
    return texts_of(current()).gettext(text)


def current() -> Language:
    """The language of the page that is asked for, by its address."""
    if not has_request_context():
        return GERMAN
    spoken: Mapping[str, Language] = current_app.extensions[_OFFERED]
    return spoken.get(request.path.split("/", 2)[1], GERMAN)


def add_page(door: Blueprint, rule: str, endpoint: str, view: Callable[..., Any], methods: Sequence[str] = ("GET",)) -> None:
    """Hang a page in every language that is offered."""
    for language in offered():
        door.add_url_rule(f"{language.prefix}{rule}", endpoint, view, defaults={"language": language.code}, methods=list(methods))


def speak(door: Blueprint) -> None:
    """Links of a page stay in its language; views need not know it."""
    door.url_defaults(_same_language)
    door.url_value_preprocessor(_forget_language)


def page_in_languages(*, at_home: bool = False, external: bool = False) -> list[tuple[Language, str]]:
    """The page that is shown, in every language, with its address.

    Args:
        at_home: lead to the start page; for pages that stand nowhere else.
        external: with the name of the host.
    """
    spoken: Mapping[str, Language] = current_app.extensions[_OFFERED]
    endpoint = "public.start" if at_home or not request.endpoint else request.endpoint
    place = {} if at_home else dict(request.view_args or {})
    return [(language, url_for(endpoint, **place, language=code, _external=external)) for code, language in spoken.items()]


def _same_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = current().code


def _forget_language(_: str | None, values: dict[str, Any] | None) -> None:
    if values:
        values.pop("language", None)


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


_SOURCES = NullTranslations()
