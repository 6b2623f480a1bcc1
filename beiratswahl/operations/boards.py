"""The polling board on its evening: who belongs to it and is there, the check before the start, incidents."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import __version__, clock
from beiratswahl.law.boards import Function
from beiratswahl.operations import capture
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.evening import evening_act, keys_in
from beiratswahl.operations.poll_end import refuse_before_day
from beiratswahl.store.read.boards import MemberView, members, openings
from beiratswahl.store.tables.boards import BoardMember, BoardPresence, Incident, OpeningCheck

LONGEST_NAME, MOST_GROUPS = 120, 20
SHORTEST_TEXT, LONGEST_TEXT = 3, 2000
ONE_OF_A_KIND = (Function.CHAIR, Function.DEPUTY_CHAIR, Function.RECORDER)


def appoint_member(desk: Desk, district_id: int, name: str, function: Function, counting_group: int = 0) -> int:
    """Mitglied des Wahlvorstands eintragen; it is absent until its presence is recorded (§ 26 KWG).

    Raises:
        Refused: the name is missing or there already, the function is taken, the chair is put into an Auszählungsgruppe, or the
            district is closed.
    """
    name = fit_name(name)
    _fit_group(function, counting_group)
    with evening_act(desk, district_id, Act.BOARD_MEMBER_APPOINTED) as (district, entry):
        _fit_board(members(desk.session, district_id), name, function)
        row = BoardMember(**keys_in(district), name=name, function=function.value, counting_group=counting_group)
        desk.session.add(row)
        desk.session.flush()
        entry.note(name=name, function=function.value, group=counting_group)
        return row.id


def change_member(desk: Desk, district_id: int, member_id: int, name: str, function: Function, counting_group: int) -> None:
    """Name, Funktion oder Auszählungsgruppe eines Mitglieds berichtigen; comings and goings stay.

    Raises:
        Refused: there is no such member, the program was checked by it and its function would change, or as in `appoint_member`.
    """
    name = fit_name(name)
    _fit_group(function, counting_group)
    with evening_act(desk, district_id, Act.BOARD_MEMBER_CHANGED) as (_, entry):
        member = _member(desk.session, district_id, member_id)
        board = members(desk.session, district_id)
        _fit_board(tuple(other for other in board if other.member_id != member_id), name, function)
        checked = any(opening.member_id == member_id for opening in openings(desk.session, district_id))
        if checked and function.value != member.function:
            raise Refused(f"{member.name} hat als {member.function} das Programm geprüft; diese Funktion bleibt in der Niederschrift.")
        row = desk.session.get_one(BoardMember, member_id)
        entry.note(before=[row.name, row.function, row.counting_group], name=name, function=function.value, group=counting_group)
        row.name, row.function, row.counting_group = name, function.value, counting_group


def dismiss_member(desk: Desk, district_id: int, member_id: int) -> None:
    """Ein versehentlich eingetragenes Mitglied austragen; who was there once stays in the Niederschrift.

    Raises:
        Refused: there is no such member, its presence was recorded already, or the district is closed.
    """
    with evening_act(desk, district_id, Act.BOARD_MEMBER_DISMISSED) as (_, entry):
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
    with evening_act(desk, district_id, Act.PRESENCE_RECORDED) as (district, entry):
        member = _member(desk.session, district_id, member_id)
        if member.present is present:
            raise Refused(f"{member.name} ist schon als {'anwesend' if present else 'abwesend'} erfasst.")
        number = _next(desk.session, BoardPresence, district_id)
        desk.session.add(BoardPresence(**keys_in(district), number=number, member_id=member_id, present=present, at_utc=clock.now()))
        entry.note(name=member.name, present=present)


def confirm_program(desk: Desk, district_id: int, member_id: int) -> None:
    """Prüfung vor Beginn: chair or deputy confirms that the announced program is the installed one and works (§ 55b KWO).

    Raises:
        Refused: election day has not come, the member is neither chair nor deputy, is absent, or has confirmed this very program
            already; or the district is closed.
    """
    with evening_act(desk, district_id, Act.PROGRAM_CHECKED) as (district, entry):
        refuse_before_day(desk.session, district_id, "Die Prüfung vor Beginn der Auszählung (§ 55b KWO) bestätigt der Wahlvorstand")
        member = _member(desk.session, district_id, member_id)
        if member.function not in {function.value for function in capture.CONFIRMING}:
            raise Refused("Die Prüfung bestätigen Wahlvorsteher und Stellvertretung (§ 55b KWO).")
        if not member.present:
            raise Refused(f"{member.name} ist nicht als anwesend erfasst und kann nichts bestätigen.")
        found = {"program_version": __version__, "fingerprint": capture.program_fingerprint()}
        earlier = desk.session.scalars(
            select(OpeningCheck).where(OpeningCheck.district_id == district_id, OpeningCheck.member_id == member_id)
        ).one_or_none()
        if earlier is not None and earlier.fingerprint == found["fingerprint"]:
            raise Refused(f"{member.name} hat die Prüfung schon bestätigt.")
        if earlier is not None:
            entry.note(before=earlier.fingerprint)
            desk.session.delete(earlier)
            desk.session.flush()
        desk.session.add(OpeningCheck(**keys_in(district), member_id=member_id, at_utc=clock.now(), **found))
        entry.note(name=member.name, **found)


def record_incident(desk: Desk, district_id: int, text: str) -> None:
    """Besonderen Vorfall für die Niederschrift erfassen (§ 59 KWO).

    Raises:
        Refused: the text is too short or too long, or the district is closed.
    """
    words = text.strip()
    if not SHORTEST_TEXT <= len(words) <= LONGEST_TEXT:
        raise Refused(f"Beschreiben Sie den Vorfall in {SHORTEST_TEXT} bis {LONGEST_TEXT} Zeichen; er steht in der Niederschrift.")
    with evening_act(desk, district_id, Act.INCIDENT_RECORDED) as (district, entry):
        number = _next(desk.session, Incident, district_id)
        desk.session.add(Incident(**keys_in(district), number=number, text=words, recorded_by=desk.actor.name, at_utc=clock.now()))
        entry.note(number=number, text=words)


def fit_name(typed: str) -> str:
    """Name einer Person, as it stands in the Niederschrift.

    Raises:
        Refused: it is empty, too long, or has signs nobody sees.
    """
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(f"Tragen Sie den Namen ein, höchstens {LONGEST_NAME} Zeichen; er steht in der Niederschrift.")
    return name


def _fit_group(function: Function, counting_group: int) -> None:
    if not 0 <= counting_group <= MOST_GROUPS:
        raise Refused(f"Auszählungsgruppen haben Nummern von 1 bis {MOST_GROUPS}; 0 heißt: in keiner.")
    if function is Function.CHAIR and counting_group:
        raise Refused("Der Wahlvorsteher beaufsichtigt die Auszählungsgruppen und gehört selbst keiner an (§ 55b KWO).")


def _fit_board(others: tuple[MemberView, ...], name: str, function: Function) -> None:
    if any(member.name.casefold() == name.casefold() for member in others):
        raise Refused(f"{name} steht schon im Wahlvorstand.")
    if function in ONE_OF_A_KIND and any(member.function == function.value for member in others):
        raise Refused(f"Die Funktion „{function.value}“ ist schon besetzt.")


def _member(session: Session, district_id: int, member_id: int) -> MemberView:
    for member in members(session, district_id):
        if member.member_id == member_id:
            return member
    raise Refused("Dieses Mitglied steht nicht im Wahlvorstand. Laden Sie die Seite neu.")


def _next(session: Session, table: type[BoardPresence] | type[Incident], district_id: int) -> int:
    return (session.scalar(select(func.max(table.number)).where(table.district_id == district_id)) or 0) + 1
