"""The reader. Pure: same bytes, same reading; no bytes make it raise."""
