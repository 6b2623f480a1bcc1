"""Informationen zur Wahl: what the public page says before there is a result, published as numbered, frozen sheets."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.deadlines import Deadline, deadlines
from beiratswahl.law.rules import VotingMode
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.published import InformationView, information
from beiratswahl.store.tables.publication import PublishedInformation

#: deadlines that concern people outside the offices
FOR_EVERYBODY = frozenset(
    {
        "nominations",
        "latest_arrival",
        "register_key_date",
        "applications",
        "inspection_begins",
        "inspection_ends",
        "voting_certificates",
        "postal_letters",
        "hand_in_opens",
        "postal_dispatch_begins",
        "postal_dispatch_ends",
        "hand_in_closes",
        "voting_notices",
        "polls_open",
        "polls_close",
    }
)


def sheet_of(session: Session, election_id: int) -> dict[str, Any]:
    """Informationsblatt as it would be published now; its fields stand in `store.read.published.InformationView`.

    Source: § 56 Abs. 2 GemO, § 49a Abs. 2 LKO: who may vote [V]; each deadline carries its own source.

    Raises:
        Refused: there is no such election, or its rules are not settled.
    """
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    municipality = setup.municipality(session, election.municipality_id)
    rules = rules_of(session, election_id)
    office = (
        f"Wahlamt {municipality.name}",
        municipality.street,
        f"{municipality.postcode} {municipality.town}".strip(),
        f"Telefon {municipality.phone}" if municipality.phone else "",
        municipality.email,
    )
    # with polling stations the letters go to those alone who ask for them (§ 14 KWG)
    unsaid_days = {"postal_dispatch_begins"} if rules.voting_mode is VotingMode.URN_AND_POSTAL else set()
    return {
        "format": "beiratswahl-information",
        "format_version": 1,
        "ags": municipality.ags,
        "authority": municipality.name,
        "level": municipality.level,
        "council": municipality.council_name,
        "bylaw": election.bylaw_citation,
        "election_day": election.day.isoformat(),
        "system": rules.system.value,
        "seats": rules.seats,
        "appointed_max": rules.appointed_max,
        "votes": rules.votes,
        "max_votes_per_candidate": rules.max_votes_per_candidate,
        "voting_mode": rules.voting_mode.value,
        "age": rules.age,
        "residence_months": rules.residence_months,
        "grounds": [ground.name for ground in rules.grounds],
        "ex_officio_grounds": [ground.name for ground in rules.ex_officio_grounds],
        "dual_nationals_ex_officio": rules.dual_nationals_ex_officio is True,
        "children_of_naturalised": rules.children_of_naturalised is True,
        "deadlines": [_deadline(of) for of in deadlines(rules, election.day) if of.key in FOR_EVERYBODY - unsaid_days],
        "office": [line for line in office if line],
        "council_contact": municipality.council_contact.splitlines(),
        "commissioner_contact": municipality.commissioner_contact.splitlines(),
    }


def unsaid(sheet: dict[str, Any]) -> tuple[str, ...]:
    """Fehlende Angaben, without which readers do not learn whom to ask; they stop nobody."""
    needed = {
        "Anschrift des Wahlamts": len(sheet["office"]) > 1,
        "Kontakt des Beirats": sheet["council_contact"],
        "Kontakt der oder des Beauftragten": sheet["commissioner_contact"],
    }
    return tuple(name for name, said in needed.items() if not said)


def publish_information(desk: Desk, election_id: int) -> int:
    """Informationen zur Wahl veröffentlichen; they replace those that were shown before.

    Returns:
        Their number within the election.

    Raises:
        Refused: the rules are not settled, nobody learns how to reach the office, or the same information stands already.
    """
    election = setup.election(desk.session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.INFORMATION_PUBLISHED, f"Wahl am {election.day:%d.%m.%Y}", **where) as entry:
        sheet = sheet_of(desk.session, election_id)
        if len(sheet["office"]) == 1:
            raise Refused(
                "Zum Wahlamt ist weder Anschrift noch Telefon noch E-Mail-Adresse angegeben. Wer Fragen hat oder einen Antrag stellen "
                "will, wüsste nicht, wohin. Tragen Sie eine davon bei den Angaben zur Körperschaft ein."
            )
        text = json.dumps(sheet, ensure_ascii=False, indent=1)
        shown = standing(desk.session, election_id)
        if shown is not None and shown.sheet == json.loads(text):
            raise Refused("Dieselben Informationen stehen schon da. Ändern Sie erst die Angaben zur Körperschaft oder die Regeln.")
        newest = desk.session.scalar(select(func.max(PublishedInformation.number)).where(PublishedInformation.election_id == election_id))
        number = (newest or 0) + 1
        checksum = hashlib.sha256(text.encode()).hexdigest()
        desk.session.add(
            PublishedInformation(
                **where,
                number=number,
                sheet=text,
                sha256=checksum,
                published_at_utc=clock.now().replace(microsecond=0),
                withdrawal_notice="",
            )
        )
        entry.note(number=number, sha256=checksum)
        return number


def withdraw_information(desk: Desk, election_id: int, notice: str) -> None:
    """Informationen zur Wahl zurückziehen; they stay readable with the notice above them.

    Raises:
        Refused: none are shown, or the notice is missing.
    """
    election = setup.election(desk.session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.INFORMATION_WITHDRAWN, f"Wahl am {election.day:%d.%m.%Y}", **where) as entry:
        query = select(PublishedInformation).where(PublishedInformation.election_id == election_id)
        row = desk.session.scalars(query.order_by(PublishedInformation.number.desc()).limit(1).with_for_update()).first()
        if row is None or row.withdrawn_at_utc is not None:
            raise Refused("Es sind keine Informationen veröffentlicht, die Sie zurückziehen könnten.")
        if not notice.strip():
            raise Refused("Nennen Sie den Grund; er steht auf der öffentlichen Seite.")
        row.withdrawn_at_utc, row.withdrawal_notice = clock.now().replace(microsecond=0), notice.strip()
        entry.note(number=row.number, notice=notice.strip())


def standing(session: Session, election_id: int) -> InformationView | None:
    """The information that is shown and not withdrawn, or None."""
    newest = next(iter(information(session, election_id)), None)
    return newest if newest is not None and newest.withdrawn_at_utc is None else None


def _deadline(of: Deadline) -> dict[str, str]:
    at = of.at.isoformat(timespec="minutes") if isinstance(of.at, datetime) else of.at.isoformat()
    return {"key": of.key, "at": at, "text": of.text, "source": of.source}
