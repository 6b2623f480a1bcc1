"""The polling board on its evening: who belongs to it and is there, the check before the start, incidents."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import __version__, clock, paths
from beiratswahl.law.boards import LEAST_IN_GROUP, Function, Member, quorum_fault, small_groups
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.store.read.boards import MemberView, members, openings
from beiratswahl.store.tables.boards import BoardMember, BoardPresence, Incident, OpeningCheck
from beiratswahl.store.tables.counting import DistrictCount
from beiratswahl.store.tables.setup import PollingDistrict

LONGEST_NAME, MOST_GROUPS = 120, 20
SHORTEST_TEXT, LONGEST_TEXT = 3, 2000
ONE_OF_A_KIND = (Function.CHAIR, Function.DEPUTY_CHAIR, Function.RECORDER)
#: the two who confirm the check before the start (§ 55b KWO)
CONFIRMING = (Function.CHAIR, Function.DEPUTY_CHAIR)


def appoint_member(desk: Desk, district_id: int, name: str, function: Function, counting_group: int = 0) -> int:
    """Mitglied des Wahlvorstands eintragen; it is absent until its presence is recorded (§ 26 KWG).

    Raises:
        Refused: the name is missing or there already, the function is taken, the chair is put into an Auszählungsgruppe, or the
            district is closed.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(f"Tragen Sie den Namen ein, höchstens {LONGEST_NAME} Zeichen; er steht in der Niederschrift.")
    if not 0 <= counting_group <= MOST_GROUPS:
        raise Refused(f"Auszählungsgruppen haben Nummern von 1 bis {MOST_GROUPS}; 0 heißt: in keiner.")
    if function is Function.CHAIR and counting_group:
        raise Refused("Der Wahlvorsteher beaufsichtigt die Auszählungsgruppen und gehört selbst keiner an (§ 55b KWO).")
    with _evening(desk, district_id, Act.BOARD_MEMBER_APPOINTED) as (district, entry):
        present = members(desk.session, district_id)
        if any(member.name == name for member in present):
            raise Refused(f"{name} steht schon im Wahlvorstand.")
        if function in ONE_OF_A_KIND and any(member.function == function.value for member in present):
            raise Refused(f"Die Funktion „{function.value}“ ist schon besetzt.")
        row = BoardMember(**_keys(district), name=name, function=function.value, counting_group=counting_group)
        desk.session.add(row)
        desk.session.flush()
        entry.note(name=name, function=function.value, group=counting_group)
        return row.id


def dismiss_member(desk: Desk, district_id: int, member_id: int) -> None:
    """Ein versehentlich eingetragenes Mitglied austragen; who was there once stays in the Niederschrift.

    Raises:
        Refused: there is no such member, its presence was recorded already, or the district is closed.
    """
    with _evening(desk, district_id, Act.BOARD_MEMBER_DISMISSED) as (_, entry):
        member = _member(desk.session, district_id, member_id)
        if member.presences:
            raise Refused(f"{member.name} war schon anwesend und bleibt in der Niederschrift. Erfassen Sie „gegangen“.")
        desk.session.delete(desk.session.get_one(BoardMember, member_id))
        entry.note(name=member.name)


def record_presence(desk: Desk, district_id: int, member_id: int, *, present: bool) -> None:
    """Kommen und Gehen erfassen.

    Raises:
        Refused: there is no such member, it is there (or away) already, or the district is closed.
    """
    with _evening(desk, district_id, Act.PRESENCE_RECORDED) as (district, entry):
        member = _member(desk.session, district_id, member_id)
        if member.present is present:
            raise Refused(f"{member.name} ist schon als {'anwesend' if present else 'abwesend'} erfasst.")
        number = _next(desk.session, BoardPresence, district_id)
        desk.session.add(BoardPresence(**_keys(district), number=number, member_id=member_id, present=present, at_utc=clock.now()))
        entry.note(name=member.name, present=present)


def confirm_program(desk: Desk, district_id: int, member_id: int) -> None:
    """Prüfung vor Beginn: chair or deputy confirms that the announced program is the installed one and works (§ 55b KWO).

    Raises:
        Refused: the member is neither chair nor deputy, is absent, or has confirmed already; or the district is closed.
    """
    with _evening(desk, district_id, Act.PROGRAM_CHECKED) as (district, entry):
        member = _member(desk.session, district_id, member_id)
        if member.function not in {function.value for function in CONFIRMING}:
            raise Refused("Die Prüfung bestätigen Wahlvorsteher und Stellvertretung (§ 55b KWO).")
        if not member.present:
            raise Refused(f"{member.name} ist nicht als anwesend erfasst und kann nichts bestätigen.")
        if any(opening.member_id == member_id for opening in openings(desk.session, district_id)):
            raise Refused(f"{member.name} hat die Prüfung schon bestätigt.")
        found = {"program_version": __version__, "fingerprint": program_fingerprint()}
        desk.session.add(OpeningCheck(**_keys(district), member_id=member_id, at_utc=clock.now(), **found))
        entry.note(name=member.name, **found)


def record_incident(desk: Desk, district_id: int, text: str) -> None:
    """Besonderen Vorfall für die Niederschrift erfassen (§ 59 KWO).

    Raises:
        Refused: the text is too short or too long, or the district is closed.
    """
    words = text.strip()
    if not SHORTEST_TEXT <= len(words) <= LONGEST_TEXT:
        raise Refused(f"Beschreiben Sie den Vorfall in {SHORTEST_TEXT} bis {LONGEST_TEXT} Zeichen; er steht in der Niederschrift.")
    with _evening(desk, district_id, Act.INCIDENT_RECORDED) as (district, entry):
        number = _next(desk.session, Incident, district_id)
        desk.session.add(Incident(**_keys(district), number=number, text=words, recorded_by=desk.actor.name, at_utc=clock.now()))
        entry.note(number=number, text=words)


def refuse_while_resting(session: Session, district_id: int) -> None:
    """Let nothing be counted before the check of the program and while an Auszählungsgruppe is too small (§ 55b KWO).

    A district whose board is not entered is not held up; its Niederschrift is completed by hand.

    Raises:
        Refused: capture rests.
    """
    reason = resting(session, district_id)
    if reason:
        raise Refused(reason)


def resting(session: Session, district_id: int) -> str:
    """Why capture rests now, in words; empty when it does not."""
    board = members(session, district_id)
    if not board:
        return ""
    if len(openings(session, district_id)) < len(CONFIRMING):
        return (
            "Die Erfassung hat noch nicht begonnen: Wahlvorsteher und Stellvertretung müssen zuerst bestätigen, dass dies das "
            "bekannt gegebene Programm ist (§ 55b KWO, Seite „Wahlvorstand“)."
        )
    small = small_groups(lawful(board))
    if not small:
        return ""
    groups = ", ".join(f"Gruppe {group}: {present} anwesend" for group, present in small.items())
    return (
        f"Die Erfassung ruht: Eine Auszählungsgruppe besteht aus mindestens {LEAST_IN_GROUP} Personen (§ 55b KWO); {groups}. "
        "Sobald die Anwesenheit auf der Seite „Wahlvorstand“ wieder stimmt, geht es weiter."
    )


def refuse_without_quorum(session: Session, district_id: int) -> None:
    """Let a board resolve and close only while it has a quorum (§ 27 KWG); one that is not entered is not held up.

    Raises:
        Refused: too few are there, or chair and recorder are away.
    """
    board = members(session, district_id)
    fault = quorum_fault(lawful(board)) if board else ""
    if fault:
        raise Refused(f"{fault} Erfassen Sie auf der Seite „Wahlvorstand“, wer anwesend ist (§ 27 KWG).")


@cache
def program_fingerprint() -> str:
    """Prüfsumme des Programms: SHA-256 over the name and content of every file of the program, of its pages and migrations."""
    folders = ((paths.PACKAGE, "*.py"), (paths.shipped("templates"), "*.*"), (paths.shipped("migrations"), "*.py"))
    files = {file for folder, ending in folders for file in folder.rglob(ending) if "node_modules" not in file.parts}
    # the same in a checkout and in an installed package, wherever its folders lie
    lines = {f"{file.parent.name}/{file.name} {sha256(file.read_bytes()).hexdigest()}" for file in files}
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def lawful(board: tuple[MemberView, ...]) -> list[Member]:
    """Members as the law looks at them."""
    return [Member(Function(member.function), member.counting_group, member.present) for member in board]


@contextmanager
def _evening(desk: Desk, district_id: int, act: Act) -> Iterator[tuple[PollingDistrict, Entry]]:
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(act, f"Stimmbezirk {district.number}", **where) as entry:
        entry.note(district=district_id)
        closed = select(DistrictCount.closed_at_utc).where(DistrictCount.district_id == district_id)
        if desk.session.scalars(closed).one_or_none() is not None:
            raise Refused("Die Zählung dieses Stimmbezirks ist abgeschlossen; ihre Niederschrift ändert sich nicht mehr.")
        yield desk.session.get_one(PollingDistrict, district_id), entry


def _keys(district: PollingDistrict) -> dict[str, int]:
    return {"municipality_id": district.municipality_id, "election_id": district.election_id, "district_id": district.id}


def _member(session: Session, district_id: int, member_id: int) -> MemberView:
    for member in members(session, district_id):
        if member.member_id == member_id:
            return member
    raise Refused("Dieses Mitglied steht nicht im Wahlvorstand. Laden Sie die Seite neu.")


def _next(session: Session, table: type[BoardPresence] | type[Incident], district_id: int) -> int:
    return (session.scalar(select(func.max(table.number)).where(table.district_id == district_id)) or 0) + 1
