"""The law core a second time, by another hand: slow, naive, written from the § alone.

What lives here: one module per question of `beiratswahl law` (`seats`, `ballots`, `eligibility`), each with `answer(document)`, the core
of the same JSON contract. What never lives here: an import of `beiratswahl`. Nothing may be shared, or the two would share their errors.
"""
