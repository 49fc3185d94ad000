"""Giving back. Values in, bytes out."""
