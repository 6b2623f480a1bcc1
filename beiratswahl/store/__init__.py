"""THE ARCHIVE: tables, reads and the journal, alike on SQLite and PostgreSQL.

What never lives here: law, web, rendering. May import: `beiratswahl.law`, `beiratswahl.clock`, `beiratswahl.paths`. Exports nothing.
"""
