"""Roles and permits: one table says who may do what. The manual's table and the test of every page × every role are made from it."""

from enum import Enum, StrEnum

from beiratswahl.law.boards import TeamTask


class Role(StrEnum):
    """Rolle."""

    ADMINISTRATION = "Administration"
    ELECTION_OFFICE = "Wahlamt"
    POLLING_BOARD = "Wahlvorstand"
    COUNTING_TEAM = "Zählgruppe"


_COUNTING = (Role.ELECTION_OFFICE, Role.POLLING_BOARD, Role.COUNTING_TEAM)


class Permission(Enum):
    """Befugnis: the German label, the roles that have it, and the tasks with which a limited counting team has it.

    The administration has no right in roll, count or result. A counting team without a task has every permission of its role.
    """

    MANAGE_ACCOUNTS = ("Konten verwalten", (Role.ADMINISTRATION,))
    READ_JOURNAL = ("Amtsbuch lesen", (Role.ADMINISTRATION, Role.ELECTION_OFFICE))
    SET_UP_ELECTION = ("Wahl einrichten", (Role.ELECTION_OFFICE,))
    KEEP_ROLL = ("Wählerverzeichnis führen", (Role.ELECTION_OFFICE,))
    REVEAL_ADDRESS = ("Gesperrte Anschriften ansehen (§§ 51, 52 BMG)", (Role.ELECTION_OFFICE,))
    KEEP_NOMINATIONS = ("Wahlvorschläge führen", (Role.ELECTION_OFFICE,))
    SEE_ELECTION = ("Stand der Wahl sehen", (Role.ELECTION_OFFICE,))
    JOIN_COUNT = ("An der Zählung mitwirken", _COUNTING, tuple(TeamTask))
    RECORD_LETTERS = ("Wahlbriefe erfassen", _COUNTING, (TeamTask.LETTERS,))
    RECORD_STACKS = ("Stapel zählen", _COUNTING, (TeamTask.STACKS,))
    RECORD_BALLOTS = ("Stimmzettel einzeln erfassen", _COUNTING, (TeamTask.BALLOTS,))
    RECORD_SECOND_ENTRY = ("Stimmzettel zum zweiten Mal erfassen", _COUNTING, (TeamTask.SECOND_ENTRY,))
    SETTLE_ENTRIES = ("Unterschiede beider Eingaben klären", _COUNTING, (TeamTask.BALLOTS, TeamTask.SECOND_ENTRY))
    CHECK_COUNT = ("Zählung kontrollieren", _COUNTING)
    NOTE_VOTES = ("Stimmabgabe vermerken", (Role.ELECTION_OFFICE, Role.POLLING_BOARD))
    CLOSE_COUNT = ("Zählung abschließen", (Role.ELECTION_OFFICE, Role.POLLING_BOARD))
    ADMIT_TEAMS = ("Zählgruppen zulassen", (Role.ELECTION_OFFICE, Role.POLLING_BOARD))
    DETERMINE_RESULT = ("Ergebnis ermitteln", (Role.ELECTION_OFFICE,))
    PUBLISH = ("Ergebnis veröffentlichen", (Role.ELECTION_OFFICE,))

    def __init__(self, label: str, roles: tuple[Role, ...], tasks: tuple[TeamTask, ...] = ()) -> None:
        self.label = label
        self.roles = roles
        self.tasks = tasks


#: roles whose permit ends at one polling district
DISTRICT_ROLES = (Role.POLLING_BOARD, Role.COUNTING_TEAM)
