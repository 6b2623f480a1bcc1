"""What is to be done in one polling district, in the order of KWO §§ 52 to 59, with its state and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for

from beiratswahl.access import archive
from beiratswahl.operations.ballots import Paper
from beiratswahl.operations.closing import Control
from beiratswahl.operations.count_units import handed_over
from beiratswahl.store.read import counting
from beiratswahl.store.read.count_units import givers_of
from beiratswahl.store.read.counting import CountView
from beiratswahl.store.read.setup import DistrictView
from beiratswahl.words import counted, number

OPEN, DONE, WRONG = "", "success", "danger"


@dataclass(frozen=True, slots=True)
class Task:
    """Aufgabe, as `parts.task_list` draws it."""

    title: str
    url: str
    status: str
    kind: str
    hint: str
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Stand der Auszählung in papers: how many voters there are, and where their ballots are."""

    voters: int | None
    unchanged: int
    blank: int
    recorded: int
    unresolved: int

    @property
    def counted(self) -> int:
        """Ballots the program knows."""
        return self.unchanged + self.blank + self.recorded

    @property
    def missing(self) -> int | None:
        """Ballots still to be counted, negative when there are more than voters; None before the voters are known."""
        return None if self.voters is None else self.voters - self.counted


def progress_of(district_id: int, count: CountView) -> Progress:
    """Stand der Auszählung eines Stimmbezirks; the ballots another district hands over are to be counted too."""
    return _progress(district_id, count, givers_of(archive.session(), district_id))


def _progress(district_id: int, count: CountView, givers: Sequence[int]) -> Progress:
    recorded, unresolved = counting.recorded(archive.session(), district_id)
    voters = count.voters + handed_over(archive.session(), givers) if count.letters_recorded_at_utc else None
    return Progress(voters, sum(count.unchanged.values()), count.blank_ballots, recorded, unresolved)


def tasks_of(district: DistrictView, control: Control) -> list[Task]:
    """Aufgaben eines Stimmbezirks; the first unfinished one is the next step."""
    givers = control.partners.givers
    # the control of a district that takes ballots looks at all of them; its own letters are its own
    count = counting.count(archive.session(), district.district_id) if givers else control.count
    progress = _progress(district.district_id, count, givers)
    of_the_count = [
        _stacks(district, control.paper, count, progress),
        _ballots(district, progress),
        _doubts(district, progress),
    ]
    gives = control.partners.receiver is not None
    tasks = [
        _letters(district, count),
        *([] if gives else of_the_count),
        _checks(district, control),
        _closing(district, control, gives=gives),
    ]
    following = next((place for place, task in enumerate(tasks) if task.kind != DONE), None)
    if following is not None and count.closed_at_utc is None:
        tasks[following] = replace(tasks[following], is_next=True)
    return tasks


def _letters(district: DistrictView, count: CountView) -> Task:
    url = url_for("counting.letters", district_id=district.district_id)
    title = "Wahlbriefe zählen" if district.postal else "Wählerinnen und Wähler zählen"
    if count.letters_recorded_at_utc is None:
        return Task(title, url, "offen", OPEN, "Zahlen eintragen, bevor der erste Stimmzettel erfasst wird")
    voters = counted(count.voters, "Stimmzettelumschlag", "Stimmzettelumschläge") if district.postal else number(count.voters)
    return Task(title, url, "erledigt", DONE, f"In der Urne: {voters}")


def _stacks(district: DistrictView, paper: Paper, count: CountView, progress: Progress) -> Task:
    url = url_for("counting.stacks", district_id=district.district_id)
    title = "Stapel zählen"
    if not count.unchanged and not count.blank_ballots and not (progress.recorded and not paper.lists_can_be_marked):
        what = "Unveränderte Stimmzettel je Liste und leere" if paper.lists_can_be_marked else "Leere Stimmzettel"
        return Task(title, url, "offen", OPEN, what)
    return Task(title, url, "erledigt", DONE, f"{number(progress.unchanged)} unverändert, {number(progress.blank)} leer")


def _ballots(district: DistrictView, progress: Progress) -> Task:
    url = url_for("counting.ballots", district_id=district.district_id)
    title, hint = "Einzelne Stimmzettel eingeben", f"{number(progress.recorded)} eingegeben"
    if progress.missing is None:
        return Task(title, url, "offen", OPEN, hint)
    if progress.missing < 0:
        return Task(title, url, f"{number(-progress.missing)} zu viel", WRONG, f"{hint}; mehr Stimmzettel als Wähler")
    if progress.missing:
        return Task(title, url, f"noch {number(progress.missing)}", OPEN, hint)
    return Task(title, url, "erledigt", DONE, hint)


def _doubts(district: DistrictView, progress: Progress) -> Task:
    url = url_for("counting.doubts", district_id=district.district_id)
    title = "Zweifelsfälle beschließen"
    if progress.unresolved:
        return Task(title, url, f"{number(progress.unresolved)} offen", "warning", "Der Wahlvorstand beschließt jeden einzeln")
    if progress.missing:
        return Task(title, url, "noch keine", OPEN, "")
    return Task(title, url, "erledigt", DONE, "Kein Stimmzettel wartet auf einen Beschluss")


def _checks(district: DistrictView, control: Control) -> Task:
    url = url_for("counting.checks", district_id=district.district_id)
    title = "Kontrolle"
    if control.count.letters_recorded_at_utc is None:
        return Task(title, url, "später", OPEN, "Erst wenn alles gezählt ist")
    if control.errors:
        return Task(title, url, counted(len(control.errors), "Fehler", "Fehler"), WRONG, "Was noch nicht stimmt und wo")
    if control.unexplained:
        return Task(title, url, f"{number(len(control.unexplained))} zu erklären", "warning", "Auffälliges prüfen und erklären")
    return Task(title, url, "erledigt", DONE, "Alle Kontrollen sind in Ordnung")


def _closing(district: DistrictView, control: Control, *, gives: bool) -> Task:
    url = url_for("counting.closing", district_id=district.district_id)
    if control.count.closed_at_utc:
        return Task("Abschluss", url, "abgeschlossen", DONE, f"durch {control.count.closed_by}")
    if gives:
        return Task("Übergabe und Abschluss", url, "offen", OPEN, "Stimmzettel ungeöffnet übergeben, dann abschließen")
    return Task("Abschluss", url, "offen", OPEN, "Zahlen ansehen und abschließen")
