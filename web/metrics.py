"""What is counted of a running process, for Prometheus: how many and how fast; never who, what, nor which café."""

from __future__ import annotations

import time
from contextlib import aclosing, contextmanager
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator

    from state.live import Hub, Room
    from state.settings import MetricsAccess
    from web.draining import Life

# Seconds: from what nobody notices to what everybody does. Few, for each is a step of every observation.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """Every instrument, in a registry of its own. Cheap enough for the way of an answer (docs/decisions/0026)."""

    def __init__(self, hub: Callable[[], Hub], life: Life) -> None:
        """`hub` is looked up at each reading; it may raise `RuntimeError` while there is none."""
        registry = self.registry = CollectorRegistry()
        self.answers = Counter("comptoir_answers", "Answers kept, changes of answer included.", registry=registry)
        self.records = Counter("comptoir_records", "Events kept, of every kind.", registry=registry)
        self.acknowledgement = Histogram(
            "comptoir_acknowledgement_seconds",
            "From an answer or a note being received to its being acknowledged, once durable.",
            buckets=_BUCKETS,
            registry=registry,
        )
        self.fan_out = Histogram(
            "comptoir_fan_out_seconds",
            "From a new view being made to its being written to one phone.",
            buckets=_BUCKETS,
            registry=registry,
        )
        self.append = Histogram(
            "comptoir_store_append_seconds",
            "From events being given to the store to their being durable.",
            buckets=_BUCKETS,
            registry=registry,
        )
        self.waiting = Gauge("comptoir_store_queue_length", "Appends that wait to be durable.", registry=registry)
        self.store_errors = Counter(
            "comptoir_store_errors", "Appends that were not kept.", labelnames=["kind"], registry=registry
        )
        self.errors = Counter("comptoir_errors", "Requests refused or failed.", labelnames=["kind"], registry=registry)
        self.streams = Gauge("comptoir_stream_clients", "Streams open now.", labelnames=["kind"], registry=registry)
        for kind in ("stream", "watch"):
            self.streams.labels(kind)
        draining = Gauge("comptoir_draining", "1 once this process was asked to stop.", registry=registry)
        draining.set_function(lambda: life.leaving)
        # Counted at each reading, rather than at each change.
        registry.register(_Rooms(hub))
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)

    async def follow(self, kind: str, frames: AsyncGenerator[bytes, None], room: Room) -> AsyncGenerator[bytes, None]:
        """A stream of `room`, counted while it is open; each new view is timed once it is written."""
        clients = self.streams.labels(kind)
        clients.inc()
        seen = room.frame
        try:
            async with aclosing(frames):
                async for chunk in frames:
                    # Taken before the frame is sent: the room may have gone further once it is.
                    frame = room.frame
                    yield chunk
                    if frame is not seen and chunk.endswith(frame.body + b"\n\n"):
                        seen = frame
                        self.fan_out.observe(time.monotonic() - frame.at)
        finally:
            clients.dec()


@contextmanager
def metrics_served(metrics: Metrics, access: MetricsAccess) -> Iterator[None]:
    """Serve them at the address of their own that the settings give, if they do.

    Raises:
        OSError: it cannot be listened to.
    """
    if not access.port:
        yield
        return
    server, thread = start_http_server(access.port, access.host, metrics.registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Rooms(Collector):
    def __init__(self, hub: Callable[[], Hub]) -> None:
        self._hub = hub

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Names alone: nothing is looked at before somebody asks."""
        yield _cafes(0)
        yield _participants(0)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            rooms = self._hub().rooms
        except RuntimeError:  # the application is not there yet, or no more
            rooms = ()
        cafes = [room.cafe for room in rooms if not room.cafe.closed]
        yield _cafes(len(cafes))
        yield _participants(sum(len(cafe.participants) for cafe in cafes))


def _cafes(number: int) -> GaugeMetricFamily:
    return GaugeMetricFamily("comptoir_cafes_open", "Rooms in memory whose gathering is not closed.", value=number)


def _participants(number: int) -> GaugeMetricFamily:
    return GaugeMetricFamily("comptoir_participants", "People who entered those rooms.", value=number)
