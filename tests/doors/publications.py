"""Published results to look at: the sample sheets of the press as rows of the archive."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from beiratswahl.config import Config
from beiratswahl.documents.attachments import result_csv, result_json
from beiratswahl.documents.result_announcement import announce
from beiratswahl.documents.result_sheet import ResultAnnouncement
from beiratswahl.store.tables.publication import Publication
from beiratswahl.store.tables.setup import Election, Municipality
from tests.documents import samples

EVENING = datetime(2024, 11, 10, 20, 15, tzinfo=UTC)
WITHDRAWN = datetime(2024, 11, 15, 8, 0, tzinfo=UTC)
NOTE = "Der Wahlausschuss hat die Zahlen geprüft; gegenüber dem Wahlabend ist der 13. Sitz durch das Los vergeben."
NOTICE = "In der Tabelle der Ersatzpersonen fehlte eine Person."


def configuration(folder: Path, database_url: str) -> Config:
    """An installation for tests."""
    return Config(instance=folder, database_url=database_url, secret_key="nur für Prüfläufe, sonst nirgends", secure_cookies=False)


def election_of(session: Session, sheet: ResultAnnouncement) -> Election:
    """The rows a publication hangs under."""
    municipality = session.query(Municipality).filter_by(ags=sheet.ags).one_or_none() or Municipality(
        ags=sheet.ags,
        name=sheet.letterhead.municipality,
        level=sheet.level.value,
        council_name=sheet.council,
        office_name=sheet.letterhead.office,
    )
    session.add(municipality)
    session.flush()
    election = Election(
        municipality_id=municipality.id,
        day=sheet.election_day,
        area=[sheet.ags],
        rule_layers={},
        bylaw_citation=sheet.bylaw,
        created_at_utc=EVENING,
    )
    session.add(election)
    session.flush()
    return election


def publish(session: Session, election: Election, sheet: ResultAnnouncement, **about: object) -> None:
    """A version of the result; `about`: note, withdrawn_at_utc, withdrawal_notice, published_at_utc, pdf."""
    result = result_json(sheet)
    values = {"published_at_utc": EVENING, "pdf": b"%PDF-1.7 placeholder", "note": "", "withdrawal_notice": "", **about}
    session.add(
        Publication(
            municipality_id=election.municipality_id,
            election_id=election.id,
            number=sheet.version,
            label=sheet.label.value,
            result=result.decode(),
            sha256=sha256(result).hexdigest(),
            csv=result_csv(sheet).decode(),
            **values,
        )
    )


def publish_samples(session: Session, *, printed: bool = False) -> dict[str, int]:
    """ "town" (versions 1 preliminary, 2 final and withdrawn, 3 final), "district" (Mehrheitswahl) and "silent" (nothing published)."""
    final = samples.proportional()
    town = election_of(session, final)
    publish(session, town, samples.preliminary())
    older = replace(final, lots=tuple(replace(lot, seat=None, winner="") for lot in final.lots))
    publish(session, town, older, note=NOTE, withdrawn_at_utc=WITHDRAWN, withdrawal_notice=NOTICE)
    corrected = replace(final, version=3)
    pdf = {"pdf": announce(corrected)} if printed else {}
    publish(session, town, corrected, note="Die fehlende Ersatzperson ist ergänzt.", published_at_utc=WITHDRAWN, **pdf)
    majority = samples.majority()
    district = election_of(session, majority)
    publish(session, district, majority)
    silent = election_of(session, replace(final, ags="07998000"))
    session.commit()
    return {"town": town.id, "district": district.id, "silent": silent.id}
