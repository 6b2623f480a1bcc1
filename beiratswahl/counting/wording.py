"""German words of this door for the values the archive keeps."""

from beiratswahl.law.ballot_papers import BoardReason, Finding, SystemReason

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

#: rules that set a mistake right instead of making the ballot invalid, by the key of the step
CURING = frozenset(
    {
        "several_list_marks",
        "no_list_mark",
        "cap",
        "overvote_in_one_list",
        "reduced",
        "list_mark_exhausted",
        "list_mark_exhausted_majority",
        "one_vote_each",
        "voided",
        "surplus",
        "write_in_again",
        "write_in_struck",
        "write_in_voided",
        "write_in_unknown",
        "write_in_not_eligible",
        "write_in_not_allowed",
    }
)


def reason(value: str) -> str:
    """Grund der Ungültigkeit in words; empty for a valid ballot."""
    return REASONS.get(value, value)
