"""Schreiben an Antragstellende: entry, refusal with reasons and remedy, or the question for what is missing."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.notice import print_notice
from beiratswahl.documents.notice_sheet import Items, Notice, Section
from beiratswahl.law.deadlines import deadlines
from beiratswahl.law.suffrage import Entitlement
from beiratswahl.operations.announcements import letterhead
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import EntryView, entry_of
from beiratswahl.store.read.roll import person_view
from beiratswahl.store.read.roll_views import ApplicationView, PersonView

TITLES = {
    Entitlement.YES.value: "Ihre Eintragung in das Wählerverzeichnis",
    Entitlement.NO.value: "Ihr Antrag auf Eintragung in das Wählerverzeichnis ist abgelehnt",
    Entitlement.UNCLEAR.value: "Zu Ihrem Antrag auf Eintragung in das Wählerverzeichnis fehlt noch etwas",
}


def decision_letter(session: Session, election_id: int, person_id: int) -> bytes:
    """Schreiben zur Entscheidung über den letzten Antrag einer Person.

    Source: §§ 11, 13, 14 KWO: Einwendung within the Einsicht, in writing or zur Niederschrift; against its decision the Widerspruch, on
    which the Aufsichtsbehörde decides [V].

    Args:
        session: any session; only read.
        election_id: the election.
        person_id: who applied; the letter goes to the person's own address, a blocked one too.

    Returns:
        Bytes of the PDF.

    Raises:
        Refused: nobody has applied for the person.
        typeface.UnprintableCharacter: the name uses a script the fonts do not have.
    """
    view, election = person_view(session, election_id, person_id), setup.election(session, election_id)
    if view is None or election is None or not view.applications:
        raise Refused("Zu dieser Person liegt kein Antrag vor; ein Schreiben beantwortet immer einen Antrag.")
    municipality = setup.municipality(session, election.municipality_id)
    last = max(view.applications, key=lambda one: (one.received_at_utc, one.application_id))
    answer = view.decisions[0].entitled
    if not last.in_time and answer != Entitlement.YES.value:
        answer = Entitlement.NO.value
    today = clock.today()
    calendar = {one.key: one.at for one in deadlines(rules_of(session, election_id), election.day)}
    return print_notice(
        Notice(
            letterhead=letterhead(municipality),
            kind="Wählerverzeichnis",
            name="Schreiben zum Wählerverzeichnis",
            title=TITLES[answer],
            subtitle=f"Wahl am {words.long_date(election.day)}",
            running=f"{municipality.name}: Wählerverzeichnis, Wahl am {words.long_date(election.day)}",
            sections=_sections(view, last, answer, entry_of(session, election_id, person_id), calendar, today),
            place=municipality.town,
            dated_on=today,
            signatory=municipality.returning_officer or municipality.office_name,
            signatory_office=municipality.returning_officer_title,
            created_at_utc=clock.now(),
            recipient=_recipient(view),
        )
    )


def _recipient(view: PersonView) -> tuple[str, ...]:
    line = view.line
    lines = (f"{line.given_names} {line.family_name}".strip(), f"{line.street} {line.house_number}".strip(), f"{line.postcode} {line.town}")
    return tuple(text for text in lines if text.strip())


def _sections(
    view: PersonView, last: ApplicationView, answer: str, entry: EntryView | None, calendar: dict[str, date | datetime], today: date
) -> tuple[Section, ...]:
    received = f"Ihr Antrag ist am {words.moment(last.received_at_utc)} eingegangen."
    reasons = view.decisions[0].reasons
    if answer == Entitlement.YES.value:
        number = f"Sie stehen im Stimmbezirk {entry.district_number} unter der Nummer {entry.number}." if entry else ""
        text = f"{received} Sie sind wahlberechtigt und werden in das Wählerverzeichnis eingetragen. {number}".strip()
        return (Section("", (text,)), Section("Gründe", (Items(tuple(f"{one.text} ({one.source})" for one in reasons)),)))
    if answer == Entitlement.UNCLEAR.value:
        missing = tuple(f"{one.text} ({one.source})" for one in reasons if one.met is None)
        due = _until(calendar.get("applications"))
        return (
            Section("", (f"{received} Wir können darüber noch nicht entscheiden.",)),
            Section("Was noch offen ist", (Items(missing), f"Bitte reichen Sie die fehlenden Angaben oder Nachweise {due} nach.")),
        )
    return (Section("", (received,)), Section("Gründe", (Items(_refusals(view, last, calendar)),)), _remedy(calendar, today))


def _refusals(view: PersonView, last: ApplicationView, calendar: dict[str, date | datetime]) -> tuple[str, ...]:
    if not last.in_time:
        return (f"Der Antrag kam zu spät; er war {_until(calendar.get('applications'))} zu stellen (Satzung oder Bekanntmachung).",)
    return tuple(f"{one.text} ({one.source})" for one in view.decisions[0].reasons if one.met is False)


def _remedy(calendar: dict[str, date | datetime], today: date) -> Section:
    first, last = _day(calendar["inspection_begins"]), _day(calendar["inspection_ends"])
    objection = (
        f"Vom {words.long_date(first)} bis zum {words.long_date(last)} können Sie gegen das Wählerverzeichnis Einwendung erheben, "
        "schriftlich oder zur Niederschrift bei der oben genannten Stelle. Machen Sie die Gründe glaubhaft (§ 13 KWO)."
    )
    review = "Gegen die Entscheidung über die Einwendung gibt es den Widerspruch; über ihn entscheidet die Aufsichtsbehörde (§ 14 KWO)."
    over = (
        f"Die Frist für Einwendungen gegen das Wählerverzeichnis endete am {words.long_date(last)}. Halten Sie das Verzeichnis für "
        "offenbar unrichtig, so teilen Sie uns das bitte sofort mit; eine offenbare Unrichtigkeit wird von Amts wegen "
        "berichtigt (§ 15 KWO)."
    )
    return Section("Was Sie tun können", (over,) if today > last else (objection, review))


def _until(at: date | datetime | None) -> str:
    if at is None:
        return "rechtzeitig"
    return f"bis zum {words.long_date(_day(at))}" + (f", {at:%H:%M} Uhr," if isinstance(at, datetime) else "")


def _day(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at
