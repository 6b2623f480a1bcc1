"""Tests prove rules."""
