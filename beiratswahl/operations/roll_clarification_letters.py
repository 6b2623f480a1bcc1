"""Schreiben ohne Antrag: the question for what the register leaves open, and what the office has settled about the right to vote."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.notice import print_notice
from beiratswahl.documents.notice_sheet import Items, Section
from beiratswahl.law.deadlines import deadlines
from beiratswahl.law.suffrage import Entitlement
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_letters import Letter, day_of, letter_on_application, name_of, recipient, refuse_struck, remedy, sheet
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import EntryView, entry_of
from beiratswahl.store.read.roll import blocked_address, person_view
from beiratswahl.store.read.roll_views import PersonView, ReasonView

TITLES = {
    Entitlement.YES.value: "Ihre Eintragung in das Wählerverzeichnis",
    Entitlement.NO.value: "Sie werden nicht in das Wählerverzeichnis eingetragen",
    Entitlement.UNCLEAR.value: "Wir brauchen eine Auskunft zu Ihrem Wahlrecht",
}
#: what is open, said to the person; the reasons of a decision speak to the office
_OPEN = {
    "foreign_nationality": "Ihre Staatsangehörigkeit ist im Melderegister ungeklärt oder nicht angegeben.",
    "main_residence": "Das Melderegister lässt offen, welche Wohnung Ihre Hauptwohnung ist.",
    "residence_months": "Das Melderegister lässt offen, seit wann Sie Ihre Hauptwohnung bei uns haben.",
    "age": "Ihr Geburtsdatum ist im Melderegister nicht vollständig.",
}


def decision_letter(session: Session, election_id: int, person_id: int) -> bytes:
    """Entwurf des Schreibens zum Stand eines Falls; a blocked address is left out.

    Raises:
        Refused: as for `letter_on_case`.
        typeface.UnprintableCharacter: the name uses a script the fonts do not have.
    """
    return print_notice(letter_on_case(session, election_id, person_id).notice)


def letter_on_case(session: Session, election_id: int, person_id: int, *, with_blocked_address: bool = False) -> Letter:
    """Schreiben zum Stand eines Falls: it answers the last application; without one it tells what the office asks or has settled.

    Source: § 11 Abs. 1 KWO [V]; § 24 VwVfG: the office clears up the facts itself [G]; remedies as for `letter_on_application`.

    Args:
        session: any session; only read.
        election_id: the election.
        person_id: whose case it is.
        with_blocked_address: as for `letter_on_application`.

    Raises:
        Refused: there is no application, no finding of the office and nothing open, the application waits for the second look, or as for
            `roll_letters.refuse_struck`.
    """
    view, election = person_view(session, election_id, person_id), setup.election(session, election_id)
    if view is None or election is None or any(one.withdrawn_at_utc is None for one in view.applications):
        return letter_on_application(session, election_id, person_id, with_blocked_address=with_blocked_address)
    answer = view.decisions[0].entitled
    if answer != Entitlement.UNCLEAR.value and not any(one.counts for one in view.clarifications):
        raise Refused("Zu dieser Person liegt kein Antrag vor, und es ist nichts zu klären; es gibt nichts mitzuteilen.")
    refuse_struck(session, person_id, answer)
    calendar = {one.key: one.at for one in deadlines(rules_of(session, election_id), election.day)}
    shown = blocked_address(session, election_id, person_id) if with_blocked_address else None
    sections = _sections(view, answer, entry_of(session, election_id, person_id), calendar, clock.today())
    notice = sheet(session, election, TITLES[answer], sections, recipient(view, shown))
    return Letter(person_id, name_of(view), notice, bool(shown and view.line.blocks))


def _sections(
    view: PersonView, answer: str, entry: EntryView | None, calendar: dict[str, date | datetime], today: date
) -> tuple[Section, ...]:
    reasons = view.decisions[0].reasons
    if answer == Entitlement.UNCLEAR.value:
        missing = tuple(_open(one) for one in reasons if one.met is None)
        return (
            Section("", ("Nach dem Melderegister können wir noch nicht entscheiden, ob Sie bei dieser Wahl wählen dürfen.",)),
            Section("Was noch offen ist", (Items(missing), f"Bitte melden Sie sich {_until(calendar, today)} bei uns. {_BRING}")),
        )
    settled = tuple(f"{one.matter}: {one.finding} ({one.proof_kind})" for one in view.clarifications if one.counts)
    found = Section("Was wir festgestellt haben", (Items(settled),))
    if answer == Entitlement.YES.value:
        number = f"Sie stehen im Stimmbezirk {entry.district_number} unter der Nummer {entry.number}." if entry else ""
        text = f"Sie sind wahlberechtigt und werden von Amts wegen in das Wählerverzeichnis eingetragen. {_NO_APPLICATION} {number}"
        return (Section("", (text.strip(),)), found, _because(reasons, met=True))
    text = "Sie werden nicht in das Wählerverzeichnis eingetragen."
    return (Section("", (text,)), found, _because(reasons, met=False), remedy(calendar, today))


_BRING = "Bringen Sie mit, was Sie dazu haben, zum Beispiel Ihren Pass oder eine Meldebescheinigung."
_NO_APPLICATION = "Einen Antrag müssen Sie nicht stellen."


def _open(reason: ReasonView) -> str:
    return f"{_OPEN.get(reason.rule, reason.text)} ({reason.source})"


def _because(reasons: tuple[ReasonView, ...], *, met: bool) -> Section:
    return Section("Gründe", (Items(tuple(f"{one.text} ({one.source})" for one in reasons if one.met is met)),))


def _until(calendar: dict[str, date | datetime], today: date) -> str:
    # Before the Einsicht the roll is brought up to date without a decision (§§ 14, 15 KWO); later every case is one of its own.
    begins = day_of(calendar["inspection_begins"])
    return f"bis zum {words.long_date(begins)}" if today < begins else "umgehend"
