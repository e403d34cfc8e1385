"""A straight flow in django-viewflow, the nearest well-kept peer: a start and human steps."""
