"""`python -m state backup FILE` saves everything, the app running or not; `restore FILE` puts it back;
`mend` gives back the cafés that were found damaged.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from content.catalogue import t, tn
from state.backup import BackupError, back_up, mend, restore
from state.settings import SettingsError, data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.backup import Report


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where all went well, 1 where nothing was done, 2 where what is damaged was left out."""
    asked = _parser().parse_args(arguments)
    archive = asked.file.expanduser().resolve() if asked.file else None
    try:
        data = data_folder(os.environ)
        report = _do(asked.command, data, archive)
    except BackupError as error:
        return _refused(t(f"backup.refused_{error.code}", file=archive))
    except SettingsError as error:
        return _refused(str(error))
    except OSError as error:
        return _refused(t("backup.disk", reason=error.strerror or type(error).__name__))
    print(tn(f"backup.done_{asked.command}", report.cafes))
    if report.erased:
        print(tn("backup.erased", report.erased))
    if report.damaged:
        left = "backup.left_damaged" if asked.command == "mend" else "backup.left_out"
        print(tn(left, len(report.damaged)), *report.damaged, sep="\n", file=sys.stderr)
        return 2
    return 0


def _do(command: str, data: Path, archive: Path | None) -> Report:
    if command == "mend":
        return mend(archive, data)
    assert archive is not None, "the parser asks for it"
    return back_up(data, archive) if command == "backup" else restore(archive, data)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m state", description=t("backup.what"))
    commands = parser.add_subparsers(dest="command", required=True)
    for command in ("backup", "restore", "mend"):
        one = commands.add_parser(command, help=t(f"backup.help_{command}"))
        one.add_argument("file", type=Path, metavar=t("backup.file"), nargs="?" if command == "mend" else None)
    return parser


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
