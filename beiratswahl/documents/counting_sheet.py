"""What the papers of one polling district's count say: Niederschrift, Zählliste and Schnellmeldung print it and compute nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl.documents.result_sheet import Letterhead
from beiratswahl.law.boards import Function


@dataclass(frozen=True, slots=True)
class RecordMember:
    """Mitglied des Wahlvorstands.

    Attributes:
        name: the name.
        function: what the member is.
        group: number of the Auszählungsgruppe, 0 for none.
        presence: comings and goings in words.
        attended: whether the person was there at all and is a member, and therefore signs.
    """

    name: str
    function: str
    group: int
    presence: str
    attended: bool


@dataclass(frozen=True, slots=True)
class RecordOpening:
    """Prüfung vor Beginn.

    Attributes:
        version: version of the program.
        fingerprint: its SHA-256, 64 digits.
        confirmed: who confirmed it and when, in words.
    """

    version: str
    fingerprint: str
    confirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordLetters:
    """Wahlbriefe.

    Attributes:
        received: in time, the rejected ones among them.
        late: after the deadline, unopened.
        rejected: words, § and number of each reason that occurred.
        admitted: envelopes that went into the urn.
    """

    received: int
    late: int
    rejected: tuple[tuple[str, str, int], ...]
    admitted: int


@dataclass(frozen=True, slots=True)
class RecordPile:
    """Stapel nach § 53 or § 55 KWO: its number, what lies on it, how many ballots."""

    pile: str
    text: str
    ballots: int


@dataclass(frozen=True, slots=True)
class RecordList:
    """Wahlvorschlag: its words, unchanged ballots, votes, and number, name and votes of each candidate."""

    title: str
    unchanged: int
    votes: int
    candidates: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class RecordResolution:
    """Beschluss über einen Stimmzettel.

    Attributes:
        number: number on the paper.
        people: what people saw, or "–".
        system: what the program found, or "–".
        proposal: what the program proposed.
        decision: "gültig" or "ungültig", with the votes.
        reason: reason of the board.
        contradicts: whether the board decided against the proposal.
    """

    number: int
    people: str
    system: str
    proposal: str
    decision: str
    reason: str
    contradicts: bool


@dataclass(frozen=True, slots=True)
class RecordControl:
    """Kontrolle der Zählung.

    Attributes:
        method: the procedure of the election.
        decision: the decision that changed it after the count had begun; empty when there was none.
        entered_twice: ballots entered twice.
        differing: how many of them differed and were settled with the paper in hand.
        draws: each draw: who threw, the points, out of how many ballots, which were drawn.
        stacks_by: names of those who counted the stacks.
        stacks_settled: each stack they counted differently: words, first number, second number, the one that holds.
    """

    method: str
    decision: str
    entered_twice: int
    differing: int
    draws: tuple[tuple[str, str, int, tuple[int, ...]], ...]
    stacks_by: tuple[str, ...]
    stacks_settled: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class RecordRejection:
    """Zurückgewiesener Wahlbrief, as the annex lists it: number in the book, number of the Wahlschein, reason in words."""

    number: int
    certificate: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordBallot:
    """Einzeln erfasster Stimmzettel, as the Zählliste lists it: number on the paper, what stands on it, what was found."""

    number: int
    content: str
    finding: str


@dataclass(frozen=True, slots=True)
class CountingRecord:
    """Vorlage der Niederschrift eines Stimmbezirks.

    Attributes:
        letterhead: Briefkopf.
        council: name of the council elected.
        election_day: day of the election.
        district: number and name of the district.
        district_number: its number alone, for the head of every page.
        postal: True for a Briefwahlbezirk.
        system: Verhältniswahl or Mehrheitswahl.
        pile_source: § of the piles.
        closing: 1 for the first closing, 2 after a reopening …
        closed_at: local moment in words.
        closed_by: who closed it.
        created_at_utc: the same moment for the file.
        members: the board; empty when nobody entered it.
        opening: the check before the start, None without an entered board.
        letters: Wahlbriefe, None outside a Briefwahlbezirk.
        eligible: Wahlberechtigte, None when not told apart.
        voters: Wähler.
        valid: gültige Stimmzettel.
        invalid: ungültige Stimmzettel.
        invalid_reasons: the same by reason.
        votes: gültige Stimmen.
        unused: votes that lapsed on valid ballots.
        piles: Stapel.
        lists: lists with their votes.
        written_in: names written in and their votes.
        resolutions: Beschlüsse.
        explanations: code, what was strange, explanation.
        cancelled: numbers of ballots taken back, with the reason.
        incidents: moment and words of each.
        control: how the count was controlled, None for a record made before there was any control.
        merges: spelling, person it counts for, reason of each resolution on names written in.
        later_marks: number and provisional mark of ballots typed without a connection.
        rejections: rejected letters by number, where the book of letters is kept.
        counted_singly: the Zählliste.
        minutes: decisions on counting several districts together.
        hands_over_to: the district that counts the ballots of this one, in words; empty when it counts them itself.
    """

    letterhead: Letterhead
    council: str
    election_day: date
    district: str
    district_number: int
    postal: bool
    system: str
    pile_source: str
    closing: int
    closed_at: str
    closed_by: str
    created_at_utc: datetime
    members: tuple[RecordMember, ...]
    opening: RecordOpening | None
    letters: RecordLetters | None
    eligible: int | None
    voters: int
    valid: int
    invalid: int
    invalid_reasons: tuple[tuple[str, int], ...]
    votes: int
    unused: int
    piles: tuple[RecordPile, ...]
    lists: tuple[RecordList, ...]
    written_in: tuple[tuple[str, int], ...]
    resolutions: tuple[RecordResolution, ...]
    explanations: tuple[tuple[str, str, str], ...]
    cancelled: tuple[tuple[int, str], ...]
    incidents: tuple[tuple[str, str], ...]
    rejections: tuple[RecordRejection, ...] = ()
    counted_singly: tuple[RecordBallot, ...] = ()
    minutes: tuple[str, ...] = ()
    hands_over_to: str = ""
    control: RecordControl | None = None
    merges: tuple[tuple[str, str, str], ...] = ()
    later_marks: tuple[tuple[int, str], ...] = ()

    @property
    def contradictions(self) -> tuple[RecordResolution, ...]:
        """Resolutions against the rule."""
        return tuple(each for each in self.resolutions if each.contradicts)

    @property
    def rejected_letters(self) -> int:
        """Rejected letters, whatever the reason."""
        return sum(row[2] for row in self.letters.rejected) if self.letters else 0

    @property
    def chair(self) -> str:
        """Name of the one who signs the Schnellmeldung; empty when nobody entered the board."""
        return next((member.name for member in self.signing if member.function == Function.CHAIR.value), "")

    @property
    def signing(self) -> tuple[RecordMember, ...]:
        """Members who were there and sign."""
        return tuple(member for member in self.members if member.attended)
