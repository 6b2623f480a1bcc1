"""Das laufende Buch der Wahlbriefe: one letter at a time, by the number of its Wahlschein (KWO §§ 56, 57)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.postal import LetterState, Rejection, rejection_of
from beiratswahl.operations.acts import Act
from beiratswahl.operations.counting import count_of
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.poll_end import refuse_before_day
from beiratswahl.store.read.certificates import Standing, certificate_standing
from beiratswahl.store.tables.counting import DistrictCount, PostalLetter
from beiratswahl.store.tables.setup import PollingDistrict

LONGEST_CERTIFICATE = 40
TOO_EARLY = (
    "Vor dem Wahltag wird ein Wahlbrief nur entgegengenommen; tragen Sie ihn mit „Zurückstellen“ ein. Über seine Zulassung entscheidet der "
    "Briefwahlvorstand (KWO § 57)"
)


@dataclass(frozen=True, slots=True)
class Book:
    """Stand des Buches.

    Attributes:
        admitted: zugelassene Wahlbriefe.
        rejected: rejected ones by key of the reason.
        set_aside: letters that wait for a resolution.
        late: letters after the deadline.
    """

    admitted: int
    rejected: Counter[str]
    set_aside: int
    late: int

    @property
    def received(self) -> int:
        """Rechtzeitig eingegangen: everything but the late ones."""
        return self.admitted + self.rejected.total() + self.set_aside

    @property
    def letters(self) -> int:
        """All letters in the book."""
        return self.received + self.late


def certificate_of(typed: str) -> str:
    """Wahlscheinnummer as it is kept: without blanks, capital letters.

    Raises:
        Refused: it is empty, too long, or has other characters than letters, digits and - / .
    """
    number = "".join(typed.split()).upper()
    if not number or len(number) > LONGEST_CERTIFICATE or not all(sign.isalnum() or sign in "-/." for sign in number):
        raise Refused("Das ist keine Wahlscheinnummer. Scannen Sie den Schein noch einmal oder tippen Sie die Nummer ab.")
    return number


def book_letter(desk: Desk, district_id: int, certificate: str, state: LetterState, reason: str = "") -> int:
    """Einen Wahlbrief eintragen.

    Returns:
        Its number in the book.

    Raises:
        Refused: election day has not come and the letter is not only set aside, the number is no certificate number or stands in the
            book of any district of the election already, a rejection has no known reason, the Wahlschein to be admitted is declared
            invalid, the totals of the district were typed in already, the district does not count postal letters, or is closed.
    """
    number = certificate_of(certificate)
    _fitting(state, reason)
    with _postal(desk, district_id, Act.LETTER_BOOKED) as (count, entry):
        if state is not LetterState.SET_ASIDE:
            refuse_before_day(desk.session, district_id, TOO_EARLY)
        _no_duplicate(desk.session, count, number)
        _not_invalid(desk.session, count.election_id, number, state)
        if count.letters_recorded_at_utc is not None and not _rows(desk.session, district_id):
            raise Refused("Die Wahlbriefe dieses Bezirks sind schon als Zahlen eingetragen. Buch und Zahlen schließen einander aus.")
        place = _rows(desk.session, district_id) + 1
        keys = {"municipality_id": count.municipality_id, "election_id": count.election_id, "district_id": district_id}
        told = {"certificate": number, "state": state.value, "reason": reason}
        desk.session.add(PostalLetter(**keys, number=place, recorded_by=desk.actor.name, recorded_at_utc=clock.now(), **told))
        desk.session.flush()
        _carry_over(desk.session, count)
        entry.note(number=place, **told)
        return place


def decide_letter(desk: Desk, district_id: int, number: int, state: LetterState, reason: str = "") -> None:
    """Über einen Wahlbrief beschließen, or correct his entry; the first entry stays in the journal.

    Raises:
        Refused: election day has not come, there is no such letter, nothing changes, a rejection has no known reason, the Wahlschein
            to be admitted is declared invalid, or the district is closed.
    """
    _fitting(state, reason)
    with _postal(desk, district_id, Act.LETTER_DECIDED) as (count, entry):
        refuse_before_day(desk.session, district_id, TOO_EARLY)
        row = desk.session.scalars(
            select(PostalLetter).where(PostalLetter.district_id == district_id, PostalLetter.number == number)
        ).one_or_none()
        if row is None:
            raise Refused(f"Den Wahlbrief {number} gibt es in diesem Buch nicht.")
        if (row.state, row.reason) == (state.value, reason):
            raise Refused("Es ist nichts geändert.")
        _not_invalid(desk.session, count.election_id, row.certificate, state)
        entry.note(number=number, certificate=row.certificate, before=row.state, before_reason=row.reason, state=state.value, reason=reason)
        row.state, row.reason = state.value, reason
        desk.session.flush()
        _carry_over(desk.session, count)


def book(session: Session, district_id: int) -> Book:
    """Stand des Buches eines Bezirks."""
    query = select(PostalLetter.state, PostalLetter.reason, func.count()).where(PostalLetter.district_id == district_id)
    states: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    for state, reason, letters in session.execute(query.group_by(PostalLetter.state, PostalLetter.reason)):
        states[state] += letters
        if state == LetterState.REJECTED.value:
            rejected[reason] += letters
    return Book(states[LetterState.ADMITTED.value], rejected, states[LetterState.SET_ASIDE.value], states[LetterState.LATE.value])


def _fitting(state: LetterState, reason: str) -> None:
    known = {rejection.key for rejection in Rejection}
    if state is LetterState.REJECTED and reason not in known:
        raise Refused("Wählen Sie, warum der Wahlbrief zurückgewiesen wird; der Grund steht in der Niederschrift.")
    if state is not LetterState.REJECTED and reason:
        raise Refused("Ein Grund gehört nur zu einem zurückgewiesenen Wahlbrief.")


def _no_duplicate(session: Session, count: DistrictCount, certificate: str) -> None:
    same = select(PostalLetter).where(PostalLetter.election_id == count.election_id, PostalLetter.certificate == certificate)
    known = session.scalars(same).one_or_none()
    if known is None:
        return
    where = "" if known.district_id == count.district_id else " eines anderen Bezirks"
    words = rejection_of(known.reason).text if known.reason else known.state
    raise Refused(
        f"Der Wahlschein {certificate} steht schon im Buch{where}, als Wahlbrief {known.number} ({words}). "
        "Legen Sie diesen Brief zurück und holen Sie den Wahlvorsteher."
    )


def _not_invalid(session: Session, election_id: int, certificate: str, state: LetterState) -> None:
    standing, why = certificate_standing(session, election_id, certificate)
    if state is LetterState.ADMITTED and standing is Standing.INVALID:
        raise Refused(
            f"Der Wahlschein {certificate} ist für ungültig erklärt ({why}). Der Brief wird nicht zugelassen; weisen Sie ihn zurück oder "
            "stellen Sie ihn für einen Beschluss zurück (KWO § 56)."
        )


def _carry_over(session: Session, count: DistrictCount) -> None:
    # the totals page and the checks read the same numbers, wherever they come from
    found = book(session, count.district_id)
    count.letters_received, count.letters_late = found.received, found.late
    count.letters_rejected = dict(found.rejected)
    count.version += 1


def _rows(session: Session, district_id: int) -> int:
    return session.scalar(select(func.count()).select_from(PostalLetter).where(PostalLetter.district_id == district_id)) or 0


@contextmanager
def _postal(desk: Desk, district_id: int, act: Act) -> Iterator[tuple[DistrictCount, Entry]]:
    district = desk.session.get_one(PollingDistrict, district_id)
    if not district.postal:
        raise Refused("In diesem Stimmbezirk werden keine Wahlbriefe geöffnet.")
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(act, f"Stimmbezirk {district.number}", **where) as entry:
        entry.note(district=district_id)
        count = count_of(desk.session, district_id)
        if count.closed_at_utc is not None:
            raise Refused("Die Zählung dieses Stimmbezirks ist abgeschlossen. Nur das Wahlamt kann sie durch Beschluss wieder öffnen.")
        yield count, entry
