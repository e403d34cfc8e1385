"""The follower: publications become leaves, leaves a signed head, the head published files."""

from __future__ import annotations

from datetime import datetime

from mingbai.translog import files, services


def follow(now: datetime) -> int:
    """Log all that was published so far; returns how many leaves were added.

    The leaves are committed before anything is signed, and the signed head is committed before anything is
    published. What a crash left half done is completed by the next run.

    Raises:
        Refused: the published log is ahead of the database, is not continued by it, or its key is gone.
    """
    made = 0
    while step := services.append_new():
        made += step
    with files.alone():
        services.sign_head(now)
        services.publish_files()
    return made
