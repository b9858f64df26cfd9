"""Records what a process asks of its disk, and rebuilds what a power cut may leave of it.

Nothing lasts that was not asked to: bytes until their file is synced (or written through `O_DSYNC`), names until
their folder is. What was not may be there all the same, in part: that is drawn at random.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence

    Real = Callable[..., Any]

_SECTOR = 512
_DSYNC = getattr(os, "O_DSYNC", 0)
_CALLS = ("open", "close", "write", "fsync", "fdatasync", "ftruncate", "replace", "unlink", "mkdir", "rmdir")


@dataclass(frozen=True, slots=True)
class Step:
    """One call that changes the disk or makes it last. `node` is a file; names are paths within the folder."""

    call: str
    node: int = 0
    name: str = ""
    other: str = ""
    data: bytes = b""
    size: int = 0


class Recorder:
    """Stands before the system's calls for one folder, and lists them as they are done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[Step] = []
        self._nodes: dict[str, int] = {}
        self._opened: dict[int, tuple[int, bool, str]] = {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        with ExitStack() as stack:
            for name in _CALLS:
                stand_in = partial(getattr(self, f"_{name}"), getattr(os, name))
                stack.enter_context(mock.patch.object(os, name, stand_in))
            yield

    def _within(self, path: Any) -> str | None:
        text = os.fspath(path)
        if not isinstance(text, str) or not Path(text).is_relative_to(self.folder):
            return None
        return Path(text).relative_to(self.folder).as_posix()

    def _open(self, real: Real, path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        descriptor: int = real(path, flags, *args, **kwargs)
        name = self._within(path)
        if name is None:
            return descriptor
        if Path(path).is_dir():
            self._opened[descriptor] = (0, False, name)
            return descriptor
        if name not in self._nodes:
            self._nodes[name] = 1 + len(self.steps)
            self.steps.append(Step("create", self._nodes[name], name))
        if flags & os.O_TRUNC:
            self.steps.append(Step("truncate", self._nodes[name]))
        self._opened[descriptor] = (self._nodes[name], bool(flags & _DSYNC == _DSYNC and _DSYNC), name)
        return descriptor

    def _close(self, real: Real, descriptor: int) -> None:
        self._opened.pop(descriptor, None)
        real(descriptor)

    def _write(self, real: Real, descriptor: int, data: Any) -> int:
        written: int = real(descriptor, data)
        if descriptor in self._opened:
            node, through, _ = self._opened[descriptor]
            self.steps.append(Step("write", node, data=bytes(data[:written])))
            if through:
                self.steps.append(Step("sync", node))
        return written

    def _fsync(self, real: Real, descriptor: int) -> None:
        # Nothing of the campaign needs the real one: what lasts is decided here.
        del real
        if descriptor in self._opened:
            node, _, name = self._opened[descriptor]
            self.steps.append(Step("sync", node) if node else Step("sync_folder", name=name))

    _fdatasync = _fsync

    def _ftruncate(self, real: Real, descriptor: int, length: int) -> None:
        real(descriptor, length)
        if descriptor in self._opened:
            self.steps.append(Step("truncate", self._opened[descriptor][0], size=length))

    def _replace(self, real: Real, source: Any, target: Any) -> None:
        real(source, target)
        old, new = self._within(source), self._within(target)
        if old is not None and new is not None:
            self._nodes[new] = self._nodes.pop(old)
            self.steps.append(Step("rename", self._nodes[new], old, new))

    def _unlink(self, real: Real, path: Any, **kwargs: Any) -> None:
        real(path, **kwargs)
        if (name := self._within(path)) is not None:
            self.steps.append(Step("unlink", self._nodes.pop(name, 0), name))

    def _mkdir(self, real: Real, path: Any, *args: Any, **kwargs: Any) -> None:
        real(path, *args, **kwargs)
        if (name := self._within(path)) is not None and name != ".":
            self.steps.append(Step("mkdir", name=name))

    def _rmdir(self, real: Real, path: Any, **kwargs: Any) -> None:
        real(path, **kwargs)
        if (name := self._within(path)) is not None:
            self.steps.append(Step("rmdir", name=name))


def leave(steps: Sequence[Step], folder: Path, chance: random.Random | None) -> None:
    """Make `folder` what a power cut after these steps leaves; without chance, only what was made to last."""
    bytes_left = {node: _bytes(steps, node, chance) for node in {step.node for step in steps if step.node}}
    names, folders = _names(steps, chance)
    for name in sorted(folders):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, node in names.items():
        place = folder / name
        if place.parent.is_dir():
            place.write_bytes(bytes_left[node])


def _bytes(steps: Sequence[Step], node: int, chance: random.Random | None) -> bytes:
    mine = [step for step in steps if step.node == node and step.call in {"write", "truncate", "sync"}]
    last = max((at for at, step in enumerate(mine) if step.call == "sync"), default=-1)
    data = bytearray()
    for at, step in enumerate(mine):
        if at > last and (chance is None or chance.random() < 0.3):
            # What was written later than what is lost may be there: the file then has a hole of zeros.
            if chance is None or step.call == "truncate" or chance.random() < 0.5:
                continue
            data += bytes(len(step.data))
        elif step.call == "truncate":
            del data[step.size :]
        elif step.call == "write":
            whole = at <= last or chance is None or chance.random() < 0.5
            data += step.data if whole else _torn(len(data), step.data, chance)
    return bytes(data)


def _torn(at: int, data: bytes, chance: random.Random | None) -> bytes:
    """Part of a write: up to some byte, or with a sector of it that never left the cache."""
    assert chance is not None
    if chance.random() < 0.5:
        return data[: chance.randrange(len(data) + 1)]
    first = at // _SECTOR * _SECTOR + _SECTOR * chance.randrange(1 + (len(data) - 1) // _SECTOR)
    begin, end = max(0, first - at), max(0, first - at + _SECTOR)
    return data[:begin] + bytes(len(data[begin:end])) + data[end:]


def _names(steps: Sequence[Step], chance: random.Random | None) -> tuple[dict[str, int], set[str]]:
    """Names of files and folders. Of what changed in a folder since it was synced, the first so many may last."""
    changes: dict[str, list[Step]] = {}
    lasting: dict[str, int] = {}
    for step in steps:
        if step.call in {"create", "rename", "unlink", "mkdir", "rmdir"}:
            for name in {step.name, step.other} - {""}:
                changes.setdefault(Path(name).parent.as_posix(), []).append(step)
        elif step.call == "sync_folder":
            lasting[step.name] = len(changes.get(step.name, ()))
    kept: set[int] = set()
    for name, made in changes.items():
        sure = lasting.get(name, 0)
        more = 0 if chance is None else chance.randint(0, len(made) - sure)
        kept |= {id(step) for step in made[: sure + more]}
    return _named([step for step in steps if id(step) in kept])


def _named(changes: Sequence[Step]) -> tuple[dict[str, int], set[str]]:
    """Files by name, and folders, once these changes were made and no others."""
    names: dict[str, int] = {}
    folders = {"."}
    for step in changes:
        match step.call:
            case "create":
                names[step.name] = step.node
            case "rename":
                names.pop(step.name, None)
                names[step.other] = step.node
            case "unlink":
                names.pop(step.name, None)
            case "mkdir":
                folders.add(step.name)
            case "rmdir":
                folders.discard(step.name)
    return names, folders
