"""The web reader."""
