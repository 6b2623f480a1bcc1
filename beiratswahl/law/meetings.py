"""Aufstellungsversammlung: what the minutes of the meeting that chose the candidates must prove."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

#: days between the public invitation and the meeting (§ 18 KWG)
SHORTEST_NOTICE, LONGEST_NOTICE = 3, 14
LEAST_SIGNERS = 5


@dataclass(frozen=True, slots=True)
class Meeting:
    """Niederschrift der Aufstellungsversammlung.

    Attributes:
        day: day of the meeting; None when no minutes were handed in.
        place: where it took place.
        invited_on: day of the public invitation; None when it is not known.
        invitation: form of the invitation.
        leader: who led it.
        present: how many took part; None when it is not said.
        secret: the vote on persons, order and multiple naming was secret.
        signed: at least five participants signed the minutes.
        affirmed: leader and two participants affirmed in lieu of an oath.
    """

    day: date | None = None
    place: str = ""
    invited_on: date | None = None
    invitation: str = ""
    leader: str = ""
    present: int | None = None
    secret: bool = False
    signed: bool = False
    affirmed: bool = False


class MeetingFault(NamedTuple):
    """Mangel der Niederschrift: stable English key, §, German sentence, and whether it can be put right after the deadline."""

    rule: str
    source: str
    text: str
    curable: bool


def meeting_faults(meeting: Meeting, deadline: date) -> Iterator[MeetingFault]:
    """Mängel der Niederschrift über die Aufstellungsversammlung.

    Source: § 18 KWG [V]; § 23 Abs. 2 KWG: without the proofs the nomination is invalid [V]; what can be completed later [I].

    Args:
        meeting: what the minutes say.
        deadline: last day for nominations.
    """
    if meeting.day is None:
        text = "Die Niederschrift über die Versammlung, in der die Personen aufgestellt wurden, fehlt."
        yield MeetingFault("meeting", "§ 18, § 23 Abs. 2 KWG", text, False)
        return
    if meeting.day > deadline:
        text = f"Die Versammlung am {meeting.day:%d.%m.%Y} lag nach dem Ende der Einreichungsfrist."
        yield MeetingFault("meeting_too_late", "§ 16 Abs. 1, § 18 KWG", text, False)
    if not meeting.affirmed:
        text = "Die Versicherung an Eides statt der Versammlungsleitung und zweier Teilnehmender fehlt."
        yield MeetingFault("meeting_affirmed", "§ 18, § 23 Abs. 2 KWG", text, False)
    yield from _invitation(meeting, meeting.day)
    if not meeting.secret:
        text = "Aus der Niederschrift geht nicht hervor, dass über Personen, Reihenfolge und Mehrfachnennung geheim abgestimmt wurde."
        yield MeetingFault("meeting_secret", "§ 18 KWG", text, True)
    if not meeting.signed or (meeting.present is not None and meeting.present < LEAST_SIGNERS):
        text = f"Die Niederschrift ist nicht von mindestens {LEAST_SIGNERS} Teilnehmenden unterschrieben."
        yield MeetingFault("meeting_signed", "§ 18 KWG", text, True)
    facts = {"Ort": meeting.place, "Form der Einladung": meeting.invitation, "Leitung": meeting.leader}
    lacking = [name for name, value in facts.items() if not value.strip()]
    if meeting.present is None:
        lacking.append("Zahl der Teilnehmenden")
    if lacking:
        yield MeetingFault("meeting_details", "§ 18 KWG", f"In der Niederschrift der Versammlung fehlt: {', '.join(lacking)}.", True)


def _invitation(meeting: Meeting, day: date) -> Iterator[MeetingFault]:
    if meeting.invited_on is None:
        text = "Aus der Niederschrift geht nicht hervor, wann zur Versammlung eingeladen wurde."
        yield MeetingFault("meeting_invited", "§ 18 KWG", text, True)
        return
    days = (day - meeting.invited_on).days
    if not SHORTEST_NOTICE <= days <= LONGEST_NOTICE:
        when = f"{days} Tage vorher" if days > 1 else {1: "einen Tag vorher", 0: "am selben Tag"}.get(days, "nachträglich")
        text = f"Zur Versammlung wurde {when} eingeladen; zulässig sind {SHORTEST_NOTICE} bis {LONGEST_NOTICE} Tage vorher."
        yield MeetingFault("meeting_notice", "§ 18 KWG", text, False)
