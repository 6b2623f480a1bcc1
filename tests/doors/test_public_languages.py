"""Languages of the public door: complete or not offered, the same page in each of them, German marked as the binding one."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from beiratswahl.app import PUBLIC, create_app
from beiratswahl.operations.announcements import ROUNDED_BY_LOT
from beiratswahl.paths import PACKAGE
from beiratswahl.public import languages
from beiratswahl.public.languages import GERMAN, KNOWN, Language
from beiratswahl.public.terms import rounding
from tests.databases import SqliteTemplates, engine_of
from tests.doors.publications import configuration, publish_samples
from tests.doors.test_public import HEADINGS

HOST = "https://wahlen.musterstadt.example"
TRANSLATED = [language for language in KNOWN if not language.binding]
OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
SOURCES = [("beiratswahl/public/**.py", "python"), ("templates/public/**.html", "jinja2"), ("templates/shared/**.html", "jinja2")]
#: a language written from right to left in which every text has other letters
MIRRORED = Language("spiegel", "he", "he_IL", "Spiegel")
HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
#: what stands there in every language: the product, the names of the languages, what a program is called
EVERYWHERE = {"Beiratswahl", "Version", "Deutsch", "Leichte", "Sprache", "English", "Spiegel", "ergebnis", "json", "Byte"} | {
    *("Abs", "KWG", "GemO", "KWO", "SHA"),
}


def sources() -> set[str | tuple[str, ...]]:
    """Every text that is marked in the sources."""
    found = extract_from_dir(PACKAGE.parent, SOURCES, {pattern: OPTIONS for pattern, method in SOURCES if method == "jinja2"})
    return {message for _, _, message, _, _ in found if message}


def messages(language: Language) -> dict[str | tuple[str, ...], Message]:
    with (languages.FOLDER / f"{language.code}.po").open("rb") as file:
        content = read_po(file)
    return {message.id if isinstance(message.id, str) else tuple(message.id): message for message in content if message.id}


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else list(text)  # type: ignore[call-overload]


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
def test_a_catalogue_has_every_text_of_the_sources_and_no_other(language: Language) -> None:
    known, marked = set(messages(language)), sources()
    assert marked - known == set(), "new texts: make catalogues, then translate"
    assert known - marked == set(), "texts that no page has any more: make catalogues"


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
def test_a_catalogue_has_no_gap_and_no_doubt(language: Language) -> None:
    assert [of.id for of in messages(language).values() if of.fuzzy or not of.string or not all(forms(of.string))] == []
    assert language in languages.offered()


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
def test_a_translation_keeps_the_places_and_the_marks_of_its_source(language: Language) -> None:
    for message in messages(language).values():
        originals, texts = forms(message.id), forms(message.string)
        for text in texts:
            original = originals[-1]
            assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", original)), text
            assert text.count("%") == len(re.findall(r"%\(\w+\)s", text)), text
            tags = Counter(tag for tag in re.findall(r"<[^>]*>", text) if tag != "<br>")
            assert tags == Counter(re.findall(r"<[^>]*>", original)), text
            assert '"' not in text, f"a straight quote would end an attribute: {text}"


def test_easy_german_is_not_the_german_text_and_has_short_sentences() -> None:
    easy = next(language for language in KNOWN if language.code == "leicht")
    long = [
        sentence
        for message in messages(easy).values()
        for text in forms(message.string)
        for sentence in re.split(r"<br>|(?<=[.?!:])\s", text)
        if len(sentence.split()) > 14
    ]
    assert long == []


@pytest.mark.parametrize("spoiled", ["", "fuzzy"])
def test_an_incomplete_language_is_not_offered(
    spoiled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_templates: SqliteTemplates
) -> None:
    content = Catalog(locale="he_IL")
    content.add("Wahlen", "בחירות")
    content.add("Beirat", "מועצה" if spoiled else "", flags=["fuzzy"] if spoiled else [])
    with (tmp_path / "spiegel.po").open("wb") as file:
        write_po(file, content)
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    monkeypatch.setattr(languages, "KNOWN", (GERMAN, MIRRORED))
    assert languages.offered() == (GERMAN,)
    client = create_app(configuration(tmp_path, sqlite_templates.clone()), PUBLIC).test_client()
    assert client.get("/spiegel/").status_code == 404
    assert "Spiegel" not in client.get("/").text


# the pages


@pytest.fixture(scope="module")
def database_url(sqlite_templates: SqliteTemplates) -> str:
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        publish_samples(session)
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def client(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(configuration(tmp_path_factory.mktemp("languages"), database_url), PUBLIC).test_client()


@pytest.fixture
def mirrored(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The public door with a made-up language whose every text is written in other letters, from right to left."""
    content = Catalog(locale=MIRRORED.locale)
    for message in sources():
        ids = forms(message)
        texts = [mirror(ids[-1])] * (content.num_plurals if len(ids) > 1 else 1)
        content.add(message, texts[0] if len(ids) == 1 else tuple(texts))
    with (tmp_path / f"{MIRRORED.code}.po").open("wb") as file:
        write_po(file, content)
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    monkeypatch.setattr(languages, "KNOWN", (GERMAN, MIRRORED))
    return create_app(configuration(tmp_path, database_url), PUBLIC).test_client()


def mirror(text: str) -> str:
    """Every letter outside of tags, places and entities as a Hebrew one."""
    parts = re.split(r"(<[^>]*>|%\(\w+\)s|&\w+;)", text)
    return "".join(
        part if at % 2 else re.sub(r"[^\W\d_]", lambda one: HEBREW[ord(one[0]) % len(HEBREW)], part) for at, part in enumerate(parts)
    )


def tree(client: FlaskClient, address: str) -> Element:
    answer = client.get(address, base_url=HOST)
    assert answer.status_code in (200, 404), address
    parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    return parsed


def address_in(language: Language, address: str) -> str:
    return f"{language.prefix}{address}"


def said(element: Element) -> Iterator[str]:
    """Everything people see or hear, but what is marked as German or as a program."""
    if element.get("lang") == "de" or element.tag in ("script", "style", "code", "pre"):
        yield element.tail or ""
        return
    for name in ("aria-label", "title", "alt", "placeholder"):
        yield element.get(name) or ""
    yield element.text or ""
    for child in element:
        yield from said(child)
    yield element.tail or ""


def names(client: FlaskClient) -> set[str]:
    """Words of names, which are never translated."""
    found: set[str] = set()
    for election in (1, 2):
        result = client.get(f"/wahl/{election}/ergebnis.json").json
        people = [*result["persons"], *(one for of in result["lists"] for one in of["candidates"])]
        texts = [
            result["authority"],
            *(of["keyword"] for of in result["lists"]),
            *(name for of in result["districts"] for name in of["names"]),
        ]
        texts += [result["allocation"]["method"]] if result["allocation"] else []
        texts += [" ".join(filter(None, (one["family_name"], one["given_names"], one["title"]))) for one in people]
        found |= {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)}
    return found


def words_left(client: FlaskClient, address: str) -> set[str]:
    """Words of a page in the made-up language that are neither made up nor known to stand everywhere."""
    texts = (re.sub(r"[0-9a-f]{64}", "", text) for text in said(tree(client, address_in(MIRRORED, address))))
    left = {word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text) if not re.fullmatch("[\u0590-\u05ff]+", word)}
    return left - EVERYWHERE


@pytest.mark.parametrize("address", [*HEADINGS, "/wahl/999", "/gibt-es-nicht"])
def test_no_german_text_is_left_on_a_translated_page(mirrored: FlaskClient, address: str) -> None:
    assert words_left(mirrored, address) - names(mirrored) == set()


@pytest.mark.parametrize("address", HEADINGS)
def test_a_page_from_right_to_left_says_so(mirrored: FlaskClient, address: str) -> None:
    page = tree(mirrored, address_in(MIRRORED, address))
    assert (page.get("lang"), page.get("dir")) == ("he", "rtl")
    assert (tree(mirrored, address).get("lang"), tree(mirrored, address).get("dir")) == ("de", "ltr")


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
@pytest.mark.parametrize("address", HEADINGS)
def test_every_page_leads_to_itself_in_every_language_and_names_the_binding_one(
    client: FlaskClient, address: str, language: Language
) -> None:
    page = tree(client, address_in(language, address))
    assert page.get("lang") == language.tag
    alternates = {
        link.get("hreflang"): link.get("href") for link in page.iter("link") if link.get("rel") == "alternate" and link.get("hreflang")
    }
    assert alternates == {one.tag: f"{HOST}{address_in(one, address)}" for one in KNOWN}
    (switch,) = [nav for nav in page.iter("nav") if "pub-languages" in (nav.get("class") or "")]
    assert [(a.get("lang"), a.get("href"), a.get("aria-current")) for a in switch.iter("a")] == [
        (one.tag, address_in(one, address), "true" if one == language else None) for one in KNOWN
    ]
    (binding,) = [p for p in page.iter("p") if p.get("class") == "pub-binding"]
    (german,) = binding.iter("a")
    assert german.get("href") == address
    assert not [p for p in tree(client, address).iter("p") if p.get("class") == "pub-binding"]


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
@pytest.mark.parametrize("address", [*HEADINGS, "/wahl/999"])
def test_links_stay_in_the_language_and_no_attribute_carries_marks(client: FlaskClient, address: str, language: Language) -> None:
    page = tree(client, address_in(language, address))
    assert "<br>" not in "".join(page.itertext())
    for element in page.iter():
        assert not [value for value in element.attrib.values() if "<" in value], element.attrib
    assert "<" not in "".join(page.find("head/title").itertext())  # type: ignore[union-attr]
    pages = {"", "/beirat", "/barrierefreiheit", "/datenschutz", "/offene-daten"}
    for link in (a for a in page.iter("a") if not a.get("hreflang") and not (a.get("href") or "").startswith("#")):
        plain = (link.get("href") or "").partition("#")[0].rstrip("/")
        assert plain not in pages, f"{address}: {plain} leaves the language"


def test_numbers_and_days_are_written_as_in_the_language(client: FlaskClient) -> None:
    english = client.get("/en/wahl/1/ergebnis").text
    easy = client.get("/leicht/wahl/1/ergebnis").text
    for text, words in (
        (english, ("8.2%", "17,984", "Sunday, 10 November 2024", "10\u00a0Nov\u00a02024, 21:15")),
        (easy, ("8,2\u00a0%", "17.984", "Sonntag, 10.\u00a0November\u00a02024")),
    ):
        for word in words:
            assert word in text, word


def test_an_error_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    for address in ("/en/wahl/999", "/en/gibt-es-nicht"):
        page = tree(client, address)
        assert page.get("lang") == "en"
    assert "Nothing is published here" in client.get("/en/wahl/999").text
    assert "This page does not exist" in client.get("/en/gibt-es-nicht").text
    assert "/en/" in client.get("/en/gibt-es-nicht").text
    assert client.get("/english/").status_code == 404


def test_what_the_program_says_of_a_lot_is_translated_and_older_files_keep_their_words(client: FlaskClient) -> None:
    page = client.get("/en/wahl/1/ergebnis").text
    assert "Who gets seat number 13" in page
    assert 'The lot fell on <span lang="de" dir="ltr">Wahlvorschlag 1</span>.' in page
    assert '<span lang="de" dir="ltr">Vergabe des 13. Sitzes</span>' in client.get("/en/wahl/1/fassung/2").text


def test_the_words_of_rounding_by_lot_are_known_in_every_language(client: FlaskClient) -> None:
    for language in TRANSLATED:
        with client.application.test_request_context(f"{language.prefix}/"):
            assert {rounding(words) for words in ROUNDED_BY_LOT}.isdisjoint(ROUNDED_BY_LOT)


def test_names_are_never_translated(client: FlaskClient) -> None:
    for address in ("/wahl/1/ergebnis", "/en/wahl/1/ergebnis", "/leicht/wahl/1/ergebnis"):
        text = client.get(address).text
        assert "Abdi, Dr. Fatuma" in text
        assert "Internationale Liste" in text
