"""The tables, one file per stage of the election. Every row hangs under one municipality."""
