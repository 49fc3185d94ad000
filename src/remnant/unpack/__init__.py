"""Hostile bytes, handled once, within limits."""
