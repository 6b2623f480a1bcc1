"""Stimmzettel: the values of adjudication, from the printed paper to the verdict. The rules that work on them are in `ballots`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from beiratswahl.law import ballot_steps
from beiratswahl.law.rules import Rules
from beiratswahl.law.trace import Step


class Finding(StrEnum):
    """Befund der Menschen: what people see on the paper and no system can.

    Source: § 37 Abs. 1 Nr. 1, 3, 4 KWG [V]; § 38 Abs. 1 Nr. 1, 3, 4 KWG [V].
    """

    NOT_OFFICIAL = "nicht_amtlich"
    OTHER_AREA = "anderes_wahlgebiet"
    WILL_UNCLEAR = "wille_nicht_erkennbar"
    ADDITION = "zusatz_oder_vorbehalt"


class SystemReason(StrEnum):
    """Befund des Systems: why the marks as typed make the ballot invalid.

    Source: § 37 Abs. 1 Nr. 2, Abs. 3, 4 KWG [V]; § 38 Abs. 1 Nr. 2, Abs. 2 KWG [V]; CROSSED_LISTS, WRITE_IN, NO_VOTE_LEFT [I].
    """

    NO_MARK = "keine_kennzeichnung"
    SEVERAL_LISTS = "mehrere_listen_gekennzeichnet"
    OVERVOTE_ACROSS_LISTS = "zu_viele_stimmen_in_mehreren_listen"
    OVERVOTE = "zu_viele_stimmen"
    CROSSED_LISTS = "stimmen_in_mehreren_listen"
    WRITE_IN = "eintragung"
    NO_VOTE_LEFT = "keine_stimme_uebrig"


class BoardReason(StrEnum):
    """Beschluss des Wahlvorstands: the ballot is invalid because the board resolved so.

    Source: § 53 KWO [V cut]; § 55 KWO [V].
    """

    RESOLUTION = "beschluss"


class ProportionalPile(StrEnum):
    """Stapel bei Verhältniswahl.

    Source: § 53 Abs. 1 KWO [V].
    """

    LIST_UNCHANGED = "1a"
    LIST_CHANGED = "1b"
    LIST_AND_OTHER_LISTS = "1c"
    VOTES_IN_ONE_LIST = "2a"
    VOTES_IN_SEVERAL_LISTS = "2b"
    INVALID = "3"
    DOUBT = "4"


class MajorityPile(StrEnum):
    """Stapel bei Mehrheitswahl.

    Source: § 55 Abs. 2 KWO [V].
    """

    LIST_UNCHANGED = "1"
    LIST_CHANGED = "2"
    VOTES_ONLY = "3"
    INVALID = "4"
    DOUBT = "5"


class WriteIn(NamedTuple):
    """Eintragung: a name the voter wrote on the ballot.

    Attributes:
        text: the words as written.
        person: who is meant, as a key of the election; None when nobody is recognisable beyond doubt (§ 38 Abs. 2 Nr. 1 KWG).
        eligible: whether the person may be elected (§ 38 Abs. 2 Nr. 3 KWG).
    """

    text: str
    person: str | None
    eligible: bool = True


class Ballot(NamedTuple):
    """Stimmzettel: what stands on the paper, as people typed it.

    Attributes:
        list_marks: lists marked in the Kopfleiste, each once.
        marks: how many marks each marked candidate carries, as written (five marks are 5); at least 1.
        struck: candidates whose name is struck out, each once.
        write_ins: entries by hand, in the order of writing.
        findings: what people saw, each once.
        voided: Mehrheitswahl only: marked persons whose single vote people found invalid, as "gut!" beside a name
            (§ 38 Abs. 2 Nr. 2 KWG).
    """

    list_marks: Sequence[str] = ()
    marks: Mapping[str, int] = MappingProxyType({})
    struck: Sequence[str] = ()
    write_ins: Sequence[WriteIn] = ()
    findings: Sequence[Finding] = ()
    voided: Sequence[str] = ()


class Verdict(NamedTuple):
    """Feststellung über einen Stimmzettel.

    Attributes:
        valid: whether the ballot counts; a proposal while `needs_resolution` is True.
        reason: why it does not count, None when it does; a finding of people goes before one of the system.
        system_reason: what the system found, whatever people found; None when it found nothing.
        votes: votes per candidate or person, only those with at least one.
        unused: votes that lapse on a valid ballot; 0 on an invalid one.
        pile: pile of § 53 or § 55 KWO.
        needs_resolution: whether the polling board has to decide.
        record: the rules that fired, as light records; `steps` puts them into words.
    """

    valid: bool
    reason: Finding | SystemReason | BoardReason | None
    system_reason: SystemReason | None
    votes: Mapping[str, int]
    unused: int
    pile: ProportionalPile | MajorityPile
    needs_resolution: bool
    record: tuple[ballot_steps.Entry, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Rechenschritte: the trace in sentences, candidates and lists named by their keys."""
        return self.steps_with({})

    def steps_with(self, names: Mapping[str, str]) -> tuple[Step, ...]:
        """Rechenschritte: the trace in sentences.

        Args:
            names: words for the keys of candidates and lists; a key without words keeps itself.
        """
        proportional = isinstance(self.pile, ProportionalPile)
        source = "§ 53 Abs. 1 KWO" if proportional else "§ 55 Abs. 2 KWO"
        ending: list[ballot_steps.Entry] = [("pile", source, self.pile.value)]
        if self.unused:
            ending.insert(0, ("unused", "§ 32 Abs. 1 KWG" if proportional else "§ 33 Abs. 1 KWG", self.unused))
        if self.needs_resolution:
            ending.append(("needs_resolution", source))
        return ballot_steps.render((*self.record, *ending), names)


class PaperCandidate(NamedTuple):
    """Gedruckter Bewerber.

    Attributes:
        candidate: key, unique on the ballot paper.
        named: how often the list names the candidate, 1 to 3 (§ 15 Abs. 3 KWG); without meaning in Mehrheitswahl (§ 30 KWG).
    """

    candidate: str
    named: int = 1


class PaperList(NamedTuple):
    """Gedruckter Wahlvorschlag: a list with its candidates from top to bottom."""

    name: str
    candidates: tuple[PaperCandidate, ...]


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """Stimmzettelmuster: rules and lists, prepared once for many ballots by `ballots.paper_of`.

    Attributes:
        rules: the rules of the election.
        proportional: whether the system is Verhältniswahl.
        votes: votes of each voter, at least 1.
        cap: most votes one person can get; 1 in Mehrheitswahl (§ 38 Abs. 2 Nr. 5 KWG).
        lists: lists in printed order.
        list_of: list of each printed candidate.
        position: place of each printed candidate, from top to bottom over the whole paper.
        skip_marked: whether candidates with individual votes get none of the remaining votes.
        named_once: candidates of each list in which nobody is named more than once.
        unchanged: verdict on a ballot with one list mark and nothing else, per list.
    """

    rules: Rules
    proportional: bool
    votes: int
    cap: int
    lists: Mapping[str, PaperList]
    list_of: Mapping[str, str]
    position: Mapping[str, int]
    skip_marked: bool
    named_once: Mapping[str, tuple[str, ...]]
    unchanged: Mapping[str, Verdict]
