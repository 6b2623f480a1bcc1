"""Notices, letters and minutes to print, about the fictitious election of the other samples."""

from datetime import UTC, date, datetime

from beiratswahl.documents.admission_minutes import (
    Attendee,
    CommitteeSitting,
    DecidedNomination,
    Resolution,
    announced_sitting,
    invitation,
    letter_of_defects,
    minutes,
)
from beiratswahl.documents.announcement_of_election import election_notice, roll_inspection
from beiratswahl.documents.announcement_of_nominations import (
    AnnouncedList,
    AnnouncedPerson,
    admitted_nominations,
    call_for_nominations,
    no_election,
)
from beiratswahl.documents.ballot_sheet import instructions
from beiratswahl.documents.deadline_sheet import deadline_sheet
from beiratswahl.documents.election_facts import ElectionFacts
from beiratswahl.documents.notice_sheet import Notice
from beiratswahl.law.deadlines import deadlines
from beiratswahl.law.nominations import Defect
from beiratswahl.law.rule_values import DayBefore
from beiratswahl.law.rules import Level, Nominator, Rules, System
from beiratswahl.law.trace import Step
from beiratswahl.operations.committee import ADMISSION_AGENDA
from tests.documents import ballot_samples, samples

DAY = date(2024, 11, 10)


def facts() -> ElectionFacts:
    """A town that elects 13 members by lists and by post."""
    result = samples.proportional()
    rules = Rules(
        system=System.PROPORTIONAL,
        seats=13,
        votes=13,
        dual_nationals_ex_officio=True,
        support_signatures=40,
        application_deadline=DayBefore(37),
        nominators=(Nominator.PARTY, Nominator.VOTER_GROUP, Nominator.CLUB),
    )
    return ElectionFacts(
        letterhead=result.letterhead,
        municipality_of="der Stadt Musterstadt",
        council="Beirat für Migration und Integration der Stadt Musterstadt",
        council_genitive="Beirates für Migration und Integration der Stadt Musterstadt",
        level=Level.MUNICIPALITY,
        bylaw=result.bylaw,
        election_day=DAY,
        rules=rules,
        deadlines={deadline.key: deadline for deadline in deadlines(rules, DAY)},
        office=("Wahlamt der Stadt Musterstadt", "Rathausplatz 1", "55999 Musterstadt"),
        place="Musterstadt",
        dated_on=date(2024, 8, 30),
        signatory="Dr. Henriette Beispiel-Wagner",
        signatory_office="Oberbürgermeisterin als Wahlleiterin",
        created_at_utc=datetime(2024, 8, 30, 10, tzinfo=UTC),
    )


def admitted() -> Notice:
    """Three lists."""
    lists = [
        AnnouncedList(
            of.number,
            of.keyword,
            tuple(
                AnnouncedPerson(person.number, person.name, str(1960 + at), "55999 Musterstadt", person.named)
                for at, person in enumerate(of.persons)
            ),
        )
        for of in ballot_samples.proportional().lists
    ]
    return admitted_nominations(facts(), lists)


def called_off() -> Notice:
    """One list with as many persons as seats."""
    text = "Zugelassen sind 1 Wahlvorschläge mit 13 Personen; zu wählen sind 13 Mitglieder. Die Wahl findet nicht statt."
    return no_election(facts(), [Step("no_election", "§ 56 Abs. 3 Satz 1 GemO", text)])


def election() -> Notice:
    """The election notice."""
    return election_notice(facts(), instructions(ballot_samples.proportional()), [("Stimmbezirk 1", "Rathaus, Sitzungssaal, 16:00 Uhr")])


def _at(hour: int, minute: int) -> datetime:
    return datetime(2024, 9, 30, hour, minute, tzinfo=UTC)


def _sitting() -> CommitteeSitting:
    return CommitteeSitting(
        number=1,
        begins=_at(16, 0),
        room="Rathaus, Zimmer 12",
        agenda=ADMISSION_AGENDA,
        attendees=(
            Attendee("Dr. Henriette Beispiel-Wagner", "Vorsitz", _at(15, 55), None, signs=True),
            Attendee("Ljubica Probe", "Beisitz", _at(15, 50), None, signs=True),
            Attendee("Emre Test", "Beisitz", _at(16, 10), None, signs=True),
            Attendee("Selam Beispiel", "Beisitz", None, None, signs=True),
            Attendee("Karl Muster", "Schriftführung", _at(15, 45), None, signs=True),
            Attendee("Ayşe Yılmaz, Internationale Liste", "Vertrauensperson", _at(15, 58), _at(16, 50), signs=False),
        ),
        invited_on=date(2024, 9, 24),
        opened=_at(16, 0),
        closed=_at(17, 25),
        quorum="Der Wahlausschuss ist beschlussfähig: Der Vorsitz und mehr als die Hälfte der Mitglieder sind anwesend.",
        course="Frau Yılmaz wurde zur Streichung von Herrn Kaya gehört.",
        resolutions=(
            Resolution("Bekanntmachung der Wahlvorschläge", "im Amtsblatt und auf der Internetseite", "", "einstimmig (3\u00a0Ja)"),
        ),
    )


def letter() -> Notice:
    """Two defects that can be cured, one that cannot."""
    found = [
        Defect("certificate", "§ 20 KWG", "Die Bescheinigung der Wählbarkeit von Haile, Selam fehlt.", True),
        Defect("details", "§ 19 Abs. 1 KWG, KWO § 25", "Bei Rahimi, Farid fehlen Angaben (Beruf oder Anschrift).", True),
        Defect("consent", "§ 20, § 23 Abs. 2 KWG", "Die schriftliche Zustimmung von Kaya, Emre fehlt.", False),
    ]
    return letter_of_defects(
        facts(),
        "Wurzeln und Zukunft",
        ("Iryna Petrenko", "Lindenweg 8", "55999 Musterstadt"),
        datetime(2024, 9, 10, 8, 30, 5, tzinfo=UTC),
        found,
    )


def minuted() -> Notice:
    """One admitted with a strike, one refused."""
    decisions = [
        DecidedNomination(
            1, "Internationale Liste", datetime(2024, 9, 2, 9, 0, 7, tzinfo=UTC), "persönlich", "zugelassen", "", 1,
            tuple(f"{person.number} {person.name}" for person in ballot_samples.persons(1, 13)), (("Kaya, Emre", "nicht wählbar"),),
            "2\u00a0Ja, 0\u00a0Nein, 1\u00a0Enthaltung",
        ),
        DecidedNomination(
            2, "Zu spät", datetime(2024, 9, 23, 18, 0, 1, tzinfo=UTC), "Post", "zurückgewiesen",
            "Eingegangen nach Ablauf der Frist (§ 23 Abs. 2 KWG)", None, (), (), "einstimmig (3\u00a0Ja)",
        ),
    ]  # fmt: skip
    steps = [Step("system", "§ 22 KWG", "Mehrere Wahlvorschläge sind zugelassen; gewählt wird nach Verhältniswahl.")]
    return minutes(facts(), _sitting(), decisions, steps)


def wall() -> Notice:
    """The deadlines on a sheet to hang up."""
    return deadline_sheet(facts(), [(deadline, "steht an") for deadline in facts().deadlines.values()])


NOTICES = {
    "notice_deadlines": wall,
    "notice_letter": letter,
    "notice_invitation": lambda: invitation(facts(), _sitting(), ["Internationale Liste", "Wurzeln und Zukunft"]),
    "notice_sitting": lambda: announced_sitting(facts(), _sitting(), ["Internationale Liste", "Wurzeln und Zukunft"]),
    "notice_minutes": minuted,
    "notice_call": lambda: call_for_nominations(facts()),
    "notice_inspection": lambda: roll_inspection(facts()),
    "notice_admitted": admitted,
    "notice_no_election": called_off,
    "notice_election": election,
}
