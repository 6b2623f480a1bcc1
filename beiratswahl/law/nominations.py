"""Wahlvorschläge: what is wrong with them, and who is struck from them."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from beiratswahl.law.meetings import Meeting, meeting_faults
from beiratswahl.law.rules import NominationModel, Rules

MAJORITY_AGE = 18


class NominationState(StrEnum):
    """Stand eines Wahlvorschlags."""

    SUBMITTED = "eingereicht"
    ADMITTED = "zugelassen"
    REFUSED = "zurückgewiesen"
    WITHDRAWN = "zurückgenommen"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Bewerberin oder Bewerber.

    Attributes:
        key: key of the entry, unique among all nominations.
        family_name: family name.
        given_names: given names.
        birth_date: day of birth; None when it is not given in full.
        named: how often the nomination names the person, from 1.
        missing: what is not given of name, day of birth, nationality, profession and address (§ 19 Abs. 1 KWG), in German.
        consent: written consent is there (§ 20 KWG).
        certified: the certificate of Wählbarkeit is there (§ 20 KWG).
        parental_consent: consent of the gesetzliche Vertreter is there; only minors need it.
        undeclared_office: office that § 5 KWG may not allow, about which the declaration of intent is missing; "" for none.
    """

    key: str
    family_name: str
    given_names: str
    birth_date: date | None
    named: int = 1
    missing: tuple[str, ...] = ()
    consent: bool = True
    certified: bool = True
    parental_consent: bool = False
    undeclared_office: str = ""

    @property
    def person(self) -> tuple[str, str, date | None]:
        """Who it is: the same person on two nominations has the same value, however the name is written."""
        return folded(self.family_name), folded(self.given_names), self.birth_date


@dataclass(frozen=True, slots=True)
class Nomination:
    """Wahlvorschlag.

    Attributes:
        key: key of the nomination.
        keyword: Kennwort; may be empty in the person model.
        received_at: local time of receipt, to the second.
        candidates: in their order.
        signatures: voters who signed in support, by their number in the roll.
        landtag_votes: Landesstimmen of a party in the Landtag at its last election, else None.
        previous_votes: votes at the last election of this council, else None.
        meeting: what the minutes of the Aufstellungsversammlung say; None when they are not to be checked.
        signatures_waived: whether the nomination needs no signatures (§ 16 Abs. 3 KWG).
        contact_named: whether a Vertrauensperson and her deputy are named.
        contact_reachable: whether both have an address.
        copy_by: how a mere copy came, "E-Mail" or "Telefax"; "" when the nomination itself was handed in.
        original_at: local time of receipt of the original behind a copy; None while it has not come.
    """

    key: str
    keyword: str
    received_at: datetime
    candidates: tuple[Candidate, ...]
    signatures: tuple[str, ...] = ()
    landtag_votes: int | None = None
    previous_votes: int | None = None
    meeting: Meeting | None = None
    signatures_waived: bool = False
    contact_named: bool = True
    contact_reachable: bool = True
    copy_by: str = ""
    original_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """Mangel eines Wahlvorschlags.

    Attributes:
        rule: stable English key.
        source: § that asks for what is missing.
        text: German sentence: what is wrong and what to do.
        curable: whether it can be put right after the deadline for nominations, up to the decision (§ 23 Abs. 1 KWG).
        candidate: key of the candidate concerned; None when the nomination as a whole is.
    """

    rule: str
    source: str
    text: str
    curable: bool
    candidate: str | None = None


def defects(rules: Rules, election_day: date, nomination: Nomination, others: Iterable[Nomination] = ()) -> tuple[Defect, ...]:
    """Mängel eines Wahlvorschlags, all of them.

    Source: §§ 15, 16, 18 bis 21, 23 KWG [V/Vo]; KWO §§ 25, 29 [V]; that a copy by e-mail or Telefax is not in writing (§ 126 BGB) [I].

    Args:
        rules: rules of the election.
        election_day: Wahltag.
        nomination: the nomination to check.
        others: the other nominations of the election that are not withdrawn or refused.

    Returns:
        Defects of the whole first, then by candidate; empty when nothing is wrong.
    """
    others = tuple(others)
    found = [*_of_the_whole(rules, election_day, nomination, others)]
    elsewhere: dict[tuple[str, str, date | None], dict[str, None]] = {}
    for other in others:
        for candidate in other.candidates:
            elsewhere.setdefault(candidate.person, {})[other.keyword.strip() or "ohne Kennwort"] = None
    places: dict[tuple[str, str, date | None], int] = {}
    for place, candidate in enumerate(nomination.candidates, 1):
        found += _of_place(candidate, place, places.setdefault(candidate.person, place), tuple(elsewhere.get(candidate.person, ())))
        found += _of_candidate(rules, election_day, candidate)
    return tuple(found)


def _of_the_whole(rules: Rules, election_day: date, nomination: Nomination, others: tuple[Nomination, ...]) -> Iterable[Defect]:
    deadline = rules.nomination_deadline.at(election_day)
    if not still_open(rules, election_day, nomination.received_at):
        last = last_moment(rules, election_day)
        text = f"Eingegangen am {nomination.received_at:%d.%m.%Y um %H:%M:%S Uhr}, nach Ablauf der Frist am {last}."
        yield Defect("deadline", "§ 16 Abs. 1 Satz 5, § 23 Abs. 2 KWG", text, False)
    yield from _of_the_form(rules, election_day, nomination)
    if rules.nomination_model is NominationModel.LIST and not nomination.keyword.strip():
        yield Defect("keyword", "§ 21 Abs. 1, § 23 Abs. 2 KWG", "Das Kennwort fehlt.", False)
    if not nomination.candidates:
        yield Defect("no_candidate", "§ 19 Abs. 1 KWG", "Der Wahlvorschlag nennt niemanden.", False)
    most = most_candidates(rules)
    if len(nomination.candidates) > most:
        text = f"{len(nomination.candidates)} Personen sind genannt, zulässig sind höchstens {most}. Es müssen Personen gestrichen werden."
        yield Defect("too_many", "§ 15 Abs. 3 KWG", text, True)
    if rules.nomination_model is NominationModel.LIST and [of.key for of in naming_order(nomination.candidates)] != [
        of.key for of in nomination.candidates
    ]:
        text = "Dreifach Genannte müssen vor zweifach, zweifach Genannte vor einfach Genannten stehen."
        yield Defect("naming_order", "§ 15 Abs. 3 Satz 3 KWG", text, True)
    missing = rules.support_signatures - len(valid_signatures(nomination, others))
    if missing > 0 and not nomination.signatures_waived:
        text = f"Es {'fehlt' if missing == 1 else 'fehlen'} {missing} von {rules.support_signatures} gültigen Unterstützungsunterschriften."
        yield Defect("signatures", "§ 16 Abs. 2, § 23 Abs. 2 KWG", text, False)
    if rules.nomination_model is NominationModel.LIST:
        yield from _of_the_papers(rules, deadline.date() if isinstance(deadline, datetime) else deadline, nomination)


def _of_the_form(rules: Rules, election_day: date, nomination: Nomination) -> Iterable[Defect]:
    original, last = nomination.original_at, last_moment(rules, election_day)
    if not nomination.copy_by or (original is not None and still_open(rules, election_day, original)):
        return
    came = "ist nicht eingegangen" if original is None else f"kam erst am {original:%d.%m.%Y um %H:%M:%S Uhr}"
    text = f"Der Wahlvorschlag kam nur per {nomination.copy_by}, das unterschriebene Original {came}; "
    text += f"schriftlich muss er bis {last} vorliegen."
    yield Defect("written_form", "§ 16 Abs. 1, § 23 Abs. 2 KWG", text, False)


def still_open(rules: Rules, election_day: date, at: datetime) -> bool:
    """Einreichungsfrist: whether a nomination that comes in at this local moment is in time, to the second.

    Source: § 16 Abs. 1 Satz 5, § 23 Abs. 2 KWG [V]; a deadline without an hour ends with its day (§ 188 BGB) [G].
    """
    deadline = rules.nomination_deadline.at(election_day)
    return (at if isinstance(deadline, datetime) else at.date()) <= deadline


def last_moment(rules: Rules, election_day: date) -> str:
    """Ende der Einreichungsfrist in words, "28.09.2026 um 18:00 Uhr"; without an hour the day alone."""
    deadline = rules.nomination_deadline.at(election_day)
    return f"{deadline:%d.%m.%Y um %H:%M Uhr}" if isinstance(deadline, datetime) else f"{deadline:%d.%m.%Y}"


def _of_the_papers(rules: Rules, last_day: date, nomination: Nomination) -> Iterable[Defect]:
    if rules.nomination_meeting and nomination.meeting is not None:
        yield from (Defect(*fault) for fault in meeting_faults(nomination.meeting, last_day))
    if not nomination.contact_named:
        text = "Vertrauensperson und Stellvertretung sind nicht beide benannt; im Zweifel sind es die ersten beiden Unterzeichner."
        yield Defect("contact", "§ 21 Abs. 2 KWG", text, True)
    elif not nomination.contact_reachable:
        text = "Die Anschrift der Vertrauensperson oder ihrer Stellvertretung fehlt; ohne sie erreichen Schreiben sie nicht."
        yield Defect("contact_address", "§ 21 Abs. 2 KWG, KWO § 25", text, True)


def _of_place(candidate: Candidate, place: int, first: int, elsewhere: tuple[str, ...]) -> Iterable[Defect]:
    name = f"{candidate.family_name}, {candidate.given_names}"
    if elsewhere:
        others = ", ".join(f"„{keyword}“" for keyword in elsewhere)
        text = f"{name} (Platz {place}) steht auch auf {others}. Wer auf mehreren Wahlvorschlägen steht, wird auf allen gestrichen."
        yield Defect("several_nominations", "§ 19 Abs. 2 KWG, KWO § 29 Abs. 3", text, False, candidate.key)
    if first != place:
        text = f"{name} steht auf Platz {first} und noch einmal auf Platz {place}. Mehrfach genannt wird, wer hinter dem Namen „zweifach“ "
        text += "oder „dreifach“ trägt."
        yield Defect("written_twice", "§ 15 Abs. 3 KWG", text, True, candidate.key)


def _of_candidate(rules: Rules, election_day: date, candidate: Candidate) -> Iterable[Defect]:
    name = f"{candidate.family_name}, {candidate.given_names}"
    if not 1 <= candidate.named <= rules.max_named:
        allowed = "nur 1-mal" if rules.max_named == 1 else f"1- bis {rules.max_named}-mal"
        text = f"{name} ist {candidate.named}-mal genannt; zulässig ist {allowed}."
        yield Defect("named_too_often", "§ 15 Abs. 3 KWG", text, True, candidate.key)
    if candidate.missing:
        told = "fehlt diese Angabe" if len(candidate.missing) == 1 else "fehlen diese Angaben"
        text = f"Bei {name} {told}: {', '.join(candidate.missing)}."
        yield Defect("details", "§ 19 Abs. 1 KWG, KWO § 25", text, True, candidate.key)
    if not candidate.consent:
        yield Defect("consent", "§ 20, § 23 Abs. 2 KWG", f"Die schriftliche Zustimmung von {name} fehlt.", False, candidate.key)
    if not candidate.certified:
        yield Defect("certificate", "§ 20 KWG", f"Die Bescheinigung der Wählbarkeit von {name} fehlt.", True, candidate.key)
    if candidate.undeclared_office:
        text = f"{name} ({candidate.undeclared_office}): Die Erklärung fehlt, was bei einer Wahl aus diesem Amt wird."
        yield Defect("intent", "§§ 5, 19 Abs. 3, § 20 KWG", text, True, candidate.key)
    if candidate.birth_date is not None:
        yield from _of_age(rules, candidate, name, age_on(candidate.birth_date, election_day))


def _of_age(rules: Rules, candidate: Candidate, name: str, age: int) -> Iterable[Defect]:
    if age < rules.candidate_age:
        text = f"{name} ist am Wahltag jünger als {rules.candidate_age} Jahre."
        yield Defect("too_young", "§ 56 Abs. 2 GemO, § 4 KWG", text, False, candidate.key)
    elif age < MAJORITY_AGE and not candidate.parental_consent:
        text = f"{name} ist minderjährig; die Einwilligung der gesetzlichen Vertreter fehlt."
        yield Defect("parental_consent", "§§ 1626, 1629 BGB", text, True, candidate.key)


def age_on(birth_date: date, day: date) -> int:
    """Vollendete Lebensjahre an einem Tag; the birthday itself counts (§ 187 Abs. 2 Satz 2 BGB)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def most_candidates(rules: Rules) -> int:
    """Höchstzahl der Personen eines Wahlvorschlags: the factor times the seats, fractions not counted.

    Source: § 15 Abs. 3 KWG (das Doppelte) [Vo]; Satzungen (das Anderthalbfache) [V].
    """
    limit: Fraction = rules.max_candidates_factor * rules.seats
    return limit.numerator // limit.denominator


def naming_order(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Reihenfolge nach Mehrfachbenennung: three times named first, then twice, then once; else as handed in.

    Source: § 15 Abs. 3 Satz 3 KWG [V].
    """
    return tuple(sorted(candidates, key=lambda candidate: -candidate.named))


def valid_signatures(nomination: Nomination, others: Iterable[Nomination]) -> tuple[str, ...]:
    """Gültige Unterschriften: a voter signs one nomination only; who signs more is counted for the one received first.

    Source: KWO § 29 Abs. 2: signatures on all further nominations are invalid [V].
    """
    earlier = {voter for other in others if _before(other, nomination) for voter in other.signatures}
    return tuple(dict.fromkeys(voter for voter in nomination.signatures if voter not in earlier))


def _before(one: Nomination, other: Nomination) -> bool:
    return (one.received_at, one.key) < (other.received_at, other.key)


def on_several(nominations: Iterable[Nomination]) -> frozenset[str]:
    """Doppelbewerbungen: keys of the candidates who stand on more than one nomination; they are struck from all.

    Source: § 19 Abs. 2 KWG, KWO § 29 Abs. 3 [V].
    """
    nominations = tuple(nominations)
    appearances = Counter(person for of in nominations for person in {candidate.person for candidate in of.candidates})
    return frozenset(candidate.key for of in nominations for candidate in of.candidates if appearances[candidate.person] > 1)


def folded(text: str) -> str:
    """Ordnungswort nach DIN 5007: letters without marks, ß as ss, capitals and spaces at the ends without weight."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ı", "i").split())
