"""German words for what people and program find on a ballot, and for the piles of KWO §§ 53, 55."""

from beiratswahl.law.ballot_papers import Ballot, BoardReason, Finding, MajorityPile, ProportionalPile, SystemReason

FINDINGS: dict[str, str] = {
    Finding.NOT_OFFICIAL.value: "nicht amtlich hergestellt",
    Finding.OTHER_AREA.value: "für ein anderes Wahlgebiet",
    Finding.WILL_UNCLEAR.value: "Wille nicht zweifelsfrei zu erkennen",
    Finding.ADDITION.value: "Zusatz oder Vorbehalt",
}

REASONS: dict[str, str] = {
    **FINDINGS,
    SystemReason.NO_MARK.value: "keine Kennzeichnung",
    SystemReason.SEVERAL_LISTS.value: "mehrere Listen angekreuzt, sonst nichts",
    SystemReason.OVERVOTE_ACROSS_LISTS.value: "zu viele Stimmen in mehreren Listen",
    SystemReason.OVERVOTE.value: "zu viele Stimmen",
    SystemReason.CROSSED_LISTS.value: "Stimmen in mehreren Listen",
    SystemReason.WRITE_IN.value: "Name eingetragen",
    SystemReason.NO_VOTE_LEFT.value: "keine Stimme übrig",
    BoardReason.RESOLUTION.value: "Beschluss des Wahlvorstands",
}

#: the enums of both systems share their values, so each has words of its own
PROPORTIONAL_PILES: dict[ProportionalPile, str] = {
    ProportionalPile.LIST_UNCHANGED: "eine Liste angekreuzt, unverändert",
    ProportionalPile.LIST_CHANGED: "eine Liste angekreuzt, Stimmen oder Streichungen nur in ihr",
    ProportionalPile.LIST_AND_OTHER_LISTS: "eine Liste angekreuzt, Stimmen auch in anderen Listen",
    ProportionalPile.VOTES_IN_ONE_LIST: "Einzelstimmen in einer Liste",
    ProportionalPile.VOTES_IN_SEVERAL_LISTS: "Einzelstimmen in mehreren Listen",
    ProportionalPile.INVALID: "nicht gekennzeichnet oder offensichtlich ungültig",
    ProportionalPile.DOUBT: "Anlass zu Bedenken, durch Beschluss entschieden",
}
MAJORITY_PILES: dict[MajorityPile, str] = {
    MajorityPile.LIST_UNCHANGED: "Wahlvorschlag angekreuzt, unverändert",
    MajorityPile.LIST_CHANGED: "Wahlvorschlag angekreuzt, mit Einzelstimmen, Streichungen oder Eintragungen",
    MajorityPile.VOTES_ONLY: "Wahlvorschlag nicht angekreuzt, Einzelstimmen, Streichungen oder Eintragungen",
    MajorityPile.INVALID: "nicht gekennzeichnet oder offensichtlich ungültig",
    MajorityPile.DOUBT: "Anlass zu Bedenken, durch Beschluss entschieden",
}


def content_of(ballot: Ballot) -> str:
    """Was auf einem Stimmzettel steht, as one line of the Zählliste; numbers of candidates as printed on the ballot."""
    marked = [f"{key} ({votes})" if votes > 1 else key for key, votes in ballot.marks.items()]
    parts = [
        *(f"Liste {key}" if key.isdigit() else "Liste" for key in ballot.list_marks),
        ", ".join(marked),
        f"gestrichen {', '.join(ballot.struck)}" if ballot.struck else "",
        *(f"eingetragen „{one.text}“" for one in ballot.write_ins),
        *(FINDINGS[finding.value] for finding in ballot.findings),
    ]
    return "; ".join(part for part in parts if part) or "nichts gekennzeichnet"


def reason(value: str) -> str:
    """Grund der Ungültigkeit in words; empty for a valid ballot."""
    return REASONS.get(value, value)
