"""Who reads which file of the folder: a package that reads one says so, and no edition is confirmed that it cannot read.

The list is filled once, when the program starts; the packages stand above this one and are not known here by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mingbai.kernel import BadFile

Reader = Callable[[str, str], object]
_readers: dict[str, Reader] = {}


def register_reader(file: str, reader: Reader) -> None:
    """Say that `reader(text, filename)` reads this file, raising BadFile for one it cannot use."""
    _readers[file] = reader


def read_all(files: Mapping[str, str], *, all_there: bool = False) -> None:
    """Let every registered reader read its file.

    Raises:
        BadFile: the first file that its reader cannot use, or, with `all_there`, that is missing.
    """
    for file, reader in sorted(_readers.items()):
        if file in files:
            reader(files[file], file)
        elif all_there:
            raise BadFile(file, 1, "缺少这个文件")
