"""`beiratswahl law ballots`: adjudicate ballots given as JSON."""

from collections import Counter
from collections.abc import Callable, Mapping

from beiratswahl.commands.json_input import InputError, boolean_at, choice_at, integer_at, items_at, object_at, text_at, unique
from beiratswahl.law.ballot_papers import Ballot, BallotPaper, Finding, PaperCandidate, PaperList, Verdict, WriteIn
from beiratswahl.law.ballots import adjudicate, paper_of
from beiratswahl.law.rules import MajorityOvervote, RemainingVotes, Rules, RuleToBeConfirmed, System
from beiratswahl.law.trace import Step

_OPTIONAL_RULES = ("max_votes_per_candidate", "remaining_votes", "majority_overvote", "write_ins")
_BALLOT_PARTS = ("list_marks", "marks", "struck", "write_ins", "findings", "voided")
# far above any Beirat; keeps absurd input from running for hours
_MOST_VOTES = 1000


def answer(document: object) -> dict[str, object]:
    """Stimmzettel auswerten.

    Args:
        document: parsed JSON with `rules`, `lists` and `ballots`.

    Returns:
        `ballots`: per ballot `ballot`, `valid`, `reason`, `votes`, `unused`, `steps`; `totals`: `ballots`, `valid`, `invalid`, `reasons`,
        `votes` (per candidate), `list_votes`, `used`, `unused`.

    Raises:
        InputError: a key, type or value is wrong, or a rule that has to be confirmed is missing.
    """
    top = object_at(document, "$", ("rules", "lists", "ballots"))
    lists = _lists(top["lists"], "$.lists")
    try:
        paper = paper_of(_rules(top["rules"], "$.rules"), lists)
    except RuleToBeConfirmed as error:
        raise InputError(f"$.rules.{error.rule}", f"{error} Bitte den Wert angeben, den die Wahlleitung bestätigt hat.") from error
    verdicts = _verdicts(paper, top["ballots"], "$.ballots")
    return {
        "ballots": [_said(name, verdict) for name, verdict in verdicts],
        "totals": _totals(paper, [verdict for _, verdict in verdicts]),
    }


def step_said(step: Step) -> dict[str, str]:
    """Rechenschritt als JSON: rule, source and text."""
    return {"rule": step.rule, "source": step.source, "text": step.text}


def _rules(value: object, path: str) -> Rules:
    given = object_at(value, path, ("system", "votes"), _OPTIONAL_RULES)
    system = choice_at(given["system"], f"{path}.system", System)
    votes = integer_at(given["votes"], f"{path}.votes", 1, _MOST_VOTES)
    remaining, overvote = given.get("remaining_votes"), given.get("majority_overvote")
    return Rules(
        system=system,
        seats=votes,
        votes=votes,
        max_votes_per_candidate=integer_at(given.get("max_votes_per_candidate", 3), f"{path}.max_votes_per_candidate", 1, _MOST_VOTES),
        remaining_votes=None if remaining is None else choice_at(remaining, f"{path}.remaining_votes", RemainingVotes),
        majority_overvote=None if overvote is None else choice_at(overvote, f"{path}.majority_overvote", MajorityOvervote),
        write_ins=boolean_at(given.get("write_ins", True), f"{path}.write_ins"),
    )


def _lists(value: object, path: str) -> list[PaperList]:
    lists: list[PaperList] = []
    names: list[tuple[str, str]] = []
    keys: list[tuple[str, str]] = []
    for place, item in items_at(value, path):
        given = object_at(item, place, ("list", "candidates"))
        name = text_at(given["list"], f"{place}.list")
        names.append((f"{place}.list", name))
        candidates: list[PaperCandidate] = []
        for spot, entry in items_at(given["candidates"], f"{place}.candidates"):
            person = object_at(entry, spot, ("candidate",), ("named",))
            key = text_at(person["candidate"], f"{spot}.candidate")
            keys.append((f"{spot}.candidate", key))
            candidates.append(PaperCandidate(key, integer_at(person.get("named", 1), f"{spot}.named", 1, 3)))
        lists.append(PaperList(name, tuple(candidates)))
    unique(names, "Die Liste")
    unique(keys, "Die Person")
    return lists


def _verdicts(paper: BallotPaper, value: object, path: str) -> list[tuple[str, Verdict]]:
    verdicts: list[tuple[str, Verdict]] = []
    names: list[tuple[str, str]] = []
    for place, item in items_at(value, path):
        given = object_at(item, place, ("ballot",), _BALLOT_PARTS)
        name = text_at(given["ballot"], f"{place}.ballot")
        names.append((f"{place}.ballot", name))
        verdicts.append((name, adjudicate(paper, _ballot(paper, given, place))))
    unique(names, "Der Stimmzettel")
    return verdicts


def _ballot(paper: BallotPaper, given: Mapping[str, object], place: str) -> Ballot:
    voided = _keys(given.get("voided", []), f"{place}.voided", paper.list_of, "Die Person")
    if voided and paper.rules.system is System.PROPORTIONAL:
        raise InputError(f"{place}.voided", "Einzelne Stimmen können nur bei Mehrheitswahl ungültig sein (§ 38 Abs. 2 KWG).")
    write_ins = [(spot, _write_in(item, spot)) for spot, item in items_at(given.get("write_ins", []), f"{place}.write_ins")]
    for spot, entry in write_ins:
        if any(entry.person is not None and other.person == entry.person and other.eligible != entry.eligible for _, other in write_ins):
            raise InputError(f"{spot}.eligible", f"Die Person „{entry.person}“ ist einmal als wählbar angegeben und einmal nicht.")
    return Ballot(
        list_marks=_keys(given.get("list_marks", []), f"{place}.list_marks", paper.lists, "Die Liste"),
        marks=_marks(given.get("marks", {}), f"{place}.marks", paper),
        struck=_keys(given.get("struck", []), f"{place}.struck", paper.list_of, "Die Person"),
        write_ins=tuple(entry for _, entry in write_ins),
        findings=_findings(given.get("findings", []), f"{place}.findings"),
        voided=voided,
    )


def _keys(value: object, path: str, known: Mapping[str, object], what: str) -> tuple[str, ...]:
    found = _texts(value, path, what, text_at)
    for place, key in found:
        if key not in known:
            raise InputError(place, f"{what} „{key}“ steht nicht auf dem Stimmzettel (lists).")
    return tuple(key for _, key in found)


def _findings(value: object, path: str) -> tuple[Finding, ...]:
    found = _texts(value, path, "Der Befund", lambda item, place: choice_at(item, place, Finding))
    return tuple(Finding(word) for _, word in found)


def _texts(value: object, path: str, what: str, read: Callable[[object, str], str]) -> list[tuple[str, str]]:
    found = [(place, read(item, place)) for place, item in items_at(value, path)]
    unique(found, what)
    return found


def _marks(value: object, path: str, paper: BallotPaper) -> dict[str, int]:
    given = object_at(value, path, (), value if isinstance(value, dict) else ())
    for candidate in given:
        if candidate not in paper.list_of:
            raise InputError(f"{path}.{candidate}", f"Die Person „{candidate}“ steht nicht auf dem Stimmzettel (lists).")
    marks = {candidate: integer_at(number, f"{path}.{candidate}") for candidate, number in given.items()}
    return {candidate: number for candidate, number in marks.items() if number}


def _write_in(value: object, path: str) -> WriteIn:
    given = object_at(value, path, ("text", "person"), ("eligible",))
    text = text_at(given["text"], f"{path}.text", empty=True)
    if given["person"] is None:
        # nobody is recognisable, so nobody can be eligible
        return WriteIn(text, None, False)
    if "eligible" not in given:
        raise InputError(f"{path}.eligible", "Diese Angabe fehlt: Ist die Person wählbar?")
    return WriteIn(text, text_at(given["person"], f"{path}.person"), boolean_at(given["eligible"], f"{path}.eligible"))


def _said(name: str, verdict: Verdict) -> dict[str, object]:
    return {
        "ballot": name,
        "valid": verdict.valid,
        "reason": verdict.reason,
        "votes": dict(verdict.votes),
        "unused": verdict.unused,
        "steps": [step_said(step) for step in verdict.steps],
    }


def _totals(paper: BallotPaper, verdicts: list[Verdict]) -> dict[str, object]:
    votes: Counter[str] = Counter(dict.fromkeys(paper.list_of, 0))
    for verdict in verdicts:
        votes.update(verdict.votes)
    list_votes = dict.fromkeys(paper.lists, 0)
    for candidate, name in paper.list_of.items():
        list_votes[name] += votes[candidate]
    valid = sum(verdict.valid for verdict in verdicts)
    return {
        "ballots": len(verdicts),
        "valid": valid,
        "invalid": len(verdicts) - valid,
        "reasons": dict(Counter(verdict.reason for verdict in verdicts if verdict.reason is not None)),
        "votes": dict(votes),
        "list_votes": list_votes,
        "used": votes.total(),
        "unused": sum(verdict.unused for verdict in verdicts),
    }
