"""Wahlbriefe: why a postal letter is rejected. A rejected letter's sender has not voted; an invalid ballot's voter has."""

from enum import Enum, StrEnum


class LetterState(StrEnum):
    """Stand eines Wahlbriefs bei der Prüfung.

    Source: KWO §§ 56, 57 [V].
    """

    ADMITTED = "zugelassen"
    REJECTED = "zurückgewiesen"
    SET_ASIDE = "zurückgestellt"
    LATE = "verspätet"


class Rejection(Enum):
    """Zurückweisungsgrund: why a letter brings no ballot into the urn.

    Several ballots of one election, one that gives the secret away, and one of an election the voter may not vote in are rejected "as to
    those ballots". An empty envelope is no rejection in the words of the ordinance, but like one it is no ballot and gets no Vermerk.

    Source: KWO § 56 Abs. 2 (§ 39 Abs. 1 Satz 1 Nr. 2 bis 8 KWG) [V]; the numbers of § 39 KWG as in § 39 Abs. 4 BWahlG [G]; counting an
    empty envelope among the reasons [I].

    Attributes:
        key: stored value.
        source: § of the reason.
        text: German words for the Niederschrift.
    """

    NO_CERTIFICATE = ("kein_wahlschein", "§ 39 Abs. 1 Nr. 2 KWG", "kein oder kein gültiger Wahlschein")
    NO_ENVELOPE = ("kein_umschlag", "§ 39 Abs. 1 Nr. 3 KWG", "kein Stimmzettelumschlag")
    BOTH_OPEN = ("nicht_verschlossen", "§ 39 Abs. 1 Nr. 4 KWG", "weder Wahlbrief noch Stimmzettelumschlag verschlossen")
    ENVELOPES_WITHOUT_CERTIFICATES = (
        "umschlaege_ohne_wahlscheine",
        "§ 39 Abs. 1 Nr. 5 KWG",
        "mehrere Stimmzettelumschläge, aber nicht gleich viele gültige Wahlscheine",
    )
    NOT_SIGNED = ("nicht_unterschrieben", "§ 39 Abs. 1 Nr. 6 KWG", "Versicherung an Eides statt nicht unterschrieben")
    UNOFFICIAL_ENVELOPE = ("nicht_amtlicher_umschlag", "§ 39 Abs. 1 Nr. 7 KWG", "kein amtlicher Stimmzettelumschlag")
    SECRECY = ("wahlgeheimnis", "§ 39 Abs. 1 Nr. 8 KWG", "Umschlag weicht erkennbar ab oder enthält einen fühlbaren Gegenstand")
    SEVERAL_BALLOTS = ("mehrere_stimmzettel", "§ 56 Abs. 2 KWO", "mehrere Stimmzettel derselben Wahl im Stimmzettelumschlag")
    BALLOT_SECRECY = ("stimmzettel_wahlgeheimnis", "§ 56 Abs. 2 KWO", "Stimmzettel gefährdet offensichtlich das Wahlgeheimnis")
    OTHER_ELECTION = ("fremde_wahl", "§ 56 Abs. 2 KWO", "Stimmzettel einer Wahl, für die keine Wahlberechtigung besteht")
    EMPTY_ENVELOPE = ("leerer_umschlag", "§ 56 Abs. 2 KWO", "kein Stimmzettel im Stimmzettelumschlag")

    def __init__(self, key: str, source: str, text: str) -> None:
        self.key = key
        self.source = source
        self.text = text


def rejection_of(key: str) -> Rejection:
    """Zurückweisungsgrund zu seinem Schlüssel.

    Raises:
        KeyError: there is no such reason.
    """
    for reason in Rejection:
        if reason.key == key:
            return reason
    raise KeyError(key)
