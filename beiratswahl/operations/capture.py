"""When capture rests: before the poll is over, the program unchecked, no quorum, a group too small (§ 27 KWG, §§ 51, 55b KWO)."""

from functools import cache
from hashlib import sha256

from sqlalchemy.orm import Session

from beiratswahl import paths
from beiratswahl.law.boards import LEAST_IN_GROUP, Function, Member, quorum_fault, small_groups
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.poll_end import not_before
from beiratswahl.store.read.boards import MemberView, members, openings
from beiratswahl.store.read.count_units import receiver_of
from beiratswahl.store.read.teams import group_of

#: the two who confirm the check before the start (§ 55b KWO)
CONFIRMING = (Function.CHAIR, Function.DEPUTY_CHAIR)


def refuse_while_resting(desk: Desk, district_id: int) -> None:
    """Let nothing be counted before the poll is over and the program checked, without a quorum, while an Auszählungsgruppe is too small.

    A district whose board is not entered is not held up; its Niederschrift is completed by hand.

    Raises:
        Refused: capture rests.
    """
    reason = resting(desk.session, district_id, desk.actor.account_id)
    if reason:
        raise Refused(reason)


def resting(session: Session, district_id: int, account_id: int | None = None) -> str:
    """Why capture rests now, in words; empty when it does not.

    Args:
        session: the archive.
        district_id: the polling district.
        account_id: who wants to capture; an account of one Auszählungsgruppe does not wait for another group.
    """
    if early := not_before(session, district_id):
        return early
    receiver = receiver_of(session, district_id)
    if receiver is not None:
        return (
            f"Dieser Stimmbezirk wird zusammen mit Stimmbezirk {receiver.number} ({receiver.name}) ausgezählt. Übergeben Sie die "
            "ungeöffneten Stimmzettel dorthin; hier wird kein Stimmzettel erfasst."
        )
    board = members(session, district_id)
    if any(member.function != Function.HELPER.value for member in board):
        return _unchecked(session, district_id) or _small_group(session, district_id, board, account_id) or _no_quorum(board)
    return _small_group(session, district_id, board, account_id)


def _unchecked(session: Session, district_id: int) -> str:
    confirmed = openings(session, district_id)
    if len(confirmed) < len(CONFIRMING):
        return (
            "Die Erfassung hat noch nicht begonnen: Wahlvorsteher und Stellvertretung müssen zuerst bestätigen, dass dies das "
            "bekannt gegebene Programm ist (§ 55b KWO, Seite „Wahlvorstand“)."
        )
    if any(each.fingerprint != program_fingerprint() for each in confirmed):
        return (
            "Die Erfassung ruht: Das Programm ist nicht mehr das geprüfte; seine Prüfsumme hat sich geändert. Wahlvorsteher und "
            "Stellvertretung müssen es neu prüfen und bestätigen (§ 55b KWO, Seite „Wahlvorstand“)."
        )
    return ""


def _small_group(session: Session, district_id: int, board: tuple[MemberView, ...], account_id: int | None) -> str:
    small = small_groups(lawful(board))
    own = group_of(session, account_id, district_id) if small and account_id is not None else None
    found = [f"Gruppe {group}: {present} anwesend" for group, present in small.items() if own in (None, group)]
    if not found:
        return ""
    return (
        f"Die Erfassung ruht: Eine Auszählungsgruppe besteht aus mindestens {LEAST_IN_GROUP} Personen (§ 55b KWO); {', '.join(found)}. "
        "Sobald die Anwesenheit auf der Seite „Wahlvorstand“ wieder stimmt, geht es weiter."
    )


def _no_quorum(board: tuple[MemberView, ...]) -> str:
    fault = quorum_fault(lawful(board))
    if not fault:
        return ""
    return f"Die Erfassung ruht: {fault} Sobald auf der Seite „Wahlvorstand“ genug Mitglieder als anwesend erfasst sind, geht es weiter."


def refuse_without_quorum(session: Session, district_id: int) -> None:
    """Let a board resolve and close only while it has a quorum (§ 27 KWG); one that is not entered is not held up.

    Raises:
        Refused: too few are there, or chair and recorder are away.
    """
    board = members(session, district_id)
    fault = quorum_fault(lawful(board)) if any(member.function != Function.HELPER.value for member in board) else ""
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
