"""Random paths on which SpiffWorkflow agrees with us, time per step of each, and the time of an export and an import.

    python benchmarks/bpmn.py [PATHS A CHART] [DISTRICT]

Prints JSON. A path on which the engines part stops everything. Not a timed test: it passes no judgement.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingbai.config.settings")


def main(paths: int, folder: Path) -> None:
    """Every chart that runs by itself, so many times."""
    import django

    django.setup()
    from conformance import twins

    from mingbai.catalogue.queries import read_district
    from mingbai.procedures.interchange import exporter, import_charts
    from mingbai.procedures.rules.compiler import compile_chart
    from mingbai.procedures.rules.text import charts_in

    files = read_district(folder)
    charts = charts_in(files)
    export = exporter(files, date.today())
    begun = time.perf_counter()
    written = {id: export(id) for id in charts}
    between = time.perf_counter()
    for id, data in written.items():
        import_charts(data, f"{id}.bpmn")
    ended = time.perf_counter()
    ran = []
    for id in (one for one, chart in charts.items() if not chart.given):
        bpmn, procedure = twins.specs(written[id], id), compile_chart(charts[id], charts)
        ran += [twins.run(procedure, bpmn, seed) for seed in range(paths)]
    steps = sum(len(one.done) for one in ran)
    told = {
        "charts": len(charts),
        "export_ms": round(1000 * (between - begun) / len(charts), 1),
        "import_ms": round(1000 * (ended - between) / len(charts), 1),
        "largest_bytes": max(map(len, written.values())),
        "paths_agreeing": len(ran),
        "to_an_end": sum(one.end is not None for one in ran),
        "steps": steps,
        "longest": max(len(one.done) for one in ran),
        "ours_us_a_step": round(1e6 * sum(one.ours for one in ran) / steps, 1),
        "spiff_us_a_step": round(1e6 * sum(one.theirs for one in ran) / steps, 1),
    }
    json.dump(told, sys.stdout, indent=1)


if __name__ == "__main__":
    said = sys.argv[1:]
    main(int(said[0]) if said else 200, Path(said[1]) if len(said) > 1 else ROOT / "districts" / "huaishang")
