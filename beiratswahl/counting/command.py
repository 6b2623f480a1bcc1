"""Eingabezeile: what a counting team types for one ballot, read into the ballot and written back. Pure; decides nothing.

The words are those of the card: `304` one vote, `304+3` three, `301-315` one each, `-304` struck, `L3` list, `F2` finding, `W Name` entry,
`0` nothing on the paper. Blanks, commas, semicolons and line ends separate, so that a scanner can type, too.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from beiratswahl.law.ballot_papers import Ballot, BallotPaper, Finding, WriteIn

LONGEST = 2000
MOST_MARKS = 99
SHORTEST_RANGE = 3
#: F1 to F4
FINDINGS = tuple(Finding)

_SEPARATORS = " \t\r\n,;"
_ENTRY = re.compile(r"[Ww]([?!]?)(?:[ \t]+([^,;\r\n]*)|$)")
_VOTES = re.compile(r"([0-9]+)(?:-([0-9]+))?(?:\+([0-9]+))?(!?)")
_STRIKE = re.compile(r"-([0-9]+)(?:-([0-9]+))?")
_LIST = re.compile(r"[Ll]([0-9]+)")
_FINDING = re.compile(r"[Ff]([0-9]+)")
_BEGUN = re.compile(r"-|[LlFf]|[Ww][?!]?|-?[0-9]+(?:-[0-9]*)?|[0-9]+(?:-[0-9]+)?\+")
# typographic dashes, as a phone or a copied text has them
_SAME_SIGNS = str.maketrans({"–": "-", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " "})
_WRITE_IN_SIGN = {"": (True, True), "?": (False, True), "!": (True, False)}


@dataclass(frozen=True, slots=True)
class Fault:
    """Unverstandenes Wort: the word as typed, and a German sentence on what is allowed.

    `begun` is True for the last word while it may still become a right one.
    """

    word: str
    text: str
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Gelesene Eingabe: the ballot as far as it was understood, and every word that was not.

    `empty` is True when nothing was typed at all; a ballot without any mark is typed as `0`.
    """

    ballot: Ballot
    faults: tuple[Fault, ...]
    empty: bool


class _Misread(Exception):
    """A word that means nothing on this paper; its text is German."""


@dataclass(slots=True)
class _Draft:
    """The ballot in the making."""

    list_marks: list[str] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    struck: list[str] = field(default_factory=list)
    write_ins: list[WriteIn] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    voided: list[str] = field(default_factory=list)
    nothing: bool = False

    def ballot(self) -> Ballot:
        return Ballot(
            tuple(self.list_marks), self.marks, tuple(self.struck), tuple(self.write_ins), tuple(self.findings), tuple(self.voided)
        )

    @property
    def marked(self) -> bool:
        return bool(self.list_marks or self.marks or self.struck or self.write_ins)


def read(text: str, paper: BallotPaper, names: Mapping[str, str] = MappingProxyType({})) -> Reading:
    """Eingabe lesen.

    Args:
        text: what was typed, at most `LONGEST` characters.
        paper: the ballot paper whose lists and numbers may be named.
        names: words for candidate numbers, for an entry that repeats a printed person.

    Returns:
        The reading; nothing is raised and nothing is dropped: what was not understood is a fault.
    """
    if len(text) > LONGEST:
        return Reading(Ballot(), (Fault(text[:20] + "…", f"Die Eingabe ist länger als {LONGEST} Zeichen."),), empty=False)
    draft, faults = _Draft(), []
    words = _words(unicodedata.normalize("NFC", text).translate(_SAME_SIGNS))
    last_is_open = bool(text) and text[-1] not in _SEPARATORS
    for place, word in enumerate(words, start=1):
        try:
            _take(word, paper, names, draft)
        except _Misread as error:
            begun = last_is_open and place == len(words) and _may_go_on(word, paper)
            faults.append(Fault(word, str(error), begun))
    if draft.nothing and draft.marked:
        faults.append(Fault("0", "„0“ heißt: nichts gekennzeichnet. Löschen Sie „0“ oder alles andere."))
    return Reading(draft.ballot(), tuple(faults), empty=not words)


def written(ballot: Ballot, paper: BallotPaper) -> str:
    """Eingabezeile eines Stimmzettels: the shortest words `read` understands as this ballot."""
    words = [f"L{key}" for key in ballot.list_marks]
    words += _runs({key: (number, key in ballot.voided) for key, number in ballot.marks.items()}, paper)
    words += [f"-{key}" for key in ballot.struck]
    words += [f"F{FINDINGS.index(finding) + 1}" for finding in ballot.findings]
    words += [
        f"W{'' if one.eligible and one.person else '?' if one.person is None else '!'} {_named(one, paper)}," for one in ballot.write_ins
    ]
    return " ".join(words).rstrip(",") or "0"


def _words(text: str) -> list[str]:
    words, at = [], 0
    while at < len(text):
        if text[at] in _SEPARATORS:
            at += 1
            continue
        entry = _ENTRY.match(text, at)
        end = entry.end() if entry else at + len(re.split(f"[{_SEPARATORS}]", text[at:], maxsplit=1)[0])
        words.append(text[at:end].strip())
        at = end
    return words


def _take(word: str, paper: BallotPaper, names: Mapping[str, str], draft: _Draft) -> None:
    if word == "0":
        draft.nothing = True
    elif entry := _ENTRY.fullmatch(word):
        draft.write_ins.append(_write_in(entry[1], entry[2] or "", paper, names))
    elif votes := _VOTES.fullmatch(word):
        _mark(votes, paper, draft)
    elif strike := _STRIKE.fullmatch(word):
        draft.struck += [key for key in _candidates(strike[1], strike[2], paper) if key not in draft.struck]
    elif mark := _LIST.fullmatch(word):
        _mark_list(mark[1], paper, draft)
    elif finding := _FINDING.fullmatch(word):
        _find(finding[1], draft)
    else:
        raise _Misread(_unknown(word, paper))


def _mark(votes: re.Match[str], paper: BallotPaper, draft: _Draft) -> None:
    keys = _candidates(votes[1], votes[2], paper)
    times = int(votes[3] or "1")
    if not 1 <= times <= MOST_MARKS:
        raise _Misread(f"„{votes[0]}“: hinter „+“ steht, wie oft angekreuzt ist, 1 bis {MOST_MARKS}.")
    if votes[4] and paper.proportional:
        raise _Misread(f"„{votes[0]}“: „!“ gibt es nur bei Mehrheitswahl. Für einen Zusatz oder Vorbehalt schreiben Sie „F4“.")
    for key in keys:
        draft.marks[key] = draft.marks.get(key, 0) + times
        if votes[4] and key not in draft.voided:
            draft.voided.append(key)


def _candidates(first: str, last: str | None, paper: BallotPaper) -> list[str]:
    for number in (first, last or first):
        if number not in paper.position:
            raise _Misread(f"„{number}“ steht nicht auf dem Stimmzettel. {_numbers(paper)}")
    if last is None:
        return [first]
    if paper.list_of[first] != paper.list_of[last]:
        raise _Misread(f"„{first}-{last}“ reicht über mehrere Listen. Schreiben Sie je Liste einen eigenen Bereich.")
    if paper.position[first] >= paper.position[last]:
        raise _Misread(f"„{first}-{last}“: Die erste Nummer muss auf dem Stimmzettel über der zweiten stehen.")
    return [key for key, place in paper.position.items() if paper.position[first] <= place <= paper.position[last]]


def _mark_list(number: str, paper: BallotPaper, draft: _Draft) -> None:
    if number not in paper.lists:
        known = [name for name in paper.lists if name.isdigit()]
        if not known:
            raise _Misread("Dieser Stimmzettel hat keine Listen zum Ankreuzen. Schreiben Sie die Nummern der Personen.")
        raise _Misread(f"Eine Liste {number} gibt es nicht. Es gibt {', '.join(f'L{name}' for name in known)}.")
    if number not in draft.list_marks:
        draft.list_marks.append(number)


def _find(number: str, draft: _Draft) -> None:
    place = int(number)
    if not 1 <= place <= len(FINDINGS):
        raise _Misread(f"Einen Befund F{number} gibt es nicht. Es gibt F1 bis F{len(FINDINGS)}; siehe Tastenkarte.")
    if FINDINGS[place - 1] not in draft.findings:
        draft.findings.append(FINDINGS[place - 1])


def _write_in(sign: str, name: str, paper: BallotPaper, names: Mapping[str, str]) -> WriteIn:
    words = " ".join(name.split())
    if not words:
        raise _Misread("Hinter „W“ fehlt der Name, wie er auf dem Stimmzettel steht: „W Ayşe Kaya“. Ein Komma beendet den Namen.")
    if any(unicodedata.category(sign) == "Cc" for sign in words):
        raise _Misread("Der Name hinter „W“ enthält unsichtbare Zeichen. Tippen Sie ihn noch einmal.")
    known, eligible = _WRITE_IN_SIGN[sign]
    if words.isdigit():
        (words_of,) = _candidates(words, None, paper)
        return WriteIn(names.get(words_of, words_of), words_of if known else None, eligible)
    if any(sign.isdigit() for sign in words):
        raise _Misread(f"„W {words}“: Im Namen steht eine Zahl. Ein Komma beendet den Namen: „W Ayşe Kaya, 304“.")
    return WriteIn(words, words if known else None, eligible)


def _named(entry: WriteIn, paper: BallotPaper) -> str:
    return entry.person if entry.person in paper.position else entry.text  # type: ignore[return-value]  # a position has a key


def _runs(marks: Mapping[str, tuple[int, bool]], paper: BallotPaper) -> list[str]:
    runs: list[list[str]] = []
    # a ballot taken back may name who a later admission took off the paper
    for key in sorted(marks, key=lambda key: paper.position.get(key, len(paper.position))):
        before = runs[-1][-1] if runs else None
        if before is not None and _next_to(before, key, paper) and marks[before] == marks[key]:
            runs[-1].append(key)
        else:
            runs.append([key])
    words = []
    for run in runs:
        number, voided = marks[run[0]]
        ending = (f"+{number}" if number > 1 else "") + ("!" if voided else "")
        words += [f"{run[0]}-{run[-1]}{ending}"] if len(run) >= SHORTEST_RANGE else [key + ending for key in run]
    return words


def _next_to(before: str, key: str, paper: BallotPaper) -> bool:
    return paper.list_of.get(before) == paper.list_of.get(key, "") and paper.position[before] + 1 == paper.position[key]


def _may_go_on(word: str, paper: BallotPaper) -> bool:
    if not _BEGUN.fullmatch(word):
        return False
    number = re.split(r"[-+]", word.rstrip("-+"))[-1]
    return not number.isdigit() or any(key.startswith(number) for key in paper.position)


def _numbers(paper: BallotPaper) -> str:
    printed = [[key for key, _ in one.candidates] for one in paper.lists.values() if one.candidates]
    return "Es gibt " + ", ".join(f"{keys[0]}–{keys[-1]}" if len(keys) > 1 else keys[0] for keys in printed) + "."


#: what people write instead of a sign, and the sign
_MEANT = {
    **dict.fromkeys(("leer", "nichts", "blank", "keine"), "Steht nichts auf dem Stimmzettel, tippen Sie „0“."),
    **dict.fromkeys(("?", "??", "zweifel", "unklar"), "Ist nicht klar, was gemeint ist, tippen Sie „F3“; der Wahlvorstand beschließt."),
    **dict.fromkeys(("zusatz", "vorbehalt"), "Für einen Zusatz oder Vorbehalt tippen Sie „F4“; siehe Tastenkarte."),
}


def _unknown(word: str, paper: BallotPaper) -> str:
    if meant := _MEANT.get(word.lower()):
        return f"„{word}“ ist nicht zu verstehen. {meant}"
    signs = examples(paper)
    if word in ("-", "+") or re.fullmatch(r"\+[0-9]+", word):
        return f"„{word}“ steht allein. Schreiben Sie ohne Leerzeichen: „{'“, „'.join(signs[1:])}“."
    entry = ["W Name"] if paper.rules.write_ins or paper.proportional else []
    allowed = ", ".join((*(sign for sign, _ in explained_examples(paper)), "F1 bis F4", *entry))
    return f"„{word}“ ist nicht zu verstehen. Erlaubt sind {allowed} und 0 (nichts gekennzeichnet)."


def examples(paper: BallotPaper) -> tuple[str, ...]:
    """What can be typed for persons of this very paper: one, several crosses, a range, struck."""
    return tuple(sign for sign, _ in explained_examples(paper) if not sign.startswith("L"))


def explained_examples(paper: BallotPaper) -> tuple[tuple[str, str], ...]:
    """Beispiele: signs with numbers that stand on this very paper, each with its meaning; the last list serves as example."""
    head, printed = [*paper.lists.items()][-1]
    people, most = [key for key, _ in printed.candidates], min(paper.cap, 3)
    crosses = ((f"{people[0]}+{most}", f"{most} Stimmen"),) if most > 1 else ()
    span = ((f"{people[0]}-{people[-1]}", "je 1 Stimme"),) if len(people) > 1 else ()
    heads = ((f"L{head}", "Liste"),) if head.isdigit() and paper.rules.list_mark else ()
    return ((people[0], "1 Stimme"), *crosses, *span, *heads, (f"-{people[0]}", "gestrichen"))
