"""Shapes of archives: which names say that files belong together, and which of them says what the others are."""
