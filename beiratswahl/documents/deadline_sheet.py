"""Fristenplan zum Aushängen: all deadlines of an election on one sheet, with a column to tick by hand."""

from collections.abc import Sequence
from dataclasses import replace

from beiratswahl.documents.election_facts import ElectionFacts, spoken
from beiratswahl.documents.notice_sheet import Notice, Section, Table
from beiratswahl.law.deadlines import Deadline


def deadline_sheet(facts: ElectionFacts, deadlines: Sequence[tuple[Deadline, str]]) -> Notice:
    """Fristenplan.

    Source: § 75 KWG: deadlines are not moved [V]; each line carries its own source.

    Args:
        facts: the election.
        deadlines: in order of time, each with its state in words.
    """
    rows = tuple((spoken(deadline.at), deadline.text, deadline.source, state) for deadline, state in deadlines)
    text = "Fristen verschieben sich nicht, wenn ihr letzter Tag auf einen Samstag, Sonntag oder Feiertag fällt (§ 75 KWG)."
    table = Table(("Wann", "Was", "Fundstelle", "Stand"), rows, (66, 0, 40, 28))
    notice = facts.notice("Fristen und Termine", Section("", (text, table)), kind="Fristenplan", signed=False)
    return replace(notice, wall=True)
