"""Write, sync, rename, sync the folder; locks."""
