"""What stands between a browser and Streamlit: headers, refusals, ready compressed files, the shell in French."""

from pathlib import Path

from starlette.middleware import Middleware

from web.middleware.html_shell import HtmlShell
from web.middleware.security import SecurityHeaders
from web.middleware.uploads import RefuseUploads

__all__ = ["middleware"]


def middleware(*, cache: Path | None = None, https: bool = False, base_url: str = "") -> list[Middleware]:
    """Give them outermost first, for `st.App(middleware=…)`.

    `cache` holds the compressed files (default: `.cache/static/<Streamlit's version>`), `https` tells whether the
    app is reached by HTTPS only, `base_url` is Streamlit's `server.baseUrlPath`.
    """
    # Imported here, so that `python -m web.middleware.static_files` does not find itself imported already.
    from web.middleware.static_files import PrecompressedStatic  # noqa: PLC0415

    return [
        Middleware(SecurityHeaders, https=https),  # first, so that refusals and static files carry them too
        Middleware(RefuseUploads),
        Middleware(PrecompressedStatic, cache=cache, base_url=base_url),
        Middleware(HtmlShell, base_url=base_url),
    ]
