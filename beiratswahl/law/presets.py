"""Vorlagen: bylaws to start from: the three models, and what real municipalities have decided.

A preset is a bylaw layer. The models say only what makes them a model; the observed ones say only what a notice or bylaw was seen to say.
What they leave out follows from the statute or has to be confirmed; nothing here confirms anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from beiratswahl.law.rule_layers import Layer, Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet


@dataclass(frozen=True, slots=True)
class Preset:
    """Vorlage: one bylaw to start from.

    Attributes:
        name: stable ASCII name.
        title: German name for people.
        source: where the values were seen.
        mark: how sure they are.
        values: plain values of the layer.
        day: election day of an observed bylaw, None for a model.
    """

    name: str
    title: str
    source: str
    mark: str
    values: Mapping[str, object]
    day: date | None = None

    def layer(self) -> Layer:
        """Satzungsschicht: the preset as a bylaw layer."""
        return layer_of(Origin.BYLAW, self.values, f"Vorlage „{self.title}“: {self.source}")

    def rule_set(self, day: date) -> RuleSet:
        """Regelwerk: the preset for an election on this day."""
        return RuleSet(day, self.layer())


_PERSON_MODEL = {"system": "Mehrheitswahl", "nomination_model": "Personenmodell", "max_candidates_factor": "3/2"}
_LIST_MODEL = {"system": "Verhältniswahl", "nomination_model": "Listenmodell"}
_POSTAL = {"voting_mode": "nur Briefwahl"}
_DAY_2024 = date(2024, 11, 10)

_MODELS = (
    Preset("listenmodell", "Listenmodell (KWG)", "§§ 15, 32, 37, 41 KWG", "V", {**_LIST_MODEL, **_POSTAL}),
    Preset(
        "personenmodell",
        "Personenmodell (Satzungsmuster des Gemeinde- und Städtebundes)",
        "Satzungen von Bendorf, Bernkastel-Kues, Bitburg",
        "V",
        {**_PERSON_MODEL, **_POSTAL},
    ),
    Preset(
        "landkreis",
        "Landkreis (Mustersatzung des Landkreistages)",
        "Satzung des Landkreises Vulkaneifel vom 16.09.2024",
        "V",
        {"level": "Landkreis", **_PERSON_MODEL, **_POSTAL},
    ),
)

_OBSERVED = (
    Preset(
        "ludwigshafen",
        "Ludwigshafen am Rhein 2024",
        "Satzung § 10 und Internetseite der Stadt zur Wahl am 10.11.2024",
        "V",
        {
            **_LIST_MODEL,
            **_POSTAL,
            "seats": 22,
            "appointed_max": 11,
            "support_signatures": 40,
            "nomination_deadline": "E-41 18:00",
            "postal_deadline": "12:00",
        },
        _DAY_2024,
    ),
    Preset(
        "trier",
        "Trier 2024",
        "Internetseite der Stadt zur Wahl am 08.12.2024",
        "S",
        {**_LIST_MODEL, **_POSTAL, "seats": 13, "votes": 13, "max_votes_per_candidate": 3, "nomination_meeting": True},
        date(2024, 12, 8),
    ),
    Preset(
        "bitburg",
        "Bitburg 2024",
        "Öffentliche Bekanntmachung und Bericht zur Wahl am 10.11.2024",
        "V",
        {**_PERSON_MODEL, **_POSTAL, "seats": 4, "appointed_max": 2, "dual_nationals_ex_officio": False},
        _DAY_2024,
    ),
    Preset(
        "neuwied",
        "Landkreis Neuwied 2024",
        "Öffentliche Bekanntmachung zur Wahl am 10.11.2024",
        "V",
        {
            "level": "Landkreis",
            **_PERSON_MODEL,
            "seats": 10,
            "appointed_max": 5,
            "majority_overvote": "invalid_ballot",
            "write_ins": True,
            "voting_mode": "Urne und Briefwahl",
            "voting_hours": "10:00-16:00",
            "postal_deadline": "16:00",
        },
        _DAY_2024,
    ),
    Preset(
        "mayen-koblenz",
        "Landkreis Mayen-Koblenz 2024",
        "Öffentliche Bekanntmachungen zur Wahl am 10.11.2024",
        "V",
        {
            "level": "Landkreis",
            **_LIST_MODEL,
            **_POSTAL,
            "seats": 10,
            "appointed_max": 5,
            "application_deadline": "E-37 12:00",
            "postal_dispatch_window": "E-34..E-10",
        },
        _DAY_2024,
    ),
    Preset(
        "bad-neuenahr-ahrweiler",
        "Bad Neuenahr-Ahrweiler 2024",
        "Öffentliche Bekanntmachung zur Wahl am 10.11.2024",
        "V",
        {
            **_PERSON_MODEL,
            **_POSTAL,
            "seats": 7,
            "majority_overvote": "invalid_ballot",
            "write_ins": False,
            "postal_dispatch_window": "E-34..E-10",
        },
        _DAY_2024,
    ),
    Preset(
        "ingelheim",
        "Ingelheim am Rhein 2024",
        "Öffentliche Bekanntmachungen zu den Wahlen 2019 und 2024",
        "V",
        {
            **_LIST_MODEL,
            **_POSTAL,
            "seats": 7,
            "appointed_max": 2,
            "nomination_meeting": True,
            "application_deadline": "E-2 18:00",
            "hand_in_hours": "15:00-18:00",
        },
        _DAY_2024,
    ),
    Preset(
        "vulkaneifel",
        "Landkreis Vulkaneifel 2024",
        "Satzung vom 16.09.2024",
        "V",
        {
            "level": "Landkreis",
            **_PERSON_MODEL,
            **_POSTAL,
            "seats": 4,
            "appointed_max": 2,
            "support_signatures": 0,
            "nomination_meeting": False,
            "admission_deadline": "E-41",
            "candidates_notice_deadline": "E-12",
            "ballot_order": "alphabetisch",
        },
        _DAY_2024,
    ),
    Preset(
        "frankenthal",
        "Frankenthal (Pfalz) 2024",
        "Internetseite der Stadt zur Wahl am 10.11.2024",
        "V",
        {**_LIST_MODEL, **_POSTAL, "seats": 11},
        _DAY_2024,
    ),
    Preset(
        "speyer",
        "Speyer 2019",
        "Internetseite der Stadt zur Wahl am 27.10.2019",
        "V",
        {"system": "Verhältniswahl", "seats": 11, "nomination_deadline": "E-41 18:00", "admission_deadline": "E-39"},
        date(2019, 10, 27),
    ),
    Preset(
        "ahrweiler",
        "Landkreis Ahrweiler 2019",
        "Internetseite des Landkreises zur Wahl am 27.10.2019",
        "V",
        {
            "level": "Landkreis",
            "system": "Mehrheitswahl",
            "seats": 11,
            "max_candidates_factor": 2,
            "nominators": ["Wahlberechtigte", "Selbstvorschlag", "Verein", "Verband", "Organisation", "Partei", "Wählergruppe"],
        },
        date(2019, 10, 27),
    ),
)

PRESETS: Mapping[str, Preset] = {preset.name: preset for preset in (*_MODELS, *_OBSERVED)}
