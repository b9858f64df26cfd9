"""A backup taken while people answer gives back what was kept; what is damaged or deleted does not come back."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import httpx
import pytest

from content.catalogue import t, tn
from state.__main__ import main
from state.domain.events import Record
from state.domain.folding import fold
from state.exports.tables import french_csv
from state.settings import SECRET_FILE
from state.stores.tinydb_store import TinyDBStore
from tests.e2e.server import ROOT, Server
from tests.state.cafes import CODE, START, WORDS, answers, created, goes, joins
from tests.state.stores.fakes import bury
from tests.state.stores.samples import CAFE, OTHER, fill, flip, history

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.state.cafes import Decision

    Run = Callable[..., int]

FILM = f"films/{CAFE}/{'a' * 32}.mp4"


def exported(records: Sequence[Record]) -> bytes:
    """Everything that a café's history says, as its fullest file does."""
    return b"".join(french_csv(fold(records), names=True))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(command: str, archive: Path, data: Path) -> int:
        monkeypatch.setenv("COMPTOIR_DATA", str(data))
        return main([command, str(archive)])

    return run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two cafés, a video, a secret."""
    folder = tmp_path / "data"
    store = TinyDBStore(folder / "cafes")
    fill(store, 5)
    store.compact(CAFE)
    store.append(CAFE, history(3, first=6)).result(10)
    fill(store, 2, OTHER)
    bury(store)
    (folder / FILM).parent.mkdir(parents=True)
    (folder / FILM).write_bytes(b"un film")
    (folder / SECRET_FILE).write_text("s" * 40)
    return folder


def loaded(data: Path, cafe: str = CAFE) -> Sequence[Record]:
    store = TinyDBStore(data / "cafes")
    try:
        return store.load(cafe)
    finally:
        store.close()


def test_what_was_saved_is_put_back_for_its_owner_only(run: Run, data: Path, tmp_path: Path) -> None:
    archive, other = tmp_path / "sauvegarde", tmp_path / "ailleurs"
    assert run("backup", archive, data) == 0
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert run("restore", archive, other) == 0
    assert list(loaded(other)) == history(8)
    assert list(loaded(other, OTHER)) == history(2)
    assert (other / FILM).read_bytes() == b"un film"
    assert (other / SECRET_FILE).read_text() == "s" * 40
    modes = {stat.S_IMODE(path.stat().st_mode) for path in other.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_a_deleted_cafe_comes_back_from_no_backup(
    run: Run, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "sauvegarde"
    run("backup", archive, data)
    store = TinyDBStore(data / "cafes")
    store.erase(CAFE)
    store.erase(OTHER)
    store.close()
    (data / FILM).unlink()
    assert run("restore", archive, data) == 0
    assert tn("backup.erased", 2) in capsys.readouterr().out
    assert not (data / FILM).exists()
    assert [path for path in (data / "cafes").iterdir() if path.suffix in {".json", ".journal"}] == []
    later = tmp_path / "apres"
    (data / "cafes" / "x.json").unlink(missing_ok=True)
    assert run("backup", later, data) == 0
    assert run("restore", later, tmp_path / "neuf") == 0
    assert {path.name for path in (tmp_path / "neuf/cafes/erased").iterdir()} == {CAFE, OTHER}


def test_an_archive_is_rid_of_the_cafes_deleted_since(
    run: Run, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "sauvegarde"
    run("backup", archive, data)
    before = archive.read_bytes()
    assert run("prune", archive, data) == 0
    assert archive.read_bytes() == before
    store = TinyDBStore(data / "cafes")
    store.erase(CAFE)
    store.close()
    capsys.readouterr()
    assert run("prune", archive, data) == 0
    assert capsys.readouterr().out.splitlines() == [tn("backup.done_prune", 1), tn("backup.pruned", 1)]
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert [name for name in names if CAFE in name] == [f"cafes/erased/{CAFE}"]
    # Elsewhere too, where nothing says that it was deleted, nothing of it comes back.
    other = tmp_path / "ailleurs"
    assert run("restore", archive, other) == 0
    assert list(loaded(other, OTHER)) == history(2)
    assert not (other / FILM).exists()
    assert (other / SECRET_FILE).read_text() == "s" * 40


def test_an_archive_that_cannot_be_pruned_stays_as_it_is(run: Run, data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "sauvegarde"
    run("backup", archive, data)
    store = TinyDBStore(data / "cafes")
    store.erase(CAFE)
    store.close()
    flip(archive, archive.stat().st_size // 2)
    damaged = archive.read_bytes()
    assert run("prune", archive, data) == 1
    assert archive.read_bytes() == damaged
    assert run("prune", tmp_path / "absente", data) == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_line_being_written_is_left_out(run: Run, data: Path, tmp_path: Path) -> None:
    with (data / "cafes" / f"{CAFE}.journal").open("ab") as journal:
        journal.write(b"0123abcd 200 9 1 {")
    assert run("backup", tmp_path / "sauvegarde", data) == 0
    assert run("restore", tmp_path / "sauvegarde", tmp_path / "ailleurs") == 0
    assert list(loaded(tmp_path / "ailleurs")) == history(8)


def test_a_damaged_cafe_is_left_out_and_named(
    run: Run, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flip(data / "cafes" / f"{CAFE}.json", 50)
    assert run("backup", tmp_path / "sauvegarde", data) == 2
    assert CAFE in capsys.readouterr().err
    assert run("restore", tmp_path / "sauvegarde", tmp_path / "ailleurs") == 0
    assert list(loaded(tmp_path / "ailleurs", OTHER)) == history(2)


def refused(capsys: pytest.CaptureFixture[str], code: str, file: Path) -> bool:
    return capsys.readouterr().err.strip() == t(f"backup.refused_{code}", file=file)


def test_nothing_is_written_over(run: Run, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "sauvegarde"
    run("backup", archive, data)
    before = archive.read_bytes()
    assert run("backup", archive, data) == 1
    assert refused(capsys, "exists", archive)
    assert archive.read_bytes() == before
    assert run("restore", archive, data) == 1
    assert refused(capsys, "not-empty", archive)
    assert list(loaded(data)) == history(8)


def test_an_app_that_runs_is_not_restored_under(
    run: Run, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("backup", tmp_path / "sauvegarde", data)
    store = TinyDBStore(tmp_path / "ailleurs" / "cafes")
    assert run("restore", tmp_path / "sauvegarde", tmp_path / "ailleurs") == 1
    assert refused(capsys, "busy", tmp_path / "sauvegarde")
    store.close()


def test_what_is_missing_is_said(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", tmp_path / "sauvegarde", tmp_path / "rien") == 1
    assert refused(capsys, "nothing", tmp_path / "sauvegarde")
    assert run("restore", tmp_path / "sauvegarde", tmp_path / "rien") == 1
    assert refused(capsys, "missing", tmp_path / "sauvegarde")


def made_of(name: str, *, link: str = "") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        member = tarfile.TarInfo(name)
        if link:
            member.type, member.linkname = tarfile.SYMTYPE, link
        tar.addfile(member, io.BytesIO(b""))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "forged",
    [
        b"",
        b"pas une archive",
        made_of("../dehors"),
        made_of("/dehors"),
        made_of("cafes/../../dehors.json"),
        made_of(f"cafes/{CAFE}.json", link="/etc/passwd"),
        made_of("cafes/erased/../x.json"),
        made_of(f"cafes/{CAFE}.json"),
    ],
)
def test_what_is_no_backup_changes_nothing(
    run: Run, tmp_path: Path, forged: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, other = tmp_path / "sauvegarde", tmp_path / "ailleurs"
    archive.write_bytes(forged)
    assert run("restore", archive, other) == 1
    assert refused(capsys, "damaged", archive)
    assert [path.name for path in other.rglob("*") if path.is_file()] == [".lock"]
    assert not (tmp_path / "dehors").exists()


def test_a_changed_or_cut_archive_puts_nothing_back(run: Run, data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "sauvegarde"
    run("backup", archive, data)
    whole = archive.read_bytes()
    for number, spoilt in enumerate(
        [
            whole[: len(whole) // 2],
            whole[:-4],
            *(whole[:at] + bytes([whole[at] ^ 8]) + whole[at + 1 :] for at in (40, 200, len(whole) - 6)),
        ]
    ):
        archive.write_bytes(spoilt)
        assert run("restore", archive, tmp_path / f"ailleurs{number}") == 1
        assert not list((tmp_path / f"ailleurs{number}").rglob("*.json"))


# The real thing


def opened_for_answers(folder: Path) -> None:
    """A café where two questions are asked one after another, kept as the app would."""
    store = TinyDBStore(folder / "data" / "cafes")
    cafe, records = None, [Record(1, START, created())]
    asked: tuple[Decision, ...] = (joins("ada", pseudonym="=Ada"), goes(WORDS), answers("ada", WORDS, "mot;\n«œ»"))
    for decide in asked:
        cafe = fold(records)
        records += [Record(len(records) + 1 + n, START, event) for n, event in enumerate(decide(cafe))]
    store.append(CAFE, records).result(10)
    store.close()


@pytest.mark.browser
def test_a_backup_of_a_running_app_exports_what_the_original_does(tmp_path: Path) -> None:
    opened_for_answers(tmp_path)
    server = Server(tmp_path)
    server.start()
    base, stop = f"http://127.0.0.1:{server.port}", Event()
    kept: list[str] = []

    def phone(number: int) -> None:
        with httpx.Client(base_url=base, headers={"Origin": base}) as one:
            one.get(f"/c/{CODE}")
            one.post(f"/api/cafes/{CAFE}/join", json={"pseudonym": f"P{number}"}).raise_for_status()
            count = 0
            while not stop.is_set():
                count += 1
                body = {"question": WORDS, "value": f"mot {number}.{count}", "key": f"k{count}"}
                if one.post(f"/api/cafes/{CAFE}/answers", json=body).status_code == 200:
                    kept.append(body["value"])

    def saved(name: str) -> list[str]:
        """The answers acknowledged before a backup began."""
        before = list(kept)
        done = subprocess.run(
            [sys.executable, "-m", "state", "backup", str(tmp_path / name)],
            cwd=ROOT, env={"COMPTOIR_DATA": str(tmp_path / "data"), "PATH": ""}, capture_output=True, check=True,
        )  # fmt: skip
        assert done.stdout.decode().strip() == tn("backup.done_backup", 1)
        return before

    try:
        with ThreadPoolExecutor(4) as pool:
            phones = [pool.submit(phone, number) for number in range(4)]
            while len(kept) < 40 and not any(one.done() for one in phones):
                stop.wait(0.05)
            before = [saved("pendant"), saved("pendant-2")]
            stop.set()
            for one in phones:
                one.result()
        saved("apres")
    finally:
        stop.set()
        server.stop()
    original = loaded(tmp_path / "data")
    for name in ("pendant", "pendant-2", "apres"):
        done = subprocess.run(
            [sys.executable, "-m", "state", "restore", str(tmp_path / name)],
            cwd=ROOT, env={"COMPTOIR_DATA": str(tmp_path / f"de-{name}"), "PATH": ""}, capture_output=True, check=True,
        )  # fmt: skip
        assert done.stdout.decode().strip() == tn("backup.done_restore", 1)
        restored = loaded(tmp_path / f"de-{name}")
        if name == "apres":
            assert len(restored) == len(original)
        else:
            said = {getattr(record.event, "value", "") for record in restored}
            assert set(before[name == "pendant-2"]) <= said
        assert exported(restored) == exported(original[: len(restored)])
