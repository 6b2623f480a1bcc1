"""Schriftstücke zur Zulassung: letter of defects, invitation to the session of the Wahlausschuss, and its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from beiratswahl import words
from beiratswahl.documents.election_facts import ElectionFacts, spoken
from beiratswahl.documents.notice_sheet import Block, Facts, Items, Notice, Section, SignatureLines, Table
from beiratswahl.law.nominations import Defect
from beiratswahl.law.trace import Step


@dataclass(frozen=True, slots=True)
class CommitteeSession:
    """Sitzung des Wahlausschusses.

    Attributes:
        begins: local time of the beginning.
        room: where it takes place.
        ends: local time of the end; None in an invitation.
        chair: who presides.
        secretary: who writes the minutes.
        members: Beisitzer who are present.
        guests: others who are present and heard, e.g. Vertrauenspersonen.
    """

    begins: datetime
    room: str
    ends: datetime | None = None
    chair: str = ""
    secretary: str = ""
    members: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()


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


def letter_of_defects(facts: ElectionFacts, keyword: str, contact: str, received: datetime, defects: Sequence[Defect]) -> Notice:
    """Mängelschreiben an die Vertrauensperson.

    Source: § 23 Abs. 1, 2 KWG [V].

    Args:
        facts: the election.
        keyword: Kennwort.
        contact: name of the Vertrauensperson.
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
    recipient = (contact or "An die Vertrauensperson", f"Vertrauensperson des Wahlvorschlags „{keyword}“")
    return facts.notice("Mängel Ihres Wahlvorschlags", *sections, kind="Prüfung der Wahlvorschläge", recipient=recipient)


def invitation(facts: ElectionFacts, session: CommitteeSession, keywords: Sequence[str]) -> Notice:
    """Einladung zur Sitzung des Wahlausschusses mit Tagesordnung, which is also its public notice.

    Source: § 23 KWG, § 29 KWO: public session, Vertrauenspersonen are invited and heard [V/S].
    """
    agenda = (
        "Eröffnung, Feststellung der Anwesenheit und der Beschlussfähigkeit",
        "Hinweis auf die Pflicht zur unparteiischen Wahrnehmung des Amtes und zur Verschwiegenheit",
        "Bericht über die eingegangenen Wahlvorschläge und ihre Prüfung",
        "Anhörung der Vertrauenspersonen",
        "Entscheidung über die Zulassung der einzelnen Wahlvorschläge und der einzelnen Personen",
        "Feststellung der Reihenfolge und der Art der Wahl",
        "Verkündung der Entscheidungen",
    )
    when = Facts((("Zeit", spoken(session.begins)), ("Ort", session.room)))
    return facts.notice(
        "Sitzung des Wahlausschusses",
        Section(
            "", ("Der Wahlausschuss entscheidet in öffentlicher Sitzung über die Zulassung der Wahlvorschläge (§ 23 KWG, § 29 KWO).", when)
        ),
        Section("Tagesordnung", (Items(agenda),)),
        Section("Zu entscheiden ist über", (Items(tuple(f"„{keyword}“" for keyword in keywords) or ("noch keinen Wahlvorschlag",)),)),
        Section("Zutritt", ("Die Sitzung ist öffentlich; jeder hat Zutritt. Die Vertrauenspersonen sind eingeladen und werden gehört.",)),
        kind="Einladung und öffentliche Bekanntmachung",
    )


def minutes(facts: ElectionFacts, session: CommitteeSession, decisions: Sequence[DecidedNomination], outcome: Sequence[Step]) -> Notice:
    """Niederschrift über die Sitzung, in der über die Zulassung entschieden wurde.

    Source: § 23 KWG, § 29 KWO; the form of the Landeswahlleiter was not seen [G].

    Args:
        facts: the election.
        session: when, where, who.
        decisions: every nomination in order of receipt, the late and the withdrawn ones too.
        outcome: what follows, with its reasons.
    """
    sections = [Section("Ort, Zeit und Anwesenheit", _presence(session)), Section("Eingegangene Wahlvorschläge", (_received(decisions),))]
    sections.append(
        Section(
            "Entscheidungen",
            (
                "Die Wahlvorschläge wurden geprüft, die anwesenden Vertrauenspersonen gehört. Über jeden Wahlvorschlag und jede Person "
                "wurde einzeln abgestimmt.",
            ),
        )
    )
    sections += [_decision(of) for of in decisions]
    sections.append(Section("Folge der Zulassung", tuple(f"{step.text} ({step.source})" for step in outcome)))
    sections.append(
        Section(
            "Verkündung",
            (
                "Die Entscheidungen wurden im Anschluss unter kurzer Angabe der Gründe verkündet. Zurückweisungen werden der "
                "Vertrauensperson und der Aufsichtsbehörde mit Gründen mitgeteilt (§ 23 KWG).",
                SignatureLines(
                    (
                        (session.chair, "Vorsitz"),
                        (session.secretary, "Schriftführung"),
                        *((name, "Beisitz") for name in session.members),
                    )
                ),
            ),
        )
    )
    title = "Niederschrift über die Zulassung der Wahlvorschläge"
    return facts.notice(title, *sections, kind="Wahlausschuss", signed=False)


def _defects(defects: Sequence[Defect]) -> Table:
    return Table(
        ("Nr.", "Mangel", "Fundstelle"), tuple((str(at), defect.text, defect.source) for at, defect in enumerate(defects, 1)), (10, 0, 45)
    )


def _presence(session: CommitteeSession) -> tuple[Block, ...]:
    pairs = [
        ("Beginn", spoken(session.begins)),
        ("Ende", spoken(session.ends) if session.ends else "–"),
        ("Ort", session.room),
        ("Vorsitz", session.chair),
        ("Beisitz", "\n".join(session.members) or "–"),
        ("Schriftführung", session.secretary),
        ("Außerdem anwesend", "\n".join(session.guests) or "niemand"),
    ]
    return ("Zeit, Ort und Tagesordnung waren öffentlich bekannt gemacht; die Vertrauenspersonen waren eingeladen.", Facts(tuple(pairs)))


def _received(decisions: Sequence[DecidedNomination]) -> Block:
    if not decisions:
        return "Es ist kein Wahlvorschlag eingegangen."
    rows = tuple((str(of.receipt), f"„{of.keyword}“", f"{of.received:%d.%m.%Y, %H:%M:%S} Uhr", of.channel, of.state) for of in decisions)
    return Table(("Nr.", "Kennwort", "Eingang", "Weg", "Entscheidung"), rows, (10, 0, 44, 24, 28))


def _decision(of: DecidedNomination) -> Section:
    blocks: list[Block] = []
    if of.number is not None:
        blocks.append(f"Der Wahlvorschlag wird zugelassen und erhält die Nummer {of.number}.")
        blocks.append(f"Zugelassen {'ist' if len(of.admitted) == 1 else 'sind'} {words.counted(len(of.admitted), 'Person', 'Personen')}:")
        blocks.append(Items(of.admitted))
    else:
        blocks.append(f"Der Wahlvorschlag ist {of.state}. Grund: {of.reason or 'Keine Person ist zugelassen.'}")
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
