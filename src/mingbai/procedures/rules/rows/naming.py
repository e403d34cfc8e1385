"""Ids for what an officer names in Chinese: nobody is asked to invent one."""

from __future__ import annotations

import re
from collections.abc import Collection

from pypinyin import lazy_pinyin

LONGEST = 32


def id_for(label: str, taken: Collection[str], otherwise: str = "item") -> str:
    """An id made of the sounds of a label (看现场: kan_xian_chang) that is not `taken` yet."""
    heard = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(label)).lower())
    said = "_".join(heard)
    while len(said) > LONGEST:
        said = said.rpartition("_")[0] or said[:LONGEST]
    first = said if said[:1].isalpha() else f"{otherwise}_{said}".rstrip("_")
    return free(first, taken)


def free(id: str, taken: Collection[str]) -> str:
    """The id itself, or with the first number that nobody has."""
    if id not in taken:
        return id
    return next(one for count in range(2, len(taken) + 3) if (one := f"{id}_{count}") not in taken)
