"""The tests. A package by name, so that no other of that name, installed by somebody, stands in its way."""
