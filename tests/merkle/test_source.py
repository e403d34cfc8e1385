"""Reading a log from a site that may be hostile: bounded in size and time, no redirects (security S4)."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import merkle_logs as logs
import pytest

from mingbai.merkle import source, vkey
from mingbai.merkle.verifier import verify_log

VILLAGE = "340311104201"


class _Site(BaseHTTPRequestHandler):
    """Serves a folder as a site does; some paths misbehave when the test says so."""

    folder: Path
    harm: dict[str, str] = {}

    def do_GET(self) -> None:
        match self.harm.get(self.path):
            case "redirect":
                self.send_response(302)
                self.send_header("Location", self.path + "?honest")
                self.end_headers()
            case "endless":
                self._endless()
            case "nonsense":
                self.wfile.write(b"\x00\x01nonsense\r\n\r\n")
            case _:
                self._plain()

    def _plain(self) -> None:
        file = self.folder / self.path.removesuffix("?honest").removeprefix("/log/").replace(
            "/p/", "publications/", 1
        ).lstrip("/")
        self.send_response(200 if file.is_file() else 404)
        self.end_headers()
        if file.is_file():
            self.wfile.write(file.read_bytes())

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Iterator[str]:
    folder = logs.write(tmp_path, logs.statements(300))
    logs.publish(folder, VILLAGE, 290, 289)
    handler = type("Site", (_Site,), {"folder": folder, "harm": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(name="harm")
def _harm(site: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    harm: dict[str, str] = {}
    monkeypatch.setattr(_Site, "do_GET", _harmful(harm, _Site.do_GET))
    return harm


def _harmful(harm: dict[str, str], plain: object) -> object:
    def do_get(self: _Site) -> None:
        self.harm = harm
        plain(self)  # type: ignore[operator]

    return do_get


@pytest.mark.parametrize("tail", ["", "/", "/log", "/log/"])
def test_a_log_is_read_from_its_site(site: str, tail: str) -> None:
    report = verify_log(site + tail, publication=f"{VILLAGE}-290")
    assert report.ok, report.lines


@pytest.mark.parametrize("kind", ["redirect", "endless", "nonsense"])
@pytest.mark.parametrize(
    "path",
    ["/log/vkey", "/log/checkpoint", "/log/tile/0/000", "/log/tile/entries/000", f"/p/{VILLAGE}-290.json"],
)
def test_a_site_that_misbehaves_fails(site: str, harm: dict[str, str], kind: str, path: str) -> None:
    harm[path] = kind
    report = verify_log(site, publication=f"{VILLAGE}-290")
    assert not report.ok


def test_a_slow_site_is_not_waited_for(
    site: str, harm: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    harm["/log/tile/entries/000"] = "endless"
    monkeypatch.setattr(source, "_DEADLINE", -1)
    assert not verify_log(site).ok


def test_the_command_needs_no_django_and_no_database(tmp_path: Path) -> None:
    folder = logs.write(tmp_path, logs.statements(5))
    code = (
        "import sys; sys.modules['django'] = None; sys.modules['mingbai.kernel'] = None\n"
        "from mingbai.merkle.__main__ import main\n"
        f"sys.exit(main([{str(folder)!r}, '--key', {vkey(logs.NAME, logs.KEY.public_key().public_bytes_raw())!r}]))"
    )
    root = Path(source.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(root)},
    )
    assert done.returncode == 0, done.stderr
    assert "验过了，没有改过。" in done.stdout
