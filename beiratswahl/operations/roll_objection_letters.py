"""Schreiben zur Entscheidung über eine Einwendung: to whoever raised it and to the person concerned, with reasons and remedy."""

from datetime import date

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.notice_sheet import Facts, Section
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_corrections import Kind
from beiratswahl.operations.roll_letters import Letter, name_of, recipient, sheet
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import EntryView, ObjectionView, entry_of, objection
from beiratswahl.store.read.roll import blocked_address, person_view
from beiratswahl.store.read.roll_views import PersonView
from beiratswahl.store.read.setup import ElectionView

TITLE = "Entscheidung über eine Einwendung gegen das Wählerverzeichnis"
WANTED = {
    Kind.ENTER: "Eintragung in das Wählerverzeichnis",
    Kind.STRIKE: "Streichung aus dem Wählerverzeichnis",
    Kind.REINSTATE: "Aufhebung des Sperrvermerks",
    Kind.AMEND: "Berichtigung der Angaben",
}


def letter_on_objection(
    session: Session,
    election_id: int,
    objection_id: int,
    *,
    to_person: bool,
    appeal_until: date | None = None,
    with_blocked_address: bool = False,
) -> Letter:
    """Schreiben zur Entscheidung über eine Einwendung.

    Source: § 14 KWO: the decision goes in writing to whoever raised it and to the person concerned; against it the Widerspruch, on which
    the Aufsichtsbehörde decides [V]. The period of the Widerspruch was not seen: the official enters its last day. Whoever raised it is
    not told Stimmbezirk and number of a person with Auskunftssperre (§§ 51, 52 BMG) [I].

    Args:
        session: any session; only read.
        election_id: the election.
        objection_id: the objection.
        to_person: True for the person concerned, False for whoever raised it.
        appeal_until: last day of the Widerspruch, None to name none.
        with_blocked_address: as for `letter_on_application`; only for the person concerned.

    Raises:
        Refused: not decided yet, the decision waits for the second look, or the last day of the Widerspruch lies before today, the day of
            the letter.
    """
    of, election = objection(session, election_id, objection_id), setup.election(session, election_id)
    view = person_view(session, election_id, of.person_id) if of else None
    if of is None or election is None or view is None or of.granted is None:
        raise Refused("Über diese Einwendung ist noch nicht entschieden; das Schreiben teilt die Entscheidung mit (§ 14 KWO).")
    if of.waits:
        raise Refused("Die Entscheidung wartet auf den zweiten Blick. Vorher geht kein Schreiben hinaus.")
    if appeal_until is not None and appeal_until < clock.today():
        raise Refused(
            "Der letzte Tag für den Widerspruch liegt vor dem Tag des Schreibens; so könnte niemand mehr Widerspruch erheben. Prüfen Sie "
            "das Datum, oder lassen Sie das Feld leer."
        )
    shown = blocked_address(session, election_id, view.line.id) if with_blocked_address and to_person else None
    lines = recipient(view, shown) if to_person else (of.raised_by, *(line for line in of.raised_by_address.splitlines() if line.strip()))
    # Stimmbezirk and number of somebody with Auskunftssperre would tell a stranger where she lives (§ 51 BMG).
    entry = entry_of(session, election_id, view.line.id) if to_person or not view.line.blocks else None
    sections = (
        Section("", (_opening(of, to_person=to_person), _facts(of, view), _decision(of, entry))),
        Section("Gründe", (of.decision_reason,)),
        _remedy(session, election, appeal_until),
    )
    notice = sheet(session, election, TITLE, sections, lines)
    return Letter(view.line.id, name_of(view) if to_person else of.raised_by, notice, bool(shown and view.line.blocks))


def _opening(of: ObjectionView, *, to_person: bool) -> str:
    received = words.moment(of.received_at_utc)
    if to_person:
        return f"Am {received} ist eine Einwendung eingegangen, die Ihren Eintrag im Wählerverzeichnis betrifft. Wir haben entschieden:"
    return f"Ihre Einwendung ist am {received} eingegangen. Wir haben entschieden:"


def _facts(of: ObjectionView, view: PersonView) -> Facts:
    return Facts((("Betroffene Person", name_of(view)), ("Beantragt", WANTED[Kind(of.wanted)])))


def _decision(of: ObjectionView, entry: EntryView | None) -> str:
    if not of.granted:
        return "Die Einwendung wird zurückgewiesen. Das Wählerverzeichnis bleibt unverändert."
    where = f" Eintrag: Stimmbezirk {entry.district_number}, Nummer {entry.number}." if entry and of.wanted != Kind.STRIKE else ""
    return f"Der Einwendung wird stattgegeben. Das Wählerverzeichnis ist berichtigt: {of.wanted}.{where}"


def _remedy(session: Session, election: ElectionView, until: date | None) -> Section:
    municipality = setup.printed_municipality(session, election.municipality_id)
    place = ", ".join(
        part for part in (municipality.name, municipality.street, f"{municipality.postcode} {municipality.town}".strip()) if part
    )
    by_when = f" bis zum {words.long_date(until)}" if until else ""
    hurry = (
        "" if until else f" Erheben Sie ihn bald, damit vor der Wahl am {words.long_date(election.day)} darüber entschieden werden kann."
    )
    return Section(
        "Was Sie tun können",
        (
            f"Gegen diese Entscheidung können Sie{by_when} Widerspruch erheben, schriftlich oder zur Niederschrift: {place}. Über den "
            f"Widerspruch entscheidet die Aufsichtsbehörde (§ 14 KWO).{hurry}",
        ),
    )
