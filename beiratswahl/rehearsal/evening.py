"""The demo's election evening: stacks, ballots one by one, decisions of the board, a tie that the lot decides."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from beiratswahl.access.roles import Role
from beiratswahl.law.ballot_papers import Ballot, Finding
from beiratswahl.operations import closing, counting, results, stacks
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.rehearsal.ballots import Town, changed_ballots, majority_ballots, tie_makers
from beiratswahl.rehearsal.boards import seat_board
from beiratswahl.store.read import counting as read
from beiratswahl.store.read.nominations import nominations

TEAM = Actor(account_id=None, name="Zählgruppe 1", role=Role.COUNTING_TEAM.value)
WEIGHTS = (38, 29, 20, 13)
#: unchanged ballots by list in the two districts, and ballots typed one by one
STACKS = ((196, 141, 92, 58), (171, 128, 81, 47))
TYPED = (300, 240)
BLANK = (7, 5)
#: ballots of a count that has only begun
BEGUN = 12
#: what a board says of a doubt it lets pass, and of one it does not
DECISIONS = {
    Finding.WILL_UNCLEAR.value: ("Nach der Beratung ist der Wille eindeutig.", "Es bleibt offen, wer gemeint ist."),
    Finding.ADDITION.value: ("Der Zusatz macht nur deutlich, wer gemeint ist.", "Der Zusatz stellt die Stimmabgabe unter eine Bedingung."),
}
OTHERWISE = ("Der Wille ist eindeutig zu erkennen.", "Der Wille ist nicht zweifelsfrei zu erkennen.")

Progress = Callable[[str, int, int], None]


def count_lists(desk: Desk, election_id: int, districts: tuple[int, int], seed: int, progress: Progress) -> int:
    """Count two districts; the number of ballots."""
    team = Desk(desk.session, TEAM)
    paper = ballot_paper(desk.session, election_id)
    lists = {of.number or 0: of.nomination_id for of in nominations(desk.session, election_id)}
    amounts = [sum(STACKS[place]) + BLANK[place] + TYPED[place] for place in range(2)]
    for place, district in enumerate(districts):
        unchanged = {lists[number]: ballots for number, ballots in enumerate(STACKS[place], 1)}
        first, second = seat_board(desk, district, place)
        stacks.record_stacks(team, district, unchanged, BLANK[place], 0, first)
        stacks.record_stacks_again(team, district, unchanged, BLANK[place], second)
        for number, ballot in enumerate(changed_ballots(paper.law, TYPED[place], seed + place, Town(WEIGHTS)), 1):
            counting.record_ballot(team, district, f"demo-{number}", ballot)
            progress(f"Stimmzettel im Bezirk {place + 1}", number, TYPED[place])
        _decide(desk, district)
    # a few more voters bring the last seat into a tie, so that the lot can be shown
    votes = results.result(desk.session, election_id).list_votes
    extra = tie_makers(paper.law, votes, bool(paper.rules.majority_clause))
    for number, ballot in enumerate(extra):
        counting.record_ballot(team, districts[1], f"demo-last-{number}", ballot)
    amounts[1] += len(extra)
    for district, voters, rejected in zip(districts, amounts, (61, 44), strict=True):
        _close(desk, district, voters, rejected)
    return sum(amounts)


def _decide(desk: Desk, district: int) -> None:
    for place, doubtful in enumerate(read.ballots(desk.session, district, unresolved=True)):
        valid = place % 2 == 0
        yes, no = DECISIONS.get(next(iter(doubtful.content.get("findings", ())), ""), OTHERWISE)
        counting.decide_ballot(desk, district, doubtful.number, valid=valid, reason=yes if valid else no)


def _close(desk: Desk, district: int, voters: int, rejected: int) -> None:
    unsigned, missing = rejected * 2 // 3, rejected - rejected * 2 // 3
    letters = Letters(voters + rejected, 9, {"nicht_unterschrieben": unsigned, "kein_wahlschein": missing}, voters)
    counting.record_letters(desk, district, letters, read.count(desk.session, district).version)
    for warning in closing.control(desk.session, district).unexplained:
        counting.explain(desk, district, warning.code, "Vom Briefwahlvorstand geprüft; die Zahlen stimmen.")
    closing.close_district(desk, district)


def draw_lots(desk: Desk, election_id: int, seed: int, drawn_at: datetime) -> str:
    """Draw every lot the result asks for at a moment of the sitting; who won which seat."""
    drawn = []
    while (question := results.result(desk.session, election_id).question) is not None:
        winner = Random(seed).choice(question.among)  # noqa: S311 - stands for the lot that the chair draws by hand
        results.enter_lot(desk, election_id, winner, drawn_at=drawn_at, drawn_by="Dr. Henriette Beispiel", witness="Karl Zeuge")
        drawn.append(f"Sitz {question.seat}: {question.names[winner]}")
    return "; ".join(drawn)


def begin_count(desk: Desk, election_id: int, district: int, seed: int) -> None:
    """A count that has only begun: the board is there, the first ballots are typed."""
    seat_board(desk, district, 0)
    paper = ballot_paper(desk.session, election_id)
    for number, ballot in enumerate(changed_ballots(paper.law, BEGUN, seed, Town(WEIGHTS[:3])), 1):
        counting.record_ballot(Desk(desk.session, TEAM), district, f"demo-{number}", ballot)


def count_persons(desk: Desk, election_id: int, district: int, seed: int, progress: Progress) -> None:
    """Count a district of a Mehrheitswahl, so that the lot has to decide about the last seat."""
    paper = ballot_paper(desk.session, election_id)
    ballots = list(majority_ballots(paper.law, 71, seed))
    for number, ballot in enumerate(ballots, 1):
        counting.record_ballot(desk, district, f"demo-{number}", ballot)
        progress("Stimmzettel in Mustertal", number, len(ballots))
    ballots += _level_fifth_and_sixth(desk, election_id, district)
    _close(desk, district, len(ballots), 4)


def _level_fifth_and_sixth(desk: Desk, election_id: int, district: int) -> list[Ballot]:
    """Give the sixth person votes until she is level with the fifth, so that the lot has to decide about the last seat."""
    votes = results.result(desk.session, election_id).tally.votes
    ranking = sorted(votes, key=lambda key: (-votes[key], key))
    fifth, sixth = ranking[4], ranking[5]
    more = [Ballot(marks={sixth: 1}) for _ in range(votes[fifth] - votes[sixth])]
    for number, ballot in enumerate(more):
        counting.record_ballot(desk, district, f"demo-last-{number}", ballot)
    return more
