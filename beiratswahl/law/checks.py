"""Kontrollen: numbered plausibility rules of a count. Errors block closing but never typing; warnings want a written explanation.

Codes begin with F (Fehler) or W (Warnung) and never change their meaning: they stand in the Niederschrift.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from beiratswahl.law.rules import Rules

#: per cent of invalid ballots from which somebody should look again; Mainz 2024 had 2.6, Alzey-Worms 2019 had 3.7
MANY_INVALID_PERCENT = 5
#: turnout of the known elections of 2019 lay between 3 and 27 per cent
LOW_TURNOUT_PERCENT, HIGH_TURNOUT_PERCENT = 3, 27
#: below this many ballots a share says nothing
FEW_BALLOTS = 20


@dataclass(frozen=True, slots=True)
class DistrictCount:
    """Zählung eines Stimmbezirks, as far as the plausibility rules look at it.

    Attributes:
        postal: True for a Briefwahlbezirk.
        eligible: Wahlberechtigte, None when the district does not tell them apart.
        letters_received: Wahlbriefe in time, the rejected ones among them.
        letters_rejected: rejected ones by reason.
        letters_late: letters after the deadline.
        letters_set_aside: letters that wait for a resolution.
        second_missing: typed ballots without a second entry, where one is chosen, begun, or follows from a failed sample.
        second_differing: ballots whose two entries differ and are not settled.
        sample_undrawn: True while a sample is chosen and not drawn, or ballots were typed after it was drawn.
        sample_missing: drawn ballots without a second entry.
        sample_differing: drawn ballots whose two entries differed, settled or not.
        sample_failed: True when these are more than the election allows.
        stacks_counted_once: True while the stacks are counted by one person only.
        stacks_differing: stacks whose two counts differ.
        unsent: ballots that devices have announced and not sent.
        similar_spellings: names written by voters that look like another person's and are not merged with it.
        voters: Wähler: envelopes or ballots taken from the urn.
        valid: gültige Stimmzettel.
        invalid: ungültige Stimmzettel.
        unchanged: unchanged ballots by list.
        recorded: ballots typed one by one, cancelled ones left out.
        blank: blank ballots counted as a stack.
        unresolved: ballots that wait for a resolution.
        used: votes given on valid ballots.
        unused: votes that lapsed on valid ballots.
        votes: votes by candidate or person.
        printed: keys of the candidates on the paper.
        list_votes: votes by list.
        highest_number: highest number given to a typed ballot.
        cancelled: typed ballots taken back.
    """

    postal: bool
    eligible: int | None
    letters_received: int
    letters_rejected: Mapping[str, int]
    letters_late: int
    voters: int
    valid: int
    invalid: int
    unchanged: Mapping[str, int]
    recorded: int
    blank: int
    unresolved: int
    used: int
    unused: int
    votes: Mapping[str, int] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    list_votes: Mapping[str, int] = field(default_factory=dict)
    highest_number: int = 0
    cancelled: int = 0
    letters_set_aside: int = 0
    second_missing: int = 0
    second_differing: int = 0
    sample_undrawn: bool = False
    sample_missing: int = 0
    sample_differing: int = 0
    sample_failed: bool = False
    stacks_counted_once: bool = False
    stacks_differing: int = 0
    unsent: int = 0
    similar_spellings: int = 0

    @property
    def ballots(self) -> int:
        """Alle Stimmzettel."""
        return self.valid + self.invalid

    @property
    def admitted(self) -> int:
        """Zugelassene Wahlbriefe."""
        return self.letters_received - sum(self.letters_rejected.values())


class Check(NamedTuple):
    """Befund einer Kontrolle.

    Attributes:
        code: "F201" or "W202".
        source: § or practice the rule rests on.
        team: words for the counting team: what is wrong, what to do.
        office: words for the Wahlamt.
        fields: names of the fields concerned.
    """

    code: str
    source: str
    team: str
    office: str
    fields: tuple[str, ...]

    @property
    def is_error(self) -> bool:
        """True for an error, False for a warning."""
        return self.code.startswith("F")


def check(rules: Rules, counted: DistrictCount) -> tuple[Check, ...]:
    """Kontrollen eines Stimmbezirks.

    Source: §§ 52, 57 Abs. 5, 63 Abs. 3 KWO [V]; thresholds [I].

    Args:
        rules: rules of the election.
        counted: the count as it stands.

    Returns:
        Errors first, then warnings, each by code; empty when nothing is strange.
    """
    found = [finding for rule in _RULES for finding in rule(rules, counted)]
    return tuple(sorted(found, key=lambda finding: finding.code))


def _amount(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _letters_add_up(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    rejected = sum(counted.letters_rejected.values())
    if counted.postal and rejected > counted.letters_received:
        team = f"Es sind mehr Wahlbriefe zurückgewiesen ({rejected}) als eingegangen ({counted.letters_received}). Prüfen Sie beide Zahlen."
        office = f"Mehr Wahlbriefe zurückgewiesen ({rejected}) als eingegangen ({counted.letters_received})."
        yield Check("F101", "KWO § 56, § 57", team, office, ("letters_received", "letters_rejected"))


def _letters_resolved(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.letters_set_aside:
        letters = _amount(counted.letters_set_aside, "zurückgestellten Wahlbrief", "zurückgestellte Wahlbriefe")
        team = f"Über {letters} muss der Briefwahlvorstand noch beschließen."
        office = f"Wahlbriefe ohne Beschluss: {counted.letters_set_aside}."
        yield Check("F104", "KWO § 57", team, office, ("letters_received",))


def _urn_fits_letters(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    difference = counted.voters - counted.admitted
    if counted.postal and difference and counted.letters_received >= sum(counted.letters_rejected.values()):
        envelopes = _amount(abs(difference), "Umschlag", "Umschläge")
        team = (
            f"In der Urne: {envelopes} {'mehr' if difference > 0 else 'weniger'}, als Wahlbriefe zugelassen sind. "
            "Zählen Sie noch einmal und erklären Sie es."
        )
        office = f"Zugelassene Wahlbriefe {counted.admitted}, Umschläge in der Urne {counted.voters}."
        yield Check("W102", "KWO § 52, § 57 Abs. 5", team, office, ("voters", "letters_received", "letters_rejected"))


def _not_more_voters_than_eligible(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.eligible is not None and counted.voters > counted.eligible:
        team = f"Es gibt mehr Wähler ({counted.voters}) als Wahlberechtigte ({counted.eligible}). Prüfen Sie die Zahl der Wähler."
        yield Check("F103", "KWO § 52", team, f"Wähler {counted.voters} über Wahlberechtigte {counted.eligible}.", ("voters",))


def _ballots_are_voters(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    difference = counted.ballots - counted.voters
    if difference:
        team = (
            f"Erfasst sind {counted.ballots} Stimmzettel bei {_amount(counted.voters, 'Wähler', 'Wählern')}: "
            f"{_amount(difference, 'zu viel', 'zu viele') if difference > 0 else _amount(-difference, 'zu wenig', 'zu wenige')}. "
            "Prüfen Sie die Stapel und ob alle Stimmzettel erfasst sind."
        )
        office = f"Stimmzettel {counted.ballots}, Wähler {counted.voters}."
        yield Check("F201", "KWO § 52, § 63 Abs. 3", team, office, ("voters", "unchanged", "blank", "recorded"))


def _stacks_within_voters(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    unchanged = sum(counted.unchanged.values())
    if unchanged + counted.blank > counted.voters:
        team = f"Auf den Stapeln liegen {unchanged + counted.blank} Stimmzettel, es gibt aber nur {counted.voters} Wähler."
        yield Check(
            "F202", "KWO § 52, § 53", team, f"Stapel {unchanged + counted.blank} über Wähler {counted.voters}.", ("unchanged", "blank")
        )


def _votes_within_ballots(rules: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.used + counted.unused != rules.votes * counted.valid:
        text = f"Vergebene ({counted.used}) und verfallene ({counted.unused}) Stimmen ergeben nicht {rules.votes} je gültigem Stimmzettel."
        yield Check("F203", "§ 32 Abs. 1, § 40 KWG", f"{text} Rufen Sie das Wahlamt.", text, ("used", "unused"))


def _no_candidate_above_cap(rules: Rules, counted: DistrictCount) -> Iterator[Check]:
    most = rules.max_votes_per_candidate * counted.valid
    for key, votes in counted.votes.items():
        if votes > most:
            text = f"{key} hat {votes} Stimmen; mit {counted.valid} gültigen Stimmzetteln sind höchstens {most} möglich."
            yield Check("F204", "§ 37 Abs. 2, § 38 Abs. 2 Nr. 5 KWG", f"{text} Rufen Sie das Wahlamt.", text, ("votes",))


def _lists_are_their_candidates(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    printed = sum(votes for key, votes in counted.votes.items() if key in counted.printed)
    if sum(counted.list_votes.values()) != printed:
        text = "Die Stimmen der Wahlvorschläge sind nicht die Summe ihrer Bewerber."
        yield Check("F205", "§ 40 Abs. 2 KWG", f"{text} Rufen Sie das Wahlamt.", text, ("list_votes",))


def _everything_resolved(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.unresolved:
        team = f"Über {counted.unresolved} Stimmzettel muss der Wahlvorstand noch beschließen (Stapel „Bedenken“)."
        yield Check("F206", "KWO §§ 53, 55", team, f"{counted.unresolved} Stimmzettel ohne Beschluss.", ("unresolved",))


def _numbers_without_gaps(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.recorded + counted.cancelled != counted.highest_number:
        text = f"Die Nummern der erfassten Stimmzettel haben Lücken (höchste {counted.highest_number}, erfasst {counted.recorded})."
        yield Check("F207", "KWO § 53", f"{text} Rufen Sie das Wahlamt.", text, ("recorded",))


def _second_entry_complete(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.second_missing:
        ballots = _amount(counted.second_missing, "Stimmzettel ist", "Stimmzettel sind")
        text = f"Die Zweiteingabe ist nicht vollständig: {ballots} erst einmal erfasst."
        yield Check("F208", "KWO § 55a", text, text, ("recorded",))
    if counted.second_differing:
        ballots = _amount(counted.second_differing, "Stimmzettel", "Stimmzetteln")
        text = f"Bei {ballots} weichen erste und zweite Eingabe voneinander ab."
        yield Check("F209", "KWO § 55a", f"{text} Beide Teams klären es mit dem Papier in der Hand.", text, ("recorded",))


def _sample_holds(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.sample_undrawn:
        text = "Die Stichprobe ist noch nicht gezogen, oder nach der Ziehung sind weitere Stimmzettel erfasst worden."
        yield Check("F210", "KWO § 55a", f"{text} Ziehen Sie sie, sobald alle Stimmzettel erfasst sind.", text, ("sample",))
    if counted.sample_missing:
        text = f"Gezogene Stimmzettel ohne zweite Eingabe: {counted.sample_missing}."
        yield Check("F211", "KWO § 55a", f"{text} Ein anderes Team gibt sie ein.", text, ("sample",))
    if counted.sample_failed and counted.second_missing:
        text = f"Die Stichprobe hält nicht; Abweichungen: {counted.sample_differing}. Nötig ist die zweite Eingabe aller Stimmzettel."
        yield Check("F212", "KWO § 55a", text, text, ("sample",))


def _stacks_counted_twice(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.stacks_counted_once:
        text = "Die Stapel hat erst eine Person gezählt; eine zweite muss sie zählen, ohne die Zahlen der ersten zu sehen."
        yield Check("F213", "KWO § 53 Abs. 1", text, text, ("unchanged",))
    if counted.stacks_differing:
        text = f"Stapel, die zwei Personen verschieden gezählt haben: {counted.stacks_differing}."
        yield Check("F214", "KWO § 53 Abs. 1", f"{text} Beide klären es mit dem Papier in der Hand.", text, ("unchanged",))


def _everything_sent(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.unsent:
        text = f"Stimmzettel, die noch auf einem Gerät liegen und nicht angekommen sind: {counted.unsent}."
        yield Check("F215", "KWO § 55a", f"{text} Stellen Sie dort die Verbindung wieder her.", text, ("unsent",))


def _invalid_share(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.ballots >= FEW_BALLOTS and 100 * counted.invalid >= MANY_INVALID_PERCENT * counted.ballots:
        team = f"Ungültig: {counted.invalid} von {counted.ballots} Stimmzetteln, das ist viel. Sehen Sie die Gründe noch einmal durch."
        yield Check("W201", "Erfahrungswerte", team, f"Ungültig {counted.invalid} von {counted.ballots}.", ("invalid",))


def _similar_spellings(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.similar_spellings:
        text = f"Eingetragene Namen, die wie eine andere Schreibweise derselben Person aussehen: {counted.similar_spellings}."
        team = f"{text} Führen Sie zusammen, wer gemeint ist, oder erklären Sie, warum es verschiedene Personen sind."
        yield Check("W205", "§ 38 Abs. 2 KWG", team, text, ("spellings",))


def _nothing_counted(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if counted.voters == 0:
        text = "Es ist kein Wähler erfasst."
        yield Check("W202", "KWO § 52", f"{text} Stimmt das?", text, ("voters",))


def _secrecy(rules: Rules, counted: DistrictCount) -> Iterator[Check]:
    if 0 < counted.voters < rules.min_ballots_per_count_unit:
        least = rules.min_ballots_per_count_unit
        team = (
            f"Nur {counted.voters} Stimmzettel: unter {least} ist das Wahlgeheimnis in Gefahr. "
            "Das Wahlamt entscheidet über das Zusammenlegen."
        )
        office = f"{counted.voters} Stimmzettel, weniger als {least}: Stimmbezirk vor der Auszählung mit einem anderen zusammenlegen."
        yield Check("W203", "KWO § 57 Abs. 6 entsprechend", team, office, ("voters",))


def _turnout(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    if not counted.eligible or not counted.voters:
        return
    percent = 100 * counted.voters // counted.eligible
    if not LOW_TURNOUT_PERCENT <= percent <= HIGH_TURNOUT_PERCENT:
        text = f"Die Wahlbeteiligung von etwa {percent} % liegt außerhalb der Werte früherer Wahlen (3 bis 27 %)."
        yield Check("W204", "Erfahrungswerte 2019", f"{text} Stimmt die Zahl der Wähler?", text, ("voters",))


def _many_rejected(_: Rules, counted: DistrictCount) -> Iterator[Check]:
    rejected = sum(counted.letters_rejected.values())
    if counted.letters_received >= FEW_BALLOTS and 10 * rejected >= counted.letters_received:
        team = f"{rejected} von {counted.letters_received} Wahlbriefen sind zurückgewiesen. Sehen Sie die Gründe noch einmal durch."
        office = f"Zurückgewiesen {rejected} von {counted.letters_received} Wahlbriefen."
        yield Check("W103", "KWO § 56 Abs. 2", team, office, ("letters_rejected",))


_RULES: tuple[Callable[[Rules, DistrictCount], Iterator[Check]], ...] = (
    _letters_add_up,
    _letters_resolved,
    _urn_fits_letters,
    _many_rejected,
    _not_more_voters_than_eligible,
    _ballots_are_voters,
    _stacks_within_voters,
    _votes_within_ballots,
    _no_candidate_above_cap,
    _lists_are_their_candidates,
    _everything_resolved,
    _numbers_without_gaps,
    _second_entry_complete,
    _sample_holds,
    _stacks_counted_twice,
    _everything_sent,
    _invalid_share,
    _similar_spellings,
    _nothing_counted,
    _secrecy,
    _turnout,
)
