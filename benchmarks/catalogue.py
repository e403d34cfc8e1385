"""What `mingbai check` costs on a catalogue far larger than any district's: every power with a chart of its own.

    python benchmarks/catalogue.py [POWERS]          (2,000 unless told)

The powers are the district's own, copied under other ids until there are enough. Prints seconds and megabytes; a
measurement, not a test: `tests/catalogue/test_size.py` holds a smaller one to its bound.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")


def larger(files: Mapping[str, str], powers: int) -> dict[str, str]:
    """The folder with that many powers, each with its own chart and crosswalk."""
    own = sorted(name for name in files if name.startswith("powers/"))
    made = dict(files)
    for number in range(len(own) + 1, powers + 1):
        source = own[(number - 1) % len(own)]
        id = source.removeprefix("powers/").removesuffix(".yaml").partition("-")[2]
        new, chart = f"copy-{number}", _chart(files[source])
        made["matters.yaml"] = re.sub(
            rf"(powers: \[.*?\b{id})\b(?!-)", rf"\1, {new}", made["matters.yaml"], count=1
        )
        text = re.sub(r"^number: \d+", f"number: {number}", files[source], count=1, flags=re.M)
        text = re.sub(rf"^id: {id}$", f"id: {new}", text, count=1, flags=re.M)
        if chart:
            text = re.sub(r"^procedure: .*$", f"procedure: {new}", text, count=1, flags=re.M)
            made[f"procedures/{new}.yaml"] = _renamed(files[f"procedures/{chart}.yaml"], chart, id, new)
        made[f"powers/{number:02d}-{new}.yaml"] = text
        crosswalk = source.replace("powers/", "crosswalk/")
        if crosswalk in files:
            text = re.sub(rf"^power: {id}$", f"power: {new}", files[crosswalk], count=1, flags=re.M)
            made[f"crosswalk/{number:02d}-{new}.yaml"] = text
    return made


def _chart(power: str) -> str:
    found = re.search(r"^procedure: (.+)$", power, flags=re.M)
    return found[1].strip() if found else ""


def _renamed(text: str, chart: str, power: str, new: str) -> str:
    text = re.sub(rf"^procedure: {chart}$", f"procedure: {new}", text, count=1, flags=re.M)
    return re.sub(rf"^power: {power}$", f"power: {new}", text, count=1, flags=re.M)


def main() -> None:
    """Time the whole check."""
    import django

    django.setup()
    from mingbai.catalogue.queries import read_district
    from mingbai.config.checking import check_files

    powers = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    files = larger(read_district(ROOT / "districts" / "huaishang"), powers)
    begun = time.perf_counter()
    report = check_files(files)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{powers} powers, {len(files)} files, {len(report['charts'])} charts: sound {report['ok']}")
    print(f"{seconds:.1f} s in all, {report.get('seconds', 0):.1f} s of it proving; {memory:.0f} MB")


if __name__ == "__main__":
    main()
