"""The demo runs a whole election and touches nothing else."""

import socket
import tomllib
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from beiratswahl.access import archive
from beiratswahl.app import create_app
from beiratswahl.cli import main
from beiratswahl.config import BadConfiguration, Config, load, prepare_instance
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.operations import results
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.counting import record_ballot
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.results import LotKind
from beiratswahl.rehearsal.demo import ForeignInstance, fresh_instance, run
from beiratswahl.store import journal
from beiratswahl.store.database import open_engine
from beiratswahl.store.read import published
from beiratswahl.store.read.counting import ballots
from beiratswahl.store.read.roll_cases import waiting_applications
from beiratswahl.store.read.roll_pending import pending
from beiratswahl.store.read.roll_work import WorkList, work_counts
from beiratswahl.store.read.setup import districts
from tests.databases import PostgresTemplates

PERSONS = 9_000
#: what tells when the demo was run
DATED = {"announced_on", "lots"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = fresh_instance(tmp_path_factory.mktemp("instance") / "demo")
    summary = run(config, lambda _: None, lambda *_: None, persons=PERSONS)
    assert summary.ballots >= 1_400
    assert summary.lot.startswith("Sitz 13")
    assert summary.pdf.read_bytes().startswith(b"%PDF")
    return config


def test_the_demo_publishes_a_preliminary_and_a_final_version(demo: Config) -> None:
    engine = open_engine(demo.database_url)
    with Session(engine) as session:
        final, preliminary = published.versions(session, 1)
        assert (final.label, preliminary.label) == ("endgültig", "vorläufig")
        assert sum(of["seats"] for of in final.result["lists"]) == 13
        assert len(final.result["lots"]) == 1
    engine.dispose()


def test_postgresql_gives_the_same_result(demo: Config, postgres_templates: PostgresTemplates, tmp_path: Path) -> None:
    results_of = []
    (tmp_path / "demo").mkdir()
    other = Config(tmp_path / "demo", postgres_templates.clone(), "y" * 48, demo=True, secure_cookies=False)
    run(other, lambda _: None, lambda *_: None, persons=PERSONS)
    for config in (demo, other):
        engine = open_engine(config.database_url)
        with Session(engine) as session:
            results_of.append({key: value for key, value in published.versions(session, 1)[0].result.items() if key not in DATED})
            assert list(journal.faults(session)) == []
        engine.dispose()
    assert results_of[0] == results_of[1]
    app = create_app(other)
    assert app.test_client().get("/wahl/1/ergebnis").status_code == 200
    with app.app_context():
        archive.engine().dispose()


def test_the_second_election_waits_for_the_lot(demo: Config) -> None:
    engine = open_engine(demo.database_url)
    with Session(engine) as session:
        question = results.result(session, 2).question
        assert question is not None
        assert (question.kind, question.seat, len(question.among)) == (LotKind.PERSON, 5, 2)
    engine.dispose()


def test_every_work_list_of_the_third_election_has_something_to_do(demo: Config) -> None:
    engine = open_engine(demo.database_url)
    with Session(engine) as session:
        # nobody is blocked by mistake of an export
        assert [work for work, cases in work_counts(session, 3).items() if not cases] == [WorkList.ENTITLED_AGAIN]
        assert [kind for kind, cases in pending(session, 3)._asdict().items() if not cases] == ["entitled_again"]
        assert {one.recorded_by for one in waiting_applications(session, 3)} == {"Kim Kreis", "Toni Berg"}
        assert waiting_applications(session, 3, returned=True)
    engine.dispose()


def test_in_the_fourth_election_ballots_can_be_typed(demo: Config) -> None:
    engine = open_engine(demo.database_url)
    with Session(engine) as session:
        (district,) = districts(session, 4)
        paper = ballot_paper(session, 4)
        before = len(ballots(session, district.district_id))
        desk = Desk(session, Actor(account_id=None, name="Zählgruppe 3", role="Zählgruppe"))
        record_ballot(desk, district.district_id, "typed", Ballot(list_marks=(next(iter(paper.law.lists)),)))
        assert len(ballots(session, district.district_id)) == before + 1 > 10
    engine.dispose()


def test_the_journal_of_the_demo_is_whole(demo: Config) -> None:
    engine = open_engine(demo.database_url)
    with Session(engine) as session:
        assert list(journal.faults(session)) == []
    engine.dispose()


def test_the_demo_accounts_work_in_the_demo_only(demo: Config) -> None:
    client = create_app(demo).test_client()
    assert client.get("/").status_code == 200
    real = Config(demo.instance, demo.database_url, "z" * 48, demo=False)
    with pytest.raises(BadConfiguration, match="amt"):
        create_app(real)


def test_a_second_demo_starts_clean_and_leaves_a_real_installation_alone(tmp_path: Path) -> None:
    first = fresh_instance(tmp_path / "demo")
    (tmp_path / "demo" / "rest").write_text("alt")
    second = fresh_instance(tmp_path / "demo")
    assert not (tmp_path / "demo" / "rest").exists()
    assert first.secret_key != second.secret_key
    prepare_instance(tmp_path / "real")
    with pytest.raises(ForeignInstance):
        fresh_instance(tmp_path / "real")
    assert "demo" not in tomllib.loads((tmp_path / "real" / "config.toml").read_text())


def test_the_demo_ignores_a_database_named_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEIRATSWAHL_DATABASE_URL", "postgresql+psycopg://real@/real")
    assert fresh_instance(tmp_path / "demo").database_url.startswith("sqlite:")


@pytest.mark.parametrize("secret", ["secret", "change-me", "x" * 31])
def test_a_known_or_short_secret_keeps_the_application_from_starting(tmp_path: Path, secret: str) -> None:
    prepare_instance(tmp_path)
    (tmp_path / "secret_key").write_text(secret)
    with pytest.raises(BadConfiguration, match="Schlüssel"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("line", "named"), [("demoo = true", "demoo"), ("demo = 1", "demo"), ("demo = ", "TOML"), ("trusted_hosts = 'x'", "trusted_hosts")]
)
def test_a_mistake_in_the_configuration_is_named(tmp_path: Path, line: str, named: str) -> None:
    prepare_instance(tmp_path)
    (tmp_path / "config.toml").write_text(line)
    with pytest.raises(BadConfiguration, match=named):
        load(tmp_path)


def test_a_database_behind_the_program_keeps_the_application_from_starting(tmp_path: Path) -> None:
    prepare_instance(tmp_path)
    with pytest.raises(BadConfiguration, match="upgrade"):
        create_app(load(tmp_path))


def test_only_the_owner_reads_secret_and_register(tmp_path: Path) -> None:
    prepare_instance(tmp_path)
    assert [oct((tmp_path / name).stat().st_mode & 0o777) for name in ("secret_key", "beiratswahl.sqlite3")] == ["0o600", "0o600"]


def test_an_unknown_door_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--doors", "office,keller"]) == 2
    assert "keller" in capsys.readouterr().err


def test_the_demo_leaves_an_earlier_one_alone_while_its_port_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh_instance(tmp_path / "demo")
    secret = (tmp_path / "demo" / "secret_key").read_text()
    with socket.create_server(("127.0.0.1", 0)) as running:
        port = running.getsockname()[1]
        assert main(["demo", "--folder", str(tmp_path / "demo"), "--port", str(port)]) == 1
    assert f"Port {port} ist belegt" in capsys.readouterr().err
    assert (tmp_path / "demo" / "secret_key").read_text() == secret
