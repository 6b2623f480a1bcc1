"""What is to be done in one polling district, in the order of KWO §§ 52 to 59, with its state and the next step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from beiratswahl.access import archive
from beiratswahl.access.roles import Permission
from beiratswahl.law.count_control import ControlMethod
from beiratswahl.operations.capture import resting
from beiratswahl.operations.closing import Control
from beiratswahl.operations.count_units import handed_over
from beiratswahl.store.read import boards, counting
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


def tasks_of(district: DistrictView, control: Control, may: Callable[[Permission], bool]) -> list[Task]:
    """Aufgaben eines Stimmbezirks, so far as somebody may do them; the first unfinished one is the next step."""
    givers = control.partners.givers
    # the control of a district that takes ballots looks at all of them; its own letters are its own
    count = counting.count(archive.session(), district.district_id) if givers else control.count
    gives = control.partners.receiver is not None
    progress = _progress(district.district_id, count, givers)
    of_the_count = [] if gives else _of_the_count(district, control, count, progress)
    board = [(Permission.CLOSE_COUNT, _board(district, gives=gives))] if may(Permission.CLOSE_COUNT) else []
    every = [
        *board,
        (Permission.RECORD_LETTERS, _letters(district, count)),
        *of_the_count,
        (Permission.CHECK_COUNT, _checks(district, control, counting_on=not gives and (progress.missing or 0) > 0)),
        (Permission.CHECK_COUNT, _closing(district, control, gives=gives)),
    ]
    tasks = [task for permission, task in every if may(permission)]
    following = next((place for place, task in enumerate(tasks) if task.kind != DONE), None)
    if following is not None and count.closed_at_utc is None:
        tasks[following] = replace(tasks[following], is_next=True)
    return tasks


def _of_the_count(district: DistrictView, control: Control, count: CountView, progress: Progress) -> list[tuple[Permission, Task]]:
    differ = bool(control.second.differences) and not control.second.pending
    entering = Permission.SETTLE_ENTRIES if differ else Permission.RECORD_SECOND_ENTRY
    second = [(entering, _second(district, control, progress))] if _is_controlled(control) else []
    return [
        (Permission.RECORD_STACKS, _stacks(district, control, count, progress)),
        (Permission.RECORD_BALLOTS, _ballots(district, progress)),
        *second,
        (Permission.CHECK_COUNT, _doubts(district, progress)),
    ]


def _page(endpoint: str, district: DistrictView) -> str:
    return url_for(f"counting.{endpoint}", district_id=district.district_id)


def _board(district: DistrictView, *, gives: bool) -> Task:
    url, title = _page("board", district), "Wahlvorstand: wer da ist, Prüfung des Programms"
    here = sum(member.present for member in boards.members(archive.session(), district.district_id))
    if not here:
        return Task(title, url, "offen", OPEN, "Erst eintragen, wer da ist; davon hängt ab, wer zählen und beschließen darf")
    # whoever hands its ballots over captures none, and waits for nothing
    if not gives and (pause := resting(archive.session(), district.district_id)):
        return Task(title, url, f"{number(here)} anwesend", "warning", pause.partition(": ")[2] or pause)
    return Task(title, url, f"{number(here)} anwesend", DONE, "Kommen und Gehen den Abend über erfassen")


def _letters(district: DistrictView, count: CountView) -> Task:
    url = _page("letters", district)
    title = "Wahlbriefe zählen" if district.postal else "Wählerinnen und Wähler zählen"
    if count.letters_recorded_at_utc is None:
        return Task(title, url, "offen", OPEN, "Zahlen eintragen, bevor der erste Stimmzettel erfasst wird")
    voters = counted(count.voters, "Stimmzettelumschlag", "Stimmzettelumschläge") if district.postal else number(count.voters)
    return Task(title, url, "erledigt", DONE, f"In der Urne: {voters}")


def _stacks(district: DistrictView, control: Control, count: CountView, progress: Progress) -> Task:
    title, stacks, paper = "Stapel zählen", control.stacks, control.paper
    if stacks.counted_once:
        return Task(title, _page("stacks_again", district), "einmal gezählt", OPEN, "Jetzt zählt eine zweite Person")
    if stacks.differences:
        url = _page("compare_stacks", district)
        return Task(title, url, "verschieden", WRONG, "Die beiden Zählungen unterscheiden sich; klären Sie das mit dem Papier in der Hand")
    url = _page("stacks", district)
    if not count.unchanged and not count.blank_ballots and not (progress.recorded and not paper.lists_can_be_marked):
        what = "Unveränderte Stimmzettel je Liste und leere" if paper.lists_can_be_marked else "Leere Stimmzettel"
        return Task(title, url, "offen", OPEN, what)
    return Task(title, url, "erledigt", DONE, f"{number(progress.unchanged)} unverändert, {number(progress.blank)} leer")


def _ballots(district: DistrictView, progress: Progress) -> Task:
    url = _page("ballots", district)
    title, hint = "Einzelne Stimmzettel eingeben", f"{number(progress.recorded)} eingegeben"
    if progress.missing is None:
        return Task(title, url, "offen", OPEN, hint)
    if progress.missing < 0:
        return Task(title, url, f"{number(-progress.missing)} zu viel", WRONG, f"{hint}; mehr Stimmzettel als Wähler")
    if progress.missing:
        return Task(title, url, f"noch {number(progress.missing)}", OPEN, hint)
    return Task(title, url, "erledigt", DONE, hint)


def _is_controlled(control: Control) -> bool:
    return control.second.method is not ControlMethod.NONE or control.second.entered > 0


def _second(district: DistrictView, control: Control, progress: Progress) -> Task:
    second = control.second
    title, url = "Zum zweiten Mal eingeben", _page("second_entry", district)
    if second.differences and not second.pending:
        return Task(
            title, url, f"{number(len(second.differences))} verschieden", WRONG, "Beide Teams klären das mit dem Papier in der Hand"
        )
    if second.waiting:
        return Task(title, url, f"noch {number(second.missing)}", OPEN, "Durch ein anderes Team, ohne die erste Eingabe zu sehen")
    if second.sample is not None and second.sample.undrawn:
        return Task("Stichprobe ziehen", _page("sample", district), "offen", OPEN, "Wenn alle Stimmzettel eingegeben sind")
    if progress.missing or not second.entered:
        return Task(title, url, "später", OPEN if progress.missing else DONE, "Wenn die ersten Stimmzettel eingegeben sind")
    return Task(title, url, "erledigt", DONE, "Beide Eingaben stimmen überein")


def _doubts(district: DistrictView, progress: Progress) -> Task:
    url = _page("doubts", district)
    title = "Zweifelsfälle beschließen"
    if progress.unresolved:
        return Task(title, url, f"{number(progress.unresolved)} offen", "warning", "Der Wahlvorstand beschließt jeden einzeln")
    if progress.missing or progress.missing is None:
        return Task(title, url, "noch keine", OPEN, "")
    return Task(title, url, "erledigt", DONE, "Kein Stimmzettel wartet auf einen Beschluss")


def _checks(district: DistrictView, control: Control, *, counting_on: bool) -> Task:
    url = _page("checks", district)
    title = "Kontrolle"
    if control.count.letters_recorded_at_utc is None or counting_on:
        return Task(title, url, "später", OPEN, "Erst wenn alles gezählt ist")
    if control.errors:
        return Task(title, url, counted(len(control.errors), "Fehler", "Fehler"), WRONG, "Was noch nicht stimmt und wo")
    if control.unexplained:
        return Task(title, url, f"{number(len(control.unexplained))} zu erklären", "warning", "Auffälliges prüfen und erklären")
    return Task(title, url, "erledigt", DONE, "Alle Kontrollen sind in Ordnung")


def _closing(district: DistrictView, control: Control, *, gives: bool) -> Task:
    url = _page("closing", district)
    if control.count.closed_at_utc:
        return Task("Abschluss", url, "abgeschlossen", DONE, f"durch {control.count.closed_by}")
    if gives:
        return Task("Übergabe und Abschluss", url, "offen", OPEN, "Stimmzettel ungeöffnet übergeben, dann abschließen")
    return Task("Abschluss", url, "offen", OPEN, "Zahlen ansehen und abschließen")
