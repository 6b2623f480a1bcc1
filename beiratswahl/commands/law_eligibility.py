"""`beiratswahl law eligibility`: decide persons given as JSON."""

from beiratswahl.commands.json_input import InputError, boolean_at, choice_at, items_at, object_at, text_at, unique
from beiratswahl.commands.rules_input import election_day_at, projected, require_confirmed, rule_set_at
from beiratswahl.law.eligibility import Assessor
from beiratswahl.law.facts import Application, Election, FactDate, ParentStatus, Person, Residence, earliest, fact_date, latest
from beiratswahl.law.rules import Ground
from beiratswahl.law.suffrage import Decision, Suffrage

_FACTS = ("birth_date", "nationalities", "residences", "excluded", "died", "application", "registered")


def answer(document: object) -> dict[str, object]:
    """Wahlberechtigung prüfen.

    Args:
        document: parsed JSON with `election` (`day`, `area`, `incorporated`, `rules`) and `persons`.

    Returns:
        `persons`: per person `person`, `entitled`, `category`, `grounds`, `entry`, `reasons`.

    Raises:
        InputError: a key, type or value is wrong, a person stands twice, or a rule that has to be confirmed is missing.
    """
    top = object_at(document, "$", ("election", "persons"))
    assessor = _assessor(top["election"], "$.election")
    places = items_at(top["persons"], "$.persons")
    given = [object_at(item, path, ("person",), _FACTS) for path, item in places]
    names = [(f"{path}.person", text_at(facts["person"], f"{path}.person")) for (path, _), facts in zip(places, given, strict=True)]
    unique(names, "Die Person")
    return {
        "persons": [
            _said(name, assessor.decide(_person(facts, path))) for (path, _), facts, (_, name) in zip(places, given, names, strict=True)
        ]
    }


def _assessor(value: object, path: str) -> Assessor:
    given = object_at(value, path, ("day", "area"), ("incorporated", "rules"))
    day = election_day_at(given["day"], f"{path}.day")
    area = _keys(given["area"], f"{path}.area", (5, 8))
    if not area:
        raise InputError(f"{path}.area", "Das Wahlgebiet ist leer. Bitte mindestens einen Gemeindeschlüssel angeben.")
    incorporated = _keys(given.get("incorporated", []), f"{path}.incorporated", (8,))
    settings = rule_set_at(given.get("rules", {}), f"{path}.rules", day).settings()
    suffrage = Suffrage(*projected(settings, Suffrage._fields))
    require_confirmed(suffrage.to_be_confirmed, f"{path}.rules")
    return Assessor(suffrage, Election(day, frozenset(area), frozenset(incorporated)))


def _person(given: dict[str, object], path: str) -> Person:
    homes, excluded, registered = given.get("residences"), given.get("excluded", False), given.get("registered", True)
    return Person(
        birth=_date(given.get("birth_date"), f"{path}.birth_date"),
        nationalities=_nationalities(given.get("nationalities"), f"{path}.nationalities"),
        residences=None if homes is None else tuple(_residence(item, place) for place, item in items_at(homes, f"{path}.residences")),
        excluded=None if excluded is None else boolean_at(excluded, f"{path}.excluded"),
        died=_date(given.get("died"), f"{path}.died"),
        applications=_applications(given.get("application"), f"{path}.application"),
        registered=boolean_at(registered, f"{path}.registered"),
    )


def _residence(value: object, path: str) -> Residence:
    given = object_at(value, path, ("ags",), ("main", "from", "until"))
    main = given.get("main")
    since, until = _date(given.get("from"), f"{path}.from"), _date(given.get("until"), f"{path}.until")
    if earliest(since) > latest(until):
        raise InputError(f"{path}.until", "Der Auszug liegt vor dem Einzug. Bitte beide Tage prüfen.")
    return Residence(_key(given["ags"], f"{path}.ags", (8,)), None if main is None else boolean_at(main, f"{path}.main"), since, until)


def _applications(value: object, path: str) -> tuple[Application, ...]:
    if value is None:
        return ()
    places = items_at(value, path) if isinstance(value, list) else [(path, value)]
    claims = []
    for place, item in places:
        given = object_at(item, place, ("ground",), ("proof", "parent"))
        ground = choice_at(given["ground"], f"{place}.ground", Ground)
        parent = given.get("parent")
        if parent is not None and ground is not Ground.NR2D:
            raise InputError(f"{place}.parent", "Der Status des Elternteils gehört nur zu einem Antrag nach „NR2D“.")
        proof = boolean_at(given.get("proof", False), f"{place}.proof")
        claims.append(Application(ground, proof, None if parent is None else choice_at(parent, f"{place}.parent", ParentStatus)))
    unique([(f"{place}.ground", claim.ground) for (place, _), claim in zip(places, claims, strict=True)], "Der Grund")
    return tuple(claims)


def _date(value: object, path: str) -> FactDate:
    if value is None:
        return None
    word = text_at(value, path)
    try:
        return fact_date(word)
    except ValueError as error:
        form = "Erlaubt ist JJJJ-MM-TT; unvollständig auch JJJJ-MM oder JJJJ"
        raise InputError(path, f"„{word}“ ist kein Datum. {form}, zum Beispiel 2008-11-10.") from error


def _nationalities(value: object, path: str) -> tuple[str, ...]:
    if value is None:
        return ()
    keys = [(place, text_at(item, place)) for place, item in items_at(value, path)]
    for place, key in keys:
        if not _is_number(key, (3,)):
            raise InputError(place, f"„{key}“ ist kein Schlüssel einer Staatsangehörigkeit. Erlaubt sind drei Ziffern, zum Beispiel 475.")
    unique(keys, "Die Staatsangehörigkeit")
    return tuple(key for _, key in keys)


def _keys(value: object, path: str, lengths: tuple[int, ...]) -> list[str]:
    keys = [(place, _key(item, place, lengths)) for place, item in items_at(value, path)]
    unique(keys, "Der Schlüssel")
    return [key for _, key in keys]


def _key(value: object, path: str, lengths: tuple[int, ...]) -> str:
    word = text_at(value, path)
    if not _is_number(word, lengths):
        allowed = " oder ".join(str(length) for length in lengths)
        raise InputError(path, f"„{word}“ ist kein Gemeindeschlüssel. Erlaubt sind {allowed} Ziffern, zum Beispiel 07999000.")
    return word


def _is_number(word: str, lengths: tuple[int, ...]) -> bool:
    return word.isascii() and word.isdigit() and len(word) in lengths


def _said(name: str, decision: Decision) -> dict[str, object]:
    return {
        "person": name,
        "entitled": decision.entitled,
        "category": decision.category,
        "grounds": list(decision.grounds),
        "entry": decision.entry,
        "reasons": [{"rule": reason.rule, "source": reason.source, "text": reason.text, "met": reason.met} for reason in decision.reasons],
    }
