"""One module per known maker."""
