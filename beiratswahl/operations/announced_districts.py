"""From the determined result to the published polling districts, letters and rules. Decides nothing; small districts are added up."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from beiratswahl.documents.result_districts import AppliedRule, DistrictFigures, PostalLetters, RejectedLetters
from beiratswahl.law.interim import Groups, units_after
from beiratswahl.law.postal import Rejection
from beiratswahl.law.rule_layers import Origin
from beiratswahl.law.rule_sets import RuleSet, Setting
from beiratswahl.law.rule_values import Value, plain
from beiratswahl.law.rules import Rules, System
from beiratswahl.operations.results import DistrictResult, Result
from beiratswahl.operations.tally import total
from beiratswahl.store.read import published


def published_groups(session: Session, election_id: int) -> Groups:
    """Zähleinheiten der neuesten Fassung, withdrawn or not: what stood together there once is not divided any more."""
    newest = next(iter(published.versions(session, election_id)), None)
    return tuple(tuple(of["numbers"]) for of in newest.result["districts"]) if newest else ()


def district_figures(result: Result, persons: tuple[str, ...], groups: Iterable[Sequence[int]] = ()) -> tuple[DistrictFigures, ...]:
    """Ergebnisse der Stimmbezirke, as far as the secrecy of the vote allows.

    Args:
        result: the determined result.
        persons: for Mehrheitswahl the keys of all persons in the order of the announcement.
        groups: numbers of the districts as the newest version before shows them.
    """
    by_number = {each.district.number: each for each in result.districts}
    units = units_after(result.rules, {number: each.tally.ballots for number, each in by_number.items()}, groups)
    return tuple(_figures(result, [by_number[number] for number in unit], persons) for unit in units)


def letters_of(districts: Sequence[DistrictResult]) -> PostalLetters | None:
    """Wahlbriefe of some districts with the reasons of rejection; None where nobody votes by post."""
    counts = [each.count for each in districts if any(part.postal for part in each.parts)]
    if not counts:
        return None
    by_reason = {reason: sum(count.letters_rejected.get(reason.key, 0) for count in counts) for reason in Rejection}
    return PostalLetters(
        in_time=sum(each.letters_received for each in counts),
        rejected=sum(sum(each.letters_rejected.values()) for each in counts),
        late=sum(each.letters_late for each in counts),
        reasons=tuple(RejectedLetters(of.key, of.text, of.source, letters) for of, letters in by_reason.items() if letters),
    )


def rules_applied(rule_set: RuleSet, rules: Rules) -> tuple[AppliedRule, ...]:
    """Angewandte Regeln with their sources; a value that the admission has changed names § 22 KWG. No names of officials."""
    return tuple(_rule(setting, getattr(rules, key)) for key, setting in rule_set.settings().items())


def _rule(setting: Setting, held: Value) -> AppliedRule:
    key, title = setting.parameter.key, setting.parameter.title
    if held != setting.value:
        return AppliedRule(key, title, plain(held), Origin.STATUTE.value, "§ 22 KWG")
    decided = setting.origin is Origin.CONFIRMATION
    return AppliedRule(key, title, plain(held), setting.origin.value, "Festlegung des Wahlamts" if decided else setting.source)


def _figures(result: Result, districts: Sequence[DistrictResult], persons: tuple[str, ...]) -> DistrictFigures:
    summed = total(each.tally for each in districts)
    eligible = [each.district.eligible for each in districts]
    parts = sorted((part for each in districts for part in each.parts), key=lambda part: part.number)
    printed = result.paper.nominations if result.rules.system is System.PROPORTIONAL else ()
    by_candidate = tuple(tuple(summed.votes.get(person.ballot_number or "", 0) for person in of.standing) for of in printed)
    return DistrictFigures(
        numbers=tuple(part.number for part in parts),
        names=tuple(part.name for part in parts),
        eligible=None if None in eligible else sum(number or 0 for number in eligible),
        voters=sum(each.count.voters for each in districts),
        valid_ballots=summed.valid,
        invalid_ballots=summed.invalid,
        votes=summed.used,
        postal=letters_of(districts),
        list_votes=tuple(sum(votes) for votes in by_candidate),
        candidate_votes=by_candidate,
        person_votes=tuple(summed.votes.get(key, 0) for key in persons),
    )
