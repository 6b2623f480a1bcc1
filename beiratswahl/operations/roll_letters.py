"""Schreiben an Antragstellende: entry, refusal with reasons and remedy, or the question for what is missing."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.notice_sheet import Items, Notice, Section
from beiratswahl.law.deadlines import deadlines
from beiratswahl.law.suffrage import Entitlement
from beiratswahl.operations.announcements import letterhead
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import HIDDEN, EntryView, entry_of
from beiratswahl.store.read.roll import Address, blocked_address, person_view
from beiratswahl.store.read.roll_standing import RollStanding, standing_of
from beiratswahl.store.read.roll_views import ApplicationView, PersonView
from beiratswahl.store.read.setup import ElectionView

TITLES = {
    Entitlement.YES.value: "Ihre Eintragung in das Wählerverzeichnis",
    Entitlement.NO.value: "Ihr Antrag auf Eintragung in das Wählerverzeichnis ist abgelehnt",
    Entitlement.UNCLEAR.value: "Zu Ihrem Antrag auf Eintragung in das Wählerverzeichnis fehlt noch etwas",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """Schreiben in einer Sache, ready to print.

    Attributes:
        person_id: whose case it is.
        addressee: to whom it goes, without the address.
        notice: what is printed.
        blocked_address: True when it carries an address that is blocked (§§ 51, 52 BMG).
    """

    person_id: int
    addressee: str
    notice: Notice
    blocked_address: bool = False


def letter_on_application(session: Session, election_id: int, person_id: int, *, with_blocked_address: bool = False) -> Letter:
    """Schreiben zur Entscheidung über den letzten Antrag einer Person.

    Source: §§ 11, 13, 14 KWO: Einwendung within the Einsicht, in writing or zur Niederschrift; against its decision the Widerspruch, on
    which the Aufsichtsbehörde decides [V].

    Args:
        session: any session; only read.
        election_id: the election.
        person_id: who applied.
        with_blocked_address: True for a letter to the person's own address although it is blocked; to be put down in the journal.

    Raises:
        Refused: nobody has applied for the person, the application waits for the second look, or as for `refuse_struck`.
    """
    view, election = person_view(session, election_id, person_id), setup.election(session, election_id)
    counting = [one for one in view.applications if one.withdrawn_at_utc is None] if view else []
    if view is None or election is None or not counting:
        raise Refused("Zu dieser Person liegt kein Antrag vor; ein Schreiben beantwortet immer einen Antrag.")
    last = max(counting, key=lambda one: (one.received_at_utc, one.application_id))
    if last.second_look_needed and not last.second_look_agrees:
        raise Refused("Der Antrag wartet auf den zweiten Blick. Vorher geht kein Schreiben hinaus.")
    answer = view.decisions[0].entitled
    if not last.in_time and answer != Entitlement.YES.value:
        answer = Entitlement.NO.value
    refuse_struck(session, person_id, answer)
    calendar = {one.key: one.at for one in deadlines(rules_of(session, election_id), election.day)}
    sections = _sections(
        view, last, answer, entry_of(session, election_id, person_id), calendar, clock.local(clock.now()).replace(tzinfo=None)
    )
    shown = blocked_address(session, election_id, person_id) if with_blocked_address else None
    return Letter(
        person_id,
        name_of(view),
        sheet(session, election, TITLES[answer], sections, recipient(view, shown)),
        bool(shown and view.line.blocks),
    )


def refuse_struck(session: Session, person_id: int, answer: str) -> None:
    """Refuse to write „Sie sind wahlberechtigt und werden eingetragen“ to who is struck from the roll.

    Args:
        session: any session; only read.
        person_id: to whom the letter goes.
        answer: the right to vote as the letter tells it.

    Raises:
        Refused: the letter would tell of an entry, and the person is blocked with N or struck after the closing.
    """
    if answer == Entitlement.YES.value and standing_of(session, person_id) is RollStanding.STRUCK:
        raise Refused(
            "Nach der geltenden Entscheidung ist die Person wahlberechtigt, im Wählerverzeichnis ist sie aber gestrichen (Sperrvermerk N). "
            "Ein Schreiben über die Eintragung wäre falsch. Ist die Streichung falsch, nehmen Sie die Person mit „Wiederaufnahme“ wieder "
            "auf; ist sie richtig, klären Sie Angaben oder Antrag, damit die Entscheidung dazu passt."
        )


def sheet(session: Session, election: ElectionView, title: str, sections: tuple[Section, ...], to: tuple[str, ...]) -> Notice:
    """Briefbogen of an election office in matters of the roll."""
    municipality = setup.printed_municipality(session, election.municipality_id)
    return Notice(
        letterhead=letterhead(municipality),
        kind="Wählerverzeichnis",
        name="Schreiben zum Wählerverzeichnis",
        title=title,
        subtitle=f"Wahl am {words.long_date(election.day)}",
        running=f"{municipality.name}: Wählerverzeichnis, Wahl am {words.long_date(election.day)}",
        sections=sections,
        place=municipality.town,
        dated_on=clock.today(),
        signatory=municipality.returning_officer or municipality.office_name,
        signatory_office=municipality.returning_officer_title,
        created_at_utc=clock.now(),
        recipient=to,
    )


def name_of(view: PersonView) -> str:
    """Given names first, as on an envelope."""
    return f"{view.line.given_names} {view.line.family_name}".strip()


def recipient(view: PersonView, address: Address | None = None) -> tuple[str, ...]:
    """Anschriftenfeld; without `address` a blocked one is not printed, and the envelope is addressed by hand."""
    line = view.line
    if line.blocks and address is None:
        return (name_of(view), HIDDEN)
    street, house_number, postcode, town = address or (line.street, line.house_number, line.postcode, line.town)
    lines = (name_of(view), f"{street} {house_number}".strip(), f"{postcode} {town}")
    return tuple(text for text in lines if text.strip())


def _sections(
    view: PersonView, last: ApplicationView, answer: str, entry: EntryView | None, calendar: dict[str, date | datetime], now: datetime
) -> tuple[Section, ...]:
    received = f"Ihr Antrag ist am {words.moment(last.received_at_utc)} eingegangen."
    reasons = view.decisions[0].reasons
    if answer == Entitlement.YES.value:
        number = f"Sie stehen im Stimmbezirk {entry.district_number} unter der Nummer {entry.number}." if entry else ""
        text = f"{received} Sie sind wahlberechtigt und werden in das Wählerverzeichnis eingetragen. {number}".strip()
        return (Section("", (text,)), Section("Gründe", (Items(tuple(f"{one.text} ({one.source})" for one in reasons)),)))
    if answer == Entitlement.UNCLEAR.value:
        missing = tuple(f"{one.text} ({one.source})" for one in reasons if one.met is None)
        due = _by_when(calendar.get("applications"), now)
        return (
            Section("", (f"{received} Wir können darüber noch nicht entscheiden.",)),
            Section("Was noch offen ist", (Items(missing), f"Bitte reichen Sie die fehlenden Angaben oder Nachweise {due} nach.")),
        )
    return (Section("", (received,)), Section("Gründe", (Items(_refusals(view, last, calendar)),)), remedy(calendar, now.date()))


def _refusals(view: PersonView, last: ApplicationView, calendar: dict[str, date | datetime]) -> tuple[str, ...]:
    if not last.in_time:
        return (f"Der Antrag kam zu spät; er war {_until(calendar.get('applications'))} zu stellen (Satzung oder Bekanntmachung).",)
    return tuple(f"{one.text} ({one.source})" for one in view.decisions[0].reasons if one.met is False)


def remedy(calendar: dict[str, date | datetime], today: date) -> Section:
    """Was Sie tun können: Einwendung while the Einsicht lasts, the hint at an obvious error afterwards."""
    first, last = day_of(calendar["inspection_begins"]), day_of(calendar["inspection_ends"])
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


def _by_when(at: date | datetime | None, now: datetime) -> str:
    """Until when a proof is wanted: after the deadline for applications no day is named that has passed."""
    if at is None:
        return _until(at)
    over = at < now if isinstance(at, datetime) else at < now.date()
    return "umgehend" if over else _until(at)


def _until(at: date | datetime | None) -> str:
    if at is None:
        return "rechtzeitig"
    return f"bis zum {words.long_date(day_of(at))}" + (f", {at:%H:%M} Uhr," if isinstance(at, datetime) else "")


def day_of(at: date | datetime) -> date:
    """The day of a deadline."""
    return at.date() if isinstance(at, datetime) else at
