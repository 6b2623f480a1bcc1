"""DOOR of everyone: what is published, and nothing else. Reads `store.read.published` only. Exports nothing."""
