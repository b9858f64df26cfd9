"""What stands between a browser and Streamlit: headers, refusals, ready compressed files, the shell in French."""

from pathlib import Path

from starlette.middleware import Middleware

from web.logs import RequestIds
from web.middleware.html_shell import HtmlShell
from web.middleware.origin import SameOriginSockets
from web.middleware.security import SecurityHeaders
from web.middleware.uploads import RefuseUploads

__all__ = ["middleware"]


def middleware(*, cache: Path | None = None, public_url: str = "", base_url: str = "") -> list[Middleware]:
    """Give them outermost first, for `st.App(middleware=…)`.

    `cache` is the folder of caches (default: the repository's `.cache`), where compressed files are kept under
    `static/<Streamlit's version>`; `public_url` is where people reach the app, if it is set; `base_url` is Streamlit's
    `server.baseUrlPath`.
    """
    # Imported here, so that `python -m web.middleware.static_files` does not find itself imported already.
    from web.middleware.precompress import cache_within, default_cache  # noqa: PLC0415
    from web.middleware.static_files import PrecompressedStatic  # noqa: PLC0415

    kept = default_cache() if cache is None else cache_within(cache)

    return [
        Middleware(RequestIds),
        # First, so that refusals and static files carry them too.
        Middleware(SecurityHeaders, https=public_url.startswith("https://")),
        Middleware(SameOriginSockets, public_url=public_url),
        Middleware(RefuseUploads),
        Middleware(PrecompressedStatic, cache=kept, base_url=base_url),
        Middleware(HtmlShell, base_url=base_url),
    ]
