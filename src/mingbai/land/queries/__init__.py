"""What others may ask of land. Whoever asks has been let in: see `access`."""
