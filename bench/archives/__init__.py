"""Whole archives made up, and what it costs to take them in."""
