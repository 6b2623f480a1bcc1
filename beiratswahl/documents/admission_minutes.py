"""Schriftstücke zur Zulassung: letter of defects, invitation to the session of the Wahlausschuss, and its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl import words
from beiratswahl.documents.election_facts import ElectionFacts, spoken
from beiratswahl.documents.notice_sheet import Block, Facts, Items, Notice, Section, SignatureLines, Table
from beiratswahl.law.nominations import Defect
from beiratswahl.law.trace import Step


@dataclass(frozen=True, slots=True)
class Attendee:
    """Wer eingeladen war oder kam.

    Attributes:
        name: name.
        function: function in the sitting, in German.
        came: local time; None for somebody who did not appear.
        left: local time; None for somebody who stayed to the end.
        signs: whether the person signs the minutes.
    """

    name: str
    function: str
    came: datetime | None
    left: datetime | None
    signs: bool


@dataclass(frozen=True, slots=True)
class Resolution:
    """Beschluss: what about, how decided and why, and the vote in words."""

    subject: str
    decision: str
    reason: str
    vote: str


@dataclass(frozen=True, slots=True)
class CommitteeSitting:
    """Sitzung des Wahlausschusses.

    Attributes:
        number: 1, 2, 3 … within the election.
        begins: local time of the beginning, as invited.
        room: where it takes place.
        agenda: Tagesordnung.
        attendees: everybody invited or there.
        invited_on: day on which the invitations went out; None when not recorded.
        opened: local time of the opening; None before.
        closed: local time of the end; None before.
        quorum: what the chair found.
        course: who was heard with what; "" for nothing.
        resolutions: decisions that do not belong to the admission.
        announced: how the sitting was announced, e.g. "Bekanntmachung Nr. 3 vom 24.09.2026"; "" when it is not recorded.
    """

    number: int
    begins: datetime
    room: str
    agenda: tuple[str, ...]
    attendees: tuple[Attendee, ...] = ()
    invited_on: date | None = None
    opened: datetime | None = None
    closed: datetime | None = None
    quorum: str = ""
    course: str = ""
    resolutions: tuple[Resolution, ...] = ()
    announced: str = ""


@dataclass(frozen=True, slots=True)
class DecidedNomination:
    """Wahlvorschlag with the decision on it.

    Attributes:
        receipt: place in the order of receipt, from 1.
        keyword: Kennwort.
        received: local time of receipt, to the second.
        channel: how it came.
        state: decision, e.g. "zugelassen".
        reason: why it is refused or who withdrew it; "" when admitted.
        number: Listennummer; None when not admitted.
        admitted: numbers and names of the admitted persons.
        struck: names of the struck persons, each with the reason.
        vote: the vote in words; "" when none is recorded.
    """

    receipt: int
    keyword: str
    received: datetime
    channel: str
    state: str
    reason: str
    number: int | None
    admitted: tuple[str, ...]
    struck: tuple[tuple[str, str], ...]
    vote: str = ""


def letter_of_defects(
    facts: ElectionFacts, keyword: str, contact: tuple[str, ...], received: datetime, defects: Sequence[Defect]
) -> Notice:
    """Mängelschreiben an die Vertrauensperson.

    Source: § 23 Abs. 1, 2 KWG [V].

    Args:
        facts: the election.
        keyword: Kennwort.
        contact: name and address of the Vertrauensperson, line by line; empty when nobody is named.
        received: local time of receipt.
        defects: what is wrong, at least one.
    """
    curable = [defect for defect in defects if defect.curable]
    final = [defect for defect in defects if not defect.curable]
    sections = [
        Section(
            "",
            (
                f"Ihr Wahlvorschlag „{keyword}“ ist am {received:%d.%m.%Y um %H:%M:%S} Uhr eingegangen. Bei der Prüfung haben wir Mängel "
                "festgestellt (§ 23 Abs. 1 KWG).",
            ),
        )
    ]
    if curable:
        text = f"Bitte beheben Sie diese Mängel bis {facts.when('admission')}, besser früher: Über die Zulassung entscheidet der "
        text += "Wahlausschuss nach dem Stand in seiner Sitzung. Was dann noch fehlt, führt zur Streichung oder Zurückweisung."
        sections.append(Section("Mängel, die Sie noch beheben können", (text, _defects(curable))))
    if final:
        text = f"Nach Ablauf der Einreichungsfrist ({facts.when('nominations')}) lassen sich diese Mängel nicht mehr beheben; bis dahin "
        text += "können Sie einen neuen, vollständigen Wahlvorschlag einreichen (§ 23 Abs. 2 KWG):"
        sections.append(Section("Mängel, die nach der Einreichungsfrist nicht mehr zu beheben sind", (text, _defects(final))))
    contact_lines = ", ".join((*facts.office, *facts.letterhead.contact))
    sections.append(Section("Fragen", (f"Wir helfen Ihnen gern: {contact_lines}.",)))
    role = f"Vertrauensperson des Wahlvorschlags „{keyword}“"
    recipient = (contact[0], role, *contact[1:]) if contact else ("An die", role)
    return facts.notice("Mängel Ihres Wahlvorschlags", *sections, kind="Prüfung der Wahlvorschläge", recipient=recipient)


def invitation(facts: ElectionFacts, sitting: CommitteeSitting, keywords: Sequence[str]) -> Notice:
    """Einladung zur Sitzung des Wahlausschusses mit Tagesordnung, for the members and the Vertrauenspersonen.

    Source: § 23 KWG, § 29 KWO: Vertrauenspersonen are invited and heard [V/S].
    """
    invited = Facts(tuple((of.function, of.name) for of in sitting.attendees))
    greeting = (
        "zur Sitzung des Wahlausschusses lade ich Sie ein. Wer verhindert ist, gibt mir bitte sofort Bescheid, damit die Stellvertretung "
        "eingeladen werden kann."
    )
    last = Section("Eingeladen sind", (invited,)) if sitting.attendees else None
    sections = [Section("", ("Sehr geehrte Damen und Herren,", greeting, _when_and_where(sitting))), *_dealt_with(sitting, keywords)]
    title = "Einladung zur Sitzung des Wahlausschusses"
    return facts.notice(title, *sections, *((last,) if last else ()), kind="Wahlausschuss")


def announced_sitting(facts: ElectionFacts, sitting: CommitteeSitting, keywords: Sequence[str]) -> Notice:
    """Öffentliche Bekanntmachung der Sitzung des Wahlausschusses; it names nobody.

    Source: § 8 KWG, § 29 KWO: the sittings are public [V/S].
    """
    text = (
        "Der Wahlausschuss tagt öffentlich; jeder hat Zutritt. Die Vertrauenspersonen der Wahlvorschläge sind eingeladen und werden gehört."
    )
    sections = [Section("", (text, _when_and_where(sitting))), *_dealt_with(sitting, keywords)]
    return facts.notice("Sitzung des Wahlausschusses", *sections)


def minutes(facts: ElectionFacts, sitting: CommitteeSitting, decisions: Sequence[DecidedNomination], outcome: Sequence[Step]) -> Notice:
    """Niederschrift über die Sitzung des Wahlausschusses.

    Source: § 23 KWG, § 29 KWO; the form of the Landeswahlleiter was not seen [G].

    Args:
        facts: the election.
        sitting: when, where, who, what was resolved.
        decisions: every nomination in order of receipt, the late and the withdrawn ones too; none when the sitting decided on none.
        outcome: what follows from the admission, with its reasons.
    """
    sections = [Section("Ort, Zeit und Anwesenheit", _presence(sitting)), Section("Tagesordnung", (Items(sitting.agenda),))]
    if sitting.course:
        sections.append(Section("Verlauf", tuple(sitting.course.split("\n"))))
    if decisions:
        sections += [
            Section("Eingegangene Wahlvorschläge", (_received(decisions),)),
            Section(
                "Entscheidungen über die Zulassung",
                (
                    "Die Wahlvorschläge wurden geprüft, die anwesenden Vertrauenspersonen gehört. Über jeden Wahlvorschlag und jede Person "
                    "wurde einzeln abgestimmt.",
                ),
            ),
            *(_decision(of) for of in decisions),
            Section("Folge der Zulassung", tuple(f"{step.text} ({step.source})" for step in outcome)),
        ]
    if sitting.resolutions:
        rows = tuple(
            (str(at), of.subject, of.decision + (f"\n{of.reason}" if of.reason else ""), of.vote)
            for at, of in enumerate(sitting.resolutions, 1)
        )
        title = "Weitere Beschlüsse" if decisions else "Beschlüsse"
        sections.append(Section(title, (Table(("Nr.", "Worüber", "Beschluss und Grund", "Abstimmung"), rows, (10, 0, 62, 34)),)))
    sections.append(Section("Verkündung" if decisions else "Unterschriften", _signed(sitting, bool(decisions))))
    title = "Niederschrift über die Zulassung der Wahlvorschläge" if decisions else "Niederschrift über die Sitzung des Wahlausschusses"
    return facts.notice(title, *sections, kind=f"Wahlausschuss, {sitting.number}. Sitzung", signed=False)


def vote_in_words(yes: int, no: int, abstained: int) -> str:
    """ "einstimmig (5 Ja)", "4 Ja, 1 Nein, 0 Enthaltungen"."""
    if not no and not abstained:
        return f"einstimmig ({yes}{words.NO_BREAK}Ja)"
    return f"{yes}{words.NO_BREAK}Ja, {no}{words.NO_BREAK}Nein, {words.counted(abstained, 'Enthaltung', 'Enthaltungen')}"


def _when_and_where(sitting: CommitteeSitting) -> Facts:
    return Facts((("Zeit", spoken(sitting.begins)), ("Ort", sitting.room)))


def _dealt_with(sitting: CommitteeSitting, keywords: Sequence[str]) -> list[Section]:
    sections = [Section("Tagesordnung", (Items(sitting.agenda),))]
    if keywords:
        sections.append(Section("Zu entscheiden ist über die Wahlvorschläge", (Items(tuple(f"„{keyword}“" for keyword in keywords)),)))
    return sections


def _signed(sitting: CommitteeSitting, admission: bool) -> tuple[Block, ...]:
    lines = SignatureLines(tuple((of.name, of.function) for of in sitting.attendees if of.signs and of.came is not None))
    if not admission:
        return (lines,)
    return (
        "Die Entscheidungen wurden im Anschluss unter kurzer Angabe der Gründe verkündet. Zurückweisungen werden der "
        "Vertrauensperson und der Aufsichtsbehörde mit Gründen mitgeteilt (§ 23 KWG).",
        lines,
    )


def _defects(defects: Sequence[Defect]) -> Table:
    return Table(
        ("Nr.", "Mangel", "Fundstelle"), tuple((str(at), defect.text, defect.source) for at, defect in enumerate(defects, 1)), (10, 0, 45)
    )


def _presence(sitting: CommitteeSitting) -> tuple[Block, ...]:
    announced = (
        f"Zeit, Ort und Tagesordnung waren öffentlich bekannt gemacht ({sitting.announced})."
        if sitting.announced
        else "Eine öffentliche Bekanntmachung der Sitzung ist nicht vermerkt."
    )
    invited = f"am {sitting.invited_on:%d.%m.%Y}" if sitting.invited_on else "–"
    pairs = (
        ("Eingeladen", invited),
        ("Eröffnet", spoken(sitting.opened) if sitting.opened else "–"),
        ("Geschlossen", spoken(sitting.closed) if sitting.closed else "–"),
        ("Ort", sitting.room),
        ("Beschlussfähigkeit", sitting.quorum or "–"),
    )
    rows = tuple(
        (str(at), of.name, of.function, f"{of.came:%H:%M}" if of.came else "nicht erschienen", _left(of, sitting))
        for at, of in enumerate(sitting.attendees, 1)
    )
    return (
        announced,
        Facts(pairs),
        Table(("Nr.", "Name", "Funktion", "anwesend ab", "bis"), rows, (10, 0, 44, 28, 16)),
    )


def _left(of: Attendee, sitting: CommitteeSitting) -> str:
    if of.came is None:
        return "–"
    return f"{of.left:%H:%M}" if of.left else "Ende" if sitting.closed else "noch da"


def _received(decisions: Sequence[DecidedNomination]) -> Block:
    if not decisions:
        return "Es ist kein Wahlvorschlag eingegangen."
    rows = tuple((str(of.receipt), f"„{of.keyword}“", f"{of.received:%d.%m.%Y, %H:%M:%S} Uhr", of.channel, of.state) for of in decisions)
    return Table(("Nr.", "Kennwort", "Eingang", "Weg", "Entscheidung"), rows, (10, 0, 44, 24, 28))


def _decision(of: DecidedNomination) -> Section:
    blocks: list[Block] = []
    voted = f" Abstimmung: {of.vote}." if of.vote else ""
    if of.number is not None:
        blocks.append(f"Der Wahlvorschlag wird zugelassen und erhält die Nummer {of.number}.{voted}")
        blocks.append(f"Zugelassen {'ist' if len(of.admitted) == 1 else 'sind'} {words.counted(len(of.admitted), 'Person', 'Personen')}:")
        blocks.append(Items(of.admitted))
    else:
        blocks.append(f"Der Wahlvorschlag ist {of.state}. Grund: {(of.reason or 'Keine Person ist zugelassen').rstrip('.')}.{voted}")
    if of.struck:
        blocks += ["Gestrichen:", Items(tuple(f"{name}: {reason}" for name, reason in of.struck))]
    return Section(f"Wahlvorschlag „{of.keyword}“", tuple(blocks), small=True)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Zeile des Eingangsbuchs.

    Attributes:
        keyword: Kennwort.
        received: local time of receipt, to the second.
        channel: how it came.
        entered: local time of the entry in the journal, with its number there; None for what was entered without one.
        received_by: who entered it.
        state: what became of it.
    """

    keyword: str
    received: datetime
    channel: str
    entered: tuple[datetime, int] | None
    received_by: str
    state: str


def receipt_book(facts: ElectionFacts, receipts: Sequence[Receipt]) -> Notice:
    """Eingangsbuch der Wahlvorschläge, in order of receipt, each with its place in the chained journal.

    Source: § 16 Abs. 1 Satz 5 KWG: the moment of receipt decides [V].
    """
    rows = tuple(
        (
            str(at),
            f"„{of.keyword}“",
            f"{of.received:%d.%m.%Y, %H:%M:%S} Uhr",
            of.channel,
            f"{of.received_by}, {of.entered[0]:%d.%m.%Y, %H:%M:%S} Uhr, Amtsbuch Nr. {of.entered[1]}" if of.entered else of.received_by,
            of.state,
        )
        for at, of in enumerate(receipts, 1)
    )
    intro = (
        f"Die Frist endet am {facts.when('nominations')}. Maßgeblich ist der Eingang beim Wahlamt, auf die Sekunde genau. Das Amtsbuch ist "
    )
    intro += "verkettet; die Reihenfolge der Einträge lässt sich nachträglich nicht ändern."
    table: Block = (
        Table(("Nr.", "Kennwort", "Eingang", "Weg", "Erfasst von", "Stand"), rows, (7, 30, 30, 16, 30, 24))
        if rows
        else "Noch kein Eingang."
    )
    return facts.notice("Eingangsbuch der Wahlvorschläge", Section("", (intro, table)), kind="Prüfung der Wahlvorschläge", signed=False)
