"""THE PORTER: accounts, roles, permits (one table), gates.

What never lives here: what officials do, and pages other than logging in. May import: `operations`, `store` and the leaves.
Exports nothing. Flask-Login, Flask-WTF and Flask-SQLAlchemy are touched in this room only, each in one file.
"""
