"""The public door: what is published is shown with its state, and nothing else is."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from random import Random

import html5lib
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from beiratswahl import public
from beiratswahl.app import create_app
from beiratswahl.documents.attachments import result_csv
from beiratswahl.documents.result_sheet import Candidate, ListResult, Quotient, ResultAnnouncement, SeatAllocation
from beiratswahl.law.rules import SeatMethod
from beiratswahl.law.seat_values import ListVotes, MajoritySeats, Outcome
from beiratswahl.law.seats import allocate
from beiratswahl.paths import shipped
from beiratswahl.public.calculation import explain
from beiratswahl.public.publication import version_of
from beiratswahl.store.read import published
from tests.databases import SqliteTemplates, engine_of
from tests.documents import samples
from tests.doors.publications import NOTE, NOTICE, configuration, election_of, publish, publish_samples

TOWN, DISTRICT, SILENT = 1, 2, 3
HEADINGS = {
    "/": "Wahlen zum Beirat für Migration und Integration",
    "/wahl/1": "Wahl am 10. November 2024",
    "/wahl/1/ergebnis": "Endgültiges Ergebnis",
    "/wahl/1/fassung/1": "Vorläufiges Ergebnis",
    "/wahl/1/fassung/2": "Endgültiges Ergebnis",
    "/wahl/1/berechnung": "So wurden die Sitze berechnet",
    "/wahl/1/fassung/1/berechnung": "So wurden die Sitze berechnet",
    "/wahl/1/leinwand": "Beirat für Migration und Integration, Stadt Musterstadt",
    "/wahl/2": "Wahl am 10. November 2024",
    "/wahl/2/ergebnis": "Endgültiges Ergebnis",
    "/wahl/2/berechnung": "So steht fest, wer gewählt ist",
    "/wahl/2/leinwand": "Beirat für Migration und Integration, Landkreis Musterland",
    "/offene-daten": "Offene Daten",
    "/beirat": "Was ist der Beirat für Migration und Integration?",
    "/barrierefreiheit": "Barrierefreiheit",
    "/datenschutz": "Datenschutz",
}
FILES = ("bekanntmachung.pdf", "ergebnis.json", "ergebnis.csv", "nachrechnen.py")


def _client(folder: Path, database_url: str) -> FlaskClient:
    return create_app(configuration(folder, database_url), doors=frozenset({"public"})).test_client()


@pytest.fixture(scope="module")
def client(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The public door alone, with the published samples."""
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        assert publish_samples(session) == {"town": TOWN, "district": DISTRICT, "silent": SILENT}
    engine.dispose()
    return _client(tmp_path_factory.mktemp("public"), database_url)


def _text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    headings = [" ".join("".join(one.itertext()).split()) for one in tree.iter("h1")]
    assert len(headings) == 1, headings
    return headings[0] + "\n" + " ".join(" ".join(tree.find("body").itertext()).split())


@pytest.mark.parametrize("address", HEADINGS)
def test_every_page_is_strict_html_with_its_one_heading(client: FlaskClient, address: str) -> None:
    assert _text(client, address).split("\n")[0] == HEADINGS[address]


def test_the_start_page_names_every_published_election_and_no_other(client: FlaskClient) -> None:
    text = _text(client, "/")
    assert "Stadt Musterstadt" in text
    assert "Landkreis Musterland" in text
    assert f"/wahl/{SILENT}/" not in client.get("/").text


def test_an_installation_without_publications_says_so(sqlite_templates: SqliteTemplates, tmp_path: Path) -> None:
    assert "Noch ist nichts veröffentlicht" in _text(_client(tmp_path, sqlite_templates.clone()), "/")


@pytest.mark.parametrize("page", ["", ".json", "/ergebnis", "/fassung/1", "/berechnung", *(f"/{name}" for name in FILES)])
def test_an_unpublished_election_is_not_told_from_one_that_does_not_exist(client: FlaskClient, page: str) -> None:
    silent, nowhere = client.get(f"/wahl/{SILENT}{page}"), client.get(f"/wahl/999{page}")
    assert silent.status_code == nowhere.status_code == 404
    assert silent.data == nowhere.data
    assert "Hier ist nichts veröffentlicht" in silent.text


@pytest.mark.parametrize("page", ["", "/berechnung", *(f"/{name}" for name in FILES)])
def test_a_version_that_was_never_published_is_not_found(client: FlaskClient, page: str) -> None:
    assert client.get(f"/wahl/1/fassung/4{page}").status_code == 404


def test_every_page_of_an_election_says_its_state_and_version(client: FlaskClient) -> None:
    for address in ("/wahl/1", "/wahl/1/ergebnis", "/wahl/1/berechnung"):
        assert "Endgültiges Ergebnis Fassung 3 vom 15.11.2024, 09:00 Uhr" in _text(client, address)
    for address in ("/wahl/1/fassung/1", "/wahl/1/fassung/1/berechnung"):
        text = _text(client, address)
        assert "Vorläufiges Ergebnis Fassung 1 vom 10.11.2024, 21:15 Uhr" in text
        assert "Es gibt eine neuere Fassung" in text


def test_a_withdrawn_version_stays_readable_with_its_notice(client: FlaskClient) -> None:
    for address in ("/wahl/1/fassung/2", "/wahl/1/fassung/2/berechnung"):
        text = _text(client, address)
        assert "Endgültiges Ergebnis – zurückgezogen" in text
        assert "Das Wahlamt hat diese Fassung zurückgezogen" in text
        assert NOTICE in text
    assert "zurückgezogen" not in _text(client, "/wahl/1/ergebnis").split("Alle Fassungen des Ergebnisses")[0]
    assert all(client.get(f"/wahl/1/fassung/2/{name}").status_code == 200 for name in FILES)


def test_the_result_says_what_a_version_changed(client: FlaskClient) -> None:
    assert NOTE in _text(client, "/wahl/1/fassung/2")


def test_rejected_letters_are_told_from_invalid_ballots(client: FlaskClient) -> None:
    text = _text(client, "/wahl/1/ergebnis")
    for line in ("ungültige Stimmzettel 34", "davon zurückgewiesen 58", "zu spät eingegangen 12", "davon zugelassen 1.471"):
        assert line in text


def test_rejected_letters_are_shown_by_reason_with_their_paragraph(client: FlaskClient) -> None:
    text = _text(client, "/wahl/1/ergebnis")
    assert "Versicherung an Eides statt nicht unterschrieben (§\u00a039 Abs.\u00a01 Nr.\u00a06 KWG) 37".replace("\u00a0", " ") in text


def test_districts_are_shown_and_small_ones_only_together(client: FlaskClient) -> None:
    text = _text(client, "/wahl/1/ergebnis")
    assert "1 Briefwahlbezirk Altstadt und Universität 803 8,8 % 786 gültig 17 ungültig" in text
    assert "3 Briefwahlbezirk Waldhof und 4 Briefwahlbezirk Am Kernbergturm zusammen 79" in text
    assert "weniger als 50 Stimmzetteln nicht für sich" in text
    assert "Ergebnisse der Stimmbezirke" not in _text(client, "/wahl/2/ergebnis")


def test_the_page_of_an_election_says_whom_to_ask(client: FlaskClient) -> None:
    assert "Rathausplatz 1 55999 Musterstadt Telefon 06999 123-456 wahlamt@musterstadt.example" in _text(client, "/wahl/1")


def test_the_pictures_say_in_words_what_they_show(client: FlaskClient) -> None:
    text = client.get("/wahl/1/ergebnis").text
    assert "Halbrund mit 13 Sitzen: Internationale Liste 5," in text
    assert "Einzelbewerbung Dr. Abdi 2 (davon 1 unbesetzt)." in text
    assert text.count("<circle ") == 13
    assert " style=" not in text
    assert re.findall(r"<script[^>]*>", re.sub(r"\?v=[^\"]*", "", text)) == ['<script src="/static/news.js" defer>']  # none in the page


def test_elected_substitutes_empty_seats_and_lots_are_named(client: FlaskClient) -> None:
    text = _text(client, "/wahl/1/ergebnis")
    for part in (
        "Abdi, Dr. Fatuma 2.150",
        "1 Sitz bleibt unbesetzt.",
        "Das Los fiel auf Wahlvorschlag 1.",
        "1. Ersatzperson",
    ):
        assert part in text


def test_a_majority_result_lists_persons_and_no_lists(client: FlaskClient) -> None:
    text = _text(client, "/wahl/2/ergebnis")
    assert "Yılmaz, Ayşe" in text
    assert "20 Ersatzpersonen" in text
    assert "Wahlvorschläge" not in text
    assert "Für einen sicheren Sitz fehlten ihr 12 Stimmen" in _text(client, "/wahl/2/berechnung")


def test_files_of_a_version_never_change_and_say_so(client: FlaskClient) -> None:
    newest, numbered = client.get("/wahl/1/ergebnis.json"), client.get("/wahl/1/fassung/3/ergebnis.json")
    assert newest.data == numbered.data
    assert newest.headers["Cache-Control"] == "public, no-cache"
    assert "immutable" in numbered.headers["Cache-Control"]
    listed = {one["version"]: one for one in client.get("/wahl/1.json").json}
    for number, one in listed.items():
        assert sha256(client.get(f"/wahl/1/fassung/{number}/ergebnis.json").data).hexdigest() == one["sha256"]
    assert listed[2]["withdrawal_notice"] == NOTICE


def test_the_start_page_has_a_twin_for_programs(client: FlaskClient) -> None:
    elections = client.get("/wahlen.json").json
    assert {(one["authority"], one["label"], one["version"]) for one in elections} == {
        ("Stadt Musterstadt", "endgültig", 3),
        ("Landkreis Musterland", "endgültig", 1),
    }
    assert all(client.get(one[kind]).status_code == 200 for one in elections for kind in ("page", "json", "csv", "pdf", "details"))


@pytest.mark.parametrize("address", ["/", "/wahl/1/ergebnis", "/beirat", "/wahlen.json", "/wahl/1/bekanntmachung.pdf"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"older"'}).status_code == 200


def test_public_pages_set_no_cookie(client: FlaskClient) -> None:
    assert [address for address in HEADINGS if "Set-Cookie" in client.get(address).headers] == []


def test_a_new_version_is_shown_at_once(database_url: str, tmp_path: Path) -> None:
    client = _client(tmp_path, database_url)
    client.application.wsgi_app.fresh_seconds = 0  # type: ignore[attr-defined]
    engine = engine_of(database_url)
    with Session(engine) as session:
        election = election_of(session, samples.preliminary())
        publish(session, election, samples.preliminary())
        session.commit()
        before = client.get("/wahl/1/ergebnis")
        publish(session, election, samples.proportional(), pdf=b"%PDF" + b"0" * 1_499_996, signed_by="Stadt Musterstadt")
        session.commit()
    engine.dispose()
    after = client.get("/wahl/1/ergebnis", headers={"If-None-Match": before.headers["ETag"]})
    assert "Vorläufiges Ergebnis</h1>" in before.text
    assert "Endgültiges Ergebnis</h1>" in after.text
    assert "als PDF (1.500&nbsp;kB)" in after.text
    assert "Elektronisch signiert von: Stadt Musterstadt" in after.text
    assert "signiert" not in before.text


def test_only_the_public_door_is_open_when_it_runs_alone(client: FlaskClient) -> None:
    endpoints = {rule.endpoint.partition(".")[0] for rule in client.application.url_map.iter_rules()}
    assert endpoints == {"public", "static"}
    assert "Anmeldung" not in _text(client, "/")


def test_the_public_door_imports_nothing_that_knows_more_than_what_is_published() -> None:
    allowed = {
        "collections.abc", "dataclasses", "datetime", "fractions", "hashlib", "threading", "time", "typing", "wsgiref.types", "flask",
        "decimal", "functools", "io", "pathlib", "re", "xml.etree.ElementTree",
        "babel", "babel.dates", "babel.messages.mofile", "babel.messages.pofile", "babel.numbers", "babel.support", "flask_babel",
        "beiratswahl.words", "beiratswahl.csv_files", "beiratswahl.pictures",
        "beiratswahl.clock", "beiratswahl.clock.local", "beiratswahl.clock.today",
        "beiratswahl.paths.shipped", "beiratswahl.paths.PACKAGE",
        "beiratswahl.access.archive", "beiratswahl.access.gates.public",
        "beiratswahl.store.read.published", "beiratswahl.store.read.published.PublishedView",
        "beiratswahl.store.read.published.InformationView", "beiratswahl.store.read.published.NoticeView",
        # the application form: the press prints what it is given and reads nothing
        "wtforms", "wtforms.validators", "beiratswahl.access.forms.open_to_everyone",
        "beiratswahl.documents.application_code.ApplicationFields", "beiratswahl.documents.application_form.ApplicationSheet",
        "beiratswahl.documents.application_form.print_application", "beiratswahl.documents.result_sheet.Letterhead",
        "beiratswahl.documents.typeface.UnprintableCharacter",
    }  # fmt: skip
    found = set()
    for file in Path(public.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                own = (node.module or "").startswith("beiratswahl")
                found |= {f"{node.module}.{alias.name}" for alias in node.names} if own else {node.module or "."}
    # the law knows nobody: it is functions on the values it is given
    assert {name for name in found if not name.startswith(("beiratswahl.public.", "beiratswahl.law."))} <= allowed


# the calculation


def _sheet(votes: list[int], seats: list[int]) -> ResultAnnouncement:
    """A result with these votes and seats; enough persons on every list."""
    lists = tuple(
        ListResult(
            number, f"Liste {number}", of, won, tuple(Candidate(f"P{number}-{at}", "", 0, at, elected_rank=at) for at in range(1, won + 2))
        )
        for number, (of, won) in enumerate(zip(votes, seats, strict=True), 1)
    )
    quotients = [
        Quotient(of.number, Fraction(2 * n + 1, 2), Fraction(2 * of.votes, 2 * n + 1), 1 if n < of.seats else None)
        for of in lists
        for n in range(of.seats + 1)
    ]
    allocation = SeatAllocation("Sainte-Laguë/Schepers", "§ 41 Abs. 1 KWG", tuple(quotients))
    return replace(samples.proportional(), seats=sum(seats), votes=sum(votes), lists=lists, lots=(), allocation=allocation)


def _sainte_lague(votes: list[int], total: int) -> list[int] | None:
    """Seats by the first `total` quotients, or None where a lot would be needed."""
    ordered = sorted(((Fraction(of, 2 * n + 1), place) for place, of in enumerate(votes) for n in range(total + 1)), reverse=True)
    if ordered[total - 1][0] == ordered[total][0]:
        return None
    won = [place for _, place in ordered[:total]]
    return [won.count(place) for place in range(len(votes))]


ELECTIONS = [[6300, 4903, 3900, 2150], [968, 602, 581, 560], [29040, 28964, 11023], [51, 50, 1], [100, 7, 5, 3, 2]]


@pytest.mark.parametrize("votes", ELECTIONS)
def test_the_missing_votes_give_one_more_seat_and_one_vote_less_does_not(votes: list[int], sqlite_templates: SqliteTemplates) -> None:
    seats = _sainte_lague(votes, 13)
    assert seats is not None
    engine = engine_of(sqlite_templates.clone())
    with Session(engine) as session:
        sheet = _sheet(votes, seats)
        publish(session, election_of(session, sheet), sheet)
        session.flush()
        explanation = explain(version_of(published.newest(session)[0]))
    engine.dispose()
    assert explanation is not None
    assert explanation.plain
    assert len(explanation.distances) == len(votes)
    for distance in explanation.distances:
        place = distance.list.number - 1
        enough = [*votes[:place], votes[place] + distance.missing, *votes[place + 1 :]]
        short = [*votes[:place], votes[place] + distance.missing - 1, *votes[place + 1 :]]
        with_enough, with_less = _sainte_lague(enough, 13), _sainte_lague(short, 13)
        assert with_enough is not None
        assert with_enough[place] == seats[place] + 1
        assert with_less is None or with_less[place] == seats[place]


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """A citizen's folder."""
    folder = tmp_path / "nachrechnen"
    folder.mkdir()
    return folder


def _recompute(client: FlaskClient, address: str, folder: Path) -> str:
    """What the citizen sees who downloads both files and runs the program."""
    for name in ("ergebnis.csv", "nachrechnen.py"):
        (folder / name).write_bytes(client.get(f"{address}/{name}").data)
    run = subprocess.run(
        [sys.executable, "-I", "nachrechnen.py"], cwd=folder, capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1"}
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def test_the_program_on_the_page_reproduces_the_seats_from_the_csv(client: FlaskClient, workshop: Path) -> None:
    assert _recompute(client, "/wahl/1", workshop).splitlines() == [
        "Wahlvorschlag 1: 4 + Los, veröffentlicht 5: stimmt",
        "Wahlvorschlag 2: 3 + Los, veröffentlicht 3: stimmt",
        "Wahlvorschlag 3: 3, veröffentlicht 3: stimmt",
        "Wahlvorschlag 4: 2, veröffentlicht 2: stimmt",
    ]


def test_the_program_on_the_page_reproduces_who_is_elected_from_the_csv(client: FlaskClient, workshop: Path) -> None:
    lines = _recompute(client, "/wahl/2", workshop).splitlines()
    assert len(lines) == 30
    assert sum("gewählt ja, veröffentlicht ja: stimmt" in line for line in lines) == 10
    assert sum("gewählt nein, veröffentlicht nein: stimmt" in line for line in lines) == 20


@pytest.mark.parametrize(
    ("votes", "seats", "verdict"),
    [
        ([968, 602, 581, 560], [4, 3, 3, 3], "stimmt"),
        ([968, 602, 581, 560], [5, 3, 3, 2], "WEICHT AB"),
        # Contwig 2019: 10.24 seats by proportion, but more than half of the votes
        ([512, 353, 135], [11, 7, 2], "stimmt"),
        ([512, 353, 135], [10, 7, 3], "WEICHT AB"),
        ([51, 49], [2, 0], "stimmt"),
    ],
)
def test_the_program_finds_right_and_wrong_results(
    votes: list[int], seats: list[int], verdict: str, sqlite_templates: SqliteTemplates, tmp_path: Path, workshop: Path
) -> None:
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        sheet = _sheet(votes, seats)
        publish(session, election_of(session, sheet), sheet)
        session.commit()
    engine.dispose()
    output = _recompute(_client(tmp_path, database_url), "/wahl/1", workshop)
    assert ("WEICHT AB" in output) == (verdict == "WEICHT AB")


def test_the_program_and_the_law_agree(workshop: Path) -> None:
    chance = Random(41)
    (workshop / "nachrechnen.py").write_text((shipped("templates") / "public" / "nachrechnen_verhaeltniswahl.py").read_text())
    for _ in range(25):
        votes = [chance.choice((chance.randrange(1, 60), chance.randrange(1, 9000))) for _ in range(chance.randrange(2, 8))]
        total = chance.randrange(2, 24)
        lists = [ListVotes(str(number), of) for number, of in enumerate(votes, 1)]
        law = allocate(SeatMethod.SAINTE_LAGUE, total, lists, majority_clause=True, majority_seats=MajoritySeats.AS_MANY_AS_NEEDED)
        if law.outcome is Outcome.LOT:
            continue
        sheet = _sheet(votes, [law.seats[str(number)] for number in range(1, len(votes) + 1)])
        (workshop / "ergebnis.csv").write_bytes(result_csv(sheet))
        output = subprocess.run(
            [sys.executable, "-I", "nachrechnen.py"], cwd=workshop, capture_output=True, encoding="utf-8", check=True
        ).stdout
        assert output.count(": stimmt") == len(votes), (votes, total, output)
        assert "Los" not in output


def test_the_page_shows_the_very_program_it_offers(client: FlaskClient) -> None:
    tree = html5lib.parse(client.get("/wahl/1/berechnung").text, namespaceHTMLElements=False)
    shown = "".join(tree.find(".//pre").itertext())
    assert shown.strip() == client.get("/wahl/1/nachrechnen.py").text.strip()


def test_where_another_rule_moved_a_seat_no_missing_votes_are_named(sqlite_templates: SqliteTemplates, tmp_path: Path) -> None:
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        sheet = _sheet([512, 353, 135], [11, 7, 2])
        publish(session, election_of(session, sheet), sheet)
        session.commit()
    engine.dispose()
    text = _text(_client(tmp_path, database_url), "/wahl/1/berechnung")
    assert "nicht allein die Reihenfolge der Teilungsergebnisse" in text
    assert "Stimmen mehr hätte" not in text


def test_the_json_of_the_page_is_the_json_of_the_press(client: FlaskClient) -> None:
    result = json.loads(client.get("/wahl/1/ergebnis.json").data)
    assert (result["format"], result["version"], result["label"]) == ("beiratswahl-ergebnis", 3, "endgültig")


def test_the_screen_for_the_room_says_the_state_the_turnout_and_every_list(client: FlaskClient) -> None:
    text = _text(client, "/wahl/1/leinwand")
    assert "Endgültiges Ergebnis Fassung 3 vom 15.11.2024, 09:00 Uhr" in text
    assert "Wahlbeteiligung 8,2 %" in text
    for of in client.get("/wahl/1/ergebnis.json").json["lists"]:
        assert of["keyword"] in text
    assert client.get("/wahl/1/leinwand").text.count("<circle ") == 13
    assert "Yılmaz, Ayşe" in _text(client, "/wahl/2/leinwand")
    assert client.get(f"/wahl/{SILENT}/leinwand").status_code == 404
