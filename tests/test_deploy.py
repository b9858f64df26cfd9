"""What is given to whoever hosts: read by the tools that will read it, and about things that exist."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from prometheus_client.parser import text_string_to_metric_families

from tests.web.test_metrics import nobody
from web.draining import Life
from web.metrics import Metrics

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
TOOLS = Path(sys.executable).parent


def said_by(*command: str | Path, **environment: str) -> str:
    """What a tool says; it must be content."""
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


# The image


def dockerfile() -> str:
    return (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")


def copied() -> list[str]:
    """What the image takes of the repository."""
    return re.findall(r"^COPY (?!--)(\S+) ", dockerfile(), re.MULTILINE)


def test_the_image_is_written_as_its_linter_wants() -> None:
    assert said_by(TOOLS / "hadolint", DEPLOY / "Dockerfile") == ""


def test_the_image_has_no_root_and_installs_what_was_tried() -> None:
    final = dockerfile().rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!0|root)\w+", final, re.MULTILINE)
    assert "HEALTHCHECK" in final
    assert "pip" not in final
    assert "--require-hashes -r requirements.txt" in dockerfile()


def test_what_the_image_copies_is_sent_and_is_enough(tmp_path: Path) -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line.removeprefix("!") for line in ignored if line.startswith("!")} == set(copied())
    for name in copied():
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    # All that it will draw with is imported, from there and from nowhere else.
    program = (
        "import app, pathlib, components.activities, components.console, components.projection, web.routes\n"
        "assert pathlib.Path(web.routes.__file__).is_relative_to(pathlib.Path.cwd())\n"
        "print(len(app.PACK.activities))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "COMPTOIR_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) > 10


# What runs it


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_compose_names_what_it_declares() -> None:
    whole = compose()
    services, networks, volumes = whole["services"], whole["networks"], whole["volumes"]
    assert {"app-1", "app-2", "postgres", "proxy"} == set(services)
    for name, service in services.items():
        assert set(service["networks"]) <= set(networks), name
        assert set(service.get("depends_on", [])) <= set(services), name
        for source in (volume.partition(":")[0] for volume in service["volumes"]):
            assert (DEPLOY / source).is_file() if source.startswith(".") else source in volumes, source


def test_only_the_proxy_is_open_to_the_world() -> None:
    services = compose()["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "database" not in services["proxy"]["networks"]
    assert compose()["networks"]["database"]["internal"]


def test_both_processes_are_told_the_same_and_no_secret_is_written_here() -> None:
    services = compose()["services"]
    assert services["app-1"] == services["app-2"]
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    example = (DEPLOY / "example.env").read_text(encoding="utf-8")
    assert asked == set(re.findall(r"^(\w+)=$", example, re.MULTILINE))
    # Ten seconds to end, and a little more before it is killed.
    assert services["app-1"]["stop_grace_period"] == "12s"


def test_caddy_reads_its_file() -> None:
    said = said_by(
        *(TOOLS / "caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"),
        COMPTOIR_HOST="cafe.exemple.fr",
    )
    assert "Valid configuration" in said


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here to read its unit")
def test_systemd_reads_its_unit_and_finds_it_closed(tmp_path: Path) -> None:
    unit = (DEPLOY / "systemd" / "comptoir.service").read_text(encoding="utf-8")
    # Only a program that exists may be named.
    here = tmp_path / "comptoir.service"
    here.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={shutil.which('true')}", unit, flags=re.MULTILINE))
    assert said_by("systemd-analyze", "verify", here) == ""
    level = re.search(
        r"exposure level for \S+: ([\d.]+)", said_by("systemd-analyze", "security", "--offline=true", here)
    )
    assert level is not None
    assert float(level[1]) < 2


# What is watched


@cache
def exposed() -> set[str]:
    """The name of every series that a process exposes, once something of each kind has happened."""
    metrics = Metrics(nobody, Life())
    for family in (metrics.errors, metrics.store_errors):
        family.labels("example")
    families = text_string_to_metric_families(metrics.text().decode())
    return {sample.name for family in families for sample in family.samples}


def questions() -> list[str]:
    """Every query of the dashboard and of the alerts."""
    dashboard = json.loads((DEPLOY / "grafana" / "comptoir.json").read_text(encoding="utf-8"))
    alerts = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    return [
        *(target["expr"] for panel in dashboard["panels"] for target in panel["targets"]),
        *(rule["expr"] for group in alerts["groups"] for rule in group["rules"]),
    ]


@pytest.mark.parametrize("question", questions())
def test_what_is_asked_of_prometheus_exists(question: str) -> None:
    plain = re.sub(r"\{[^}]*\}|\[[^\]]*\]|by \([^)]*\)", "", question)
    named = set(re.findall(r"\b(?:comptoir|process|python)_\w+", plain))
    assert named <= exposed()
    assert named or plain.startswith(("up", "sum(up"))
    assert question.count("(") == question.count(")")
    # A counter says nothing but by what it gains; a gauge gains nothing.
    for name in named:
        asked_by_rate = re.search(rf"(?:rate|increase)\({name}\b", plain) is not None
        assert asked_by_rate == name.endswith(("_total", "_bucket")), name


def test_all_that_is_ours_is_looked_at() -> None:
    asked = " ".join(questions())
    ours = {
        re.sub(r"_(total|bucket|sum|count|created)$", "", name) for name in exposed() if name.startswith("comptoir_")
    }
    assert [name for name in sorted(ours) if name not in asked] == []


def test_every_alert_says_what_to_do() -> None:
    alerts = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    rules = [rule for group in alerts["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules) > 5
    for rule in rules:
        assert set(rule["annotations"]) == {"summary", "action"}
        assert rule["labels"]["severity"] in {"critical", "warning"}


def test_panels_of_the_dashboard_stand_side_by_side() -> None:
    panels = json.loads((DEPLOY / "grafana" / "comptoir.json").read_text(encoding="utf-8"))["panels"]
    taken = [
        (place["x"] + right, place["y"] + down)
        for place in (panel["gridPos"] for panel in panels)
        for right in range(place["w"])
        for down in range(place["h"])
    ]
    assert len(set(taken)) == len(taken)
    assert max(x for x, _ in taken) < 24


# What is told

# What Streamlit, its server and the stores read for themselves, which the guide names as well.
OTHERS = {
    "DATABASE_URL",
    "STREAMLIT_SERVER_PORT",
    "STREAMLIT_SERVER_ADDRESS",
    "STREAMLIT_SERVER_BASE_URL_PATH",
    "FORWARDED_ALLOW_IPS",
}


def test_the_guide_has_each_setting_that_the_code_reads() -> None:
    """Both ways: none is left out, none is told that nothing reads."""
    code = (ROOT / "state" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(COMPTOIR_\w+|DATABASE_URL)"', code))
    guide = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE))
    assert told - OTHERS == {name for name in read if not name.endswith("_")} - OTHERS
    assert told >= OTHERS


def test_files_given_to_hosts_set_only_what_exists() -> None:
    known = set(
        re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    text = (DEPLOY / "systemd" / "comptoir.service").read_text(encoding="utf-8") + dockerfile()
    assert set(re.findall(r"\b(COMPTOIR_\w+|STREAMLIT_\w+)=", text)) <= known
    assert set(compose()["services"]["app-1"]["environment"]) <= known


def test_every_file_of_the_folder_is_told_in_the_guide() -> None:
    guide = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    files = [path.relative_to(ROOT).as_posix() for path in DEPLOY.rglob("*") if path.is_file() and path.name != ".env"]
    assert [name for name in files if name not in guide] == []
