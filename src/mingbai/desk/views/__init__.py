"""The views of the staff site, by what they do."""
