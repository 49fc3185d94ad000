"""One module per byte format."""
