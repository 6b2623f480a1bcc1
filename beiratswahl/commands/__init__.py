"""The command line's answers: each module takes a parsed JSON document and returns one.

What lives here: reading input strictly, calling the law, shaping the output. What never does: a rule of the law, a database, a clock.
May import: law. A command reads text with `json_input.parse`, answers with a dictionary, and reports `json_input.InputError` with its path.
"""
