"""What others may ask of labour. Whoever asks has been let in: see `access`."""
