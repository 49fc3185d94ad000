"""Vaults: copies of a library elsewhere, as sealed packs that ordinary tools verify, repair and open."""
