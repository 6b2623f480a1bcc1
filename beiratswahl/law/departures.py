"""Ausscheiden nach der Zulassung: what death, loss of Wählbarkeit or withdrawal of a candidate does to ballot, votes and seats."""

from enum import StrEnum

from beiratswahl.law.rules import Rules, System
from beiratswahl.law.trace import Step


class DepartureKind(StrEnum):
    """Art des Ausscheidens.

    Source: § 4 Abs. 2, § 23, § 45 KWG [V/Vo].
    """

    DIED = "Tod"
    LOST_ELIGIBILITY = "Verlust der Wählbarkeit"
    WITHDREW = "Rücktritt"


class Treatment(StrEnum):
    """Behandlung auf dem Stimmzettel, by decision of the Wahlausschuss: no text that was seen settles it [open]."""

    STAYS = "bleibt auf dem Stimmzettel"
    TAKEN_OFF = "wird nicht gedruckt"


def takes_no_seat(kind: DepartureKind) -> bool:
    """Ob die Person keinen Sitz mehr bekommen kann: who withdraws can still be elected, and may refuse the seat (§ 44 KWG).

    Source: § 23 KWG: no withdrawal after admission [Vo]; § 4 Abs. 2, § 45 KWG: the dead and the ineligible take no seat [V].
    """
    return kind is not DepartureKind.WITHDREW


def effects(rules: Rules, kind: DepartureKind, treatment: Treatment) -> tuple[Step, ...]:
    """Folgen des Ausscheidens, in German for people.

    Source: § 40 Abs. 2 KWG: votes of a list are those of all its candidates [V]; § 38 Abs. 2 Nr. 3 KWG: votes for a person who is not
        wählbar are invalid in Mehrheitswahl [V]; § 45 KWG: the next of the list takes the seat [V]; together with a death before the
        election [I].
    """
    if kind is DepartureKind.WITHDREW:
        text = (
            "Nach der Zulassung kann eine Person nicht mehr zurücktreten. Sie bleibt auf dem Stimmzettel und zählt mit; wird sie gewählt, "
        )
        text += "kann sie die Wahl ablehnen."
        return (Step("no_withdrawal", "§ 23, § 44 KWG", text),)
    if treatment is Treatment.TAKEN_OFF:
        text = "Die Person wird nicht auf den Stimmzettel gedruckt; die Nummern der anderen bleiben, wie sie bekannt gemacht sind."
        return (Step("taken_off", "Beschluss des Wahlausschusses", text),)
    stays = Step("stays", "Beschluss des Wahlausschusses", "Der Stimmzettel bleibt, wie er zugelassen ist.")
    if rules.system is System.MAJORITY:
        text = "Stimmen für die Person sind ungültig; die übrigen Stimmen des Stimmzettels gelten."
        return stays, Step("votes_invalid", "§ 38 Abs. 2 Nr. 3 KWG", text)
    text = "Stimmen für die Person zählen für ihre Liste. Einen Sitz bekommt sie nicht; er fällt der nächsten Person der Liste zu."
    return stays, Step("votes_count_for_list", "§ 40 Abs. 2, § 45 KWG", text)


def too_few(rules: Rules, electable: int) -> Step | None:
    """Zu wenige wählbare Personen: whether not more persons are left than members to elect, which no text that was seen settles.

    Source: § 56 Abs. 3 Satz 1 GemO [V]; that it also holds after the admission is open: the Wahlleiter decides [I].

    Args:
        rules: rules of the election.
        electable: persons who are admitted and can still be elected.
    """
    if electable > rules.seats:
        return None
    source = "§ 49a Abs. 3 LKO" if rules.level.value == "Landkreis" else "§ 56 Abs. 3 Satz 1 GemO"
    people = "ist nur noch 1 Person" if electable == 1 else f"sind nur noch {electable} Personen"
    text = f"Wählbar {people} für {rules.seats} Sitze. Ob die Wahl trotzdem stattfindet, ist für die Zeit nach der Zulassung "
    return Step("too_few", source, text + "nicht geregelt; die Wahlleitung entscheidet, möglichst mit der Aufsichtsbehörde.")
