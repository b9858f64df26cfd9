from __future__ import annotations

import pytest

from tests.web.middleware.fakes import Inner, ask
from web.middleware.uploads import RefuseUploads


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/upload_file/session/file",
        "/_stcore/upload_file",
        "/cafe/_stcore/upload_file/session/file",
        "//_stcore/upload_file/session/file",
        "/_stcore//upload_file//session/file",
        "/_stcore/./upload_file/session/file",
        "/_stcore\\upload_file/session/file",
        "/_STCORE/Upload_File/session/file",
        "/_stcore%2Fupload_file/session/file",
        "/%5Fstcore/upload%5Ffile/session/file",
        "/%255Fstcore/upload_file/session/file",
    ],
)
def test_upload_is_refused_however_its_path_is_written(path: str, method: str) -> None:
    inner = Inner()
    answer = ask(RefuseUploads(inner), path, method)
    assert answer.status == 403
    assert "fichiers" in answer.body.decode()
    assert inner.seen == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/agent",
        "/_stcore/metrics",
        "/_stcore//metrics",
        "/_stcore/Metrics/",
        "/participer/_stcore/agent/mcp",
        "/_stcore/%61gent/mcp",
    ],
)
def test_agent_and_metrics_are_not_found(path: str, method: str) -> None:
    inner = Inner()
    assert ask(RefuseUploads(inner), path, method).status == 404
    assert inner.seen == []


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/", "GET"),
        ("/participer", "GET"),
        ("/api/cafes/1/answers", "POST"),
        ("/_stcore/health", "GET"),
        ("/_stcore/host-config", "GET"),
        ("/_stcore/upload_file/session/file", "OPTIONS"),
        ("/_stcore/upload_files_of_mine", "POST"),
        ("/_stcore/metricsandmore", "GET"),
        ("/100%", "GET"),
    ],
)
def test_the_rest_passes(path: str, method: str) -> None:
    assert ask(RefuseUploads(Inner()), path, method).body == b"inner"


def test_upload_passes_for_whom_it_is_allowed() -> None:
    app = RefuseUploads(Inner(), allowed=lambda scope: (b"x-who", b"facilitator") in scope["headers"])
    path = "/_stcore/upload_file/session/file"
    assert ask(app, path, "PUT", headers={"x-who": "facilitator"}).status == 200
    assert ask(app, path, "PUT", headers={"x-who": "participant"}).status == 403


def test_path_encoded_over_and_over_is_read_in_bounded_time() -> None:
    endless = "/%" + "25" * 30_000 + "5Fstcore/upload_file/a"
    assert ask(RefuseUploads(Inner()), endless, "PUT").status == 200
