"""THE LAW of this election as pure functions on frozen values.

What lives here: eligibility, deadlines, nominations, ballots, seats, candidates, succession, plausibility checks, and the `Rules`
that a bylaw changes. Every step carries its § and returns its trace.
What never lives here: clock, chance, database, web, files, floating-point numbers. Time, account and drawn lots come in as arguments.
May import: the standard library, and `beiratswahl.law` itself. Exports nothing: import the module you mean.
"""
