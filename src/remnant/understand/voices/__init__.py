"""Whose voice is heard inside a story: speech and who speaks, thoughts, other voices. Proposals all."""
