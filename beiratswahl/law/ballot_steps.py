"""Rechenschritte der Stimmzettel: light records made while counting, put into words only when somebody reads them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from beiratswahl.law.trace import Step, votes_in_words

# the key of a rule, then what it was applied to: tuples, because a count makes millions of them
Entry: TypeAlias = tuple[object, ...]
Names: TypeAlias = Mapping[str, str]


def render(record: Sequence[Entry], names: Names) -> tuple[Step, ...]:
    """Rechenschritte: each record as a step with rule, § and German sentence.

    Args:
        record: records in the order in which the rules fired.
        names: words for keys of candidates and lists; a key without words keeps itself.
    """
    return tuple(_step(names, *entry) for entry in record)


def _step(names: Names, rule: object, *told: object) -> Step:
    wording = _WORDING[str(rule)]
    source, about = (str(told[0]), told[1:]) if wording.source is None else (wording.source, told)
    return Step(str(rule), source, wording.text.format(*wording.words(names, *about)))


def _name(names: Names, key: object) -> str:
    return f"„{names.get(str(key), str(key))}“"


def _listing(names: Names, keys: Sequence[str]) -> str:
    return ", ".join(_name(names, key) for key in keys)


def _shares(names: Names, shares: Mapping[str, int]) -> str:
    return ", ".join(f"{_name(names, key)} {number}" for key, number in shares.items())


def _as_it_is(_: Names, *told: str) -> tuple[str, ...]:
    return told


def _keys(names: Names, keys: Sequence[str]) -> tuple[str, ...]:
    return (_listing(names, keys),)


def _key(names: Names, key: str) -> tuple[str, ...]:
    return (_name(names, key),)


def _votes(_: Names, number: int) -> tuple[str, ...]:
    return (votes_in_words(number),)


def _given_and_allowed(_: Names, given: int, allowed: int) -> tuple[str, ...]:
    return votes_in_words(given), str(allowed)


def _capped(names: Names, key: str, given: int, cap: int) -> tuple[str, ...]:
    return _name(names, key), str(given), votes_in_words(cap)


def _reduced(names: Names, key: str, before: int, after: int) -> tuple[str, ...]:
    return _name(names, key), str(after), votes_in_words(before)


def _list_vote(names: Names, key: str, shares: Mapping[str, int]) -> tuple[str, ...]:
    return _name(names, key), _shares(names, shares)


def _remaining(names: Names, key: str, remaining: int, shares: Mapping[str, int]) -> tuple[str, ...]:
    who = _shares(names, shares) if shares else "niemand, denn dort kann niemand mehr eine Stimme erhalten"
    return votes_in_words(remaining), _name(names, key), who


def _finding(_: Names, finding: str) -> tuple[str, ...]:
    return (_FINDINGS[finding],)


def _written(names: Names, words: str, person: str | None) -> tuple[str, ...]:
    return f"„{words}“", _name(names, person)


class _Wording(NamedTuple):
    """A sentence with places, and what fills them; without a source the record itself names the §."""

    source: str | None
    text: str
    words: Callable[..., tuple[str, ...]] = _as_it_is


_FINDINGS = {
    "nicht_amtlich": "Der Stimmzettel ist als nicht amtlich hergestellt erkennbar.",
    "anderes_wahlgebiet": "Der Stimmzettel gilt für ein anderes Wahlgebiet.",
    "wille_nicht_erkennbar": "Der Wille der wählenden Person ist nicht zweifelsfrei zu erkennen.",
    "zusatz_oder_vorbehalt": "Der Stimmzettel enthält einen Zusatz oder Vorbehalt.",
}

_WORDING: dict[str, _Wording] = {
    "finding": _Wording(None, "{} Der Stimmzettel ist ungültig.", _finding),
    "no_mark": _Wording("§ 37 Abs. 1 Nr. 2 KWG", "Der Stimmzettel enthält keine Kennzeichnung und ist ungültig."),
    "no_mark_or_entry": _Wording("§ 38 Abs. 1 Nr. 2 KWG", "Der Stimmzettel enthält keine Kennzeichnung oder Eintragung und ist ungültig."),
    "several_list_marks": _Wording("§ 37 Abs. 3 Satz 1 KWG", "Mehrere Listen sind gekennzeichnet ({}); das bleibt außer Betracht.", _keys),
    "no_list_mark": _Wording(
        "Satzung", "Gekennzeichnet: {}. Listen können bei dieser Wahl nicht gekennzeichnet werden; ohne Wirkung.", _keys
    ),
    "crossed_lists": _Wording("Satzung", "Stimmen in mehreren Listen sind bei dieser Wahl nicht vorgesehen; vorgeschlagen wird: ungültig."),
    "only_several_lists": _Wording("§ 37 Abs. 1 Nr. 2, Abs. 3 KWG", "Sonst ist nichts gekennzeichnet; der Stimmzettel ist ungültig."),
    "struck": _Wording("§ 37 Abs. 1 KWG", "Gestrichen sind {}; Gestrichene erhalten keine Stimme.", _keys),
    "struck_majority": _Wording("§ 38 Abs. 1 KWG", "Gestrichen sind {}; Gestrichene erhalten keine Stimme.", _keys),
    "cap": _Wording("§ 37 Abs. 2 KWG", "{} ist {}-mal gekennzeichnet; es zählen höchstens {}.", _capped),
    "individual_votes": _Wording("§ 32 Abs. 1 Nr. 3, 4 KWG", "Einzeln vergeben: {}.", _votes),
    "overvote_across_lists": _Wording(
        "§ 37 Abs. 4 Satz 1 KWG", "{} in mehreren Listen vergeben, erlaubt sind {}; der Stimmzettel ist ungültig.", _given_and_allowed
    ),
    "overvote_in_one_list": _Wording("§ 37 Abs. 4 Satz 2 KWG", "{} in einer Liste vergeben, erlaubt sind {}.", _given_and_allowed),
    "reduced": _Wording(
        "§ 37 Abs. 4 Satz 2 KWG", "Überzählige Stimmen werden von unten nach oben gestrichen: {} behält {} statt {}.", _reduced
    ),
    "list_mark_exhausted": _Wording(
        "§ 37 Abs. 3 Satz 2 KWG", "Alle Stimmen sind einzeln vergeben; die Kennzeichnung der Liste {} bleibt außer Betracht.", _key
    ),
    "list_vote": _Wording(None, "Die Liste {} ist gekennzeichnet und erhält, von oben nach unten: {}.", _list_vote),
    "remaining_votes": _Wording(None, "{} übrig; durch die Kennzeichnung der Liste {} erhalten von oben nach unten: {}.", _remaining),
    "no_vote_left": _Wording(
        "§ 37 Abs. 1 KWG", "Nach den Streichungen bleibt niemand, der eine Stimme erhält; vorgeschlagen wird: ungültig."
    ),
    "unused": _Wording(None, "Nicht vergeben und damit verfallen: {}.", _votes),
    "write_in_proportional": _Wording(
        "§ 32 Abs. 1 Nr. 2, § 37 Abs. 1 Nr. 4 KWG",
        "Eintragung {}: wählbar sind nur Gedruckte; vorgeschlagen wird: ungültig (Zusatz).",
        _written,
    ),
    "one_vote_each": _Wording("§ 38 Abs. 2 Nr. 5 KWG", "{} ist mehrfach gekennzeichnet; es zählt eine Stimme.", _key),
    "voided": _Wording("§ 38 Abs. 2 Nr. 2 KWG", "Bei {} steht ein Zusatz oder Vorbehalt; diese Stimme ist ungültig.", _key),
    "single_votes": _Wording("§ 33 KWG", "Einzeln vergeben: {}.", _votes),
    "write_in": _Wording("§ 33 Abs. 2 KWG", "Eintragung {}: {} erhält eine Stimme.", _written),
    "write_in_again": _Wording("§ 38 Abs. 2 Nr. 5 KWG", "Eintragung {}: {} hat schon eine Stimme; es zählt eine.", _written),
    "write_in_struck": _Wording("§ 38 Abs. 1 KWG", "Eintragung {}: {} ist gestrichen und erhält keine Stimme.", _written),
    "write_in_voided": _Wording(
        "§ 38 Abs. 2 Nr. 2 KWG", "Eintragung {}: Die Stimme für {} ist ungültig (Zusatz oder Vorbehalt).", _written
    ),
    "write_in_unknown": _Wording(
        "§ 38 Abs. 2 Nr. 1 KWG", "Eintragung {}: Die Person ist nicht zweifelsfrei zu erkennen; keine Stimme.", _written
    ),
    "write_in_not_eligible": _Wording("§ 38 Abs. 2 Nr. 3 KWG", "Eintragung {}: {} ist nicht wählbar; keine Stimme.", _written),
    "write_in_not_allowed": _Wording(
        "Satzung", "Eintragung {}: Eintragungen sind bei dieser Wahl nicht vorgesehen; keine Stimme.", _written
    ),
    "spoiled_entries": _Wording(
        "§ 38 Abs. 2 KWG", "Ob eine ungültige Eintragung eine Stimme verbraucht, ist nicht geregelt; hier verbraucht sie keine."
    ),
    "surplus": _Wording("§ 38 Abs. 2 Nr. 4 KWG", "{} steht jenseits der zulässigen Zahl (von oben nach unten); keine Stimme.", _key),
    "overvote": _Wording("Satzung", "{} vergeben, erlaubt sind {}; der Stimmzettel ist ungültig.", _given_and_allowed),
    "list_mark_exhausted_majority": _Wording(
        "§ 38 Abs. 3 KWG", "Alle Stimmen sind einzeln vergeben; die Kennzeichnung der Liste {} bleibt außer Betracht.", _key
    ),
    "no_vote_left_majority": _Wording(
        "§ 38 Abs. 2 KWG", "Keine einzelne Stimme ist gültig; vorgeschlagen wird: gültiger Stimmzettel ohne Stimmen."
    ),
    "resolution_valid": _Wording("§ 27 KWG", "Der Wahlvorstand hat beschlossen: gültig."),
    "resolution_invalid": _Wording("§ 27 KWG", "Der Wahlvorstand hat beschlossen: ungültig."),
    "pile": _Wording(None, "Der Stimmzettel gehört auf Stapel {}.", _as_it_is),
    "needs_resolution": _Wording(
        None, "Der Stimmzettel gibt Anlass zu Bedenken. Das Ergebnis ist ein Vorschlag; der Wahlvorstand beschließt."
    ),
}
