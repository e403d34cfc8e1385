"""Where a page lies in a copy, how its links are written, what of it is old; no Django, no files."""
