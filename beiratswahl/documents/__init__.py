"""THE PRESS: a frozen sheet goes in, the bytes of a PDF come out.

What lives here: sheets (everything a document prints, as frozen values), their templates' logic, the attachments, and the only WeasyPrint.
What never lives here: a decision, a computation of the law, the database, the clock. Two runs give the same bytes.
May import: `law`, `words`, `paths`, `pictures`. Exports nothing: import the module you mean.
"""
