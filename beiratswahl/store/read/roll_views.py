"""What reads of the roll give: frozen views of persons, decisions, applications and imports."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beiratswahl.store.read.roll_work import WorkList


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """Anzahl der Personen by answer, category and entry; values as in `law.suffrage`."""

    entitled: str
    category: str
    entry: str
    persons: int


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """Auswahl von Personen; None leaves a condition out.

    Attributes:
        entitled, category, entry: values of `law.suffrage`; "" for „none“.
        search: beginnings of names in any spelling, a register number, or a birth date (TT.MM.JJJJ or a part of YYYY-MM-DD).
        missing: True for persons the newest export no longer has, False for the others.
        decided_again: True for persons whose decision has replaced an earlier one.
        work: a list of `roll_work.WorkList`.
    """

    entitled: str | None = None
    category: str | None = None
    entry: str | None = None
    search: str = ""
    missing: bool | None = None
    decided_again: bool = False
    work: WorkList | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Zeile der Personenliste.

    `blocks` is "", "51", "52" or "51 52" (§§ 51, 52 BMG): then street, house number, postcode and town are empty; the address of a blocked
    person is read by `roll.blocked_address` alone. `registered` is False for a person exempt from registration, entered on application
    (§ 26 BMG). `double` is True for a second entry of somebody else's, `waits` for a person whose application waits for the second look.
    """

    id: int
    register_number: str
    family_name: str
    given_names: str
    birth_date: str
    nationalities: tuple[str, ...]
    blocks: str
    street: str
    house_number: str
    postcode: str
    town: str
    district: str
    missing: bool
    entitled: str
    category: str
    grounds: tuple[str, ...]
    entry: str
    registered: bool
    double: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Seite der Personenliste: the lines, how many there are in all, and the page's number from 1."""

    lines: tuple[PersonLine, ...]
    persons: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Grund einer Entscheidung; met is None where it cannot be told."""

    rule: str
    source: str
    text: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Fassung einer Entscheidung. The one that holds has no `superseded_at_utc` and no `cause`; `facts` are those of that time.

    The facts are what the law was asked about, without any address.
    """

    number: int
    entitled: str
    category: str
    grounds: tuple[str, ...]
    entry: str
    reasons: tuple[ReasonView, ...]
    rules_version: str
    rules_digest: str
    decided_at_utc: datetime
    facts: dict[str, Any]
    superseded_at_utc: datetime | None
    cause: str


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """Antrag auf Eintragung; a late one and a withdrawn one do not count.

    `second_look_agrees` is None until somebody looked a second time; `waits` is True until then where it is needed. Only one in time holds
    up the entry of its person; on a late one the second look is whether it came late indeed.
    """

    person_id: int
    ground: str
    parent: str
    received_at_utc: datetime
    channel: str
    proof_kind: str
    proof_date: date | None
    application_id: int
    in_time: bool
    recorded_at_utc: datetime
    recorded_by: str
    recorded_by_id: int | None
    second_look_needed: bool
    second_look_by: str
    second_look_agrees: bool | None
    second_look_remark: str
    second_look_at_utc: datetime | None
    withdrawn_at_utc: datetime | None
    withdrawn_by: str
    withdrawn_reason: str

    @property
    def waits(self) -> bool:
        """Whether a second person has to agree first."""
        return self.second_look_needed and self.second_look_agrees is None and self.withdrawn_at_utc is None

    @property
    def returned(self) -> bool:
        """Whether the second person disagreed, so that it has to be corrected."""
        return self.second_look_agrees is False and self.withdrawn_at_utc is None


@dataclass(frozen=True, slots=True)
class ClarificationView:
    """Feststellung des Wahlamts; `outdated` is True when the register says something else by now, so that it does not count any more."""

    clarification_id: int
    person_id: int
    matter: str
    finding: str
    proof_kind: str
    proof_date: date | None
    reason: str
    recorded_at_utc: datetime
    recorded_by: str
    outdated: bool
    withdrawn_at_utc: datetime | None
    withdrawn_by: str
    withdrawn_reason: str

    @property
    def counts(self) -> bool:
        """Whether the decision rests on it."""
        return self.withdrawn_at_utc is None and not self.outdated


@dataclass(frozen=True, slots=True)
class PersonView:
    """Eine Person with all decisions, the newest first, and her applications and clarifications in the order they came in."""

    line: PersonLine
    sex: str
    ags: str
    died: str
    excluded: bool
    residence_status: str
    moved_in: str
    main_since: str
    moved_out: str
    in_area_since: str
    further_residences: int
    decisions: tuple[DecisionView, ...]
    applications: tuple[ApplicationView, ...]
    clarifications: tuple[ClarificationView, ...]


@dataclass(frozen=True, slots=True)
class ImportView:
    """Übernahme eines Auszugs."""

    number: int
    at_utc: datetime
    file_name: str
    sha256: str
    persons: int
    added: int
    changed: int
    missing: int
    decided_anew: int
