"""What is counted of a small café is right, says nothing of anybody, and is shown to nobody who has no business."""

from __future__ import annotations

import re
from dataclasses import replace
from socket import socket
from typing import TYPE_CHECKING, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from state.ports import Health, NotKept
from state.settings import MetricsAccess
from tests.state.cafes import CODE, ONE, TOKEN, WORDS, goes
from tests.web.site import API, CAFE, Site, refused, visit
from web.draining import Life
from web.measured_store import measured
from web.metrics import Metrics, metrics_served
from web.routes import routes

if TYPE_CHECKING:
    import httpx

BEARER = "un jeton de trente-deux signes au moins".replace(" ", "-")


def watched(site: Site, *, token: str = BEARER) -> tuple[Metrics, Life]:
    """Have all that a site does from now on counted, and told to bearers of the token."""
    life = Life()
    metrics = Metrics(lambda: site.comptoir.hub, life)
    site.comptoir.settings = replace(site.comptoir.settings, metrics=MetricsAccess(token))
    site.app = Starlette(routes=routes(lambda: site.comptoir, metrics=metrics, life=life))
    site.room._store = measured(site.store, metrics)
    return metrics, life


def samples(text: str) -> dict[str, float]:
    """Value by name and labels, of an exposition."""
    return {
        sample.name + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def read(site: Site) -> dict[str, float]:
    answer = await site.browser().get("/metrics", headers={"Authorization": f"Bearer {BEARER}"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return samples(answer.text)


async def answers(browser: httpx.AsyncClient, value: str, key: str, question: str = ONE) -> int:
    body = {"question": question, "value": value, "key": key}
    return (await browser.post(f"{API}/answers", json=body)).status_code


def test_the_figures_of_a_small_cafe_are_right() -> None:
    async def scenario(site: Site) -> None:
        watched(site)
        ada, bob = await site.participant(pseudonym="Ada"), await site.participant(pseudonym="Bob")
        await site.do(goes(ONE))
        stream = site.listen(ada)
        await stream.until(lambda one: one.named("view"))
        assert await answers(ada, "a", "k1") == 200
        assert await answers(ada, "a", "k1") == 200  # the same again: acknowledged, and counted once
        assert await answers(bob, "b", "k1") == 200
        assert await answers(bob, "no such choice", "k2") == 422
        site.store.append_errors = [NotKept("disk full")]
        assert await answers(bob, "a", "k3") == 503
        now = await read(site)
        assert now["comptoir_cafes_open"] == 1
        assert now["comptoir_participants"] == 2
        assert now["comptoir_answers_total"] == 2
        assert now["comptoir_acknowledgement_seconds_count"] == 3
        assert now["comptoir_errors_total kind=not-a-choice"] == 1
        assert now["comptoir_errors_total kind=not-kept"] == 1
        assert now["comptoir_store_errors_total kind=NotKept"] == 1
        assert now["comptoir_store_queue_length"] == 0
        assert now["comptoir_stream_clients kind=stream"] == 1
        assert now["comptoir_stream_clients kind=watch"] == 0
        before = now["comptoir_fan_out_seconds_count"]
        await site.do(goes(WORDS))
        await stream.until(lambda one: len(one.named("view")) >= 2)
        await stream.leave()
        later = await read(site)
        assert later["comptoir_fan_out_seconds_count"] > before
        assert later["comptoir_fan_out_seconds_sum"] < 5
        assert later["comptoir_stream_clients kind=stream"] == 0

    visit(scenario)


def test_no_name_answer_token_nor_cafe_is_in_the_metrics() -> None:
    async def scenario(site: Site) -> None:
        metrics, _ = watched(site)
        ada = await site.participant(pseudonym="Prénom-marqueur")
        await site.do(goes(WORDS))
        await answers(ada, "réponse-marqueur", "clé", WORDS)
        await answers(ada, "réponse-marqueur", "k", WORDS)
        said = metrics.text().decode()
        for marker in ("marqueur", CAFE, CODE, TOKEN, BEARER, WORDS, site.person(ada), "127.0.0.1"):
            assert marker not in said
        labels = {
            name for family in text_string_to_metric_families(said) for one in family.samples for name in one.labels
        }
        assert labels <= {"kind", "le", "generation"}

    visit(scenario)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer"}, {"Authorization": "Bearer é"}, {"Authorization": BEARER}],
    ids=["nothing", "empty", "another", "no scheme"],
)
@pytest.mark.parametrize("token", ["", BEARER], ids=["off", "on"])
def test_visitors_see_no_metrics(headers: dict[str, str], token: str) -> None:
    async def scenario(site: Site) -> None:
        watched(site, token=token)
        for browser in (site.browser(), site.facilitator(TOKEN), await site.participant()):
            sent = [(name.encode(), value.encode()) for name, value in headers.items()]
            refused(await browser.get("/metrics", headers=sent), 404, "no-route")

    visit(scenario)


def test_metrics_may_have_an_address_of_their_own() -> None:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    metrics = Metrics(nobody, Life())
    with metrics_served(metrics, MetricsAccess("", "127.0.0.1", port)), urlopen(f"http://127.0.0.1:{port}") as reply:
        assert samples(reply.read().decode())["comptoir_cafes_open"] == 0
    with pytest.raises(URLError), urlopen(f"http://127.0.0.1:{port}"):
        pass


def nobody() -> NoReturn:
    raise RuntimeError


def test_a_process_is_alive_while_it_answers_and_ready_while_it_may_be_sent_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scenario(site: Site) -> None:
        metrics, life = watched(site)
        browser = site.browser()

        async def statuses() -> list[int]:
            return [(await browser.get(f"/api/health/{name}")).status_code for name in ("live", "ready")]

        assert await statuses() == [200, 200]
        monkeypatch.setattr(site.store, "check", lambda: Health(writable=False))
        assert await statuses() == [200, 503]
        monkeypatch.undo()
        life.leaving = True
        assert await statuses() == [200, 503]
        assert "s’arrête" in (await browser.get("/api/health/ready")).json()["message"]
        assert samples(metrics.text().decode())["comptoir_draining"] == 1

    visit(scenario)


def test_streams_end_with_a_word_that_says_when_to_come_back() -> None:
    async def scenario(site: Site) -> None:
        _, life = watched(site)
        ada = await site.participant()
        stream = site.listen(ada)
        await stream.until(lambda one: one.events)
        life.leaving = True
        site.comptoir.hub.drain()
        await stream.until(lambda one: one.over)
        late = site.listen(ada)
        await late.until(lambda one: one.over)
        assert late.status == 200  # a browser comes back from that, and from no error
        assert b"event: view" not in late.body
        for one in (stream, late):
            wait = re.search(rb"retry: (\d+)\n\n$", one.body)
            assert wait is not None
            assert 200 <= int(wait[1]) < 1_000

    visit(scenario)
