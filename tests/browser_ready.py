"""Install Debian's Chromium when it is absent and may be installed; otherwise say loudly what is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def main() -> None:
    if shutil.which("chromium"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium and a Chinese font for the browser tests …", flush=True)
        for command in (["update", "-q"], ["install", "-y", "-q", "chromium", "fonts-noto-cjk"]):
            subprocess.run(["apt-get", *command], stdout=subprocess.DEVNULL, check=False)
    if not shutil.which("chromium"):
        print(
            "SKIPPED LOUDLY: no Chromium here and no right to install it: browser tests will not run.",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()
