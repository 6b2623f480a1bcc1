"""The acts an official can do, as the journal names them."""

from enum import StrEnum


class Act(StrEnum):
    """Amtshandlung: English name in the code, German words in the journal."""

    MUNICIPALITY_FOUNDED = "Körperschaft angelegt"
    LOGGED_IN = "Angemeldet"
    LOGIN_REFUSED = "Anmeldung abgewiesen"
    ACCOUNT_CREATED = "Konto angelegt"
    PERMIT_GRANTED = "Berechtigung erteilt"
    PASSWORD_CHANGED = "Passwort geändert"  # noqa: S105 - the name of an act
    ELECTION_SET_UP = "Wahl eingerichtet"
    RULES_CHANGED = "Wahlregeln geändert"
    RULE_CONFIRMED = "Wahlregel bestätigt"
    DISTRICT_CREATED = "Stimmbezirk angelegt"
    REGISTER_IMPORTED = "Melderegister eingelesen"
    APPLICATION_RECORDED = "Antrag auf Eintragung erfasst"
    NOMINATION_RECEIVED = "Wahlvorschlag entgegengenommen"
    NOMINATION_CHANGED = "Wahlvorschlag geändert"
    NOMINATION_WITHDRAWN = "Wahlvorschlag zurückgenommen"
    NOMINATIONS_CLOSED = "Zulassung abgeschlossen"
    LETTERS_RECORDED = "Wahlbriefe erfasst"
    UNCHANGED_BALLOTS_RECORDED = "Unveränderte Stimmzettel erfasst"
    BALLOT_RECORDED = "Stimmzettel erfasst"
    BALLOT_CANCELLED = "Stimmzettel zurückgenommen"
    BALLOT_DECIDED = "Beschluss über Stimmzettel"
    WARNING_EXPLAINED = "Auffälligkeit erklärt"
    DISTRICT_CLOSED = "Zählung abgeschlossen"
    DISTRICT_REOPENED = "Zählung wieder geöffnet"
    RESULT_DETERMINED = "Ergebnis ermittelt"
    LOT_ENTERED = "Losentscheid eingetragen"
    RESULT_PUBLISHED = "Ergebnis veröffentlicht"
    PUBLICATION_WITHDRAWN = "Veröffentlichung zurückgezogen"
