"""The shelves: originals, ledger, journal."""
