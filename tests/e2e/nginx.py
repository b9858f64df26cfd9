"""nginx before the app, configured by the very file that is given to whoever hosts."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Self

import httpx

from tests.e2e.server import ROOT, free_port

if TYPE_CHECKING:
    from pathlib import Path

NAME = "cafe.exemple.fr"
_START_SECONDS = 10.0


class Nginx:
    """Serves `https://127.0.0.1:port` for the app on `target`, with a certificate made for the occasion."""

    def __init__(self, folder: Path, target: int) -> None:
        binary = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
        assert binary, "nginx is not there; install it, then try again:  sudo apt-get install nginx-light"
        self.port = free_port()
        self.certificate = folder / "certificate.pem"
        self._folder = folder
        self._key = folder / "key.pem"
        self._target = target
        self._command = [binary, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._make_certificate()
        (self._folder / "nginx.conf").write_text(self._configuration(), encoding="utf-8")
        checked = subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        self._process = subprocess.Popen([*self._command, "-g", "daemon off;"])
        deadline = time.monotonic() + _START_SECONDS
        while not self._well():
            assert time.monotonic() < deadline, (self._folder / "error.log").read_text(encoding="utf-8")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(10)

    def _well(self) -> bool:
        try:
            return httpx.get(f"https://127.0.0.1:{self.port}/", verify=False).status_code == 302
        except httpx.TransportError:
            return False

    def _make_certificate(self) -> None:
        names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"]
        files = ["-keyout", str(self._key), "-out", str(self.certificate)]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files],
            check=True,
            capture_output=True,
        )

    def _configuration(self) -> str:
        """The file as it is, with only what each place changes: ports, certificates, the app's address."""
        site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        for wanted, here in {
            "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "server 127.0.0.1:8501 ": f"server 127.0.0.1:{self._target} ",
            f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(self.certificate),
            f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(self._key),
        }.items():
            assert site.count(wanted) == 1, wanted
            site = site.replace(wanted, here)
        kept = " ".join(
            f"{kind}_temp_path {self._folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return f"pid {self._folder / 'pid'};\nevents {{}}\nhttp {{\n{kept}\n{site}\n}}\n"
