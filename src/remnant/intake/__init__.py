"""The doors: folders, archives, uploads. They yield parcels."""
