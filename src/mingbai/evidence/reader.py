"""A program of its own: a picture on standard input, its lines of print and their places as JSON on standard output.

Needs the optional rapidocr-onnxruntime (its models come with it, nothing is fetched); ends with 5 where it is not
installed. It runs alone, with a bound on processor time. Needs nothing of this package.
"""

from __future__ import annotations

import json
import resource
import sys

SECONDS = 120
NOT_INSTALLED = 5
LIBRARY = "rapidocr_onnxruntime"


def main() -> int:
    """Read one picture."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        return NOT_INSTALLED
    found, _ = RapidOCR()(sys.stdin.buffer.read())
    lines = []
    for corners, text, _score in found or ():
        across, down = ([float(point[side]) for point in corners] for side in (0, 1))
        left, top = int(min(across)), int(min(down))
        lines.append([left, top, int(max(across)) - left + 1, int(max(down)) - top + 1, text])
    sys.stdout.buffer.write(json.dumps(lines).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
