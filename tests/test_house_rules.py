"""What imports cannot show of the house's rules, read from the code itself."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from babel.messages.pofile import read_po

from components.activities.by_question import _BY_QUESTION
from components.questions.views import Views
from content.activities import KINDS, Activity
from content.catalogue import LANGUAGE, LOCALES, t, tn
from content.prompts import Scene
from state.domain import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
CODE = sorted(
    [
        ROOT / "app.py",
        *(path for name in ("pages", "components", "state", "web", "content") for path in (ROOT / name).rglob("*.py")),
    ]
)
PAGES = sorted((ROOT / "pages").glob("*.py"))
BROWSER_CODE = sorted([*(ROOT / "components").rglob("*.js"), *(ROOT / "components").rglob("*.css")])


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def every_code(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=map(named, paths))


def test_there_is_code_to_read() -> None:
    assert len(CODE) > 30
    assert len(PAGES) == 19
    assert len(BROWSER_CODE) > 5


# Drawing


@every_code(CODE)
def test_no_raw_html_is_let_in(path: Path) -> None:
    arguments = {
        keyword.arg for node in ast.walk(tree(path)) if isinstance(node, ast.Call) for keyword in node.keywords
    }
    assert not arguments & {"unsafe_allow_html", "unsafe_allow_javascript"}


MAY_USE_SESSION_STATE = {"components/notices.py", "components/browser.py", "components/composer/keeping.py"}


@every_code(CODE)
def test_session_state_stays_in_its_places(path: Path) -> None:
    uses = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr == "session_state"]
    imported = {alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert "session_state" not in imported
    assert not uses or named(path) in MAY_USE_SESSION_STATE


FORBIDDEN_IN_JS = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "createContextualFragment",
    "srcdoc",
    "DOMParser",
]


@every_code([path for path in BROWSER_CODE if path.suffix == ".js"])
def test_scripts_make_texts_and_never_html(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    assert not [word for word in FORBIDDEN_IN_JS if word in script]


# The name of the language of pictures, which no browser asks for.
NAMES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@every_code(BROWSER_CODE)
def test_browser_code_asks_nothing_outside(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:https?|wss?)://[^\s\"'`)]+", code)) <= NAMES
    assert not re.search(r"[\"'(]//[\w.]", code)
    assert not re.search(r"@import|\bimport\s*\(|^\s*import\s", code, re.MULTILINE)


# Pages


@every_code(PAGES)
def test_a_page_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


@every_code(PAGES)
def test_no_page_imports_a_page(path: Path) -> None:
    stems = {page.stem for page in PAGES}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & (stems | {"pages"})
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in stems | {"pages"}


@every_code([page for page in PAGES if page.stem != "router"])
def test_a_page_decides_nothing(path: Path) -> None:
    """No loop over data but to draw constant sections, no function but the live fragment."""
    for node in ast.walk(tree(path)):
        assert not isinstance(node, ast.While | ast.ClassDef | ast.Lambda)
        if isinstance(node, ast.FunctionDef):
            assert node.name == "live"
        if isinstance(node, ast.For):
            assert isinstance(node.iter, ast.Tuple)


def test_every_page_is_in_the_router() -> None:
    registered = {
        node.args[0].value
        for node in ast.walk(tree(ROOT / "pages" / "router.py"))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "Page"
        and isinstance(node.args[0], ast.Constant)
    }
    assert registered == {page.name for page in PAGES} - {"router.py"}


def test_no_page_is_named_like_a_package() -> None:
    packages = {path.name for path in ROOT.iterdir() if path.is_dir()}
    assert not {page.stem for page in PAGES} & packages


# Activities

# What stands beside the kinds in their two folders: what they have in common.
SHARED = {"content": {"__init__", "activity"}, "components": {"__init__", "by_question"}}


@pytest.mark.parametrize("layer", SHARED)
def test_an_activity_is_found_under_its_name_in_each_layer(layer: str) -> None:
    modules = {path.stem for path in (ROOT / layer / "activities").glob("*.py")}
    assert modules == {*KINDS, *SHARED[layer]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_activity_has_one_model_and_its_views(kind: str) -> None:
    models = [
        one
        for one in vars(import_module(f"content.activities.{kind}")).values()
        if isinstance(one, type) and issubclass(one, Activity) and one is not Activity and one.__module__.endswith(kind)
    ]
    assert [get_args(model.model_fields["kind"].annotation) for model in models] == [(kind,)]
    assert isinstance(import_module(f"components.activities.{kind}").VIEWS, Views)


def test_kinds_are_listed_once() -> None:
    """Adding a kind is adding its two modules, and its name to one list."""
    lists = [
        named(path)
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict)
        and id(node) not in exported(path)
        and len({one.value for one in strings_of(node)} & set(KINDS)) > 1
    ]
    assert lists == ["content/activities/__init__.py"]


def exported(path: Path) -> set[int]:
    """The lists of names that a module exports, which may read as kinds."""
    return {
        id(node.value)
        for node in tree(path).body
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]
    }


def strings_of(node: ast.Tuple | ast.List | ast.Set | ast.Dict) -> Iterator[ast.Constant]:
    entries = node.keys if isinstance(node, ast.Dict) else node.elts
    yield from (one for one in entries if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_kinds_are_in_order_and_each_has_its_name() -> None:
    assert list(KINDS) == sorted(set(KINDS))
    assert matching(r"kind\..*") == {f"kind.{kind}" for kind in KINDS}


@pytest.mark.parametrize("scene", get_args(Scene), ids=lambda scene: scene.__name__)
def test_every_kind_of_question_has_a_way_to_be_seen(scene: type) -> None:
    assert [views for kinds, views in _BY_QUESTION if issubclass(scene, kinds)]


# Words


@cache
def catalogue() -> dict[str, bool]:
    """Every message, and whether it has a plural."""
    with (LOCALES / LANGUAGE / "LC_MESSAGES" / "comptoir.po").open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id]
    return {
        entry.id[0] if isinstance(entry.id, tuple) else str(entry.id): isinstance(entry.id, tuple) for entry in entries
    }


def asked(path: Path) -> Iterator[tuple[str, str]]:
    """Each message that a file asks for, as a pattern, with the function asked: `t` or `tn`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"t", "tn"} and node.args:
            for pattern in patterns(node.args[0]):
                yield node.func.id, pattern


def patterns(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr():
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.-]+" for part in node.values
            )
        case ast.IfExp():
            yield from patterns(node.body)
            yield from patterns(node.orelse)


def matching(pattern: str) -> set[str]:
    return {message for message in catalogue() if re.fullmatch(pattern, message)}


@every_code(CODE)
def test_every_word_asked_for_is_in_the_catalogue(path: Path) -> None:
    for function, pattern in asked(path):
        found = matching(pattern)
        assert found, pattern
        assert {catalogue()[message] for message in found} == {function == "tn"}, pattern


def test_every_word_of_the_catalogue_is_asked_for() -> None:
    named_somewhere = {
        node.value
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    used = {message for path in CODE for _, pattern in asked(path) for message in matching(pattern)}
    assert set(catalogue()) - named_somewhere - used == set()


def refusals(kind: type[errors.Refusal] = errors.Refusal) -> Iterator[type[errors.Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from refusals(child)


@pytest.mark.parametrize("kind", list(refusals()), ids=lambda kind: kind.__name__)
def test_every_refusal_has_its_sentence(kind: type[errors.Refusal]) -> None:
    assert t(f"refusal.{kind.code}", limit=20, length=21).endswith((".", "!"))


def test_every_refusal_of_the_catalogue_exists() -> None:
    assert matching(r"refusal\..*") == {f"refusal.{kind.code}" for kind in refusals()}


def test_every_bad_request_has_its_sentence() -> None:
    messages = {
        node.args[1].value
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "BadRequest"
        and isinstance(node.args[1], ast.Constant)
    }
    assert len(messages) >= 5
    assert messages <= set(catalogue())


@pytest.mark.parametrize("message", [message for message, plural in catalogue().items() if plural])
def test_counts_read_well_in_french(message: str) -> None:
    said = {count: tn(message, count, present=3, total=3, both=3, side="oui") for count in (0, 1, 2)}
    assert all(str(count) in sentence for count, sentence in said.items())
    # In French, none is one.
    assert said[0].replace("0", "1", 1) == said[1]
    assert said[1].replace("1", "2", 1) != said[2]


# Content has its own sentences for whoever writes packs; settings are read before there is anybody to draw for.
MAY_SPEAK_FRENCH = {"state/settings.py"}
FRENCH = re.compile(r"[àâçéèêëîïôùûüœæÀÂÇÉÈÊÎÔÙÛŒ«»’]")
# Letters that are looked at, not said.
NOT_SAID = {"state/domain/text.py"}


def sentences(path: Path) -> Iterator[str]:
    """The texts of a file that are no documentation and no log line."""
    documents = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    logged = {
        id(argument)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func).startswith("log.")
        for argument in node.args
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents | logged:
            # The café is the one word that English took as it is.
            yield node.value.replace("café", "")


@every_code(
    [path for path in CODE if not named(path).startswith("content/") and named(path) not in MAY_SPEAK_FRENCH | NOT_SAID]
)
def test_what_people_read_is_in_the_catalogue(path: Path) -> None:
    assert [text for text in sentences(path) if FRENCH.search(text)] == []


@every_code([path for path in BROWSER_CODE if path.suffix == ".js"])
def test_scripts_say_nothing_by_themselves(path: Path) -> None:
    script = re.sub(r"^\s*//.*$|\s//\s.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [text for text in re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", script) if FRENCH.search(text)] == []


# The repository


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


# Written so that this file does not name them either.
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:" + "|".join(["wo" + "rk/", "ro" + "ot/", "tm" + "p/", "ho" + r"me/\w"]) + ")"
)


def test_no_file_names_a_place_of_one_machine() -> None:
    naming = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        naming += [f"{named(path)}:{n}" for n, line in enumerate(text.splitlines(), 1) if MACHINE_PATHS.search(line)]
    assert naming == []


def test_every_module_says_its_rule_first() -> None:
    silent = [named(path) for path in CODE if not ast.get_docstring(tree(path))]
    assert silent == []
