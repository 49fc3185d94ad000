"""Spoiler notices of our own, labelled, and a scorer for what is read out of them."""
