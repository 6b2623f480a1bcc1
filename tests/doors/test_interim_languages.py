"""Every text of an interim version can be translated."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.databases import SqliteTemplates, engine_of
from tests.documents import samples
from tests.doors.publications import election_of, publish
from tests.doors.test_public_languages import mirrored, names, words_left  # noqa: F401 - a fixture


@pytest.fixture
def database_url(sqlite_templates: SqliteTemplates) -> str:
    """An interim version as election 1, a Mehrheitswahl as election 2."""
    url = sqlite_templates.clone()
    engine = engine_of(url)
    with Session(engine) as session:
        for sheet in (samples.interim(), samples.majority()):
            publish(session, election_of(session, sheet), sheet)
        session.commit()
    engine.dispose()
    return url


@pytest.mark.parametrize("address", ["/", "/wahl/1", "/wahl/1/ergebnis", "/wahl/1/leinwand"])
def test_no_german_text_is_left_on_a_translated_page(mirrored: FlaskClient, address: str) -> None:  # noqa: F811 - the fixture
    missing = {"Waldhof", "Kernbergturm"}
    assert words_left(mirrored, address) - names(mirrored) - missing == set()
