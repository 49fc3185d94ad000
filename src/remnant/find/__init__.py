"""The index. Disposable; made again from what is kept."""
