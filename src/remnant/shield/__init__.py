"""Warnings as rules: what may be shown, to whom, and why."""
