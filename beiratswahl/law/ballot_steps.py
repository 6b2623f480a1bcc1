"""Rechenschritte der Stimmzettel: light records made while counting, put into words only when somebody reads them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from beiratswahl.law.trace import Step, votes_in_words

# the key of a rule, then what it was applied to: tuples, because a count makes millions of them
Entry: TypeAlias = tuple[object, ...]


def render(record: Sequence[Entry], names: Mapping[str, str]) -> tuple[Step, ...]:
    """Rechenschritte: each record as a step with rule, § and German sentence.

    Args:
        record: records in the order in which the rules fired.
        names: words for keys of candidates and lists; a key without words keeps itself.
    """
    return tuple(_WORDING[str(entry[0])](names, *entry) for entry in record)


def _name(names: Mapping[str, str], key: object) -> str:
    return f"„{names.get(str(key), str(key))}“"


def _listing(names: Mapping[str, str], keys: Sequence[str]) -> str:
    return ", ".join(_name(names, key) for key in keys)


def _shares(names: Mapping[str, str], shares: Mapping[str, int]) -> str:
    return ", ".join(f"{_name(names, key)} {number}" for key, number in shares.items())


Wording: TypeAlias = Callable[..., Step]


def _fixed(source: str, text: str) -> Wording:
    return lambda names, rule: Step(rule, source, text)


def _about_keys(source: str, text: str) -> Wording:
    return lambda names, rule, keys: Step(rule, source, text.format(_listing(names, keys)))


def _about_one(source: str, text: str) -> Wording:
    return lambda names, rule, key: Step(rule, source, text.format(_name(names, key)))


def _about_votes(source: str, text: str) -> Wording:
    return lambda names, rule, number: Step(rule, source, text.format(votes_in_words(number)))


def _overvote(source: str, text: str) -> Wording:
    return lambda names, rule, given, allowed: Step(rule, source, text.format(given=votes_in_words(given), allowed=allowed))


def _cap(names: Mapping[str, str], rule: str, key: str, given: int, cap: int) -> Step:
    return Step(rule, "§ 37 Abs. 2 KWG", f"{_name(names, key)} ist {given}-mal gekennzeichnet; es zählen höchstens {votes_in_words(cap)}.")


def _reduced(names: Mapping[str, str], rule: str, key: str, before: int, after: int) -> Step:
    text = f"Überzählige Stimmen werden von unten nach oben gestrichen: {_name(names, key)} behält {after} statt {votes_in_words(before)}."
    return Step(rule, "§ 37 Abs. 4 Satz 2 KWG", text)


def _list_vote(names: Mapping[str, str], rule: str, source: str, key: str, shares: Mapping[str, int]) -> Step:
    return Step(
        rule, source, f"Die Liste {_name(names, key)} ist gekennzeichnet und erhält, von oben nach unten: {_shares(names, shares)}."
    )


def _remaining(names: Mapping[str, str], rule: str, source: str, key: str, remaining: int, shares: Mapping[str, int]) -> Step:
    who = _shares(names, shares) if shares else "niemand, denn dort kann niemand mehr eine Stimme erhalten"
    text = f"{votes_in_words(remaining)} übrig; durch die Kennzeichnung der Liste {_name(names, key)} erhalten von oben nach unten: {who}."
    return Step(rule, source, text)


def _finding(names: Mapping[str, str], rule: str, source: str, value: str) -> Step:
    return Step(rule, source, f"{_FINDINGS[value]} Der Stimmzettel ist ungültig.")


def _entry(source: str, text: str) -> Wording:
    return lambda names, rule, words, person: Step(rule, source, text.format(words=f"„{words}“", person=_name(names, person)))


def _unused(names: Mapping[str, str], rule: str, source: str, number: int) -> Step:
    return Step(rule, source, f"Nicht vergeben und damit verfallen: {votes_in_words(number)}.")


def _pile(names: Mapping[str, str], rule: str, source: str, pile: str) -> Step:
    return Step(rule, source, f"Der Stimmzettel gehört auf Stapel {pile}.")


def _needs_resolution(names: Mapping[str, str], rule: str, source: str) -> Step:
    return Step(rule, source, "Der Stimmzettel gibt Anlass zu Bedenken. Das Ergebnis ist ein Vorschlag; der Wahlvorstand beschließt.")


_FINDINGS = {
    "nicht_amtlich": "Der Stimmzettel ist als nicht amtlich hergestellt erkennbar.",
    "anderes_wahlgebiet": "Der Stimmzettel gilt für ein anderes Wahlgebiet.",
    "wille_nicht_erkennbar": "Der Wille der wählenden Person ist nicht zweifelsfrei zu erkennen.",
    "zusatz_oder_vorbehalt": "Der Stimmzettel enthält einen Zusatz oder Vorbehalt.",
}

_WORDING: dict[str, Wording] = {
    "finding": _finding,
    "no_mark": _fixed("§ 37 Abs. 1 Nr. 2 KWG", "Der Stimmzettel enthält keine Kennzeichnung und ist ungültig."),
    "no_mark_or_entry": _fixed("§ 38 Abs. 1 Nr. 2 KWG", "Der Stimmzettel enthält keine Kennzeichnung oder Eintragung und ist ungültig."),
    "several_list_marks": _about_keys("§ 37 Abs. 3 Satz 1 KWG", "Mehrere Listen sind gekennzeichnet ({}); das bleibt außer Betracht."),
    "no_list_mark": _about_keys("Satzung", "Gekennzeichnet: {}. Listen können bei dieser Wahl nicht gekennzeichnet werden; ohne Wirkung."),
    "crossed_lists": _fixed("Satzung", "Stimmen in mehreren Listen sind bei dieser Wahl nicht vorgesehen; vorgeschlagen wird: ungültig."),
    "only_several_lists": _fixed("§ 37 Abs. 1 Nr. 2, Abs. 3 KWG", "Sonst ist nichts gekennzeichnet; der Stimmzettel ist ungültig."),
    "struck": _about_keys("§ 37 Abs. 1 KWG", "Gestrichen sind {}; Gestrichene erhalten keine Stimme."),
    "struck_majority": _about_keys("§ 38 Abs. 1 KWG", "Gestrichen sind {}; Gestrichene erhalten keine Stimme."),
    "cap": _cap,
    "individual_votes": _about_votes("§ 32 Abs. 1 Nr. 3, 4 KWG", "Einzeln vergeben: {}."),
    "overvote_across_lists": _overvote(
        "§ 37 Abs. 4 Satz 1 KWG", "{given} in mehreren Listen vergeben, erlaubt sind {allowed}; der Stimmzettel ist ungültig."
    ),
    "overvote_in_one_list": _overvote("§ 37 Abs. 4 Satz 2 KWG", "{given} in einer Liste vergeben, erlaubt sind {allowed}."),
    "reduced": _reduced,
    "list_mark_exhausted": _about_one(
        "§ 37 Abs. 3 Satz 2 KWG", "Alle Stimmen sind einzeln vergeben; die Kennzeichnung der Liste {} bleibt außer Betracht."
    ),
    "list_vote": _list_vote,
    "remaining_votes": _remaining,
    "no_vote_left": _fixed(
        "§ 37 Abs. 1 KWG", "Nach den Streichungen bleibt niemand, der eine Stimme erhält; vorgeschlagen wird: ungültig."
    ),
    "unused": _unused,
    "write_in_proportional": _entry(
        "§ 32 Abs. 1 Nr. 2, § 37 Abs. 1 Nr. 4 KWG", "Eintragung {words}: wählbar sind nur Gedruckte; vorgeschlagen wird: ungültig (Zusatz)."
    ),
    "one_vote_each": _about_one("§ 38 Abs. 2 Nr. 5 KWG", "{} ist mehrfach gekennzeichnet; es zählt eine Stimme."),
    "voided": _about_one("§ 38 Abs. 2 Nr. 2 KWG", "Bei {} steht ein Zusatz oder Vorbehalt; diese Stimme ist ungültig."),
    "single_votes": _about_votes("§ 33 KWG", "Einzeln vergeben: {}."),
    "write_in": _entry("§ 33 Abs. 2 KWG", "Eintragung {words}: {person} erhält eine Stimme."),
    "write_in_again": _entry("§ 38 Abs. 2 Nr. 5 KWG", "Eintragung {words}: {person} hat schon eine Stimme; es zählt eine."),
    "write_in_struck": _entry("§ 38 Abs. 1 KWG", "Eintragung {words}: {person} ist gestrichen und erhält keine Stimme."),
    "write_in_voided": _entry("§ 38 Abs. 2 Nr. 2 KWG", "Eintragung {words}: Die Stimme für {person} ist ungültig (Zusatz oder Vorbehalt)."),
    "write_in_unknown": _entry("§ 38 Abs. 2 Nr. 1 KWG", "Eintragung {words}: Die Person ist nicht zweifelsfrei zu erkennen; keine Stimme."),
    "write_in_not_eligible": _entry("§ 38 Abs. 2 Nr. 3 KWG", "Eintragung {words}: {person} ist nicht wählbar; keine Stimme."),
    "write_in_not_allowed": _entry("Satzung", "Eintragung {words}: Eintragungen sind bei dieser Wahl nicht vorgesehen; keine Stimme."),
    "spoiled_entries": _fixed(
        "§ 38 Abs. 2 KWG", "Ob eine ungültige Eintragung eine Stimme verbraucht, ist nicht geregelt; hier verbraucht sie keine."
    ),
    "surplus": _about_one("§ 38 Abs. 2 Nr. 4 KWG", "{} steht jenseits der zulässigen Zahl (von oben nach unten); keine Stimme."),
    "overvote": _overvote("Satzung", "{given} vergeben, erlaubt sind {allowed}; der Stimmzettel ist ungültig."),
    "list_mark_exhausted_majority": _about_one(
        "§ 38 Abs. 3 KWG", "Alle Stimmen sind einzeln vergeben; die Kennzeichnung der Liste {} bleibt außer Betracht."
    ),
    "no_vote_left_majority": _fixed(
        "§ 38 Abs. 2 KWG", "Keine einzelne Stimme ist gültig; vorgeschlagen wird: gültiger Stimmzettel ohne Stimmen."
    ),
    "resolution_valid": _fixed("§ 27 KWG", "Der Wahlvorstand hat beschlossen: gültig."),
    "resolution_invalid": _fixed("§ 27 KWG", "Der Wahlvorstand hat beschlossen: ungültig."),
    "pile": _pile,
    "needs_resolution": _needs_resolution,
}
