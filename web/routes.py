"""Every address of the app that is not a page, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute, Route

from web.api import Api
from web.cafe_files import CafeFiles
from web.carnets import Carnets
from web.draining import Life
from web.exports import Exports
from web.films import Files
from web.guards import answering
from web.health import Health
from web.links import Links
from web.measuring import measuring
from web.metrics import Metrics
from web.pad import send_script
from web.renewals import Renewals

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from state.session import Comptoir
    from state.settings import Provider


def routes(
    comptoir: Callable[[], Comptoir],
    base: str = "",
    provider: Provider | None = None,
    *,
    metrics: Metrics | None = None,
    life: Life | None = None,
) -> list[BaseRoute]:
    """The routes under `base` (empty, or `/path`). The application is looked up when a request comes.

    Those of logging in are there where there is a `provider` to log in with. `metrics` counts what goes through them;
    `life` says when the process is about to stop.
    """
    alive = life or Life()
    counted = metrics or Metrics(lambda: comptoir().hub, alive)

    def api(
        name: str,
        path: str,
        method: str = "GET",
        handlers: type[Api | CafeFiles | Carnets | Exports | Files | Renewals] = Api,
    ) -> Route:
        async def handle(request: Request) -> Response:
            handler = getattr(handlers(comptoir()), name)
            return await answering(handler)(request)

        return Route(f"{base}{path}", measuring(handle, name, comptoir, counted, alive), methods=[method], name=name)

    def health(name: str, path: str) -> Route:
        async def handle(request: Request) -> Response:
            handler: Any = getattr(Health(comptoir(), counted, alive), name)
            return await answering(handler)(request)

        return Route(f"{base}{path}", handle, methods=["GET"], name=name)

    def link(name: str, path: str) -> Route:
        async def follow(request: Request) -> Response:
            response: Response = await getattr(Links(comptoir(), base), name)(request)
            return response

        return Route(f"{base}{path}", follow, methods=["GET"], name=name)

    return [
        *(login_routes(comptoir, base, provider) if provider else ()),
        link("join", "/c/{code}"),
        link("register", "/i/{code}"),
        link("facilitate", "/animer/{cafe}/{token}"),
        link("project", "/projeter/{cafe}/{token}"),
        link("offer_carnet", "/carnet/{secret}"),
        api("change_carnet", "/api/carnet", "POST", Carnets),
        api("stream", "/api/cafes/{cafe}/stream"),
        api("watch", "/api/cafes/{cafe}/watch"),
        api("state", "/api/cafes/{cafe}/state"),
        api("pseudonym", "/api/cafes/{cafe}/pseudonym"),
        api("join", "/api/cafes/{cafe}/join", "POST"),
        api("answer", "/api/cafes/{cafe}/answers", "POST"),
        api("erase", "/api/cafes/{cafe}/erase", "POST"),
        api("renew_link", "/api/cafes/{cafe}/link", "POST", Renewals),
        api("note", "/api/cafes/{cafe}/notes", "POST"),
        api("bring_cafe", "/api/cafes", "PUT", CafeFiles),
        api("export", "/api/cafes/{cafe}/exports/{name}", handlers=Exports),
        api("bring_film", "/api/cafes/{cafe}/films/{step}", "PUT", Files),
        api("film", "/api/films/{cafe}/{name}", handlers=Files),
        Route(f"{base}/api/pad/{{name}}", answering(send_script), name="pad_script"),
        api("picture", "/api/pictures/{name}", handlers=Files),
        api("health", "/api/health"),
        health("live", "/api/health/live"),
        health("ready", "/api/health/ready"),
        health("metrics", "/metrics"),
        api("nothing", "/api/{path:path}"),
    ]


def login_routes(comptoir: Callable[[], Comptoir], base: str, provider: Provider) -> list[BaseRoute]:
    """The routes by which people log in and out."""
    # Imported here: an instance without a provider loads nothing of this.
    from web.login import Login  # noqa: PLC0415
    from web.provider import Doors  # noqa: PLC0415

    doors = Doors(provider)

    def route(name: str, path: str) -> Route:
        async def handle(request: Request) -> Response:
            response: Response = await getattr(Login(comptoir(), provider, doors, base), name)(request)
            return response

        return Route(f"{base}{path}", handle, methods=["GET"], name=name)

    return [
        route("leave", "/connexion"),
        route("come_back", "/connexion/retour"),
        route("log_out", "/deconnexion"),
    ]
