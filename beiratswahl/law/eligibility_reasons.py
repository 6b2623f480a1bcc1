"""Gründe der Wahlberechtigung: the sentences for the conditions that every person must meet, and for the entry in the roll."""

from datetime import date
from typing import NamedTuple

from beiratswahl.law.residence import Residency
from beiratswahl.law.suffrage import Entry, Suffrage
from beiratswahl.law.trace import Reason


class Sentences(NamedTuple):
    """Sätze einer Wahl: reasons with §, worded for its rules and days.

    Attributes:
        suffrage: rules of the electorate.
        latest_birth: last day of birth that is early enough.
        latest_arrival: last day of moving in that is early enough.
    """

    suffrage: Suffrage
    latest_birth: date
    latest_arrival: date

    def entry(self, entry: Entry | None, ground: bool | None, ex_officio: bool, registered: bool) -> tuple[Reason, ...]:
        """Eintragung: the way into the roll, or that the application is missing; empty where it is not settled."""
        source = "§ 11 Abs. 1 KWO" if registered else "§ 11a KWO, § 26 BMG"
        if entry is Entry.EX_OFFICIO:
            return (Reason("entry", source, "Wird von Amts wegen in das Wählerverzeichnis eingetragen.", True),)
        if entry is None or ex_officio:
            return ()
        if ground is False:
            text = "Wird nur auf Antrag eingetragen; ein Antrag liegt nicht vor."
            return (Reason("entry", f"{self.suffrage.place()}, {source}", text, False),)
        return (Reason("entry", f"{self.suffrage.place()}, {source}", "Wird auf Antrag eingetragen; der Antrag liegt vor.", True),)

    def personal(self, old_enough: bool | None, alive: bool | None, excluded: bool | None) -> tuple[Reason, ...]:
        """Persönliche Voraussetzungen: age, exclusion and, where it speaks against the person, death."""
        age, day = self.suffrage.age, f"{self.latest_birth:%d.%m.%Y}"
        ages = {
            True: f"Ist am Wahltag mindestens {age} Jahre alt (geboren am oder vor dem {day}).",
            False: f"Ist am Wahltag noch nicht {age} Jahre alt (geboren nach dem {day}).",
            None: f"Ob das Wahlalter {age} erreicht ist (geboren bis {day}), lässt das Geburtsdatum offen.",
        }
        exclusions = {
            True: "Ist infolge Richterspruchs vom Wahlrecht ausgeschlossen.",
            False: "Ist nicht vom Wahlrecht ausgeschlossen.",
            None: "Ob ein Ausschluss vom Wahlrecht besteht, ist nicht bekannt.",
        }
        reasons = [
            Reason("age", self.suffrage.place(), ages[old_enough], old_enough),
            Reason("not_excluded", "§ 1 Abs. 1 Nr. 3, § 2 KWG", exclusions[excluded], None if excluded is None else not excluded),
        ]
        if not alive:
            text = "Ist verstorben." if alive is False else "Ob der Tod vor dem Wahltag eingetreten ist, lässt das Datum offen."
            reasons.append(Reason("alive", self.suffrage.place(), text, alive))
        return tuple(reasons)

    def residence(self, lives: Residency) -> tuple[Reason, ...]:
        """Wohnung: area and, for residents, Hauptwohnung and minimum stay."""
        months, day = self.suffrage.residence_months, f"{self.latest_arrival:%d.%m.%Y}"
        area = {
            True: "Wohnt am Wahltag im Wahlgebiet.",
            False: "Wohnt am Wahltag nicht im Wahlgebiet (nie gemeldet, weggezogen oder abgemeldet).",
            None: "Ob eine Wohnung im Wahlgebiet besteht, ist nicht bekannt.",
        }
        role = {
            True: "Die Wohnung im Wahlgebiet ist die Hauptwohnung.",
            False: "Im Wahlgebiet besteht nur eine Nebenwohnung.",
            None: "Welche Wohnung die Hauptwohnung ist, ist offen.",
        }
        stay = {
            True: f"Hat die Hauptwohnung seit mindestens {months} Monaten im Wahlgebiet (Einzug bis {day}, der Einzugstag zählt mit).",
            False: f"Hat die Hauptwohnung noch keine {months} Monate im Wahlgebiet (Einzug nach dem {day}).",
            None: f"Ob die Hauptwohnung seit mindestens {months} Monaten besteht (Einzug bis {day}), ist offen.",
        }
        if lives is Residency.TWO_MAIN_RESIDENCES:
            role[None] = "Das Melderegister nennt zugleich eine Hauptwohnung außerhalb. Bitte den Widerspruch klären."
        reasons = [Reason("residence", "§ 1 Abs. 1 Nr. 2 KWG", area[lives.in_area], lives.in_area)]
        if lives.in_area:
            paragraphs = "§ 1 Abs. 1 Nr. 2, Abs. 2, Abs. 3 KWG" if lives is Residency.CREDITED else "§ 1 Abs. 1 Nr. 2, Abs. 3 KWG"
            reasons.append(Reason("main_residence", "§ 1 Abs. 1 Nr. 2 KWG", role[lives.is_main], lives.is_main))
            reasons.append(Reason("residence_months", paragraphs, stay[lives.long_enough], lives.long_enough))
        return tuple(reasons)
