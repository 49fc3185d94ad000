"""What a person can ask, a module per question."""
