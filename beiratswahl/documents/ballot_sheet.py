"""Vorlage des Stimmzettels: what is printed on the ballot, as frozen values. Nothing here can tell one ballot from another."""

from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl.law.rules import MajorityOvervote, System


@dataclass(frozen=True, slots=True)
class BallotPerson:
    """Gedruckte Bewerberin oder gedruckter Bewerber.

    Attributes:
        number: number on the ballot, e.g. "304".
        family_name: family name.
        given_names: given names with a doctor's degree before them; may be empty.
        named: how often the list names the person; printed as often (§ 29 KWG), once in Mehrheitswahl (§ 30 KWG).
        note: who nominated the person where each person is a nomination ("Einzelbewerbung", an organisation), else "".
    """

    number: str
    family_name: str
    given_names: str
    named: int = 1
    note: str = ""

    @property
    def name(self) -> str:
        """ "Kaya, Dr. Ayşe"."""
        return f"{self.family_name}, {self.given_names}" if self.given_names else self.family_name


@dataclass(frozen=True, slots=True)
class BallotList:
    """Gedruckter Wahlvorschlag.

    Attributes:
        number: Listennummer.
        keyword: Kennwort.
        persons: in ballot order.
    """

    number: int
    keyword: str
    persons: tuple[BallotPerson, ...]


@dataclass(frozen=True, slots=True)
class BallotSheet:
    """Stimmzettel.

    Attributes:
        council_genitive: "Beirates für Migration und Integration der Stadt Musterstadt".
        election_day: Wahltag.
        system: Verhältniswahl or Mehrheitswahl.
        votes: votes of each voter.
        votes_per_person: most votes one person can get; as many boxes are printed.
        lists: in ballot order; in Mehrheitswahl one list, or none when every person is a nomination.
        persons: Mehrheitswahl without lists: everybody in printed order.
        list_mark: whether a list can be marked in its Kopfleiste.
        cross_lists: whether votes can go to persons of several lists.
        write_in_lines: free lines for other persons.
        overvote: what becomes of too many marks in Mehrheitswahl.
        postal_only: whether everybody votes by post.
        created_at_utc: moment the ballot was settled; the same for every ballot.
        specimen: "Muster" is printed across.
    """

    council_genitive: str
    election_day: date
    system: System
    votes: int
    votes_per_person: int
    created_at_utc: datetime
    lists: tuple[BallotList, ...] = ()
    persons: tuple[BallotPerson, ...] = ()
    list_mark: bool = True
    cross_lists: bool = True
    write_in_lines: int = 0
    overvote: MajorityOvervote | None = None
    postal_only: bool = True
    specimen: bool = False

    @property
    def title(self) -> str:
        """Titel in one line."""
        return f"{'Muster: ' if self.specimen else ''}Stimmzettel für die Wahl des {self.council_genitive}"

    @property
    def numbers(self) -> tuple[str, ...]:
        """Numbers of all printed persons, in printed order."""
        return tuple(person.number for person in (*(person for of in self.lists for person in of.persons), *self.persons))


def instructions(sheet: BallotSheet) -> tuple[str, ...]:
    """Hinweise zur Stimmabgabe in plain German, in the order in which a voter needs them.

    Source: § 32 KWG (Verhältniswahl), § 33 KWG (Mehrheitswahl) [V]; § 37, § 38 Abs. 2 Nr. 4 KWG [V]; § 49 KWO (Falten) [V].
    """
    found = _proportional(sheet) if sheet.system is System.PROPORTIONAL else _majority(sheet)
    end = "Falten Sie den Stimmzettel so, dass niemand Ihre Kreuze sieht"
    found.append(f"{end}, und legen Sie ihn in den Stimmzettelumschlag." if sheet.postal_only else f"{end}.")
    return tuple(found)


def _proportional(sheet: BallotSheet) -> list[str]:
    most = f"bis zu {sheet.votes_per_person} Stimmen" if sheet.votes_per_person > 1 else "nur eine Stimme"
    found = [f"Machen Sie Kreuze in die Kästchen hinter den Namen. Eine Person kann von Ihnen {most} bekommen."]
    if sheet.cross_lists and len(sheet.lists) > 1:
        found.append("Sie können Personen aus verschiedenen Wahlvorschlägen ankreuzen.")
    elif len(sheet.lists) > 1:
        found.append("Kreuzen Sie nur Personen aus einem Wahlvorschlag an.")
    if sheet.list_mark:
        text = "Sie können auch einen Wahlvorschlag oben im Kreis ankreuzen, aber nur einen. Er bekommt dann alle Stimmen, die Sie nicht"
        found.append(f"{text} einzeln vergeben. Wer durchgestrichen ist, bekommt keine Stimme.")
    found.append(f"Vergeben Sie zusammen nicht mehr als {sheet.votes} Stimmen.")
    return found


def _majority(sheet: BallotSheet) -> list[str]:
    found = ["Machen Sie ein Kreuz in das Kästchen hinter dem Namen. Jede Person kann von Ihnen nur eine Stimme bekommen."]
    if sheet.list_mark and len(sheet.lists) == 1:
        text = "Sie können auch den Wahlvorschlag oben im Kreis ankreuzen. Dann bekommen die Personen von oben nach unten die Stimmen,"
        found.append(f"{text} die Sie nicht einzeln vergeben. Wer durchgestrichen ist, bekommt keine Stimme.")
    if sheet.write_in_lines:
        text = (
            "Sie können auch andere wählbare Personen wählen: Schreiben Sie Familienname und Vorname leserlich in die freien Zeilen, wenn"
        )
        found.append(f"{text} nötig auch Beruf, Alter oder Anschrift.")
    after = {
        MajorityOvervote.INVALID_BALLOT: "sonst ist der ganze Stimmzettel ungültig",
        MajorityOvervote.FIRST_FROM_TOP: f"sonst zählen nur die ersten {sheet.votes} von oben nach unten",
    }
    ending = f"; {after[sheet.overvote]}" if sheet.overvote else ""
    found.append(f"Vergeben Sie zusammen nicht mehr als {sheet.votes} Stimmen{ending}.")
    return found
