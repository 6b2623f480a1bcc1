"""From the admitted nominations to the sheet of the ballot, and its PDF. Decides nothing and stores nothing."""

from sqlalchemy.orm import Session

from beiratswahl import words
from beiratswahl.documents.ballot_layout import BallotTooLarge
from beiratswahl.documents.ballot_paper import print_ballot
from beiratswahl.documents.ballot_sheet import BallotList, BallotPerson, BallotSheet
from beiratswahl.documents.stencil import print_stencil
from beiratswahl.documents.typeface import FontsMissing, UnprintableCharacter
from beiratswahl.law.admission import Outcome
from beiratswahl.law.nominations import NominationState
from beiratswahl.law.rules import NominationModel, Rules, System, VotingMode
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import setup
from beiratswahl.store.read.nominations import CandidateView, NominationView, nominations


def ballot(session: Session, election_id: int, *, specimen: bool = False) -> bytes:
    """Stimmzettel als PDF, the same bytes whenever it is printed.

    Raises:
        Refused: the Wahlausschuss has not decided, there is no election, or the ballot cannot be printed.
    """
    try:
        return print_ballot(sheet_of(session, election_id, specimen=specimen))
    except (BallotTooLarge, UnprintableCharacter, FontsMissing) as error:
        raise Refused(str(error)) from error


def stencil(session: Session, election_id: int) -> bytes:
    """Stimmzettelschablone als PDF.

    Raises:
        Refused: see `ballot`.
    """
    try:
        return print_stencil(sheet_of(session, election_id))
    except (BallotTooLarge, UnprintableCharacter, FontsMissing) as error:
        raise Refused(str(error)) from error


def sheet_of(session: Session, election_id: int, *, specimen: bool = False) -> BallotSheet:
    """Vorlage des Stimmzettels.

    Source: § 29 KWG (Verhältniswahl: a column per list), § 30 KWG (Mehrheitswahl: each person once, free lines) [V]; all admitted persons
        are printed, not only as many as seats, because a Beirat election needs more persons than seats (§ 56 Abs. 3 GemO) [I].

    Raises:
        Refused: the Wahlausschuss has not decided, or there is no election.
    """
    election = setup.election(session, election_id)
    if election is None or election.nominations_closed_at_utc is None:
        raise Refused("Den Stimmzettel gibt es erst, wenn der Wahlausschuss über die Zulassung entschieden hat (§ 23 KWG).")
    if election.admission_outcome == Outcome.NO_ELECTION.value:
        raise Refused("Die Wahl findet nicht statt; deshalb gibt es keinen Stimmzettel (§ 56 Abs. 3 GemO).")
    rules = rules_of(session, election_id)
    admitted = [of for of in nominations(session, election_id) if of.state == NominationState.ADMITTED.value]
    by_persons = rules.system is System.MAJORITY and rules.nomination_model is NominationModel.PERSON
    return BallotSheet(
        council_genitive=words.council_genitive(setup.municipality(session, election.municipality_id).council_name),
        election_day=election.day,
        system=rules.system,
        votes=rules.votes,
        votes_per_person=rules.max_votes_per_candidate if rules.system is System.PROPORTIONAL else 1,
        created_at_utc=election.nominations_closed_at_utc,
        lists=() if by_persons else tuple(_list(of) for of in admitted),
        persons=_persons(admitted) if by_persons else (),
        list_mark=_list_mark(rules, admitted),
        cross_lists=rules.cross_lists,
        write_in_lines=rules.votes if rules.system is System.MAJORITY and rules.write_ins else 0,
        overvote=rules.majority_overvote if rules.system is System.MAJORITY else None,
        postal_only=rules.voting_mode is VotingMode.POSTAL_ONLY,
        specimen=specimen,
    )


def _list_mark(rules: Rules, admitted: list[NominationView]) -> bool:
    # § 33 Abs. 2 KWG: in Mehrheitswahl a list is marked only where it is the only one
    return rules.list_mark and (rules.system is System.PROPORTIONAL or len(admitted) == 1)


def _list(of: NominationView) -> BallotList:
    return BallotList(of.number or 0, of.keyword, tuple(_person(candidate) for candidate in of.standing))


def _persons(admitted: list[NominationView]) -> tuple[BallotPerson, ...]:
    found = [(candidate, of.short_name or of.keyword) for of in admitted for candidate in of.standing]
    return tuple(_person(candidate, note) for candidate, note in sorted(found, key=lambda pair: int(pair[0].ballot_number or 0)))


def _person(candidate: CandidateView, note: str = "") -> BallotPerson:
    return BallotPerson(candidate.ballot_number or "", candidate.family_name, candidate.given_names, candidate.named, note)
