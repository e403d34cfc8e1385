"""Acts of relief."""
