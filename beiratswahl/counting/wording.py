"""Words of this door."""

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
