"""`beiratswahl municipality`: the names of office and Beirat carry the right article in all letters that follow."""

import argparse
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.commands import accounts as command
from beiratswahl.store.database import open_engine
from beiratswahl.store.migrate import upgrade
from beiratswahl.store.tables.setup import Municipality


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of an empty installation's database."""
    url = f"sqlite:///{tmp_path}/beiratswahl.sqlite3"
    (tmp_path / "secret_key").write_text("k" * 40)
    monkeypatch.setenv("BEIRATSWAHL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("BEIRATSWAHL_DATABASE_URL", url)
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.mark.parametrize(
    ("ags", "name", "level", "genitive"),
    [
        ("07339000", "Landkreis Mainz-Bingen", "Landkreis", "des Landkreises Mainz-Bingen"),
        ("07141000", "Rhein-Lahn-Kreis", "Landkreis", "des Rhein-Lahn-Kreises"),
        ("07339030", "Stadt Ingelheim", "Gemeinde", "der Stadt Ingelheim"),
    ],
)
def test_office_and_beirat_are_named_with_the_article_of_their_body(database: str, ags: str, name: str, level: str, genitive: str) -> None:
    parser = argparse.ArgumentParser()
    command.add_to(parser.add_subparsers())
    chosen = parser.parse_args(["municipality", ags, name, "--level", level])
    assert chosen.run(chosen) == 0
    engine = open_engine(database)
    with Session(engine) as session:
        row = session.scalars(select(Municipality)).one()
        assert row.office_name == f"Die Wahlleitung {genitive}"
        assert row.council_name == f"Beirat für Migration und Integration {genitive}"
    engine.dispose()
