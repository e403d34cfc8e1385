"""Requests per second of a village's page, warm: the built-in server, beside nginx with the same bytes and a bare Django view.

    python benchmarks/serving.py --data DIR [--village CODE] [--seconds 5]

All three are asked by wrk, one after the other, three rounds; the middle figure of each counts. The bare view runs
under the same server, with no middleware, and answers a constant: what Django itself costs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROUNDS = 3
BARE = """
import os
from pathlib import Path
from django.conf import settings
settings.configure(SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DEBUG=False)
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path
BODY = Path(os.environ["BODY"]).read_bytes()
urlpatterns = [re_path("", lambda request: HttpResponse(BODY))]
application = get_wsgi_application()
"""
NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{ access_log off; client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t; default_type text/html; sendfile on; keepalive_requests 1000000;
server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], address: str, **environment: str) -> Iterator[str]:
    """The server while it answers."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=2).read()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit(f"{command[0]} does not answer at {address}")
        yield address
    finally:
        process.terminate()
        process.wait()


def granian(application: str, port: int) -> list[str]:
    """As `mingbai up` starts it."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "1", "--log-level", "warning", application,
    ]  # fmt: skip


def asked(address: str, seconds: int) -> float:
    """Requests per second that wrk counts; none may fail."""
    done = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{seconds}s", address], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in done:
        raise SystemExit(done)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--village", default="340311100200")
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    for needed in ("wrk", "nginx"):
        if shutil.which(needed) is None:
            raise SystemExit(f"{needed} is not on this machine: install it first")
    with tempfile.TemporaryDirectory() as held, ExitStack() as servers:
        folder = Path(held)
        path = f"/v/{options.village}/"
        ours = servers.enter_context(_ours(options.data, path))
        body = urllib.request.urlopen(ours).read()
        addresses = {"mingbai": ours, **_peers(servers, folder, body)}
        for address in addresses.values():
            assert urllib.request.urlopen(address).read() == body, address
            asked(address, 1)
        rounds = [
            {name: asked(address, options.seconds) for name, address in addresses.items()}
            for _ in range(ROUNDS)
        ]
    middle = {name: round(statistics.median(one[name] for one in rounds)) for name in addresses}
    middle["bytes"] = len(body)
    middle["part of the bare view"] = round(middle["mingbai"] / middle["bare Django view"], 3)
    print(json.dumps({"requests per second": middle, "rounds": rounds}, ensure_ascii=False, indent=1))


def _ours(data: str, path: str):
    port = free_port()
    address = f"http://127.0.0.1:{port}{path}"
    command = granian("mingbai.config.wsgi:application", port)
    return running(command, address, MINGBAI_DATA=str(Path(data).resolve()))


def _peers(servers: ExitStack, folder: Path, body: bytes) -> dict[str, str]:
    (folder / "bare.py").write_text(BARE)
    (folder / "www").mkdir()
    page = folder / "www" / "page.html"
    page.write_bytes(body)
    folder.chmod(0o755)
    bare, nginx = free_port(), free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=nginx))
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    servers.enter_context(running(command, f"http://127.0.0.1:{nginx}/page.html"))
    servers.enter_context(
        running(
            granian("bare:application", bare),
            f"http://127.0.0.1:{bare}/",
            BODY=str(page),
            PYTHONPATH=str(folder),
        )
    )
    return {"nginx": f"http://127.0.0.1:{nginx}/page.html", "bare Django view": f"http://127.0.0.1:{bare}/"}


if __name__ == "__main__":
    main()
