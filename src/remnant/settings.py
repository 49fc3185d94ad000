"""Read once by a face, handed down as values."""
