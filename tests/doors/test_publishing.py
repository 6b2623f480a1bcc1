"""What is published also lies there as files, whole at every moment; and the application's kept answers never outlive a publication."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from beiratswahl.access.published import announce_change
from beiratswahl.app import PUBLIC, create_app
from beiratswahl.cli import main
from beiratswahl.public.languages import KNOWN
from beiratswahl.publishing import NotWritable, write_site
from beiratswahl.store.read import published
from beiratswahl.store.tables.publication import Publication
from tests.databases import SqliteTemplates, engine_of
from tests.documents import samples
from tests.doors.pages import Visitor
from tests.doors.publications import NOTICE, WITHDRAWN, configuration, election_of, publish, publish_samples
from tests.doors.test_office_results import CLEAR, count
from tests.world import Place

ADDRESS = "https://wahlen.musterstadt.example"
Act = Callable[[Session], None]


class Installation:
    """An installation with the published samples."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.config = configuration(folder, database_url)
        self.database_url = database_url
        self.change(lambda session: publish_samples(session) and None)

    @property
    def site(self) -> Path:
        return self.config.published / "site"

    def app(self) -> Flask:
        return create_app(self.config, PUBLIC)

    def write(self) -> int:
        return write_site(self.app(), self.config.published, ADDRESS)

    def change(self, act: Act) -> None:
        engine = engine_of(self.database_url)
        with Session(engine) as session:
            act(session)
            session.commit()
        engine.dispose()

    def as_served(self, address: str) -> Path:
        """The file a web server finds: try_files $uri $uri.html $uri/index.html."""
        path = self.site / address.strip("/")
        candidates = (path, path.with_name(f"{path.name}.html"), path / "index.html")
        lost = (
            self.site
            / next((language.code for language in KNOWN if address.startswith(f"{language.prefix}/") and language.prefix), "")
            / "404.html"
        )
        return next((one for one in candidates if one.is_file()), lost)


@pytest.fixture
def here(tmp_path: Path, sqlite_templates: SqliteTemplates) -> Installation:
    return Installation(tmp_path, sqlite_templates.clone())


def withdraw_third(session: Session) -> None:
    row = session.query(Publication).filter_by(election_id=1, number=3).one()
    row.withdrawn_at_utc, row.withdrawal_notice = WITHDRAWN, "Zahlendreher in Bezirk 2."


def test_every_file_is_what_the_application_answers(here: Installation) -> None:
    here.write()
    client = here.app().test_client()
    for address in (
        "/",
        "/en/",
        "/leicht/wahl/1/ergebnis",
        "/wahl/1",
        "/wahl/1/ergebnis",
        "/wahl/1/fassung/2",
        "/wahl/2/berechnung",
        "/wahl/1/ergebnis.json",
        "/wahl/1.json",
    ):
        assert here.as_served(address).read_bytes() == client.get(address, base_url=ADDRESS).data, address


def test_every_link_of_the_files_leads_to_a_file(here: Installation) -> None:
    here.write()
    for page in here.site.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="(/[^"#?]*)', page.read_text()):
            assert here.as_served(address).name != "404.html", f"{page.relative_to(here.site)} → {address}"
    for style in here.site.rglob("*.css"):
        for address in re.findall(r"url\([\"']?((?!data:)[^\"')]+)", style.read_text()):
            assert (style.parent / address).is_file(), f"{style.name} → {address}"


def test_no_file_points_into_another_door_or_to_this_computer(here: Installation) -> None:
    here.write()
    texts = [one.read_text() for one in here.site.rglob("*") if one.suffix in {".html", ".json", ".xml", ".atom"}]
    assert not [text for text in texts if "/anmelden" in text or "localhost" in text]
    assert f"{ADDRESS}/wahl/1/fassung/3" in here.as_served("/wahlen.json").read_text()


def test_compressed_twins_hold_the_same_bytes(here: Installation) -> None:
    here.write()
    twins = list(here.site.rglob("*.gz"))
    assert {"index.html.gz", "ergebnis.json.gz", "ergebnis.csv.gz", "public.css.gz"} <= {one.name for one in twins}
    assert all(gzip.decompress(one.read_bytes()) == one.with_suffix("").read_bytes() for one in twins)


def test_the_old_copy_stays_whole_until_the_new_one_takes_its_place(here: Installation) -> None:
    here.write()
    before = here.site.resolve()
    page = (before / "wahl/1/ergebnis.html").read_bytes()
    here.change(withdraw_third)
    here.write()
    assert here.site.resolve() != before
    assert (before / "wahl/1/ergebnis.html").read_bytes() == page
    assert "zurückgezogen" in here.as_served("/wahl/1/ergebnis").read_text().split("Alle Fassungen")[0]
    here.write()
    assert not before.exists()
    assert len(list((here.config.published / "copies").iterdir())) == 2


def test_an_unchanged_file_keeps_its_time_and_a_changed_one_never_does(here: Installation) -> None:
    """A web server's ETag is made of the second of the change and the size."""
    here.write()

    def seen(address: str) -> tuple[int, int]:
        file = here.as_served(address).stat()
        return int(file.st_mtime), file.st_size

    same, changed = seen("/wahl/2/ergebnis"), seen("/wahl/1/ergebnis")
    here.change(withdraw_third)
    here.write()
    assert seen("/wahl/2/ergebnis") == same
    assert seen("/wahl/1/ergebnis")[0] > changed[0]


def test_withdrawn_versions_stay_reachable_with_their_notice(here: Installation) -> None:
    here.write()
    assert NOTICE in here.as_served("/wahl/1/fassung/2").read_text()
    assert here.as_served("/wahl/1/fassung/2/ergebnis.json").suffix == ".json"
    assert here.as_served("/wahl/1/fassung/9").name == "404.html"


def test_what_is_not_there_is_said_in_the_language_of_the_address(here: Installation) -> None:
    here.write()
    assert "Nothing is published here" in here.as_served("/en/wahl/9").read_text()
    assert "Hier ist nichts veröffentlicht" in here.as_served("/wahl/9").read_text()


def test_a_page_that_fails_leaves_what_was_published(here: Installation) -> None:
    here.write()
    before = here.site.resolve()

    def spoil(session: Session) -> None:
        session.query(Publication).filter_by(election_id=1, number=3).one().result = '{"broken": true, "election_day": "2024-11-10"}'

    here.change(spoil)
    with pytest.raises((NotWritable, KeyError)):
        here.write()
    assert here.site.resolve() == before
    assert len(list((here.config.published / "copies").iterdir())) == 1


def test_a_disk_that_refuses_is_named(here: Installation) -> None:
    here.config.published.mkdir()
    (here.config.published / "copies").write_text("im Weg")
    with pytest.raises(NotWritable, match="konnten nicht geschrieben werden"):
        here.write()


def test_the_command_writes_the_files_and_prints_a_configuration(
    here: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = here.config.instance
    (folder / "secret_key").write_text("k" * 40)
    (folder / "config.toml").write_text(f'public_url = "{ADDRESS}/"\ntrusted_hosts = ["intern.example"]\n')
    monkeypatch.setenv("BEIRATSWAHL_INSTANCE", str(folder))
    monkeypatch.setenv("BEIRATSWAHL_DATABASE_URL", here.database_url)
    assert main(["publish"]) == 0
    assert "Dateien stehen in" in capsys.readouterr().out
    assert here.as_served("/wahl/1").read_text().count("<h1") == 1
    assert main(["publish", "--nginx"]) == 0
    text = capsys.readouterr().out
    assert f"root {folder / 'published' / 'site'};" in text
    assert "server_name wahlen.musterstadt.example;" in text
    assert "~^/en/  /en/404.html;" in text
    assert "@" not in text


def test_publishing_in_the_office_writes_the_files(app: Flask, office: Visitor, place: Place, desk: object, tmp_path: Path) -> None:
    count(desk, place, CLEAR)  # type: ignore[arg-type]
    path = f"/amt/wahl/{place.election_id}/veroeffentlichung"
    office.press(office.open(path), "Jetzt veröffentlichen")
    site = tmp_path / "published" / "site"
    page = site / f"wahl/{place.election_id}/ergebnis.html"
    assert "Vorläufiges Ergebnis" in page.read_text()
    assert "/anmelden" not in page.read_text()
    done = office.press(office.open(office.open(path).link("Fassung 1 zurückziehen")), "Fassung zurückziehen", notice="Zahlendreher")
    assert "ist zurückgezogen" in done.text
    assert "Zahlendreher" in page.read_text()


def test_files_that_cannot_be_written_do_not_undo_the_publication(office: Visitor, place: Place, desk: object, tmp_path: Path) -> None:
    count(desk, place, CLEAR)  # type: ignore[arg-type]
    (tmp_path / "published").write_text("im Weg")
    done = office.press(office.open(f"/amt/wahl/{place.election_id}/veroeffentlichung"), "Jetzt veröffentlichen")
    assert "Fassung 1 ist veröffentlicht" in done.text
    assert "konnten nicht geschrieben werden" in done.text


# kept answers


def patient(here: Installation) -> Flask:
    """An application that asks for the state of publication once and then never again."""
    app = here.app()
    app.wsgi_app.fresh_seconds = float("inf")  # type: ignore[attr-defined]
    return app


def test_a_kept_answer_is_forgotten_when_something_is_published(here: Installation) -> None:
    app = patient(here)
    client = app.test_client()
    before = client.get("/wahl/1/ergebnis").data
    here.change(withdraw_third)
    assert client.get("/wahl/1/ergebnis").data == before
    with app.app_context():
        announce_change()
    assert "zurückgezogen" in client.get("/wahl/1/ergebnis").text.split("Alle Fassungen")[0]


def test_another_process_sees_the_change_when_it_asks_again(here: Installation) -> None:
    app = here.app()
    app.wsgi_app.fresh_seconds = 0  # type: ignore[attr-defined]
    before = app.test_client().get("/wahl/1/ergebnis").data
    here.change(withdraw_third)
    assert app.test_client().get("/wahl/1/ergebnis").data != before


def test_a_kept_answer_equals_the_first_one_and_knows_its_fingerprint(here: Installation) -> None:
    client = patient(here).test_client()
    for address in ("/wahl/1/ergebnis", "/wahl/1/ergebnis.csv", "/"):
        first, again = client.get(address), client.get(address)
        assert (first.data, dict(first.headers)) == (again.data, dict(again.headers))
        unchanged = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_who_carries_a_session_gets_no_kept_answer_and_leaves_none(app: Flask, office: Visitor, archive: Session) -> None:
    app.wsgi_app.fresh_seconds = float("inf")  # type: ignore[attr-defined]
    publish(archive, election_of(archive, samples.preliminary()), samples.preliminary())
    archive.commit()
    assert office.client.get("/").headers["Cache-Control"] == "no-store"
    assert app.test_client().get("/").headers["Cache-Control"] == "public, no-cache"
    assert office.client.get("/").headers["Cache-Control"] == "no-store"


def test_refusals_and_pages_with_a_query_are_not_kept(here: Installation) -> None:
    app = patient(here)
    client = app.test_client()
    for address in ("/wahl/99", "/wahl/1?von=brief", "/gibt-es-nicht"):
        client.get(address)
    assert app.wsgi_app._kept == {}  # type: ignore[attr-defined]


def test_an_answer_made_while_something_is_published_is_not_kept(here: Installation) -> None:
    app = here.app()
    cache = app.wsgi_app
    inner = cache._inner  # type: ignore[attr-defined]

    def slow(environ: dict[str, object], start_response: Callable[..., object]) -> object:
        answer = inner(environ, start_response)
        if environ["PATH_INFO"] == "/wahl/1/ergebnis" and not spoiled:
            spoiled.append(True)
            here.change(withdraw_third)
            cache.forget()  # type: ignore[attr-defined]
            app.test_client().get("/")
        return answer

    spoiled: list[bool] = []
    cache._inner = slow  # type: ignore[attr-defined]
    app.test_client().get("/wahl/1/ergebnis")
    assert "zurückgezogen" in app.test_client().get("/wahl/1/ergebnis").text.split("Alle Fassungen")[0]


def test_the_state_changes_with_every_publication_and_withdrawal(here: Installation) -> None:
    states = []
    here.change(lambda session: states.append(published.state(session)))
    here.change(withdraw_third)
    here.change(lambda session: states.append(published.state(session)))

    def next_version(session: Session) -> None:
        row = session.query(Publication).filter_by(election_id=1, number=3).one()
        fourth = replace(samples.proportional(), version=4)
        publish(session, type("Keys", (), {"municipality_id": row.municipality_id, "id": 1}), fourth)  # type: ignore[arg-type]

    here.change(next_version)
    here.change(lambda session: states.append(published.state(session)))
    assert len(set(states)) == 3
