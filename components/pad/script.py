"""The pad's script: one module from several files, fetched by phones at an address that tells its content."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent / "js"
_FILES = ("pad", "inputs", "farewell", "keep", "dom")
# Streamlit runs a component's script from a blob, where no relative address leads anywhere. A script that could not be
# fetched is asked for again, under another address each time: some browsers remember a failure.
_LOADER = """\
const address = location.origin + "%s";
const load = async (turn = 0) => {
  try {
    return await import(turn ? `${address}?turn=${turn}` : address);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, Math.min(4000, 250 * 2 ** turn)));
    return load(turn + 1);
  }
};
export default (await load()).default;
"""


@cache
def pad_source() -> str:
    """The pad's files, one after another: they are one module, in one scope."""
    return "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _FILES)


@cache
def pad_script() -> str:
    """What phones are sent of it: comments and indents stay here.

    No text of its goes over several lines, where an indent would be part of it: a test says so.
    """
    return re.sub(r"^[ \t]+|^\s*//.*\n", "", pad_source(), flags=re.MULTILINE)


@cache
def script_path() -> str:
    """Where phones fetch it, under the app's base path: another content has another address."""
    return f"/api/pad/{sha256(pad_script().encode()).hexdigest()[:16]}.js"


def loader(base: str) -> str:
    """The script that Streamlit's component is given: it fetches the pad's, under the app's `base` path."""
    return _LOADER % f"{base}{script_path()}"
