"""Every answer says what a browser may do with it; an answer with headers of its own keeps them."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SOURCES = {
    "default-src": "'self'",
    # A components-v2 component is loaded as a module from a blob. Nothing needs 'unsafe-eval', Altair's charts
    # included. Only protobuf's 64-bit arithmetic would use WebAssembly, and does without when it is refused.
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit's front end writes its styles into the page
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' ws: wss:",
    "worker-src": "'self' blob:",
    "media-src": "'self' blob: https:",
    "frame-ancestors": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
}
_CONTENT_SECURITY_POLICY = "; ".join(f"{kind} {sources}" for kind, sources in _SOURCES.items())
_REFUSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
_PERMISSIONS_POLICY = ", ".join([*(f"{feature}=()" for feature in _REFUSED_FEATURES), "screen-wake-lock=(self)"])

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_ON_DOCUMENTS = (
    (b"content-security-policy", _CONTENT_SECURITY_POLICY.encode()),
    (b"permissions-policy", _PERMISSIONS_POLICY.encode()),
    (b"x-frame-options", b"SAMEORIGIN"),
)
_OVER_HTTPS = (
    (b"strict-transport-security", b"max-age=31536000"),
    # Browsers ignore it over plain HTTP, and complain.
    (b"cross-origin-opener-policy", b"same-origin"),
)


class SecurityHeaders:
    """Add what an answer lacks of the headers above; `https` promises that the app is reached by HTTPS only."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._always = _ALWAYS + _OVER_HTTPS if https else _ALWAYS
        self._on_documents = self._always + _ON_DOCUMENTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                is_document = headers.get(b"content-type", b"").startswith(b"text/html")
                wanted = self._on_documents if is_document else self._always
                added = [pair for pair in wanted if pair[0] not in headers]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, send_with_headers)
