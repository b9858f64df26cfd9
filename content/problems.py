"""Whatever is wrong with a pack is said in a French sentence, with its place and its mend, safe to print."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

# Beyond, it is no slip of the pen: a hostile file would fill the screen and the memory.
MAX_PROBLEMS_IN_A_FILE = 200
LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: `file` is relative to the pack, `where` a path such as `items[3].right[0]`."""

    file: str
    where: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        return f"{place}\n    {self.message}\n    → {self.mend}"


class PackError(Exception):
    """A pack was refused; `problems` says everything that is wrong with it, in the order of its files."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(one) for one in problems))
        self.problems = tuple(problems)


def translate(file: str, raw: dict[str, Any] | None, invalid: ValidationError) -> list[Problem]:
    errors = invalid.errors(include_url=False, include_input=False)
    told = errors[:MAX_PROBLEMS_IN_A_FILE]
    places = [error["loc"] for error in told]
    problems = [
        problem(file, _where(error["loc"], raw), _code(error), **_facts(error))
        for error in told
        if error["type"] != "twins" and not _only_follows(error, places)  # twins are looked for in every file
    ]
    if len(errors) > len(told):
        problems.append(problem(file, "", "and_more", count=len(errors) - len(told)))
    return problems


def _only_follows(error: ErrorDetails, places: list[tuple[int | str, ...]]) -> bool:
    """Pydantic counts the valid entries of a list: "too short" may only repeat that some are wrong."""
    loc = error["loc"]
    return error["type"] == "too_short" and any(place != loc and place[: len(loc)] == loc for place in places)


def _code(error: ErrorDetails) -> str:
    code = error["type"]
    if code == "missing" and isinstance(error["loc"][-1], int):
        return "missing_value"
    if code == "string_pattern_mismatch":
        return "bad_url" if "http" in error["ctx"]["pattern"] else "bad_slug"
    return code if code in _SENTENCES else "unsuitable"


def _facts(error: ErrorDetails) -> dict[str, object]:
    last = error["loc"][-1] if error["loc"] else ""
    facts: dict[str, object] = {"code": error["type"], "key": last, **error.get("ctx", {})}
    for listed in ("expected", "expected_tags"):
        if listed in facts:  # "'novice', 'averti' or 'mixte'"
            facts[listed] = str(facts[listed]).replace("'", "").replace(" or ", ", ")
    return facts


def _where(loc: tuple[int | str, ...], raw: Any) -> str:
    """A path as the author wrote it: without the names pydantic adds for unions, and with shared choices
    told once, where they stand.
    """
    where, value, inside = "", raw, False
    for part in loc:
        table = value if isinstance(value, dict) else {}
        if not inside and isinstance(part, str) and table.get("kind") == part:
            inside = True  # the kind itself, once for each table
            continue
        if part == "choices" and where and "choices" not in table and isinstance(raw, dict) and "choices" in raw:
            where, table = "", raw
        value, inside = _inside(table or value, part), False
        where = f"{where}[{part}]" if isinstance(part, int) else under(where, part)
    return where


def _inside(value: Any, part: int | str) -> Any:
    try:
        return value[part]
    except (LookupError, TypeError):
        return None


def under(where: str, key: str) -> str:
    return f"{where}.{_shown(key)}" if where else _shown(key)


def near(name: str, known: list[str]) -> list[str]:
    return get_close_matches(name[:LONGEST_SHOWN], known, n=3, cutoff=0.4) or known[:5]


def _shown(value: object) -> str:
    """What a hostile file may put in a sentence or in a terminal: short, and letters only."""
    letters = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in str(value)[:LONGEST_SHOWN])
    return letters + "…" * (len(str(value)) > LONGEST_SHOWN)


def problem(file: str, where: str, code: str, /, **facts: object) -> Problem:
    shown: Mapping[str, str] = {name: _shown(fact) for name, fact in facts.items()}
    message, mend = _SENTENCES[code]
    return Problem(_shown(file), where, message.format(**shown), mend.format(**shown))


_SENTENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # The folder and its files.
        "no_folder": (
            "Le dossier « {name} » n’existe pas, ou n’est pas un dossier.",
            "Vérifiez le chemin donné.",
        ),
        "no_file": ("Le fichier « {name} » manque.", "Créez-le dans le dossier du paquet."),
        "no_formula": ("Ce paquet n’a aucune formule.", "Ajoutez au moins un fichier .toml dans « formulas »."),
        "stray": (
            "Ce nom n’est pas prévu dans un paquet : son contenu serait ignoré.",
            "Renommez-le ou retirez-le. Noms proches : {expected}.",
        ),
        "escapes": (
            "Ce lien mène hors du dossier du paquet.",
            "Remplacez le lien par une copie du fichier.",
        ),
        "not_a_file": ("Ce n’est pas un fichier ordinaire.", "Remplacez-le par un fichier texte."),
        "not_a_folder": ("Ce n’est pas un dossier.", "Remplacez-le par un dossier de fichiers .toml."),
        "unreadable": ("Il est impossible de lire ici.", "Vérifiez vos droits sur ce fichier ou ce dossier."),
        "too_big": ("Ce fichier dépasse 1 Mo.", "Partagez-le en plusieurs fichiers, ou raccourcissez ses textes."),
        "not_utf8": (
            "Ce fichier n’est pas en UTF-8 (ligne {line}).",
            "Enregistrez-le de nouveau en choisissant l’encodage UTF-8.",
        ),
        "bad_toml": (
            "Ce n’est pas du TOML valide : la lecture s’arrête ligne {line}, colonne {column}.",
            "Vérifiez à cet endroit les guillemets, les crochets, et qu’aucune clé n’est donnée deux fois.",
        ),
        "bad_toml_at_the_end": (
            "Ce n’est pas du TOML valide : la lecture s’arrête à la fin du fichier.",
            "Vérifiez les dernières lignes : un guillemet ou un crochet à fermer, une clé donnée deux fois.",
        ),
        "bad_number": ("Un nombre de ce fichier est démesuré.", "Écrivez un nombre raisonnable."),
        "too_deep": (
            "Ce fichier imbrique trop de niveaux les uns dans les autres.",
            "Revenez à la forme simple des fichiers du paquet « fr ».",
        ),
        # One value.
        "missing": ("La clé « {key} » manque.", "Ajoutez-la."),
        "missing_value": ("Il manque une valeur à cette liste.", "Donnez toutes les valeurs attendues."),
        "extra_forbidden": ("La clé « {key} » est inconnue.", "Corrigez son orthographe, ou retirez-la."),
        "string_type": ("Un texte est attendu.", "Écrivez-le entre guillemets."),
        "int_type": ("Un nombre entier est attendu.", "Écrivez un nombre sans guillemets ni virgule."),
        "int_parsing": ("Un nombre entier est attendu.", "Écrivez un nombre sans guillemets ni virgule."),
        "int_parsing_size": ("Ce nombre est démesuré.", "Écrivez un nombre raisonnable."),
        "int_from_float": ("Un nombre entier est attendu.", "Écrivez un nombre sans virgule."),
        "finite_number": ("Un nombre entier est attendu.", "Écrivez un nombre ordinaire."),
        "bool_type": ("« true » ou « false » est attendu.", "Écrivez l’un des deux, sans guillemets."),
        "bool_parsing": ("« true » ou « false » est attendu.", "Écrivez l’un des deux, sans guillemets."),
        "tuple_type": ("Une liste est attendue.", "Mettez les valeurs entre crochets, séparées par des virgules."),
        "dict_type": ("Une table est attendue.", "Écrivez des paires « clé = valeur » entre accolades."),
        "model_type": ("Une table est attendue.", "Écrivez des paires « clé = valeur »."),
        "model_attributes_type": ("Une table est attendue.", "Écrivez des paires « clé = valeur »."),
        "string_too_short": ("Ce texte est vide ou trop court.", "Écrivez au moins {min_length} caractère(s)."),
        "string_too_long": ("Ce texte est trop long.", "Tenez-vous à {max_length} caractères au plus."),
        "too_short": ("Cette liste est trop courte.", "Donnez au moins {min_length} valeur(s)."),
        "too_long": ("Cette liste est trop longue.", "Donnez au plus {max_length} valeur(s)."),
        "greater_than_equal": ("Ce nombre est trop petit.", "Donnez au moins {ge}."),
        "less_than_equal": ("Ce nombre est trop grand.", "Donnez au plus {le}."),
        "bad_slug": (
            "Ce nom ne convient pas comme identifiant.",
            "Employez des minuscules sans accent, des chiffres et des tirets, comme « open-data ».",
        ),
        "bad_url": ("Cette adresse n’est pas une adresse web.", "Donnez une adresse qui commence par https://."),
        "literal_error": ("Cette valeur n’est pas prévue.", "Choisissez parmi : {expected}."),
        "union_tag_not_found": ("La clé « kind » manque : elle dit de quoi il s’agit.", "Ajoutez-la."),
        "union_tag_invalid": (
            "« {tag} » n’est pas un genre connu.",
            "Pour « kind », choisissez parmi : {expected_tags}.",
        ),
        "shortest_first": ("Les deux nombres sont à l’envers.", "Donnez d’abord le plus petit."),
        "not_a_choice": ("La bonne réponse « {name} » n’est pas un des choix.", "Choisissez parmi : {known}."),
        "not_an_entry": ("« {name} » n’est pas un élément de cette activité.", "Choisissez parmi : {known}."),
        "not_levels": ("Les niveaux ne sont pas ceux attendus.", "Donnez, dans cet ordre : {known}."),
        "picture_not_svg": (
            "Ce dessin n’est pas un SVG que l’on puisse lire.",
            "Enregistrez-le en SVG simple, avec un « viewBox » et sans type de document.",
        ),
        "picture_too_big": ("Ce dessin dépasse 200 ko.", "Simplifiez ses tracés, ou arrondissez leurs coordonnées."),
        "picture_acts": (
            "Ce dessin contient autre chose que des formes : un script, un style ou un lien vers l’extérieur.",
            "Ne gardez que les formes, les dégradés et les textes.",
        ),
        "no_alt": (
            "La carte au dessin « {name} » n’a pas de texte de remplacement.",
            "Décrivez le dessin dans « alt ».",
        ),
        "not_offered": (
            "Cette étape dépend de « {choice} = {option} », qu’aucun choix ne propose.",
            "Corrigez « when », ou ajoutez cette option aux choix de la formule.",
        ),
        "unsuitable": ("Cette valeur ne convient pas ({code}).", "Comparez-la aux fichiers du paquet « fr »."),
        "and_more": (
            "Ce fichier a encore {count} autres problèmes.",
            "Corrigez les premiers, puis vérifiez de nouveau.",
        ),
        # One file and the others.
        "other_name": (
            "L’identifiant « {id} » diffère du nom du fichier.",
            "Renommez le fichier en « {id}.toml », ou donnez-lui l’identifiant « {stem} ».",
        ),
        "twin_file": ("L’identifiant « {id} » est déjà pris par {other}.", "Donnez à chacun le sien."),
        "twins": ("L’identifiant « {id} » sert deux fois dans cette liste.", "Donnez à chacun le sien."),
        "twin_pack": (
            "L’identifiant « {id} » est déjà celui d’un autre paquet.",
            "Choisissez-en un à vous, par exemple en le faisant commencer par le nom de votre organisme.",
        ),
        "unknown_activities": (
            "L’activité « {name} » n’existe pas.",
            "Créez activities/{name}.toml, ou choisissez parmi : {near}.",
        ),
        "unknown_videos": (
            "La vidéo « {name} » n’existe pas.",
            "Créez videos/{name}.toml, ou choisissez parmi : {near}.",
        ),
        "unknown_tips": (
            "Le conseil « {name} » n’existe pas.",
            "Ajoutez-le à tips.toml, ou choisissez parmi : {near}.",
        ),
        "unknown_terms": (
            "Le glossaire n’a pas de terme « {name} ».",
            "Ajoutez-le à glossary.toml, ou choisissez parmi : {near}.",
        ),
        "unknown_resources": (
            "La ressource « {name} » n’existe pas.",
            "Ajoutez-la à resources.toml, ou choisissez parmi : {near}.",
        ),
        "unknown_pictures": (
            "Le dessin « {name} » n’existe pas.",
            "Créez pictures/{name}.svg, ou choisissez parmi : {near}.",
        ),
        "unknown_part": (
            "L’activité de cette étape n’a pas de partie « {name} ».",
            "Corrigez « part », ou retirez-la. Parties connues : {known}.",
        ),
        "missing_part": (
            "L’activité de cette étape se joue en plusieurs fois.",
            "Dites avec « part » laquelle : {known}.",
        ),
        "taken_id": (
            "Une étape ne peut pas s’appeler « {name} » : ce mot désigne l’accueil ou la fin.",
            "Donnez-lui un autre identifiant.",
        ),
        "unknown_entry": (
            "L’activité de cette étape n’a pas d’élément « {name} ».",
            "Choisissez parmi : {near}.",
        ),
        "out_of_order": (
            "Une étape « {course} » ne peut pas suivre une étape « {before} ».",
            "Rangez les étapes dans l’ordre : tasse, cafe, chocolat, sucre.",
        ),
        "too_many_choices": (
            "Cette formule offre trop de combinaisons de choix.",
            "Restez sous {limit} combinaisons en tout.",
        ),
        "does_not_fit": (
            "La formule annonce de {least} à {most} minutes, mais ses étapes{picked} durent de {shortest} à {longest}.",
            "Ajustez les durées : au plus {least} en prenant les plus courtes, au moins {most} avec les plus longues.",
        ),
    }
)
