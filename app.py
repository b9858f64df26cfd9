"""The application: the Streamlit script, the routes beside it, the middleware around it, and its life."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit import config

from components.pad import render_view
from content.loader import whole_pack
from content.problems import PackError
from state.collecting import collect_at_rest, spare_what_is_loaded
from state.forgetting import strike_daily
from state.identity import Identity
from state.live import Hub
from state.presence import keep_presence
from state.session import Comptoir, comptoir, install
from state.settings import SettingsError, read_settings
from state.stores.opening import open_store
from web.draining import Life, drain_on_signal
from web.logs import write_logs
from web.measured_store import measured
from web.metrics import Metrics, metrics_served
from web.middleware import middleware
from web.routes import routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parent
# Threads that draw pages give way to those that acknowledge votes after half a millisecond rather than five.
_SWITCH_SECONDS = 0.0005


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the store before the first request, and close it after the last."""
    store = open_store(SETTINGS.data / "cafes", database=SETTINGS.database)
    try:
        hub = Hub(measured(store, METRICS), render=render_view)
        loop = asyncio.get_running_loop()
        application = Comptoir(hub, Identity(SETTINGS.secret), PACK, SETTINGS, loop)
        install(application)
        write_logs(SETTINGS.secret)
        keeping = [
            asyncio.create_task(hub.keep_alive()),
            asyncio.create_task(keep_presence(hub)),
            asyncio.create_task(collect_at_rest(hub)),
            asyncio.create_task(strike_daily(hub, days=SETTINGS.retention_days)),
        ]
        if SETTINGS.database:
            # Whoever keeps cafés in a folder does not wait for the driver.
            from state.following import follow  # noqa: PLC0415

            keeping.append(asyncio.create_task(follow(hub, application.carnets, SETTINGS.database)))
        drain_on_signal(LIFE, hub, loop, store.close)
        _warm_up()
        try:
            with metrics_served(METRICS, SETTINGS.metrics):
                yield
        finally:
            hub.drain()
            await application.rehearsals.stop()
            for task in keeping:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            install(None)
    finally:
        await asyncio.to_thread(store.close)


def _warm_up() -> None:
    """Import what pages draw with before anybody waits for it."""
    import altair  # noqa: F401, ICN001, PLC0415
    import pandas  # noqa: F401, ICN001, PLC0415

    import components.activities  # noqa: PLC0415
    import components.console  # noqa: PLC0415
    import components.projection  # noqa: PLC0415

    components.activities.warm_up()
    sys.setswitchinterval(_SWITCH_SECONDS)
    spare_what_is_loaded()


def _base_path() -> str:
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


try:
    SETTINGS = read_settings()
    PACK = whole_pack(SETTINGS.packs)
except (SettingsError, PackError) as error:
    sys.exit(str(error))

LIFE = Life()
METRICS = Metrics(lambda: comptoir().hub, LIFE)

app = st.App(
    ROOT / "pages" / "router.py",
    lifespan=lifespan,
    routes=routes(comptoir, _base_path(), SETTINGS.provider, metrics=METRICS, life=LIFE),
    middleware=middleware(cache=ROOT / ".cache", public_url=SETTINGS.public_url, base_url=_base_path()),
)
