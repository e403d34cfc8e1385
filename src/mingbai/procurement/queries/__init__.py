"""What others may ask of procurement."""
