"""Reads for the doors: frozen views, never rows."""
