"""What each page shows: read from the public queries once, counted and put into words here, then frozen."""
