"""Kontrolle des Ergebnisses before it is determined or published: what is missing, and what does not add up."""

from sqlalchemy.orm import Session

from beiratswahl.operations.results import Result, missing, result


def obstacles(session: Session, election_id: int) -> tuple[str, ...]:
    """Was einer Veröffentlichung entgegensteht; empty when nothing does."""
    found = list(missing(session, election_id))
    if not found:
        found += contradictions(result(session, election_id))
    return tuple(found)


def contradictions(determined: Result) -> tuple[str, ...]:
    """Kontrollrechnungen, that a result must pass (KWO § 63 Abs. 3): what does not add up, in words."""
    found = []
    if determined.question is not None:
        found.append(f"Über Sitz {determined.question.seat} muss erst das Los entscheiden.")
    for each in determined.districts:
        if each.count.voters != each.tally.ballots:
            found.append(f"Stimmbezirk {each.district.number}: {each.count.voters} Wähler, aber {each.tally.ballots} Stimmzettel.")
        if each.tally.unresolved:
            found.append(f"Stimmbezirk {each.district.number}: über {each.tally.unresolved} Stimmzettel ist nicht beschlossen.")
    if determined.voters > determined.eligible:
        found.append(f"{determined.voters} Wähler bei {determined.eligible} Wahlberechtigten: das kann nicht stimmen.")
    if determined.tally.used + determined.tally.unused != determined.rules.votes * determined.tally.valid:
        found.append("Vergebene und verfallene Stimmen ergeben nicht die Stimmen aller gültigen Stimmzettel.")
    return tuple(found)
