"""Making the index again from the publications."""

from mingbai.search.services.indexing import NAME, rebuild, take_in, words_of

__all__ = ["NAME", "rebuild", "take_in", "words_of"]
