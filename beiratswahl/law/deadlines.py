"""Fristen und Termine: every day and hour that follows from election day and the rules.

Deadlines are not moved when their last day is a Saturday, Sunday or holiday (§ 75 KWG). Each says what happens if it is missed.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from beiratswahl.law.facts import months_before
from beiratswahl.law.rule_values import DayBefore, Hours, Window
from beiratswahl.law.rules import Ground, Rules, RuleToBeConfirmed, VotingMode


class Deadline(NamedTuple):
    """Frist oder Termin.

    Attributes:
        key: stable English name.
        at: the calendar day, or the exact local time in Germany where an hour is set.
        source: § or document.
        mark: how sure the text is: V, S, I or G.
        text: German sentence.
        missed: what happens if it is missed; empty where nothing can be missed.
    """

    key: str
    at: date | datetime
    source: str
    mark: str
    text: str
    missed: str = ""


class Timetable(NamedTuple):
    """Fristenregeln: the fields of `Rules` that deadlines depend on, under the same names."""

    grounds: tuple[Ground, ...]
    residence_months: int
    voting_mode: VotingMode
    register_key_date: DayBefore
    nomination_deadline: DayBefore
    admission_deadline: DayBefore
    candidates_notice_deadline: DayBefore
    application_deadline: DayBefore | None
    postal_dispatch_window: Window
    voting_certificate_deadline: DayBefore
    inspection_period: Window
    postal_deadline: time
    voting_hours: Hours | None
    hand_in_hours: Hours | None

    @property
    def takes_applications(self) -> bool:
        """Eintragung auf Antrag: whether anybody has to apply for the roll (not before 2009)."""
        return Ground.NR2B in self.grounds

    @property
    def at_polling_stations(self) -> bool:
        """Urnenwahl: whether people can vote in a polling station."""
        return self.voting_mode is VotingMode.URN_AND_POSTAL


def timetable_of(rules: Rules) -> Timetable:
    """Fristenregeln einer Wahl: the part of its rules that deadlines depend on."""
    return Timetable(*(getattr(rules, name) for name in Timetable._fields))


def deadlines(rules: Rules, election_day: date) -> tuple[Deadline, ...]:
    """Fristenkalender: all deadlines of an election, the earliest first.

    Source: § 75 KWG: no moving of deadlines [V]; each deadline carries its own source and mark.

    Args:
        rules: rules of the election.
        election_day: the day of voting.

    Returns:
        The deadlines that apply to these rules. The application deadline is left out while nobody has confirmed it.
    """
    return deadlines_of(timetable_of(rules), election_day)


def deadlines_of(timetable: Timetable, election_day: date) -> tuple[Deadline, ...]:
    """Fristenkalender nach den Fristenregeln alone; see `deadlines`."""
    found = [deadline for part in _PARTS for deadline in part(timetable, election_day)]
    return tuple(sorted(found, key=lambda deadline: _moment(deadline.at)))


def objection_deadlines(rules: Rules, announced: date) -> tuple[Deadline, ...]:
    """Fristen nach der Bekanntmachung des Ergebnisses.

    Source: § 48 KWG: two weeks for an objection [V]; § 49 KWG: three months for a review ex officio [V].

    Args:
        rules: `objection_period_days` is used.
        announced: day of the public announcement; it does not count.

    Returns:
        The last days for an objection and for a review ex officio.
    """
    last = announced + timedelta(days=rules.objection_period_days)
    return (
        Deadline(
            "objection", last, "§ 48 KWG", "V", "Letzter Tag für Einsprüche gegen die Wahl.", "Ein späterer Einspruch ist unzulässig."
        ),
        Deadline(
            "review",
            months_before(announced, -3),
            "§ 49 KWG",
            "V",
            "Letzter Tag für eine Prüfung durch die Aufsichtsbehörde von Amts wegen.",
            "Danach wird nur noch die Wählbarkeit am Wahltag geprüft.",
        ),
    )


def acceptance_deadline(rules: Rules, served: date) -> Deadline:
    """Annahmefrist: until when an elected person can declare.

    Source: § 44 KWG, § 64 KWO: one week after service; silence is acceptance [V].

    Args:
        rules: `acceptance_period_days` is used.
        served: day of service; it does not count.

    Returns:
        The last day for a declaration.
    """
    last = served + timedelta(days=rules.acceptance_period_days)
    text = "Letzter Tag für die Erklärung, ob die Wahl angenommen wird."
    return Deadline("acceptance", last, "§ 44 KWG, § 64 KWO", "V", text, "Wer schweigt, hat angenommen.")


def application_in_time(rules: Rules, election_day: date, received: datetime) -> bool:
    """Rechtzeitiger Antrag: whether an application for the roll came in by the deadline, to the minute.

    Source: bylaw or notice; the minute named still counts [I].

    Args:
        rules: `application_deadline` is used.
        election_day: the day of voting.
        received: local time of receipt; seconds do not count.

    Returns:
        True when it came in time.

    Raises:
        RuleToBeConfirmed: nobody has settled the application deadline.
    """
    if rules.application_deadline is None:
        raise RuleToBeConfirmed("application_deadline")
    return received.replace(second=0, microsecond=0) <= _moment(rules.application_deadline.at(election_day))


def _moment(at: date | datetime) -> datetime:
    # A deadline without an hour ends with its day.
    return at if isinstance(at, datetime) else datetime.combine(at, time.max)


def _back(election_day: date, days: int, hour: time | None = None) -> date | datetime:
    return DayBefore(days, hour).at(election_day)


def _preparation(table: Timetable, day: date) -> Iterator[Deadline]:
    yield Deadline(
        "foreigners_count",
        date(day.year - 1, 6, 30),
        "§ 130 Abs. 1 GemO",
        "I",
        "Stichtag für die Zahl der ausländischen Einwohner, nach der ein Beirat einzurichten ist.",
    )
    yield Deadline(
        "call_for_nominations",
        _back(day, 69),
        "§ 16 Abs. 1 KWG, § 23 KWO",
        "V",
        "Spätester Tag der Aufforderung, Wahlvorschläge einzureichen.",
        "Die Einreichungsfrist wird zu kurz; das kann die Wahl anfechtbar machen.",
    )
    yield Deadline(
        "nominations",
        table.nomination_deadline.at(day),
        "§ 16 Abs. 1 Satz 5 KWG",
        "V",
        "Ende der Frist für Wahlvorschläge (Ausschlussfrist).",
        "Ein später eingereichter Wahlvorschlag ist ungültig; der Mangel ist nicht behebbar (§ 23 KWG).",
    )
    yield Deadline(
        "admission",
        table.admission_deadline.at(day),
        "§ 23 KWG, § 29 KWO",
        "S",
        "Letzter Tag für die Entscheidung des Wahlausschusses über die Zulassung.",
        "Stimmzettel können nicht rechtzeitig gedruckt und versandt werden.",
    )
    yield Deadline(
        "candidates_notice",
        table.candidates_notice_deadline.at(day),
        "§§ 24, 25 KWG, § 30 KWO",
        "V",
        "Spätester Tag der Bekanntmachung der Wahlvorschläge oder dass keine Wahl stattfindet (§ 56 Abs. 3 GemO).",
        "Die Bekanntmachung ist verspätet; das kann die Wahl anfechtbar machen.",
    )


def _roll(table: Timetable, day: date) -> Iterator[Deadline]:
    yield Deadline(
        "latest_arrival",
        months_before(day, table.residence_months),
        "§ 1 Abs. 1 Nr. 2, Abs. 3 KWG",
        "V",
        "Letzter Einzugstag, mit dem die Mindestdauer der Hauptwohnung erfüllt ist; der Einzugstag zählt mit.",
        "Wer später eingezogen ist, ist nicht wahlberechtigt.",
    )
    yield Deadline(
        "unregistered_notice",
        _back(day, 62),
        "§ 11a KWO",
        "S",
        "Spätester Tag der Bekanntmachung für Personen, die von der Meldepflicht befreit sind (§ 26 BMG).",
        "Diese Personen erfahren zu spät, dass sie nur auf Antrag eingetragen werden.",
    )
    yield Deadline(
        "register_key_date",
        table.register_key_date.at(day),
        "§ 11 Abs. 1 KWO",
        "V",
        "Stichtag: Wer heute gemeldet und wahlberechtigt ist, wird von Amts wegen eingetragen.",
        "Wer später zuzieht, wird nur auf Antrag eingetragen.",
    )
    if table.takes_applications and table.application_deadline is not None:
        yield Deadline(
            "applications",
            table.application_deadline.at(day),
            "Satzung oder Bekanntmachung",
            "V",
            "Ende der Frist für Anträge auf Eintragung in das Wählerverzeichnis (Nr. 2 des § 56 Abs. 2 GemO).",
            "Wer zu spät beantragt, kann nicht wählen.",
        )
    yield Deadline(
        "inspection_notice",
        _back(day, 24),
        "§ 12 KWG, § 13 KWO",
        "V",
        "Spätester Tag der Bekanntmachung, wo und wann das Wählerverzeichnis eingesehen werden kann.",
        "Die Einsicht ist nicht ordnungsgemäß angekündigt; das kann die Wahl anfechtbar machen.",
    )
    first, last = table.inspection_period
    yield Deadline("inspection_begins", first.at(day), "§ 12 KWG, § 13 KWO", "V", "Die Einsicht in das Wählerverzeichnis beginnt.")
    yield Deadline(
        "inspection_ends",
        last.at(day),
        "§ 12 KWG, § 13 KWO",
        "V",
        "Letzter Tag für Einsicht und Einwendungen.",
        "Spätere Einwendungen sind unzulässig; offenbare Unrichtigkeiten werden von Amts wegen berichtigt (§ 15 KWO).",
    )
    yield Deadline(
        "corrections_decided",
        _back(day, 10),
        "§ 14 Abs. 3 KWO",
        "V",
        "Über Einwendungen soll entschieden sein.",
        "Der Widerspruch an die Aufsichtsbehörde kommt womöglich nicht mehr rechtzeitig für einen Wahlschein.",
    )
    yield Deadline(
        "roll_closed",
        _back(day, 2, time(18)),
        "§ 16 KWO",
        "V",
        "Das Wählerverzeichnis wird abgeschlossen, die Zahl der Wahlberechtigten bescheinigt.",
        "Ohne Abschluss fehlt die Grundlage der Stimmabgabe und der Wahlniederschrift.",
    )


def _postal(table: Timetable, day: date) -> Iterator[Deadline]:
    first, last = table.postal_dispatch_window
    yield Deadline(
        "postal_dispatch_begins",
        first.at(day),
        "§ 19 KWO",
        "S",
        "Frühester Tag, an dem Wahlscheine und Briefwahlunterlagen ausgegeben werden.",
    )
    if not table.at_polling_stations:
        yield Deadline(
            "postal_dispatch_ends",
            last.at(day),
            "Bekanntmachung",
            "V",
            "Letzter Tag für den Versand der Briefwahlunterlagen an alle von Amts wegen Eingetragenen.",
            "Unterlagen kommen womöglich zu spät an, um rechtzeitig zurückgeschickt zu werden.",
        )
    yield Deadline(
        "voting_certificates",
        table.voting_certificate_deadline.at(day),
        "§ 18 KWO",
        "S",
        "Ende der Frist für Anträge auf Wahlscheine und Briefwahlunterlagen.",
        "Danach gibt es einen Wahlschein nur noch in besonderen Fällen bis zum Wahltag, 15 Uhr.",
    )
    yield Deadline(
        "voting_certificates_special",
        _back(day, 0, time(15)),
        "§ 18 KWO",
        "G",
        "Letzte Wahlscheine bei plötzlicher Erkrankung oder unverschuldet fehlender Eintragung.",
        "Ein Wahlschein wird nicht mehr erteilt.",
    )
    yield Deadline(
        "postal_letters",
        datetime.combine(day, table.postal_deadline),
        "§ 31 Abs. 1 KWG oder Satzung",
        "V",
        "Bis jetzt müssen Wahlbriefe eingegangen sein.",
        "Ein verspäteter Wahlbrief bleibt ungeöffnet und wird zurückgewiesen (§ 39 KWG, § 90 Abs. 2 KWO).",
    )
    if table.hand_in_hours is not None:
        opens, closes = table.hand_in_hours
        yield Deadline(
            "hand_in_opens", datetime.combine(day, opens), "Bekanntmachung", "V", "Wahlbriefe können ab jetzt persönlich abgegeben werden."
        )
        yield Deadline(
            "hand_in_closes",
            datetime.combine(day, closes),
            "Bekanntmachung",
            "V",
            "Ende der persönlichen Abgabe von Wahlbriefen.",
            "Danach zählt nur noch der Eingang bis zum Ende der Frist für Wahlbriefe.",
        )


def _polling(table: Timetable, day: date) -> Iterator[Deadline]:
    if table.at_polling_stations:
        yield Deadline(
            "voting_notices",
            _back(day, 21),
            "§ 11 Abs. 2 KWG, § 12 KWO",
            "V",
            "Bis heute sind die Wahlbenachrichtigungen zu versenden.",
            "Wer keine erhält, muss sein Wahlrecht selbst durch Einsicht klären.",
        )
        yield Deadline(
            "polling_chairs",
            _back(day, 20),
            "§ 5 KWO",
            "V",
            "Bis heute sind die Wahlvorsteher zu berufen.",
            "Ohne Wahlvorsteher ist der Wahlvorstand nicht beschlussfähig (§ 27 KWG).",
        )
    if table.at_polling_stations and table.voting_hours is not None:
        opens, closes = table.voting_hours
        yield Deadline("polls_open", datetime.combine(day, opens), "§ 31 KWG oder Satzung", "V", "Die Wahlräume öffnen.")
        yield Deadline(
            "polls_close",
            datetime.combine(day, closes),
            "§ 31 KWG oder Satzung",
            "V",
            "Die Wahlräume schließen.",
            "Wer jetzt noch nicht im Wahlraum ist, kann nicht mehr wählen.",
        )
    yield Deadline(
        "count_begins",
        _count_begins(table, day),
        "§ 51 KWO",
        "V" if table.postal_deadline == time(18) else "I",
        "Die Auszählung darf frühestens jetzt beginnen; sie ist öffentlich.",
    )


def _count_begins(table: Timetable, day: date) -> datetime:
    # § 51 KWO says 18:00 because voting ends then; where a bylaw ends it earlier, the count follows that end [I].
    ends = [table.postal_deadline]
    if table.at_polling_stations and table.voting_hours is not None:
        ends.append(table.voting_hours.closes)
    return datetime.combine(day, max(ends))


def _afterwards(table: Timetable, day: date) -> Iterator[Deadline]:
    yield Deadline(
        "roll_reusable",
        months_before(day, -1),
        "§ 89 KWO",
        "V",
        "Frühester Tag, an dem das Wählerverzeichnis für eine andere Wahl fortgeführt werden darf.",
    )
    yield Deadline(
        "ballots_destroyable",
        months_before(day, -6),
        "§ 90 KWO",
        "V",
        "Frühester Tag, an dem Stimmzettel, Wahlscheine und Wahlbriefe vernichtet werden dürfen; nicht vor dem Ende einer Wahlprüfung.",
    )


_PARTS: tuple[Callable[[Timetable, date], Iterator[Deadline]], ...] = (_preparation, _roll, _postal, _polling, _afterwards)
