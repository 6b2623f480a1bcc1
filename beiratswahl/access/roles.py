"""Roles and permits: one table says who may do what. The manual's table and the test of every page × every role are made from it."""

from enum import Enum, StrEnum


class Role(StrEnum):
    """Rolle."""

    ADMINISTRATION = "Administration"
    ELECTION_OFFICE = "Wahlamt"
    POLLING_BOARD = "Wahlvorstand"
    COUNTING_TEAM = "Zählgruppe"


class Permission(Enum):
    """Befugnis: the German label and the roles that have it. The administration has no right in roll, count or result."""

    MANAGE_ACCOUNTS = ("Konten verwalten", (Role.ADMINISTRATION,))
    READ_JOURNAL = ("Amtsbuch lesen", (Role.ADMINISTRATION, Role.ELECTION_OFFICE))
    SET_UP_ELECTION = ("Wahl einrichten", (Role.ELECTION_OFFICE,))
    KEEP_ROLL = ("Wählerverzeichnis führen", (Role.ELECTION_OFFICE,))
    REVEAL_ADDRESS = ("Gesperrte Anschriften ansehen (§§ 51, 52 BMG)", (Role.ELECTION_OFFICE,))
    KEEP_NOMINATIONS = ("Wahlvorschläge führen", (Role.ELECTION_OFFICE,))
    SEE_ELECTION = ("Stand der Wahl sehen", (Role.ELECTION_OFFICE,))
    RECORD_COUNT = ("Zählung erfassen", (Role.ELECTION_OFFICE, Role.POLLING_BOARD, Role.COUNTING_TEAM))
    NOTE_VOTES = ("Stimmabgabe vermerken", (Role.ELECTION_OFFICE, Role.POLLING_BOARD))
    CLOSE_COUNT = ("Zählung abschließen", (Role.ELECTION_OFFICE, Role.POLLING_BOARD))
    ADMIT_TEAMS = ("Zählgruppen zulassen", (Role.ELECTION_OFFICE, Role.POLLING_BOARD))
    DETERMINE_RESULT = ("Ergebnis ermitteln", (Role.ELECTION_OFFICE,))
    PUBLISH = ("Ergebnis veröffentlichen", (Role.ELECTION_OFFICE,))

    def __init__(self, label: str, roles: tuple[Role, ...]) -> None:
        self.label = label
        self.roles = roles


#: roles whose permit ends at one polling district
DISTRICT_ROLES = (Role.POLLING_BOARD, Role.COUNTING_TEAM)
