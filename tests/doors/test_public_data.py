"""Open data of the public door: tables that existing readers know, names, rules, feed, sitemap, catalogue, comparison and archive."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from beiratswahl.app import PUBLIC, create_app
from beiratswahl.documents.result_statistics import ResultStatistics
from beiratswahl.operations.desk import Desk
from beiratswahl.public import open_data
from beiratswahl.store.tables.publication import Publication
from tests.databases import SqliteTemplates, engine_of
from tests.documents import samples
from tests.doors.announced import announce
from tests.doors.publications import NOTICE, configuration, election_of, publish, publish_samples

BASE = "https://wahlen.musterstadt.example"
DISTRICTS = "/wahl/1/Open-Data-07999000-Beiratswahl-Stimmbezirk.csv"
AREA = "/wahl/1/Open-Data-07999000-Beiratswahl-Wahlgebiet.csv"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The published samples, and the final result of the town's election five years before (election 4)."""
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        publish_samples(session)
        final = samples.proportional()
        lists = (replace(final.lists[0], votes=3_000, seats=4), replace(final.lists[1], keyword="Liste von damals", votes=9_000, seats=9))
        before = replace(
            final, election_day=date(2019, 10, 27), version=1, lists=lists, votes=12_000, voters=1_200, eligible=16_000, lots=()
        )
        publish(session, election_of(session, before), before)
        session.commit()
    engine.dispose()
    return create_app(configuration(tmp_path_factory.mktemp("data"), database_url), PUBLIC).test_client()


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address, base_url=BASE)
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8"), address
    assert not answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(answer.text.splitlines(), delimiter=";"))


def test_the_districts_can_be_read_like_those_of_votemanager(client: FlaskClient) -> None:
    first, second, small = table(client, DISTRICTS)
    assert (first["datum"], first["wahl"], first["ags"], first["gebiet-nr"]) == ("10.11.2024", "Beiratswahl", "07999000", "1")
    assert (first["A"], first["B"], first["B1"], first["C"], first["A1"]) == ("9120", "803", "803", "17", "")
    assert (small["gebiet-nr"], small["anz-schnellmeldungen"]) == ("3+4", "2")
    for row in (first, second, small):
        by_list = [int(row[f"D{number}"]) for number in range(1, 5)]
        assert sum(by_list) == int(row["D"])
        for number, votes in enumerate(by_list, 1):
            assert sum(int(cell) for name, cell in row.items() if name.startswith(f"D{number}_")) == votes


def test_districts_add_up_to_the_area(client: FlaskClient) -> None:
    (area,) = table(client, AREA)
    districts = table(client, DISTRICTS)
    assert set(area) == set(districts[0])
    for name, total in area.items():
        if (name[0] in "ABCD" and total) or name == "gueltige-stimmzettel":
            assert sum(int(row[name]) for row in districts) == int(total), name


def test_every_column_of_votes_has_its_name_and_every_column_is_documented(client: FlaskClient) -> None:
    names = {row["schluessel"]: row for row in table(client, "/wahl/1/namen.csv")}
    columns = {name for name in table(client, AREA)[0] if name.startswith("D") and name != "D"}
    assert columns == set(names)
    assert (names["D1"]["name"], names["D4_1"]["name"], names["D4_1"]["gewaehlt"]) == ("Internationale Liste", "Abdi, Dr. Fatuma", "ja")
    for column in (*open_data.HEAD, *open_data.NAMES):
        assert column in (open_data.__doc__ or ""), column


def test_in_a_majority_election_the_columns_are_persons(client: FlaskClient) -> None:
    (area,) = table(client, "/wahl/2/Open-Data-07199000-Beiratswahl-Wahlgebiet.csv")
    names = table(client, "/wahl/2/namen.csv")
    assert [row["schluessel"] for row in names] == [f"D{number}" for number in range(1, 31)]
    assert (names[0]["name"], area["D1"], names[0]["art"]) == ("Yılmaz, Ayşe", "412", "Person")


def test_a_file_under_a_foreign_municipality_key_is_not_found(client: FlaskClient) -> None:
    assert client.get("/wahl/1/Open-Data-07199000-Beiratswahl-Stimmbezirk.csv").status_code == 404


def test_all_elections_stand_in_one_table_with_the_same_columns(client: FlaskClient) -> None:
    rows = {(row["koerperschaft"], row["wahltag"]): row for row in table(client, "/wahlen.csv")}
    town = rows["Stadt Musterstadt", "10.11.2024"]
    assert (town["wahlbeteiligung-prozent"], town["gewaehlt"], town["unbesetzt"]) == ("8,18", "12", "1")
    assert (town["wahlbriefe-zurueckgewiesen"], town["wahlvorschlaege"], town["bewerbungen"], town["lose"]) == ("58", "4", "35", "1")
    district = rows["Landkreis Musterland", "10.11.2024"]
    assert (district["wahlsystem"], district["bewerbungen"], district["wahlbriefe-verspaetet"]) == ("Mehrheitswahl", "", "")
    assert len(rows) == 3


def test_every_column_of_all_elections_is_explained_and_the_twin_says_the_same(client: FlaskClient) -> None:
    rows = table(client, "/wahlen.csv")
    fields = table(client, "/wahlen-felder.csv")
    assert [field["feld"] for field in fields] == list(rows[0])
    assert all(field["bedeutung"] and field["herkunft"] for field in fields)
    twin = client.get("/wahlen-tabelle.json").json
    assert twin["fields"] == fields
    as_text = [{name: "" if value is None else str(value) for name, value in of.items()} for of in twin["elections"]]
    assert as_text == rows


def test_what_is_never_recorded_has_its_empty_column(client: FlaskClient) -> None:
    never = [field["feld"] for field in table(client, "/wahlen-felder.csv") if field["herkunft"] == "nicht erfasst"]
    assert never == ["waehler-16-bis-17", "wahlvorschlaege-ausrichtung"]
    assert {row[name] for row in table(client, "/wahlen.csv") for name in never} == {""}


def test_groups_of_the_elected_are_numbers_and_small_ones_a_point(sqlite_templates: SqliteTemplates, tmp_path: Path) -> None:
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    statistics = ResultStatistics(
        least=3,
        elected_sex={"weiblich": 7, "männlich": 5},
        elected_age={"bis 17 Jahre": None, "25 bis 34 Jahre": 9, "35 bis 44 Jahre": None},
        elected_nationality={"Türkei": 4, "Syrien": 5, "Ukraine": None, "Italien": None},
        elected_before=None,
        candidates_sex=None,
        candidates_age={"25 bis 34 Jahre": 35},
        eligible_minors=112,
    )
    with Session(engine) as session:
        sheet = replace(samples.proportional(), statistics=statistics)
        publish(session, election_of(session, sheet), sheet)
        session.commit()
    engine.dispose()
    (row,) = table(create_app(configuration(tmp_path, database_url), PUBLIC).test_client(), "/wahlen.csv")
    assert (row["gewaehlt-frauen"], row["gewaehlt-maenner"], row["gewaehlt-divers"]) == ("7", "5", "0")
    assert (row["gewaehlt-bis-17"], row["gewaehlt-25-bis-34"], row["gewaehlt-70-und-aelter"]) == (".", "9", "0")
    assert row["gewaehlt-staatsangehoerigkeiten"] == "Syrien 5, Türkei 4, weitere 3"
    assert (row["gewaehlt-wieder"], row["bewerbungen-frauen"], row["bewerbungen-bis-17"]) == ("", "", "0")
    assert row["wahlberechtigte-16-bis-17"] == "112"


def test_rules_and_steps_are_given_with_their_source(client: FlaskClient) -> None:
    content = client.get("/wahl/1/regeln.json").json
    assert content["rules"][1] == {
        "rule": "max_votes_per_candidate",
        "title": "Stimmen je Person",
        "value": 3,
        "origin": "Gesetz",
        "source": "§ 32 Abs. 1 KWG",
    }
    assert [step["source"] for step in content["steps"]].count("§ 41 Abs. 1 KWG") == 3
    assert content["lots"][0]["result"] == "Das Los fiel auf Wahlvorschlag 1."


def test_the_feed_tells_every_publication_and_withdrawal_the_newest_first(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/neues.atom", base_url=BASE).data)
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) == 6
    assert all(str(one).startswith(BASE) for one in ids)
    moments = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert root.findtext(f"{ATOM}updated") == moments[0]
    (withdrawal,) = [entry for entry in entries if "zurückgezogen" in str(entry.findtext(f"{ATOM}title"))]
    assert withdrawal.findtext(f"{ATOM}summary") == NOTICE


def test_the_feed_tells_notices_and_information_too(desk: Desk, app: Flask) -> None:
    election_id = announce(desk)
    root = ElementTree.fromstring(app.test_client().get("/neues.atom", base_url=BASE).data)
    titles = [str(entry.findtext(f"{ATOM}title")) for entry in root.findall(f"{ATOM}entry")]
    assert sum("Informationen zur Wahl" in title for title in titles) == 1
    assert sum("zurückgezogen" in title for title in titles) == 1
    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in root.findall(f"{ATOM}entry")]  # type: ignore[union-attr]  # every entry has a link
    assert f"{BASE}/wahl/{election_id}/bekanntmachungen/1" in links
    assert all(app.test_client().get(link, base_url=BASE).status_code == 200 for link in links)
    assert len({entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")}) == len(titles)


def test_an_empty_installation_has_a_valid_feed_catalogue_and_table(sqlite_templates: SqliteTemplates, tmp_path: Path) -> None:
    client = create_app(configuration(tmp_path, sqlite_templates.clone()), PUBLIC).test_client()
    assert ElementTree.fromstring(client.get("/neues.atom").data).findall(f"{ATOM}entry") == []
    assert client.get("/katalog.jsonld").json["dcat:dataset"] == []
    assert table(client, "/wahlen.csv") == []


def test_the_sitemap_lists_pages_that_answer_and_robots_names_it(client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml", base_url=BASE).data)
    pages = [str(one.text) for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"{BASE}/wahl/1/ergebnis" in pages
    assert not [page for page in pages if client.get(page, base_url=BASE).mimetype != "text/html"]
    assert f"Sitemap: {BASE}/sitemap.xml" in client.get("/robots.txt", base_url=BASE).text


def test_every_file_in_the_catalogue_answers_with_its_media_type(client: FlaskClient) -> None:
    answer = client.get("/katalog.jsonld", base_url=BASE)
    assert answer.mimetype == "application/ld+json"
    datasets = json.loads(answer.data)["dcat:dataset"]
    assert len(datasets) == 3
    for distribution in (one for dataset in datasets for one in dataset["dcat:distribution"]):
        file = client.get(distribution["dcat:downloadURL"]["@id"], base_url=BASE)
        assert (file.status_code, file.mimetype) == (200, distribution["dcat:mediaType"])


def text_of(client: FlaskClient, address: str) -> str:
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(client.get(address).text)
    return " ".join(" ".join(tree.find("body").itertext()).split())


def test_the_result_is_compared_with_the_election_before(client: FlaskClient) -> None:
    section = text_of(client, "/wahl/1/ergebnis").split("Vergleich mit der vorigen Wahl")[1]
    assert "27. Oktober 2019" in section
    assert "Wahlbeteiligung 8,2 % 7,5 %" in section
    assert "Internationale Liste 36,5 % 5 Sitze 25,0 % 4 Sitze" in section
    assert "Liste von damals – 75,0 % 9 Sitze" in section


def test_without_an_earlier_final_result_nothing_is_compared(client: FlaskClient) -> None:
    for address in ("/wahl/4/ergebnis", "/wahl/2/ergebnis"):
        assert "Vergleich mit der vorigen Wahl" not in text_of(client, address)


def test_a_withdrawn_or_preliminary_result_is_no_measure(sqlite_templates: SqliteTemplates, tmp_path: Path) -> None:
    database_url = sqlite_templates.clone()
    engine = engine_of(database_url)
    with Session(engine) as session:
        publish_samples(session)
        before = replace(samples.preliminary(), election_day=date(2019, 10, 27))
        publish(session, election_of(session, before), before)
        older = replace(samples.proportional(), election_day=date(2014, 11, 23), version=1)
        election = election_of(session, older)
        publish(session, election, older)
        session.flush()
        row = session.query(Publication).filter_by(election_id=election.id).one()
        row.withdrawn_at_utc = row.published_at_utc
        session.commit()
    engine.dispose()
    client = create_app(configuration(tmp_path, database_url), PUBLIC).test_client()
    assert "Vergleich mit der vorigen Wahl" not in text_of(client, "/wahl/1/ergebnis")


def test_the_start_page_keeps_earlier_elections_in_the_archive(client: FlaskClient) -> None:
    text = text_of(client, "/")
    current, archive = text.split("Archiv: frühere Wahlen")
    assert "10. November 2024" in current
    assert "27. Oktober 2019" not in current
    assert "27. Oktober 2019" in archive.split("Worum geht es")[0]
