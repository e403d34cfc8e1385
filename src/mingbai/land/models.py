"""Tables of land."""
