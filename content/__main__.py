"""`python -m content check` says what the packs hold, or everything that is wrong with them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.catalogue import t
from content.loader import PACKS, inventory, load_pack
from content.problems import PackError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content.schema import Pack


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    packs, errors = _load(asked.folders or _own_packs())
    for folder, error in errors:
        _print_problems(folder, error)
    if errors:
        return 1
    if asked.json:
        wanted = asked.folders[0] if asked.folders else PACKS / "fr"
        print(json.dumps(inventory(packs[wanted]), ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(_table(pack) for pack in packs.values()))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m content", description="Vérifie les paquets de contenu.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="vérifie des paquets et dit ce qu’ils contiennent")
    check.add_argument("--json", action="store_true", help="n’écrit que l’inventaire, en JSON, du premier paquet")
    check.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="DOSSIER",
        help="les paquets à vérifier (par défaut, tous ceux de l’application)",
    )
    return parser


def _own_packs() -> list[Path]:
    return sorted(folder for folder in PACKS.iterdir() if folder.is_dir())


def _load(folders: list[Path]) -> tuple[dict[Path, Pack], list[tuple[Path, PackError]]]:
    packs: dict[Path, Pack] = {}
    errors: list[tuple[Path, PackError]] = []
    for folder in folders:
        try:
            packs[folder] = load_pack(folder)
        except PackError as error:
            errors.append((folder, error))
    return packs, errors


def _print_problems(folder: Path, error: PackError) -> None:
    count = len(error.problems)
    print(f"{folder} : {count} problème{'s' * (count > 1)}", file=sys.stderr)
    print(error, file=sys.stderr)


def _table(pack: Pack) -> str:
    held: dict[str, Any] = inventory(pack)
    rows = [("Formule", "Minutes", "Étapes")]
    rows += [
        (name, f"{one['minutes'][0]}–{one['minutes'][1]}", str(one["steps"])) for name, one in held["formulas"].items()
    ]
    rows += [("", "", ""), ("Activité", "Genre", "Éléments")]
    rows += [(name, t(f"kind.{one['kind']}"), str(one["items"])) for name, one in held["activities"].items()]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [f"  {name:<{wide[0]}}  {middle:<{wide[1]}}  {number:>{wide[2]}}".rstrip() for name, middle, number in rows]
    return "\n".join(
        [
            f"{pack.title} ({pack.id})",
            *lines,
            "",
            f"  Vidéos : {held['videos']}   Glossaire : {held['glossary']}   Ressources : {held['resources']}",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
