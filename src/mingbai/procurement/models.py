"""Tables of procurement."""
