"""`python -m state backup FILE` saves everything, the app running or not; `restore FILE` puts it back;
`mend` gives back the cafés that were found damaged; `prune FILE` takes the cafés deleted since out of an archive;
`migrate tinydb→postgres`, or the other way, copies every café to the other store, the app stopped.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from content.catalogue import t, tn
from state.archives import CAFES, BackupError
from state.backup import back_up, mend, prune, restore
from state.migrating import move
from state.ports import Busy, StoreError
from state.settings import SettingsError, data_folder, database_address
from state.stores.tinydb_store import TinyDBStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from state.backup import Report


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where all went well, 1 where nothing was done, 2 where what is damaged was left out."""
    asked = _parser().parse_args(arguments)
    if asked.command == "migrate":
        return _migrate(asked.way)
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
        print(tn("backup.pruned" if asked.command == "prune" else "backup.erased", report.erased))
    if report.damaged:
        left = "backup.left_damaged" if asked.command == "mend" else "backup.left_out"
        print(tn(left, len(report.damaged)), *report.damaged, sep="\n", file=sys.stderr)
        return 2
    return 0


def _do(command: str, data: Path, archive: Path | None) -> Report:
    if command == "mend":
        return mend(archive, data)
    assert archive is not None, "the parser asks for it"
    if command == "prune":
        return prune(archive, data)
    return back_up(data, archive) if command == "backup" else restore(archive, data)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m state", description=t("backup.what"))
    commands = parser.add_subparsers(dest="command", required=True)
    for command in ("backup", "restore", "mend", "prune"):
        one = commands.add_parser(command, help=t(f"backup.help_{command}"))
        one.add_argument("file", type=Path, metavar=t("backup.file"), nargs="?" if command == "mend" else None)
    one = commands.add_parser("migrate", help=t("migrate.help"))
    one.add_argument("way", choices=("tinydb→postgres", "postgres→tinydb"))
    return parser


def _migrate(way: str) -> int:
    try:
        address = database_address(os.environ)
        if not address:
            return _refused(t("migrate.no_database"))
        # Whoever saves a folder does not wait for the driver.
        from state.stores.postgres.store import PostgresStore  # noqa: PLC0415

        with ExitStack() as stores:
            folder = stores.enter_context(closing(TinyDBStore(data_folder(os.environ) / CAFES)))
            database = stores.enter_context(closing(PostgresStore(address)))
            report = move(folder, database) if way == "tinydb→postgres" else move(database, folder)
    except SettingsError as error:
        return _refused(str(error))
    except Busy:
        return _refused(t("migrate.busy"))
    except (StoreError, OSError) as error:
        return _refused(t("migrate.failed", reason=type(error).__name__))
    print(
        tn("migrate.cafes", report.cafes), tn("migrate.records", report.records), f"SHA-256 {report.digest}", sep="\n"
    )
    if report.refused:
        print(tn("migrate.left_out", len(report.refused)), *report.refused, sep="\n", file=sys.stderr)
        return 2
    return 0


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
