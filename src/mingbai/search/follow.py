"""The follower: everything published can be found."""

from __future__ import annotations

from mingbai.search.services import take_in


def follow() -> int:
    """Take into the index all that was published so far; returns how many publications were taken in.

    May be run again at any time, also after a crash: what is in the index is not taken in again.
    """
    made = 0
    while step := take_in():
        made += step
    return made
