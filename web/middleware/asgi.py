"""What these middlewares read of a request, at the cost of a few comparisons."""

from starlette.types import Scope


def base_path(base_url: str) -> str:
    """Give `""` or `"/cafe"` for Streamlit's `server.baseUrlPath`, with or without slashes around it."""
    trimmed = base_url.strip("/")
    return f"/{trimmed}" if trimmed else ""


def route_path(scope: Scope, base: str) -> str:
    """Give the path below the mount point (`root_path`) and below `base`, as Streamlit's own layers do."""
    path: str = scope["path"]
    root_path: str = scope.get("root_path", "")
    if root_path:
        path = _below(path, root_path.rstrip("/"))
    return _below(path, base) if base else path


def header(scope: Scope, name: bytes) -> bytes:
    """Give a request header's value, repeated ones joined by commas, or nothing."""
    return b",".join(value for key, value in scope["headers"] if key == name)


def _below(path: str, prefix: str) -> str:
    if path == prefix:
        return "/"
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
