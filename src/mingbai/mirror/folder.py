"""The folder of a copy: files put into place whole, what each was made of, what is no longer needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mingbai.kernel import Refused
from mingbai.mirror.rules.freshness import Position

MANIFEST = "copy.json"
FORMAT = 1


@dataclass
class File:
    """A file of the copy: where it lies, the digest of its content, the addresses that its page leads to."""

    path: str
    digest: str
    links: list[str] = field(default_factory=list)


class Folder:
    """A copy as it lies on the disk. `position` is None in a new one."""

    def __init__(self, root: Path, program: str) -> None:
        self.root = root
        self.program = program
        self.position: Position | None = None
        self.held: dict[str, File] = {}
        self.written = 0
        self._read()

    def _read(self) -> None:
        place = self.root / MANIFEST
        if not place.exists():
            if self.root.exists() and any(self.root.iterdir()):
                raise Refused(
                    f"{self.root} 里有别的东西，不是以前导出的网站",
                    remedy="换一个空文件夹，或者把里面的东西搬走",
                )
            self._note()
            return
        try:
            said = json.loads(place.read_text("utf-8"))
            if said["format"] != FORMAT:
                raise ValueError(said["format"])
            # Another program makes other pages of the same records.
            known = said["position"] and said["program"] == self.program
            self.position = Position(**said["position"]) if known else None
            self.held = {address: File(**one) for address, one in said["files"].items()}
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(f"{place} 读不懂，不知道上次导到哪里", remedy="导到一个新的空文件夹") from error

    def put(self, address: str, path: str, content: bytes, links: Iterable[str] = ()) -> None:
        """Put what an address says into its file; a file that says it already is left alone."""
        digest = hashlib.sha256(content).hexdigest()
        before = self.held.get(address)
        self.held[address] = File(path, digest, list(links))
        if before and (before.path, before.digest) == (path, digest) and (self.root / path).exists():
            return
        self._write(path, content)
        self.written += 1

    def _write(self, path: str, content: bytes) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(place.name + ".new")
        beside.write_bytes(content)
        beside.replace(place)

    def leave_only(self, addresses: Iterable[str]) -> int:
        """Remove the files of every other address; returns how many there were."""
        wanted = set(addresses)
        gone = [address for address in self.held if address not in wanted]
        kept = {one.path for address, one in self.held.items() if address in wanted}
        for address in gone:
            path = self.held.pop(address).path
            if path not in kept:
                (self.root / path).unlink(missing_ok=True)
        return len(gone)

    def finish(self, position: Position) -> None:
        """Write down to where the copy goes; without this the next run makes everything again."""
        self.position = position
        self._note()

    def leave_no_note(self) -> None:
        """What holds only changes is laid over a copy, whose own note says what it holds."""
        (self.root / MANIFEST).unlink()

    def _note(self) -> None:
        files = {address: asdict(one) for address, one in sorted(self.held.items())}
        position = asdict(self.position) if self.position else None
        said: dict[str, Any] = {
            "format": FORMAT,
            "program": self.program,
            "position": position,
            "files": files,
        }
        self._write(MANIFEST, json.dumps(said, ensure_ascii=False, indent=0).encode())
