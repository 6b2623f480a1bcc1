"""WHAT OFFICIALS DO: one act = one function = one transaction = one journal entry.

What never lives here: pages, forms, rendering of templates. May import: `store`, `documents`, `law` and the leaves. Exports nothing.
"""
