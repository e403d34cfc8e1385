"""What others may ask of relief. Whoever asks has been let in: see `access`."""
