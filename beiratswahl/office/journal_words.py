"""The details of journal entries in German; a key without a word is shown as it is stored."""

import json

from beiratswahl.law.rule_parameters import PARAMETERS

KEYS = {
    "account_id": "Konto",
    "added": "neu",
    "after_closing": "nach dem Abschluss",
    "agrees": "stimmt zu",
    "ags": "Gemeindeschlüssel",
    "among": "Gleichstand zwischen",
    "application_id": "Antrag (intern)",
    "area": "Wahlgebiet",
    "ballot": "Stimmzettel",
    "basis": "Grundlage",
    "before": "vorher",
    "before_reason": "Begründung vorher",
    "blank": "leere Stimmzettel",
    "blocked": "gesperrt (intern)",
    "bylaw": "Satzung",
    "candidates": "Personen",
    "certificate": "Wahlschein",
    "certified": "bescheinigte Wahlberechtigte",
    "changed": "geändert",
    "changes_only": "nur Änderungen",
    "channel": "Eingangsweg",
    "closing": "Abschluss Nr.",
    "code": "Befund",
    "council_name": "Name des Beirats",
    "counts": "Personen nach Entscheidung",
    "decided_on": "beschlossen am",
    "decided_anew": "neu entschieden",
    "decision_number": "Fassung der Entscheidung",
    "district": "Bezirk (intern)",
    "district_id": "Bezirk (intern)",
    "device": "Gerät (intern)",
    "drawn_by": "gezogen von",
    "eligible": "Wahlberechtigte",
    "email": "E-Mail",
    "entered": "neu eingetragen",
    "entitled": "Entscheidung",
    "entries": "Einträge",
    "entry": "Eintragung",
    "entry_id": "Eintrag (intern)",
    "explanation": "Erklärung",
    "explanations": "Erklärungen",
    "fingerprint": "Prüfsumme des Programms",
    "function": "Funktion",
    "granted": "stattgegeben",
    "ground": "Grund",
    "group": "Zählgruppe",
    "heard_on": "angehört am",
    "in_time": "rechtzeitig",
    "invalid": "ungültig",
    "key_date": "Stichtag",
    "kind": "Art",
    "label": "Stand",
    "late": "verspätete Wahlbriefe",
    "medium": "außerdem bekannt gemacht in",
    "missing": "nicht mehr enthalten",
    "municipality_id": "Körperschaft (intern)",
    "name": "Name",
    "nomination_id": "Wahlvorschlag (intern)",
    "note": "Änderung",
    "notice": "Hinweis",
    "number": "Nummer",
    "objection_id": "Einwendung (intern)",
    "objection_recipient": "Stelle für Einsprüche",
    "office_name": "Kopf der Wahlleitung",
    "order": "Reihenfolge (intern)",
    "other_id": "andere Person (intern)",
    "outcome": "Folge",
    "pdf_sha256": "Prüfsumme der Bekanntmachung",
    "person_id": "Person (intern)",
    "persons": "Personen",
    "phone": "Telefon",
    "polling_district_id": "Bezirk (intern)",
    "postal": "Briefwahlbezirk",
    "postcode": "Postleitzahl",
    "present": "anwesend",
    "proof_date": "Nachweis vom",
    "proof_kind": "Nachweis",
    "reason": "Begründung",
    "received": "Wahlbriefe",
    "received_at": "Eingang",
    "refused": "zurückgewiesen",
    "rejected": "zurückgewiesene Wahlbriefe",
    "remark": "Bemerkung",
    "repeated": "wiederholt",
    "resolution": "Beschluss",
    "returned": "wieder enthalten",
    "returning_officer": "Name der Wahlleitung",
    "returning_officer_title": "Amt der Wahlleitung",
    "role": "Rolle",
    "rules": "Regeln",
    "same": "dieselbe Person",
    "receiver": "zählt in Bezirk",
    "says": "es gilt",
    "seat": "Sitz",
    "sha256": "Prüfsumme",
    "shows_votes": "zeigt Stimmen nach dem Abschluss",
    "sitting": "Sitzung",
    "state": "Stand",
    "street": "Straße",
    "struck": "gestrichen (intern)",
    "text": "Wortlaut",
    "town": "Ort",
    "unchanged": "unveränderte Stimmzettel",
    "valid": "gültig",
    "value": "Wert",
    "void_lots": "ungültig gewordene Lose",
    "voters": "Wähler",
    "votes": "Stimmen",
    "wanted": "beantragt",
    "warnings": "Hinweise",
    "winner": "gezogen",
    "witness": "bezeugt von",
}


def subject(stored: str) -> str:
    """What an entry is about; the key of a rule becomes its title."""
    parameter = PARAMETERS.get(stored)
    return parameter.title if parameter else stored


def details(stored: str) -> tuple[tuple[str, str], ...]:
    """Pairs of word and value."""
    content = json.loads(stored) if stored else {}
    return tuple((KEYS.get(key, key), _value(value)) for key, value in content.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if value is None or value in ("", [], {}):
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
