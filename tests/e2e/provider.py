"""A real OpenID Connect provider in a process of its own, from packages of its own: they are not those of the app."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from tests.e2e.server import ROOT, free_port

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER = ROOT / "tests" / "provider"
_START_SECONDS = 60.0


class Provider:
    """Canaille on a free port, which knows the app at `public_url`."""

    def __init__(self, public_url: str, log: Path) -> None:
        self.issuer = f"http://localhost:{(port := free_port())}"
        self._log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [environment(), _FOLDER / "serve.py", str(port), public_url], stdout=output, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._well():
            assert self._process.poll() is None, f"the provider ended by itself:\n{self.said}"
            assert time.monotonic() < deadline, f"the provider did not start:\n{self.said}"
            time.sleep(0.05)

    @property
    def settings(self) -> dict[str, str]:
        """What the app has to be told to lead people here."""
        return {
            "COMPTOIR_OIDC_ISSUER": self.issuer,
            "COMPTOIR_OIDC_CLIENT_ID": "comptoir",
            "COMPTOIR_OIDC_CLIENT_SECRET": "the secret of the client",
            "COMPTOIR_OIDC_NAME": "le compte de la maison",
        }

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def _well(self) -> bool:
        with (
            suppress(URLError, OSError),
            urlopen(f"{self.issuer}/.well-known/openid-configuration", timeout=5) as reply,
        ):
            return bool(reply.status == 200)
        return False


def environment() -> Path:
    """The Python that has the provider's packages: made the first time, and again when they change."""
    wanted = (_FOLDER / "requirements.txt").read_bytes()
    folder = ROOT / ".cache" / "provider" / sha256(wanted + sys.version.encode()).hexdigest()[:12]
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    made = folder / ".made"
    if not made.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(_FOLDER / "requirements.txt")], check=True)
        made.touch()
    return python
