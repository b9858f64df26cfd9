"""A small sound pack, and how to break it: tests write `files` to a folder, one changed at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Changes = dict[str, str | bytes | None]

SOUND = {
    "pack.toml": """
id = "petit"
language = "fr"
title = "Petit paquet"
credit = "Pour les tests"
""",
    "formulas/court.toml": """
id = "court"
name = "Court"
summary = "Un jeu, une vidéo."
audience = "novice"
minutes = [5, 15]
people = [2, 20]
material = ["Un écran"]
themes = ["data"]
settings = ["room"]

[[steps]]
id = "jeu"
course = "tasse"
activity = "jeu"
minutes = [3, 10]
notes = ["Accueillez."]
tips = ["sourire"]

[[steps]]
id = "voir"
course = "cafe"
activity = "voir"
minutes = [2, 5]
notes = ["Lancez."]
""",
    "activities/jeu.toml": """
kind = "quiz"
id = "jeu"
title = "Un jeu"
intro = "Jouons."
choices = [{ id = "oui", label = "Oui" }, { id = "non", label = "Non" }]

[[items]]
kind = "single_choice"
id = "une"
prompt = "Une ?"
right = ["oui"]
explanation = "Oui."

[[items]]
kind = "open"
id = "deux"
prompt = "Deux ?"
""",
    "activities/voir.toml": """
kind = "video"
id = "voir"
title = "Voir"
intro = "Regardons."
video = "film"
""",
    "videos/film.toml": """
id = "film"
title = "Le film"
summary = "Un film."
objectives = ["Voir."]
notions = ["Une image."]
url = "https://example.org/film"
""",
    "tips.toml": """
[[tips]]
id = "sourire"
title = "Souriez"
body = "Tout ira bien."
""",
    "glossary.toml": """
[[terms]]
id = "donnee"
term = "Donnée"
definition = "Une trace notée."
""",
    "resources.toml": """
[[resources]]
id = "lecture"
title = "À lire"
group = "video"
video = "film"
""",
}


def write_pack(folder: Path, changes: Changes | None = None) -> Path:
    """Write the sound pack with some files replaced, added, or left out (None)."""
    for file, text in {**SOUND, **(changes or {})}.items():
        if text is not None:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def changed(file: str, *swaps: tuple[str, str]) -> Changes:
    """The sound pack's `file`, with each (old, new) swapped once."""
    text = SOUND[file]
    for old, new in swaps:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return {file: text}
