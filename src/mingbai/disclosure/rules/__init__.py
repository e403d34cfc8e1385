"""What may leave, in which shape: profiles, redaction at the door, the frozen document."""
