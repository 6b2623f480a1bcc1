"""REHEARSAL: fictitious registers and ballots, and the demo that runs a whole election with them through `operations`.

The only room besides the tests that uses chance, always from a given seed. Nothing here is needed to run a real election.
"""
