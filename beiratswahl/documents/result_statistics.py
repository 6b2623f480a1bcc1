"""Vorlage der Statistik zum Ergebnis: numbers of persons by group, small groups already left out, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass

#: persons by group; None for a group that is left out, so that nobody is recognised
Groups = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class ResultStatistics:
    """Statistik zu Gewählten und Bewerbungen; a table is None where the data were not recorded.

    Attributes:
        least: a group with fewer persons is left out, and as many others as are needed to hide it.
        elected_sex: by "männlich", "weiblich", "divers", "ohne Angabe".
        elected_age: by age group on the election day.
        elected_nationality: by name of the nationality.
        elected_before: "ja" for who was elected last time too, else "nein".
        candidates_sex: of all admitted candidates.
        candidates_age: of all admitted candidates.
        eligible_minors: Wahlberechtigte under 18; None when it is not known or left out.
    """

    least: int
    elected_sex: Groups | None
    elected_age: Groups
    elected_nationality: Groups
    elected_before: Groups | None
    candidates_sex: Groups | None
    candidates_age: Groups
    eligible_minors: int | None

    def as_fields(self) -> dict[str, object]:
        """The same for JSON."""

        def plain(groups: Groups | None) -> dict[str, int | None] | None:
            return None if groups is None else dict(groups)

        return {
            "least": self.least,
            "elected": {
                "sex": plain(self.elected_sex),
                "age": plain(self.elected_age),
                "nationality": plain(self.elected_nationality),
                "elected_before": plain(self.elected_before),
            },
            "candidates": {"sex": plain(self.candidates_sex), "age": plain(self.candidates_age)},
            "eligible": {"minors": self.eligible_minors},
        }
